"""Files on their way in: the summary, the rules, and what becomes of every kind of bad file."""

import hashlib
import json
import os
import signal
import subprocess
import time
import unittest

from harness import PATIENCE, BarkyTest, until

NETSCAPE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
%s</DL><p>
"""

KEYS = ["source", "user", "status", "pages", "fetched", "added", "updated", "unchanged", "unstarred",
        "skipped", "requests", "seconds", "rate_limit", "error", "file", "format"]


def waits_for_a_pipe(pid):
    """Whether a process sleeps with a handler for SIGINT."""
    said = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status", encoding="utf-8"))
    return said["State"].strip().startswith("S") and int(said["SigCgt"], 16) >> (signal.SIGINT - 1) & 1


class ImportTest(BarkyTest):
    def write(self, name, content):
        path = self.home / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take_in(self, path, *options, code=0, **more):
        """Imports a file and gives its summary."""
        ran = self.barky("import", path, "--json", *options, code=code, **more)
        summary = ran.json()
        summary["err"] = ran.err
        return summary

    def counts(self, summary):
        return tuple(summary[key] for key in ("fetched", "added", "updated", "unchanged", "skipped"))

    def digest(self):
        """Of everything that the library says, apart from its own bookkeeping."""
        return hashlib.sha256(self.barky("list", "--json").out_bytes + self.barky("events").out_bytes).digest()


class RecognitionTest(ImportTest):
    def test_json_is_json_however_it_is_laid_out(self):
        row = {"url": "https://a.example/1", "title": "url,title,tags", "notes": "a, b; c", "tags": ["x", "y"]}
        other, long = {**row, "url": "https://a.example/2"}, {**row, "notes": "n, " * 40000}
        tight, line = (",", ":"), json.dumps
        for name, text, formats, count in (
                ("a compact line", line([row, other], separators=tight), ["json"], 2),
                ("one in a compact line", line([row], separators=tight), ["json"], 1),
                ("a long compact line", line([long, other], separators=tight), ["json"], 2),
                ("one a line, in brackets", f"[\n{line(row)},\n{line(other)}\n]\n", ["json"], 2),
                ("indented", line([row, other], indent=2), ["json"], 2),
                ("behind a mark and blank lines", f"\ufeff\n\n {line([row])}\n", ["json"], 1),
                ("lines", f"{line(row)}\n{line(other)}\n", ["jsonl"], 2),
                ("compact lines", f"{line(row, separators=tight)}\r\n{line(other, separators=tight)}", ["jsonl"], 2),
                ("lines, the first one long", f"{line(long)}\n{line(other)}\n", ["jsonl"], 2),
                ("lines behind blank ones", f"\n \n{line(row)}\n{line(other)}\n", ["jsonl"], 2),
                ("one line", line(row), ["json", "jsonl"], 1)):
            with self.subTest(name):
                for path in (self.library, self.library.with_name("barky.db-wal")):
                    path.unlink(missing_ok=True)
                summary = self.take_in(self.write("file", text))
                self.assertIn(summary["format"], formats)
                self.assertEqual((summary["added"], summary["skipped"]), (count, 0))


class SummaryTest(ImportTest):
    def test_it_has_its_keys_in_order_and_its_sums_are_right(self):
        path = self.write("b.html", NETSCAPE % """<DT><A HREF="https://a.example/">A</A>
<DT><A HREF="relative">R</A>
<DT><A HREF="place:sort=8">P</A>
<DT><A HREF="https://b.example/">B</A>
""")
        summary = self.take_in(path)
        err = summary.pop("err")
        self.assertEqual(list(summary), KEYS)
        self.assertEqual(self.counts(summary), (3, 2, 0, 0, 1))
        self.assertEqual(
            [summary[key] for key in ("source", "user", "status", "rate_limit", "error", "file", "format")],
            ["file", None, "complete", None, None, str(path), "netscape"])
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertIn(f"{path}:7:", err)
        self.assertIn("scheme", err)

    def test_several_files_print_an_object_a_line(self):
        one = self.write("one.txt", "https://a.example/\n")
        two = self.write("two.txt", "https://a.example/\nhttps://b.example/\n")
        first, second = self.barky("import", "--json", one, two).jsonl()
        self.assertEqual(self.counts(first), (1, 1, 0, 0, 0))
        self.assertEqual(self.counts(second), (2, 1, 0, 1, 0))

    def test_a_file_that_is_not_there_is_named_and_the_others_are_taken_in(self):
        there = self.write("one.txt", "https://a.example/\n")
        ran = self.barky("import", self.home / "missing", there, code=1)
        self.assertIn("missing", ran.err)
        self.assertEqual(self.urls(), ["https://a.example/"])

    def test_standard_input_is_a_file_too(self):
        for text in ("https://a.example/\n", json.dumps([{"url": "https://b.example/"}])):
            self.barky("import", "-", input=text)
        self.assertEqual(sorted(self.urls()), ["https://a.example/", "https://b.example/"])


class RulesTest(ImportTest):
    def test_a_second_import_changes_nothing(self):
        path = self.write("b.html", NETSCAPE % """<DT><H3>Folder</H3><DL><p>
