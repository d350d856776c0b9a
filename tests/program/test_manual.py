#!/usr/bin/env python3
"""The manual says what the program says: commands, options and exit codes are compared."""

import re
import shutil
import subprocess
import unittest

from harness import PATIENCE, TOP, BarkyTest

MANUAL = TOP / "doc" / "barky.1"


def sections(text, macro):
    """The parts of a manual that begin with .Sh or .Ss, by their names."""
    parts = re.split(rf"^\.{macro} (.*)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def options_in(mdoc):
    return set(re.findall(r"Fl -([a-z][a-z-]*)", mdoc))


class ManualTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.manual = sections(MANUAL.read_text(), "Sh")
        self.commands = sections(self.manual["COMMANDS"], "Ss")

    def help_of(self, *command):
        return self.barky(*command, "--help").out

    def options_of(self, command):
        """Its own, without those of every command."""
        own = self.help_of(command).split("Options of every command:")[0]
        return set(re.findall(r"^  --([a-z-]+)", own, re.MULTILINE))

    def listed_commands(self):
        part = self.help_of().split("Commands:")[1].split("\n\n")[0]
        return re.findall(r"^  ([a-z-]+) ", part, re.MULTILINE)

    def test_every_command_has_its_part_in_the_same_order(self):
        self.assertEqual(self.listed_commands()[:3], ["add", "list", "search"])
        self.assertEqual(list(self.commands), self.listed_commands())

    def test_every_command_has_the_same_options(self):
        for command, part in self.commands.items():
            with self.subTest(command):
                self.assertEqual(options_in(part), self.options_of(command))

    def test_the_options_of_all_commands_are_the_same(self):
        listed = re.findall(r"^  --([a-z-]+)", self.help_of(), re.MULTILINE)
        described = re.findall(r"^\.It Fl -([a-z-]+)", self.manual["OPTIONS"], re.MULTILINE)
        self.assertEqual(sorted(described), sorted(listed))

    def test_usage_and_options_of_the_help_agree(self):
        for command in self.commands:
            with self.subTest(command):
                usage = self.help_of(command).split("\n\n")[0]
                named = set(re.findall(r"--([a-z-]+)", usage))
                self.assertEqual(named, self.options_of(command))

    def test_exit_codes_are_those_of_the_program(self):
        described = re.findall(r"^\.It ([\d ,]+)$", self.manual["EXIT STATUS"], re.MULTILINE)
        codes = sorted(int(code) for line in described for code in line.split(","))
        source = (TOP / "adapters/cli/exit_code.h").read_text()
        self.assertEqual(codes, sorted(int(code) for code in re.findall(r"EXIT_\w+ = (\d+)", source)))

    def test_the_settings_are_those_of_the_configuration(self):
        described = re.findall(r"^\.It Li ([a-z_ ,]+)$", self.manual["CONFIGURATION"], re.MULTILINE)
        known = set(re.findall(r'^\t\{"(\w+)", take_', (TOP / "adapters/system/config.c").read_text(), re.MULTILINE))
        named = {name for line in described for name in line.split(" , ")}
        self.assertGreater(len(named), 8)
        self.assertEqual(named, known)

    def test_styles_and_colours_are_those_of_the_screen(self):
        source = (TOP / "tui/style.c").read_text()
        words = set(re.findall(r'^\t\[STYLE_\w+\] = "(\w+)"', source, re.MULTILINE))
        words |= set(re.findall(r'^\t\{"([a-z-]+)", (?:LOOK_)?[A-Z]', source, re.MULTILINE))
        part = self.manual["CONFIGURATION"].split(".Li [styles]")[1].split("The styles are")[1]
        named = {name for line in re.findall(r"^\.Li (.*)$", part, re.MULTILINE) for name in re.findall(r"[a-z-]+", line)}
        self.assertGreater(len(words), 30)
        self.assertEqual(named, words)

    def test_every_environment_variable_is_named(self):
        read = set()
        for folder in ("domain", "adapters", "tui"):
            for path in (TOP / folder).rglob("*.c"):
                read |= set(re.findall(r'(?:getenv|below|path_from)\("([A-Z][A-Z_]+)"', path.read_text()))
        read.discard("BARKY_RETRY_MS")  # for the tests alone
        named = set(re.findall(r"[A-Z][A-Z_]+", " ".join(re.findall(r"^\.It Ev (.*)$", self.manual["ENVIRONMENT"], re.MULTILINE))))
        self.assertGreater(len(read), 10)
        self.assertEqual(read - named, set())

    def test_the_last_sections_are_there(self):
        self.assertEqual(list(self.manual)[-2:], ["SEE ALSO", "BUGS"])
        self.assertNotIn("ERROR", MANUAL.read_text())

    @unittest.skipUnless(shutil.which("groff"), "no groff here")
    def test_groff_has_nothing_to_say(self):
        said = subprocess.run(["groff", "-ww", "-mdoc", "-Tutf8", MANUAL], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(said.stderr, "")

    def test_every_command_and_option_completes(self):
        def offered(*words):
            return {line.split("\t")[0] for line in self.barky("__complete", *words).out.splitlines()}

        self.assertEqual(offered(""), set(self.commands))
        for command in self.commands:
            self.assertEqual(offered(command, "--") & {f"--{option}" for option in self.options_of(command)},
                             {f"--{option}" for option in self.options_of(command)}, command)

    def test_the_scripts_are_read_by_their_shells(self):
        for shell in ("bash", "zsh", "fish"):
            if shutil.which(shell):
                script = self.barky("completion", shell).out
                subprocess.run([shell, "-n"], input=script, text=True, check=True, timeout=PATIENCE)

    @unittest.skipUnless(shutil.which("mandoc"), "no mandoc here")
    def test_the_manual_is_well_formed(self):
        lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", MANUAL],
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(lint.stdout + lint.stderr, "")


if __name__ == "__main__":
    unittest.main()
