#!/usr/bin/env python3
"""Readers that take nothing: whatever is printed to them, the library is not held, and does not grow. What
they get in the end is exact, though the library changed under it."""

import array
import fcntl
import json
import os
import re
import socket
import subprocess
import termios
import unittest

from harness import PATIENCE, BarkyTest, until

ROWS = 700
EDITS = 4000
WAL_MAX = 8 * 1024 * 1024
PIPE_SIZE = 4096  # as small as a pipe can be

# What is printed, and how the ids are found in it; None: not looked for.
PRINTED = {
    ("list",): r"^ *(\d+) ",
    ("list", "--json"): r'"id": (\d+),',
    ("list", "--jsonl", "--sort", "title"): r'"id": (\d+),',
    ("list", "--tsv", "--sort", "modified", "--reverse"): r"^(\d+)\t",
    ("list", "--format", r"{id} {notes}\n", "--sort", "random"): r"^(\d+) ",
    ("search", "example", "--json"): r'"id": (\d+),',
    ("show", "--json", *range(1, ROWS + 1)): r'"id": (\d+),',
    ("trash", "--json"): r'"id": (\d+),',
    ("tags", "--json"): None,
    ("events", "--jsonl"): None,
    ("events", "--jsonl", "--follow"): None,
    ("events", "--jsonl", "--consumer", "slow", "--since", "0", "--follow"): None,
    ("export", "--format", "json"): r'"id": (\d+),',
    ("export", "--format", "jsonl"): r'"id": (\d+),',
    ("export", "--format", "csv"): r"https://example\.org/(\d+)",
    ("export", "--format", "netscape"): r"https://example\.org/(\d+)",
    ("export", "--format", "markdown"): r"https://example\.org/(\d+)",
    ("export", "--format", "org"): r"https://example\.org/(\d+)",
    ("export", "--format", "urls"): r"https://example\.org/(\d+)",
    ("export", "--format", "xbel"): r"https://example\.org/(\d+)",
    ("export", "--format", "opml"): r"https://example\.org/(\d+)",
    ("export", "example", "--format", "json"): r'"id": (\d+),',
}


