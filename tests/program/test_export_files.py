"""Files on their way out: read by other programs' parsers, and come back whole into an empty library."""

import csv
import html.parser
import json
import os
import stat
import threading
import unittest

from harness import PATIENCE, BarkyTest, mode

HOSTILE = [
    ("https://a.example/?a=1&b=2#x", "<script>alert('x')</script> & \"quotes\"", "line one\nline <b>two</b>\n\n  three", "c,free software"),
    ("https://b.example/(x)[y]", "=1+1", "@SUM(A1)", "'quoted,=formula"),
    ("https://c.example/", "עברית \u202e 日本語 👩\u200d👩\u200d👧 e\u0301", "\u2028 \x1b[31mred\x07 \x85", "日本,a`b,[x]"),
    ("javascript:alert(\"<&>\")", "]] [[x]] `code` *b* \\", "-->\n]]>\n</DD><DT><A HREF=\"https://no.example/\">", "one tag"),
    ("https://d.example/", "", "", ""),
    ("https://e.example/a b\"c", "'=x", "''-y", "+1,-2,@3"),
    ("https://f.example/\\x|y", "&amp; &#39; &lt;", "{\"a\": \"\\u0000\"}", "a,B,c"),
]

FIELDS = ("url", "title", "notes", "tags", "date_added", "date_modified", "source", "unstarred")


