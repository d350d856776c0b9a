"""Whole screens, as they are to look: tests/screens/NAME.txt. SCREENS=write writes them anew."""

import os
import pathlib
import re
import unittest

from screen_test import ScreenTest

SCREENS = pathlib.Path(__file__).resolve().parent / "screens"
README = SCREENS.parents[2] / "README.md"
SIZES = ((80, 24), (120, 40), (40, 12), (20, 5))


class ShapesTest(ScreenTest):
    def setUp(self):
        super().setUp()
        self.fill()

    def assert_looks(self, view, name):
        view.wait_still()
        text = self.undated("\n".join(line.rstrip() for line in view.lines()).rstrip("\n") + "\n")
        path = SCREENS / f"{name}.txt"
        if os.environ.get("SCREENS") == "write":
            SCREENS.mkdir(exist_ok=True)
            path.write_text(text)
        self.assertEqual(text, path.read_text(), f"{path.name} looks otherwise")

    def look(self, kind, columns, rows, env=None):
        view = self.screen(columns, rows, env=env, ready="dhth/bmm")
        self.assert_looks(view, f"list-{kind}-{columns}x{rows}")
        return view

    def test_the_picture_in_the_readme_is_the_screen_of_the_demo(self):
        view = self.screen(80, 22, arguments=["--demo"], ready="40 bookmarks")
        self.press(view, "j")
        view.wait_for("2/40")
        view.wait_still()
        shown = "\n".join(line.rstrip() for line in view.lines()) + "\n"
        text = README.read_text()
        before, picture, after = re.fullmatch(r"(.*?```\n)( barky  40 bookmarks.*?)(```\n.*)", text, re.DOTALL).groups()
        if os.environ.get("SCREENS") == "write" and self.undated(picture) != self.undated(shown):
            README.write_text(before + shown + after)
            picture = shown
        self.assertEqual(self.undated(picture), self.undated(shown))
        self.leave(view)

    def test_the_list_at_every_size(self):
        for columns, rows in SIZES:
            with self.subTest(size=f"{columns}x{rows}"):
                self.leave(self.look("utf8", columns, rows))

    def test_the_list_in_ascii_has_no_other_byte(self):
        self.configure("ascii = on\n")
        for columns, rows in SIZES:
            with self.subTest(size=f"{columns}x{rows}"):
                view = self.look("ascii", columns, rows)
                self.assertEqual([byte for byte in view.raw() if byte >= 0x80], [])
                self.leave(view)

    def test_without_colour_the_text_is_the_same_and_reverse_and_bold_stay(self):
        for columns, rows in SIZES:
            with self.subTest(size=f"{columns}x{rows}"):
                view = self.look("utf8", columns, rows, env={"NO_COLOR": "1"})
                self.press(view, "Space")
                cells = view.cells()
                row, column = view.find("▌")
                self.assertTrue(cells[row][column].reverse)
                marked = cells[row - 1]
                self.assertTrue(marked[0].character == "●" and marked[3].bold and not marked[3].reverse)
                self.assertEqual({(cell.foreground, cell.background) for line in cells for cell in line},
                                 {(None, None)})
                self.leave(view)

    def test_colour_is_quiet(self):
        view = self.screen(80, 24)
        cells = view.cells()
        self.assertEqual({cell.background for line in cells for cell in line}, {None})
        self.assertLessEqual(len({cell.foreground for line in cells for cell in line}), 6)
        self.leave(view)

    def test_who_decides_about_colour(self):
        for arguments, config, env, coloured in ((["--color", "never"], "color = always", {}, False),
                                                 (["--color", "always"], "", {"NO_COLOR": "1"}, True),
                                                 ([], "color = always", {"NO_COLOR": "1"}, True),
                                                 ([], "color = never", {}, False), ([], "", {"NO_COLOR": ""}, True)):
            with self.subTest(arguments=arguments, config=config, env=env):
                self.configure(config + "\n")
                view = self.screen(arguments=arguments, env=env)
                self.assertEqual(any(cell.foreground for line in view.cells() for cell in line), coloured)
                self.leave(view)

    def test_the_locale_C_is_no_hindrance(self):
        view = self.screen(80, 24, env={"LANG": "C"}, ready="dhth/bmm")
        self.assert_looks(view, "list-utf8-80x24")
        self.leave(view)

    def test_a_frame_is_written_in_few_pieces(self):
        view = self.screen(200, 50)
        count = pathlib.Path(f"/proc/{view.pid()}/io")
        if not count.exists():
            self.skipTest("this system does not count the writes of a process")
        writes = lambda: int(next(line for line in count.read_text().splitlines() if line.startswith("syscw")).split()[1])
        before = writes()
        self.press(view, "?")
        view.wait_for("Help")
        view.wait_still()
        self.assertLess(writes() - before, 15)
        self.leave(view)

    def test_columns_line_up_with_wide_characters(self):
        view = self.screen(80, 24)
        ages = {line.rstrip()[-2:]: len(line) for line in view.lines()[1:9]}
        right = [column for row in view.cells()[1:9] for column in range(79, 0, -1)
                 if row[column].character.strip()][:1]
        self.assertEqual(right, [78])
        tags = {row.index(cell) for row in view.cells()[1:9] for cell in row if cell.character == "#"
                and cell is next(c for c in row if c.character == "#")}
        self.assertEqual(len(tags), 1, ages)
        self.leave(view)

    def test_the_other_views(self):
        view = self.screen(80, 24)
        self.press(view, "t")
        self.assert_looks(view, "tags-80x24")
        self.press(view, "q", "l")
        self.assert_looks(view, "details-80x24")
        self.press(view, "q", "a")
        self.assert_looks(view, "form-80x24")
        self.press(view, "Escape", ":")
        view.type("ed")
        self.assert_looks(view, "palette-80x24")
        self.press(view, "Escape", "?")
        self.assert_looks(view, "help-80x24")
        self.press(view, "q", "I")
        self.assert_looks(view, "import-80x24")
        self.press(view, "q", "G", "k")
        self.assert_looks(view, "evil-80x24")
        self.leave(view)


if __name__ == "__main__":
    unittest.main()
