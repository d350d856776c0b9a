"""The completion scripts, run by the shells they are for; a shell that is not installed is passed over."""

import os
import pathlib
import pty
import select
import shutil
import subprocess
import time
import unittest

from harness import BARKY, PATIENCE, BarkyTest

# A line up to the cursor, and the only word that may come of its last one; None if nothing may.
CASES = (
    ("barky imp", "import"),
    ("barky --quiet imp", "import"),
    ("barky --db other.txt imp", "import"),
    ("barky --db oth", "other.txt"),
    ("barky --dem", "--demo"),
    ("barky list --dem", None),
    ("barky list --rev", "--reverse"),
    ("barky list --sort ti", "title"),
    ("barky list --db other.txt --sort mod", "modified"),
    ("barky export --format net", "netscape"),
    ("barky export --output som", "some.html"),
    ("barky import --det", "--detect"),
    ("barky list --det", None),
    ("barky list import --det", None),
    ("barky import gith", "github"),
    ("barky import som", "some.html"),
    ("barky import some.html oth", "other.txt"),
    ("barky completion z", "zsh"),
    ("barky trash res", "restore"),
    ("barky help expo", "export"),
    ("barky show 1", "1"),
    ("barky list --sort=ran", "--sort=random"),
    ("barky add x --tags read", "reading"),
    ("barky edit 1 --tags +c,-read", "+c,-reading"),
    ("barky tags rename read", "reading"),
    ("barky search tag:read", "tag:reading"),
    ("barky list tit", "title:"),
    ("barky list is:unt", "is:untagged"),
    ("barky nothing lis", None),
)
LINES = [line for line, _ in CASES]

BASH = """
source "$1"; shift
for line; do
    COMP_WORDS=($line) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line} COMPREPLY=()
    _barky barky "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    current=${line##* }
    kept=${current%"${current##*[:=]}"}
    echo "${COMPREPLY[*]/#/$kept}"
done
"""

FISH = """
source $argv[1]
for line in $argv[2..-1]
    echo (complete -C $line | string replace -r '\\t.*' '')
end
"""

# Writes what is on the line, and takes it away.
ZSH = """
autoload -Uz compinit; compinit -D -u; source script
tell() { print -r -- "$BUFFER" >>lines; BUFFER= }
zle -N tell; bindkey '^I' complete-word '^X' tell; unsetopt beep list_ambiguous
: >lines
"""


class CompletionTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.folder = self.home / "folder"
        self.folder.mkdir()
        (self.folder / "some.html").touch()
        (self.folder / "other.txt").touch()
        self.add("https://a.org", "--title", "One: it's", "--tags", "reading")
        self.environment["PATH"] = f"{pathlib.Path(BARKY).parent}:{self.environment['PATH']}"

    def need(self, shell):
        if not shutil.which(shell):
            self.skipTest(f"no {shell} here")
        (self.home / "script").write_text(self.barky("completion", shell).out)

    def ask(self, *command):
        run = subprocess.run([*command, self.home / "script", *LINES], cwd=self.folder, env=self.environment,
                             stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE)
        return run.stdout.splitlines()

    def assert_words(self, answers):
        for (line, word), answer in zip(CASES, answers, strict=True):
            with self.subTest(line):
                self.assertEqual(answer.strip(), word or "")

    def test_bash_completes_commands_options_values_and_files(self):
        self.need("bash")
        self.assert_words(self.ask("bash", "-c", BASH, "bash"))

    def test_fish_completes_commands_options_values_and_files(self):
        self.need("fish")
        self.assert_words(self.ask("fish", "--no-config", "-c", FISH))

    def type_to_zsh(self, text, expected):
        """Its completion wants a terminal: types there until there are so many lines in a file."""
        lines = self.folder / "lines"
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execvpe("zsh", ["zsh", "-f", "-i"], {**self.environment, "TERM": "dumb", "ZDOTDIR": str(self.home)})
        self.addCleanup(os.waitpid, process, 0)
        self.addCleanup(os.close, terminal)
        end, typed = time.monotonic() + PATIENCE, text
        os.write(terminal, b"source ../start\n")
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.02)[0]:
                os.read(terminal, 65536)
            if typed and lines.exists():
                os.write(terminal, typed)
                typed = b""
            if lines.exists() and len(told := lines.read_text().splitlines()) == expected:
                return told
        return self.fail(f"zsh wrote {lines.read_text() if lines.exists() else 'nothing'}")

    def test_zsh_completes_commands_options_values_and_files(self):
        self.need("zsh")
        (self.home / "start").write_text(ZSH.replace("script", "../script"))
        text = "".join(f"{line}\t\x18" for line in LINES)
        for (line, word), told in zip(CASES, self.type_to_zsh(text.encode(), len(CASES)), strict=True):
            with self.subTest(line):
                expected = f"{line.rpartition(' ')[0]} {word}" if word else line
                self.assertEqual(told.rstrip(), expected)


if __name__ == "__main__":
    unittest.main()