<DT><A HREF="https://a.example/" ADD_DATE="1700000000" TAGS="x">  A
 title </A>
<DD>
 A note

<DT><A HREF="https://b.example/">No date</A>
</DL><p>
""")
        self.assertEqual(self.counts(self.take_in(path)), (2, 2, 0, 0, 0))
        before = self.digest()
        time.sleep(1.1)
        self.assertEqual(self.counts(self.take_in(path)), (2, 0, 0, 2, 0))
        self.assertEqual(self.digest(), before)
        bookmark = self.bookmarks("url:a.example")[0]
        self.assertEqual(bookmark["title"], "A  title")
        self.assertEqual(bookmark["notes"], "A note")
        self.assertEqual(bookmark["tags"], ["Folder", "x"])
        self.assertEqual(bookmark["date_added"], "2023-11-14T22:13:20Z")
        self.assertEqual(bookmark["source"], "file:netscape")

    def test_what_the_user_has_is_never_replaced(self):
        self.add("https://a.example/x?b=1&a=2", "--title", "Mine", "--tags", "mine")
        path = self.write("b.json", json.dumps([
            {"url": "https://A.example:443/x/?a=2&b=1&utm_source=z", "title": "Theirs", "notes": "Their note",
             "tags": ["theirs", "MINE"], "date_added": "2001-02-03T04:05:06Z"}]))
        self.assertEqual(self.counts(self.take_in(path)), (1, 0, 1, 0, 0))
        (bookmark,) = self.bookmarks()
        self.assertEqual((bookmark["url"], bookmark["title"], bookmark["notes"]),
                         ("https://a.example/x?b=1&a=2", "Mine", "Their note"))
        self.assertEqual(bookmark["tags"], ["mine", "theirs"])
        self.assertEqual(bookmark["date_added"], "2001-02-03T04:05:06Z")
        self.assertEqual(bookmark["source"], "manual")

    def test_a_record_without_a_date_never_makes_a_known_one_earlier(self):
        self.add("https://a.example/")
        before = self.bookmarks()[0]["date_added"]
        self.take_in(self.write("b.json", json.dumps([{"url": "https://a.example/", "date_added": "soon"}])))
        self.assertEqual(self.bookmarks()[0]["date_added"], before)

    def test_one_import_is_one_step_of_undo(self):
        self.add("https://kept.example/")
        self.take_in(self.write("b.txt", "".join(f"https://site{i}.example/\n" for i in range(1500))))
        self.assertEqual(len(self.urls()), 1501)
        self.barky("undo")
        self.assertEqual(self.urls(), ["https://kept.example/"])
        self.barky("redo")
        self.assertEqual(len(self.urls()), 1501)

    def test_a_rehearsal_tells_what_would_happen_and_changes_nothing(self):
        self.add("https://a.example/")
        before = self.digest()
        path = self.write("b.txt", "https://a.example/\nhttps://b.example/\n")
        self.assertEqual(self.counts(self.take_in(path, "--dry-run")), (2, 1, 0, 1, 0))
        self.assertEqual(self.digest(), before)

    def test_tags_are_added_to_each(self):
        self.take_in(self.write("b.txt", "https://a.example/\nhttps://b.example/\n"), "--tags", "new, from file")
        self.assertEqual([bookmark["tags"] for bookmark in self.bookmarks()], [["from file", "new"]] * 2)

    def test_a_bookmark_in_the_trash_is_added_anew(self):
        self.barky("delete", self.add("https://a.example/"))
        self.assertEqual(self.counts(self.take_in(self.write("b.txt", "https://a.example/\n"))), (1, 1, 0, 0, 0))

    def test_any_scheme_is_kept(self):
        urls = ["javascript:alert(1)", "file:///etc/passwd", "ftp://f.example/x", "mailto:a@b.example", "about:blank"]
        self.take_in(self.write("b.txt", "".join(url + "\n" for url in urls)))
        self.assertEqual(sorted(self.urls()), sorted(urls))

    def test_an_interrupted_import_changes_nothing(self):
        self.add("https://kept.example/")
        path = self.write("b.txt", "".join(f"https://site{i}.example/\n" for i in range(400000)))
        process = self.start("import", path, "--json", "--progress", "always")
        os.read(process.stderr.fileno(), 1)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=PATIENCE)
        if process.returncode == 0:
            self.skipTest("the machine is too fast")
        self.assertEqual(process.returncode, 130)
        self.assertEqual(json.loads(out)["status"], "interrupted")
        self.assertEqual(self.urls(), ["https://kept.example/"])


    def test_waiting_for_standard_input_can_be_stopped(self):
        process = self.start("import", "-", "--json", stdin=subprocess.PIPE)
        process.stdin.write(b"https://a.example/\n")
        process.stdin.flush()
        until(lambda: waits_for_a_pipe(process.pid), what="barky to wait for its input")
        process.send_signal(signal.SIGINT)
        out, _ = process.stdout.read(), process.wait(PATIENCE)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(json.loads(out)["status"], "interrupted")
        self.assertEqual(self.urls(), [])


class BadFilesTest(ImportTest):
    """Each is refused whole with one line and exit 1, and nothing is changed."""

    def setUp(self):
        super().setUp()
        self.add("https://kept.example/")
        self.before = self.digest()

    def assert_refused(self, path, *options, words=()):
        summary = self.take_in(path, *options, code=1)
        self.assertEqual(summary["status"], "failed")
        self.assertTrue(summary["error"])
        self.assertEqual(self.digest(), self.before)
        for word in (str(path), *words):
            self.assertIn(word, summary["err"])
        self.assert_printable(summary["err"])
        return summary

    def test_what_no_format_looks_like(self):
        for number, content in enumerate((b"just words\n", b"\x7fELF\x02\x01\x01" + bytes(200), b"%PDF-1.7\n%\xe2\xe3\n",
                                          b"PK\x03\x04" + bytes(100), bytes(1000), b"\x1f\x8b\x08\x00" + bytes(50),
                                          b"<html><body><a href='https://a.example'>a</a></body></html>")):
            with self.subTest(content=content[:20]):
                self.assert_refused(self.write(f"bad{number}", content), words=["--format"])

    def test_what_is_not_what_it_claims_to_be(self):
        words = self.write("words", "just words\n")
        for name in ("netscape", "json", "csv", "firefox", "chrome", "buku", "pinboard", "bark", "github", "barky"):
            with self.subTest(format=name):
                self.assert_refused(words, "--format", name)

    def test_json_that_breaks_off_or_is_not_utf8(self):
        good = '{"url": "https://a.example/"}'
        for number, content in enumerate((f"[{good},", f"[{good}", f"[{good}] x", f"[{good} {good}]", f"[{good},]",
                                          f'[{good}, {{"url": ]', f"[{good}".encode() + b', {"url": "\xff"}]',
                                          '{"children": [' + good)):
            with self.subTest(content=content):
                self.assert_refused(self.write(f"bad{number}.json", content))

    def test_records_of_which_none_can_be_used(self):
        summary = self.assert_refused(self.write("b.json", '[{"title": "a"}, 1]'), words=["none"])
        self.assertEqual(summary["skipped"], 2)
        self.assertEqual(summary["fetched"], 2)

    def test_a_folder_and_a_device(self):
        self.assert_refused(self.home, words=["folder"])
        self.assert_refused("/dev/zero", words=["256 MiB"])

    def test_a_large_file_is_read_as_any_other(self):
        path = self.write("large.jsonl", '{"url": "https://a.example/"}\n')
        with open(path, "r+b") as file:
            file.seek((256 << 20) + 1)
            file.write(b'\n{"url": "https://b.example/"}\n')
        summary = self.barky("import", path, "--json").json()
        self.assertEqual(summary["added"], 2)
        self.assertEqual(summary["skipped"], 1)

    def test_a_file_that_may_not_be_read(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        path = self.write("secret", "https://a.example/\n")
        path.chmod(0)
        self.assert_refused(path)

    def test_a_name_that_would_move_a_terminal(self):
        path = self.home / "a\x1b[31m\nb"
        ran = self.barky("import", path, code=1)
        self.assert_printable(ran.err)
        self.assertEqual(len(ran.err.splitlines()), 1)

    def test_an_empty_file_is_no_failure(self):
        for name, content in (("empty", b""), ("blank", b" \n\n"), ("mark", b"\xef\xbb\xbf")):
            summary = self.take_in(self.write(name, content))
            self.assertEqual(self.counts(summary), (0, 0, 0, 0, 0))
        self.assertEqual(self.counts(self.take_in(self.write("b.html", NETSCAPE % ""))), (0, 0, 0, 0, 0))
        self.assertEqual(self.digest(), self.before)

    def test_an_unknown_format_is_a_mistake_in_the_command_line(self):
        self.barky("import", "--format", "nonsense", self.write("b.txt", "https://a.example/\n"), code=2)


class ListTest(ImportTest):
    LINES = ("https://a.example/ | A | title\n\nb.example Another\n"
             'https://c.example/ "~Of a feed" news "two words"\nsome prose here\n')

    def test_lines_with_titles_are_added_as_they_are_imported(self):
        ran = self.barky("add", "-", "--offline", "--tags", "mine", input=self.LINES, code=1)
        self.assertIn("line 5", ran.err)
        found = {bookmark["url"]: (bookmark["title"], bookmark["tags"]) for bookmark in self.bookmarks()}
        self.assertEqual(found, {"https://a.example/": ("A | title", ["mine"]), "https://b.example": ("Another", ["mine"]),
                                 "https://c.example/": ("Of a feed", ["mine", "news", "two words"])})

    def test_what_no_bookmark_keeps_is_told_once(self):
        path = self.write("r.csv", "url,title,highlights,favorite\nhttps://a.example/,A,x,true\nhttps://b.example/,B,y,false\n")
        ran = self.barky("import", path)
        self.assertEqual(ran.err.splitlines(), [f"{path}: 2 records: highlights not kept",
                                                f"{path}: 1 record: favourite marks not kept"])
        self.assertEqual(self.barky("import", path, "--quiet").err, "")


if __name__ == "__main__":
    unittest.main()
