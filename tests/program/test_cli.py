#!/usr/bin/env python3
"""What a user types: options, words, refusals, exit codes, streams and signals."""

import json
import os
import pty
import signal
import subprocess
import unittest

from harness import BARKY, PATIENCE, BarkyTest, until

COMMANDS = ("add list search show edit delete undo redo trash tags open import export events bus doctor "
            "backup completion").split()


class CommandLineTest(BarkyTest):
    def assert_misused(self, *arguments, names=None):
        ran = self.barky(*arguments, code=2)
        self.assertEqual(ran.out, "")
        self.assertRegex(ran.err, r"\Abarky: [^\n]+\n\Z")
        self.assertIn(names or f"barky {arguments[0]} --help", ran.err)
        return ran.err

    def test_without_a_command_and_a_terminal_it_says_so(self):
        ran = self.barky(code=2)
        self.assertRegex(ran.err, r"\Abarky: [^\n]+\n\Z")
        self.assertIn("terminal", ran.err)

    def test_version_and_help_open_nothing(self):
        for option in "--version", "-V":
            self.assertRegex(self.barky(option).out, r"\Abarky \d+\.\d+\.\d+\nncurses \d+\.\d+, SQLite 3\.\d+"
                             r"\.\d+, libcurl [0-9.]+, libxml2 [0-9.]+, jansson [0-9.]+, PCRE2 [0-9.]+, utf8proc "
                             r"[0-9.]+, libidn2 [0-9.]+\n\Z")
        for command in COMMANDS:
            ran = self.barky(command, "--help")
            self.assertTrue(ran.out.startswith(f"usage: barky {command}"), ran.out)
            self.assertEqual(ran.err, "")
        self.assertIn("completion", self.barky("--help").out)
        self.assertFalse((self.home / "data").exists())

    def test_help_of_a_command_is_that_of_its_option(self):
        self.assertEqual(self.barky("help").out, self.barky("--help").out)
        self.assertEqual(self.barky("help", "tags").out, self.barky("tags", "--help").out)
        self.assertIn('did you mean "help"', self.barky("hlep", code=2).err)
        self.assert_misused("help", "nothing")

    def test_a_mistyped_command_is_guessed_where_one_is_near(self):
        for typed, meant in ("lsit", "list"), ("serach", "search"), ("exprot", "export"), ("dele", None), ("xx", None):
            err = self.barky(typed, code=2).err
            self.assertIn(f'there is no command "{typed}"', err)
            if meant:
                self.assertIn(f'did you mean "{meant}"?', err)

    def test_a_mistake_in_the_configuration_is_told_once_by_every_command(self):
        config = self.home / "config" / "barky" / "config"
        config.parent.mkdir(parents=True)
        config.write_text("nosuch = 1\ncolor = sometimes\nmouse = off\n")
        for command in ["list"], ["add", "--offline", "https://a.org"], ["tags"]:
            err = self.barky(*command).err
            self.assertEqual(err.count("config:1"), 1, err)
            self.assertEqual(err.count("config:2"), 1, err)
        self.assertEqual(self.barky("--version").err, "")

    def test_a_configuration_that_is_named_has_to_be_there(self):
        err = self.barky("--config", "/nonexistent/config", "list", code=1).err
        self.assertRegex(err, r'\Abarky: --config: "/nonexistent/config" cannot be read: .*\n\Z')

    def test_output_that_cannot_be_written_is_not_lost_in_silence(self):
        self.add("https://a.org")
        closed = subprocess.run(["sh", "-c", 'exec "$0" list >&-', BARKY], env=self.environment, stderr=subprocess.PIPE,
                                text=True, check=False)
        self.assertEqual(closed.returncode, 1)
        self.assertIn("standard output cannot be written", closed.stderr)

    def test_what_is_wrong_is_said_and_the_help_named(self):
        self.assert_misused("--nothing", names="barky --help")
        self.assert_misused("--limit", "3", names="barky --help")
        self.assert_misused("nothing", names="barky --help")
        self.assert_misused("list", "--nothing")
        self.assert_misused("list", "--limit")
        self.assert_misused("list", "--limit", "x")
        self.assert_misused("list", "--limit=-1")
        self.assert_misused("list", "--sort", "colour")
        self.assert_misused("list", "--color", "mauve")
        self.assert_misused("list", "--json=yes")
        self.assert_misused("list", "--json", "--tsv")
        self.assert_misused("list", "--format", "{nothing}")
        self.assert_misused("add")
        self.assert_misused("add", "a.org", "b.org")
        self.assert_misused("add", "-x")
        self.assert_misused("show")
        self.assert_misused("show", "x")
        self.assert_misused("show", "0")
        self.assert_misused("search")
        self.assert_misused("edit", "1", "--tags", "a,+b")
        self.assert_misused("delete")
        self.assert_misused("delete", "-1")
        self.assert_misused("delete", "--matching")
        self.assert_misused("delete", "1", "--matching", "x")
        self.assert_misused("undo", "x")
        self.assert_misused("trash", "burn")
        self.assert_misused("trash", "restore")
        self.assert_misused("tags", "rename", "a")
        self.assert_misused("import")
        self.assert_misused("import", "github")
        self.assert_misused("import", "github", "a", "--me")
        self.assert_misused("import", "x", "--format", "nothing")
        self.assert_misused("completion", "tcsh")
        self.assertFalse((self.home / "data").exists())

    def test_options_stand_before_and_after_the_command_and_its_words(self):
        db = self.home / "other.db"
        self.barky("--db", db, "add", "--offline", "a.org", "--title", "A")
        self.barky("add", "b.org", "--offline", f"--db={db}")
        for arguments in (("--json", "list", "--db", db), ("list", "--db", db, "--json"), ("--db", db, "list", "--json")):
            self.assertEqual([b["url"] for b in json.loads(self.barky(*arguments).out)],
                             ["https://b.org", "https://a.org"])
        self.assertEqual(self.barky("list", "--db", db, "--rev", "--form={url}").out, "https://a.org\nhttps://b.org\n")
        self.assertFalse(self.library.exists())

    def test_words_of_a_query_may_begin_with_a_dash(self):
        self.add("https://example.org/new", "--title", "rust new")
        self.add("https://example.org/old", "--title", "rust old")
        only = [self.barky("search", "rust", "-old", "--json").json(),
                self.barky("search", "--json", "-old", "rust").json(),
                self.barky("list", "--json", "--", "-old", "rust").json(),
                self.barky("export", "-old", "rust", "--format", "json").json()]
        for found in only:
            self.assertEqual([b["title"] for b in found], ["rust new"])
        self.barky("delete", "--matching", "rust", "-new")
        self.assertEqual([b["title"] for b in self.bookmarks()], ["rust new"])
        self.assertEqual(self.barky("search", "--", "--json", "rust", code=3).out, "")

    def test_a_query_that_cannot_be_read_prints_the_place(self):
        for command in ("list", "search", "export"):
            ran = self.barky(command, "word", "/(/", code=2)
            lines = ran.err.splitlines()
            self.assertEqual(len(lines), 3, ran.err)
            self.assertTrue(lines[0].startswith("barky: "))
            self.assertEqual(lines[1], "word /(/")
            self.assertRegex(lines[2], r"\A {5,7}\^\Z")
            self.assertEqual(ran.out, "")
        self.barky("delete", "--matching", "added:never", code=2)

    def test_exit_codes(self):
        one = self.add("https://example.org")
        self.barky("list", "nothing-like-it")
        self.assertEqual(self.barky("list", "nothing-like-it", "--json").out, "[]\n")
        self.barky("search", "nothing-like-it", code=3)
        self.assertEqual(self.barky("search", "nothing-like-it", "--json", code=3).out, "[]\n")
        self.assertEqual(self.barky("export", "nothing-like-it", "--format", "json").json(), [])
        self.barky("delete", "--matching", "nothing-like-it", code=3)
        for command in ("show", "edit", "delete", "open"):
            self.assertIn("77", self.barky(command, "77", *(["--title", "x"] if command == "edit" else []), code=3).err)
        self.barky("add", "--offline", "https://example.org/", code=1)
        self.barky("redo", code=1)
        self.barky("trash", "restore", one, code=3)
        (self.home / "no.db").write_text("this is not a library, but it is long enough to be looked at" * 20)
        self.barky("list", "--db", self.home / "no.db", code=6)
        self.barky("list", "--db", self.home, code=6)

    def test_a_reader_who_leaves_ends_it_quietly(self):
        self.barky("import", "-", "--format", "urls", input="".join(f"https://x.org/{n}\n" for n in range(20000)))
        for arguments in (("list",), ("list", "--json"), ("list", "--tsv"), ("search", "x"), ("events", "--jsonl"),
                          ("export", "--format", "json"), ("export", "--format", "netscape")):
            process = self.start(*arguments)
            process.stdout.read(10)
            process.stdout.close()
            process.stdout = None
            self.assertIn(process.wait(PATIENCE), (0, 141))
            self.assertEqual(process.stderr.read(), b"")

    def test_a_full_disk_behind_standard_output_is_reported(self):
        self.add("https://example.org", "--tags", "a")
        for arguments in (["list"], ["list", "--json"], ["show", "1"], ["tags"], ["events"], ["--help"], ["--version"],
                          ["completion", "bash"], ["export", "--format", "json"]):
            with open("/dev/full", "w") as full:
                ran = self.barky(*arguments, stdout=full, code=1)
            self.assertRegex(ran.err, r"\Abarky: [^\n]+\n\Z", arguments)

    def test_closed_streams_harm_nothing_and_only_lost_output_is_an_error(self):
        self.add("https://example.org", "--title", "One")
        for closed, code in (("<&-", 0), (">&-", 1), ("2>&-", 0), ("<&- >&- 2>&-", 1)):
            ended = subprocess.run(["sh", "-c", f'"$0" list {closed}', BARKY], env=self.environment,
                                   capture_output=True, timeout=PATIENCE)
            self.assertEqual(ended.returncode, code, closed)
        ended = subprocess.run(["sh", "-c", '"$0" add --quiet --offline b.org >&- 2>&- <&-', BARKY],
                               env=self.environment, capture_output=True, timeout=PATIENCE)
        self.assertEqual(ended.returncode, 1) # its id was for nobody
        self.assert_sound()
        self.assertEqual(len(self.urls()), 2)

    def test_signals_end_it_with_their_number_and_keep_what_was_acknowledged(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = self.start("bus", stdin=subprocess.PIPE)
            process.stdin.write(b'{"command": "add_bookmarks", "bookmarks": [{"url": "https://%d.org"}]}\n' % code)
            process.stdin.flush()
            self.assertTrue(json.loads(process.stdout.readline())["ok"])
            process.send_signal(number)
            self.assertEqual(process.wait(PATIENCE), code)
            self.assertIn(f"https://{code}.org", self.urls())

    def test_the_locale_changes_nothing(self):
        self.add("https://example.org", "--title", "Ünïcode 木 title", "--tags", "é")
        outputs = {self.barky(*arguments, env={"LC_ALL": locale}).out_bytes
                   for locale in ("C", "C.UTF-8", "POSIX", None) for arguments in [("list",)]}
        self.assertEqual(len(outputs), 1)

    def test_bare_streams_and_no_home_are_survived(self):
        db = self.home / "x.db"
        self.barky("--db", db, "list", env={"HOME": None, "XDG_DATA_HOME": None})
        self.barky("list", env={"BARKY_DB": str(db)})

    def test_it_asks_on_a_terminal_and_only_there(self):
        for number in range(4):
            self.add(f"https://{number}.org")
        self.assertEqual(self.on_terminal("n\n", "delete", 1, 2), 1)
        self.assertEqual(len(self.urls()), 4)
        self.assertEqual(self.on_terminal("", "delete", 1), 0)
        self.assertEqual(self.on_terminal("y\n", "delete", 2, 3), 0)
        self.assertEqual(self.urls(), ["https://3.org"])
        self.barky("trash", "empty", code=1)
        self.assertEqual(len(self.barky("trash", "--json").json()), 3)
        self.barky("trash", "empty", "--yes")
        self.assertEqual(self.barky("trash", "--json").json(), [])

    def configure(self, text):
        config = self.home / "config" / "barky" / "config"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(text)
        return config

    def test_hooks_hear_of_what_a_command_did(self):
        folder = self.configure("hooks = on\n").parent / "hooks"
        folder.mkdir(mode=0o700)
        (folder / "bookmarks_added").write_text(f'#!/bin/sh\ncat >>"{self.home}/heard"\n')
        (folder / "bookmarks_added").chmod(0o700)
        self.add("https://a.org")
        heard = self.home / "heard"
        until(lambda: heard.exists() and heard.read_text().endswith("\n"), what="the hook")
        event = json.loads(heard.read_text())
        self.assertEqual((event["event"], event["bookmarks"]), ("bookmarks_added", [1]))
        self.configure("hooks = off\n")
        self.add("https://b.org")
        self.configure("hooks = on\n")
        self.add("https://c.org")
        until(lambda: len(heard.read_text().splitlines()) == 3, what="what was left")

    def test_the_configuration_decides_colours_unless_an_option_does(self):
        self.add("https://a.org")
        self.assertNotIn("\x1b", self.barky("list").out)
        self.configure("color = always\n")
        self.assertIn("\x1b", self.barky("list").out)
        self.assertNotIn("\x1b", self.barky("list", "--color", "never").out)
        other = self.home / "other"
        other.write_text("color = never\n")
        self.assertNotIn("\x1b", self.barky("list", "--config", other).out)
        self.assertNotIn("\x1b", self.barky("list", env={"BARKY_CONFIG": str(other)}).out)

    def test_verbose_names_the_library(self):
        self.add("https://a.org")
        self.assertIn(str(self.library), self.barky("list", "--verbose").err)
        self.assertEqual(self.barky("list").err, "")

    def on_terminal(self, typed, *arguments):
        ours, theirs = pty.openpty()
        process = self.start(*arguments, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        os.write(ours, typed.encode())
        until(lambda: process.poll() is not None, 30, "the end")
        os.close(ours)
        return process.returncode


if __name__ == "__main__":
    unittest.main()
