#!/usr/bin/env python3
"""Work that comes round: by barky run-due and by an open screen, once a library however many there are."""

import json
import signal
import unittest

from fake_forge import Forge, stars
from harness import Answer, Server, until
from screen_test import ScreenTest


class RunDueTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.config = self.home / "config" / "barky" / "config"
        self.config.parent.mkdir(parents=True)

    def schedule(self, *lines):
        self.config.write_text("[schedule]\n" + "".join(line + "\n" for line in lines))

    def run_due(self, *options, **more):
        return self.barky("run-due", "--json", *options, **more).json()

    def told(self, *names):
        return [event for event in self.barky("events", "--jsonl").jsonl() if event["event"] in names]

    def time_goes_by(self, seconds):
        self.sql(f"update due_jobs set ran = ran - {seconds} * (ran > 0), next = next - {seconds} * (next > 0),"
                 f" held_until = held_until - {seconds} * (held_until > 0)")

    def test_links_are_checked_when_they_are_due_and_the_log_tells(self):
        self.schedule("links = every 2 days")
        with Server({"/a": Answer("x")}) as server:
            self.add(server.url + "/a")
            self.assertEqual([(job["job"], job["is_due"]) for job in self.run_due("--dry-run")], [("links", True)])
            self.assertEqual(self.bookmarks()[0]["link"], None)
            self.assertIn("links: 1 checked: 1 ok", self.barky("run-due").out)
            self.assertEqual(self.bookmarks()[0]["link"]["state"], "ok")
            self.assertEqual(self.run_due(), [])
            self.assertEqual(self.barky("run-due").out, "")
            [done] = self.told("work_done")
            self.assertEqual((done["subject"], done["origin"], done["status"]), ("links", "schedule", "ok"))
            [checked] = self.told("links_checked")
            self.assertEqual([checked[key] for key in ("checked", "ok", "moved", "failing", "dead", "skipped")],
                             [1, 1, 0, 0, 0, 0])
            self.time_goes_by(2 * 86400)
            [again] = self.run_due()
            self.assertEqual((again["job"], again["status"], again["error"]), ("links", "ok", None))
            self.assertIn("0 checked", again["result"])  # it was asked a moment ago
            self.assertEqual(len(server.requests), 1)

    def test_browsers_are_taken_in_and_again_for_what_is_new(self):
        self.schedule("browsers = hourly chromium")
        profile = self.home / ".config" / "chromium" / "Default" / "Bookmarks"
        profile.parent.mkdir(parents=True)

        def write(*urls):
            children = [{"type": "url", "name": url, "url": url} for url in urls]
            profile.write_text(json.dumps({"version": 1, "roots": {"bookmark_bar": {
                "type": "folder", "name": "Bar", "children": children}}}))

        self.environment["XDG_CONFIG_HOME"] = str(self.home / ".config")
        self.environment["BARKY_CONFIG"] = str(self.config)
        write("https://a.org/")
        self.assertIn("browsers: 1 added", self.barky("run-due").out)
        write("https://a.org/", "https://b.org/")
        self.assertEqual(self.run_due(), [])
        self.time_goes_by(3600)
        self.assertIn("1 added", self.run_due()[0]["result"])
        self.assertEqual(len(self.bookmarks()), 2)
        self.barky("undo")
        self.assertEqual(len(self.bookmarks()), 1)

    def test_stars_are_those_imported_before_as_they_were(self):
        with Forge(stars(3)) as forge:
            self.environment["BARKY_GITHUB_API"] = forge.url
            self.schedule("stars = nightly")
            self.assertIn("no stars were imported yet", self.run_due()[0]["result"])
            self.barky("import", "github", "octocat", "--no-topics", "--tags", "starred")
            forge.stars = stars(5)
            self.time_goes_by(2 * 86400)
            [done] = self.run_due()
            self.assertIn("octocat: 2 added", done["result"])
            self.assertEqual({tuple(bookmark["tags"]) for bookmark in self.bookmarks()}, {("starred",)})

    def test_a_failure_ends_with_its_code_and_is_tried_again_later(self):
        self.environment["BARKY_GITHUB_API"] = "http://127.0.0.1:9"
        self.schedule("stars = every 30 days octocat", "browsers = hourly")
        failed = self.run_due(code=4)
        self.assertEqual([(job["job"], job["status"]) for job in failed], [("browsers", "ok"), ("stars", "network")])
        self.assertTrue(failed[1]["error"])
        self.assertEqual(self.run_due(), [])
        self.assertEqual([(e["subject"], e["attempts"], e["status"]) for e in self.told("work_failed")], [("stars", 1, "network")])
        self.time_goes_by(301)
        self.assertEqual([job["job"] for job in self.run_due(code=4)], ["stars"])
        self.time_goes_by(301)
        self.assertEqual(self.run_due(), [])  # it waits for twice as long now
        self.time_goes_by(301)
        self.assertEqual([job["job"] for job in self.run_due(code=4)], ["stars"])

    def test_of_many_at_once_one_does_it_and_a_killed_one_is_followed(self):
        self.schedule("links = weekly")
        with Server(lambda request: Answer("x", delay=0.3)) as server:
            self.add(server.url + "/a")
            runs = [self.start("run-due") for _ in range(6)]
            self.assertEqual([run.wait() for run in runs], [0] * 6)
            self.assertEqual(len(server.requests), 1)
            self.assertEqual(len(self.told("work_done")), 1)
        with Server(lambda request: Answer("x", delay=30)) as server:
            self.add(server.url + "/b")
            self.time_goes_by(30 * 86400)
            held = self.start("run-due")
            until(lambda: server.requests, what="the check")
            held.kill()
            held.wait()
            self.assertEqual(self.run_due(), [])  # it is held until the lease is over
        with Server({"/b": Answer("x")}):
            self.time_goes_by(600)
            self.assertIn("links: ", self.barky("run-due").out)

    def test_one_that_is_stopped_leaves_it_due(self):
        self.schedule("links = weekly")
        with Server(lambda request: Answer("x", delay=30)) as server:
            self.add(server.url + "/a")
            run = self.start("run-due")
            until(lambda: server.requests, what="the check")
            run.send_signal(signal.SIGTERM)
            self.assertEqual(run.wait(), 143)
        self.assertTrue(self.run_due("--dry-run")[0]["is_due"])
        self.assertEqual(self.told("work_done", "work_failed"), [])

    def test_a_library_that_cannot_be_read_is_not_taken_for_due(self):
        self.schedule("links = hourly")
        self.add("https://a.example/")
        self.sql("drop table due_jobs")
        told = self.barky("run-due", "--dry-run", code=6)
        self.assertEqual((told.out, told.err), ("", "barky: run-due: links: the library is damaged\n"))

    def test_mistakes_are_told_with_their_line(self):
        self.schedule("stars = sometimes", "moon = nightly", "links = weekly octocat", "browsers = daily 25:00")
        said = self.barky("list").err.splitlines()
        self.assertEqual(len(said), 4)
        for number, (line, word) in enumerate(zip(said, ("stars has to be", "no work named moon", "links has", "browsers has")), 2):
            self.assertIn(f"config:{number}: ", line)
            self.assertIn(word, line)
        self.assertEqual(self.run_due(), [])
        self.config.unlink()
        self.assertIn("Nothing is scheduled", self.barky("run-due").err)

    def test_an_open_screen_does_it_by_itself(self):
        self.schedule("links = weekly")
        with Server({"/a": Answer("x")}) as server:
            self.add(server.url + "/a")
            screen = self.screen()
            until(lambda: self.told("work_done"), what="the work")
            self.leave(screen)
            self.assertEqual(self.bookmarks()[0]["link"]["state"], "ok")
            self.assertEqual(self.run_due(), [])


if __name__ == "__main__":
    unittest.main()
