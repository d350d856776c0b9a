"""What the tests of the screen share: a small library with known ages, and barky in a terminal."""

import datetime
import json
import re

from harness import BARKY, PATIENCE, BarkyTest
from terminal import Terminal

# url, title, notes, tags, days ago
LIBRARY = [
    ("https://github.com/dhth/bmm", "dhth/bmm", "get to your bookmarks in a flash", ["cli", "go"], 2),
    ("https://github.com/jarun/buku", "jarun/buku", "Personal mini-web in text", ["cli", "python"], 95),
    ("https://github.com/sharkdp/bat", "sharkdp/bat", "A cat clone with wings", ["rust", "cli"], 400),
    ("https://ja.example/unix", "日本語の題名 UNIX", "オペレーティングシステムの歴史", ["歴史"], 800),
    ("https://example.org/no-title", "", "", [], 900),
    ("https://example.org/caf%C3%A9", "Café crème", "café, naïve, e\u0301", ["food"], 1200),
    ("https://example.org/evil", "Evil \x1b[31mred\x1b[0m \u202egnp.exe", "a\x07b\x9bc", ["bad"], 1500),
    ("https://example.org/rust", "Learning Rust", "The book", ["rust", "books"], 2000),
]


def since(days):
    moment = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days, hours=1)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class ScreenTest(BarkyTest):
    def fill(self, rows=None):
        """The library above, or other rows like it."""
        lines = [json.dumps({"url": url, "title": title, "notes": notes, "tags": tags, "date_added": since(days)})
                 for url, title, notes, tags, days in (LIBRARY if rows is None else rows)]
        self.barky("import", "-", "--format", "jsonl", input="\n".join(lines) + "\n")

    def configure(self, text):
        folder = self.home / "config" / "barky"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config").write_text(text)

    def screen(self, columns=80, rows=24, arguments=(), env=None, term="tmux-256color", ready="bookmark", command=None):
        environment = {**self.environment, **(env or {})}
        environment.pop("TERM", None)
        environment.setdefault("BARKY_MESSAGE_MS", str(1000 * PATIENCE))  # not gone before it was looked for
        # ncurses would look for the mouse of this machine's console, by a library (libgpm) that loses memory.
        environment.setdefault("NCURSES_GPM_TERMS", "none")
        terminal = Terminal(command or [BARKY, *arguments], columns=columns, rows=rows, environment=environment,
                            directory=self.home, term=term)
        self.addCleanup(terminal.close)
        if ready:
            terminal.wait_for(ready)
            terminal.wait_still()
        return terminal

    def leave(self, screen, key="Q"):
        """Quits, and checks that the terminal is as it was."""
        screen.keys(key)
        self.assertEqual(screen.exit_code(), 0)
        self.assertEqual(screen.left_behind(), [])

    def press(self, screen, *keys):
        """Keys one after the other, each after the screen is still (so Escape is only itself)."""
        for key in keys:
            screen.keys(key)
            screen.wait_still(0.3 if key == "Escape" else 0.06)

    def current(self, screen):
        """The row under the cursor."""
        for line in screen.lines():
            if line.startswith(("▌", ">")):
                return line
        return None

    def titles(self, library=None):
        return [bookmark["title"] for bookmark in self.bookmarks()]

    @staticmethod
    def undated(text):
        """Days are masked, as they move with the calendar."""
        text = re.sub(r"\b\d{4}-\d\d-\d\d\b", "YYYY-MM-DD", text)
        text = re.sub(r"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( \d{4})?\b", "DAY", text)
        return re.sub(r"\btoday \d\d:\d\d\b", "today HH:MM", text)
