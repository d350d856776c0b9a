"""Two and more barkys on one library at once: nothing is lost, nobody is told of a lock, and each can take
back its own change without touching the other's."""

import json
import os
import threading
import time
import unittest

from harness import BARKY, PATIENCE, BarkyTest, until
from fake_forge import Forge, stars
from terminal import Terminal

WRITERS = int(os.environ.get("WRITERS", "3"))
CHANGES = int(os.environ.get("WRITER_CHANGES", "60"))


def but_for_waiting(err):
    """Standard error without the note that a lock was waited for: on a busy machine it may take a second."""
    return b"".join(line for line in err.splitlines(True) if b"waiting for another program" not in line)


class HeadlessTest(BarkyTest):
    def test_nothing_is_lost_among_many_writers(self):
        writers, each = 4, 60
        self.add("https://example.org/first")
        processes = []
        for writer in range(writers):
            process = self.start("bus", stdin=-1)
            process.stdin.write("".join(
                json.dumps({"command": "add_bookmarks", "bookmarks": [{"url": f"https://example.org/{writer}/{number}"}]}) + "\n"
                for number in range(each)).encode())
            process.stdin.close()
            process.stdin = None
            processes.append(process)
        for process in processes:
            out, err = process.communicate(timeout=PATIENCE)
            self.assertEqual((process.returncode, but_for_waiting(err)), (0, b""))
            self.assertEqual(len(out.splitlines()), each)
        urls = self.urls()
        self.assertEqual(len(urls), writers * each + 1)
        self.assertEqual(len(set(urls)), len(urls))
        ids = [bookmark["id"] for bookmark in self.bookmarks()]
        self.assertEqual(len(set(ids)), len(ids))
        self.assert_sound()

    def test_starting_at_once_on_no_library_makes_one(self):
        processes = [self.start("add", "--offline", f"https://example.org/{n}") for n in range(6)]
        for process in processes:
            out, err = process.communicate(timeout=PATIENCE)
            self.assertEqual((process.returncode, but_for_waiting(err)), (0, b""), out)
        self.assertEqual(len(self.urls()), 6)
        self.assert_sound()

    def test_the_same_address_from_two_sides_is_there_once(self):
        self.add("https://example.org/first")
        for number in range(5):
            pair = [self.start("add", "--offline", f"https://example.org/{number}") for _ in range(2)]
            for process in pair:
                process.communicate(timeout=PATIENCE)
            self.assertEqual(sorted(process.returncode for process in pair), [0, 1])
        self.assertEqual(len(self.urls()), 6)


class ScreenTest(BarkyTest):
    def open(self):
        terminal = Terminal([BARKY], columns=100, rows=24, environment=self.environment)
        self.addCleanup(terminal.close)
        return terminal

    def test_the_screen_shows_what_another_program_did(self):
        self.add("https://example.org/a", "--title", "Alpha")
        screen = self.open()
        screen.wait_for("Alpha")
        number = self.add("https://example.org/b", "--title", "Bravo", "--tags", "new")
        screen.wait_for("Bravo")
        self.barky("edit", number, "--title", "Brave new")
        screen.wait_for("Brave new")
        self.barky("delete", number)
        screen.wait_gone("Brave new")
        self.barky("undo")
        screen.wait_for("Brave new")
        screen.keys("q")
        self.assertEqual(screen.exit_code(), 0)
        self.assertEqual(screen.left_behind(), [])

    def test_what_the_screen_did_is_in_the_library(self):
        self.add("https://example.org/a", "--title", "Alpha")
        screen = self.open()
        screen.wait_for("Alpha")
        screen.keys("d")
        screen.wait_for("Deleted")
        self.assertEqual(self.bookmarks(), [])
        screen.keys("u")
        screen.wait_for("Alpha")
        self.wait_for_urls(["https://example.org/a"])
        screen.keys("q")
        self.assertEqual(screen.exit_code(), 0)

    def test_two_screens_agree(self):
        self.add("https://example.org/a", "--title", "Alpha")
        self.add("https://example.org/b", "--title", "Bravo")
        one, other = self.open(), self.open()
        one.wait_for("Bravo")
        other.wait_for("Bravo")
        one.keys("d")
        other.wait_gone("^.{0,20}Bravo")
        other.keys("u")
        one.wait_for("^.{0,20}Bravo")
        for screen in (one, other):
            screen.keys("Q")
            self.assertEqual(screen.exit_code(), 0)
        self.assertEqual(len(self.urls()), 2)
        self.assert_sound()

    def wait_for_urls(self, urls):
        until(lambda: self.urls() == urls, 10, "the library to agree")


class CrowdTest(BarkyTest):
    """Writers, a screen that shows it all, and an import of stars, on one library."""

    def write(self, writer, waits, errors):
        """Each change is acknowledged before the next is asked for; the longest wait is kept."""
        process = self.start("bus", stdin=-1)
        longest = 0.0
        for number in range(CHANGES):
            begun = time.monotonic()
            process.stdin.write(json.dumps({"command": "add_bookmarks", "bookmarks": [
                {"url": f"https://example.org/{writer}/{number}", "tags": [f"w{writer}"]}]}).encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            longest = max(longest, time.monotonic() - begun)
            if b'"status": "ok"' not in answer:
                errors.append(answer)
                break
        process.stdin.close()
        process.stdin = None
        waits.append(longest)
        if process.wait(PATIENCE):
            errors.append(process.stderr.read())

    def test_nothing_is_lost_in_a_crowd(self):
        self.add("https://example.org/first", "--title", "First")
        screen = Terminal([BARKY], columns=100, rows=24, environment=self.environment)
        self.addCleanup(screen.close)
        screen.wait_for("First")
        waits, errors = [], []
        with Forge(stars(400)) as forge:
            importing = self.start("import", "github", "octocat", "--json", "--quiet", env={"BARKY_GITHUB_API": forge.url})
            threads = [threading.Thread(target=self.write, args=(writer, waits, errors)) for writer in range(WRITERS)]
            for thread in threads:
                thread.start()
            screen.keys("j", "T")
            screen.type("+seen\r")
            for thread in threads:
                thread.join()
            out, _ = importing.communicate(timeout=PATIENCE * 5)
        self.assertEqual(errors, [])
        self.assertEqual(importing.returncode, 0)
        self.assertEqual(json.loads(out)["added"], 400)
        screen.wait_for(f"{1 + WRITERS * CHANGES + 400:,} bookmarks".replace(",", ".?"))
        screen.keys("Q")
        self.assertEqual(screen.exit_code(), 0)
        urls = self.urls()
        self.assertEqual(len(urls), 1 + WRITERS * CHANGES + 400)
        self.assertEqual(len(set(urls)), len(urls))
        self.assertEqual(len(self.bookmarks("#seen")), 1)
        self.assert_sound()
        print(f"{WRITERS} writers of {CHANGES}, the longest wait {max(waits):.3f} s")


if __name__ == "__main__":
    unittest.main()
