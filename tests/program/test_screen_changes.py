"""Whatever changes the library from the screen, and its undoing."""

import unittest

from harness import until
from screen_test import ScreenTest


class ChangesTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()
        self.view = self.screen(100, 24)

    def by_title(self, title):
        found = [bookmark for bookmark in self.bookmarks() if bookmark["title"] == title]
        return found[0] if found else None

    def test_a_newcomer_adds_by_the_form(self):
        view = self.view
        self.press(view, "a")
        view.wait_for("Add bookmark")
        view.type("example.net/new")
        self.press(view, "Tab")
        view.type("Quite new")
        self.press(view, "Tab")
        view.type("ru")
        view.wait_for("rust 2")
        self.press(view, "Right")
        view.type(", shiny")
        self.press(view, "Tab")
        view.type("some notes\r")
        view.wait_for('Added "?.*u undo')
        view.wait_for("^▌ Quite new")
        found = self.by_title("Quite new")
        self.assertEqual((found["url"], found["tags"], found["notes"]),
                         ("https://example.net/new", ["rust", "shiny"], "some notes"))
        self.press(view, "u")
        view.wait_for("Undid: Added 1 bookmark")
        self.assertIsNone(self.by_title("Quite new"))
        self.press(view, "C-r")
        view.wait_for("Redid: Added 1 bookmark")
        self.assertIsNotNone(self.by_title("Quite new"))
        self.leave(view)

    def test_the_form_says_what_is_wrong_and_what_is_known(self):
        view = self.view
        self.press(view, "a")
        view.type("exa mple.org")
        self.press(view, "C-s")
        self.assertIn("Add bookmark", view.text())
        self.press(view, "C-u")
        view.type("https://github.com/jarun/buku/")
        self.press(view, "Tab")
        view.wait_for("already saved .*, Enter edits it")
        self.press(view, "Enter")
        view.wait_for("Edit bookmark")
        view.wait_for("jarun/buku")
        self.press(view, "C-a")
        view.type("My ")
        self.press(view, "Escape")
        view.wait_for("Throw away what you typed")
        self.press(view, "n")
        view.wait_for("Edit bookmark")
        self.press(view, "C-s")
        view.wait_for('Edited "')
        self.assertIsNotNone(self.by_title("My jarun/buku"))
        self.leave(view)

    def test_tags_that_come_from_elsewhere_while_the_form_is_open_stay(self):
        view = self.view
        self.press(view, "e")
        view.wait_for("Edit bookmark")
        bookmark = self.by_title("dhth/bmm")
        self.barky("edit", bookmark["id"], "--tags", "+theirs")
        self.press(view, "Tab", "End")
        view.type(", mine")
        self.press(view, "C-s")
        view.wait_for("Tagged 1: \\+mine · u undo")
        self.assertEqual(self.by_title("dhth/bmm")["tags"], sorted(bookmark["tags"] + ["mine", "theirs"]))
        self.leave(view)

    def test_a_form_says_when_its_bookmark_has_become_another(self):
        view = self.view
        self.press(view, "e")
        view.wait_for("Edit bookmark")
        bookmark = self.by_title("dhth/bmm")
        self.barky("edit", bookmark["id"], "--url", "https://other.example/")
        view.wait_for("other.example")
        self.press(view, "Home")
        view.type("My ")
        self.press(view, "C-s")
        view.wait_for("it has another address by now; save again")
        self.assertIsNotNone(self.by_title("dhth/bmm"))
        self.press(view, "C-s")
        view.wait_for('Edited "')
        self.assertEqual(self.by_title("My dhth/bmm")["url"], "https://other.example/")
        self.leave(view)

    def test_a_file_is_named_by_tab_looked_at_and_imported(self):
        view = self.view
        folder = self.home / "My files"
        folder.mkdir()
        (folder / "two marks.txt").write_text("https://one.example\nhttps://two.example\n")
        view.type(f":import {self.home}/My")
        self.press(view, "Tab")
        view.wait_for("files/")
        self.press(view, "Tab")
        view.wait_for("marks.txt")
        self.press(view, "Enter")
        view.wait_for("2 new: import")
        self.press(view, "n")
        until(lambda: "[y/N]" not in view.text(), what="the question to go")
        self.assertNotIn("https://one.example", self.urls())
        self.press(view, ":", "Up", "Enter")
        view.wait_for("2 new.*import")
        self.press(view, "y")
        view.wait_for("Imported 2 bookmarks")
        self.assertIn("https://one.example", self.urls())
        self.press(view, "u")
        view.wait_for("Undid: Imported 2 bookmarks")
        self.assertNotIn("https://one.example", self.urls())
        self.leave(view)

    def test_deleting_one_is_at_once_and_many_after_a_question(self):
        view = self.view
        self.press(view, "j", "d")
        view.wait_for('Deleted "jarun/buku" · u undo')
        view.wait_for("2/7")
        self.assertIsNone(self.by_title("jarun/buku"))
        self.press(view, "u")
        view.wait_for("Undid: Deleted 1 bookmark")
        self.press(view, "Space", "Space", "DC")
        view.wait_for(r"Delete 2 bookmarks\? \[y/N\]")
        self.press(view, "n")
        view.wait_for("Nothing was deleted")
        self.press(view, "d", "y")
        view.wait_for("Deleted 2 bookmarks · u undo")
        self.assertEqual(len(self.bookmarks()), 6)
        self.leave(view)

    def test_a_question_is_answered_for_what_it_is_about(self):
        view = self.view
        first, second, third = self.bookmarks()[:3]
        self.press(view, "Space", "Space", "d")
        view.wait_for(r"Delete 2 bookmarks\? \[y/N\]")
        self.barky("delete", "--yes", first["id"], second["id"])
        view.wait_for("6 bookmarks")
        self.press(view, "y")
        view.wait_for("Nothing was done: another program deleted the bookmarks")
        self.press(view, "T")
        view.wait_for("Tags, ")
        self.barky("delete", third["id"])
        view.wait_for("5 bookmarks")
        view.type("+new\r")
        view.wait_for("Nothing was done: another program deleted the bookmark$")
        self.assertEqual(len(self.bookmarks()), 5)
        self.assertEqual([b for b in self.bookmarks() if "new" in b["tags"]], [])
        self.barky("undo", "2")
        view.wait_for("8 bookmarks")
        self.press(view, "g", "Space", "Space", "d")
        view.wait_for(r"Delete 2 bookmarks\? \[y/N\]")
        self.barky("delete", first["id"])
        view.wait_for("7 bookmarks")
        self.press(view, "y")
        view.wait_for(f'Deleted "{second["title"]}" · u undo')
        self.assertEqual(len(self.bookmarks()), 6)
        self.leave(view)

    def test_the_tag_that_is_renamed_is_the_one_that_was_named(self):
        view = self.view
        self.press(view, "t", "r")
        view.wait_for("Rename #cli to: ")
        view.wait_for(r"^▌ +\d+  #cli")
        self.barky("tags", "delete", "cli")
        before = self.bookmarks()
        view.wait_gone(r"^▌ +\d+  #cli")
        self.press(view, "C-u")
        view.type("zz\r")
        view.wait_for("Nothing was changed: no tag cli")
        self.assertEqual(self.bookmarks(), before)
        self.press(view, "q")
        self.leave(view)

    def test_deleting_all_that_a_filter_shows_wants_the_number(self):
        view = self.view
        self.press(view, "/")
        view.type("#cli\r")
        view.wait_for("3 match")
        self.press(view, "*", "d")
        view.wait_for("Type the number")
        view.type("2\r")
        view.wait_for("nothing was deleted")
        self.press(view, "d")
        view.type("3\r")
        view.wait_for("Deleted 3 bookmarks")
        self.assertEqual(len(self.bookmarks()), 5)
        self.leave(view)

    def test_tags_are_changed_and_changed_again(self):
        view = self.view
        self.press(view, "T")
        view.type("+fa")
        view.type("st -go\r")
        view.wait_for("Tagged 1: \\+fast -go · u undo")
        self.assertEqual(self.by_title("dhth/bmm")["tags"], ["cli", "fast"])
        self.press(view, "j", ".")
        view.wait_until(lambda: self.by_title("jarun/buku")["tags"] == ["cli", "fast", "python"], "the tags")
        self.press(view, "Space", "Space", "e")
        view.wait_for("Tags of 2 bookmarks")
        view.type("-cl\t\r")
        view.wait_for("Tagged 2: -cli, still marked")
        self.assertEqual(self.by_title("jarun/buku")["tags"], ["fast", "python"])
        self.leave(view)

    def test_tags_are_browsed_renamed_merged_and_deleted(self):
        view = self.view
        self.press(view, "t")
        view.wait_for("barky  Tags")
        view.wait_for(r"▌ +3  #cli")
        self.press(view, "r", "C-u")
        view.type("console\r")
        view.wait_for(r"3  #console")
        self.assertEqual(self.by_title("dhth/bmm")["tags"], ["console", "go"])
        self.press(view, "/")
        view.type("o")
        view.wait_for("1/5")
        self.press(view, "Escape")
        self.press(view, "Space", "Space", "m", "C-u")
        view.type("all\r")
        view.wait_for("#all")
        self.press(view, "g", "d")
        view.wait_for("Deleted #all in ")
        self.press(view, "u")
        view.wait_for("Undid")
        self.press(view, "g", "Enter")
        view.wait_for("match #")
        self.press(view, "C-t")
        view.wait_gone("match")
        self.leave(view)

    def test_the_trash_gives_back(self):
        view = self.view
        self.press(view, "d", "d", ":")
        view.type("trash\r")
        view.wait_for("barky  Trash")
        view.wait_for("^ https://github.com/jarun/buku")
        self.press(view, "j")
        view.wait_for("^ https://github.com/dhth/bmm")
        self.press(view, "p")
        view.wait_gone("https://github.com/dhth/bmm")
        self.press(view, "r")
        view.wait_for('Restored "dhth/bmm"')
        self.press(view, "X")
        view.wait_for("Type the number")
        view.type("1\r")
        view.wait_for("The trash is empty")
        self.press(view, "q")
        view.wait_for("7 bookmarks")
        self.assertIsNotNone(self.by_title("dhth/bmm"))
        self.leave(view)

    def test_the_editor_edits_one_and_many(self):
        self.fake("editor", 'sed -i "s/^title: .*/title: From the editor/; s/^tags:.*/tags: edited/" "$1"')
        view = self.screen(100, 24, env={"VISUAL": "editor"})
        self.press(view, "E")
        view.wait_for('Edited "')
        view.wait_for("From the editor")
        self.assertEqual(self.by_title("From the editor")["tags"], ["edited"])
        self.press(view, "j", "Space", "Space", "E")
        view.wait_for("Edited 2 bookmarks")
        self.assertEqual(self.titles().count("From the editor"), 3)
        self.press(view, "u")
        view.wait_for("Undid: Edited 2 bookmarks")
        self.leave(view)

    def test_an_editor_that_changes_nothing_changes_nothing(self):
        self.fake("editor", "exit 0")
        view = self.screen(env={"EDITOR": "editor"})
        self.press(view, "E")
        view.wait_for("Nothing was changed")
        self.leave(view)

    def test_a_paste_is_offered_and_never_typed(self):
        view = self.view
        view.paste("d q\nQ not an address")
        view.wait_for("The paste was passed over")
        self.assertEqual(len(self.bookmarks()), 8)
        view.paste("https://paste.example/1\n")
        view.wait_for("Add bookmark")
        view.wait_for("https://paste.example/1")
        self.press(view, "C-s")
        view.wait_for("Added")
        view.paste("https://paste.example/2\r\nhttps://paste.example/3\r\n")
        view.wait_for("Add these 2 addresses")
        self.press(view, "Enter")
        view.wait_for("Added 2 bookmarks")
        self.assertEqual(len(self.bookmarks()), 11)
        self.leave(view)

    def test_a_paste_over_a_slow_line_is_never_typed(self):
        view = self.view
        view.type("\x1b[200~not an")
        view.wait_for("The rest of a paste is on its way")
        view.type(" address: d q Q")
        view.type("\x1b[201~")
        view.wait_for("The paste was passed over")
        view.type("\x1b[200~cut off")
        view.wait_for("The rest of a paste is on its way")
        self.press(view, "Escape", "j")
        self.leave(view)
        self.assertEqual(len(self.bookmarks()), 8)

    def test_a_pasted_list_is_read_as_add_reads_it(self):
        view = self.view
        lines = ["https://paste.example/4 | A tab", "", '"https://paste.example/5" "~Feed" news "two words"', "# a remark",
                 "https://paste.example/6 What it is", "https://github.com/dhth/bmm"]
        view.paste("\r\n".join(lines))
        view.wait_for("Add these 4 addresses")
        self.press(view, "n")
        view.wait_for("Nothing was added")
        view.paste("\n".join(lines))
        view.wait_for("Add these 4 addresses")
        self.press(view, "Enter")
        view.wait_for("Added 3 bookmarks, 1 was known already or refused")
        found = {bookmark["url"][-1]: (bookmark["title"], bookmark["tags"]) for bookmark in self.bookmarks("paste.example")}
        self.assertEqual(found, {"4": ("A tab", []), "5": ("Feed", ["news", "two words"]), "6": ("What it is", [])})
        view.paste("https://paste.example/7 | The title\n")
        view.wait_for("Title +The title")
        self.press(view, "C-s")
        view.wait_for("Added")
        self.assertEqual(self.bookmarks("paste.example/7")[0]["title"], "The title")
        self.leave(view)

    def test_a_paste_of_100_kB_is_cut_and_harms_nothing(self):
        self.press(self.view, "/")
        self.view.paste("wörd " * 20000)
        self.view.wait_for("0 match")
        self.press(self.view, "C-u", "Enter")
        self.view.wait_for("8 bookmarks ")
        self.press(self.view, "M")  # where a message stays, however late we are
        self.view.wait_for("The paste was longer than 64 kB")
        self.press(self.view, "q")
        self.leave(self.view)

    def test_what_another_program_imports_is_found_however_much(self):
        addresses = "".join(f"https://many.example/{number}/{'even' if number % 2 == 0 else 'odd'}\n"
                            for number in range(9000))
        self.press(self.view, "Space")
        self.barky("import", "-", "--format", "urls", input=addresses)
        self.view.wait_for(r"9.0\d\d bookmarks")
        self.view.type("/many even 4242")
        self.view.wait_for("1 match many even 4242")
        self.view.wait_for("many.example/4242/even")
        self.press(self.view, "Escape", "Escape", "u")
        self.view.wait_for("Undid: ")
        self.view.wait_for("Undid.*redo")
        until(lambda: len(self.bookmarks()) < 100, what="the import to be taken back")
        self.leave(self.view)

    def test_what_another_program_does_shows_by_itself(self):
        self.barky("add", "--offline", "https://other.example/", "--title", "From elsewhere")
        self.view.wait_for("9 bookmarks")
        self.view.wait_for("From elsewhere")
        self.barky("delete", "--yes", "1")
        self.view.wait_for("8 bookmarks")
        self.leave(self.view)

    def test_files_come_and_go_by_command(self):
        view = self.view
        self.press(view, ":")
        view.type(f"export {self.home}/out.json json\r")
        view.wait_for("out.json")
        before = (self.home / "out.json").read_bytes()
        self.press(view, "d", ":")
        view.type(f"export {self.home}/out.json json\r")
        view.wait_for(r"out.json exists. Replace it\? \[y/N\]")
        self.press(view, "n")
        self.assertEqual((self.home / "out.json").read_bytes(), before)
        self.press(view, ":")
        view.type(f"export {self.home}/out.json json\r")
        view.wait_for(r"Replace it\?")
        self.press(view, "y")
        view.wait_until(lambda: len((self.home / "out.json").read_bytes()) < len(before), "the shorter file")
        self.press(view, "u")
        (self.home / "in.txt").write_text("https://in.example/a\nhttps://in.example/b\n")
        self.press(view, ":")
        view.type(f"import {self.home}/in.txt\r")
        view.wait_for("2 new: import\\?")
        self.press(view, "y")
        view.wait_for("10 bookmarks")
        self.press(view, "u")
        view.wait_for("8 bookmarks")
        self.press(view, ":")
        view.type(f"backup {self.home}/copy.db\r")
        view.wait_until(lambda: (self.home / "copy.db").exists(), "the copy")
        self.press(view, ":")
        view.type("events\r")
        view.wait_for("barky  Events")
        view.wait_for(r"Today\n  \d\d:\d\d +\w+ +Undid: Imported 2 bookmarks")
        self.press(view, "q", ":")
        view.type("doctor\r")
        view.wait_for("barky  Doctor")
        self.leave(view)


if __name__ == "__main__":
    unittest.main()
