#!/usr/bin/env python3
"""Without memory: an allocation fails, once or from there on, the program's own or one of its libraries'. A command
then does all of what it does or says what failed; it does not crash, hang, or change a library by half.
MEMORY_POINTS=N tries N points of each command instead of a few dozen."""

import os
import pathlib
import shlex
import shutil
import subprocess
import unittest

from harness import BARKY, PATIENCE, SANITIZED, TOP, BarkyTest
from screen_test import ScreenTest

POINTS = int(os.environ.get("MEMORY_POINTS", "60"))
SHIM = TOP / "tests" / "program" / "failing_malloc.c"


def build_shim(folder):
    """The library to preload, or None where there is no such allocator, or sanitizers have theirs."""
    library = pathlib.Path(folder) / "failing_malloc.so"
    command = [*shlex.split(os.environ.get("CC", "cc")), "-std=gnu11", "-shared", "-fPIC", "-Wl,-z,defs", "-o", str(library), str(SHIM)]
    if SANITIZED or subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   check=False, timeout=PATIENCE).returncode != 0:
        return None
    return library


class OutOfMemoryTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.shim = build_shim(self.home)
        if not self.shim:
            self.skipTest("no allocator below malloc() to fall back on")
        self.fill([(f"https://a.example/{i}", f"Page {i}", "", ["a", f"t{i}"], i) for i in range(300)])
        self.barky("search", "page")  # the cache is there
        self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.base = self.home / "base.db"
        shutil.copy(self.library, self.base)

    def put_back(self):
        for path in self.library.parent.iterdir():
            if path.is_file():
                path.unlink()
        shutil.copy(self.base, self.library)
        self.library.chmod(0o600)

    def starved(self, number, lasts):
        return {"LD_PRELOAD": str(self.shim), "MALLOC_FAILS": str(number), "MALLOC_LASTS": "1" if lasts else None,
                "MALLOC_COUNT": str(self.home / "count")}

    def points_of(self, count):
        """Some of 1 to count, as evenly as can be."""
        return sorted({1 + i * (count - 1) // max(POINTS - 1, 1) for i in range(POINTS)})

    def state(self):
        return [(b["url"], b["title"], b["tags"]) for b in self.bookmarks()]

    def starve(self, *arguments, changes=False, input=None):
        self.put_back()
        before = self.state()
        whole = self.barky(*arguments, input=input, env=self.starved(0, False))
        after = self.state()
        self.assertEqual(before != after, changes)
        count = int((self.home / "count").read_text())
        self.assertGreater(count, 100)
        for lasts in (False, True):
            for number in self.points_of(count):
                with self.subTest(arguments=arguments, number=number, lasts=lasts):
                    if changes:
                        self.put_back()
                    ran = self.barky(*arguments, input=input, code=None, env=self.starved(number, lasts))
                    self.assertIn(ran.code, range(0, 7), ran)
                    if ran.code == 0 and not changes:
                        self.assertEqual(ran.out, whole.out)
                    if ran.code != 0:
                        self.assertIn("barky: ", ran.err)
                    if changes:
                        self.assert_sound()
                        now = self.state()
                        self.assertIn(now, (before, after))
                        if ran.code == 0:
                            self.assertEqual(now, after)

    def test_reading(self):
        self.starve("list", "--limit", "20")
        self.starve("search", "page", "--json")
        self.starve("export", "--format", "jsonl")

    def test_adding_and_changing(self):
        self.starve("add", "--offline", "https://new.example/", "--title", "New", "--tags", "x,y", changes=True)
        self.starve("edit", "7", "--title", "Another", changes=True)

    def test_importing(self):
        lines = "".join(f"https://in.example/{i}\n" for i in range(5))
        self.starve("import", "-", "--format", "urls", changes=True, input=lines)

    def starved_screen(self, number, lasts):
        # Not in the environment: the shell that starts it would take it for itself.
        settings = [f"{name}={value}" for name, value in self.starved(number, lasts).items() if value]
        return self.screen(command=["env", *settings, BARKY], ready="")

    def test_the_screen(self):
        """It starts and ends, or says why not; the terminal is as it was."""
        with self.starved_screen(0, False) as screen:
            screen.wait_for("Page 0")
            screen.keys("Q")
            self.assertEqual(screen.exit_code(), 0)
        count = int((self.home / "count").read_text())
        for lasts in (False, True):
            for number in self.points_of(count)[:: 1 if POINTS > 60 else 6]:
                with self.subTest(number=number, lasts=lasts), self.starved_screen(number, lasts) as screen:
                    screen.wait_until(lambda: "Page 0" in screen.text() or not screen.running(), "the screen or its end")
                    screen.keys("Q")
                    # 139: curses draws by what it could not allocate; the terminal is given back all the same.
                    self.assertIn(screen.exit_code(), (*range(0, 7), 139))
                    self.assertEqual(screen.left_behind(), [])
                    if screen.exit_code() == 1:
                        self.assertRegex(screen.text(), "(?i)out of memory")
                    self.assert_sound()


if __name__ == "__main__":
    unittest.main()
