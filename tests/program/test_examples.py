#!/usr/bin/env python3
"""The programs of examples/, each killed in the middle, slow and absent: nothing is lost, nothing done twice.

BARKY_FULL=1 runs them at their full size: 10,000 commands for the mirror.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import unittest

from harness import BARKY, TOP, BarkyTest, until

EXAMPLES = TOP / "examples"
FULL = bool(os.environ.get("BARKY_FULL"))


def command_of(name):
    """The example as a program, by the interpreter that runs the tests."""
    return ([sys.executable] if name.endswith(".py") else ["/bin/sh"]) + [str(EXAMPLES / name)]


class ExampleTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.environment["BARKY"] = BARKY

    def example(self, name, *arguments, **options):
        return subprocess.run([*command_of(name), *map(str, arguments)], env=self.environment, text=True,
                              capture_output=True, check=True, **options)

    def begin(self, name, *arguments):
        process = subprocess.Popen([*command_of(name), *map(str, arguments)], env=self.environment,
                                   stdin=subprocess.DEVNULL, start_new_session=True)
        self.addCleanup(process.wait)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def tags(self):
        return {row["url"]: row["tags"] for row in self.bookmarks()}


class TaggerTest(ExampleTest):
    def check_tagger(self, name, consumer, *once):
        self.example(name, *once)  # makes its position
        self.add("https://github.com/a", "--tags", "mine")
        self.add("https://example.org")
        self.example(name, *once)
        self.example(name, *once)
        self.assertEqual(self.tags(), {"https://github.com/a": ["code", "mine"], "https://example.org": []})
        self.barky("undo", "2")  # the change with its reaction
        self.assertEqual(self.tags(), {})
        self.add("https://gitlab.com/late")
        self.barky("undo")  # before the tagger came
        self.example(name, *once)
        self.barky("redo")
        self.assertEqual(self.tags(), {"https://gitlab.com/late": []})
        lines = self.barky("events", "--consumers", "--jsonl").jsonl()
        self.assertIn(consumer, [line["consumer"] for line in lines])

    def test_the_one_in_python(self):
        self.check_tagger("auto_tag.py", "auto-tag", "--once")

    def test_the_one_in_shell(self):
        self.check_tagger("auto-tag.sh", "auto-tag-sh")

    def test_killed_in_the_middle_it_goes_on_where_it_was(self):
        self.example("auto_tag.py", "--once")
        for number in range(30):
            self.add(f"https://github.com/{number}")
        for want in (3, 12):
            process = self.begin("auto_tag.py")
            until(lambda want=want: sum("code" in tags for tags in self.tags().values()) >= want, what="some tags")
            self.end(process)
        self.example("auto_tag.py", "--once")
        self.assertTrue(all(tags == ["code"] for tags in self.tags().values()))
        self.barky("undo", "30")
        self.assertEqual(self.tags(), {})


class MirrorTest(ExampleTest):
    def mirrored(self):
        return [json.loads(line) for line in (self.home / "mirror" / "bookmarks.jsonl").read_text().splitlines()]

    def rows(self):
        return sorted(self.bookmarks(), key=lambda row: row["id"])

    def random_command(self, chance, number):
        ids = [row["id"] for row in self.known] or [1]
        some = chance.sample(ids, min(len(ids), 3))
        return chance.choice([
            {"command": "add_bookmarks", "bookmarks": [{"url": f"https://{number}.org", "tags": [f"t{number % 7}"]}]},
            {"command": "add_bookmarks", "bookmarks": [{"url": f"https://{number}.net", "title": "T"}]},
            {"command": "edit_bookmarks", "edits": [{"id": some[0], "title": f"title {number}", "add_tags": ["e"]}]},
            {"command": "delete_bookmarks", "ids": some},
            {"command": "restore_bookmarks", "ids": some[:1]},
            {"command": "rename_tags", "from": [f"t{number % 7}"], "to": f"t{number % 5}"},
            {"command": "undo", "steps": chance.randint(1, 3)},
            {"command": "redo"},
            {"command": "empty_trash"},
        ])

    def play(self, chance, count):
        for first in range(0, count, 50):
            self.known = self.bookmarks()
            lines = [json.dumps(self.random_command(chance, self.number + i)) for i in range(min(50, count - first))]
            self.number += len(lines)
            subprocess.run([BARKY, "bus"], env=self.environment, input="\n".join(lines) + "\n", text=True, capture_output=True)

    def test_it_equals_the_library_after_everything(self):
        chance = random.Random(7)
        self.number = 0
        directory = self.home / "mirror"
        directory.mkdir()
        if shutil.which("git"):
            for line in (["init", "-q"], ["config", "user.email", "me@example.org"], ["config", "user.name", "Me"]):
                subprocess.run(["git", "-C", str(directory), *line], env=self.environment, check=True)
        self.add("https://first.org")
        count = 10000 if FULL else 90
        self.play(chance, count // 3)
        self.example("mirror.py", directory, "--once")
        process = self.begin("mirror.py", directory)
        self.play(chance, count // 3)
        until(lambda: self.mirrored() == self.rows(), what="the mirror")
        self.end(process)  # absent, while things go on
        self.barky("backup", self.home / "copy.db")
        self.play(chance, count // 3)
        self.example("mirror.py", directory, "--once")
        self.assertEqual(self.mirrored(), self.rows())
        # The library is put back from its copy, and goes another way from there.
        for beside in ("-wal", "-shm"):
            (self.library.parent / (self.library.name + beside)).unlink(missing_ok=True)
        os.replace(self.home / "copy.db", self.library)
        with contextlib.closing(sqlite3.connect(self.library)) as copy, copy:
            copy.execute("UPDATE library SET history = 'another one'")  # as a restore gives it
        self.play(chance, 20)
        self.barky("events", "--consumer", "mirror", code=1)
        self.example("mirror.py", directory, "--once")
        self.assertEqual(self.mirrored(), self.rows())
        if shutil.which("git"):
            commits = subprocess.run(["git", "-C", str(directory), "log", "--format=%s"], env=self.environment, text=True,
                                     capture_output=True, check=True).stdout
            self.assertIn("Bookmarks", commits)


class NotifierTest(ExampleTest):
    def test_a_hook_tells_the_desktop(self):
        folder = self.home / "config" / "barky" / "hooks"
        folder.mkdir(parents=True)
        shutil.copy(EXAMPLES / "notify.sh", folder / "tags_renamed")
        (folder / "tags_renamed").chmod(0o700)
        desktop = self.home / "notify"
        desktop.write_text(f'#!/bin/sh\nprintf "%s|%s\\n" "$1" "$2" >>"{self.home}/shown"\n')
        desktop.chmod(0o700)
        self.add("https://a.org", "--tags", "x")
        subprocess.run([BARKY, "tags", "rename", "x", "y"], env={**self.environment, "NOTIFY": str(desktop)}, check=True,
                       capture_output=True)
        shown = self.home / "shown"
        until(lambda: shown.exists() and shown.read_text().endswith("\n"), what="the notice")
        self.assertEqual(shown.read_text(), "barky: tags renamed|x → y\n")


if __name__ == "__main__":
    unittest.main()
