"""Other programs' databases on their way in: Firefox's while it runs, buku's, bark's, another barky's, and
hostile ones."""

import contextlib
import pathlib
import sqlite3
import unittest

from harness import BarkyTest

PLACES = """
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, guid TEXT, description TEXT);
CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER DEFAULT NULL, parent INTEGER,
    position INTEGER, title LONGVARCHAR, keyword_id INTEGER, folder_type TEXT, dateAdded INTEGER,
    lastModified INTEGER, guid TEXT);
CREATE TABLE moz_anno_attributes (id INTEGER PRIMARY KEY, name VARCHAR(32) UNIQUE NOT NULL);
CREATE TABLE moz_items_annos (id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL, anno_attribute_id INTEGER, content LONGVARCHAR);
INSERT INTO moz_bookmarks (id, type, parent, title, guid) VALUES (1, 2, 0, '', 'root________'),
    (2, 2, 1, 'menu', 'menu________'), (3, 2, 1, 'toolbar', 'toolbar_____'), (4, 2, 1, 'tags', 'tags________'),
    (5, 2, 1, 'unfiled', 'unfiled_____'), (6, 2, 1, 'mobile', 'mobile______'),
    (10, 2, 3, 'Reading, later', 'a'), (11, 2, 10, 'Deep', 'b'), (12, 2, 4, 'free software', 'c'), (13, 2, 4, 'c', 'd');
INSERT INTO moz_places (id, url, title) VALUES (100, 'https://a.example/', 'not this'), (101, 'https://b.example/', NULL),
    (102, 'place:sort=8', NULL), (103, 'https://tagged-only.example/', NULL);
INSERT INTO moz_bookmarks (id, type, fk, parent, title, dateAdded, lastModified) VALUES
    (20, 1, 100, 11, 'A', 1700000000000000, 1700000001000000), (21, 1, 101, 2, NULL, 1700000002000000, NULL),
    (22, 1, 102, 2, 'Recent', 1, 1), (23, 1, 100, 12, NULL, 1, 1), (24, 1, 100, 13, NULL, 1, 1),
    (25, 3, NULL, 2, '', 1, 1), (26, 1, 999, 2, 'Lost', 1, 1), (27, 1, 100, 5, 'A again', 1600000000000000, 1);
INSERT INTO moz_anno_attributes VALUES (1, 'bookmarkProperties/description');
INSERT INTO moz_items_annos VALUES (1, 20, 1, 'A description');
"""


class DatabaseTest(BarkyTest):
    def make(self, name, script, connection=None):
        path = self.home / name
        with contextlib.closing(sqlite3.connect(path)) as made, made:
            made.executescript(script)
        return path

    def take_in(self, path, *options, code=0, **more):
        ran = self.barky("import", path, "--json", *options, code=code, **more)
        return ran.json() | {"err": ran.err}

    def by_url(self):
        return {bookmark["url"]: bookmark for bookmark in self.bookmarks()}


class FirefoxTest(DatabaseTest):
    def assert_taken_in(self, summary):
        self.assertEqual(summary["format"], "firefox")
        self.assertEqual((summary["added"], summary["skipped"]), (2, 1))
        found = self.by_url()
        self.assertEqual(set(found), {"https://a.example/", "https://b.example/"})
        first = found["https://a.example/"]
        self.assertEqual(first["title"], "A")
        self.assertEqual(first["notes"], "A description")
        self.assertEqual(first["tags"], ["c", "Deep", "free software", "later", "Reading"])
        self.assertEqual(first["date_added"], "2020-09-13T12:26:40Z")
        self.assertEqual(found["https://b.example/"]["date_added"], "2023-11-14T22:13:22Z")
        self.assertEqual(found["https://b.example/"]["tags"], [])

    def test_folders_tags_dates_and_descriptions_come_along(self):
        self.assert_taken_in(self.take_in(self.make("places.sqlite", PLACES)))

    def test_it_is_read_while_firefox_holds_it(self):
        path = self.home / "places.sqlite"
        with contextlib.closing(sqlite3.connect(path)) as held:
            held.execute("PRAGMA journal_mode = WAL")
            held.execute("PRAGMA locking_mode = EXCLUSIVE")
            held.executescript(PLACES)
            held.execute("BEGIN EXCLUSIVE")
            self.assertTrue(pathlib.Path(f"{path}-wal").stat().st_size > 0)
            before = path.read_bytes(), pathlib.Path(f"{path}-wal").read_bytes()
            self.assert_taken_in(self.take_in(path))
            self.assertEqual((path.read_bytes(), pathlib.Path(f"{path}-wal").read_bytes()), before)

    def test_it_may_come_through_a_link_or_standard_input(self):
        path = self.make("places.sqlite", PLACES)
        link = self.home / "link"
        link.symlink_to(path)
        self.assert_taken_in(self.take_in(link))
        self.barky("undo")
        self.assert_taken_in(self.take_in("-", input=path.read_bytes()))

    def test_nothing_is_left_of_the_copy(self):
        scratch = self.home / "scratch"
        scratch.mkdir(mode=0o700)
        self.take_in(self.make("places.sqlite", PLACES), env={"XDG_RUNTIME_DIR": str(scratch)})
        self.assertEqual(list(scratch.iterdir()), [])

    def test_folders_in_a_circle_end(self):
        path = self.make("places.sqlite", PLACES + "UPDATE moz_bookmarks SET parent = 11 WHERE id = 10;")
        self.assertEqual(self.take_in(path)["added"], 2)


