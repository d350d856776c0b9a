#!/usr/bin/env python3
"""How barky's start and search compare with what else is installed, as ratios within one run.

    make bench                       10,000 and 100,000 bookmarks
    make bench BENCH="1000000"       a million: takes a few minutes to prepare
    tests/bench_search.py [--keep FOLDER] [--repeat N] [SIZE ...]

Every program searches the same made-up bookmarks, each in the form it reads: buku its own database,
sqlite3 the same by LIKE, fzf, fzy, grep and rg a file of lines. Runs are interleaved, so that a
busy machine slows all alike; shown are medians, and (1/N) that barky takes the Nth part of the time.
Programs that are not installed are left out. BARKY names the program.
"""

import argparse
import itertools
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "program"))
import made_bookmarks  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
BARKY = os.environ.get("BARKY", str(TOP / "build" / "barky"))
BENCH_WORDS = os.environ.get("BENCH_WORDS", str(TOP / "build" / "tests" / "bench" / "bench_words"))
PART = 250_000
TERMS = ["kanban", "database", "zeirmbri", "web linter"]


def has(program):
    return shutil.which(program) is not None


class Set:
    """One size of library, in all forms."""

    def __init__(self, folder, size):
        self.size, self.folder = size, folder / str(size)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.library, self.lines = self.folder / "barky.db", self.folder / "lines.tsv"
        self.buku = self.folder / "data" / "buku" / "bookmarks.db"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8",
                            "XDG_CACHE_HOME": str(self.folder / "cache"), "TERM": "dumb",
                            "XDG_DATA_HOME": str(self.folder / "data"), "BARKY_DB": str(self.library)}
        if not (self.folder / "ready").exists():
            self.make()

    def make(self):
        print(f"making {self.size:,} bookmarks", file=sys.stderr)
        jsonl = self.folder / "bookmarks.jsonl"
        self.buku.parent.mkdir(parents=True, exist_ok=True)
        made_bookmarks.write_lines(self.lines, made_bookmarks.bookmarks(self.size))
        made_bookmarks.write_buku(self.buku, made_bookmarks.bookmarks(self.size))
        rows = made_bookmarks.bookmarks(self.size)
        for _ in range(0, self.size, PART):  # a file of a million is larger than any that is taken in
            made_bookmarks.write_jsonl(jsonl, itertools.islice(rows, PART))
            self.run([BARKY, "import", str(jsonl), "--format", "jsonl"])
        self.run([BARKY, "search", "kanban"])
        jsonl.unlink()
        (self.folder / "ready").touch()

    def run(self, command, stdin=None):
        """Seconds of one run, whatever it found."""
        with open(stdin or os.devnull, "rb") as read:
            begin = time.perf_counter()
            subprocess.run(command, stdin=read, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           env=self.environment, check=False)
            return time.perf_counter() - begin

    def peak(self, command):
        """MiB at most, by time(1): what a child of ours would be told includes ourselves."""
        said = subprocess.run(["time", "-f", "%M", *command], env=self.environment, text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return int(said.stderr.split()[-1]) / 1024


def empty_program(folder):
    """The least that a process can cost here: an empty main(), or true where nothing compiles."""
    source, program = folder / "empty.c", folder / "empty"
    source.write_text("int main(void) { return 0; }\n")
    for compiler in ("cc", "gcc", "clang"):
        if has(compiler) and subprocess.run([compiler, "-O2", source, "-o", program], check=False).returncode == 0:
            return str(program)
    return shutil.which("true")


def compare(title, runs, repeat, slow=()):
    """Runs each in turn, repeat times (what is slow less often); prints medians and ratios to the first."""
    times = {name: [] for name in runs}
    for turn in range(repeat):
        for name, run in runs.items():
            if name not in slow or turn < max(3, repeat // 4):
                times[name].append(run())
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    ours = next(iter(medians.values()))
    others = "  ".join(f"{name} {1000 * taken:.1f} ms (1/{taken / ours:.1f})"
                       for name, taken in list(medians.items())[1:])
    print(f"  {title:<28} {1000 * ours:7.2f} ms   {others}", flush=True)


def list_and_empty(made, empty, repeat):
    pairs = [(made.run([empty]), made.run([BARKY, "list", "--limit", "50"])) for _ in range(repeat)]
    least, ours = (statistics.median(taken) for taken in zip(*pairs))
    print(f"  an empty program             {1000 * least:7.2f} ms   barky list {1000 * ours:.2f} ms "
          f"({ours / least:.1f} times)", flush=True)


def like(term):
    """The same question in SQL: each word somewhere in some field."""
    return " AND ".join(f"(metadata LIKE '%{word}%' OR URL LIKE '%{word}%' OR desc LIKE '%{word}%' "
                        f"OR tags LIKE '%{word}%')" for word in term.split())


def searchers(made, term):
    """The runs of one term, by program."""
    runs = {"barky": lambda: made.run([BARKY, "search", "--tsv", *term.split()])}
    if has("buku"):
        runs["buku --deep"] = lambda: made.run(
            ["buku", "--nostdin", "--np", "--nc", "-f", "1", "-S", *term.split(), "--deep"])
    if has("sqlite3"):
        sql = f"SELECT id, URL, metadata FROM bookmarks WHERE {like(term)}"
        runs["sqlite3 LIKE"] = lambda: made.run(["sqlite3", "-readonly", str(made.buku), sql])
    if has("fzf"):
        runs["fzf -e -f"] = lambda: made.run(["fzf", "-e", "-f", term], made.lines)
    if has("fzy") and " " not in term:
        runs["fzy -e"] = lambda: made.run(["fzy", "-e", term], made.lines)
    if has("grep") and " " not in term:
        runs["grep -F -i"] = lambda: made.run(["grep", "-F", "-i", term, str(made.lines)])
    if has("rg") and " " not in term:
        runs["rg -F -i"] = lambda: made.run(["rg", "-F", "-i", term, str(made.lines)])
    return runs


def bench(made, repeat):
    print(f"{made.size:,} bookmarks")
    runs = {"barky": lambda: made.run([BARKY, "list", "--limit", "50"])}
    if has("buku"):
        runs["buku -p -50"] = lambda: made.run(["buku", "--nostdin", "--np", "--nc", "-p", "-50"])
    compare("list --limit 50", runs, repeat, slow=("buku -p -50",))
    list_and_empty(made, empty_program(made.folder), repeat * 3)
    for term in TERMS:
        compare(f"search {term}", searchers(made, term), repeat, slow=("buku --deep", "sqlite3 LIKE"))
    compare("search --limit 50 https", {
        "barky": lambda: made.run([BARKY, "search", "--limit", "50", "--tsv", "https"])}, repeat)
    fuzzy = {"barky": lambda: made.run([BARKY, "search", "--tsv", "~kbnrd"])}
    if has("fzf"):
        fuzzy["fzf -f"] = lambda: made.run(["fzf", "-f", "kbnrd"], made.lines)
    if has("fzy"):
        fuzzy["fzy -e"] = lambda: made.run(["fzy", "-e", "kbnrd"], made.lines)
    compare("search ~kbnrd", fuzzy, repeat)
    if os.access(BENCH_WORDS, os.X_OK):
        subprocess.run([BENCH_WORDS, str(made.library)], env=made.environment, check=False)
    if has("time"):
        print(f"  memory at most: list {made.peak([BARKY, 'list', '--limit', '50']):.1f} MiB, "
              f"search {made.peak([BARKY, 'search', '--tsv', 'kanban']):.1f} MiB, "
              f"search of all text {made.peak([BARKY, 'search', '--tsv', '-ba']):.1f} MiB; "
              f"lines {made.lines.stat().st_size / 2**20:.1f} MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000], metavar="SIZE")
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="make the libraries there, and keep them")
    parser.add_argument("--repeat", type=int, default=15, metavar="N")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="barky-bench-") as temporary:
        for size in options.sizes or [10_000, 100_000]:
            bench(Set(options.keep or pathlib.Path(temporary), size), options.repeat)


if __name__ == "__main__":
    main()
