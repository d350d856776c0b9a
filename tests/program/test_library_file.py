"""The library as a file: its modes, and what becomes of one that is locked, damaged, foreign, newer,
read-only, empty, or not a file at all. Refused means: one line, exit 6, and not a byte changed."""

import contextlib
import hashlib
import os
import pathlib
import resource
import sqlite3
import threading
import unittest

from harness import BARKY, PATIENCE, BarkyTest, mode, until

NOBODY = 65534


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class ModesTest(BarkyTest):
    def assert_private(self):
        folder = self.library.parent
        self.assertEqual(mode(folder), 0o700)
        for path in folder.iterdir():
            self.assertEqual(mode(path), 0o600, path)

    def test_whatever_the_umask_nobody_else_reads_the_library(self):
        for umask in (0o000, 0o022, 0o077):
            with self.subTest(umask=oct(umask)):
                self.barky("add", "--offline", f"https://example.org/{umask}", preexec_fn=lambda: os.umask(umask))
                self.assert_private()

    def test_a_backup_is_private_too(self):
        self.add("https://example.org")
        copy = self.home / "copy.db"
        self.barky("backup", copy, preexec_fn=lambda: os.umask(0))
        self.assertEqual(mode(copy), 0o600)
        self.assertEqual(self.barky("--db", copy, "list", "--json").json(), self.bookmarks())

    def test_a_backup_never_overwrites(self):
        self.add("https://example.org")
        victim = self.home / "letter.txt"
        victim.write_text("dear all")
        self.barky("backup", victim, code=1)
        self.assertEqual(victim.read_text(), "dear all")


class FullTest(BarkyTest):
    def test_a_limit_on_the_size_of_files_is_a_full_disk(self):
        self.add("https://kept.example")
        lines = self.home / "many.txt"
        lines.write_text("".join(f"https://many.example/{n}/{'x' * 200}\n" for n in range(2000)))

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

        ran = self.barky("import", lines, code=6, preexec_fn=limit)
        self.assertIn("no space", ran.err)
        self.assertEqual(self.urls(), ["https://kept.example"])
        self.assert_sound()


class RefusedTest(BarkyTest):
    """Each command is tried on each kind of file that is no library of ours."""

    def assert_refused(self, path, *words):
        before = digest(path) if path.is_file() else None
        for command in (["list"], ["add", "--offline", "https://example.net"], ["tags"]):
            ran = self.barky("--db", path, *command, code=6)
            self.assertEqual(ran.out, "")
            self.assertEqual(len(ran.err.splitlines()), 1, ran.err)
            self.assertTrue(ran.err.startswith("barky: "), ran.err)
            for word in words:
                self.assertIn(word, ran.err)
        if before:
            self.assertEqual(digest(path), before)

    def test_a_text_file(self):
        path = self.home / "notes.txt"
        path.write_text("These are my notes, and not a library.\n" * 50)
        self.assert_refused(path)

    def test_a_database_of_another_program(self):
        path = self.home / "other.db"
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("create table t (a)")
            other.commit()
        self.assert_refused(path)

    def test_a_library_of_a_later_barky(self):
        self.add("https://example.org")
        version = self.sql("pragma user_version")[0][0]
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            connection.execute("pragma journal_mode = delete")
            connection.execute(f"pragma user_version = {version + 1}")
            connection.commit()
        self.assert_refused(self.library)

    def test_a_folder_in_its_place(self):
        path = self.home / "folder.db"
        path.mkdir()
        self.assert_refused(path)

    def test_a_damaged_one_is_named_and_not_touched(self):
        self.barky("add", "-", "--offline", input="".join(f"https://example.org/{n}\n" for n in range(500)))
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
        data = bytearray(self.library.read_bytes())
        self.assertGreater(len(data), 40000)
        data[4096:] = os.urandom(len(data) - 4096)
        self.library.write_bytes(data)
        before = digest(self.library)
        ran = self.barky("list", code=6)
        self.assertEqual(len(ran.err.splitlines()), 1, ran.err)
        self.assertEqual(digest(self.library), before)
        self.barky("doctor", code=(1, 6))

    def test_an_empty_file(self):
        path = self.home / "empty.db"
        path.touch()
        self.assert_refused(path, "empty")


