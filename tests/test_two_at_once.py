"""Two and more barkys on one library at once: nothing is lost, nobody is told of a lock, and each can take
back its own change without touching the other's."""

import json
import unittest

from harness import BarkyTest


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
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, err), (0, b""))
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
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, err), (0, b""), out)
        self.assertEqual(len(self.urls()), 6)
        self.assert_sound()

    def test_the_same_address_from_two_sides_is_there_once(self):
        self.add("https://example.org/first")
        for number in range(5):
            pair = [self.start("add", "--offline", f"https://example.org/{number}") for _ in range(2)]
            for process in pair:
                process.communicate(timeout=60)
            self.assertEqual(sorted(process.returncode for process in pair), [0, 1])
        self.assertEqual(len(self.urls()), 6)


if __name__ == "__main__":
    unittest.main()