class TablesTest(DatabaseTest):
    def test_buku(self):
        path = self.make("bookmarks.db", """
            CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text NOT NULL UNIQUE, metadata text default '',
                tags text default ',', desc text default '', flags integer default 0);
            INSERT INTO bookmarks VALUES (1, 'https://a.example/', 'A <script>', ',free software,x,', 'note', 0),
                (2, 'https://b.example/', '', ',', '', 1);""")
        summary = self.take_in(path)
        self.assertEqual((summary["format"], summary["added"]), ("buku", 2))
        first = self.by_url()["https://a.example/"]
        self.assertEqual((first["title"], first["notes"], first["tags"], first["source"]),
                         ("A <script>", "note", ["free software", "x"], "file:buku"))

    def test_bark(self):
        path = self.make("bookmarks.db", """
            CREATE TABLE bookmarks (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, url TEXT NOT NULL,
                notes TEXT, date_added TEXT NOT NULL);
            INSERT INTO bookmarks VALUES (1, 'A', 'https://a.example/', NULL, '2019-05-06T07:08:09.123456'),
                (2, 'B', 'no scheme', 'n', '2019-05-06T07:08:09'), (3, 'C', 'https://c.example/', 'n', 'soon');""")
        summary = self.take_in(path)
        self.assertEqual((summary["format"], summary["added"], summary["skipped"]), ("bark", 2, 1))
        self.assertIn(f"{path}:2:", summary["err"])
        self.assertEqual(self.by_url()["https://a.example/"]["date_added"], "2019-05-06T07:08:09Z")

    def test_another_barky_library(self):
        other = self.home / "other.db"
        for url in ("https://a.example/", "https://b.example/", "https://gone.example/"):
            self.barky("--db", other, "add", "--offline", url, "--title", "T", "--notes", "n", "--tags", "x,y z")
        self.barky("--db", other, "delete", "3")
        theirs = self.barky("--db", other, "list", "--json").json()
        summary = self.take_in(other)
        self.assertEqual((summary["format"], summary["added"]), ("barky", 2))
        forget = lambda bookmark: {key: value for key, value in bookmark.items() if key != "id"}
        self.assertEqual([forget(b) for b in self.bookmarks()], [forget(b) for b in theirs])


class HostileTest(DatabaseTest):
    def test_the_library_is_not_read_beside_itself(self):
        self.barky("add", "https://a.example/", "--offline")
        link = self.home / "link.db"
        link.symlink_to(self.library)
        for path in (self.library, link):
            ran = self.barky("import", path, code=1)
            self.assertIn("is the library itself: nothing to import", ran.err)
        self.assertEqual(len(self.barky("list").out.splitlines()), 1)

    def assert_refused(self, path, *words):
        self.add("https://kept.example/", "--update")
        summary = self.take_in(path, code=1)
        self.assertEqual(self.urls(), ["https://kept.example/"])
        for word in words:
            self.assertIn(word, summary["err"])
        self.assert_printable(summary["err"])

    def test_a_view_in_the_place_of_the_table(self):
        self.assert_refused(self.make("evil.db", """CREATE TABLE t (x);
            CREATE VIEW bookmarks AS SELECT 1 AS id, 'https://a.example/' AS URL, '' AS metadata, '' AS tags, '' AS desc;"""))

    def test_triggers_and_generated_columns_do_not_run_anything(self):
        path = self.make("evil.db", """CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, URL TEXT, metadata TEXT, tags TEXT,
            desc TEXT GENERATED ALWAYS AS (hex(zeroblob(100))) VIRTUAL);
            INSERT INTO bookmarks (URL, metadata, tags) VALUES ('https://a.example/', 'A', ',x,');""")
        self.assertEqual(self.take_in(path)["added"], 1)

    def test_values_of_the_wrong_type(self):
        path = self.make("bookmarks.db", """
            CREATE TABLE bookmarks (id integer PRIMARY KEY, URL, metadata, tags, desc, flags);
            INSERT INTO bookmarks VALUES (1, x'ff00', 'A', ',', '', 0), (2, 5, 'A', ',', '', 0), (3, NULL, 'A', ',', '', 0),
                (4, 'https://a.example/', x'00', ',', '', 0), (5, 'https://b.example/', 'ok', ',', '', 0),
                (6, CAST(x'68747470733a2f2fff' AS TEXT), 'bad text', ',', '', 0);""")
        summary = self.take_in(path)
        self.assertEqual((summary["added"], summary["skipped"]), (1, 5))

    def test_a_database_of_something_else(self):
        self.assert_refused(self.make("other.db", "CREATE TABLE songs (id, name);"), "--format")

    def test_damage(self):
        path = self.make("bookmarks.db", """
            CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text, metadata text, tags text, desc text, flags integer);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO bookmarks SELECT i, 'https://site.example/' || i, 'title', ',', '', 0 FROM n;""")
        whole = path.read_bytes()
        for name, damaged in (("cut", whole[: len(whole) // 2]), ("head", whole[:100] + bytes(400) + whole[500:]),
                              ("middle", whole[:20000] + b"\xff" * 8000 + whole[28000:]), ("short", whole[:16])):
            with self.subTest(name):
                path.write_bytes(damaged)
                self.assert_refused(path)


if __name__ == "__main__":
    unittest.main()
