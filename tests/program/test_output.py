#!/usr/bin/env python3
"""What is printed: for people on a terminal and in a pipe, for programs, and never what moves a terminal."""

import fcntl
import json
import os
import pty
import re
import struct
import termios
import unicodedata
import unittest

from harness import PATIENCE, BarkyTest, forbidden_in

HOSTILE = {
    "escape": "red \x1b[31mred\x1b[0m",
    "title of the terminal": "\x1b]0;owned\x07x",
    "answerback": "a\x05b\x9b6n\x90c",
    "line breaks": "one\r\ntwo\x0bthree\u2028four\u2029five\x85six",
    "bidirectional": "a\u202eb\u202cc\u2066d\u2069e\u061cf\u200eg",
    "nothing to see": "zero\u200bwidth\ufeffhere\U000e0041",
    "delete": "a\x7fb\x08c\td",
    "marks": "e" + "\u0301" * 40,
    "wide": "漢字と🎉 emoji",
}

PLAIN = [("list",), ("list", "--color", "never"), ("search", "x"), ("show", "1"), ("list", "--format", "{title} {notes} {tags} {url}"),
         ("trash",), ("tags",), ("events",)]


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class HostileTextTest(BarkyTest):
    def hostile_bookmark(self, text):
        """As an import would bring it, past what add cleans."""
        record = {"url": "https://x.org/" + str(abs(hash(text))), "title": text, "notes": text + "\nx", "tags": ["x"],
                  "date_added": "2024-01-31T08:15:00Z", "date_modified": "2024-01-31T08:15:00Z"}
        self.barky("import", "-", "--format", "jsonl", input=json.dumps(record) + "\n")
        return record

    def test_it_is_shown_harmlessly_and_kept_exactly(self):
        for name, text in HOSTILE.items():
            with self.subTest(name):
                self.hostile_bookmark(text)
                newest = max(self.bookmarks(), key=lambda bookmark: bookmark["id"])
                trimmed = re.sub(r"[\r\n\v\f]+", " ", text)
                self.assertEqual(newest["notes"], text + "\nx")
                self.assertEqual(re.sub(r"\s+", " ", newest["title"]), re.sub(r"\s+", " ", trimmed))
        for arguments in PLAIN:
            ran = self.barky(*arguments, code=None)
            self.assert_printable(ran.out)
        for line in self.barky("list", "--tsv").out.splitlines():
            self.assertEqual(line.count("\t"), 3)
            self.assertEqual(forbidden_in(line.replace("\t", "")), [])
        for form in ("--json", "--jsonl"):
            raw = self.barky("list", form).out
            self.assert_printable(raw)
        self.assertEqual(len(self.barky("list").out.splitlines()), len(HOSTILE))

    def test_errors_are_one_harmless_line(self):
        for arguments in (("show", "\x1b[2J"), ("\x1b]0;x\x07",), ("list", "--sort", "\u202e"), ("list", "--\x1bx"),
                          ("add", "--offline", "https://x.org/\x1b[2J"), ("tags", "rename", "\x9b1m", "b"),
                          ("import", "/no/\x1b[31m"), ("list", "--db", "/no/\x1b[31m/x"), ("edit", "1", "--tags", "\x1b,+a")):
            ran = self.barky(*arguments, code=(1, 2, 3, 6, 0))
            self.assert_printable(ran.err)
            self.assertLessEqual(len(ran.err.splitlines()), 1, ran.err)

    def test_a_query_is_shown_harmlessly_with_its_error(self):
        ran = self.barky("search", "/(\x1b[31m\u202e/", code=2)
        self.assert_printable(ran.err)
        self.assertEqual(len(ran.err.splitlines()), 3)


class PlainTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.long = "A title that is very long, " * 6
        self.add("https://example.org/some/path", "--title", self.long.strip(), "--tags", "one,two,three,four,five,six")
        self.add("https://example.org/untitled")
        self.add("https://example.org/wide", "--title", "漢字 " * 40)

    def on_terminal(self, columns, *arguments, **variables):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = self.start(*arguments, stdout=theirs, env={"TERM": "xterm-256color", **variables})
        os.close(theirs)
        read = b""
        try:
            while chunk := os.read(ours, 65536):
                read += chunk
        except OSError:
            pass
        os.close(ours)
        self.assertEqual(process.wait(PATIENCE), 0)
        return read.decode().replace("\r\n", "\n")

    @staticmethod
    def bare(text):
        text = re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\", "", text)
        return re.sub(r"\x1b\[[\d;]*m", "", text)

    def test_lines_are_as_wide_as_the_terminal_and_titles_cut(self):
        for columns in (20, 40, 80, 132, 300):
            lines = self.bare(self.on_terminal(columns, "list")).splitlines()
            self.assertEqual(len(lines), 3)
            for line in lines:
                self.assertLessEqual(width(line), columns, line)
                self.assertEqual(forbidden_in(line), [])
            self.assertEqual("…" in lines[2], columns < 300)
            if columns >= 80:
                self.assertIn("example.org", lines[2])
        self.assertIn("https://example.org/untitled", lines[1])

    def test_columns_stand_below_each_other(self):
        lines = self.bare(self.on_terminal(132, "list")).splitlines()
        places = {width(line[:line.index("example.org/")]) for line in (lines[0], lines[2])}
        self.assertEqual(len(places), 1, lines)

    def test_in_a_pipe_nothing_is_cut_and_nothing_coloured(self):
        out = self.barky("list", env={"TERM": "xterm-256color", "COLUMNS": "40"}).out
        self.assertIn(self.long.strip(), out)
        self.assertNotIn("\x1b", out)
        self.assertNotIn("…", out)

    def test_colours_are_for_terminals_unless_asked_for(self):
        self.assertIn("\x1b[", self.on_terminal(80, "list"))
        self.assertIn("\x1b]8;;https://example.org/some/path\x1b\\", self.on_terminal(80, "list"))
        for ran in (self.on_terminal(80, "list", NO_COLOR="1"), self.on_terminal(80, "list", TERM="dumb"),
                    self.on_terminal(80, "list", "--color", "never"), self.on_terminal(80, "list", "--json")):
            self.assertNotIn("\x1b", ran)
        self.assertIn("\x1b[", self.barky("list", "--color", "always").out)
        self.assertIn("\x1b[", self.on_terminal(80, "list", "--color=always", NO_COLOR="1"))

    def test_what_matched_is_marked(self):
        out = self.barky("search", "--color", "always", "untitl").out
        self.assertRegex(out, r"\x1b\[[\d;]*muntitl\x1b\[0m")
        self.assertEqual(self.bare(out), self.barky("search", "untitl").out)

    def test_forms_for_programs(self):
        self.assertEqual(self.barky("list", "--tsv").out.splitlines()[1], "2\thttps://example.org/untitled\t\t")
        self.assertEqual(self.barky("show", 3, 2, "--format", "{id}\\t{url}\\n").out,
                         "3\thttps://example.org/wide\n2\thttps://example.org/untitled\n")
        self.assertEqual(self.barky("list", "--format", "{id} {tags}", "--limit", 1, "--offset", 2).out,
                         "1 five,four,one,six,three,two\n")
        self.assertEqual([b["id"] for b in self.barky("list", "--jsonl").jsonl()], [3, 2, 1])
        self.assertEqual([b["id"] for b in self.barky("show", 1, 3, "--json").json()], [1, 3])
        self.assertEqual([b["id"] for b in self.barky("show", 1, 99, "--json", code=3).json()], [1])
        self.assertEqual(self.barky("show", 99, "--json", code=3).json(), [])
        self.assertRegex(self.barky("list", "--format", "{date_added}").out, r"\A(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n){3}\Z")

    def test_orders(self):
        def ids(*options):
            return [b["id"] for b in self.barky("list", "--json", *options).json()]

        self.barky("edit", 1, "--notes", "x")
        self.assertEqual(ids(), [3, 2, 1])
        self.assertEqual(ids("--reverse"), [1, 2, 3])
        self.assertEqual(ids("--sort", "url"), [1, 2, 3])
        self.assertEqual(ids("--sort", "url", "--reverse", "--limit", "2"), [3, 2])
        self.assertEqual(ids("example.org", "--sort", "url", "--offset", "1"), [2, 3])
        self.assertEqual(ids("--limit", "0"), [])


if __name__ == "__main__":
    unittest.main()
