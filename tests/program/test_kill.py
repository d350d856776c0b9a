"""Killed at any moment: the next start works, nothing that was acknowledged is gone, a change is there
whole or not at all, and an import carries on to exactly the expected end."""

import contextlib
import json
import os
import random
import re
import signal
import time
import unittest

from harness import PATIENCE, Answer, BarkyTest, Server, end, until

KILLS = int(os.environ.get("KILLS", "12"))


class KillTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(7)  # the same moments each time, as far as a machine allows

    def kill_after(self, process, seconds):
        """Ends it as a crash would; true if it had not ended by itself."""
        time.sleep(seconds)
        alive = process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        return alive

    def moment(self, longest):
        return self.random.uniform(0, longest)

    def time_of(self, run):
        begun = time.monotonic()
        run()
        return time.monotonic() - begun


class ChangesTest(KillTest):
    def test_an_added_bookmark_whose_id_was_printed_is_there(self):
        longest = self.time_of(lambda: self.add("https://example.org/first")) * 1.5
        acknowledged = set()
        for number in range(KILLS * 2):
            url = f"https://example.org/{number}"
            process = self.start("add", "--offline", url)
            self.kill_after(process, self.moment(longest))
            if process.stdout.read().strip():
                acknowledged.add(url)
            process.wait()
        self.assert_sound()
        self.assertEqual(acknowledged - set(self.urls()), set())
        self.assertEqual(len(self.urls()), len(set(self.urls())))

    def test_every_command_that_the_bus_answered_is_there(self):
        self.add("https://example.org/first")
        for round in range(KILLS):
            process = self.start("bus", stdin=-1)
            lines = "".join(
                json.dumps({"command": "add_bookmarks", "request": number,
                            "bookmarks": [{"url": f"https://example.org/{round}/{number}", "tags": ["x", f"t{number}"]}]}) + "\n"
                for number in range(150))
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(lines.encode())
                process.stdin.flush()
            self.kill_after(process, 0.01 + self.moment(0.15))
            answers = [json.loads(line) for line in process.stdout.read().decode().splitlines(keepends=True)
                       if line.endswith("\n")]
            end(process)
            rows = {bookmark["url"]: bookmark for bookmark in self.bookmarks()}
            for answer in answers:
                self.assertIn(f"https://example.org/{round}/{answer['request']}", rows)
            for bookmark in rows.values():  # whole or absent
                self.assertEqual(len(bookmark["tags"]), 0 if bookmark["url"].endswith("first") else 2)
        self.assert_sound()
        added = [event for event in self.barky("events", "--jsonl").jsonl() if event["event"] == "bookmarks_added"]
        self.assertEqual(len(added), len(self.bookmarks()))  # the journal is written with the change

    def test_an_edit_is_whole_or_absent(self):
        number = self.add("https://example.org", "--title", "old", "--notes", "old", "--tags", "old")
        longest = self.time_of(lambda: self.barky("show", number)) * 2
        for round in range(KILLS):
            new = f"new{round}"
            process = self.start("edit", number, "--title", new, "--notes", new, "--tags", new)
            self.kill_after(process, self.moment(longest))
            process.wait()
            bookmark = self.bookmarks()[0]
            self.assertEqual({bookmark["title"], bookmark["notes"]}, set(bookmark["tags"]))
            if process.returncode == 0:
                self.assertEqual(bookmark["title"], new)
        self.barky("edit", number, "--title", "last", "--notes", "last", "--tags", "last")
        self.assertEqual(self.bookmarks()[0]["title"], "last")
        self.assert_sound()
        while self.barky("undo", code=None).code == 0:  # the journal agrees with the rows
            pass
        self.assertEqual(self.bookmarks(), [])


class ImportTest(KillTest):
    def test_a_file_is_taken_in_whole_or_not_at_all(self):
        count = 3000
        path = self.home / "many.jsonl"
        path.write_text("".join(
            json.dumps({"url": f"https://example.org/{n}", "title": f"Title {n}", "tags": ["a", f"t{n % 97}"]}) + "\n"
            for n in range(count)))
        longest = self.time_of(lambda: self.barky("--db", self.home / "other.db", "import", path))
        finished = 0
        for _ in range(KILLS):
            process = self.start("import", path)
            self.kill_after(process, self.moment(longest * 1.1))
            process.wait()
            self.assertIn(len(self.bookmarks()), (0, count))
            finished += len(self.bookmarks()) == count
            if finished == 1 and len(self.bookmarks()):
                self.barky("undo")
                finished += 1
        self.barky("import", path)
        self.assertEqual(len(self.bookmarks()), count)
        self.assert_sound()