def waiting_in(pipe):
    """The bytes that lie in a pipe."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


class Reader:
    """A barky with a pipe that nobody reads until take()."""

    def __init__(self, test, arguments, **options):
        self.arguments = arguments
        self.pipe, write = os.pipe()
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, PIPE_SIZE)
        self.process = test.start(*arguments, stdout=write, **options)
        os.close(write)
        test.addCleanup(self.close)

    def close(self):
        if self.pipe is not None:
            os.close(self.pipe)
        self.pipe = None

    def wait_full(self):
        until(lambda: waiting_in(self.pipe) >= PIPE_SIZE or self.process.poll() is not None,
              what=f"the pipe of {self.arguments}")

    def take(self):
        with os.fdopen(self.pipe, "rb") as pipe:
            self.pipe = None
            return pipe.read().decode()


class SlowReaderTest(BarkyTest):
    def setUp(self):
        super().setUp()
        lines = [json.dumps({"url": f"https://example.org/{n}", "title": f"Title {n * 7919 % ROWS}", "notes": "n" * 200,
                             "tags": [f"tag-{n}"], "date_added": f"2024-01-{n % 28 + 1:02}T00:00:00Z"})
                 for n in range(1, 2 * ROWS + 1)]
        self.barky("import", "-", "--format", "jsonl", input="\n".join(lines))
        self.barky("delete", "--yes", *range(ROWS + 1, 2 * ROWS + 1))
        self.wal = self.library.with_name(self.library.name + "-wal")
        self.largest = 0

    def change(self, edits):
        """Edits, a transaction each; among them deletions, additions, and dates by which lists are ordered."""
        process = self.start("bus", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def say(command):
            process.stdin.write(json.dumps(command).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            self.assertEqual(answer["status"], "ok", answer)
            self.largest = max(self.largest, self.wal.stat().st_size if self.wal.exists() else 0)

        say({"command": "delete_bookmarks", "ids": list(range(1, 51))})
        earlier = [{"url": f"https://example.org/{n}", "date_added": "2001-01-01T00:00:00Z"} for n in range(51, 101)]
        self.barky("import", "-", "--format", "json", input=json.dumps(earlier))  # the earlier date wins
        say({"command": "add_bookmarks", "bookmarks": [{"url": f"https://new.example/{n}", "tags": ["new"]} for n in range(50)]})
        for n in range(edits):
            say({"command": "edit_bookmarks", "edits": [{"id": n % 100 + 101, "notes": f"changed {n} " + "m" * 500}]})
        process.stdin.close()
        process.stdin = None
        self.assertEqual(process.wait(PATIENCE), 0)

    def assert_exact(self, pattern, arguments, text):
        """No id twice, and none missing that was there throughout."""
        ids = [int(number) for number in re.findall(pattern, text, re.MULTILINE)]
        kept = set(range(51, ROWS + 1))
        if arguments[0] == "trash":
            kept = set(range(ROWS + 1, 2 * ROWS + 1))
        self.assertEqual(len(ids), len(set(ids)), arguments)
        self.assertEqual(kept - set(ids), set(), arguments)

    def test_the_library_does_not_grow_while_nobody_reads(self):
        before = self.bookmarks()
        readers = [Reader(self, arguments, stdin=subprocess.PIPE) for arguments in PRINTED]
        fifo = self.home / "fifo"
        os.mkfifo(fifo)
        into_fifo = self.start("export", "--format", "jsonl", "--output", fifo)
        fifo_end = os.open(fifo, os.O_RDONLY)
        self.addCleanup(os.close, fifo_end)
        asked = Reader(self, ("bus",), stdin=subprocess.PIPE)
        asked.process.stdin.write(b'{"command": "query", "query": ""}\n{"command": "tags"}\n' * 3)
        asked.process.stdin.close()
        asked.process.stdin = None
        for reader in [*readers, asked]:
            reader.wait_full()
        until(lambda: waiting_in(fifo_end) >= 65536 or into_fifo.poll() is not None, what="the FIFO")
        self.change(EDITS)
        self.assertLess(self.largest, WAL_MAX)
        for reader, pattern in zip(readers, PRINTED.values()):
            if "--follow" in reader.arguments:
                continue
            text = reader.take()
            self.assertIn(reader.process.wait(PATIENCE), (0,), reader.arguments)
            if pattern:
                self.assert_exact(pattern, reader.arguments, text)
            if reader.arguments == ("list", "--json"):
                order = [row["id"] for row in json.loads(text)]
                self.assertEqual(order, [row["id"] for row in before if row["id"] in set(order)])
        self.assertEqual(len(asked.take().splitlines()), 6)

    def test_a_client_of_the_server_that_reads_nothing_holds_nothing(self):
        server = self.start("serve", "--listen", "127.0.0.1:0", stdout=subprocess.DEVNULL)
        line = server.stderr.readline().decode()
        if "without libmicrohttpd" in line:
            self.skipTest(line.strip())
        port = int(line.rsplit(":", 1)[1].strip().rstrip("/"))
        token = self.barky("serve", "--print-token").out.strip()
        clients = []
        for path in ("/api/bookmarks/?limit=700", "/api/tags/?limit=2000", "/api/events/"):
            client = socket.socket()
            self.addCleanup(client.close)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            client.connect(("127.0.0.1", port))
            last = "Last-Event-ID: 0\r\n" if "events" in path else ""
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{last}Authorization: Token {token}\r\n\r\n".encode())
            clients.append(client)
        for client in clients:
            until(lambda: waiting_in(client.fileno()) > 0, what="an answer")
        self.change(EDITS // 4)
        self.assertLess(self.largest, WAL_MAX)


if __name__ == "__main__":
    unittest.main()
