#!/usr/bin/env python3
"""The log of events from outside: consumers with kept positions, filters, forgetting; the bus both ways."""

import json
import subprocess
import unittest

from harness import PATIENCE, TOP, BarkyTest, until


class EventsTest(BarkyTest):
    def events(self, *options, code=0):
        return self.barky("events", "--jsonl", *options, code=code).jsonl()

    def bus(self, *commands, code=0):
        lines = [line if isinstance(line, str) else json.dumps(line) for line in commands]
        return self.barky("bus", input="\n".join(lines) + "\n", code=code).jsonl()

    def ids(self, *options):
        return [event["id"] for event in self.events(*options)]

    def consumers(self):
        return {line["consumer"]: line for line in self.barky("events", "--consumers", "--jsonl").jsonl()}

    def add_another(self):
        self.count = getattr(self, "count", 0) + 1
        self.add(f"https://{self.count}.example")


class ConsumerTest(EventsTest):
    def test_a_position_is_kept_until_it_is_acknowledged(self):
        self.add("https://a.org")
        self.assertEqual(self.ids("--consumer", "new"), [])
        self.assertEqual(self.ids("--consumer", "all", "--since", "0"), [1])
        self.add("https://b.org")
        self.assertEqual(self.ids("--consumer", "all"), [1, 2])
        self.assertEqual(self.ids("--consumer", "new"), [2])
        self.barky("events", "--consumer", "all", "--ack", "1")
        self.assertEqual(self.ids("--consumer", "all", "--since", "0"), [2])
        self.assertEqual((self.consumers()["all"]["position"], self.consumers()["all"]["behind"]), (1, 1))
        self.barky("events", "--consumer", "all", "--ack", "999999")
        self.assertEqual(self.consumers()["all"]["position"], 2)
        self.barky("events", "--consumer", "all", "--ack", "1")
        self.assertEqual(self.ids("--consumer", "all"), [])

    def test_what_is_not_there_is_refused(self):
        self.add("https://a.org")
        self.assertIn("nobody", self.barky("events", "--consumer", "nobody", "--ack", "1", code=1).err)
        self.assertIn("nobody", self.barky("events", "--forget", "nobody", code=1).err)
        self.barky("events", "--ack", "1", code=2)
        self.barky("events", "--consumers", "--forget", "x", code=2)
        self.barky("events", "--event", "nothing", code=2)
        self.barky("events", "--since", "yesterday", code=2)
        self.barky("events", "--forget-before", "yesterday", code=2)

    def test_a_place_beyond_the_log_misses_nothing_that_comes(self):
        self.add("https://a.org")
        self.assertEqual(self.ids("--consumer", "ahead", "--since", "999"), [])
        self.assertEqual(self.ids("--since", "999"), [])
        process = self.start("events", "--since", "999", "--follow", "--jsonl", "--limit", "1")
        self.add("https://b.org")
        self.assertEqual(self.ids("--consumer", "ahead"), [2])
        until(lambda: self.add_another() or process.poll() is not None, what="an event that came later")
        self.assertEqual(process.wait(), 0)

    def test_one_that_follows_goes_on_with_what_is_put_back(self):
        self.add("https://a.org")
        self.barky("backup", self.home / "copy.db")
        for name in "bcd":
            self.add(f"https://{name}.org")
        process = self.start("events", "--since", "0", "--follow", "--jsonl", stdout=subprocess.PIPE, text=True)
        consumer = self.start("events", "--consumer", "c", "--since", "0", "--follow", "--jsonl",
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for one in (process, consumer):
            self.assertEqual([json.loads(one.stdout.readline())["id"] for _ in range(4)], [1, 2, 3, 4])
        self.barky("restore", self.home / "copy.db")
        self.assertEqual(consumer.wait(PATIENCE), 1)
        self.assertIn("another history", consumer.stderr.read())
        self.add("https://after.org")
        event = json.loads(process.stdout.readline())
        self.assertEqual((event["id"], event["bookmarks"]), (2, [2]))
        self.assertEqual(self.barky("show", "2", "--format", "{url}").out, "https://after.org\n")

    def test_a_forgotten_one_begins_anew(self):
        self.add("https://a.org")
        self.ids("--consumer", "c", "--since", "0")
        self.barky("events", "--forget", "c")
        self.assertEqual(self.consumers(), {})
        self.assertEqual(self.ids("--consumer", "c"), [])

    def test_one_that_follows_acknowledges_by_its_input(self):
        self.add("https://a.org")
        process = self.start("events", "--consumer", "c", "--since", "0", "--follow", "--jsonl",
                             stdin=subprocess.PIPE)
        for number in range(1, 4):
            event = json.loads(process.stdout.readline())
            self.assertEqual(event["id"], number)
            process.stdin.write(f"{event['id']}\n".encode())
            process.stdin.flush()
            until(lambda number=number: self.consumers()["c"]["position"] == number, what="the position")
            self.add(f"https://{number}.org")
        process.terminate()
        process.wait()
        self.assertEqual(self.ids("--consumer", "c"), [4])

    def test_events_are_picked_by_name_and_counted(self):
        self.add("https://a.org", "--tags", "x")
        self.add("https://b.org")
        self.barky("tags", "rename", "x", "y")
        self.barky("delete", "1")
        self.assertEqual({event["event"] for event in self.events("--event", "bookmarks_deleted", "--event",
                                                                  "tags_renamed")},
                         {"bookmarks_deleted", "tags_renamed"})
        self.assertEqual(self.ids("--limit", "2"), [1, 2])
        self.assertEqual(self.ids("--limit", "0"), [])
        self.assertEqual(self.ids("--since", "now"), [])

    def test_the_log_is_never_cut_past_a_consumer(self):
        for number in range(5):
            self.add(f"https://{number}.org")
        self.ids("--consumer", "c", "--since", "0")
        self.barky("events", "--consumer", "c", "--ack", "2")
        self.barky("events", "--forget-before", "2999-01-01")
        self.assertEqual(self.ids(), [3, 4, 5])
        self.barky("events", "--forget", "c")
        self.barky("events", "--forget-before", "1999-01-01")
        self.assertEqual(self.ids(), [3, 4, 5])
        self.barky("events", "--forget-before", "2999-01-01")
        self.assertEqual(self.ids(), [5])
        self.barky("undo", "5")
        self.assertEqual(self.urls(), [])


class ToldTest(EventsTest):
    def test_events_say_who_what_and_what_is_gone(self):
        self.add("https://a.org")
        self.bus({"command": "edit_bookmarks", "origin": "tagger", "edits": [{"id": 1, "add_tags": ["x"], "title": "T"}]})
        self.barky("delete", "1")
        self.barky("undo")
        added, edited, deleted, undone = self.events()
        self.assertEqual([event["origin"] for event in (added, edited, deleted, undone)],
                         ["cli", "bus:tagger", "cli", "cli"])
        self.assertEqual(edited["fields"], ["title", "tags"])
        self.assertEqual(deleted["urls"], ["https://a.org"])
        self.assertEqual((undone["event"], undone["change"]), ("change_undone", deleted["change"]))

    def test_the_document_names_every_event_and_key(self):
        text = (TOP / "doc" / "events.md").read_text()
        names = [line.split()[0] for line in self.barky("events", "--help").out.split("The events:\n")[1].split("\n\n")[0]
                 .splitlines()]
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertIn(f"| `{name}` |", text)
        self.add("https://a.org")
        self.barky("delete", "1")
        for event in self.events():
            for key in event:
                self.assertIn(f"| `{key}` |", text)


class BusBothWaysTest(EventsTest):
    def test_a_question_is_answered_with_rows(self):
        self.add("https://a.org", "--tags", "c", "--title", "A")
        self.add("https://b.org", "--tags", "c,d")
        one, best, shown, tags, bad, missing = self.bus(
            "\ufeff" + json.dumps({"command": "query", "query": "#c", "sort": "title", "limit": 1}),
            {"command": "query", "request": {"deep": [None, 1.5]}},
            {"command": "show", "ids": [2, 1]},
            {"command": "tags"},
            {"command": "query", "query": "/(/"},
            {"command": "show", "ids": [9]}, code=1)
        self.assertEqual([row["id"] for row in one["rows"]], [1])
        self.assertEqual(one["rows"], [row for row in self.bookmarks() if row["id"] == 1])
        self.assertEqual(best["request"], {"deep": [None, 1.5]})
        self.assertEqual([row["id"] for row in shown["rows"]], [2, 1])
        self.assertEqual(tags["tags"], [{"tag": "c", "count": 2}, {"tag": "d", "count": 1}])
        self.assertEqual((bad["ok"], bad["status"]), (False, "invalid"))
        self.assertEqual((missing["status"], missing["command"]), ("not_found", "show"))

    def test_after_a_restore_it_writes_to_what_was_asked_about(self):
        self.add("https://a.org")
        self.barky("backup", self.home / "copy.db")
        process = self.start("bus", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def ask(**request):
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        add = {"command": "add_bookmarks", "bookmarks": [{"url": "https://b.org"}]}
        self.assertTrue(ask(**add)["ok"])
        self.barky("restore", self.home / "copy.db")
        for _ in range(2):
            self.assertIn("another library", ask(**add)["error"])
        self.assertEqual([row["id"] for row in ask(command="query")["rows"]], [1])
        self.assertTrue(ask(**add)["ok"])
        self.assertEqual(self.urls(), ["https://b.org", "https://a.org"])
        process.stdin.close()
        process.wait(PATIENCE)

    def test_a_question_s_ids_and_limit_are_what_they_say(self):
        self.add("https://a.org")
        text, real, none, nothing, all_of_it = self.bus(
            {"command": "show", "ids": ["1"]},
            {"command": "show", "ids": [1, 1.5]},
            {"command": "show", "ids": [0]},
            {"command": "query", "limit": 0},
            {"command": "query"}, code=1)
        self.assertEqual([answer["status"] for answer in (text, real, none)], ["invalid"] * 3)
        self.assertEqual((nothing["ok"], nothing["rows"]), (True, []))
        self.assertEqual(len(all_of_it["rows"]), 1)

    def test_a_reaction_joins_the_change_and_goes_with_it(self):
        self.add("https://a.org")
        change = self.events()[0]["change"]
        joined, refused = self.bus(
            {"command": "edit_bookmarks", "change": change, "edits": [{"id": 1, "add_tags": ["auto"]}]},
            {"command": "edit_bookmarks", "change": 99, "edits": [{"id": 1, "add_tags": ["no"]}]}, code=1)
        self.assertEqual(joined["change"], change)
        self.assertEqual((refused["ok"], refused["status"]), (False, "refused"))
        self.barky("undo")
        self.assertEqual(self.urls(), [])

    def test_a_batch_is_all_or_nothing_and_one_change(self):
        self.add("https://a.org")
        self.add("https://b.org")
        done, failed = self.bus(
            {"command": "batch", "commands": [
                {"command": "edit_bookmarks", "edits": [{"id": 1, "title": "T"}]},
                {"command": "delete_bookmarks", "ids": [2]}]},
            {"command": "batch", "commands": [
                {"command": "edit_bookmarks", "edits": [{"id": 1, "title": "U"}]},
                {"command": "delete_bookmarks", "ids": [2]}]}, code=3)
        self.assertTrue(done["ok"])
        self.assertEqual([part["ok"] for part in failed["results"]], [True, False])
        self.assertIn("command 2 (delete_bookmarks)", failed["error"])
        self.assertEqual([row["title"] for row in self.bookmarks()], ["T"])
        self.barky("undo")
        self.assertEqual(len(self.urls()), 2)

    def test_an_edit_of_what_has_changed_is_a_conflict(self):
        self.add("https://a.org")
        modified = self.bookmarks()[0]["date_modified"]
        late, right = self.bus(
            {"command": "edit_bookmarks", "edits": [{"id": 1, "title": "T", "if_modified": "2001-01-01T00:00:00Z"}]},
            {"command": "edit_bookmarks", "edits": [{"id": 1, "title": "T", "if_modified": modified}]}, code=1)
        self.assertEqual((late["status"], right["ok"]), ("conflict", True))

    def test_every_request_of_the_help_is_named_in_the_manual(self):
        help_text = self.barky("bus", "--help").out
        forms = [line.strip() for line in help_text.splitlines() if line.startswith('  {"command"')]
        self.assertGreater(len(forms), 10)
        manual = (TOP / "doc" / "barky.1").read_text()
        part = manual.split(".Sh THE JSON BUS")[1].split(".Sh ")[0]
        for form in forms:
            self.assertIn(form.split('"')[3], part)


if __name__ == "__main__":
    unittest.main()
