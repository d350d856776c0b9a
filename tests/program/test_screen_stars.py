"""Stars imported in the background of the screen, over loopback, and titles fetched for the form."""

import unittest

from fake_forge import Forge, stars
from harness import Answer, Server, until
from screen_test import ScreenTest


class StarsTest(ScreenTest):
    def start_import(self, view, user="octocat"):
        self.press(view, "I", "s", "C-u")
        view.type(user + "\r")

    def test_stars_arrive_while_one_goes_on_working(self):
        self.fill()
        with Forge(stars(730)) as forge:
            forge.hold_after(3)
            view = self.screen(100, 24, env={"BARKY_GITHUB_API": forge.url})
            self.start_import(view)
            view.wait_for("importing stars")
            self.press(view, "q")
            for key in "jkjkjkjkjk":
                before = len(view.raw())
                view.keys(key)
                until(lambda: len(view.raw()) > before, what="an answer to a key, while the network gives none")
            forge.release()
            view.wait_for("Imported 730 stars: 730 new, 0 updated · u undo")
            view.wait_for("738 bookmarks")
            self.assertIn("dhth/bmm", self.current(view))  # rows that arrive move nothing
            self.assertEqual(len(self.bookmarks()), 738)
            self.press(view, "u")
            view.wait_for("Undid: Imported")
            view.wait_for(" 8 bookmarks")
            self.leave(view)

    def test_the_panel_has_the_bar_what_there_is_and_no_zeros(self):
        with Forge(stars(730)) as forge:
            forge.hold_after(3)
            view = self.screen(100, 30, env={"BARKY_GITHUB_API": forge.url}, ready="No bookmarks yet")
            self.start_import(view)
            view.wait_for(r"\n +█+░+\n")
            view.wait_for("this time +[0-9]+ new$")
            self.assertNotIn("unchanged", view.text())
            forge.release()
            view.wait_for("in the library +730")
            view.wait_for("this time +730 new")
            for words in ("Browsers", "b +import what the browsers here have", "Files", ":import FILE"):
                view.wait_for(words)
            (self.home / "a.urls").write_text("https://example.org/1\nhttps://example.org/2\n")
            self.press(view, ":")
            view.type(f"import {self.home}/a.urls yes\r")
            view.wait_for("a.urls: 2 new")
            self.leave(view)

    def test_an_import_is_stopped_and_goes_on(self):
        with Forge(stars(900)) as forge:
            forge.hold_after(3)
            view = self.screen(100, 24, env={"BARKY_GITHUB_API": forge.url}, ready="No bookmarks yet")
            self.start_import(view)
            view.wait_for(r"importing stars \d+/\d+")
            self.press(view, "x")
            forge.release()
            view.wait_for("Import stopped")
            self.start_import(view)
            view.wait_for("Imported|complete")
            self.press(view, "q")
            view.wait_for("900 bookmarks")
            self.leave(view)

    def test_a_user_that_is_not_there_is_said_with_its_reason(self):
        with Forge(stars(3)) as forge:
            view = self.screen(100, 24, env={"BARKY_GITHUB_API": forge.url}, ready="No bookmarks yet")
            self.start_import(view, "nobody")
            view.wait_for("Import stopped: .*no such user")
            self.press(view, "q", "M")
            view.wait_for("no such user")
            self.leave(view)

    def test_quitting_while_stars_arrive_is_at_once_and_loses_nothing(self):
        with Forge(stars(900)) as forge:
            forge.hold_after(3)
            view = self.screen(100, 24, env={"BARKY_GITHUB_API": forge.url}, ready="No bookmarks yet")
            self.start_import(view)
            view.wait_for(r"importing stars [1-9]")
            view.keys("Q")
            self.assertEqual(view.exit_code(), 0)  # though no other page comes
            self.assertEqual(view.left_behind(), [])
            kept = len(self.bookmarks())
            self.assertTrue(kept > 0 and kept % 100 == 0, kept)
            self.assert_sound()
            view = self.screen(100, 24, env={"BARKY_GITHUB_API": forge.url})
            view.wait_for(r"The last import stopped at page \d+( of \d+)? · I goes on")
            self.leave(view)


class TitleTest(ScreenTest):
    def test_the_form_asks_the_page_for_its_title(self):
        pages = {"/page": Answer("<title>What the page calls itself</title>", headers={"Content-Type": "text/html"})}
        with Server(pages) as server:
            view = self.screen(ready="No bookmarks yet")
            self.press(view, "a")
            view.type(server.url + "/page")
            self.press(view, "Tab", "Tab")
            view.wait_for("What the page calls itself")
            self.press(view, "C-s")
            view.wait_for('Added "What the page calls itself"')
            self.assertEqual(self.titles(), ["What the page calls itself"])
            self.leave(view)


class MouseTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()

    def click(self, view, row, column, button=0):
        view.type(f"\x1b[<{button};{column + 1};{row + 1}M\x1b[<{button};{column + 1};{row + 1}m")
        view.wait_still()

    def test_a_mouse_report_in_the_old_form_is_not_keys(self):
        for term in ("tmux-256color", "xterm-256color", "linux"):
            for config in ("mouse = off\n", "mouse = on\n"):
                with self.subTest(term=term, config=config):
                    self.configure(config)
                    view = self.screen(term=term)
                    count = len(self.bookmarks())
                    view.type("\x1b[Mddd")
                    view.wait_still()
                    view.keys("?")
                    view.wait_for("Help")
                    self.assertEqual(len(self.bookmarks()), count)
                    self.leave(view)

    def test_the_mouse_is_off_unless_it_is_wanted(self):
        view = self.screen()
        self.assertNotIn(b"1000h", view.raw())
        self.leave(view)

    def test_clicks_select_and_filter_and_the_wheel_scrolls(self):
        self.configure("mouse = on\n")
        view = self.screen(term="xterm-256color")
        self.assertIn(b"1000h", view.raw())
        self.click(view, 3, 5)
        view.wait_for("^▌ sharkdp/bat")
        self.click(view, 3, 5, 65)
        view.wait_for("^▌ Café|6/8")
        row, column = view.find("#go")
        self.click(view, row, column + 1)
        view.wait_for("1 match #go")
        self.press(view, "C-t", ":")
        view.type("set nomouse\r")
        view.wait_still()
        self.leave(view)


if __name__ == "__main__":
    unittest.main()
