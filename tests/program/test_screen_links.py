"""Links on the screen: a check in the background, signs in the rows, and what to do about what was found."""

import threading
import unittest

from harness import PATIENCE, Answer, Server, until
from screen_test import ScreenTest

DAY = 86400


class LinksTest(ScreenTest):
    """A web of hosts under localhost, one for each way to answer; "slow" answers when it is let go."""

    def setUp(self):
        super().setUp()
        self.gate = threading.Event()
        server = Server(self.answer)
        server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)
        self.addCleanup(self.gate.set)
        self.port = server.url.rsplit(":", 1)[1]
        self.server = server

    def answer(self, request):
        host = request.headers["Host"].split(".")[0]
        if host.startswith("moved") and request.path == "/page":
            return Answer(b"", 301, {"Location": "/new"})
        if host == "slow":
            self.gate.wait(PATIENCE)
        return Answer(b"<p>page", 404 if host.startswith("dead") else 200)

    def url(self, host, page="page"):
        return f"http://{host}.localhost:{self.port}/{page}"

    def fill_with(self, *hosts):
        self.fill([(self.url(host), f"At {host}", "", ["web"], 1 + days) for days, host in enumerate(hosts)])

    def a_day_goes_by(self):
        self.sql(f"update links set checked = checked - {DAY + 9}, since = since - {DAY + 9}, "
                 f"missing_since = missing_since - {DAY + 9} * (missing_since > 0)")

    def states(self):
        return {bookmark["title"]: (bookmark["link"] or {}).get("state") for bookmark in self.bookmarks()}


class CheckTest(LinksTest):
    def test_a_check_goes_on_in_the_background_and_says_what_it_found(self):
        self.fill_with("ok", "moved", "dead", "slow")
        view = self.screen(100, 24)
        self.press(view, ":")
        view.type("check\r")
        view.wait_for("checking links 3/4.*1 moved, 1 failing")
        self.assertIn("At ok", self.current(view))
        for key in "jkjkjk":
            before = len(view.raw())
            view.keys(key)
            until(lambda: len(view.raw()) > before, what="an answer to a key, while the network gives none")
        self.gate.set()
        view.wait_for("Checked 4 links: 1 moved, 1 failing")
        self.assertIn("→ At moved", view.text())
        self.assertIn("! At dead", view.text())
        self.leave(view)
        self.assertEqual(self.states(), {"At ok": "ok", "At moved": "moved", "At dead": "failing", "At slow": "ok"})

    def test_it_is_stopped_and_keeps_what_was_asked(self):
        self.fill_with("ok", "dead", "slow")
        view = self.screen(100, 24)
        self.press(view, ":")
        view.type("check\r")
        view.wait_for("checking links 2/3")
        self.press(view, "x")
        view.wait_for("The check was stopped: 2 of 3 were asked, and kept")
        self.press(view, "x")
        view.wait_for("No check of links is running")
        self.leave(view)
        self.assertEqual(self.states(), {"At ok": "ok", "At dead": "failing", "At slow": None})

    def test_quitting_stops_it_and_keeps_what_was_asked(self):
        self.fill_with("ok", "dead", "slow")
        view = self.screen(100, 24)
        self.press(view, ":")
        view.type("check\r")
        view.wait_for("checking links 2/3")
        self.leave(view)
        self.assertEqual(self.states(), {"At ok": "ok", "At dead": "failing", "At slow": None})
        self.assert_sound()

    def test_marked_ones_are_asked_and_no_others(self):
        self.fill_with("ok", "moved", "dead")
        view = self.screen(100, 24)
        self.press(view, "j", "Space", "c")
        view.wait_for("Checked 1 link: 1 moved")
        self.leave(view)
        self.assertEqual(self.states(), {"At ok": None, "At moved": "moved", "At dead": None})

    def test_a_query_after_the_command_names_what_is_asked(self):
        self.fill_with("ok", "moved", "dead")
        view = self.screen(100, 24)
        for line, answer in (("check moved.localhost", "Checked 1 link: 1 moved"),
                             ("check qzxqzx", 'Nothing is checked: nothing matches "qzxqzx"'),
                             ("check /(a/", "Nothing is checked: missing closing parenthesis")):
            self.press(view, ":")
            view.type(line + "\r")
            view.wait_for(answer)
        self.leave(view)
        self.assertEqual(self.states(), {"At ok": None, "At moved": "moved", "At dead": None})

    def test_a_key_asks_before_many_addresses_are_asked(self):
        self.fill_with(*(f"ok{number}" for number in range(30)))
        view = self.screen(80, 24)
        self.press(view, "c")
        view.wait_for("Ask whether 30 addresses still answer")
        self.press(view, "n")
        view.wait_for("Nothing is checked")
        self.assertEqual(self.server.requests, [])
        self.leave(view)

    def test_one_barky_at_a_time_checks_a_library(self):
        self.fill_with("slow")
        view = self.screen(100, 24)
        self.press(view, "c")
        view.wait_for("checking links 0/1")
        ran = self.barky("check", code=1)
        self.assertIn("another barky is checking", ran.err)
        self.press(view, "c")
        view.wait_for("Nothing is checked: a check is under way already")
        other = self.screen(100, 24)
        self.press(other, "c")
        other.wait_for("Nothing is checked: another barky is checking")
        self.leave(other)
        self.gate.set()
        view.wait_for("Checked 1 link")
        self.barky("check")
        self.leave(view)

    def test_what_another_program_finds_shows(self):
        self.fill_with("moved", "ok")
        view = self.screen(80, 24)
        self.barky("check")
        view.wait_for("→ ?At moved")
        self.leave(view)


