"""How fast stars are imported: 80 pages from a forge that takes 100 ms for each answer, with several pages
in flight and one at a time; a second import; and reading and storing by themselves.

    make bench-stars        or: BARKY=build/barky python3 tests/bench_stars.py
"""

import os
import subprocess
import tempfile
import time

from fake_forge import Forge, stars
from harness import BARKY, RECORDED, TOP

PAGES = 80
LATENCY = 0.1


def timed_import(forge, home, *options):
    """Wall seconds of the whole program, and how many requests it made."""
    forge.clear()
    environment = {**os.environ, "BARKY_GITHUB_API": forge.url, "HOME": home,
                   "BARKY_DB": os.path.join(home, "barky.db")}
    environment.pop("GH_TOKEN", None), environment.pop("GITHUB_TOKEN", None)
    began = time.monotonic()
    subprocess.run([BARKY, "import", "github", "octocat", *options], env=environment, check=True,
                   stdout=subprocess.DEVNULL)
    return time.monotonic() - began, len(forge.requests)


def walk(jobs):
    with tempfile.TemporaryDirectory() as home, Forge(stars(PAGES * 100), latency=LATENCY) as forge:
        first, requests = timed_import(forge, home, "--jobs", str(jobs))
        again, later = timed_import(forge, home, "--jobs", str(jobs))
        bound = PAGES * LATENCY / jobs * 1.1
        print(f"{PAGES} pages, {LATENCY * 1000:.0f} ms each, {jobs:2} in flight: {first:6.2f} s, "
              f"{requests} requests (pages x latency / jobs + 10 %: {bound:.2f} s); "
              f"second import: {again:.2f} s, {later} requests")
        return first


def pages():
    folder = RECORDED / "github-stars" / "reconstructed-star-json" / "Whoaa512-2026"
    program = os.environ.get("BENCH_STAR_PAGES", str(TOP / "build" / "tests" / "bench_star_pages"))
    if folder.is_dir() and os.access(program, os.X_OK):
        for _ in range(3):
            print(subprocess.run([program, folder], capture_output=True, text=True).stdout.strip())
    else:
        print("no recorded stars, or no bench_star_pages (make check-programs): not measured")


if __name__ == "__main__":
    several = walk(4)
    print(f"one at a time takes {walk(1) / several:.1f} times as long")
    walk(10)
    pages()
