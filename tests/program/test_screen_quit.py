"""What was asked for before the screen ended is done, or it is said that it was not."""

import os
import pathlib
import signal
import sqlite3
import unittest

from harness import PATIENCE, until
from screen_test import ScreenTest


class QuitTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()

    def editor(self, text):
        program = self.home / "editor"
        program.write_text("#!/bin/sh\n" + text + "\n")
        program.chmod(0o755)
        return {"EDITOR": str(program), "TMPDIR": str(self.home), "XDG_RUNTIME_DIR": str(self.home)}

    def drafts(self):
        return [path for path in self.home.rglob("bookmark.txt")]

    def lock(self):
        connection = sqlite3.connect(self.library, isolation_level=None, timeout=PATIENCE)
        connection.execute("BEGIN IMMEDIATE")
        self.addCleanup(connection.close)
        return connection

    def test_keys_typed_at_once_are_obeyed_before_the_end(self):
        for end in ("Q", "qq", ":q\r", "\x03\x03"):
            with self.subTest(end=end):
                before = len(self.bookmarks())
                view = self.screen()
                view.type("d" + end)
                self.assertEqual(view.exit_code(), 0)
                self.assertEqual(len(self.bookmarks()), before - 1)
        view = self.screen()
        view.type("T+late\rQ")
        self.assertEqual(view.exit_code(), 0)
        self.assertIn("late", sum((bookmark["tags"] for bookmark in self.bookmarks()), []))

    def test_a_signal_does_not_lose_what_was_asked_for(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                before = len(self.bookmarks())
                lock = self.lock()
                view = self.screen()
                view.type("d")
                view.wait_for("waiting for another program")
                view.signal(number)
                lock.execute("ROLLBACK")
                self.assertEqual(view.exit_code(), 128 + number)
                self.assertEqual(len(self.bookmarks()), before - 1)

    def test_what_a_lock_held_up_is_told_and_is_exit_6(self):
        before = len(self.bookmarks())
        lock = self.lock()
        view = self.screen()
        view.type("dQ")
        self.assertEqual(view.exit_code(), 6)
        self.assertIn("barky: 1 change was not made: ", view.text())
        self.assertEqual(view.left_behind(), [])
        lock.execute("ROLLBACK")
        self.assertEqual(len(self.bookmarks()), before)

    def test_waiting_is_said_on_the_status_line_and_the_list_stays(self):
        lock = self.lock()
        view = self.screen()
        title = self.titles()[-1]
        view.type("d")
        view.wait_for("waiting for another program")
        view.wait_for(title)
        view.type("G")
        view.wait_for("^▌ " + title)
        lock.execute("ROLLBACK")
        view.wait_for("Deleted")
        self.leave(view)

    def test_an_edit_is_kept_though_a_signal_came_while_the_editor_ran(self):
        environment = self.editor("trap '' INT TERM HUP; echo EDITOR-UP; read -r x; sed -i 's/^title: .*/title: Saved/' \"$1\"")
        view = self.screen(env=environment)
        view.keys("E")
        view.wait_for("EDITOR-UP")
        view.signal(signal.SIGTERM)
        view.type("\r")
        self.assertEqual(view.exit_code(), 128 + signal.SIGTERM)
        self.assertIn("Saved", self.titles())
        self.assertEqual(self.drafts(), [])

    def test_an_edit_that_could_not_be_made_is_kept_in_its_file(self):
        environment = self.editor("sed -i 's/^title: .*/title: Saved/' \"$1\"")
        lock = self.lock()
        view = self.screen(columns=200, env=environment)
        view.type("EQ")
        self.assertEqual(view.exit_code(), 6)
        kept = self.drafts()
        self.assertEqual(len(kept), 1)
        self.assertIn("title: Saved", kept[0].read_text())
        self.assertIn(f"your text is kept in {kept[0]}", view.text())
        lock.execute("ROLLBACK")

    def test_an_editor_that_does_not_start_leaves_nothing(self):
        environment = {**self.editor(""), "EDITOR": "no-such-editor"}
        ran = self.barky("edit", str(self.bookmarks()[0]["id"]), code=1, env=environment)
        self.assertNotIn("kept in", ran.err)
        self.assertEqual(self.drafts(), [])
        self.assertEqual([name for name in os.listdir(self.home) if name.startswith("barky-")], [])

    def test_a_text_browser_behind_one_that_is_not_there_gets_the_terminal(self):
        folder = pathlib.Path(self.home) / "programs"
        folder.mkdir()
        for name, text in (("w3m", "echo W3M-UP; read -r x"), ("broken", "exit 1")):
            (folder / name).write_text("#!/bin/sh\n" + text + "\n")
            (folder / name).chmod(0o755)
        for browsers in ("nosuch:w3m", "broken:w3m"):
            with self.subTest(browsers=browsers):
                view = self.screen(env={"BROWSER": browsers, "PATH": f"{folder}:{os.environ['PATH']}"})
                view.keys("o")
                view.wait_for("W3M-UP")
                view.type("\r")
                until(lambda: "W3M-UP" not in view.text(), what="the screen")
                self.leave(view)


if __name__ == "__main__":
    unittest.main()
