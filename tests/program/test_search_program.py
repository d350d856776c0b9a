#!/usr/bin/env python3
"""Searching from outside: what is found, in which order, and what it costs to start."""

import json
import random
import unicodedata
import unittest

from harness import BarkyTest

ROWS = [
    # url, title, notes, tags
    ("https://github.com/tmux/tmux", "tmux/tmux", "terminal multiplexer, in C", ["c", "terminal"]),
    ("https://www.rust-lang.org/", "Rust", "A language empowering everyone", ["rust", "language"]),
    ("https://example.org/Ångström", "Ångström & Straße", "ﬁne ＡＢＣ", ["café"]),
    ("https://docs.example.org:8080/c++?x=100%25", "C++ (reference)", "50% \"quoted\" it's", []),
    ("http://example.com/a_b", "数据库 教程", "line\nbreak\tand tab", ["old", "C++"]),
    ("https://example.com/or", "this OR that", "NOT and AND", ["a b", "web"]),
    ("https://sub.github.com/x", "", "no title; $HOME `id` <b> [x] {y} \\ | ~ ^ *", ["web"]),
    ("https://rustacean.net/", "Crust and rusty nails", "trust", ["metal"]),
    ("https://lodz.example/", "Łódź, œuvre, Ærø", "ışık Þór --force đak", ["ħŧĸ"]),
]

PIECES = (list("%_'\"\\*?[](){}^$.|+-/:;`~#&<>!@=, ") +
          ["rust", "a", "b", "c++", "OR", "AND", "NOT", "title:", "tag:", "#", "100%", "é", "数", "--", "/*", "web"])


def fold(text):
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    for letter, typed in zip("łđðøħŧıĸæœþ", "l d d o h t i k ae oe th".split()):
        folded = folded.replace(letter, typed)
    return "".join(c for c in folded if not unicodedata.category(c).startswith("M"))


class SearchTest(BarkyTest):
    def setUp(self):
        super().setUp()
        lines = "".join(json.dumps({"url": url, "title": title, "notes": notes, "tags": tags,
                                    "date_added": f"2024-01-{day:02}T00:00:00Z"}) + "\n"
                        for day, (url, title, notes, tags) in enumerate(ROWS, 1))
        self.barky("import", "-", "--format", "jsonl", input=lines)

    def found(self, *query, code=(0, 3)):
        return [row["url"] for row in self.barky("search", "--json", "--", *query, code=code).json()]

    def numbers(self, *query):
        urls = [row[0] for row in ROWS]
        return [urls.index(url) for url in self.found(*query)]

    def test_the_best_come_first_and_the_newer_of_equals(self):
        self.assertEqual(self.numbers("rust"), [7, 1])
        self.assertEqual(self.numbers("web"), [6, 5])
        self.assertEqual(self.numbers("example.org"), [3, 2])
        self.assertEqual(self.numbers("terminal"), [0])

    def test_the_language(self):
        for query, expected in {
            "angstrom": [2], "STRASSE": [2], "fine abc": [2], "#cafe": [2], "数据": [4], "-e": [],
            "tag:c": [0], "#c*": [4, 2, 0], "#\"a b\"": [5], "site:github.com": [6, 0], "is:untagged": [3],
            "\"this or\"": [5], "this OR tmux": [5, 0], "NOT example NOT rust": [6, 0],
            "(tmux OR rust) -trust": [1, 0], "~tmx": [0, 3, 6], "/^C\\+\\+/": [3], "/(?i)^CRUST/": [7],
            "lodz": [8], "OEUVRE": [8], "aero": [8], "isik": [8], "thor": [8], "#htk": [8], "Łódz dak": [8],
            "--force": [8], "metal -(rust OR x)": [], "-(a)": [6], "web -(this OR tmux)": [6],
            "-(example OR rust) -(lodz)": [0, 6], "added:2024-01-03": [2], "added:>=2024-01-07": [8, 7, 6], "added:..2024-01-02": [1, 0],
            "title:rust": [7, 1], "url:rust -title:nails": [1], "notes:trust": [7], "source:file": None,
            "a OR": [1, 2, 3, 5, 8], "c++": [3, 4], "50%": [3], "(": [3], "\"\"": [], "title:": [], "is:nothing": [],
        }.items():
            with self.subTest(query):
                numbers = self.numbers(query)
                if expected is None:
                    self.assertEqual(len(numbers), len(ROWS))
                else:
                    self.assertEqual(sorted(numbers), sorted(expected))

    def test_a_query_of_one_word_finds_what_folding_says(self):
        rng = random.Random(5)
        for _ in range(120):
            word = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 2))).strip()
            if not word or any(c in word for c in "\" ~#-/:()") or word in ("OR", "AND", "NOT"):
                continue
            expected = [i for i, row in enumerate(ROWS)
                        if any(fold(word) in fold(text) for text in (*row[:3], *row[3]))]
            with self.subTest(word):
                self.assertEqual(sorted(self.numbers(word)), expected)

    def test_any_text_is_a_query(self):
        rng = random.Random(6)
        for _ in range(150):
            text = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 8)))
            ran = self.barky("search", "--json", "--", text, code=None)
            with self.subTest(text):
                self.assertIn(ran.code, (0, 2, 3), ran)
                if ran.code == 2:
                    self.assertIn("/", text)
                    self.assertEqual(len(ran.err.splitlines()), 3)

    def test_list_and_search_find_the_same(self):
        for query in ("rust", "-web", "a OR b", "#c*", "~ex"):
            listed = {row["id"] for row in self.barky("list", "--json", "--", query).json()}
            found = {row["id"] for row in self.barky("search", "--json", "--", query).json()}
            self.assertEqual(listed, found)


class StartTest(BarkyTest):
    def libraries(self, *arguments):
        ran = self.barky(*arguments, env={"LD_DEBUG": "files"}, code=None)
        return {line.split("file=")[1].split()[0] for line in ran.err.splitlines() if "file=" in line}

    def test_what_does_not_fetch_or_read_html_does_without_its_libraries(self):
        self.add("https://example.org/")
        for arguments in (("list",), ("search", "example"), ("tags",), ("show", "1"),
                          ("add", "--offline", "https://example.com/")):
            loaded = self.libraries(*arguments)
            self.assertTrue(any("sqlite" in name for name in loaded), loaded)
            heavy = [name for name in loaded if any(part in name for part in ("curl", "xml2", "ssl", "icu"))]
            self.assertEqual(heavy, [], arguments)


if __name__ == "__main__":
    unittest.main()
