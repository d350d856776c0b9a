#!/usr/bin/env python3
"""Killed at each single call by which something is written, moved, removed or opened: strace kills at the
N-th. What was there is there, the change is whole or absent, and the same command then does what it should.
All of an addition and of a migration; KILL_POINTS=all for edit, delete, import, export, backup and restore
besides."""

import collections
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import unittest

from harness import BARKY, PATIENCE, SANITIZED, BarkyTest

CALLS = ["write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat", "renameat2",
         "unlink", "unlinkat", "openat", "link", "linkat", "mkdir"]
ALL = os.environ.get("KILL_POINTS") == "all"


def can_trace():
    """Whether strace is there and may look at a program."""
    if SANITIZED or not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-qq", "-o", "/dev/null", "-e", "inject=openat:signal=CONT:when=1", "true"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                          timeout=PATIENCE).returncode == 0


@unittest.skipUnless(can_trace(), "strace is not here, or may not look at programs")
class KillPointsTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.add("https://a.example/1", "--title", "One", "--tags", "a")
        self.add("https://a.example/2", "--title", "Two", "--tags", "b")
        self.base = self.home / "base.db"
        self.keep_base()
        self.points = 0

    def keep_base(self):
        self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.library, self.base)

    def put_back(self):
        for path in list(self.library.parent.iterdir()):
            path.unlink()
        shutil.copy(self.base, self.library)
        self.library.chmod(0o600)

    def trace(self, *options, arguments):
        command = ["strace", "-f", "-qq", "-o", str(self.home / "trace"), "-e", "trace=" + ",".join(CALLS), *options, BARKY]
        process = subprocess.run([*command, *map(str, arguments)], env=self.environment, cwd=self.home, stdin=subprocess.DEVNULL,
                                 capture_output=True, timeout=PATIENCE, check=False)
        return process.stdout.decode()

    def calls_of(self, arguments):
        """How often a command makes each of the calls."""
        self.put_back()
        self.trace(arguments=arguments)
        counts = collections.Counter()
        for line in (self.home / "trace").read_text(errors="replace").splitlines():
            name = line.split(None, 1)[1].split("(")[0]
            counts[name] += name in CALLS
        return counts

    def state(self):
        """All that is kept of the bookmarks, in and out of the trash."""
        return self.barky("list", "--json").out + self.barky("trash", "--json").out

    def kill_everywhere(self, *arguments, settle=None, same=lambda state: state):
        """Kills at each call; the state is that of before or of after, and after it once it was acknowledged."""
        self.put_back()
        before = same(self.state())
        self.put_back()
        self.barky(*arguments)
        after = same(self.state())
        for call, count in self.calls_of(arguments).items():
            for number in range(1, count + 1):
                self.put_back()
                said = self.trace("-e", f"inject={call}:signal=KILL:when={number}", arguments=arguments)
                with self.subTest(arguments=arguments, call=call, number=number):
                    self.assert_sound()
                    now = same(self.state())
                    self.assertIn(now, (before, after))
                    if said.strip():
                        self.assertEqual(now, after, said)
                    if settle:
                        settle()
                    self.points += 1
        self.assertGreater(self.points, 20)
        if ALL:
            print(f"{arguments[0]}: killed at {self.points} points")

    def undated(self, state):
        decoder, rows, at = json.JSONDecoder(), [], 0
        while at < len(state.rstrip()):
            part, at = decoder.raw_decode(state, at)
            at += len(state[at:]) - len(state[at:].lstrip())
            rows.append([{key: value for key, value in row.items() if not key.startswith("date_")} for row in part])
        return rows

    def test_add(self):
        def again():
            self.barky("add", "--offline", "https://a.example/3", code=(0, 1))
            self.assertEqual(len(self.bookmarks()), 3)

        self.kill_everywhere("add", "--offline", "https://a.example/3", settle=again, same=self.undated)

    def make_first_schema(self):
        """The library as the first barkys left it."""
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            for table in ("links", "consumers", "due_jobs", "browser_entries", "browser_profiles"):
                connection.execute(f"DROP TABLE {table}")
            for table, column in (("library", "history"), ("events", "origin"), ("events", "fields"), ("events", "detail"),
                                  ("star_lists", "covers")):
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
            connection.execute("PRAGMA user_version = 1")
            connection.commit()
        self.keep_base()

    def test_a_migration(self):
        self.make_first_schema()

        def sound_copies():
            self.assertEqual(self.sql("PRAGMA user_version"), [(2,)])
            for path in self.library.parent.glob("*.before-*"):
                if ".new." in path.name:
                    continue
                with contextlib.closing(sqlite3.connect(path)) as copy:
                    self.assertEqual(copy.execute("PRAGMA integrity_check").fetchall(), [("ok",)], path)
                    self.assertEqual(copy.execute("SELECT count(*) FROM bookmarks").fetchall(), [(2,)], path)

        self.kill_everywhere("list", "--json", settle=sound_copies)

    @unittest.skipUnless(ALL, "KILL_POINTS=all has it")
    def test_every_other_command(self):
        rows = [{"url": f"https://b.example/{n}", "title": f"Row {n}", "tags": [f"t{n}"]} for n in range(20)]
        (self.home / "rows.json").write_text(json.dumps(rows))
        for arguments in (["edit", "1", "--title", "Uno", "--tags", "+z"], ["delete", "1", "2", "--yes"],
                          ["import", self.home / "rows.json"], ["tags", "rename", "a", "c"], ["undo"]):
            self.kill_everywhere(*arguments, same=self.undated)

    @unittest.skipUnless(ALL, "KILL_POINTS=all has it")
    def test_files_are_whole_or_not_there(self):
        for arguments, look in ((["export", "--output", self.home / "out.json"], lambda path: json.loads(path.read_text())),
                                (["backup", self.home / "out.json"], lambda path: sqlite3.connect(path).execute(
                                    "SELECT count(*) FROM bookmarks").fetchall())):
            def whole(look=look):
                out = self.home / "out.json"
                if out.exists():
                    self.assertEqual(len(look(out)) and look(out), expected)
                    out.unlink()

            self.put_back()
            self.barky(*arguments)
            expected = look(self.home / "out.json")
            (self.home / "out.json").unlink()
            self.kill_everywhere(*arguments, settle=whole)


if __name__ == "__main__":
    unittest.main()
