"""The walk over a list of stars: one that moves meanwhile, one that is broken off and carried on, limits."""

import json
import subprocess
import time
import unittest

from fake_forge import Forge, star, stars
from harness import BARKY, PATIENCE, until
from stars_case import StarsCase

COUNT = 600  # six pages

MOVES = {
    "new": lambda listed, number: listed.extend(stars(5, 10_000 + 10 * number)),
    "newest": lambda listed, number: listed.__delitem__(slice(-5, None)),
    "oldest": lambda listed, number: listed.__delitem__(slice(0, 5)),
    "middle": lambda listed, number: listed.__delitem__(slice(300, 305)),
    "again": lambda listed, number: listed.append(listed.pop(3)),
}


def churn(listed, number):
    """One is taken back somewhere, one is added, with every single request."""
    listed.pop((number * 7919) % len(listed))
    listed.append(star(20_000 + number))


class Moving(StarsCase):
    def walk(self, forge, name, *options):
        """Imports while it moves: what was there from the beginning to the end is there once."""
        there = {item["repo"]["html_url"] for item in forge.stars}
        database = self.home / f"{name}.db"
        summary = self.take(forge, "--db", database, *options)
        listed = self.barky("list", "--json", "--db", database).json()
        urls = [bookmark["url"] for bookmark in listed]
        self.assertEqual(len(urls), len(set(urls)))
        self.assertEqual(there & {item["repo"]["html_url"] for item in forge.stars} - set(urls), set())
        self.assertEqual(summary["status"], "complete")
        self.assertEqual(summary["fetched"], summary["added"])
        self.assertEqual(summary["added"], len(urls))
        self.assertLessEqual(forge.most_in_flight, int(options[1]))
        return summary

    def test_nothing_is_missed_whatever_moves_and_whenever(self):
        for move, change in MOVES.items():
            for when in range(1, 10):
                for jobs in (1, 4):
                    name = f"{move}-{when}-{jobs}"
                    with self.subTest(name), Forge(stars(COUNT)) as forge:
                        forge.before = lambda request, forge=forge: (
                            request.number == when and change(forge.stars, when))
                        self.walk(forge, name, "--jobs", jobs)
                        self.assertLessEqual(len(forge.requests), (6 if jobs == 1 else 12) + 5)

    def test_nothing_is_missed_when_it_moves_with_every_request(self):
        for jobs in (1, 3, 10):
            with self.subTest(jobs=jobs), Forge(stars(COUNT)) as forge:
                forge.before = lambda request, forge=forge: churn(forge.stars, request.number)
                self.walk(forge, str(jobs), "--jobs", jobs)
                self.assertLessEqual(len(forge.requests), 18)

    def test_a_full_walk_over_a_moving_list_marks_nobody_wrongly(self):
        with Forge(stars(COUNT)) as forge:
            self.take(forge)
            forge.before = lambda request: churn(forge.stars, request.number)
            self.take(forge, "--full")
            urls = {item["repo"]["html_url"] for item in forge.stars}
            marked = {bookmark["url"] for bookmark in self.bookmarks("is:unstarred")}
            self.assertEqual(marked & urls, set())

    def test_a_later_import_of_many_new_ones_misses_none_that_move(self):
        for move in ("newest", "again", "middle"):
            with self.subTest(move), Forge(stars(COUNT)) as forge:
                database = self.home / f"{move}.db"
                self.take(forge, "--db", database)
                forge.stars += stars(350, 5000)
                forge.clear()
                forge.before = lambda request, forge=forge, move=move: (
                    request.number == 2 and MOVES[move](forge.stars, 2))
                self.take(forge, "--db", database)
                urls = {b["url"] for b in self.barky("list", "--json", "--db", database).json()}
                self.assertEqual({item["repo"]["html_url"] for item in forge.stars} - urls, set())