class Forge:
    """As many stars of one user as asked for, in pages, as GitHub serves them."""

    def __init__(self, count, delay=0.0):
        self.count, self.delay = count, delay

    def star(self, number):
        return {"starred_at": f"2024-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}T10:00:{number % 60:02d}Z",
                "repo": {"id": 1000 + number, "full_name": f"owner/name{number}",
                         "html_url": f"https://github.com/owner/name{number}", "description": f"Number {number}",
                         "topics": ["topic", f"t{number % 7}"], "language": "C"}}

    def __call__(self, request):
        if not re.fullmatch(r"/users/octocat/starred", request.path):
            return Answer(json.dumps({"login": "octocat"}), headers={"Content-Type": "application/json"})
        size = int(request.query.get("per_page", ["30"])[0])
        page = int(request.query.get("page", ["1"])[0])
        stars = [self.star(number) for number in range(self.count)]
        if request.query.get("direction", ["desc"])[0] != "asc":
            stars.reverse()
        last = -(-len(stars) // size)

        def link(number, rel):
            host = request.headers["Host"]
            others = "".join(f"&{key}={value[0]}" for key, value in request.query.items() if key != "page")
            return f'<http://{host}{request.path}?page={number}{others}>; rel="{rel}"'

        links = [link(number, rel) for number, rel, there in (
            (page - 1, "prev", page > 1), (page + 1, "next", page < last), (last, "last", page < last), (1, "first", page > 1)) if there]
        body = json.dumps(stars[(page - 1) * size:page * size])
        headers = {"Content-Type": "application/json; charset=utf-8", "X-RateLimit-Limit": "5000",
                   "X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": str(int(time.time()) + 3600)}
        if links:
            headers["Link"] = ", ".join(links)
        return Answer(body, headers=headers, delay=self.delay)


class StarsTest(KillTest):
    def test_an_import_of_stars_carries_on_to_exactly_the_list(self):
        count = 1050
        forge = Forge(count, delay=0.03)
        with Server(forge) as server:
            at_home = {"BARKY_GITHUB_API": server.url}
            killed = 0
            for _ in range(KILLS):
                process = self.start("import", "github", "octocat", env=at_home)
                killed += self.kill_after(process, 0.05 + self.moment(0.35))
                process.wait()
                self.assert_sound_or_absent()
                urls = self.urls() if self.library.exists() else []
                self.assertEqual(len(urls), len(set(urls)))
            self.assertGreater(killed, 0)
            self.barky("import", "github", "octocat", env=at_home)
            self.assertEqual(set(self.urls()), {forge.star(number)["repo"]["html_url"] for number in range(count)})
            self.assertEqual(len(self.urls()), count)
            again = self.barky("import", "github", "octocat", "--json", env=at_home).json()
            self.assertEqual((again["added"], again["updated"]), (0, 0))
        bookmark = next(b for b in self.bookmarks() if b["title"] == "owner/name29")
        self.assertEqual((bookmark["date_added"], bookmark["notes"], bookmark["tags"], bookmark["source"]),
                         ("2024-02-02T10:00:29Z", "Number 29", ["C", "t1", "topic"], "github:octocat"))
        self.assert_sound()

    def assert_sound_or_absent(self):
        if self.library.exists() and self.library.stat().st_size:
            self.assert_sound()

    def test_an_interrupt_ends_it_in_time_and_keeps_what_came(self):
        with Server(Forge(1050, delay=0.2)) as server:
            process = self.start("import", "github", "octocat", "--jobs", "1", "--json", env={"BARKY_GITHUB_API": server.url})
            until(lambda: len(server.requests) > 2, what="some pages")
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=PATIENCE)
            self.assertIn(process.returncode, (130, -signal.SIGINT))
            summary = json.loads(out)
            self.assertEqual(summary["status"], "interrupted")
            self.assertEqual(len(self.bookmarks()), summary["added"])


if __name__ == "__main__":
    unittest.main()
