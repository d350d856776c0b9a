"""Each action of the key table, in a real terminal."""

import unittest

from harness import until
from screen_test import LIBRARY, ScreenTest


class MovingTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill([(f"https://example.org/{n}", f"Title {n:02}", f"note {n}", [], n) for n in range(60)])
        self.view = self.screen(70, 14)

    def assert_at(self, number):
        self.view.wait_for(rf"^▌ Title {number:02} ")

    def test_lines_pages_and_ends(self):
        self.assert_at(0)
        for keys, at in ((["j"], 1), (["Down"], 2), (["k"], 1), (["Up"], 0), (["5", "j"], 5), (["G"], 59),
                         (["Home"], 0), (["End"], 59), (["g", "g"], 0), (["C-d"], 5), (["C-u"], 0), (["C-f"], 10),
                         (["C-b"], 0), (["PPage"], 0), (["NPage"], 10), (["3", "0", "j"], 40), (["2", "C-d"], 50)):
            with self.subTest(keys=keys):
                self.view.keys(*keys)
                self.assert_at(at)
        self.leave(self.view)

    def test_a_half_page_keeps_the_row_of_the_cursor(self):
        self.press(self.view, "2", "0", "j", "5", "k")
        before = self.view.find("▌")
        self.press(self.view, "C-d")
        self.assertEqual(self.view.find("▌"), before)
        self.leave(self.view)


class ListTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()
        self.view = self.screen(100, 24)

    def test_open_hands_the_address_to_the_browser(self):
        said = self.fake("browser")
        view = self.screen(env={"BROWSER": "browser"})
        view.keys("Enter")
        until(said.exists, what="the browser")
        view.keys("j", "o")
        until(lambda: said.read_text().count("github.com") == 2, what="the second address")
        self.assertEqual(said.read_text(), "1\nhttps://github.com/dhth/bmm\n1\nhttps://github.com/jarun/buku\n")
        self.leave(view)

    def test_many_are_opened_after_a_question(self):
        said = self.fake("browser")
        view = self.screen(env={"BROWSER": "browser"})
        self.press(view, "*", "o")
        view.wait_for(r"Open 8 bookmarks in the browser\? \[y/N\]")
        self.press(view, "n")
        view.wait_gone("Open 8")
        self.assertFalse(said.exists())
        self.press(view, "o", "y")
        until(lambda: said.exists() and said.read_text().count("://") == 8, what="eight addresses")
        self.leave(view)

    def test_details_and_back(self):
        self.press(self.view, "l")
        self.view.wait_for("barky  Details")
        self.view.wait_for("https://github.com/dhth/bmm")
        self.press(self.view, "h")
        self.view.wait_for("8 bookmarks")
        self.press(self.view, "Right", "Escape")
        self.view.wait_for("8 bookmarks")
        self.leave(self.view)

    def test_the_filter_works_at_each_key_and_escape_takes_it_back(self):
        view = self.view
        self.press(view, "/")
        view.type("ru")
        view.wait_for("3 match ru")
        view.type("st book")
        view.wait_for("1 match rust book")
        view.wait_for(r"^▌ Learning Rust")
        row, column = view.find("Rust")
        self.assertTrue(view.cell(row, column).underline)
        self.press(view, "Enter")
        view.wait_for(r"/ filter")
        self.press(view, "Escape")
        view.wait_gone("match")
        view.wait_for(r"^▌ Learning Rust")  # the same bookmark, wherever it is now
        self.press(view, "/")
        view.type("bat")
        view.wait_for("1 match bat")
        self.press(view, "Escape")
        view.wait_gone("match")
        self.leave(view)

    def test_the_list_moves_while_the_filter_is_typed(self):
        self.press(self.view, "/")
        self.view.type("github")
        self.view.wait_for("3 match")
        self.press(self.view, "Down", "C-n", "Up")
        self.view.wait_for("2/3")
        self.leave_prompt_and_quit()

    def leave_prompt_and_quit(self):
        self.press(self.view, "C-g")
        self.leave(self.view)

    def test_a_filter_is_recalled(self):
        for text in ("rust", "cli"):
            self.press(self.view, "/", "C-u")
            self.view.type(text + "\r")
            self.view.wait_for(f"match {text}")
        self.press(self.view, "/", "M-p", "M-p")
        self.view.wait_for("match rust")
        self.leave_prompt_and_quit()

    def test_a_filter_that_cannot_be_read_says_why_and_keeps_the_last_result(self):
        self.press(self.view, "/")
        self.view.type("cli")
        self.view.wait_for("3 match cli")
        self.press(self.view, "C-a", "C-k")
        self.view.wait_for("8 bookmarks · newest")
        self.view.paste("/(x/")
        self.view.wait_for("missing")
        self.assertIn("dhth/bmm", self.view.text())
        self.leave_prompt_and_quit()

    def test_nothing_matches_names_the_way_out(self):
        self.press(self.view, "\\")
        self.view.type("zzzz")
        self.view.wait_for('Nothing matches "zzzz"')
        self.view.wait_for("Esc clears the filter")
        self.press(self.view, "Enter", "C-t")
        self.view.wait_for("8 bookmarks")
        self.leave(self.view)

    def test_marks_ranges_and_all(self):
        view = self.view
        self.press(view, "Space", "Space")
        view.wait_for("2 marked")
        self.assertTrue(view.lines()[1].startswith("●"))
        self.assertTrue(view.cell(1, 3).bold)
        self.press(view, "v", "j", "j", "v")
        view.wait_for("5 marked")
        self.press(view, "U")
        view.wait_gone("marked")
        self.press(view, "*")
        view.wait_for("8 marked")
        self.press(view, "*")
        view.wait_gone("marked")
        self.press(view, "Space", "Escape")
        view.wait_gone("marked")
        self.leave(view)

    def test_copying_reaches_the_clipboard(self):
        self.press(self.view, "y")
        self.view.wait_for("Copied https://github.com/dhth/bmm")
        self.assertEqual(self.view.copied(), "https://github.com/dhth/bmm")
        self.press(self.view, "Y")
        self.view.wait_for("Copied 8 addresses")
        self.assertEqual(self.view.copied().split("\n"), [row[0] for row in LIBRARY])
        self.leave(self.view)

    def test_sorting_asks_for_a_letter(self):
        self.press(self.view, "s")
        self.view.wait_for("Sort by: a added  m modified  t title  u url  r relevance")
        self.press(self.view, "t")
        self.view.wait_for("by title")
        self.assertTrue(self.view.lines()[1].split()[0] in ("Café", "▌", "dhth/bmm"))
        self.press(self.view, "S")
        self.view.wait_for("by title, reversed")
        self.press(self.view, ":")
        self.view.type("sort added\r")
        self.view.wait_for("newest first")
        self.leave(self.view)

    def test_the_preview_goes_right_below_and_away(self):
        self.view.resize(150, 24)
        self.view.wait_for("│")
        self.assertIn("│", self.view.text())
        self.press(self.view, "p")
        self.view.wait_for("────")
        self.press(self.view, "p")
        self.view.wait_gone("────")
        self.press(self.view, "p", "+", "_", "_", "J", "K")
        self.assertIn("│", self.view.text())
        self.leave(self.view)

    def test_the_place_of_the_preview_is_remembered(self):
        self.view.resize(150, 24)
        self.view.wait_for("│")
        self.press(self.view, "p")
        self.view.wait_for("────")
        self.leave(self.view)
        view = self.screen(150, 24)
        self.assertIn("────", view.text())
        self.leave(view)
        self.configure("preview = off\n")
        view = self.screen(100, 24)
        self.assertNotIn("────", view.text())
        self.leave(view)

    def test_without_a_browser_the_address_is_copied(self):
        view = self.screen(env={"BROWSER": "no-such-program"})
        self.press(view, "o")
        view.wait_for("Not opened, but copied")
        view.wait_until(lambda: view.copied() == "https://github.com/dhth/bmm", "the address on the clipboard")
        self.leave(view)

    def test_a_text_browser_has_the_terminal_for_itself(self):
        said = self.fake("w3m", "echo reading; read -r line </dev/tty")
        view = self.screen(env={"BROWSER": "w3m"})
        view.keys("o")
        view.wait_for("^reading")
        self.assertNotIn("8 bookmarks", view.text())
        view.type("\r")
        view.wait_for("8 bookmarks")
        self.assertEqual(said.read_text(), "1\nhttps://github.com/dhth/bmm\n")
        self.leave(view)

    def test_the_window_has_our_name_while_we_are_there_if_that_is_wanted(self):
        self.assertNotIn(b"\x1b]2;", self.view.raw())
        self.configure("window_title = on\n")
        view = self.screen(term="xterm-256color")
        self.assertIn(b"\x1b[22;2t\x1b]2;barky\x1b\\", view.raw())
        self.leave(view)
        self.assertIn(b"\x1b[23;2t", view.raw())

    def test_the_program_of_the_moment(self):
        view = self.view
        self.press(view, "R")
        view.wait_for("8 bookmarks ")
        self.press(view, "C-l")
        self.press(view, "M")
        view.wait_for("barky  Messages")
        self.press(view, "q")
        self.press(view, "?")
        view.wait_for("The list")
        self.press(view, "/")
        view.type("delete")
        view.wait_gone("move down")
        self.assertIn("delete (5d: five from here; u brings them back)", view.text())
        self.press(view, "Enter", "Escape", "F1", "q")
        view.wait_for("8 bookmarks")
        self.press(view, "I")
        view.wait_for("import the stars of a GitHub user")
        self.press(view, "q")
        self.press(view, ":")
        view.type("map\r")
        view.wait_for("All keys")
        self.press(view, "q", "C-c")
        view.wait_for("q quits; so does C-c once more")
        view.type("\x03\x03")  # two at once: the offer goes away by itself, however late we are
        self.assertEqual(view.exit_code(), 0)


if __name__ == "__main__":
    unittest.main()
