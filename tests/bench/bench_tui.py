#!/usr/bin/env python3
"""How long a key takes on the screen: from writing it into a pseudo-terminal to the last byte of the answer.

    make bench-tui
    tests/bench_tui.py [--library FILE] [SIZE ...]

Prints each figure beside its target, and how long the same keys take in fzf and fzy, where these are
installed, over the same bookmarks as lines, at 200 columns and 50 rows, runs interleaved. A busy machine makes single worst times noisy: look at the median.
BARKY names the program; --library uses a library that is there instead of a made-up one.
"""

import argparse
import fcntl
import os
import pathlib
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "program"))
import made_bookmarks  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
BARKY = os.environ.get("BARKY", str(TOP / "build" / "barky"))
QUIET = 0.025  # a silence that ends an answer, in seconds


class Screen:
    def __init__(self, library, folder, columns=80, rows=24, command=None, quiet=QUIET):
        self.quiet = quiet
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            command = command or [BARKY, "--db", str(library)]
            os.execvpe(command[0], command,
                       {"HOME": str(folder), "TERM": "xterm-256color", "LANG": "C.UTF-8",
                        "PATH": os.environ["PATH"]})
        self.start, self.start_bytes = self.answer(self.started, 0.15)

    def answer(self, begun, quiet, timeout=2.0):
        """Seconds to the last byte before a silence, and how many bytes there were."""
        last, size = None, 0
        while True:
            wait = quiet if size else timeout
            if not select.select([self.terminal], [], [], wait)[0]:
                return (last or begun) - begun, size
            data = os.read(self.terminal, 65536)
            last, size = time.perf_counter(), size + len(data)

    def press(self, key):
        begun = time.perf_counter()
        os.write(self.terminal, key)
        return self.answer(begun, self.quiet)

    def idle(self, seconds):
        """Wake-ups and bytes a second while nothing happens: every thread's voluntary switches."""
        before = self.switches()
        written = select.select([self.terminal], [], [], seconds)[0]
        return (self.switches() - before) / seconds, bool(written)

    def switches(self):
        total = 0
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total

    def close(self):
        os.write(self.terminal, b"\x07\x07Q")
        end = time.monotonic() + 5
        while time.monotonic() < end:
            try:
                if select.select([self.terminal], [], [], 0.1)[0]:
                    os.read(self.terminal, 65536)
            except OSError:
                break
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def show(name, figures, target, unit="ms"):
    figures = sorted(figures)
    at = lambda share: figures[min(len(figures) - 1, int(len(figures) * share))]
    print(f"  {name:<28} median {at(0.5):7.2f}  p90 {at(0.9):7.2f}  p99 {at(0.99):7.2f} {unit:<6}  target: {target}")


def measure(library, folder, size):
    starts = []
    for _ in range(7):
        screen = Screen(library, folder)
        starts.append(screen.start * 1000)
        screen.close()
    print(f"{size:,} bookmarks")
    show("start to a full screen", starts, "100 or less")
    screen = Screen(library, folder)
    moves = [screen.press(key) for key in [b"j"] * 150 + [b"k"] * 150]
    show("moving", [took * 1000 for took, _ in moves], "median 1, p99 8")
    print(f"  {'bytes a move':<28} mean {sum(count for _, count in moves) / len(moves):9.0f}"
          f"{'':35}target: 400 or less")
    time.sleep(1)
    wakes, wrote = screen.idle(3)
    print(f"  {'idle wake-ups a second':<28} {wakes:14.2f}  {'and it wrote' if wrote else ''}{'':33}target: 0")
    screen.press(b"/")
    typed = []
    for word in (b"kanban", b"data", b"web lint") * 4:
        for letter in word:
            typed.append(screen.press(bytes([letter]))[0] * 1000)
        for _ in word:
            typed.append(screen.press(b"\x7f")[0] * 1000)
    show("a key of the filter", typed, "p99 16")
    screen.close()


PEERS = {"fzf": "exec fzf --no-mouse --tiebreak=length", "fzy": "exec fzy -l 45"}
PEER_QUIET = 0.3  # they echo a key at once, and answer it later


def type_word(screen, word):
    """Milliseconds of each key of a word, to the last byte of its answer; then the word is taken back."""
    times = [screen.press(bytes([letter])) for letter in word]
    for _ in word:
        screen.press(b"\x7f")
    return [took * 1000 for took, _ in times]


def compare(library, lines, folder):
    """The keys of a fuzzy word, in barky and in its peers."""
    peers = [name for name in PEERS if shutil.which(name)]
    screens = {"barky": Screen(library, folder, 200, 50, quiet=PEER_QUIET)}
    for name in peers:
        command = ["sh", "-c", f"{PEERS[name]} < '{lines}'"]
        screens[name] = Screen(None, folder, 200, 50, command, PEER_QUIET)
    time.sleep(1)
    screens["barky"].press(b"/")
    screens["barky"].press(b"~")
    times = {name: [] for name in screens}
    for _ in range(3):
        for name, screen in screens.items():
            times[name].append(type_word(screen, b"database"))
    medians = {name: [statistics.median(key) for key in zip(*times[name])] for name in screens}
    print("  the keys of ~database            " + "  ".join("database"))
    for name in screens:
        print(f"    {name:<12} ms {' '.join(f'{key:6.1f}' for key in medians[name])}")
    for name in peers:
        ratios = [mine / theirs for mine, theirs in zip(medians["barky"], medians[name])]
        print(f"    of {name:<12} {' '.join('  1/%-3.1f' % (1 / ratio) for ratio in ratios)}")
    screens["barky"].close()
    for name in peers:
        os.write(screens[name].terminal, b"\x03")
        os.waitpid(screens[name].pid, 0)
        os.close(screens[name].terminal)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library")
    parser.add_argument("sizes", nargs="*", type=int, default=[10000, 100000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="barky-bench-") as name:
        folder = pathlib.Path(name)
        if options.library:
            return measure(options.library, folder, 0)
        for size in options.sizes or [10000, 100000]:
            rows, library = folder / "rows.jsonl", folder / f"{size}.db"
            made_bookmarks.write_jsonl(rows, made_bookmarks.bookmarks(size))
            subprocess.run([BARKY, "--db", str(library), "import", str(rows), "--format", "jsonl"], check=True,
                           env={"HOME": name, "PATH": os.environ["PATH"]}, stdout=subprocess.DEVNULL)
            measure(library, folder, size)
            made_bookmarks.write_lines(folder / "lines.tsv", made_bookmarks.bookmarks(size))
            compare(library, folder / "lines.tsv", folder)


if __name__ == "__main__":
    main()
