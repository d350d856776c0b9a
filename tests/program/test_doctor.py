#!/usr/bin/env python3
"""What doctor finds, and that it finds nothing where nothing is."""

import os
import unittest

from harness import BarkyTest


class DoctorTest(BarkyTest):
    def doctor(self, *arguments, **options):
        ran = self.barky("doctor", *arguments, **options)
        self.assert_printable(ran.out)
        self.assertEqual(ran.err, "")
        return ran.out

    def test_a_healthy_set_up_is_fine(self):
        self.add("https://a.org")
        out = self.doctor()
        self.assertIn("1 bookmarks", out)
        self.assertNotIn("wrong", out)
        self.assertIn("fine   library        the file is sound", out)

    def test_where_there_is_no_library_it_makes_none(self):
        self.doctor()
        self.assertFalse(self.library.exists())

    def test_what_cannot_be_used_is_said_and_the_rest_is_looked_at_too(self):
        self.add("https://a.org")
        self.library.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
        out = self.doctor(code=6)
        self.assertIn("wrong  library", out)
        self.assertIn("editor", out)

    def test_an_address_under_another_s_name_is_found(self):
        self.add("https://a.org/x")
        self.sql("update bookmarks set address = 'https://b.org/'")
        self.assertIn("bookmark 1", self.doctor(code=1))

    def test_a_library_that_others_can_read_is_told_of(self):
        self.add("https://a.org")
        os.chmod(self.library, 0o644)
        self.assertIn("chmod 600", self.doctor(code=1))

    def test_what_is_no_file_is_not_to_be_given_another_mode(self):
        folder = self.home / "folder"
        (folder / "inner").mkdir(parents=True)
        for path in (folder, "/dev/null"):
            out = self.barky("--db", path, "doctor", code=6).out
            self.assertNotIn("chmod", out)
            self.assertNotIn("hard links", out)

    def test_a_mistake_in_the_configuration_is_told_of(self):
        config = self.home / "config" / "barky" / "config"
        config.parent.mkdir(parents=True)
        config.write_text("nonsense = \x1b[2J\n")
        self.assertIn("config:1", self.doctor(code=1))
        self.doctor("--config", self.home / "none", code=1)

    def test_what_only_the_screen_can_judge_is_told_of_too(self):
        config = self.home / "config" / "barky" / "config"
        config.parent.mkdir(parents=True)
        for number, line in enumerate(("theme = nosuch", "[keys]\nfrobnicate = x", "[keys]\nopen = Frob", "[styles]\nnosuch = bold",
                                       "[styles]\ntag = frob")):
            with self.subTest(line=line):
                config.write_text(line + "\n")
                out = self.doctor(code=1)
                self.assertIn(f"wrong  configuration  {config}:{2 if number else 1}: ", out)
                self.assertNotIn("fine   configuration", out)


if __name__ == "__main__":
    unittest.main()
