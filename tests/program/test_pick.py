"""barky pick: the screen on the terminal, the choice on standard output."""

import functools
import json
import os
import re
import shutil
import signal
import subprocess
import unittest

from harness import BARKY, PATIENCE, TOP, until
from screen_test import ScreenTest

BMM, BUKU, BAT = ("https://github.com/" + name for name in ("dhth/bmm", "jarun/buku", "sharkdp/bat"))


class PickTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()
        self.out = self.home / "out"

    def pick(self, *arguments, script='"$@" >out; echo "ended with $?"', columns=80, rows=24, ready="barky pick", **options):
        """barky pick in a shell that keeps its standard output in a file."""
        command = ["sh", "-c", script, "sh", BARKY, "pick", *arguments]
        return self.screen(columns, rows, command=command, ready=ready, **options)

    def ended(self, view, code, *chosen):
        view.wait_for(f"^ended with {code}$")
        self.assertEqual(self.out.read_text().splitlines(), list(chosen))
        view.exit_code()
        self.assertEqual(view.left_behind(), [])

    def test_what_is_typed_filters_and_enter_prints_the_address(self):
        view = self.pick()
        view.type("bat")
        view.wait_for("1 match bat")
        self.press(view, "Enter")
        self.ended(view, 0, BAT)

    def test_what_is_typed_before_the_library_is_read_counts(self):
        self.fill([(f"https://many.example/{n}", f"Many {n}", "", [], 3000 + n) for n in range(3000)])
        view = self.pick(ready=None)
        view.type("many.example/2999\r")
        self.ended(view, 0, "https://many.example/2999")

    def test_a_query_stands_in_the_prompt(self):
        view = self.pick("cli", "-rust")
        view.wait_for("2 match cli -rust")
        view.wait_for("^ /cli -rust$")
        self.press(view, "Down", "Enter")
        self.ended(view, 0, BUKU)

    def test_a_shell_takes_the_output_of_a_pipe(self):
        view = self.pick(script='x=$(echo nothing | "$@" | cat); echo "$x" >out; echo "ended with $?"')
        self.press(view, "Down", "Enter")
        self.ended(view, 0, BUKU)

    def test_nothing_is_chosen_by_any_way_out(self):
        for keys in (["Escape"], ["C-c"], ["C-g"], ["C-o", "q"], ["C-o", "Escape"], ["C-o", "C-c"], ["C-o", "Q"],
                     ["C-o", "l", "q", "q"]):
            with self.subTest(keys=keys):
                view = self.pick()
                self.press(view, *keys)
                self.ended(view, 130)

    def test_several_are_marked_and_printed_in_the_order_shown(self):
        view = self.pick("--multi", "cli")
        view.wait_for("Tab mark")
        self.press(view, "Tab", "Down", "Tab")
        view.wait_for("2 marked")
        self.press(view, "Enter")
        self.ended(view, 0, BMM, BAT)
        view = self.pick("--multi", "cli")
        self.press(view, "C-o", "*", "Enter")
        self.ended(view, 0, BMM, BUKU, BAT)
        view = self.pick("--multi", "buku")
        self.press(view, "Enter")
        self.ended(view, 0, BUKU)

    def test_without_multi_there_are_no_marks(self):
        view = self.pick()
        self.press(view, "C-o", "Space")
        view.wait_for("Only one is chosen here")
        self.press(view, "*", "v", "j", "Enter")
        self.ended(view, 0, BUKU)

    def test_forms_are_those_of_the_other_commands(self):
        view = self.pick("--format", "{id}\\t{title}", "buku")
        self.press(view, "Enter")
        self.ended(view, 0, "2\tjarun/buku")
        view = self.pick("--json", "buku")
        self.press(view, "Enter")
        view.wait_for("ended with 0")
        self.assertEqual(json.loads(self.out.read_text()), self.bookmarks("buku"))
        self.assertIn("{nothing}", self.barky("pick", "--format", "{nothing}", code=2).err)
        self.barky("pick", "--json", "--tsv", code=2)

    def test_nothing_can_be_changed(self):
        before = self.bookmarks()
        view = self.pick(rows=30)
        self.press(view, "C-o", "d", "a", "e", "t", "T", "u", "C-r", "I", "X", "r", "m", "E", ".", ":", "C-z", "R", "M", "o")
        self.press(view, "l", "d", "a", "e", "t", "T", "u", "E", ":", "Escape")
        view.paste("https://new.example/\n")
        view.wait_for("^ /https://new.example/")
        self.press(view, "Escape")
        self.ended(view, 130)
        self.assertEqual(self.bookmarks(), before)

    def test_help_tells_its_own_keys(self):
        view = self.pick(columns=120, rows=40)
        self.press(view, "C-o", "?")
        view.wait_for("Enter +choose it")
        view.wait_for("Esc C-c C-g +choose nothing and leave")
        self.assertNotIn("delete", view.text())
        self.press(view, "q", "Escape")
        self.ended(view, 130)

    def test_signals_end_it_without_a_choice(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            with self.subTest(signal=number):
                view = self.pick(script='sh -c \'echo $$ >pid; exec "$@"\' sh "$@" >out; echo "ended with $?"')
                pid = int(until(lambda: (self.home / "pid").exists() and (self.home / "pid").read_text().strip()))
                os.kill(pid, number)
                self.ended(view, 128 + number)
                (self.home / "pid").unlink()

    def test_without_a_terminal_it_says_so(self):
        ran = self.barky("pick", code=2)  # in a session of its own, which has none
        self.assertEqual(ran.out, "")
        self.assertRegex(ran.err, r"^barky: pick: needs a terminal, and there is none \(/dev/tty: .*\); use 'barky list'\n$")

    def test_a_query_that_cannot_be_read_is_refused_at_once(self):
        self.assertEqual(len(self.barky("pick", "/(/", code=2).err.splitlines()), 3)

    def test_a_library_that_cannot_be_used_is_named(self):
        self.library.write_text("not a library\n" * 100)
        view = self.pick(ready=None, script='"$@" >out 2>err; echo "ended with $?"')
        self.ended(view, 6)
        self.assertTrue((self.home / "err").read_text().startswith("barky: pick: "))

    def test_an_empty_library_and_no_match_have_nothing_to_choose(self):
        view = self.pick("nothing-like-this")
        view.wait_for("Nothing matches")
        self.press(view, "Enter")
        view.wait_for("nothing to choose")
        self.press(view, "Escape")
        self.ended(view, 130)
        view = self.pick(env={"BARKY_DB": str(self.home / "empty.db")})
        self.press(view, "Enter")
        view.wait_for("nothing to choose")
        self.press(view, "Escape")
        self.ended(view, 130)

    def test_a_small_terminal_is_enough(self):
        view = self.pick("--multi", columns=20, rows=5, ready="dhth/bmm")
        view.type("buku")
        self.press(view, "Enter")
        self.ended(view, 0, BUKU)

    def test_a_closed_pipe_is_no_error(self):
        view = self.pick(script='{ "$@"; echo $? >code; } | true; echo "ended with $(cat code)"')
        self.press(view, "Enter")
        view.wait_for("ended with 0")


class ExamplesTest(ScreenTest):
    """What stands in doc/pick.md."""

    def examples(self, language):
        text = (TOP / "doc" / "pick.md").read_text()
        found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        self.assertTrue(found, language)
        return found

    def test_shells_can_read_theirs(self):
        for shell, options in (("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])):
            for number, text in enumerate(self.examples(shell)):
                with self.subTest(shell=shell, number=number):
                    if not shutil.which(shell):
                        self.skipTest(f"{shell} is not installed")
                    ran = subprocess.run([shell, *options, "/dev/stdin"], input=text, capture_output=True, text=True,
                                         env=self.environment, cwd=self.home, timeout=PATIENCE)
                    self.assertEqual((ran.returncode, ran.stderr), (0, ""))

    @unittest.skipUnless(shutil.which("tmux"), "tmux is not installed")
    def test_popups_of_tmux_give_the_address_to_its_buffer_and_to_the_browser(self):
        (self.bin / "barky").symlink_to(BARKY)
        self.fill()
        opened = self.fake("fake-browser")
        (self.home / "tmux.conf").write_text("set -g status off\nset -s escape-time 0\n" + self.examples("tmux")[0])
        tmux = ["tmux", "-u", "-S", str(self.home / "socket"), "-f", str(self.home / "tmux.conf")]
        run = functools.partial(subprocess.run, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        self.addCleanup(run, [*tmux, "kill-server"])
        view = self.screen(100, 30, command=[*tmux, "new-session", "cat"], ready=None,
                           env={"SHELL": "/bin/sh", "BROWSER": "fake-browser", "DISPLAY": ":7"})
        until(lambda: run([*tmux, "list-clients"]).stdout, what="tmux")
        for key in "BO":
            view.wait_still()  # what is typed while a client takes the terminal over is lost
            view.keys("C-b", key)
            view.wait_for("barky pick")
            view.type("buku")
            view.wait_for("1 match buku")
            self.press(view, "Enter")
            view.wait_gone("barky pick")
        self.assertEqual(run([*tmux, "show-buffer"]).stdout, BUKU)
        until(lambda: opened.exists() and BUKU in opened.read_text(), what="the browser")

    def shell(self, command):
        (self.bin / "barky").symlink_to(BARKY)
        self.fill()
        view = self.screen(command=command, ready=r"[%$>#] ?$", env={"PS1": "$ "})
        view.type("echo ")
        self.press(view, "C-x", "C-b")
        view.wait_for("barky pick")
        view.wait_for("dhth/bmm")
        self.press(view, "Tab", "Tab", "Enter")
        view.wait_gone("barky pick")
        view.type("\r")
        view.wait_for(rf"^{BMM} {BUKU}$")

    def test_bash_gets_addresses_on_its_line(self):
        (self.home / "rc").write_text("".join(self.examples("bash")[-1:]))
        self.shell(["bash", "--noprofile", "--rcfile", "rc", "-i"])

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh_gets_addresses_on_its_line(self):
        (self.home / ".zshrc").write_text("PS1='$ '\n" + self.examples("zsh")[0])
        self.shell(["zsh", "-i"])

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_gets_addresses_on_its_line(self):
        folder = self.home / "config" / "fish"
        folder.mkdir(parents=True)
        for kept in ("data", "cache"):  # else its first start reads every manual of this machine
            (self.home / kept / "fish" / "generated_completions").mkdir(parents=True)
        (folder / "config.fish").write_text("set fish_greeting\nfunction fish_prompt; echo '$ '; end\n" + self.examples("fish")[0])
        self.shell(["fish", "-i"])

    @unittest.skipUnless(shutil.which("vim"), "vim is not installed")
    def test_vim_gets_a_link(self):
        (self.bin / "barky").symlink_to(BARKY)
        self.fill()
        (self.home / "rc").write_text("set nocompatible\n" + self.examples("vim")[0])
        view = self.screen(command=["vim", "-N", "-u", "rc", "-n", "-i", "NONE"], ready="VIM|~")
        view.type("\\b")
        view.wait_for("barky pick")
        view.type("buku")
        view.wait_for("1 match")
        self.press(view, "Enter")
        view.wait_for(r"^\[jarun/buku\]\(https://github.com/jarun/buku\)$")
        view.type(":q!\r")
        view.exit_code()


if __name__ == "__main__":
    unittest.main()
