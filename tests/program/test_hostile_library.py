#!/usr/bin/env python3
"""A library from somebody else, with anything at all in its columns: every command ends, with an exit code of
its own and without a file anywhere but where files belong. HOSTILE_ROUNDS says how often each table is turned
over with other values (1)."""

import contextlib
import json
import os
import shutil
import sqlite3
import unittest

from harness import PATIENCE, BarkyTest

ROUNDS = int(os.environ.get("HOSTILE_ROUNDS", "1"))

NUMBERS = [0, -1, 1, 2, 2**31 - 1, -2**31, 2**32, 2**53 + 1, 2**63 - 1, -2**63, 2**63 - 2, 253402300800, -62135596801]

TEXTS = [
    b"", b"x", b"'; DROP TABLE bookmarks; --", b"../../../../tmp/barky-hostile", b"/etc/passwd", b"\xff\xfe\x80",
    b"\x1b]0;owned\x07\x9b31m", b"a,,b,\x01,", b"1-9223372036854775807", b"9--9223372036854775808", b"1,1,1-1,0-0",
    b"99999999999999999999", b"u99999999999999999999:x", b"t5:hello" b"a3:abcd-1:u18446744073709551615:", b"%s%n%1$*99999999d",
    b"javascript:alert(1)", b"https://[::1", b"https://a.example:99999/", b"github:" + b"a" * 70000, b"https://x.example/" + b"%" * 9000,
    ",".join(f"tag{n}" for n in range(3000)).encode(), "\u202e\u2066\u200f".encode(), b"url https://a\nurl \nurl", b"bookmarks_deleted",
    b"take_in_stars", b"dead", b"moved", b"n" * 300000, b"two\0parts", b"-", b"|", b"\n\n\n",
]

# Of tables that are no longer what barky made them.
ANYTHING = [None, b"\x00\xff", 1.5, float("inf"), "text", -7]

COMMANDS = [
    ["list"], ["list", "--json"], ["list", "--sort", "title"], ["list", "--sort", "modified", "--reverse"],
    ["search", "a"], ["search", "is:dead", "OR", "is:duplicate", "OR", "#a", "OR", "added:2024"], ["show", "1", "2", "3"],
    ["tags", "--json"], ["trash", "--json"], ["events", "--jsonl"], ["events", "--consumers", "--jsonl"],
    ["events", "--consumer", "robot", "--jsonl"], ["export", "--format", "csv"], ["export", "--format", "netscape"],
    ["__complete", "show", ""], ["doctor"], ["backup", "copy.db"], ["import", "github", "octocat"], ["run-due", "--dry-run"],
    ["undo"], ["redo"], ["undo", "5"], ["edit", "1", "--title", "T"], ["edit", "--matching", "a", "--tags", "+z"],
    ["edit", "--matching", "a", "--follow-moved"], ["delete", "2"], ["trash", "restore", "2"], ["tags", "rename", "a", "b"],
    ["events", "--consumer", "robot", "--ack", "3"], ["trash", "empty", "--yes"], ["undo"],
]


class HostileLibraryTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.add("https://a.example/1", "--title", "One", "--notes", "N", "--tags", "a,b")
        rows = [{"url": f"https://b.example/{n}", "title": f"Row {n}", "tags": ["a", f"t{n}"]} for n in range(8)]
        self.barky("import", "-", "--format", "json", input=json.dumps(rows))
        self.barky("edit", "1", "--title", "Uno", "--tags", "+c")
        self.barky("edit", "--matching", "row", "--tags", "+d")
        self.barky("delete", "--yes", "3", "4")
        self.barky("events", "--consumer", "robot", "--since", "0")
        self.barky("edit", "5", "--title", "Undone")
        self.barky("undo")
        for statement in (
                "INSERT INTO star_lists VALUES (1, 'github', 'octocat', 'octocat', 1, 1, 1, 1, '', '', '')",
                "INSERT INTO stars VALUES (1, 'github', 7, 1, 1, 'T', 'https://a.example/1', 'n', 'a', 'a'),"
                " (2, 'github', 8, 2, 1, 'T', 'https://b.example/1', 'n', 'a', 'a')",
                "INSERT INTO star_sightings VALUES (1, 1, 1, 1), (1, 2, 1, 1)",
                "INSERT INTO links VALUES (1, 'dead', 1, 1, 1, 404, '', 'gone'), (2, 'moved', 1, 1, 0, 301, 'https://c.example/', '')",
                "INSERT INTO due_jobs VALUES ('stars', 1, 1, 0, 'ok', '', 0)",
                "INSERT INTO browser_profiles VALUES (1, 'firefox', '/p', 1)",
                "INSERT INTO browser_entries VALUES (1, 'e', 1, 1, 0), (1, 'f', 2, 1, 1)"):
            self.sql(statement)
        self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.base = self.library.read_bytes()
        config = self.home / "config" / "barky" / "config"
        config.parent.mkdir(parents=True)
        config.write_text("[schedule]\nstars = hourly\nlinks = hourly\n")

    def tables(self):
        """Name, and (column, type) of each table."""
        names = [name for name, in self.sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
        return {name: [(row[1], row[2]) for row in self.sql(f"SELECT * FROM pragma_table_info('{name}')")] for name in names}

    def put_back(self):
        for name in list(self.library.parent.iterdir()):
            name.unlink()
        shutil.rmtree(self.home / "cache", ignore_errors=True)
        self.library.write_bytes(self.base)
        self.library.chmod(0o600)

    def meddle(self, table, columns, turn):
        """Every row gets another value in each of the columns, where the indexes allow it."""
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            for place, (column, kind) in enumerate(columns):
                rows = connection.execute(f"SELECT {column} FROM {table}").fetchall()
                for row in range(len(rows)):
                    value = (NUMBERS if kind == "INTEGER" else TEXTS)[(turn * 5 + place * 3 + row) % len(NUMBERS if kind == "INTEGER" else TEXTS)]
                    given = "?" if kind == "INTEGER" else "CAST(? AS TEXT)"
                    connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {given} WHERE {column} = ?", (value, rows[row][0]))
            connection.commit()

    def loosen(self, table, columns, turn):
        """The same, of a table that takes any value."""
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT, ', ''), 'STRICT', ''), 'NOT NULL', '')"
                               " WHERE name = ? AND type = 'table'", (table,))
            connection.commit()
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            for place, (column, _) in enumerate(columns):
                with contextlib.suppress(sqlite3.Error):
                    connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (ANYTHING[(turn + place) % len(ANYTHING)],))
            connection.commit()

    def run_all(self, what, commands=COMMANDS):
        for command in commands:
            with self.subTest(what=what, command=command):
                ran = self.barky(*command, code=tuple(range(7)))
                self.assertNotIn("Sanitizer", ran.err)
                if ran.code:
                    self.assertTrue(ran.err.startswith("barky: ") or command[0] == "doctor" or not ran.err, ran.err)
        allowed = {"data", "config", "cache", "bin", "tmp", "copy.db"}
        self.assertEqual({path.name for path in self.home.iterdir()} - allowed, set(), what)
        (self.home / "copy.db").unlink(missing_ok=True)
        for path in self.library.parent.iterdir():
            self.assertTrue(path.name.startswith("barky.db"), path)

    def test_no_value_of_any_column_does_harm(self):
        for table, columns in self.tables().items():
            for turn in range(ROUNDS):
                self.put_back()
                self.meddle(table, columns, turn)
                self.run_all(f"{table}, turn {turn}")

    def test_no_value_of_a_single_column_does_harm(self):
        """What leads from one table to the other is left as it was, so that a value is come upon."""
        for table, columns in self.tables().items():
            for column in columns:
                self.put_back()
                self.meddle(table, [column], ROUNDS + len(column[0]))
                self.run_all(f"{table}.{column[0]}", [["undo", "20"], ["redo", "20"], ["events"], ["doctor"]])

    def test_a_run_of_bookmarks_may_have_any_length(self):
        for first, last in ((1, 2**63 - 1), (-2**63, 2**63 - 1), (-2**63, -1), (2**63 - 1, 2**63 - 1), (5, 4)):
            self.put_back()
            self.sql("DELETE FROM made_bookmarks WHERE change <> (SELECT max(change) FROM made_bookmarks)")
            self.sql("UPDATE made_bookmarks SET first = ?, last = ?", first, last)
            self.run_all(f"run from {first} to {last}", [["undo", "20"], ["redo", "20"], ["undo", "20"], ["doctor"], ["list"]])

    def test_no_table_of_somebody_else_does_harm(self):
        for table, columns in self.tables().items():
            for turn in range(ROUNDS):
                self.put_back()
                self.loosen(table, columns, turn)
                self.run_all(f"{table} without its rules, turn {turn}")


if __name__ == "__main__":
    unittest.main()