class LockedTest(BarkyTest):
    def hold(self):
        """Holds the write lock from a thread of its own, until the event it returns is set."""
        held = threading.Event()

        def holder():
            with contextlib.closing(sqlite3.connect(self.library, timeout=PATIENCE, isolation_level=None)) as connection:
                connection.execute("begin immediate")
                held.set()
                release.wait(PATIENCE * 3)
                connection.execute("rollback")

        release = threading.Event()
        thread = threading.Thread(target=holder)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(release.set)
        self.assertTrue(held.wait(PATIENCE))
        return release

    def test_a_short_lock_is_waited_for(self):
        self.add("https://example.org")
        release = self.hold()
        process = self.start("add", "--offline", "https://example.org/b")
        until(lambda: b"waiting" in os.read(process.stderr.fileno(), 1000), what="it to say that it waits")
        release.set()
        self.assertEqual(process.wait(PATIENCE), 0)
        self.assertEqual(len(self.bookmarks()), 2)

    def test_a_long_lock_is_given_up_on_and_reading_goes_on(self):
        self.add("https://example.org")
        self.hold()
        self.assertEqual(len(self.bookmarks()), 1)
        ran = self.barky("add", "--offline", "https://example.org/b", code=6)
        self.assertRegex(ran.err.splitlines()[-1], "^barky: ")
        self.assertEqual(len(self.bookmarks()), 1)


class ReadOnlyTest(BarkyTest):
    """As a user whom modes stop; root is not one."""

    def setUp(self):
        super().setUp()
        self.as_user = {}
        if os.geteuid() == 0:
            self.as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            try:
                self.hand_over()
                self.barky("--version", **self.as_user)
            except (OSError, AssertionError):
                self.skipTest(f"nobody may not run {BARKY} here")

    def hand_over(self):
        if os.geteuid() == 0:
            for folder, _, files in os.walk(self.home):
                for path in (folder, *(os.path.join(folder, file) for file in files)):
                    os.chown(path, NOBODY, NOBODY)

    def lock_away(self, *paths, bits=0o555):
        for path in paths:
            path.chmod(bits)
            self.addCleanup(path.chmod, 0o700)

    def test_a_library_that_cannot_be_written_is_read_and_not_changed(self):
        self.barky("add", "--offline", "https://example.org", **self.as_user)
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
        self.hand_over()
        self.lock_away(self.library, bits=0o444)
        self.lock_away(self.library.parent)
        ran = self.barky("add", "--offline", "https://example.org/b", code=6, **self.as_user)
        self.assertRegex(ran.err, "^barky: ")
        listed = self.barky("list", "--json", code=(0, 6), **self.as_user)
        if listed.code == 0:
            self.assertEqual(len(listed.json()), 1)
        else:
            self.assertRegex(listed.err, "^barky: ")

    def test_no_place_for_a_library_is_said(self):
        data = self.home / "data"
        data.mkdir()
        self.hand_over()
        self.lock_away(data)
        ran = self.barky("add", "--offline", "https://example.org", code=6, **self.as_user)
        self.assertEqual(len(ran.err.splitlines()), 1)
        self.assertIn(str(data), ran.err)

    def test_a_home_that_is_not_there_is_named(self):
        self.lock_away(self.home)
        ran = self.barky("add", "--offline", "https://example.org", code=6,
                         env={"HOME": str(self.home / "nothing"), "XDG_DATA_HOME": None}, **self.as_user)
        self.assertIn("/nothing: ", ran.err)


if __name__ == "__main__":
    unittest.main()