class Broken(StarsCase):
    def broken_at(self, forge, number):
        """Everything fails from this request on."""
        forge.fault = lambda request: "404" if request.number >= number else None

    def test_a_walk_that_broke_off_is_carried_on_and_one_change(self):
        for number in range(2, 9):
            with self.subTest(number), Forge(stars(COUNT)) as forge:
                database = self.home / f"{number}.db"
                self.broken_at(forge, number)
                before = self.run_import(forge, "--db", database, code=4).json()
                told = self.barky("events", "--jsonl", "--db", database).jsonl()[-1]
                self.assertEqual((told["event"], told["subject"]), ("stars_broke_off", "github:octocat"))
                asked = len(forge.requests)
                forge.clear()
                after = self.take(forge, "--db", database)
                self.assertEqual(before["added"] + after["added"], COUNT)
                self.assertLessEqual(asked + len(forge.requests), 6 + 8)
                self.barky("undo", "--db", database)
                self.assertEqual(self.barky("list", "--json", "--db", database).json(), [])

    def test_it_misses_nothing_though_the_list_moved_in_between(self):
        for move, change in MOVES.items():
            for jobs in (1, 4):
                with self.subTest(f"{move}-{jobs}"), Forge(stars(COUNT)) as forge:
                    database = self.home / f"{move}-{jobs}.db"
                    self.broken_at(forge, 5)
                    self.run_import(forge, "--db", database, "--jobs", jobs, code=4)
                    change(forge.stars, 1)
                    forge.clear()
                    self.take(forge, "--db", database, "--jobs", jobs)
                    urls = {b["url"] for b in
                            self.barky("list", "--json", "--db", database).json()}
                    self.assertEqual({i["repo"]["html_url"] for i in forge.stars} - urls, set())

    def test_an_import_of_what_is_new_that_broke_off_is_carried_on_too(self):
        for new in (30, 260):
            with self.subTest(new), Forge(stars(COUNT)) as forge:
                database = self.home / f"{new}.db"
                self.take(forge, "--db", database)
                forge.stars += stars(new, 5000)
                forge.clear()
                self.broken_at(forge, 2)
                self.run_import(forge, "--db", database, code=4)
                forge.clear()
                self.take(forge, "--db", database)
                listed = self.barky("list", "--json", "--db", database).json()
                self.assertEqual(len(listed), COUNT + new)

    def test_killed_at_any_moment_it_carries_on_to_the_same_library(self):
        with Forge(stars(COUNT), latency=0.01) as forge:
            for round_ in range(12):
                database = self.home / f"{round_}.db"
                for delay in (0.02 + 0.008 * round_, 0.05, 0.03):
                    process = self.start("import", "github", "octocat", "--db", database,
                                         env=self.at(forge))
                    time.sleep(delay)
                    process.kill()
                    process.wait()
                self.take(forge, "--db", database)
                listed = self.barky("list", "--json", "--db", database).json()
                self.assertEqual(len({b["url"] for b in listed}), COUNT)
                self.assertEqual(len(listed), COUNT)
                self.assertEqual(self.take(forge, "--full", "--db", database)["unchanged"], COUNT)

    def test_a_full_disk_is_said_and_forgiven(self):
        with Forge(stars(3000)) as forge:
            script = """mount -t tmpfs -o size=900k none "$FULL" || exit 99
                "$PROGRAM" import github octocat --db "$FULL/b.db" --json; echo $?
                mount -o remount,size=50m "$FULL" && "$PROGRAM" import github octocat --db "$FULL/b.db" --json
                "$PROGRAM" list --db "$FULL/b.db" --jsonl | wc -l"""
            full = self.home / "full"
            full.mkdir()
            ran = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True,
                                 env={**self.environment, **self.at(forge), "FULL": str(full), "PROGRAM": BARKY})
            if ran.returncode == 99 or "unshare" in ran.stderr:
                self.skipTest("no file system can be mounted here")
            lines = ran.stdout.splitlines()
            self.assertEqual((lines[1], lines[3]), ("6", "3000"), ran)
            self.assertIn("no space", ran.stderr)
            kept, rest = json.loads(lines[0])["added"], json.loads(lines[2])["added"]
            self.assertEqual((kept % 100, kept + rest), (0, 3000))

    def test_two_imports_at_once_lose_and_double_nothing(self):
        with Forge(stars(COUNT), latency=0.01) as forge:
            both = [self.start("import", "github", "octocat", env=self.at(forge))
                    for _ in range(2)]
            self.assertEqual([process.wait(PATIENCE) for process in both], [0, 0])
            self.assert_has(forge.stars)