class DecisionTest(LinksTest):
    """What is to be done about links that have moved or are gone."""

    def find(self, *hosts):
        """A library whose links are checked twice, a day apart."""
        self.fill_with(*hosts)
        self.barky("check")
        self.a_day_goes_by()
        self.barky("check")

    def open_links(self, columns=100, **options):
        view = self.screen(columns, 24, **options)
        self.press(view, "L")
        view.wait_for("Links · ")
        return view

    def test_old_and_new_address_stand_side_by_side(self):
        self.find("ok", "moved", "dead")
        view = self.open_links()
        view.wait_for("Links · 1 moved, 1 gone")
        view.wait_for(rf"→ moved.localhost:{self.port}/page +→ moved.localhost:{self.port}/new")
        view.wait_for(rf"× dead.localhost:{self.port}/page +not found \(404\)")
        view.wait_for("moved permanently since yesterday; checked today")
        self.press(view, "j")
        view.wait_for(r"gone since today: not found \(404\); checked today")
        self.leave(view)

    def test_new_addresses_are_taken_and_one_undo_takes_them_back(self):
        self.find("moved1", "moved2", "dead")
        view = self.open_links()
        self.press(view, "*", "Enter")
        view.wait_for("Took 2 new addresses · u undo")
        view.wait_for("Links · 0 moved, 1 gone")
        self.assertEqual(sorted(self.urls()), sorted([self.url("dead"), self.url("moved1", "new"),
                                                      self.url("moved2", "new")]))
        self.press(view, "u")
        view.wait_for("Undid: Edited 2 bookmarks")
        self.leave(view)
        self.assertIn(self.url("moved1"), self.urls())

    def test_one_whose_new_address_is_taken_is_left(self):
        self.fill([(self.url("moved"), "Old", "", [], 1), (self.url("moved", "new"), "New", "", [], 2)])
        self.barky("check")
        view = self.open_links()
        self.press(view, "Enter")
        view.wait_for("Left as it is: another bookmark has the new address")
        self.leave(view)

    def test_what_is_gone_has_not_moved(self):
        self.find("dead")
        view = self.open_links()
        self.press(view, "Enter")
        view.wait_for("It has not moved")
        self.leave(view)

    def test_gone_ones_are_deleted_together_after_a_question(self):
        self.find("ok", "dead1", "dead2")
        view = self.open_links()
        self.press(view, "*", "d")
        view.wait_for("Delete 2 bookmarks")
        self.press(view, "y")
        view.wait_for("No link wants a decision")
        self.assertEqual(self.urls(), [self.url("ok")])
        self.press(view, "u")
        view.wait_for("Undid: Deleted 2 bookmarks")
        view.wait_for("Links · 0 moved, 2 gone")
        self.leave(view)

    def test_a_kept_one_is_out_of_sight_until_the_next_check(self):
        self.find("dead", "moved")
        view = self.open_links()
        self.press(view, "j", "K")
        view.wait_for("Kept 1 as it is; the next check asks anew")
        view.wait_for("Links · 1 moved, 0 gone")
        self.leave(view)
        self.assertEqual(self.states(), {"At dead": None, "At moved": "moved"})

    def test_an_archived_copy_is_opened(self):
        self.find("dead")
        record = self.fake("fake-browser")
        view = self.open_links(env={"BROWSER": "fake-browser", "DISPLAY": ":7"})
        self.press(view, "w")
        until(lambda: record.exists() and "web.archive.org" in record.read_text(), what="the browser")
        self.assertEqual(record.read_text().split(), ["1", "https://web.archive.org/web/2/" + self.url("dead")])
        self.leave(view)

    def test_it_holds_at_every_size(self):
        self.find("moved", "dead")
        view = self.open_links()
        for columns, rows in ((20, 5), (40, 10), (160, 45), (19, 4), (80, 24)):
            view.resize(columns, rows)
            view.wait_still()
        view.wait_for("Links · 1 moved, 1 gone")
        self.leave(view)


if __name__ == "__main__":
    unittest.main()
