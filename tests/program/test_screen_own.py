"""What users make the screen their own by: saved searches, commands on keys, the order as it was left."""

import contextlib
import json
import os
import signal
import unittest

from harness import PATIENCE, until
from screen_test import ScreenTest

BMM, BUKU = "https://github.com/dhth/bmm", "https://github.com/jarun/buku"


class OwnTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()
        self.environment["XDG_STATE_HOME"] = str(self.home / "state")
        self.config = self.home / "config" / "barky" / "config"

    def test_a_search_is_saved_and_found_again(self):
        self.configure("# mine\nmouse = off ; no mouse\n\n[keys]\nopen = o Enter\n")
        view = self.screen()
        view.type(":save nothing\r")
        view.wait_for("There is no filter to save")
        view.type("/#cli -rust\r")
        view.wait_for("2 match #cli -rust")
        view.type(":save tools\r")
        view.wait_for('Saved as "tools" in ')
        self.assertEqual(self.config.read_text(),
                         "# mine\nmouse = off ; no mouse\n\n[keys]\nopen = o Enter\n\n[searches]\ntools = #cli -rust\n")
        self.press(view, "Escape", "f")
        view.wait_for("^ tools +#cli -rust$")
        self.press(view, "Enter")
        view.wait_for("2 match #cli -rust")
        self.leave(view)
        view = self.screen()
        view.type(":searches to")
        self.press(view, "Tab", "Enter")
        view.wait_for("2 match #cli -rust")
        view.type(":searches other\r")
        view.wait_for('No search "other" is saved')
        self.leave(view)

    def test_searches_of_the_configuration_are_offered(self):
        self.configure("[searches]\nfirst = #rust\nsecond one = title:buku OR title:bmm\n")
        view = self.screen()
        self.press(view, "f")
        view.wait_for("^ first +#rust$")
        view.wait_for("^ second one +title:buku OR title:bmm$")
        self.press(view, "s", "Enter")
        view.wait_for("2 match title:buku OR title:bmm")
        self.press(view, "f", "Down", "Enter")
        view.wait_for("2 match #rust")
        self.press(view, "f", "Escape")
        view.wait_for("2 match #rust")
        self.leave(view)

    def test_searches_stand_among_the_commands_and_values_are_offered_unasked(self):
        self.configure("[searches]\nsecond one = title:buku OR title:bmm\n")
        view = self.screen()
        view.type(":second")
        view.wait_for("^ searches second one +title:buku OR title:bmm$")
        self.press(view, "Tab", "Enter")
        view.wait_for("2 match title:buku OR title:bmm")
        view.type(":theme ")
        view.wait_for("^ vivid$")
        self.press(view, "Escape", "T")
        view.type("+pyt")
        view.wait_for("^ python +1$")
        self.press(view, "Escape", ":")
        view.type("qzx")
        view.wait_for("No command is called so")
        self.press(view, "Escape")
        self.leave(view)

    def test_a_search_that_no_line_can_hold_is_refused(self):
        view = self.screen()
        view.type("/bmm ; x\r")
        view.type(":save odd\r")
        view.wait_for("Not saved: a line of the configuration cannot hold")
        self.assertFalse(self.config.exists())
        self.leave(view)

    def test_the_order_is_as_it_was_left(self):
        view = self.screen()
        self.press(view, "s", "t", "S")
        view.wait_for("by title, reversed")
        self.leave(view)
        view = self.screen()
        view.wait_for("by title, reversed")
        self.press(view, "/")
        view.type("rust")
        view.wait_for("match rust · best first")
        self.press(view, "Escape", "s", "a", "S")
        view.wait_for("newest first")
        self.leave(view)
        self.screen().wait_for("newest first ")

    def test_a_program_in_the_background_gets_fields(self):
        said = self.fake("tool")
        self.configure("[commands]\nV = & tool --id={id} {url} 'a b' {title}\n")
        view = self.screen()
        self.press(view, "V")
        until(lambda: said.exists() and said.read_text().count("\n") >= 5, what="the program")
        self.assertEqual(said.read_text(), f"4\n--id=1\n{BMM}\na b\ndhth/bmm\n")
        said.unlink()
        self.press(view, "Space", "Space", "V")
        view.wait_for("Started tool")
        until(lambda: said.exists() and said.read_text().count("\n") >= 8, what="the program again")
        self.assertEqual(said.read_text(), f"7\n--id=1\n--id=2\n{BMM}\n{BUKU}\na b\ndhth/bmm\njarun/buku\n")
        self.leave(view)

    def test_a_program_in_the_background_gets_json(self):
        self.fake("tool", f'cat >"{self.home}/got.new"; mv "{self.home}/got.new" "{self.home}/got"')
        self.configure("[commands]\nC-x = & tool\n")
        view = self.screen()
        self.press(view, "j", "C-x")
        until((self.home / "got").exists, what="the program")
        self.assertEqual(json.loads((self.home / "got").read_text()), self.bookmarks("title:buku"))
        self.leave(view)

    def test_a_program_in_the_terminal_is_waited_for(self):
        self.fake("tool", f'echo "asked about $2"; read answer </dev/tty; echo "$answer" >"{self.home}/answer"')
        self.configure("[commands]\nx = tool {id} {title}\n")
        view = self.screen()
        self.press(view, "x")
        view.wait_for("asked about dhth/bmm")
        view.type("fine\r")
        view.wait_for("8 bookmarks")
        self.assertEqual((self.home / "answer").read_text(), "fine\n")
        self.press(view, "l")
        view.wait_for("Details")
        self.press(view, "x")
        view.wait_for("asked about dhth/bmm")
        view.type("\r")
        view.wait_for("Details")
        self.leave(view)

    def test_one_is_found_by_name_and_started_from_the_palette(self):
        said = self.fake("tool")
        self.configure("[commands]\nV = & /no/such/folder/film {url}\nV = & tool {url}\nx = & film {title}\n")
        view = self.screen()
        self.press(view, ":")
        view.wait_for(r"^ run tool +& tool \{url\} +V$")
        view.wait_for(r"^ run film +& film \{title\} +x$")
        view.type("to")
        self.press(view, "Tab")
        view.wait_for("^ :run tool")
        self.press(view, "Enter")
        until(lambda: said.exists() and said.read_text() == f"1\n{BMM}\n", what="the program")
        said.unlink()
        view.type(":run V\r")
        until(said.exists, what="the program by its key")
        view.type(":run ")
        view.wait_for(r"^ film +& film \{title\} +x$")
        self.press(view, "Escape")
        view.type(":run nothing\r")
        view.wait_for('No command of yours is called "nothing"')
        self.leave(view)

    def test_two_of_one_program_are_named_by_their_keys(self):
        said = self.fake("tool")
        self.configure("[commands]\nV = & tool {url}\nW = & tool {id}\n")
        view = self.screen()
        view.type(":tool")
        view.wait_for(r"^ run V +& tool \{url\} +V$")
        self.press(view, "Tab", "Tab")
        view.wait_for("^ :run W")
        self.press(view, "Enter")
        until(lambda: said.exists() and said.read_text() == "1\n1\n", what="the second")
        self.leave(view)

    def test_without_any_the_screen_says_how_to_have_one(self):
        view = self.screen(110)
        view.type(":run\r")
        view.wait_for(r"a line below \[commands\] in the configuration gives it one")
        self.leave(view)

    def test_one_that_fails_says_so(self):
        self.fake("tool", "echo 'no such film' >&2; exit 3")
        self.configure("[commands]\nV = & tool {url}\nx = tool {url}\nX = & not-there {url}\ny = | not-there\n")
        view = self.screen(100)
        self.press(view, "V")
        view.wait_for("tool failed with exit code 3: no such film")
        self.press(view, "j", "x")
        view.wait_for("tool failed with exit code 3")
        self.press(view, "X")
        view.wait_for("cannot start not-there: No such file or directory")
        self.press(view, "j", "y")
        view.wait_for("cannot start not-there: No such file or directory")
        self.leave(view)

    def test_what_is_no_command_is_told_with_its_line(self):
        self.configure("[commands]\nV = sh -c 'echo {title}'\nNoKey = tool\nW = tool {nothing}\nx = \n")
        view = self.screen(140)
        self.press(view, "M")
        for line in (":2: a shell would run what a field holds", ':3: "NoKey" is no key', ":4: there is no field {nothing}",
                     ":5: there is no program to start"):
            view.wait_for(line)
        self.leave(view)

    def test_messages_say_the_true_cause(self):
        view = self.screen(110, env={"BROWSER": "no-such-browser -x"})
        self.press(view, "Enter")
        view.wait_for(r'Not opened, but copied: there is no program "no-such-browser" here: mend \$BROWSER')
        view.type(":theme nothing\r")
        view.wait_for('There is no theme "nothing": there are calm, vivid and plain')
        view.type("/#nothing\r")
        view.wait_for('No bookmark has the tag "nothing".  Esc clears the filter · t lists the tags')
        view.type("/nothing at all\r")
        view.wait_for("Nothing matches")
        self.press(view, "Escape")
        self.leave(view)

    def test_large_numbers_are_written_in_one_way(self):
        self.fill([(f"https://many.example/{n}", f"Many {n}", "", ["many"], 3000 + n) for n in range(1500)])
        view = self.screen(110)
        view.wait_for("1,508 bookmarks")
        view.type("/#many\r")
        view.wait_for("1,500 match")
        self.press(view, "*", "T")
        view.wait_for("Tags of 1,500 bookmarks")
        view.type("more\r")
        view.wait_for(r"Tagged 1,500: \+more.* · u undo")
        self.press(view, "o")
        view.wait_for(r"Open 1,500 bookmarks in the browser\?")
        self.press(view, "n", "d")
        view.wait_for(r"Delete all 1,500\?")
        view.type("1,500\r")
        view.wait_for("Deleted 1,500 bookmarks")
        self.press(view, "u")
        view.wait_for("Undid.* 1,500 bookmarks")
        self.leave(view)

    def test_help_shows_them_and_the_key_means_nothing_else(self):
        self.configure("[commands]\nd = & tool {url}\n")
        said = self.fake("tool")
        view = self.screen(rows=40)
        self.press(view, "?")
        view.wait_for("Your commands")
        view.wait_for(r"^ +d +& tool \{url\}")
        self.press(view, "q", "d")
        until(said.exists, what="the program")
        self.assertEqual(len(self.bookmarks()), 8)
        self.leave(view)

    def test_one_that_still_runs_does_not_hold_the_end(self):
        self.fake("tool", f'echo $$ >"{self.home}/pid.new"; mv "{self.home}/pid.new" "{self.home}/pid"; exec sleep {PATIENCE * 2}')
        self.configure("[commands]\nV = & tool {url}\n")
        view = self.screen()
        self.press(view, "V")
        pid = int(until(lambda: (self.home / "pid").exists() and (self.home / "pid").read_text().strip()))
        self.addCleanup(self.kill, pid)
        self.leave(view)

    @staticmethod
    def kill(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
