"""Recorded pages of real stars, served as GitHub serves them; passed over where they are not there."""

import json
import unittest

from fake_forge import Forge
from harness import RECORDED
from stars_case import StarsCase

SETS = {
    "star-json/sigmavirus24-2018": 616,
    "star-json/kazimics-2025": 177,
    "plain-json/loganlinn-2020-2022": 400,
    "reconstructed-star-json/F-e-u-e-r-2026": 758,
    "reconstructed-star-json/Whoaa512-2026": 5200,
}


def recorded(name):
    """The stars of a set, oldest first."""
    pages = sorted((RECORDED / "github-stars" / name).glob("page-*.json"))
    items = [item for page in pages for item in json.loads(page.read_text(encoding="utf-8"))]
    return items[::-1]


def expected(item):
    """What a star is to become: title, notes, tags, date."""
    repo = item.get("repo", item)
    tags, seen = [], set()
    for tag in list(repo.get("topics") or []) + [repo.get("language") or ""]:
        if tag and tag.lower() not in seen:
            seen.add(tag.lower())
            tags.append(tag)
    notes = (repo["description"] or "").strip()
    return repo["full_name"], notes, sorted(tags, key=str.lower), item.get("starred_at")


class RealStars(StarsCase):
    def take_set(self, name):
        if not (RECORDED / "github-stars" / name).is_dir():
            self.skipTest(f"no {RECORDED}")
        listed = recorded(name)
        self.assertEqual(len(listed), SETS[name])
        with Forge(listed) as forge:
            summary = self.take(forge)
            self.assertEqual(summary["skipped"], 0)
            again = self.take(forge)
            self.assertEqual((again["added"], again["updated"]), (0, 0))
            before = self.changes()
            self.assertEqual(self.take(forge, "--full")["unchanged"], summary["fetched"])
            self.assertEqual(self.changes(), before)
        return listed, summary

    def check_set(self, name):
        listed, summary = self.take_set(name)
        found = {bookmark["url"]: bookmark for bookmark in self.bookmarks()}
        addresses = {item.get("repo", item)["html_url"] for item in listed}
        self.assertEqual(set(found), addresses)
        self.assertEqual(summary["added"], len(addresses))
        for item in listed:
            bookmark = found[item.get("repo", item)["html_url"]]
            title, notes, tags, date = expected(item)
            self.assertEqual(bookmark["title"], title)
            self.assertEqual(bookmark["notes"], notes)
            self.assertEqual(sorted(bookmark["tags"], key=str.lower), tags)
            if date:
                self.assertEqual(bookmark["date_added"], date)

    def test_616_of_2018(self):
        self.check_set("star-json/sigmavirus24-2018")

    def test_177_of_2025(self):
        self.check_set("star-json/kazimics-2025")

    def test_400_without_a_time(self):
        self.check_set("plain-json/loganlinn-2020-2022")

    def test_758_with_topics(self):
        self.check_set("reconstructed-star-json/F-e-u-e-r-2026")

    def test_5200_without_a_number(self):
        self.check_set("reconstructed-star-json/Whoaa512-2026")


if __name__ == "__main__":
    unittest.main()