class Links(html.parser.HTMLParser):
    """What a browser's parser sees of a bookmark file: address, attributes and title of each link."""

    def __init__(self, text):
        super().__init__()
        self.links, self.inside = [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.links.append([dict(attributes), ""])
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "a"

    def handle_data(self, data):
        if self.inside:
            self.links[-1][1] += data


class ExportTest(BarkyTest):
    def setUp(self):
        super().setUp()
        for number, (url, title, notes, tags) in enumerate(HOSTILE):
            self.add(url, "--title", title, "--notes", notes, "--tags", tags)
        self.sql("UPDATE bookmarks SET added = 1000000000 + id * 86400, modified = 1500000000 + id * 3600")
        self.mine = self.bookmarks()

    def export(self, name, *options, code=0):
        path = self.home / name
        self.barky("export", "--output", path, *options, code=code)
        return path

    def read_back(self, path):
        other = self.home / "other.db"
        summary = self.barky("--db", other, "import", path, "--json").json()
        self.assertEqual((summary["added"], summary["skipped"]), (len(HOSTILE), 0))
        return self.barky("--db", other, "list", "--json").json()

    def fields(self, bookmarks, names=FIELDS):
        return [tuple(str(bookmark[name]) for name in names) for bookmark in bookmarks]


class RoundTripTest(ExportTest):
    def test_json_jsonl_and_csv_bring_everything_back(self):
        for name in ("b.json", "b.jsonl", "b.csv"):
            with self.subTest(name):
                self.assertEqual(self.fields(self.read_back(self.export(name))), self.fields(self.mine))
                (self.home / "other.db").unlink()

    def test_netscape_brings_back_what_html_can_hold(self):
        names = FIELDS[:6]
        without = [{name: value.translate(dict.fromkeys(set(range(32)) - {9, 10, 13})) if isinstance(value, str) else value
                    for name, value in bookmark.items()} for bookmark in self.mine]
        self.assertEqual(self.fields(self.read_back(self.export("b.html")), names), self.fields(without, names))

    def test_markdown_and_org_bring_back_address_title_and_tags(self):
        for name in ("b.md", "b.org"):
            with self.subTest(name):
                back = {b["url"]: (b["title"], b["tags"]) for b in self.read_back(self.export(name))}
                self.assertEqual(back, {b["url"]: (b["title"], b["tags"]) for b in self.mine})
                (self.home / "other.db").unlink()

    def test_urls_bring_back_addresses(self):
        self.assertEqual({b["url"] for b in self.read_back(self.export("b.txt"))}, {b["url"] for b in self.mine})


class OthersReadItTest(ExportTest):
    def test_json_is_what_list_prints(self):
        self.assertEqual(json.loads(self.export("b.json").read_text()), self.mine)
        self.assertEqual([json.loads(line) for line in self.export("b.jsonl").read_text().splitlines()], self.mine)
        self.assert_printable(self.export("b.json").read_text())

    def test_csv_is_read_by_a_library_and_harmless_in_a_spreadsheet(self):
        with open(self.export("b.csv"), newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["id", *FIELDS])
        for row, bookmark in zip(rows, self.mine):
            for name, cell in row.items():
                self.assertFalse(cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell)
            self.assertEqual(row["url"], bookmark["url"])
            for name in ("title", "notes"):
                guarded = row[name].startswith("'") and row[name].lstrip("'")[:1] in tuple("=+-@")
                self.assertEqual(row[name][1:] if guarded else row[name], bookmark[name])

    def test_a_browser_sees_every_bookmark_and_nothing_more(self):
        text = self.export("b.html").read_text()
        self.assertTrue(text.startswith("<!DOCTYPE NETSCAPE-Bookmark-file-1>"))
        links = Links(text).links
        self.assertEqual([attributes["href"] for attributes, _ in links], [b["url"] for b in self.mine])
        self.assertEqual([title for _, title in links], [b["title"] for b in self.mine])
        self.assertEqual([int(attributes["add_date"]) for attributes, _ in links],
                         [1000000000 + b["id"] * 86400 for b in self.mine])


class FileTest(ExportTest):
    def test_of_a_query_and_of_nothing(self):
        self.assertEqual(len(json.loads(self.export("b.json", "site:a.example").read_text())), 1)
        for name, empty in (("n.json", "[]\n"), ("n.jsonl", ""), ("n.md", ""), ("n.org", ""), ("n.txt", "")):
            self.assertEqual(self.export(name, "nothing-has-this").read_text(), empty)

    def test_it_goes_to_standard_output_without_a_name(self):
        self.assertEqual(self.barky("export", "--format", "json").json(), self.mine)
        self.assertEqual(self.barky("export", "--format", "json", "--output", "-").json(), self.mine)

    def test_it_replaces_a_file_whole_or_not_at_all(self):
        path = self.home / "b.json"
        path.write_text("what was there")
        self.export("b.json")
        self.assertEqual(len(json.loads(path.read_text())), len(HOSTILE))
        self.assertEqual(mode(path), 0o600)
        path.write_text("what was there")
        self.barky("export", "--output", path, "/(/", code=2)
        self.assertEqual(path.read_text(), "what was there")
        self.assertEqual([name for name in os.listdir(self.home) if name.startswith("b.json")], ["b.json"])

    def test_a_link_is_followed_and_stays_one(self):
        real, link, far = self.home / "real.json", self.home / "link.json", self.home / "far.json"
        real.write_text("what was there")
        link.symlink_to("real.json")
        far.symlink_to(link)
        self.barky("export", "--output", far)
        self.assertEqual(json.loads(real.read_text()), self.mine)
        self.assertTrue(link.is_symlink() and far.is_symlink())
        dangling = self.home / "dangling.json"
        dangling.symlink_to(self.home / "new.json")
        self.barky("export", "--output", dangling)
        self.assertEqual(json.loads((self.home / "new.json").read_text()), self.mine)
        self.assertTrue(dangling.is_symlink())

    def test_what_is_no_file_is_written_into(self):
        fifo = self.home / "fifo.json"
        os.mkfifo(fifo)
        read = []
        reader = threading.Thread(target=lambda: read.append(fifo.read_text()), daemon=True)
        reader.start()
        ran = self.barky("export", "--output", fifo)
        reader.join(PATIENCE)
        self.assertEqual(json.loads(read[0]), self.mine)
        self.assertEqual(ran.out, "")
        self.assertTrue(stat.S_ISFIFO(os.stat(fifo).st_mode))
        for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            self.assertEqual(self.barky("export", "--format", "json", "--output", name).json(), self.mine)
        self.barky("export", "--format", "json", "--output", "/dev/null")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        out = os.pipe()
        with open(out[1], "wb") as pipe:
            self.barky("export", "--format", "json", "--output", "/dev/stdout", stdout=pipe)
        with open(out[0]) as pipe:
            self.assertEqual(json.loads(pipe.read()), self.mine)

    def test_what_cannot_be_written_is_said(self):
        for place in (self.home / "no" / "folder" / "b.json", self.home):
            ran = self.barky("export", "--format", "json", "--output", place, code=1)
            self.assertEqual(len(ran.err.splitlines()), 1, ran.err)
        self.assertIn("No space left", self.barky("export", "--format", "json", "--output", "/dev/full", code=None).err)
        with open("/dev/full", "wb") as full:
            ran = self.barky("export", "--format", "json", stdout=full, code=None)
        self.assertNotEqual(ran.code, 0)
        self.assertIn("No space left", ran.err)

    def test_a_format_that_can_only_be_read_is_refused(self):
        self.barky("export", "--format", "firefox", code=(1, 2))
        self.barky("export", "--format", "nonsense", code=(1, 2))


if __name__ == "__main__":
    unittest.main()
