#!/usr/bin/env python3
"""Hooks from outside: killed, failing, slow, with several barkys of which one is killed. BARKY_FULL=1: 1,000 changes."""

import json
import os
import random
import signal
import subprocess
import unittest

from harness import BARKY, PATIENCE, BarkyTest, until

CHANGES = 1000 if os.environ.get("BARKY_FULL") else 40


class HooksTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.folder = self.home / "config" / "barky" / "hooks"
        self.folder.mkdir(parents=True)

    def hook(self, name, script):
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)

    def heard(self, name):
        """The ids in the order in which they were heard, a repetition once."""
        path = self.home / name
        ids = [json.loads(line)["id"] for line in path.read_text().splitlines()] if path.exists() else []
        return [number for place, number in enumerate(ids) if place == 0 or ids[place - 1] != number]

    def told(self, *names):
        return [event["id"] for event in self.barky("events", "--jsonl").jsonl() if not names or event["event"] in names]

    def bus_lines(self, first, count):
        return "".join(json.dumps({"command": "add_bookmarks", "bookmarks": [{"url": f"https://{first + i}.org"}]}) + "\n"
                       for i in range(count))

    def test_every_hook_hears_every_event_in_order(self):
        keep = 'line=$(cat); {0}; printf "%s\\n" "$line" >>"' + str(self.home) + '/{1}"; {2}'
        self.hook("any", keep.format(":", "any", ":"))
        self.hook("bookmarks_added", keep.format("sleep 0.05", "slow", ":"))
        # Fails the first time it hears an event whose number ends in 5.
        self.hook("bookmarks_edited", keep.format(
            f'seen="{self.home}/failed-$(printf %s "$line" | cksum | cut -d" " -f1)"', "failing",
            'case $line in *\'"bookmarks": [5]\'*) [ -e "$seen" ] || { : >"$seen"; exit 1; } ;; esac'))
        self.hook("bookmarks_deleted", keep.format(f"echo $$ >'{self.home}/pid'; sleep 0.02", "killed", ":"))
        chance = random.Random(3)
        half = CHANGES // 2
        buses = [subprocess.Popen([BARKY, "bus"], env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
                 for _ in range(2)]
        for bus, first in zip(buses, (0, half)):
            bus.stdin.write(self.bus_lines(first, half))
            bus.stdin.flush()
        until(lambda: len(self.told("bookmarks_added")) == 2 * half, what="the changes")
        buses[0].kill()
        buses[0].wait()
        buses[0].stdin.close()
        for number in range(1, 8):
            self.barky("edit", str(number), "--title", f"T{number}")
            self.barky("delete", str(number))
            pid = self.home / "pid"
            if chance.random() < 0.5 and pid.exists() and pid.read_text().strip():
                try:
                    os.kill(int(pid.read_text()), signal.SIGKILL)
                except ProcessLookupError:
                    pass
        buses[1].stdin.close()
        self.assertEqual(buses[1].wait(), 0)

        def all_heard():
            return (self.heard("any") == [number for number in self.told() if number not in self.told("hook_passed_over")]
                    and self.heard("slow") == self.told("bookmarks_added")
                    and self.heard("failing") == self.told("bookmarks_edited")
                    and self.heard("killed") == self.told("bookmarks_deleted"))

        until(all_heard, timeout=PATIENCE * (30 if CHANGES > 100 else 1), what="every hook")
        self.assertEqual(self.told("hook_passed_over"), [])

    def test_a_command_does_not_wait_for_its_hook(self):
        self.hook("bookmarks_added", f'echo >>"{self.home}/begun"; read -r line <"{self.home}/gate"; echo >"{self.home}/ended"')
        os.mkfifo(self.home / "gate")
        self.add("https://a.org")  # comes back, though the hook is held
        until((self.home / "begun").exists, what="the hook")
        self.assertFalse((self.home / "ended").exists())
        with open(self.home / "gate", "w") as gate:
            gate.write("go\n")
        until((self.home / "ended").exists, what="its end")

    def test_a_hook_may_refuse_a_command_and_each_of_a_batch(self):
        self.hook("pre-delete_bookmarks", f'cat >>"{self.home}/asked"; echo "not today" >&2; exit 1')
        self.add("https://a.org")
        self.assertIn("not today", self.barky("delete", "1", code=1).err)
        batch = {"command": "batch", "commands": [{"command": "edit_bookmarks", "edits": [{"id": 1, "title": "T"}]},
                                                  {"command": "delete_bookmarks", "ids": [1]}]}
        answer = self.barky("bus", input=json.dumps(batch) + "\n", code=1).jsonl()[0]
        self.assertEqual((answer["status"], answer["ok"]), ("refused", False))
        self.assertIn("not today", answer["error"])
        self.assertEqual(self.bookmarks()[0]["title"], "")
        self.assertEqual([json.loads(line)["ids"] for line in (self.home / "asked").read_text().splitlines()], [[1], [1]])
        subjects = [event["subject"] for event in self.barky("events", "--event", "command_refused", "--jsonl").jsonl()]
        self.assertEqual(subjects, ["delete_bookmarks: not today"] * 2)


if __name__ == "__main__":
    unittest.main()
