"""A clock that is wrong: long ago, far ahead, or set back between two runs."""

import shutil
import subprocess
import unittest

from fake_forge import Forge, stars
from harness import BARKY, PATIENCE, BarkyTest

# Seconds of a clock without a battery, the ends of 31 and 32 bits, and beyond.
TIMES = ("1969-12-31 00:00:00", "1970-01-01 00:00:00", "1970-01-01 00:00:01", "2038-01-19 03:14:08",
         "2106-02-07 06:28:16", "2300-01-01 00:00:00")


def stopped_at(time):
    """The variables that make a program believe it; what it waits for goes by the true clock."""
    command = ["faketime", "-f", time, "sh", "-c", "echo $LD_PRELOAD"]
    library = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE).stdout.strip()
    return {"LD_PRELOAD": library, "FAKETIME": time, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}


def can_be_told():
    """Not without faketime, nor with a sanitizer, which wants to be loaded first and refuses or hangs."""
    if not shutil.which("faketime"):
        return False
    variables = [f"{name}={value}" for name, value in stopped_at(TIMES[2]).items()]
    command = ["timeout", "-s", "KILL", "5", "env", *variables, BARKY, "--version"]
    return subprocess.run(command, capture_output=True).returncode == 0


@unittest.skipUnless(can_be_told(), "barky cannot be told a time by faketime here")
class ClockTest(BarkyTest):
    def at(self, time, *arguments, **others):
        return self.barky(*arguments, env={**stopped_at(time), **others.pop("env", {})}, **others)

    def test_a_bookmark_lives_at_any_time(self):
        for number, time in enumerate(TIMES):
            with self.subTest(time):
                options = ("--db", self.home / f"{number}.db")
                self.at(time, "add", "https://a.org", "--offline", "--title", "A", *options)
                bookmark = self.at(time, "list", "--json", *options).json()[0]
                self.assertEqual(bookmark["date_added"], time.replace(" ", "T") + "Z")
                self.at(time, "delete", "1", *options)
                self.assertEqual(self.at(time, "list", *options).out, "")
                self.at(time, "undo", *options)
                self.at(time, "edit", "1", "--title", "B", *options)
                self.assertEqual(self.at(time, "search", "title:B", "--json", *options).json()[0]["id"], 1)
                exported = self.at(time, "export", "--format", "netscape", *options).out
                (self.home / "a.html").write_text(exported)
                again = ("--db", self.home / f"{number}b.db")
                self.barky("import", self.home / "a.html", *again)
                self.assertEqual(self.barky("list", "--json", *again).json()[0]["date_added"], bookmark["date_added"])

    def test_a_clock_set_back_mixes_nothing_up(self):
        for time in reversed(TIMES):
            self.at(time, "add", f"https://{TIMES.index(time)}.org", "--offline", "--title", time)
        self.assertEqual([bookmark["title"] for bookmark in self.bookmarks()], list(reversed(TIMES)))
        events = self.barky("events", "--jsonl").jsonl()
        self.assertEqual([event["bookmarks"] for event in events], [[number] for number in range(1, len(TIMES) + 1)])
        self.at(TIMES[0], "undo", "2")
        self.assertEqual([bookmark["title"] for bookmark in self.bookmarks()], list(reversed(TIMES))[:-2])

    def test_stars_come_in_and_go_on_whatever_the_clock_says(self):
        with Forge(stars(250)) as forge:
            for time, added in ((TIMES[4], 250), (TIMES[1], 0), (TIMES[5], 0)):
                summary = self.at(time, "import", "github", "octocat", "--json", "--full",
                                  env={"BARKY_GITHUB_API": forge.url}).json()
                self.assertEqual((summary["status"], summary["added"]), ("complete", added))
        self.assertEqual(len(self.bookmarks()), 250)


if __name__ == "__main__":
    unittest.main()
