"""Killed at any moment: the next start works, nothing that was acknowledged is gone, a change is there
whole or not at all, and an import carries on to exactly the expected end."""

import contextlib
import json
import random
import time
import unittest

from harness import BarkyTest, end

KILLS = 12


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


if __name__ == "__main__":
    unittest.main()
