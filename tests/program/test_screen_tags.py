"""The tags with the bookmarks of the one under the cursor beside them, and the way from a row to others like it."""

import unittest

from screen_test import ScreenTest


class TagsTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()

    def test_the_bookmarks_of_the_tag_stand_beside_it(self):
        view = self.screen(100, 24)
        self.press(view, "t")
        view.wait_for("3  #cli.*│.*dhth/bmm")
        self.assertIn("sharkdp/bat", view.text())
        self.assertNotIn("Learning Rust", view.text())
        self.press(view, "j")
        view.wait_for("Learning Rust")
        self.assertNotIn("dhth/bmm", view.text())
        self.leave(view)

    def test_where_it_is_narrow_the_tags_stand_alone(self):
        view = self.screen(60, 24)
        self.press(view, "t")
        view.wait_for("#cli")
        self.assertNotIn("dhth/bmm", view.text())
        self.leave(view)

    def test_what_changes_shows_beside_the_tag(self):
        view = self.screen(100, 24)
        self.press(view, "t")
        view.wait_for("dhth/bmm")
        self.barky("edit", "1", "--tags", "-cli")
        view.wait_gone("dhth/bmm")
        self.leave(view)

    def test_escape_comes_back_to_the_tags(self):
        view = self.screen(100, 24)
        self.press(view, "t", "j", "Enter")
        view.wait_for("2 match #rust")
        self.press(view, "Escape")
        view.wait_for("Tags")
        self.assertIn("#rust", self.current(view))
        self.press(view, "Escape")
        view.wait_for("8 bookmarks · newest first")
        self.leave(view)

    def test_the_title_tells_the_way_to_the_bookmarks_and_right_goes_it(self):
        view = self.screen(100, 24)
        self.press(view, "t")
        view.wait_for("Tags · Enter goes to the bookmarks of a tag")
        self.press(view, "Right")
        view.wait_for("3 match #cli")
        self.press(view, "Escape", "/")
        view.type("ru")
        view.wait_for("Tags · ru")
        self.press(view, "Escape", "Escape")
        self.leave(view)


class AlikeTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()

    def test_a_key_leads_to_all_with_a_tag_or_of_the_site(self):
        view = self.screen(100, 24)
        self.press(view, "W")
        view.wait_for("All with:  s github.com  1 #cli  2 #go")
        self.press(view, "1")
        view.wait_for("3 match #cli")
        self.press(view, "Escape", "W", "s")
        view.wait_for("3 match site:github.com")
        self.press(view, "Escape", "W", "Escape")
        view.wait_for("8 bookmarks · newest first")
        self.press(view, ":")
        view.type("alike site\r")
        view.wait_for("3 match site:github.com")
        self.leave(view)


if __name__ == "__main__":
    unittest.main()
