#!/usr/bin/env python3
"""How barky's import and export compare with buku's, as ratios within one run.

    make bench-files                         10,000 in, 100,000 out
    make bench-files BENCH="--out 1000000"   a million out as JSON
    tests/bench_files.py [--in SIZE]... [--out SIZE]... [--patience SECONDS] [--repeat N]

Both read one HTML file of made-up bookmarks in nested folders into an empty library (buku with all
parent folders as tags, which is what barky does), and write all of one library as JSON. Shown are
processor seconds (user and system, medians of interleaved runs), wall time, and peak memory. An
import that buku does not finish within the patience is estimated from a smaller one, by the growth
it showed (26 times for ten times as many), and marked "estimated". BARKY names the program.
"""

import argparse
import html
import math
import os
import pathlib
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
BUKU = ["buku", "--nostdin", "--np", "--nc"]
BUKU_GROWTH = 26  # measured: ten times the records take it 26 times as long
FOLDER_SIZE = 25


def write_html(path, rows):
    """A bookmark file as a browser writes it, three folders deep."""
    with open(path, "w", encoding="utf-8") as file:
        file.write('<!DOCTYPE NETSCAPE-Bookmark-file-1>\n'
                   '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
                   "<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n")
        for number, row in enumerate(rows):
            if number % FOLDER_SIZE == 0:
                if number:
                    file.write("</DL><p>\n</DL><p>\n")
                file.write(f"<DT><H3>Shelf {number // 1000}</H3>\n<DL><p>\n"
                           f"<DT><H3>Folder {number // FOLDER_SIZE % 40}</H3>\n<DL><p>\n")
            file.write(f'<DT><A HREF="{html.escape(row["url"])}" ADD_DATE="{row["date"]}" LAST_MODIFIED="{row["date"]}"'
                       f' TAGS="{html.escape(",".join(row["tags"]))}">{html.escape(row["title"])}</A>\n')
            if row["notes"]:
                file.write(f"<DD>{html.escape(row['notes'])}\n")
        file.write("</DL><p>\n</DL><p>\n</DL><p>\n")


class Run:
    """What one run cost."""

    def __init__(self, command, environment, answers="", patience=None, output=subprocess.DEVNULL):
        begin, before = time.perf_counter(), os.times()
        self.finished = True
        measured = ["time", "-f", "%M"] if shutil.which("time") else []
        process = subprocess.Popen(measured + command, env=environment, stdin=subprocess.PIPE, stdout=output,
                                   stderr=subprocess.PIPE, text=True, start_new_session=True)
        try:
            _, said = process.communicate(answers, timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            _, said = process.communicate()
            self.finished = False
        after = os.times()
        self.wall = time.perf_counter() - begin
        self.cpu = after.children_user - before.children_user + after.children_system - before.children_system
        last = said.split()[-1:] if measured and self.finished else []
        self.memory = int(last[0]) / 1024 if last and last[0].isdigit() else None


def home(folder, name):
    path = folder / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return {"PATH": os.environ["PATH"], "HOME": str(path), "XDG_DATA_HOME": str(path), "LANG": "C.UTF-8",
            "BARKY_DB": str(path / "barky.db"), "XDG_CACHE_HOME": str(path / "cache")}


def shown(run):
    memory = f", {run.memory:.1f} MiB at most" if run.memory else ""
    return f"{run.cpu:.2f} s of processor ({run.wall:.2f} s){memory}"


def median(runs):
    return statistics.median(run.cpu for run in runs)


def bench_import(folder, size, options, known):
    """Prints one line, and gives buku's seconds for estimates of larger sizes."""
    path = folder / f"{size}.html"
    write_html(path, made_bookmarks.bookmarks(size))
    file_size = path.stat().st_size / 2**20
    ours, theirs, estimated = [], [], None
    for _ in range(options.repeat):
        ours.append(Run([BARKY, "import", str(path)], home(folder, "barky")))
        if shutil.which("buku") and not estimated:
            run = Run([*BUKU, "-i", str(path)], home(folder, "buku"), "n\nn\na\n", options.patience)
            if run.finished:
                theirs.append(run)
            elif known:
                smaller, seconds = known
                estimated = seconds * BUKU_GROWTH ** math.log10(size / smaller)
    print(f"import of {size:,} from HTML ({file_size:.1f} MiB)")
    print(f"  barky  {shown(ours[0])}, {ours[0].memory - file_size:.1f} MiB beyond the file" if ours[0].memory
          else f"  barky  {shown(ours[0])}")
    seconds = median(theirs) if theirs else estimated
    if not seconds:
        print("  buku   not installed, or it did not finish")
        return known
    print(f"  buku   {shown(theirs[0])}" if theirs else f"  buku   {seconds:.0f} s, estimated")
    print(f"  barky takes 1/{seconds / median(ours):.1f} of buku's time (aim: "
          f"{'1/40' if size >= 100_000 else '1/18'})", flush=True)
    return (size, seconds) if theirs else known


def fill(folder, size):
    """One library of barky's and one of buku's with the same bookmarks."""
    ours, theirs = home(folder, "barky"), home(folder, "buku")
    jsonl, rows = folder / "bookmarks.jsonl", made_bookmarks.bookmarks(size)
    made_bookmarks.write_jsonl(jsonl, rows)
    subprocess.run([BARKY, "import", str(jsonl)], env=ours, stdout=subprocess.DEVNULL, check=True)
    jsonl.unlink()
    database = pathlib.Path(theirs["XDG_DATA_HOME"]) / "buku" / "bookmarks.db"
    database.parent.mkdir()
    made_bookmarks.write_buku(database, made_bookmarks.bookmarks(size))
    return ours, theirs


def bench_export(folder, size, options):
    ours_home, theirs_home = fill(folder, size)
    ours, theirs = [], []
    for _ in range(options.repeat):
        ours.append(Run([BARKY, "export", "--format", "json", "--output", str(folder / "out.json")], ours_home))
        if shutil.which("buku"):
            theirs.append(Run([*BUKU, "-p", "-j"], theirs_home))
    print(f"export of {size:,} as JSON")
    print(f"  barky  {shown(ours[0])}")
    if theirs:
        print(f"  buku   {shown(theirs[0])}")
        print(f"  barky takes 1/{median(theirs) / median(ours):.1f} of buku's time (aim: 1/7)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="imports", type=int, action="append", metavar="SIZE")
    parser.add_argument("--out", dest="exports", type=int, action="append", metavar="SIZE")
    parser.add_argument("--patience", type=float, default=180, metavar="SECONDS")
    parser.add_argument("--repeat", type=int, default=3, metavar="N")
    options = parser.parse_args()
    if not options.imports and not options.exports:
        options.imports, options.exports = [10_000], [100_000]
    known = None
    with tempfile.TemporaryDirectory(prefix="barky-bench-") as temporary:
        for size in sorted(options.imports or []):
            known = bench_import(pathlib.Path(temporary), size, options, known)
        for size in sorted(options.exports or []):
            bench_export(pathlib.Path(temporary), size, options)


if __name__ == "__main__":
    main()
