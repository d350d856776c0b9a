"""Drives a program in a real terminal: a pane of a tmux of its own, on a private socket.

    with Terminal([BARKY], columns=80, rows=24, environment=self.environment) as screen:
        screen.wait_for("No bookmarks yet")
        screen.keys("a")
        screen.type("https://example.org\\r")
        screen.keys("q")
        assert screen.exit_code() == 0 and screen.left_behind() == []

Every wait is bounded, and a failure shows the screen. Typed text goes as bytes, so that nothing in
it means anything to tmux; keys go by tmux's names ("Up", "C-d", "Escape", "PPage"), so that they
have the form that the program asked its terminal for.
"""

import base64
import contextlib
import fcntl
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unicodedata
import unittest

from harness import PATIENCE, until

GRACE = 5  # seconds that a program has to leave after its terminal has gone, before it is killed

CONFIG = """\
set -g status off
set -g remain-on-exit on
set -g default-terminal tmux-256color
set -sg escape-time 0
set -g history-limit 200
"""

# Runs the program at a gate (tmux must see its first byte), keeps its exit code and the terminal's
# modes before and after, and stays, so that what it left on the screen can be looked at.
WRAPPER = """\
trap : INT QUIT
read -r _ <"$1/gate"
stty -g >"$1/before"
folder=$1; shift
sh -c 'echo $$ >"$0/pid"; exec "$@"' "$folder" "$@"
echo $? >"$folder/code.new"
stty -g >"$folder/after"
mv "$folder/code.new" "$folder/code"
exec cat >/dev/null
"""

LINE_DRAWING = dict(zip("jklmnqtuvwx", "┘┐┌└┼─├┤┴┬│"))


class Cell:
    """One column of the screen: its character ("" right of a wide one) and how it is shown."""

    def __init__(self, character, style):
        self.character = character
        self.bold, self.dim, self.underline, self.reverse = (number in style for number in (1, 2, 4, 7))
        self.foreground = style.get("foreground")
        self.background = style.get("background")

    def __repr__(self):
        shown = [name for name in ("bold", "dim", "underline", "reverse") if getattr(self, name)]
        return f"<{self.character!r} {' '.join(shown)} {self.foreground} {self.background}>"