class Limits(StarsCase):
    def test_the_primary_limit_ends_it_with_the_time_and_keeps_what_came(self):
        with Forge(stars(COUNT)) as forge:
            forge.reset = int(time.time()) + 1234
            forge.fault = lambda request: "ratelimit" if request.number > 4 else None
            ran = self.run_import(forge, "--jobs", "1", code=5)
            summary = ran.json()
            self.assertEqual(summary["status"], "rate-limited")
            self.assertEqual(summary["added"], 300)
            self.assertEqual(summary["rate_limit"]["remaining"], 0)
            stamp = time.strftime("%Y-%m-%dT%H:%M", time.gmtime(forge.reset))
            self.assertIn(stamp, ran.err)
            forge.clear()
            self.assertEqual(self.take(forge)["added"], 300)

    def test_the_last_request_that_the_limit_allows_is_the_last(self):
        for jobs in (1, 4):
            with self.subTest(jobs), Forge(stars(COUNT)) as forge:
                database = self.home / f"{jobs}.db"
                forge.limit = forge.remaining = 4
                ran = self.run_import(forge, "--jobs", jobs, "--db", database, code=5)
                self.assertEqual(ran.json()["status"], "rate-limited")
                self.assertLessEqual(len(forge.requests), 4 + jobs - 1)
                forge.limit = 5000
                forge.clear()
                after = self.take(forge, "--db", database)
                self.assertEqual(ran.json()["added"] + after["added"], COUNT)
        with Forge(stars(COUNT)) as forge:  # what was asked for is all there is
            forge.limit = forge.remaining = 8
            self.take(forge)

    def waited(self, forge, name, *options):
        """Times between the limit's answer and the next request."""
        forge.fault = lambda request: name if request.number == 4 else None
        self.assertEqual(self.take(forge, "--wait", *options)["added"], COUNT)
        limited = forge.requests[3].time
        return [request.time - limited for request in forge.requests[4:]]

    def test_wait_sleeps_until_the_time_and_no_request_comes_before(self):
        with Forge(stars(COUNT)) as forge:
            forge.reset = int(time.time()) + 3
            after = self.waited(forge, "ratelimit", "--jobs", "1")
            self.assertGreaterEqual(after[0], 1.9)

    def test_after_a_secondary_limit_one_at_a_time(self):
        with Forge(stars(COUNT), latency=0.02) as forge:
            limited = []

            def fault(request):
                if request.number == 4:
                    limited.append(time.monotonic())
                    return "secondary"
                if limited and len(forge.requests) == 7:
                    forge.most_in_flight = 1
                return None
            forge.fault = fault
            self.take(forge, "--wait", "--jobs", "4")
            late = [r.time - limited[0] for r in forge.requests if r.time - limited[0] > 0.5]
            self.assertGreaterEqual(min(late), 1.9)
            self.assertLessEqual(forge.most_in_flight, 4)
            gaps = [b - a for a, b in zip(late, late[1:])]
            self.assertGreaterEqual(min(gaps), 0.018)
            self.assert_has(forge.stars)

    def test_a_wait_can_be_cancelled(self):
        with Forge(stars(COUNT)) as forge:
            forge.fault = lambda request: "ratelimit"
            process = self.start("import", "github", "octocat", "--wait", env=self.at(forge))
            until(lambda: forge.requests, what="a request")
            time.sleep(0.3)  # the answer has come, mostly; before it the end is the same
            process.send_signal(2)
            self.assertEqual(process.wait(PATIENCE), 130)  # and not after the hour that the limit lasts
            self.assertEqual(len(forge.requests), 1)

    def test_an_absurd_time_is_not_waited_for(self):
        with Forge(stars(COUNT)) as forge:
            forge.reset = 2**40
            forge.fault = lambda request: "ratelimit"
            self.run_import(forge, "--wait", code=5)
            forge.clear()
            forge.reset = 1
            self.assertEqual(self.take(forge)["status"], "complete")

    def test_never_more_in_flight_than_asked_for(self):
        for jobs in (1, 2, 10):
            with self.subTest(jobs), Forge(stars(2000), latency=0.01) as forge:
                self.take(forge, "--jobs", jobs, "--db", self.home / f"{jobs}.db")
                self.assertLessEqual(forge.most_in_flight, jobs)
                self.assertGreaterEqual(forge.most_in_flight, (jobs + 1) // 2)


if __name__ == "__main__":
    unittest.main()
