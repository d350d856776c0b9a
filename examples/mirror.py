#!/usr/bin/env python3
"""Keeps a text file that equals barky's library, a JSON object a line, in a directory that may be a git repository.

    mirror.py DIRECTORY          goes on until it is interrupted
    mirror.py DIRECTORY --once   brings it up to date, and ends

The file is written whole before its events are acknowledged. Where there is no file, or the library was put back from
a copy, everything is read anew.
"""

import json
import os
import pathlib
import subprocess
import sys

BARKY = os.environ.get("BARKY", "barky")
NAME = "mirror"


def barky(*arguments, **options):
    return subprocess.run([BARKY, *arguments], stdin=options.pop("stdin", subprocess.DEVNULL), text=True, capture_output=True,
                          **options)


class Mirror:
    def __init__(self, directory):
        self.file = pathlib.Path(directory) / "bookmarks.jsonl"
        self.rows = {}

    def read(self):
        lines = self.file.read_text().splitlines()
        self.rows = {row["id"]: row for row in map(json.loads, lines)}

    def write(self):
        beside = self.file.with_suffix(".new")
        beside.write_text("".join(json.dumps(self.rows[number]) + "\n" for number in sorted(self.rows)))
        os.replace(beside, self.file)
        if (self.file.parent / ".git").exists():
            git = ["git", "-C", str(self.file.parent)]
            subprocess.run([*git, "add", self.file.name], check=True)
            subprocess.run([*git, "commit", "-q", "-m", "Bookmarks"], check=False)  # 1: nothing new

    def begin(self):
        """A position first, then all rows: what happens between the two is told again."""
        barky("events", "--forget", NAME)
        barky("events", "--consumer", NAME, check=True)
        listed = barky("list", "--jsonl", check=True).stdout
        self.rows = {row["id"]: row for row in map(json.loads, listed.splitlines())}
        self.write()

    def refresh(self, numbers):
        """These rows as they are now; one that is not there any more is gone."""
        asked = "".join(json.dumps({"command": "show", "ids": [number]}) + "\n" for number in numbers)
        answers = subprocess.run([BARKY, "bus"], input=asked, text=True, capture_output=True).stdout
        for number, answer in zip(numbers, map(json.loads, answers.splitlines())):
            self.rows.pop(number, None)
            self.rows.update({row["id"]: row for row in answer["rows"]})

    def catch_up(self):
        """False: the position is of another history, or there is none."""
        while True:
            told = barky("events", "--consumer", NAME, "--limit", "200", "--jsonl")
            if told.returncode:
                return False
            events = [json.loads(line) for line in told.stdout.splitlines()]
            if not events:
                return True
            numbers = sorted({number for event in events for number in event["bookmarks"]})
            if numbers:
                self.refresh(numbers)
                self.write()
            barky("events", "--consumer", NAME, "--ack", str(events[-1]["id"]), check=True)


def main():
    directory, *options = sys.argv[1:]
    mirror = Mirror(directory)
    # A run that was killed in the middle may have left git's lock; nobody else works in this directory.
    (mirror.file.parent / ".git" / "index.lock").unlink(missing_ok=True)
    if mirror.file.exists():
        mirror.read()
    else:
        mirror.begin()
    if not mirror.catch_up():
        mirror.begin()
    if "--once" in options:
        return 0
    follow = subprocess.Popen([BARKY, "events", "--consumer", NAME, "--follow", "--jsonl"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, text=True)
    for _ in follow.stdout:  # a line is only a sign: many events are taken at once
        if not mirror.catch_up():
            mirror.begin()
    return follow.wait()


if __name__ == "__main__":
    sys.exit(main())