class Terminal:
    def __init__(self, command, columns=80, rows=24, environment=None, directory=None, term="tmux-256color"):
        if not shutil.which("tmux"):
            raise unittest.SkipTest("tmux is not installed")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="barky-terminal-"))
        self.columns, self.rows = columns, rows
        self.tty = self.server = None
        (self.folder / "config").write_text(CONFIG)
        (self.folder / "wrapper").write_text(WRAPPER)
        os.mkfifo(self.folder / "gate")
        inside = dict(environment or {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
        inside["TERM"] = term
        arguments = [f"{name}={value}" for name, value in inside.items() if value is not None]
        if term is None:
            arguments = ["-u", "TERM", *arguments]
        # The server's own surroundings: what it measures characters by, and nothing of ours.
        self.surroundings = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "TERM": "xterm"}
        try:
            self.tmux("-f", self.folder / "config", "new-session", "-d", "-s", "t", "-x", columns, "-y", rows,
                      "-c", directory or self.folder, "env", "-i", *map(str, arguments),
                      "sh", self.folder / "wrapper", self.folder, *map(str, command))
            self.tmux("pipe-pane", "-O", f"exec cat >'{self.folder}/raw'")
            (self.folder / "gate").write_text("\n")
        except BaseException:
            self.close()
            raise

    def tmux(self, *arguments):
        run = subprocess.run(["tmux", "-S", self.folder / "socket", *map(str, arguments)], env=self.surroundings,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE)
        if run.returncode:
            raise AssertionError(f"tmux {arguments}: {run.stderr.decode('utf-8', 'replace')}")
        return run.stdout.decode("utf-8", "replace")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the program, the terminal and its server, and removes their files."""
        with contextlib.suppress(AssertionError, subprocess.TimeoutExpired):
            self.tmux("kill-server")
        with contextlib.suppress(AssertionError):
            until(lambda: not self.running(), timeout=GRACE)  # it has heard of it already
        if self.running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid(), signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- what goes in

    def keys(self, *names):
        """Presses keys, by their names in tmux; a single character is itself."""
        for name in names:
            if len(name) == 1:
                self.type(name)
            else:
                self.tmux("send-keys", "-t", "t", name)

    def type(self, text):
        """Sends text (or bytes) as it is: "\\r" is Enter, "\\x1b" Escape."""
        data = text.encode() if isinstance(text, str) else text
        if len(data) > 500 and min(data) >= 0x20:  # keys by the hundred take tmux long
            (self.folder / "typed").write_bytes(data)
            self.tmux("load-buffer", "-b", "typed", self.folder / "typed")
            self.tmux("paste-buffer", "-r", "-d", "-b", "typed", "-t", "t")
            return
        for at in range(0, len(data), 500):
            self.tmux("send-keys", "-t", "t", "-H", *(f"{byte:02x}" for byte in data[at:at + 500]))

    def paste(self, text):
        """A bracketed paste."""
        for part in ("\x1b[200~", text, "\x1b[201~"):
            self.type(part)

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.tmux("resize-window", "-t", "t", "-x", columns, "-y", rows)

    def signal(self, number):
        os.kill(self.pid(), number)

    def hang_up(self):
        """Takes the terminal away, as a closed window does."""
        self.pid()
        self.tmux("kill-server")

    # -- what is seen

    def lines(self):
        """The screen as text, a string a row, blanks at the ends dropped."""
        return ["".join(cell.character for cell in row).rstrip() for row in self.cells()]

    def text(self):
        return "\n".join(self.lines())

    def cells(self):
        """The screen as rows of Cells, a cell a column."""
        captured = self.tmux("capture-pane", "-t", "t", "-p", "-e", "-N").split("\n")[:self.rows]
        style, rows = {}, []
        for line in captured:
            row, drawing = [], False
            for piece in re.finditer(r"\x1b\[([0-9;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|([\x0e\x0f])|(.)", line):
                if piece[1] is not None:
                    restyle(style, piece[1])
                elif piece[2]:
                    drawing = piece[2] == "\x0e"
                elif piece[3]:
                    place(row, LINE_DRAWING.get(piece[3], piece[3]) if drawing else piece[3], style)
            rows.append(row + [Cell(" ", {})] * (self.columns - len(row)))
        return rows + [[Cell(" ", {})] * self.columns] * (self.rows - len(rows))

    def cell(self, row, column):
        return self.cells()[row][column]

    def find(self, text):
        """(row, column) of a text on the screen; None if it is not there."""
        for row, cells in enumerate(self.cells()):
            line = [cell.character for cell in cells]
            joined = "".join(line)
            at = joined.find(text)
            if at >= 0:
                seen = column = 0
                while seen < at:
                    seen += len(line[column])
                    column += 1
                return row, column
        return None

    def cursor(self):
        """(row, column, shown) of the text cursor."""
        row, column, shown = self.tmux("display-message", "-t", "t", "-p", "#{cursor_y} #{cursor_x} #{cursor_flag}").split()
        return int(row), int(column), shown == "1"

    def wait_for(self, pattern, timeout=PATIENCE):
        """Waits until a regular expression is found on the screen; the match."""
        return self.wait_until(lambda: re.search(pattern, self.text(), re.MULTILINE), f"/{pattern}/", timeout)

    def wait_gone(self, pattern, timeout=PATIENCE):
        self.wait_until(lambda: not re.search(pattern, self.text(), re.MULTILINE), f"/{pattern}/ to go", timeout)

    def busy(self):
        """Whether a key is still unread, or a thread of the terminal or of what runs in it has work:
        on a machine with much else to do a program may be silent for long, and not because it is done."""
        if self.tty is None:
            pid, self.tty = self.tmux("display-message", "-t", "t", "-p", "#{pid} #{pane_tty}").split()
            self.server = int(pid)
        with contextlib.suppress(OSError):
            tty = os.open(self.tty, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                if struct.unpack("i", fcntl.ioctl(tty, termios.FIONREAD, b"\0\0\0\0"))[0]:
                    return True
            finally:
                os.close(tty)
        return any(has_work(pid) for pid in family(self.server))

    def wait_still(self, quiet=0.15, timeout=PATIENCE):
        """Waits until the program has nothing to do and has written nothing for a moment; the screen's text."""
        end, size, since = time.monotonic() + timeout, -1, 0
        while time.monotonic() < end:
            now = len(self.raw())
            if now != size or self.busy():
                size, since = now, time.monotonic()
            elif time.monotonic() - since >= quiet:
                return self.text()
            time.sleep(0.02)
        raise AssertionError(f"the screen is never still\n{self.show()}")

    def wait_until(self, true, what, timeout=PATIENCE):
        try:
            return until(true, timeout, what)
        except AssertionError as failure:
            raise AssertionError(f"{failure}\n{self.show()}") from None

    def show(self):
        with contextlib.suppress(AssertionError):
            edge = "+" + "-" * self.columns + "+"
            rows = ("".join(cell.character for cell in row) for row in self.cells())
            return "\n".join([edge, *(f"|{row}|" for row in rows), edge])
        return "(the terminal is gone)"

    # -- the program

    def pid(self):
        path = self.folder / "pid"
        return int(self.wait_until(lambda: path.exists() and path.read_text().strip(), "the program to start"))

    def running(self):
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int((self.folder / "pid").read_text())
            return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
        return False

    def exit_code(self, timeout=PATIENCE):
        """Waits for the program's end; its exit code, 128 and the signal's number after a signal."""
        path = self.folder / "code"
        self.wait_until(path.exists, "the program to end", timeout)
        return int(path.read_text())

    # -- what it left

    def raw(self):
        """Every byte that was written to the terminal."""
        path = self.folder / "raw"
        return path.read_bytes() if path.exists() else b""

    def copied(self):
        """The last text that was put on the clipboard (OSC 52); None if there was none."""
        found = re.findall(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)", self.raw())
        return base64.b64decode(found[-1]).decode() if found else None

    def left_behind(self):
        """After the end: what of the terminal is not as it was before; [] if all is."""
        left = []
        if (self.folder / "before").read_text() != (self.folder / "after").read_text():
            left.append("the modes of stty")
        flags = self.tmux("display-message", "-t", "t", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag}")
        for flag, good, what in zip(flags.split(), "0100", ("alternate screen", "hidden cursor", "mouse", "keypad")):
            if flag != good:
                left.append(what)
        pastes = re.findall(rb"\x1b\[\?2004([hl])", self.raw())
        if pastes and pastes[-1] == b"h":
            left.append("bracketed paste")
        return left


def family(pid):
    """A process and all below it."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{parent}/task"):
                children = pathlib.Path(f"/proc/{parent}/task/{thread}/children").read_text()
                found += map(int, children.split())
    return found


def has_work(pid):
    """Whether one of its threads runs, wants to, or waits for the disk."""
    with contextlib.suppress(OSError, IndexError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            if pathlib.Path(f"/proc/{pid}/task/{thread}/stat").read_text().rsplit(")", 1)[1].split()[0] in "RD":
                return True
    return False


def place(row, character, style):
    """Puts a character at the end of a row: a mark joins its cell, a wide one takes two."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        if row:
            row[-1].character += character
        return
    row.append(Cell(character, style))
    if unicodedata.east_asian_width(character) in "WF":
        row.append(Cell("", style))


def restyle(style, codes):
    """Applies one SGR sequence."""
    numbers = [int(code) if code else 0 for code in re.split("[;:]", codes)]
    while numbers:
        number = numbers.pop(0)
        if number == 0:
            style.clear()
        elif number in (38, 48):
            kept = 2 if numbers[:1] == [5] else 4
            style["foreground" if number == 38 else "background"] = tuple(numbers[:kept])
            del numbers[:kept]
        elif 30 <= number <= 37 or 90 <= number <= 97:
            style["foreground"] = number
        elif 40 <= number <= 47 or 100 <= number <= 107:
            style["background"] = number
        elif number == 39:
            style.pop("foreground", None)
        elif number == 49:
            style.pop("background", None)
        elif number == 22:
            style.pop(1, None), style.pop(2, None)
        elif number in (24, 27):
            style.pop(number - 20, None)
        else:
            style[number] = True
