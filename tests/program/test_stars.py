"""The stars of a user, imported from a forge of the tests' own: what comes in, what stays, what follows."""

import json
import unittest

from fake_forge import Forge, star, stars
from stars_case import StarsCase


class First(StarsCase):
    def test_everything_a_star_says_comes_in(self):
        with Forge(stars(1)) as forge:
            summary = self.take(forge)
        self.assertEqual(summary["status"], "complete")
        bookmark = self.bookmarks()[0]
        self.assertEqual(bookmark["title"], "owner1/repo-1")
        self.assertEqual(bookmark["url"], "https://github.com/owner1/repo-1")
        self.assertEqual(bookmark["notes"], "The repository number 1")
        self.assertEqual(bookmark["tags"], ["Rust", "terminal", "topic-1"])
        self.assertEqual(bookmark["date_added"], "2017-07-14T03:40:00Z")
        self.assertEqual(bookmark["date_modified"], "2017-07-14T03:40:00Z")
        self.assertEqual(bookmark["source"], "github:octocat")
        self.assertFalse(bookmark["unstarred"])

    def test_every_page_comes_in_once(self):
        for count in (0, 1, 99, 100, 101, 250):
            with self.subTest(count=count), Forge(stars(count)) as forge:
                database = self.home / f"{count}.db"
                summary = self.take(forge, "--db", database)
                self.assertEqual(summary["added"], count)
                self.assertEqual(summary["fetched"], count)
                self.assertLessEqual(len(forge.requests), max(1, -(-count // 100)) + 3)
                listed = self.barky("list", "--json", "--db", database).json()
                self.assertEqual(len({b["url"] for b in listed}), count)

    def test_the_summary_has_the_keys_of_the_contract_in_their_order(self):
        with Forge(stars(3)) as forge:
            summary = self.take(forge)
        self.assertEqual(list(summary), [
            "source", "user", "status", "pages", "fetched", "added", "updated", "unchanged",
            "unstarred", "skipped", "requests", "seconds", "rate_limit", "error"])
        self.assertEqual(list(summary["rate_limit"]), ["limit", "remaining", "reset"])
        self.assertEqual((summary["user"], summary["error"]), ("octocat", None))

    def test_plain_repositories_are_understood_item_by_item(self):
        with Forge([star(1)["repo"], star(2), star(3)["repo"]]) as forge:
            self.take(forge)
        self.assertEqual(len(self.bookmarks()), 3)
        self.assertEqual(self.by_title()["owner2/repo-2"]["date_added"], "2017-07-14T04:40:00Z")

    def test_null_members_are_empty_and_odd_text_is_kept(self):
        odd = "tab\there \x1b[31m \u202e & &amp; \U0001f468\u200d\U0001f469"
        with Forge([star(1, description=None, language=None, topics=None),
                    star(2, description=odd)]) as forge:
            self.take(forge)
        found = self.by_title()
        self.assertEqual((found["owner1/repo-1"]["notes"], found["owner1/repo-1"]["tags"]), ("", []))
        self.assertEqual(found["owner2/repo-2"]["notes"], odd)
        self.assert_printable(self.barky("list").out)

    def test_options_choose_what_comes_in(self):
        with Forge(stars(2)) as forge:
            self.take(forge, "--no-topics", "--no-timestamps", "--tags", "mine,star")
        for bookmark in self.bookmarks():
            self.assertEqual(bookmark["tags"], ["mine", "star"])
            self.assertGreater(bookmark["date_added"], "2020")

    def test_what_was_left_out_comes_with_the_next_import_as_a_full_one_would_bring_it(self):
        for options, without in ((("--no-timestamps",), "date_added"), (("--no-topics",), "tags"), ((), "tags")):
            with self.subTest(options), Forge(stars(250)) as forge:
                later = () if options else ("--tags", "late")
                database, whole = self.home / f"{without}{options}.db", self.home / f"{without}{options}-whole.db"
                self.take(forge, "--db", database, *options)
                self.take(forge, "--db", database, *later)
                self.take(forge, "--db", whole, "--full", *later)
                found, expected = [
                    {bookmark["url"]: (bookmark["date_added"], bookmark["tags"])
                     for bookmark in self.barky("list", "--json", "--db", path).json()} for path in (database, whole)]
                self.assertEqual(found, expected)
                forge.clear()
                self.take(forge, "--db", database, *later)
                self.assertEqual(len(forge.requests), 1)

    def test_a_walk_that_broke_off_is_not_carried_on_by_one_that_wants_more(self):
        with Forge(stars(450)) as forge:
            forge.fault = lambda request: "500" if request.number > 4 else None
            self.run_import(forge, "--no-timestamps", "--jobs", "1", code=4)
            forge.clear()
            self.take(forge)
            dates = {bookmark["url"]: bookmark["date_added"] for bookmark in self.bookmarks()}
            self.assertEqual(dates, {item["repo"]["html_url"]: item["starred_at"] for item in forge.stars})

    def test_a_rehearsal_changes_nothing(self):
        with Forge(stars(230)) as forge:
            summary = self.take(forge, "--dry-run")
            self.assertEqual((summary["added"], self.bookmarks(), self.events()), (230, [], []))
            self.take(forge)
            self.assertEqual(self.take(forge, "--dry-run", "--full")["unchanged"], 230)

    def test_a_known_address_is_joined_and_nothing_of_the_users_is_replaced(self):
        known = self.add("https://github.com/owner1/repo-1/", "--title", "Mine", "--tags", "own")
        with Forge(stars(1)) as forge:
            summary = self.take(forge)
        self.assertEqual((summary["added"], summary["updated"]), (0, 1))
        bookmark = self.bookmarks()[0]
        self.assertEqual((bookmark["id"], bookmark["title"], bookmark["source"]),
                         (known, "Mine", "manual"))
        self.assertEqual(bookmark["notes"], "The repository number 1")
        self.assertEqual(bookmark["tags"], ["own", "Rust", "terminal", "topic-1"])
        self.assertEqual(bookmark["date_added"], "2017-07-14T03:40:00Z")


class Later(StarsCase):
    def test_a_second_import_changes_nothing_and_takes_one_request(self):
        with Forge(stars(250)) as forge:
            self.take(forge)
            before = self.changes()
            forge.clear()
            summary = self.take(forge)
            self.assertEqual((summary["added"], summary["updated"]), (0, 0))
            self.assertEqual(len(forge.requests), 1)
            self.take(forge, "--full")
        self.assertEqual(self.changes(), before)

    def test_an_unchanged_page_is_not_sent_again(self):
        with Forge(stars(150)) as forge:
            self.take(forge)
            self.take(forge)
            forge.clear()
            self.assertEqual(self.take(forge)["status"], "complete")
            self.assertIsNotNone(forge.requests[0].condition)
            self.assertEqual(len(forge.requests), 1)
            forge.stars.append(star(900))
            self.assertEqual(self.take(forge)["added"], 1)

    def test_new_stars_come_in_by_as_few_pages_as_need_be(self):
        for new, most in ((1, 2), (99, 2), (100, 3), (350, 8)):
            with self.subTest(new=new), Forge(stars(1000)) as forge:
                database = self.home / f"{new}.db"
                self.take(forge, "--db", database)
                forge.stars += stars(new, 5000)
                forge.clear()
                summary = self.take(forge, "--db", database)
                self.assertEqual(summary["added"], new)
                self.assertLessEqual(len(forge.requests), most)

    def test_stars_of_one_second_are_all_taken(self):
        with Forge(stars(100)) as forge:
            self.take(forge)
            for number in range(500, 540):
                forge.stars.append({**star(number), "starred_at": forge.stars[99]["starred_at"]})
            self.take(forge)
            self.assert_has(forge.stars)

    def test_what_the_user_changed_stays_and_the_rest_follows(self):
        with Forge(stars(3)) as forge:
            self.take(forge)
            ids = {title: b["id"] for title, b in self.by_title().items()}
            self.barky("edit", ids["owner1/repo-1"], "--title", "My own")
            self.barky("edit", ids["owner2/repo-2"], "--tags", "+mine,-terminal")
            for item in forge.stars:
                item["repo"]["description"] = "New words"
                item["repo"]["topics"] = ["terminal", "fresh"]
                item["repo"]["full_name"] += "-renamed"
                item["repo"]["html_url"] += "-renamed"
            self.assertEqual(self.take(forge)["updated"], 3)
            found = {b["id"]: b for b in self.bookmarks()}
            first, second = found[ids["owner1/repo-1"]], found[ids["owner2/repo-2"]]
            self.assertEqual(first["title"], "My own")
            self.assertEqual(first["notes"], "New words")
            self.assertEqual(first["url"], "https://github.com/owner1/repo-1-renamed")
            self.assertEqual(first["tags"], ["fresh", "Rust", "terminal"])
            self.assertEqual(second["title"], "owner2/repo-2-renamed")
            self.assertEqual(second["tags"], ["fresh", "mine"])
            before = self.changes()
            self.take(forge, "--full")
            self.assertEqual(self.changes(), before)

    def test_a_tag_that_the_user_took_away_does_not_come_back(self):
        with Forge(stars(1)) as forge:
            self.take(forge, "--tags", "given")
            self.barky("edit", 1, "--tags", "-terminal,-given")
            self.take(forge, "--full", "--tags", "given")
            self.assertEqual(self.bookmarks()[0]["tags"], ["Rust", "topic-1"])
            self.take(forge, "--full", "--no-topics")
            self.assertEqual(self.bookmarks()[0]["tags"], ["Rust", "topic-1"])

    def test_what_the_user_deleted_does_not_come_back(self):
        with Forge(stars(120)) as forge:
            self.take(forge)
            ids = [bookmark["id"] for bookmark in self.bookmarks()][:3]
            self.barky("delete", *ids, "--yes")
            self.assertEqual(self.take(forge, "--full")["added"], 0)
            self.assertEqual(len(self.bookmarks()), 117)
            self.barky("trash", "empty", "--yes")
            self.assertEqual(self.take(forge, "--full")["added"], 0)
            self.assertEqual(len(self.bookmarks()), 117)

    def test_an_import_is_one_change_and_what_undo_unmade_comes_again(self):
        with Forge(stars(450)) as forge:
            self.take(forge)
            everything = self.bookmarks()
            self.barky("undo")
            self.assertEqual(self.bookmarks(), [])
            self.barky("redo")
            self.assertEqual(self.bookmarks(), everything)
            self.barky("undo")
            self.assertEqual(self.take(forge)["added"], 450)
            self.assert_has(forge.stars)

    def test_a_name_that_passed_to_another_repository_leaves_two_bookmarks(self):
        for order in ("first", "last"):
            with self.subTest(order=order), Forge(stars(150)) as forge:
                database = self.home / f"{order}.db"
                self.take(forge, "--db", database)
                moved = forge.stars[0 if order == "first" else 149]
                heir = star(900, html_url=moved["repo"]["html_url"],
                            full_name=moved["repo"]["full_name"])
                moved["repo"].update(html_url="https://github.com/new/home", full_name="new/home")
                forge.stars.insert(75 if order == "last" else 150, heir)
                self.take(forge, "--full", "--jobs", "1", "--db", database)
                listed = self.barky("list", "--json", "--db", database).json()
                self.assertEqual(sorted(b["url"] for b in listed),
                                 sorted(item["repo"]["html_url"] for item in forge.stars))


class TakenBack(StarsCase):
    def test_only_a_walk_of_everything_marks_a_star_that_was_taken_back(self):
        with Forge(stars(210)) as forge:
            self.take(forge)
            gone = forge.stars.pop(5)
            self.take(forge)
            self.assertEqual(self.bookmarks("is:unstarred"), [])
            self.assertEqual(self.take(forge, "--full")["unstarred"], 1)
            marked = self.bookmarks("is:unstarred")
            self.assertEqual([b["url"] for b in marked], [gone["repo"]["html_url"]])
            self.assertEqual(len(self.bookmarks()), 210)
            self.barky("undo")
            self.assertEqual(self.bookmarks("is:unstarred"), [])

    def test_starred_again_it_is_cleared_and_keeps_the_earlier_date(self):
        with Forge(stars(110)) as forge:
            self.take(forge)
            gone = forge.stars.pop(5)
            self.take(forge, "--full")
            forge.stars.append({**gone, "starred_at": "2026-01-01T00:00:00Z"})
            self.take(forge)
            bookmark = self.by_title()[gone["repo"]["full_name"]]
            self.assertEqual((bookmark["unstarred"], bookmark["date_added"]),
                             (False, gone["starred_at"]))

    def test_it_is_starred_as_long_as_any_user_stars_it(self):
        with Forge(stars(10)) as one, Forge(stars(10), login="hubot") as two:
            self.take(one)
            self.assertEqual(self.take(two, user="hubot")["unchanged"], 10)
            one.stars.pop(), two.stars.pop(0)
            self.assertEqual(self.take(one, "--full")["unstarred"], 0)
            two.stars.pop()
            self.assertEqual(self.take(two, "--full", user="HUBOT")["unstarred"], 1)
            self.assertEqual(len(self.bookmarks()), 10)



class OnTheBus(StarsCase):
    """request_stars among the JSON commands."""

    def bus(self, forge, *commands, code=0, **environment):
        lines = "".join(json.dumps(command) + "\n" for command in commands)
        return self.barky("bus", input=lines, code=code, env={**self.at(forge), **environment}).jsonl()

    def test_an_import_is_answered_with_its_summary_and_others_go_on(self):
        with Forge(stars(250)) as forge:
            answers = self.bus(forge, {"command": "request_stars", "user": "octocat", "request": 1, "tags": ["new"]},
                               {"command": "undo"})
        self.assertEqual([answer["status"] for answer in answers], ["ok", "ok"])
        self.assertEqual((answers[0]["request"], answers[0]["added"], answers[0]["error"]), (1, 250, None))
        summary = answers[0]["stars"]
        self.assertEqual((summary["source"], summary["user"], summary["status"], summary["added"]),
                         ("github", "octocat", "complete", 250))
        self.assertEqual(answers[1]["steps"][0]["change"], answers[0]["change"])
        self.assertEqual(self.bookmarks(), [])

    def test_its_wishes_are_heard(self):
        with Forge(stars(2)) as forge:
            self.bus(forge, {"command": "request_stars", "user": "octocat", "dry_run": True})
            self.assertEqual(self.bookmarks(), [])
            self.bus(forge, {"command": "request_stars", "user": "octocat", "topics": False, "tags": ["a"]})
        self.assertEqual([bookmark["tags"] for bookmark in self.bookmarks()], [["a"], ["a"]])

    def test_several_imports_share_the_token(self):
        with Forge(stars(1), token="secret") as forge:
            answers = self.bus(forge, {"command": "request_stars"}, {"command": "request_stars"}, GH_TOKEN="secret")
        self.assertEqual([answer["stars"]["added"] for answer in answers], [1, 0])

    def test_a_failed_one_keeps_the_exit_codes_of_an_import(self):
        with Forge(stars(1)) as forge:
            answers = self.bus(forge, {"command": "request_stars", "user": "nobody-here"},
                               {"command": "add_bookmarks", "bookmarks": [{"url": "a.org"}]}, code=4)
        self.assertEqual([answer["ok"] for answer in answers], [False, True])
        self.assertEqual(answers[0]["stars"]["status"], "failed")
        self.assertEqual(answers[0]["error"], f"request_stars: {answers[0]['stars']['error']}")
        for wrong in ({"jobs": 11}, {"user": 3}, {"full": 1}, {"api": "x"}):
            with self.subTest(wrong):
                self.assertEqual(self.barky("bus", input=json.dumps({"command": "request_stars", **wrong}),
                                            code=1).jsonl()[0]["status"], "invalid")


if __name__ == "__main__":
    unittest.main()
