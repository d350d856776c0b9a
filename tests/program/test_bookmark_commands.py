#!/usr/bin/env python3
"""The commands that change bookmarks, and those that tell of it: add, edit, delete, undo, trash, tags, events, bus."""

import json
import os
import re
import subprocess
import unittest

from harness import BARKY, PATIENCE, Answer, BarkyTest, Server, mode, until

KEYS = ["id", "url", "title", "notes", "tags", "date_added", "date_modified", "source", "unstarred", "link"]


class AddTest(BarkyTest):
    def test_it_prints_the_id_and_keeps_every_field(self):
        ran = self.barky("add", "Example.org/a", "--title", " T ", "--notes", "one\ntwo", "--tags", "b, A,a,", "--offline")
        self.assertEqual(ran.out, "1\n")
        [bookmark] = self.bookmarks()
        self.assertEqual(list(bookmark), KEYS)
        self.assertEqual(bookmark["url"], "https://Example.org/a")
        self.assertEqual((bookmark["title"], bookmark["notes"], bookmark["tags"]), ("T", "one\ntwo", ["A", "b"]))
        self.assertRegex(bookmark["date_added"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
        self.assertEqual((bookmark["source"], bookmark["unstarred"]), ("manual", False))
        self.assertEqual(mode(self.library), 0o600)

    def test_a_known_address_is_refused_with_its_id(self):
        self.add("https://example.org/a?b=1")
        refused = self.barky("add", "--offline", "HTTPS://EXAMPLE.org:443/a/?b=1&utm_source=x", code=1)
        self.assertRegex(refused.err, r"\Abarky: add: .*\b1\b.*\n\Z")
        self.assertEqual(refused.out, "")
        self.assertEqual(len(self.urls()), 1)

    def test_update_changes_the_given_fields(self):
        self.add("https://example.org", "--title", "Old", "--notes", "n", "--tags", "a")
        self.assertEqual(self.add("https://example.org/", "--update", "--title", "New"), 1)
        [bookmark] = self.bookmarks()
        self.assertEqual((bookmark["title"], bookmark["notes"], bookmark["tags"]), ("New", "n", ["a"]))

    def test_what_is_no_address_is_refused(self):
        for address in ("", " ", "https://a b/", "https://x.org/\na", "https://x.org/\x1b[2J"):
            ran = self.barky("add", "--offline", address, code=1)
            self.assertRegex(ran.err, r"\Abarky: add: [^\n]+\n\Z")
            self.assert_printable(ran.err)
        self.assertEqual(self.urls(), [])

    def test_addresses_from_standard_input_are_one_change(self):
        self.add("https://known.org")
        ran = self.barky("add", "--offline", "-", "--tags", "t", code=1,
                         input="one.org\n\n  two.org  \nknown.org\nbad host.org/\x07\none.org\n")
        self.assertEqual(ran.out, "2\n3\n")
        self.assertEqual(len(ran.err.splitlines()), 3, ran.err)
        self.assertIn("line 4", ran.err)
        self.assert_printable(ran.err)
        self.assertEqual(self.bookmarks()[0]["tags"], ["t"])
        self.barky("undo")
        self.assertEqual(self.urls(), ["https://known.org"])
        self.assertEqual(self.barky("add", "-", input="").out, "")
        ran = self.barky("add", "--offline", "-", code=1, input=b"\xff.org\na.org\0b\n\xc3\nlast.org")
        self.assertEqual((ran.out, len(ran.err.splitlines())), ("4\n", 3))
        self.assert_printable(ran.err)

    def test_the_title_of_the_page_is_fetched(self):
        page = Answer("<html><head><title>\n A &amp; B\n c </title></head>")
        with Server({"/a": page, "/b": Answer("no title here")}) as server:
            self.barky("add", f"{server.url}/a")
            self.barky("add", f"{server.url}/b")
            self.barky("add", f"{server.url}/c", "--title", "mine")
            self.barky("add", "-", input=f"{server.url}/a?x\n{server.url}/d\n")
            asked = [request.target for request in server.requests]
        self.assertEqual([bookmark["title"] for bookmark in self.bookmarks()][::-1], ["A & B c", "", "mine", "A & B c", ""])
        self.assertEqual(asked, ["/a", "/b", "/a?x", "/d"])
        self.barky("undo")
        self.assertEqual(len(self.urls()), 3)

    def test_a_page_that_does_not_answer_does_not_prevent_it(self):
        ran = self.barky("add", "http://127.0.0.1:9/x")
        self.assertEqual(ran.out, "1\n")
        self.assertRegex(ran.err, r"\Abarky: add: [^\n]+\n\Z")


class EditTest(BarkyTest):
    def test_fields_are_changed_one_by_one(self):
        self.add("https://example.org", "--title", "T", "--tags", "a,b")
        self.barky("edit", 1, "--url", "other.org", "--notes", "N")
        self.barky("edit", "--tags", "+c,-A", 1)
        [bookmark] = self.bookmarks()
        self.assertEqual((bookmark["url"], bookmark["title"], bookmark["notes"], bookmark["tags"]),
                         ("https://other.org", "T", "N", ["b", "c"]))
        self.barky("edit", 1, "--tags", "x", "--title", "")
        self.assertEqual((self.bookmarks()[0]["tags"], self.bookmarks()[0]["title"]), (["x"], ""))
        self.barky("edit", 1, "--tags", "")
        self.assertEqual(self.bookmarks()[0]["tags"], [])

    def test_an_address_in_use_is_refused(self):
        self.add("https://a.org")
        self.add("https://b.org")
        self.assertIn("1", self.barky("edit", 2, "--url", "a.org/", code=1).err)
        self.assertEqual(self.urls(), ["https://b.org", "https://a.org"])

    def edit_with(self, script, **options):
        self.fake("ed1", script)
        return self.barky("edit", 1, env={"EDITOR": "ed1", "VISUAL": None}, **options)

    def test_several_are_edited_as_one_change(self):
        for name in "abc":
            self.add(f"https://{name}.org", "--tags", "keep,old")
        self.barky("edit", "1", "2", "--tags", "+new,-old", "--title", "Both")
        self.assertEqual([(b["title"], b["tags"]) for b in self.bookmarks("--reverse")],
                         [("Both", ["keep", "new"])] * 2 + [("", ["keep", "old"])])
        self.barky("undo")
        self.assertEqual({tuple(b["tags"]) for b in self.bookmarks()}, {("keep", "old")})
        self.assertIn("one address", self.barky("edit", "1", "2", "--url", "https://d.org", code=2).err)

    def test_what_matches_is_edited_as_one_change(self):
        self.add("https://a.org", "--tags", "x")
        self.add("https://b.org")
        self.barky("edit", "--matching", "#x", "--notes", "N")
        self.assertEqual([b["notes"] for b in self.bookmarks()], ["", "N"])
        self.assertIn("nothing matches", self.barky("edit", "--matching", "nowhere", "--notes", "M", code=3).err)
        self.assertIn("stands before", self.barky("edit", "1", "--matching", "x", "--notes", "M", code=2).err)

    def test_several_are_edited_in_one_text(self):
        for name in "abc":
            self.add(f"https://{name}.org")
        self.barky("edit", "1", "3", env={"EDITOR": "sed -i s/^title:/&Z/"})
        self.assertEqual([b["title"] for b in self.bookmarks("--reverse")], ["Z", "", "Z"])

    def test_the_form_is_opened_in_the_editor(self):
        self.add("https://example.org", "--title", "T", "--notes", "one\ntwo", "--tags", "a,b")
        self.edit_with('cp "$1" "$HOME/form"; sed -i "s/^title: .*/title: New/; s/^tags: .*/tags: c, a/; s/^two/three/" "$1"')
        form = (self.home / "form").read_text()
        for line in ("url: https://example.org", "title: T", "tags: a, b", "notes:", "one", "two"):
            self.assertIn(line, form.splitlines())
        [bookmark] = self.bookmarks()
        self.assertEqual((bookmark["title"], bookmark["notes"], bookmark["tags"]), ("New", "one\nthree", ["a", "c"]))

    def test_what_others_change_while_the_form_is_open_stays(self):
        self.add("https://example.org", "--title", "T", "--tags", "a,b")
        self.edit_with(f'"{BARKY}" edit 1 --tags +theirs --notes Theirs; sed -i "s/^tags: .*/tags: A, mine/" "$1"')
        [bookmark] = self.bookmarks()
        self.assertEqual((bookmark["notes"], bookmark["tags"]), ("Theirs", ["A", "mine", "theirs"]))

    def test_a_form_left_as_it_was_or_emptied_changes_nothing(self):
        self.add("https://example.org", "--title", "T", "--notes", "url: x\n# y")
        before, events = self.bookmarks(), self.barky("events").out
        self.edit_with("true")
        self.edit_with(': >"$1"')
        self.edit_with("exit 3", code=1)
        self.assertEqual(self.bookmarks(), before)
        self.assertEqual(self.barky("events").out, events)

    def test_a_form_that_cannot_be_read_is_kept(self):
        self.add("https://example.org")
        ran = self.edit_with('echo "what is this" >"$1"', code=1)
        self.assertIn("line 1", ran.err)
        kept = [word.strip(':,.";') for word in ran.err.split() if word.strip(':,.";').startswith("/")]
        self.assertTrue(kept, ran.err)
        with open(kept[0]) as file:
            self.assertEqual(file.read(), "what is this\n")


class UndoTest(BarkyTest):
    def test_every_change_can_be_taken_back_and_done_again(self):
        states = [self.bookmarks()]

        def change(*arguments):
            self.barky(*arguments)
            states.append(self.bookmarks())

        change("add", "--offline", "a.org", "--tags", "x")
        change("add", "--offline", "b.org", "--title", "B", "--tags", "x,y")
        change("edit", 1, "--title", "A", "--tags", "+z")
        change("tags", "rename", "x", "w")
        change("tags", "merge", "w", "y", "q")
        change("tags", "delete", "z")
        change("delete", 1, 2)
        change("trash", "restore", 2)
        for state in reversed(states[:-1]):
            self.assertTrue(self.barky("undo").out.strip())
            self.assertEqual(self.bookmarks(), state)
        self.barky("undo", code=1)
        for state in states[1:]:
            self.assertTrue(self.barky("redo").out.strip())
            self.assertEqual(self.bookmarks(), state)
        self.barky("redo", code=1)
        self.assertEqual(len(self.barky("undo", 3).out.splitlines()), 3)
        self.assertEqual(self.bookmarks(), states[-4])
        self.barky("add", "--offline", "c.org")
        self.barky("redo", code=1)

    def test_quiet_says_nothing_of_what_was_done(self):
        self.add("https://a.org")
        self.assertEqual(self.barky("undo", "--quiet").out, "")
        self.assertEqual(self.barky("add", "--offline", "--quiet", "b.org").out.strip(), "2")


class TrashAndTagsTest(BarkyTest):
    def test_what_was_deleted_comes_back_as_it_was(self):
        self.add("https://a.org", "--title", "A", "--tags", "x")
        before = self.bookmarks()
        self.barky("delete", 1)
        self.assertEqual(self.urls(), [])
        self.barky("show", 1, code=3)
        self.assertEqual([b["id"] for b in self.barky("trash", "list", "--json").json()], [1])
        self.assertIn("a.org", self.barky("trash").out)
        self.barky("trash", "restore", 1)
        self.assertEqual(self.bookmarks(), before)

    def test_one_whose_address_is_in_use_stays_in_the_trash(self):
        self.add("https://a.org")
        self.barky("delete", 1)
        self.add("https://a.org/")
        self.barky("trash", "restore", 1, code=1)
        self.assertEqual([b["id"] for b in self.bookmarks()], [2])

    def test_an_unknown_id_deletes_nothing(self):
        self.add("https://a.org")
        self.barky("delete", 1, 9, code=3)
        self.assertEqual(len(self.urls()), 1)
        self.barky("delete", 1, 1)
        self.assertEqual(self.urls(), [])

    def test_tags_are_counted_and_changed_everywhere(self):
        self.add("https://a.org", "--tags", "C,terminal")
        self.add("https://b.org", "--tags", "c")
        self.add("https://c.org", "--tags", "C,x")
        self.assertEqual(self.barky("tags", "--json").json(),
                         [{"tag": "C", "count": 3}, {"tag": "terminal", "count": 1}, {"tag": "x", "count": 1}])
        self.assertEqual(self.barky("tags", "list", "--jsonl").jsonl()[0], {"tag": "C", "count": 3})
        self.assertRegex(self.barky("tags").out, r"\A\s*3\s+C\n")
        self.barky("tags", "rename", "c", "x")
        self.assertEqual(self.barky("tags", "--json").json(), [{"tag": "terminal", "count": 1}, {"tag": "x", "count": 3}])
        self.barky("tags", "delete", "x")
        self.assertEqual([tag["tag"] for tag in self.barky("tags", "--json").json()], ["terminal"])
        self.barky("tags", "rename", "nothing", "x", code=3)
        self.assertEqual(self.barky("tags", "--json", "--db", self.home / "new.db").json(), [])


class OpenTest(BarkyTest):
    def test_the_browser_gets_the_address_and_nothing_else(self):
        said = self.fake("browse")
        address = "https://example.org/?a=$(touch x)&b=';`id`"
        self.add(address)
        self.barky("open", 1, env={"BROWSER": "browse"})
        until(said.exists, what="the browser")
        until(lambda: said.read_text().count("\n") > 1, what="its arguments")
        count, *arguments = said.read_text().splitlines()
        self.assertEqual(count, "1")
        self.assertTrue(arguments[0].startswith("https://example.org/?a=$(touch"), arguments)

    def test_other_schemes_are_refused_unless_asked_for(self):
        said = self.fake("browse")
        self.add("javascript:alert(1)")
        self.assertRegex(self.barky("open", 1, env={"BROWSER": "browse"}, code=1).err, r"\Abarky: open: [^\n]+\n\Z")
        self.assertFalse(said.exists())
        self.barky("open", 1, "--any-scheme", env={"BROWSER": "browse"})
        until(said.exists, what="the browser")


class ChanceTest(BarkyTest):
    def test_a_random_order_has_every_bookmark_once_and_is_not_always_the_same(self):
        for number in range(12):
            self.add(f"https://{number}.org")
        orders = {self.barky("list", "--sort", "random", "--format", "{id} ").out for _ in range(5)}
        self.assertGreater(len(orders), 1)
        for order in orders:
            self.assertEqual(sorted(map(int, order.split())), list(range(1, 13)))
        some = self.barky("list", "--sort", "random", "--limit", "3", "--offset", "10", "--format", "{id} ").out
        self.assertEqual(len(some.split()), 2)


class EventsTest(BarkyTest):
    def test_the_log_tells_what_happened(self):
        self.add("https://a.org")
        self.add("https://b.org")
        self.barky("delete", 1, 2)
        events = self.barky("events", "--jsonl").jsonl()
        self.assertEqual([event["event"] for event in events], ["bookmarks_added", "bookmarks_added", "bookmarks_deleted"])
        self.assertEqual(list(events[0])[:6], ["id", "at", "event", "change", "origin", "bookmarks"])
        self.assertEqual(events[2]["bookmarks"], [1, 2])
        self.assertEqual(self.barky("events", "--jsonl", "--since", events[1]["id"]).jsonl(), events[2:])
        self.assertEqual(len(self.barky("events").out.splitlines()), 3)

    def test_follow_goes_on_with_what_others_do(self):
        self.add("https://a.org")
        process = self.start("events", "--follow", "--jsonl", "--since", "1")
        self.add("https://b.org")
        self.barky("undo")
        told = [json.loads(process.stdout.readline()) for _ in range(2)]
        self.assertEqual([event["event"] for event in told], ["bookmarks_added", "change_undone"])
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 143)

    def test_follow_ends_with_its_reader(self):
        process = self.start("events", "--follow")
        process.stdout.close()
        process.stdout = None
        self.assertIn(process.wait(PATIENCE), (0, 141))


class BusTest(BarkyTest):
    def bus(self, *commands, code=0):
        lines = [line if isinstance(line, str) else json.dumps(line) for line in commands]
        return self.barky("bus", input="\n".join(lines) + "\n", code=code).jsonl()

    def test_commands_are_answered_in_order(self):
        answers = self.bus(
            {"command": "add_bookmarks", "request": 7, "bookmarks": [
                {"url": "a.org", "title": "A", "tags": ["x"]}, {"url": "b.org", "notes": "\u202e"}]},
            {"command": "edit_bookmarks", "edits": [{"id": 1, "add_tags": ["y"]}, {"id": 2, "title": "B"}]},
            {"command": "rename_tags", "from": ["x"], "to": "z"},
            "",
            {"command": "delete_bookmarks", "ids": [1]},
            {"command": "restore_bookmarks", "ids": [1]},
            {"command": "delete_tags", "tags": ["y"]},
            {"command": "undo", "steps": 2},
            {"command": "redo"})
        self.assertTrue(all(answer["ok"] for answer in answers), answers)
        self.assertEqual(answers[0]["request"], 7)
        self.assertEqual([item["id"] for item in answers[0]["items"]], [1, 2])
        self.assertEqual(len(answers[6]["steps"]), 2)
        tags = {bookmark["id"]: bookmark["tags"] for bookmark in self.bookmarks()}
        self.assertEqual(tags, {1: ["y", "z"], 2: []})

    def test_what_is_refused_is_said_and_the_rest_is_done(self):
        answers = self.bus("nonsense", "[1]", '{"command": "add_bookmarks", "bookmarks": [{"url": 3}]}',
                           {"command": "take_over"}, {"command": "take_in_stars"},
                           {"command": "delete_bookmarks", "ids": [1], "idz": 3},
                           {"command": "delete_bookmarks", "ids": [9], "request": "r"},
                           {"command": "add_bookmarks", "bookmarks": [{"url": "a.org"}]}, code=1)
        self.assertEqual([answer["ok"] for answer in answers], [False] * 7 + [True])
        self.assertEqual([answer["status"] for answer in answers], ["invalid"] * 6 + ["not_found", "ok"])
        self.assertTrue(all(answer["error"] for answer in answers[:7]))
        self.assertEqual(answers[6]["request"], "r")
        self.assertEqual(self.urls(), ["https://a.org"])

    def test_input_that_cannot_be_read_is_an_error(self):
        with open("/dev/null", "rb") as nothing:
            self.assertEqual(self.barky("bus", stdin=nothing).out, "")
        folder = os.open("/", os.O_RDONLY)
        self.addCleanup(os.close, folder)
        self.assertIn("cannot be read", self.barky("bus", stdin=folder, code=1).err)

    def test_a_line_of_a_nul_is_answered_too(self):
        self.assertEqual([answer["ok"] for answer in self.bus("\0", '\0{"command": "tags"}', code=1)], [False, False])

    def test_what_was_rolled_back_is_not_counted_nor_given_an_id(self):
        twins, edits, batch, added = self.bus(
            {"command": "add_bookmarks", "bookmarks": [{"url": "a.org"}, {"url": "b.org"}, {"url": "a.org/"}]},
            {"command": "batch", "commands": [
                {"command": "add_bookmarks", "bookmarks": [{"url": "a.org"}]},
                {"command": "edit_bookmarks", "edits": [{"id": 1, "title": "A"}, {"id": 9, "title": "B"}]}]},
            {"command": "batch", "commands": [
                {"command": "add_bookmarks", "bookmarks": [{"url": "a.org"}]},
                {"command": "add_bookmarks", "bookmarks": [{"url": "a.org"}]}]},
            {"command": "add_bookmarks", "bookmarks": [{"url": "c.org"}]}, code=1)
        for answer in (twins, edits, batch, *edits["results"], *batch["results"]):
            self.assertEqual([answer[key] for key in ("change", "added", "updated")], [0, 0, 0])
            self.assertLessEqual({item["id"] for item in answer["items"]}, {0, 9})
        self.assertEqual([item["status"] for item in twins["items"]], ["ok", "ok", "duplicate"])
        self.assertIn("two of them have one address: a.org/", twins["error"])
        self.assertEqual([row["id"] for row in self.bookmarks()], [item["id"] for item in added["items"]])

    def test_it_answers_while_its_input_is_open(self):
        process = self.start("bus", stdin=subprocess.PIPE)
        for number in range(3):
            line = json.dumps({"command": "add_bookmarks", "bookmarks": [{"url": f"{number}.org"}]})
            process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()
            self.assertTrue(json.loads(process.stdout.readline())["ok"])
            self.assertEqual(len(self.urls()), number + 1)
        process.stdin.close()
        self.assertEqual(process.wait(PATIENCE), 0)
        process.stdin = None


class DetectTest(BarkyTest):
    BOOKMARKS = {"version": 1, "roots": {"bookmark_bar": {"type": "folder", "name": "Bar", "children": [
        {"type": "url", "name": "A", "url": "https://a.org/", "date_added": "13300000000000000"},
        {"type": "url", "name": "B", "url": "https://b.org/", "date_added": "13300000000000000"}]}}}

    def test_browsers_are_found_and_nothing_is_imported(self):
        self.assertEqual(self.barky("import", "--detect").out, "")
        profile = self.home / ".config" / "chromium" / "Profile [1]"
        profile.mkdir(parents=True)
        (profile / "Bookmarks").write_text(json.dumps(self.BOOKMARKS))
        self.assertRegex(self.barky("import", "--detect").out, rf"\AChromium +2  {re.escape(str(profile))}/Bookmarks\n\Z")
        self.assertEqual(self.barky("import", "--detect", "--json").jsonl(), [
            {"program": "Chromium", "file": str(profile / "Bookmarks"), "format": "chrome", "bookmarks": 2}])
        self.assertFalse(self.library.exists())
        (profile / "Bookmarks").write_text("nonsense")
        self.assertIn("Profile [1]", self.barky("import", "--detect").err)
        self.barky("import", "--detect", "x", code=2)


class BackupTest(BarkyTest):
    def test_the_copy_is_a_library_too(self):
        self.add("https://a.org", "--tags", "x")
        copy = self.home / "copy.db"
        self.barky("backup", copy)
        self.assertEqual(mode(copy), 0o600)
        self.assertEqual(self.barky("list", "--json", "--db", copy).json(), self.bookmarks())
        before = copy.read_bytes()
        self.barky("backup", copy, code=1)
        self.assertEqual(copy.read_bytes(), before)
        self.barky("backup", self.home / "no" / "where.db", code=1)


if __name__ == "__main__":
    unittest.main()
