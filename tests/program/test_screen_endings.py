"""How the screen begins and ends: terminals of every kind, signals, crashes, suspending, sizes."""

import os
import pathlib
import random
import signal
import time
import unittest

from harness import BARKY, until
from screen_test import ScreenTest

SIGNALS = int(os.environ.get("SIGNALS", "10"))
SANITIZED = b"__asan_init" in pathlib.Path(BARKY).read_bytes()


class BeginningTest(ScreenTest):
    def refused(self, *arguments, **options):
        ran = self.barky(*arguments, code=2, **options)
        self.assertEqual(ran.out, "")
        self.assertEqual(len(ran.err.splitlines()), 1)
        self.assertTrue(ran.err.startswith("barky: "), ran.err)
        return ran.err

    def test_without_a_terminal_one_line_says_so(self):
        self.assertIn("terminal", self.refused())
        self.assertIn("barky list", self.refused())
        self.assertFalse(self.library.exists())

    def test_a_terminal_that_cannot_move_its_cursor_is_refused(self):
        for term in ("dumb", "no-such-terminal", "", None):
            with self.subTest(term=term):
                view = self.screen(240, term=term, ready="barky: ")
                self.assertEqual(view.exit_code(), 2)
                self.assertEqual(view.left_behind(), [])
                self.assertEqual(len([line for line in view.lines() if line]), 1)
                self.assertRegex(view.text(), "TERM=|barky list")
                self.assertFalse(self.library.exists())

    def test_many_terminals_work(self):
        self.fill()
        for term in ("linux", "vt100", "xterm-256color", "xterm-mono", "screen-256color", "ansi"):
            with self.subTest(term=term):
                view = self.screen(term=term)
                self.press(view, "j", "/")
                view.type("bat\r")
                view.wait_for("sharkdp/bat")
                self.leave(view)

    def test_a_library_that_cannot_be_used_gives_the_terminal_back(self):
        self.library.parent.mkdir(parents=True)
        self.library.write_text("not a library\n" * 100)
        view = self.screen(ready="barky: ")
        self.assertEqual(view.exit_code(), 6)
        self.assertEqual(view.left_behind(), [])

    def test_an_empty_library_names_the_ways_to_fill_it(self):
        view = self.screen(ready="No bookmarks yet")
        for way in ("^  a +add one; or paste addresses", "^  b +import from the browsers here: none was found",
                    "^  I +import the stars", "^  :import FILE", r"^  \? +all keys", "^  q +quit"):
            view.wait_for(way)
        self.press(view, "d")
        view.wait_for("There are no bookmarks yet: a adds one")
        self.leave(view, "q")

    def test_a_demo_leaves_nothing_behind(self):
        folder = self.home / "for the demo"
        folder.mkdir()
        view = self.screen(arguments=["--demo"], env={"TMPDIR": str(folder)}, ready="40 bookmarks")
        self.assertNotEqual(list(folder.iterdir()), [])
        self.press(view, "d")
        self.leave(view, "q")
        self.assertEqual(list(folder.iterdir()), [])
        self.assertFalse(self.library.exists())

    def test_a_mistake_in_the_configuration_names_its_line_and_barky_starts(self):
        self.fill()
        self.configure("theme = nothing\n[keys]\ndelete = x\nfrobnicate = y\nundo = NoSuchKey\n[styles]\ntag = pink\n")
        view = self.screen(140)
        self.press(view, "M")
        for line in (":4: .*frobnicate", ":5: .*NoSuchKey", ":7: .*pink", ":1: .*nothing", "4 mistakes in the configuration; M lists them"):
            view.wait_for(line)
        self.press(view, "q", "x")
        view.wait_for("Deleted")
        self.press(view, "u")
        view.wait_for("Undid")
        self.leave(view)

    def test_every_theme_can_be_chosen_while_it_runs(self):
        self.fill()
        view = self.screen()
        for theme in ("vivid", "plain", "calm"):
            self.press(view, ":")
            view.type(f"theme {theme}\r")
            view.wait_still()
            row, _ = view.find("sharkdp/bat")
            tag = next(cell for cell in view.cells()[row] if cell.character == "#")
            self.assertEqual(tag.foreground is None, theme == "plain")
        self.leave(view)


class EndingTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()

    def test_signals_end_it_and_the_parent_sees_which(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            with self.subTest(signal=number):
                view = self.screen()
                self.press(view, "/")
                view.signal(number)
                self.assertEqual(view.exit_code(), 128 + number)
                self.assertEqual(view.left_behind(), [])

    def test_a_signal_at_any_moment_loses_nothing_that_was_told(self):
        """SIGNALS=N: so many of them, while it starts, is resized, and changes tags."""
        chance = random.Random(SIGNALS)
        for number in range(SIGNALS):
            end = chance.choice((signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT))
            with self.subTest(number=number, signal=end), self.screen(ready="") as view:
                if chance.random() < 0.8:
                    view.wait_for("bookmarks")
                    view.type(f"T+n{number}\r")
                    view.resize(chance.randint(40, 120), chance.randint(10, 40))
                time.sleep(chance.random() * 0.1)
                view.signal(end)
                self.assertEqual(view.exit_code(), 128 + end)
                self.assertEqual(view.left_behind(), [])
                self.assert_sound()
                if "Tagged" in view.raw().decode(errors="replace"):
                    self.assertEqual(len(self.barky("list", "--json", f"tag:n{number}").json()), 1)

    @unittest.skipIf(SANITIZED, "the sanitizers take these signals")
    def test_a_crash_gives_the_terminal_back(self):
        for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL):
            with self.subTest(signal=number):
                view = self.screen()
                self.press(view, "j")
                view.signal(number)
                self.assertEqual(view.exit_code(), 128 + number)
                self.assertEqual(view.left_behind(), [])

    def test_a_terminal_that_vanishes_leaves_no_process(self):
        view = self.screen()
        pid = view.pid()
        view.hang_up()
        until(lambda: not pathlib.Path(f"/proc/{pid}").exists(), what="the program to go")

    def test_keys_after_an_end_of_input_do_not_spin(self):
        pid, master = pty_fork([BARKY], {**self.environment, "TERM": "xterm"})
        time.sleep(0.5)
        os.close(master)
        until(lambda: ended(pid), what="the program to go")


class SuspendTest(ScreenTest):
    def shell(self, env=None):
        """barky below an interactive shell, which it can be stopped in."""
        view = self.screen(command=["bash", "--norc", "-i"], env={**(env or {}), "PS1": "ready> "}, ready="ready>")
        view.type(f"{BARKY}\r")
        view.wait_for("bookmarks ·|bookmarks  ")
        return view

    def leave_shell(self, view):
        self.press(view, "Q")
        view.wait_for("ready>$")
        view.type("echo status $?; stty -a | grep -c ' -echo '\r")
        view.wait_for("status 0\n0")

    def setUp(self):
        super().setUp()
        self.fill()

    def test_the_list_is_suspended_and_comes_back(self):
        view = self.shell()
        self.press(view, "j", "C-z")
        view.wait_for("Stopped")
        view.type("echo between $((6*7))\r")
        view.wait_for("between 42")
        view.resize(60, 15)
        view.type("fg\r")
        view.wait_for("^▌ jarun/buku")
        view.wait_for("2/8")
        self.leave_shell(view)

    def test_the_editor_is_suspended_and_comes_back(self):
        self.fake("editor", 'echo editing; read -r line </dev/tty; sed -i "s/^title:.*/title: $line/" "$1"')
        view = self.shell({"VISUAL": "editor"})
        self.press(view, "E")
        view.wait_for("editing")
        view.keys("C-z")
        view.wait_for("Stopped")
        view.type("echo between $((6*7))\r")
        view.wait_for("between 42")
        view.type("fg\r")
        time.sleep(0.3)
        view.type("After the stop\r")
        view.wait_for("After the stop.*")
        view.wait_for('Edited "')
        self.leave_shell(view)

    def test_an_interrupt_in_the_editor_is_the_editors(self):
        self.fake("editor", 'trap "echo caught" INT; echo editing; read -r a </dev/tty; read -r b </dev/tty')
        view = self.shell({"VISUAL": "editor"})
        self.press(view, "E")
        view.wait_for("editing")
        view.keys("C-c")
        view.wait_for("caught")
        view.type("\r\r")
        view.wait_for("Nothing was changed|bookmarks")
        self.leave_shell(view)


class SizeTest(ScreenTest):
    def test_a_storm_of_resizes_ends_in_a_good_screen(self):
        self.fill()
        view = self.screen()
        sizes = [(c, r) for c in (1, 20, 40, 80, 161, 300) for r in (1, 5, 9, 24, 60)]
        for columns, rows in sizes * 2:
            view.resize(columns, rows)
        view.resize(80, 24)
        view.wait_for("8 bookmarks")
        view.wait_for("^ / filter")
        self.leave(view)

    def test_too_small_says_so_and_comes_back(self):
        self.fill()
        view = self.screen()
        view.resize(19, 5)
        view.wait_for("20x5 needed")
        view.keys("j")
        view.resize(20, 5)
        view.wait_for("^▌")
        view.resize(1, 1)
        view.wait_still()
        self.leave(view)

    def test_the_environment_does_not_freeze_the_size(self):
        self.fill()
        view = self.screen(env={"COLUMNS": "33", "LINES": "7"})
        self.assertEqual(len(view.lines()[0].rstrip()), 79)
        self.leave(view)


def pty_fork(command, environment):
    import pty
    pid, master = pty.fork()
    if pid == 0:
        os.execve(command[0], command, environment)
    return pid, master


def ended(pid):
    return os.waitpid(pid, os.WNOHANG)[0] == pid


if __name__ == "__main__":
    unittest.main()
