"""What comes out, where, and what becomes of it when that place is full, closed or gone."""

import json
import os
import signal
import subprocess
import unittest

from harness import BARKY, PATIENCE, BarkyTest, until

HOSTILE = "plain \x1b]0;owned\x07 \x1b[2J \x9b31m nul\x01 tab\there line\nbreak \u202eevil\u202c \u2066x\u2069 \u200f \u2028 \u061c \x7f end"


class SinksTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.add("https://example.org/a", "--title", "One")
        self.add("https://example.org/b", "--title", "Two", "--tags", "x,y")

    def test_a_full_device_is_an_error_and_says_so(self):
        for command in (["list"], ["list", "--json"], ["search", "one"], ["show", "1"], ["tags"], ["export"],
                        ["events", "--jsonl"], ["--help"], ["--version"]):
            with self.subTest(command=command), open("/dev/full", "wb") as full:
                ran = self.barky(*command, stdout=full, code=1)
                self.assertRegex(ran.err, "^barky: .+\n$")

    def test_an_addition_whose_answer_cannot_be_printed_is_not_silent(self):
        with open("/dev/full", "wb") as full:
            self.barky("add", "--offline", "https://example.org/c", stdout=full, code=1)

    def test_a_closed_pipe_ends_it_quietly(self):
        self.barky("add", "-", "--offline", input="".join(f"https://example.org/{n}\n" for n in range(5000)))
        process = self.start("list", "--json")
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
        self.assertIn(process.wait(PATIENCE), (0, 141, -signal.SIGPIPE))
        self.assertEqual(err, b"")

    def test_closed_descriptors_harm_nothing(self):
        for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
            for command in ("list", f"add --offline https://example.org/{len(closed)}", "nonsense"):
                with self.subTest(closed=closed, command=command):
                    subprocess.run(["sh", "-c", f'"{BARKY}" {command} {closed}'], env=self.environment, timeout=PATIENCE,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.assert_sound()
        self.assertIn("https://example.org/3", self.urls())

    def test_errors_are_one_line_on_standard_error(self):
        for command, code in ((["show", "99"], 3), (["add", "--offline", "https://example.org/a"], 1), (["delete", "99"], 3),
                              (["add", "--offline", "http://a b/"], 1), (["import", "nothing-here.html"], 1)):
            with self.subTest(command=command):
                ran = self.barky(*command, code=code)
                self.assertEqual(ran.out, "")
                self.assertRegex(ran.err, r"\Abarky: [^\n]+\n\Z")

    def test_a_wrong_command_line_names_the_help(self):
        for command in (["list", "--nonsense"], ["edit"], ["add"], ["list", "--sort", "shape"]):
            with self.subTest(command=command):
                ran = self.barky(*command, code=2)
                self.assertEqual(ran.out, "")
                self.assertIn(f"barky {command[0]} --help", ran.err)
        self.barky("nonsense", code=2)


class HostileTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.add("https://example.org/h", "--title", HOSTILE, "--notes", HOSTILE, "--tags", "ok")

    def test_what_steers_a_terminal_is_shown_harmlessly_everywhere(self):
        for command in (["list"], ["show", "1"], ["search", "plain"], ["list", "--tsv"], ["list", "--format", r"{title}\n{notes}\n"],
                        ["events"], ["tags"], ["undo"], ["redo"],
                        ["delete", "1"], ["trash"]):
            with self.subTest(command=command):
                ran = self.barky(*command)
                self.assert_printable(ran.out.replace("\t", ""))
                self.assert_printable(ran.err)

    def test_errors_are_harmless_too(self):
        for command in (["show", HOSTILE], [HOSTILE], ["list", "--format-" + HOSTILE], ["import", self.home / HOSTILE.replace("/", "")],
                        ["search", f"/({HOSTILE}/"], ["tags", "rename", HOSTILE, "b"], ["add", "--offline", HOSTILE],
                        ["export", "--output", self.home / "no" / HOSTILE.replace("/", "")]):
            with self.subTest(command=command):
                ran = self.barky(*command, code=None)
                self.assertNotEqual(ran.code, 0)
                self.assertLess(ran.code, 7)
                self.assert_printable(ran.err)
                self.assert_printable(ran.out)

    def test_json_keeps_it_exactly_and_escaped(self):
        ran = self.barky("list", "--json")
        self.assertEqual(ran.json()[0]["title"], " ".join(HOSTILE.split("\n")))
        self.assertEqual(ran.json()[0]["notes"], HOSTILE)
        self.assertNotIn("\x1b", ran.out)
        self.assertNotIn("\x07", ran.out)


class SurroundingsTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.add("https://example.org/ä", "--title", "Größe 漢字 👍", "--tags", "ünï")

    def test_the_locale_changes_nothing(self):
        for command in (["list"], ["list", "--json"], ["show", "1"], ["search", "grosse"], ["tags"], ["export", "--format", "csv"]):
            with self.subTest(command=command):
                expected = self.barky(*command).out_bytes
                for locale in ({"LANG": None}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "no_SUCH"}):
                    self.assertEqual(self.barky(*command, env=locale).out_bytes, expected, locale)

    def test_without_a_terminal_the_interface_says_so(self):
        for term in (None, "dumb", "xterm-256color"):
            with self.subTest(term=term):
                ran = self.barky(code=2, env={"TERM": term})
                self.assertEqual(ran.out, "")
                self.assertRegex(ran.err, r"\Abarky: [^\n]*terminal[^\n]*\n\Z")

    def test_no_colours_but_on_a_terminal_or_when_asked(self):
        self.assertNotIn("\x1b", self.barky("list").out)
        self.assertNotIn("\x1b", self.barky("list", "--color", "never", env={"TERM": "xterm"}).out)
        self.assertIn("\x1b[", self.barky("list", "--color", "always", env={"TERM": "xterm"}).out)

    def test_an_interrupt_ends_events_that_are_followed(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = self.start("events", "--follow", "--jsonl")
            json.loads(process.stdout.readline())
            os.kill(process.pid, number)
            self.assertIn(process.wait(PATIENCE), (code, -number))


class FollowTest(BarkyTest):
    def test_what_others_do_is_told_as_it_happens(self):
        self.add("https://example.org/a")
        process = self.start("events", "--follow", "--jsonl")
        first = json.loads(process.stdout.readline())
        self.assertEqual(first["event"], "bookmarks_added")
        number = self.add("https://example.org/b")
        second = json.loads(process.stdout.readline())
        self.assertEqual((second["event"], second["bookmarks"]), ("bookmarks_added", [number]))
        self.barky("delete", number)
        self.assertEqual(json.loads(process.stdout.readline())["event"], "bookmarks_deleted")
        self.assertIsNone(process.poll())


if __name__ == "__main__":
    unittest.main()
