"""A monkey at the keyboard: random keys, pastes and resizes from a fixed seed. The screen must come to no harm.

MONKEY_KEYS says how many (20000 is the long run); MONKEY_SEED another seed.
"""

import os
import pathlib
import random
import time
import unittest

from harness import PATIENCE
from screen_test import ScreenTest

KEYS = int(os.environ.get("MONKEY_KEYS", "1500"))
SEED = int(os.environ.get("MONKEY_SEED", "20240131"))

# Ctrl-Z is left out (there is no shell to come back to), and so is what quits.
TYPED = [bytes([byte]) for byte in range(1, 127) if byte not in (3, 7, 17, 26, 28, ord("q"), ord("Q"))]
SEQUENCES = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1bOA", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F",
             b"\x1b[3~", b"\x1b[Z", b"\x1bOP", b"\x1b[15~", b"\x1b[I", b"\x1b[1;5C", b"\x1b]11;rgb:00/00/00\x1b\\",
             b"\x1bb", b"\x1bf", b"\x1bd", b"\x1b", b"\x1b\x7f", "é".encode(), "漢".encode(), "👍🏽".encode(), b"\xff",
             b"\xe6\xbc", b"\x1b[<0;5;5M", b"\x1b[200~", b"\x1b[201~"]
PASTES = ["https://example.org/a\nhttps://example.org/b\n", "words and \x1b[31m escapes\n", "é" * 3000, "#rust", ""]
# Files and addresses of the real world are none of a monkey's business.
FORBIDDEN = (b"backup", b"export", b"import", b"stars")


class MonkeyTest(ScreenTest):
    def some(self, chance):
        pick = chance.random()
        if pick < 0.80:
            return chance.choice(TYPED)
        if pick < 0.97:
            return chance.choice(SEQUENCES)
        return b"\x1b[200~" + chance.choice(PASTES).encode() + b"\x1b[201~"

    def test_a_monkey_does_no_harm(self):
        self.fill()
        log = self.home / "sanitizer"
        self.fake("editor", "exit 0")
        self.fake("browser", "exit 0")
        options = {"ASAN_OPTIONS": f"log_path={log}:detect_leaks=1", "UBSAN_OPTIONS": f"log_path={log}",
                   "VISUAL": "editor", "BROWSER": "browser"}
        view = self.screen(80, 24, env=options)
        chance = random.Random(SEED)
        sent = 0
        while sent < KEYS:
            burst = b"".join(self.some(chance) for _ in range(chance.randrange(1, 40)))
            if b":" in burst or any(word in burst for word in FORBIDDEN):
                burst = burst.replace(b":", b"")
            view.type(burst)
            sent += len(burst) if len(burst) < 40 else 40
            if chance.random() < 0.08:
                view.resize(chance.choice((1, 20, 40, 80, 132, 250)), chance.choice((1, 5, 10, 24, 60)))
            if not view.running():
                break
        view.resize(80, 24)
        self.leave_somehow(view)
        reports = [path.read_text() for path in pathlib.Path(self.home).glob("sanitizer*")]
        self.assertEqual(reports, [])
        self.assert_sound()

    def leave_somehow(self, view):
        """Whatever is open now: prompts and forms are cancelled first."""
        end = time.monotonic() + PATIENCE
        view.type(b"\x1b[201~")
        while view.running() and time.monotonic() < end:
            for key in ("C-g", "y", "C-g", "C-g", "Q"):
                if view.running():
                    view.type({"C-g": b"\x07", "y": b"y", "Q": b"Q"}[key])
                    time.sleep(0.1)
        self.assertEqual(view.exit_code(), 0)
        self.assertEqual(view.left_behind(), [])


if __name__ == "__main__":
    unittest.main()
