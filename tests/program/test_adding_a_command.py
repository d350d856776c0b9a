#!/usr/bin/env python3
"""doc/adding-a-command.md is true: its snippets, put where it says, build, and the tests it writes pass.

Only what the page changes is copied; all else is read where it lies, and compiled quickly (no optimising, two at a time), since a
new command changes the headers that everything includes.
"""

import concurrent.futures
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

from harness import TOP

DOCUMENT = TOP / "doc" / "adding-a-command.md"
PLACE = re.compile(r"In (?P<new>the new file )?`(?P<path>[^`]+)`(?:, (?P<where>before|after|instead of|at the end of|at the end)"
                   r"(?: (?P<quote>``?) ?(?P<anchor>.+?) ?(?P=quote))?)?:")
COMPILER = shlex.split(os.environ.get("CC", "cc"))
FLAGS = shlex.split(os.environ.get("HEADER_CFLAGS", f"-std=c11 -D_GNU_SOURCE -I{TOP} -I/usr/include/libxml2"))
LIBRARIES = shlex.split(os.environ.get("TEST_LIBS", "-lcmocka -lutf8proc -lidn2 -lpcre2-8 -lncursesw"))

# Of a file in several variants the one of this system (script/file-lists).
OTHERS = re.compile(r".*_(portable|kqueue|polling)\.c" if sys.platform == "linux" else r".*_(linux|kqueue)\.c")


def snippets(text):
    """(place, lines) of each snippet: a line that says where, a blank one, a fence."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        place = PLACE.fullmatch(line)
        if place and lines[number + 2].startswith("```"):
            end = lines.index("```", number + 3)
            yield place, lines[number + 3:end]


def line_of(lines, anchor, path):
    """The one line that begins so; blanks before it do not count."""
    found = [number for number, line in enumerate(lines) if line.lstrip().startswith(anchor)]
    if not found:
        raise AssertionError(f"{path} has no line that begins with {anchor!r}")
    return found[0]


def put(lines, place, snippet):
    where, anchor, path = place["where"], place["anchor"], place["path"]
    if where == "at the end":
        at = len(lines)
    else:
        at = line_of(lines, anchor, path)
        if where == "after":
            at += 1
        elif where == "at the end of":
            at = next(number for number in range(at, len(lines)) if lines[number].startswith("};"))
    lines[at:at + (where == "instead of")] = snippet


class AddingACommand(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="barky-")
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)

    def apply(self):
        """Writes the files that the page changes or makes below the folder; their paths."""
        paths = []
        for place, snippet in snippets(DOCUMENT.read_text("utf-8")):
            path = self.tree / place["path"]
            if place["new"]:
                self.assertFalse((TOP / place["path"]).exists(), f"{place['path']} is there already")
                lines = []
            else:
                lines = (path if path.exists() else TOP / place["path"]).read_text("utf-8").splitlines()
            if place["where"]:
                put(lines, place, snippet)
            else:
                lines = snippet
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(lines) + "\n", "utf-8")
            paths.append(place["path"])
        return sorted(set(paths))

    def where(self, path):
        return self.tree / path if (self.tree / path).exists() else TOP / path

    def compile(self, path):
        made = self.tree / (path + ".o")
        made.parent.mkdir(parents=True, exist_ok=True)
        flags = [*COMPILER, f"-I{self.tree}", *FLAGS, "-O0"]
        if (self.tree / path).exists():
            flags.append("-Werror")
        ran = subprocess.run([*flags, "-c", str(self.where(path)), "-o", str(made)], stderr=subprocess.PIPE, text=True)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return str(made)

    @unittest.skipUnless("cmocka" in " ".join(LIBRARIES), "cmocka is not installed")
    def test_its_snippets_build_and_its_tests_pass(self):
        changed = self.apply()
        tests = [path for path in changed if "/test_" in path]
        self.assertEqual(len(tests), 2)

        def below(*patterns):
            return {str(path.relative_to(root)) for root in (TOP, self.tree) for pattern in patterns
                    for path in root.glob(pattern)}

        linked = below("domain/**/*.c", "tui/*.c", "tests/fakes/*.c", "tests/tui/canvas_row.c",
                       "tests/tui/screen_fixture.c")
        linked = {path for path in linked if not OTHERS.fullmatch(path)} - {"tui/main.c"}
        linked.add("adapters/engine/engine_port.c")
        alone = {path for path in changed if path.endswith(".c")} - linked
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            objects = list(pool.map(self.compile, sorted(linked)))
            list(pool.map(self.compile, sorted(alone)))
        for test in tests:
            program = self.tree / test[:-2]
            subprocess.run([*COMPILER, f"{self.tree / test}.o", *objects, *LIBRARIES, "-o", str(program)], check=True)
            ran = subprocess.run([str(program)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.assertEqual(ran.returncode, 0, ran.stdout)


if __name__ == "__main__":
    unittest.main()
