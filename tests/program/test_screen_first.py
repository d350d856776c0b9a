"""The first start: what an empty library offers."""

import json
import unittest

from harness import until
from screen_test import ScreenTest


def chrome(*urls):
    children = [{"type": "url", "name": url[8:], "url": url, "date_added": "13351162500000000"} for url in urls]
    return json.dumps({"version": 1, "roots": {"bookmark_bar": {"type": "folder", "name": "Bar", "children": children}}})


class FirstStartTest(ScreenTest):
    def profile(self, path, content):
        folder = self.home / path
        folder.mkdir(parents=True)
        (folder / "Bookmarks").write_text(content)

    def setUp(self):
        super().setUp()
        self.profile(".config/chromium/Default", chrome(*(f"https://chromium.example/{n}" for n in range(1200))))
        self.profile(".config/vivaldi/Default", chrome("https://vivaldi.example/", "https://chromium.example/7"))

    def test_one_key_imports_from_the_browsers_found(self):
        view = self.screen(ready="No bookmarks yet")
        view.wait_for("^ +Chromium +1,200$")
        view.wait_for("^ +Vivaldi +2$")
        self.press(view, "b")
        view.wait_for("Imported 1,201 from Chromium, Vivaldi, 1 known · 2u undo")
        view.wait_for("1,201 bookmarks.* 1/1,201$")
        self.assertEqual(len(self.bookmarks()), 1201)
        self.assertEqual(len(self.bookmarks("source:file")), 1201)
        self.press(view, "u")
        view.wait_for("1,200 bookmarks")
        self.press(view, "C-r", "2", "u")
        view.wait_for("No bookmarks yet")
        self.leave(view)

    def test_later_it_asks_and_finds_what_is_new(self):
        self.add("https://own.example/")
        view = self.screen()
        self.press(view, "b")
        view.wait_for(r"Import Chromium 1,200, Vivaldi 2\? \[y/N\]")
        self.press(view, "n")
        view.wait_for("Nothing was imported")
        view.type(":browsers vivaldi\r")
        view.wait_for("Imported 2 from Vivaldi")
        view.type(":browsers vivaldi\r")
        view.wait_for("Nothing new in Vivaldi, 2 known")
        view.type(":browsers netscape\r")
        view.wait_for("No bookmarks of netscape were found here; there are: Chromium, Vivaldi")
        self.assertEqual(len(self.bookmarks()), 3)
        self.leave(view)

    def test_a_list_is_pasted_into_an_empty_library(self):
        view = self.screen(ready="No bookmarks yet")
        view.paste("https://a.example/ A\nhttps://b.example/ B\n")
        view.wait_for("Add these 2 addresses")
        self.press(view, "Enter")
        view.wait_for("Added 2 bookmarks")
        until(lambda: len(self.bookmarks()) == 2)
        self.leave(view)


if __name__ == "__main__":
    unittest.main()
