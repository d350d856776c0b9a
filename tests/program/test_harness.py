"""The tools of the other tests do what those believe of them."""

import os
import pathlib
import sys
import unittest
import urllib.error
import urllib.request

from harness import PATIENCE, Answer, BarkyTest, Server, end, forbidden_in, until
from terminal import Terminal


class TerminalTest(unittest.TestCase):
    def shell(self, script, **options):
        terminal = Terminal(["sh", "-c", script], columns=40, rows=8, **options)
        self.addCleanup(terminal.close)
        return terminal

    def test_text_goes_in_as_bytes_and_comes_out_as_lines(self):
        screen = self.shell('read -r line; printf "[%s]" "$line"; exit 7')
        screen.type("a;b é 漢 $(x)\r")
        screen.wait_for(r"^\[a;b é 漢 \$\(x\)\]$")
        self.assertEqual(screen.exit_code(), 7)
        self.assertEqual(screen.find("]"), (1, 14))
        self.assertEqual(screen.left_behind(), [])

    def test_styles_are_told_by_cell(self):
        screen = self.shell(r'printf "a\033[1;7mb\033[22;27;31mc\033[0m漢d"; sleep 60')
        screen.wait_for("abc")
        a, b, c, wide, right, d = screen.cells()[0][:6]
        self.assertEqual((a.bold, a.reverse, a.foreground), (False, False, None))
        self.assertEqual((b.bold, b.reverse), (True, True))
        self.assertEqual((c.bold, c.reverse, c.foreground), (False, False, 31))
        self.assertEqual((wide.character, right.character, d.character), ("漢", "", "d"))

    def test_a_resize_reaches_the_program(self):
        screen = self.shell('trap "stty size" WINCH; echo ready; while :; do sleep 0.05; done')
        screen.wait_for("ready")
        screen.resize(33, 5)
        screen.wait_for("^5 33$")

    def test_what_is_left_behind_is_named(self):
        screen = self.shell(r'printf "\033[?1049h\033[?2004h\033[?25l\033[?1000h"; stty -echo')
        self.assertEqual(screen.exit_code(), 0)
        self.assertEqual(screen.left_behind(),
                         ["the modes of stty", "alternate screen", "hidden cursor", "mouse", "bracketed paste"])

    def test_a_copied_text_is_read_back(self):
        screen = self.shell(r'printf "\033]52;c;aHR0cHM6Ly9leGFtcGxlLm9yZw==\007"')
        screen.exit_code()
        self.assertEqual(screen.copied(), "https://example.org")

    def test_a_program_that_ignores_the_hang_up_is_ended_all_the_same(self):
        screen = self.shell('trap "" HUP TERM; echo ready; while :; do sleep 1; done')
        screen.wait_for("ready")
        pid = screen.pid()
        screen.close()
        until(lambda: not pathlib.Path(f"/proc/{pid}").exists(), 5, "the program to go")
        self.assertFalse(screen.folder.exists())

    def test_a_signal_is_told_by_the_exit_code(self):
        screen = self.shell("echo ready; exec sleep 60")
        screen.wait_for("ready")
        screen.signal(15)
        self.assertEqual(screen.exit_code(), 143)


class ServerTest(unittest.TestCase):
    def test_requests_are_answered_and_remembered(self):
        with Server({"/a": Answer("hello", headers={"X-Mark": "1"})}) as server:
            with urllib.request.urlopen(server.url + "/a?b=c", timeout=PATIENCE) as answer:
                self.assertEqual((answer.read(), answer.headers["X-Mark"]), (b"hello", "1"))
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(server.url + "/z", timeout=PATIENCE)
            self.assertEqual(refused.exception.code, 404)
            refused.exception.close()
            self.assertEqual([(r.path, r.query) for r in server.requests], [("/a", {"b": ["c"]}), ("/z", {})])


class HarnessTest(BarkyTest):
    def test_a_program_that_still_runs_is_ended_with_its_children(self):
        process = self.start("-c", "import subprocess; subprocess.run(['sleep', '60'])", program=sys.executable)
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        child = until(lambda: children.read_text().split(), 10, "a child")[0]
        end(process)
        until(lambda: not os.path.exists(f"/proc/{child}"), 5, "the child to go")

    def test_the_wrong_exit_code_is_an_error(self):
        with self.assertRaisesRegex(AssertionError, "ended with 3"):
            self.barky("-c", "raise SystemExit(3)", program=sys.executable)

    def test_a_program_that_hangs_is_an_error(self):
        with self.assertRaisesRegex(AssertionError, "did not end"):
            self.barky("-c", "import time; time.sleep(60)", program=sys.executable, timeout=0.5)

    def test_characters_that_steer_a_terminal_are_found(self):
        self.assertEqual(forbidden_in("a\x1b[1m\u202e\u0085é漢"), ["U+001B", "U+0085", "U+202E"])


if __name__ == "__main__":
    unittest.main()
