"""What the tests of importing stars share."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from harness import BarkyTest  # noqa: E402


class StarsCase(BarkyTest):
    """self.take(forge, …) imports octocat's stars and gives the summary."""

    def setUp(self):
        super().setUp()
        self.environment["BARKY_RETRY_MS"] = "20"  # what is tried again is tried again at once

    def at(self, forge, **variables):
        return {"BARKY_GITHUB_API": forge.url, **variables}

    def run_import(self, forge, *options, code=0, user="octocat", env=None, **others):
        who = [user] if user else ["--me"]
        return self.barky("import", "github", *who, "--json", *options, code=code,
                          env={**self.at(forge), **(env or {})}, **others)

    def take(self, forge, *options, **others):
        return self.run_import(forge, *options, **others).json()

    def events(self):
        return self.barky("events", "--jsonl").out.splitlines()

    def changes(self):
        """What an import that changes nothing must leave as it is."""
        told = [line for line in self.events() if '"stars_' not in line]
        return self.bookmarks(), told

    def by_title(self):
        return {bookmark["title"]: bookmark for bookmark in self.bookmarks()}

    def assert_has(self, listed):
        """The library has exactly these stars, once each."""
        expected = sorted(item["repo"]["html_url"] for item in listed)
        self.assertEqual(sorted(self.urls()), expected)
