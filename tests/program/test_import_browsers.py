"""Bookmarks out of the profiles of browsers, by the browser's name, also while it runs."""

import json
import sqlite3
import unittest

from harness import BarkyTest

PLACES = """
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR);
CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER, parent INTEGER, position INTEGER,
                            title LONGVARCHAR, dateAdded INTEGER, lastModified INTEGER, guid TEXT);
INSERT INTO moz_bookmarks (id, type, parent, title) VALUES
    (1, 2, 0, ''), (2, 2, 1, 'menu'), (3, 2, 1, 'toolbar'), (4, 2, 1, 'tags'), (5, 2, 2, 'Cooking');
"""


def chrome(*urls):
    children = [{"type": "url", "name": url[8:], "url": url, "date_added": "13351162500000000"} for url in urls]
    return json.dumps({"version": 1, "roots": {"bookmark_bar": {"type": "folder", "name": "Bar", "children": children}}})


class BrowserTest(BarkyTest):
    def profile(self, path, name, content=None):
        folder = self.home / path
        folder.mkdir(parents=True, exist_ok=True)
        if content is not None:
            (folder / name).write_text(content)
        return folder / name

    def places(self, path, *urls):
        """A running Firefox: what it wrote is in the -wal, and its lock is held."""
        database = sqlite3.connect(self.profile(path, "places.sqlite"), isolation_level=None)
        self.addCleanup(database.close)
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(PLACES)
        for number, url in enumerate(urls, 1):
            database.execute("INSERT INTO moz_places VALUES (?, ?)", (number, url))
            database.execute("INSERT INTO moz_bookmarks (type, fk, parent, title, dateAdded) VALUES (1, ?, 5, 'T', "
                             "1706688900000000)", (number,))
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN IMMEDIATE")
        return database

    def test_firefox_while_it_runs(self):
        self.places(".mozilla/firefox/x.default", "https://a.example/", "https://b.example/")
        self.barky("import", "firefox")
        self.assertEqual(sorted(self.urls()), ["https://a.example/", "https://b.example/"])
        self.assertEqual(self.bookmarks()[0]["tags"], ["Cooking"])
        self.assertEqual(self.bookmarks()[0]["source"], "file:firefox")
        self.assertIn("0 added", self.barky("import", "firefox").out)

    def test_kin_are_found_where_they_keep_their_profiles(self):
        self.profile(".config/BraveSoftware/Brave-Browser/Default", "Bookmarks", chrome("https://a.example/"))
        self.profile(".config/BraveSoftware/Brave-Browser/Default", "AccountBookmarks", chrome("https://b.example/"))
        self.profile(".config/opera", "Bookmarks", chrome("https://c.example/"))
        self.profile("snap/chromium/common/chromium/Profile [1]", "Bookmarks", chrome("https://d.example/"))
        self.places(".zen/x", "https://e.example/")
        self.profile(".config/qutebrowser/bookmarks", "urls", "https://f.example/ A title\n")
        self.barky("import", "brave")
        self.assertEqual(sorted(self.urls()), ["https://a.example/", "https://b.example/"])
        summaries = self.barky("import", "--browsers", "--json").jsonl()
        self.assertEqual([summary["added"] for summary in summaries], [1, 1, 0, 0, 1, 1])
        self.assertEqual(len(self.urls()), 6)
        self.barky("undo")
        self.assertEqual(len(self.urls()), 5)

    def test_the_configuration_may_be_elsewhere(self):
        self.profile("elsewhere/vivaldi/Default", "Bookmarks", chrome("https://a.example/"))
        self.barky("import", "vivaldi", env={"XDG_CONFIG_HOME": str(self.home / "elsewhere")})
        self.assertEqual(self.urls(), ["https://a.example/"])

    def test_a_place_that_two_names_lead_to_is_read_once(self):
        self.profile(".config/chromium/Default", "Bookmarks", chrome("https://a.example/"))
        (self.home / ".config/chromium/Other").symlink_to("Default")
        self.assertEqual(len(self.barky("import", "chromium", "--json").jsonl()), 1)

    def test_what_was_deleted_in_every_browser_is_marked_and_kept(self):
        path = self.profile(".config/chromium/Default", "Bookmarks", chrome("https://a.example/", "https://b.example/"))
        other = self.profile(".config/vivaldi/Default", "Bookmarks", chrome("https://b.example/"))
        self.barky("import", "--browsers")
        path.write_text(chrome("https://c.example/"))
        summary = self.barky("import", "chromium", "--json").json()
        self.assertEqual((summary["added"], summary["unstarred"]), (1, 1))
        self.assertEqual(self.marked(), ["https://a.example/"])
        self.barky("undo")
        self.assertEqual((self.marked(), len(self.urls())), ([], 2))
        self.barky("redo")
        other.write_text(chrome())
        self.assertIn("1 deleted in the browser", self.barky("import", "vivaldi").out)
        self.assertEqual(self.marked(), ["https://a.example/", "https://b.example/"])
        path.write_text(chrome("https://a.example/"))
        self.barky("import", "chromium")
        self.assertEqual(self.marked(), ["https://b.example/", "https://c.example/"])

    def marked(self):
        return sorted(bookmark["url"] for bookmark in self.bookmarks() if bookmark["unstarred"])

    def test_what_was_deleted_here_does_not_come_back(self):
        self.profile(".config/chromium/Default", "Bookmarks", chrome("https://a.example/", "https://b.example/"))
        self.barky("import", "chromium")
        self.barky("delete", "1")
        self.assertIn("0 added", self.barky("import", "chromium").out)
        self.barky("trash", "empty", "--yes")
        self.assertIn("0 added", self.barky("import", "chromium").out)
        self.assertEqual(len(self.urls()), 1)

    def test_what_an_undo_took_away_comes_again(self):
        self.profile(".config/chromium/Default", "Bookmarks", chrome("https://a.example/", "https://b.example/"))
        self.barky("import", "chromium")
        self.barky("undo")
        self.assertEqual(self.urls(), [])
        self.assertIn("2 added", self.barky("import", "chromium").out)

    def test_what_is_not_there_is_said(self):
        self.assertIn("edge", self.barky("import", "edge", code=1).err)
        self.barky("import", "--browsers", code=1)
        self.barky("import", "--browsers", "x", code=2)

    def test_a_dry_run_changes_nothing(self):
        self.profile(".config/chromium/Default", "Bookmarks", chrome("https://a.example/"))
        self.assertIn("1 added", self.barky("import", "chromium", "--dry-run").out)
        self.assertEqual(self.urls(), [])


if __name__ == "__main__":
    unittest.main()
