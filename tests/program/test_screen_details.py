"""The details of a bookmark: what is known of it, what it shares with others, what was changed when."""

import unittest

from harness import until
from screen_test import ScreenTest

SITE = [(f"https://example.org/{number}", f"Page {number}", "A note", ["web", "odd" if number % 2 else "even"], number)
        for number in range(1, 12)] + [("https://other.example/", "Elsewhere", "", ["web"], 30)]


class DetailsTest(ScreenTest):
    def open(self, columns=100, rows=40, **options):
        view = self.screen(columns, rows, **options)
        self.press(view, "l")
        view.wait_for("Changes")
        return view

    def go_to(self, view, text):
        """The cursor, down to a line that holds a text."""
        for _ in range(40):
            if text in (self.current(view) or ""):
                return
            self.press(view, "j")
        self.fail(f"{text} is not reached:\n{view.text()}")

    def test_everything_that_is_known_is_said_plainly(self):
        self.fill(SITE)
        self.sql("update bookmarks set source = 'github:octocat', unstarred = 1 where title = 'Page 1'")
        view = self.open()
        for words in ("link +never checked", "source +GitHub stars of octocat, not there any more", "added +",
                      "#odd +6 bookmarks", "#web +12 bookmarks", "Also of example.org", "all 11",
                      "today [0-9:]+ +Imported"):
            view.wait_for(words)
        self.leave(view)

    def test_enter_opens_the_address_under_the_cursor(self):
        self.fill(SITE)
        said = self.fake("fake-browser")
        view = self.open(env={"BROWSER": "fake-browser", "DISPLAY": ":7"})
        self.press(view, "Enter")
        until(lambda: said.exists() and "example.org/1" in said.read_text(), what="the browser")
        self.leave(view)

    def test_a_tag_and_a_site_show_their_bookmarks(self):
        self.fill(SITE)
        view = self.open()
        self.go_to(view, "#odd")
        self.press(view, "Enter")
        view.wait_for("6 match #odd")
        self.press(view, "Escape", "l")
        self.go_to(view, "all 11")
        self.press(view, "Enter")
        view.wait_for("11 match site:example.org")
        self.leave(view)

    def test_one_goes_to_another_bookmark_of_the_site_and_back(self):
        self.fill(SITE)
        view = self.open()
        self.go_to(view, "Page 3")
        self.press(view, "Enter")
        view.wait_for("https://example.org/3")
        self.press(view, "T")  # what one does is done to what one sees
        view.type("+seen\r")
        view.wait_for("#seen +1 bookmark")
        self.assertEqual([b["title"] for b in self.bookmarks("#seen")], ["Page 3"])
        self.press(view, "h")
        view.wait_for("https://example.org/1")
        self.press(view, "h")
        view.wait_for("12 bookmarks")
        self.leave(view)

    def test_changes_are_told_and_the_latest_is_undone_from_here(self):
        self.fill(SITE)
        self.barky("edit", "1", "--title", "Another", "--tags", "+new,-web")
        self.barky("edit", "1", "--notes", "Another note")
        view = self.open()
        view.wait_for('Edited: notes was "A note"')
        view.wait_for(r'Edited: title was "Page 1", tags \+new -web')
        self.go_to(view, "Edited: title")
        self.press(view, "Enter")
        view.wait_for("1 later change of the library would have to be undone first; u undoes the latest")
        self.press(view, "k", "Enter")
        view.wait_for("Undid: Edited 1 bookmark")
        view.wait_gone('notes was "A note"')
        self.assertEqual([b["notes"] for b in self.bookmarks("title:Another")], ["A note"])
        self.leave(view)

    def test_where_it_has_moved_to_is_said_and_can_be_opened(self):
        self.fill(SITE[:1])
        self.sql("insert into links values (1, 'moved', 1714730000, 1714730000, 0, 301, 'https://new.example/', '')")
        said = self.fake("fake-browser")
        view = self.open(env={"BROWSER": "fake-browser", "DISPLAY": ":7"})
        view.wait_for("moved permanently since 3 May 2024; checked 3 May 2024")
        self.press(view, "j", "Enter")
        until(lambda: said.exists() and "https://new.example/" in said.read_text(), what="the browser")
        self.leave(view)

    def test_a_long_note_is_scrolled_past(self):
        self.fill([("https://example.org/", "Long", "\n".join(f"line {n}" for n in range(60)), ["end"], 1)])
        view = self.screen(80, 24)
        self.press(view, "l", "G")
        view.wait_for("Imported")
        self.press(view, "g")
        view.wait_for("line 3\n")
        self.go_to_bottom(view)
        self.leave(view)

    def go_to_bottom(self, view):
        for _ in range(100):
            if "#end" in (self.current(view) or ""):
                return
            self.press(view, "j")
        self.fail(view.text())

    def test_one_that_another_program_deletes_is_said_to_be_gone(self):
        self.fill(SITE)
        view = self.open()
        self.barky("delete", "1", "--yes")
        view.wait_for("This bookmark is gone")
        self.press(view, "q")
        view.wait_for("11 bookmarks")
        self.leave(view)

    def test_it_holds_at_every_size(self):
        self.fill(SITE)
        view = self.open()
        for columns, rows in ((20, 5), (40, 10), (200, 50), (19, 4), (80, 24)):
            view.resize(columns, rows)
            view.wait_still()
        view.wait_for("Also of example.org")
        self.leave(view)


if __name__ == "__main__":
    unittest.main()
