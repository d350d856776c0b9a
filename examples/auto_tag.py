#!/usr/bin/env python3
"""Tags what is added to barky, by the host of its address.

    auto_tag.py          goes on until it is interrupted
    auto_tag.py --once   does what has come since the last time, and ends

Killed at any moment, it goes on with the event it was at: an event is acknowledged when it is done.
"""

import json
import os
import subprocess
import sys
import urllib.parse

BARKY = os.environ.get("BARKY", "barky")
NAME = "auto-tag"
RULES = {"github.com": "code", "gitlab.com": "code", "youtube.com": "video", "wikipedia.org": "encyclopedia"}


def tags_for(url):
    """The tags of an address: those of its host and of the domains above it."""
    host = urllib.parse.urlsplit(url).hostname or ""
    return [tag for domain, tag in RULES.items() if host == domain or host.endswith("." + domain)]


class Bus:
    """A barky that takes commands, one a line, as long as we run."""

    def __init__(self):
        self.process = subprocess.Popen([BARKY, "bus"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def react(bus, event):
    edits = []
    for bookmark in event["bookmarks"]:
        for row in bus.ask(command="show", ids=[bookmark]).get("rows", []):  # none: it is gone again
            edits += [{"id": row["id"], "add_tags": tags_for(row["url"])}] * bool(tags_for(row["url"]))
    if not edits:
        return
    # As part of the change that added them; refused where that was undone meanwhile, and that is well.
    answer = bus.ask(command="edit_bookmarks", origin=NAME, change=event["change"], edits=edits)
    if not answer["ok"] and answer["status"] not in ("refused", "not_found"):
        sys.exit(f"auto_tag: {answer['error']}")


def main():
    follow = [] if "--once" in sys.argv[1:] else ["--follow"]
    bus = Bus()
    events = subprocess.Popen([BARKY, "events", "--consumer", NAME, "--event", "bookmarks_added", "--jsonl", *follow],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    last = None
    for line in events.stdout:
        event = json.loads(line)
        react(bus, event)
        last = event["id"]
        if follow:
            events.stdin.write(f"{last}\n")
            events.stdin.flush()
    if last and not follow:
        subprocess.run([BARKY, "events", "--consumer", NAME, "--ack", str(last)], check=True)
    events.stdin.close()
    bus.close()
    return events.wait()


if __name__ == "__main__":
    sys.exit(main())
