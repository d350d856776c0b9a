#!/usr/bin/env python3
"""barky serve, asked as linkding's browser extension and other clients ask, and as those who mean harm do.

BARKY_FULL=1: 10,000 connections and 100 kills."""

import contextlib
import http.client
import json
import os
import pathlib
import random
import resource
import signal
import socket
import subprocess
import threading
import unittest
import urllib.parse

from harness import BARKY, PATIENCE, SANITIZED, Answer, BarkyTest, Server, mode, until

BOOKMARK_KEYS = ["id", "url", "title", "description", "notes", "web_archive_snapshot_url", "favicon_url",
                 "preview_image_url", "is_archived", "unread", "shared", "tag_names", "date_added", "date_modified",
                 "website_title", "website_description"]


FULL = bool(os.environ.get("BARKY_FULL"))
KILLS = 100 if FULL else 8
IDLE = 10_000 if FULL else 400


def memory_of(process):
    """What it has resident, in KiB."""
    lines = pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:")))


class ServeTest(BarkyTest):
    def setUp(self):
        super().setUp()
        self.serve()
        self.token = self.barky("serve", "--print-token").out.strip()

    def serve(self):
        self.process = self.start("serve", "--listen", "127.0.0.1:0", stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        line = self.process.stderr.readline()
        line = line.decode() if isinstance(line, bytes) else line
        if "without libmicrohttpd" in line:
            self.skipTest(line.strip())
        self.assertIn("listening on http://127.0.0.1:", line)
        self.port = int(line.rsplit(":", 1)[1].strip().rstrip("/"))

    def ask(self, method, path, body=None, code=200, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        text = body if body is None or isinstance(body, (bytes, str)) else json.dumps(body)
        sent = {"Authorization": f"Token {self.token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            with contextlib.suppress(BrokenPipeError):  # a body too large is answered before its end
                connection.request(method, path, text, {name: value for name, value in sent.items() if value is not None})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        self.assertEqual(answer.status, code, text)
        self.headers = answer.headers
        return json.loads(text) if text else None

    def save(self, url, code=201, **fields):
        return self.ask("POST", "/api/bookmarks/?disable_scraping", {"url": url, "title": "T", **fields}, code)

    def test_a_bookmark_is_saved_found_edited_and_deleted(self):
        saved = self.save("https://example.org/a", description="D", notes="N", tag_names=["c", "web"], unread=True)
        self.assertEqual(list(saved), BOOKMARK_KEYS)
        self.assertEqual((saved["description"], saved["notes"], saved["unread"], saved["is_archived"]),
                         ("D\n\nN", "", True, False))
        self.assertEqual(saved["tag_names"], ["c", "web"])
        [bookmark] = self.bookmarks()
        self.assertEqual((bookmark["notes"], bookmark["tags"]), ("D\n\nN", ["c", "unread", "web"]))
        path = f"/api/bookmarks/{saved['id']}/"
        self.assertEqual(self.ask("GET", path), saved)
        self.assertEqual(self.ask("PATCH", path, {"title": "U"})["title"], "U")
        self.assertEqual(self.ask("PATCH", path, {"unread": False})["tag_names"], ["c", "web"])
        self.assertEqual(self.ask("PUT", path, {"url": "https://example.org/b"})["url"], "https://example.org/b")
        self.ask("PUT", path, {"title": "x"}, 400)
        self.ask("DELETE", path, code=204)
        self.ask("GET", path, code=404)
        self.ask("DELETE", path, code=404)
        self.barky("undo")
        self.assertEqual(self.ask("GET", path)["title"], "U")

    def test_a_known_address_is_found_by_the_library_s_rule_and_updated(self):
        self.add("https://example.org/a", "--title", "Mine", "--notes", "N", "--tags", "two words,c")
        check = self.ask("GET", "/api/bookmarks/check/?url=" + urllib.parse.quote("HTTPS://EXAMPLE.org:443/a/"))
        self.assertEqual((check["bookmark"]["id"], check["metadata"]["title"], check["auto_tags"]), (1, "Mine", []))
        updated = self.ask("POST", "/api/bookmarks/", {"url": "https://example.org/a/", "title": "New",
                                                      "tag_names": ["two", "words", "c"]}, 201)
        self.assertEqual((updated["id"], updated["title"], updated["description"]), (1, "New", "N"))
        self.assertEqual(updated["tag_names"], ["c", "two words"])
        self.save("https://other.org")
        self.assertIn("url", self.ask("PATCH", "/api/bookmarks/2/", {"url": "https://example.org/a"}, 400))

    def test_a_page_without_a_title_is_asked_for_it(self):
        head = '<head><title>From the page</title>{}</head><body><meta name=description content=Late>'
        pages = {"/page": '<meta name="Description" content="What it\n is about &amp; why">',
                 "/og": '<meta property="og:description" content="Shared">', "/none": ""}
        told = ("What it is about & why", "Shared", None)
        with Server({path: Answer(head.format(meta)) for path, meta in pages.items()}) as server:
            for path, description in zip(pages, told):
                url = urllib.parse.quote(server.url + path)
                check = self.ask("GET", f"/api/bookmarks/check/?url={url}")
                self.assertEqual(check["bookmark"], None)
                self.assertEqual(check["metadata"], {"url": server.url + path, "title": "From the page",
                                                     "description": description, "preview_image": None})
                saved = self.ask("POST", "/api/bookmarks/", {"url": server.url + path}, 201)
                self.assertEqual((saved["title"], saved["description"]), ("From the page", description or ""))
        saved = self.ask("POST", "/api/bookmarks/", {"url": "http://127.0.0.1:1/nobody"}, 201)
        self.assertEqual(saved["title"], "")

    def test_lists_are_pages_newest_first_without_the_archived(self):
        for number in range(5):
            self.save(f"https://example.org/{number}", tag_names=["odd" if number % 2 else "even"])
        self.ask("POST", "/api/bookmarks/1/archive/", code=204)
        page = self.ask("GET", "/api/bookmarks/?limit=2")
        self.assertEqual((page["count"], [b["id"] for b in page["results"]], page["previous"]), (4, [5, 4], None))
        rest = self.ask("GET", page["next"].split(str(self.port))[1])
        self.assertEqual(([b["id"] for b in rest["results"]], rest["next"]), ([3, 2], None))
        self.assertEqual([b["id"] for b in self.ask("GET", "/api/bookmarks/archived/")["results"]], [1])
        self.ask("POST", "/api/bookmarks/1/unarchive/", code=204)
        for query, ids in (("%23even", [5, 3, 1]), ("%23even+or+%23odd", [5, 4, 3, 2, 1]), ("not+%23even", [4, 2]),
                           ("!untagged", []), ("!unread", [])):
            self.assertEqual([b["id"] for b in self.ask("GET", f"/api/bookmarks/?q={query}")["results"]], ids, query)
        self.assertEqual(self.ask("GET", "/api/bookmarks/?added_since=2999-01-01T00:00:00Z")["count"], 0)
        self.assertEqual(self.ask("GET", "/api/bookmarks/?modified_since=2000-01-01T00:00:00Z")["count"], 5)
        for bad in ("limit=x", "added_since=yesterday", "q=/(/"):
            self.ask("GET", f"/api/bookmarks/?{bad}", code=400)

    def test_lists_are_what_the_library_is_whoever_changed_it(self):
        def listed(query=""):
            return [b["title"] for b in self.ask("GET", f"/api/bookmarks/?q={query}")["results"]]

        for number in range(6):
            self.save(f"https://example.org/{number}", title=f"Page {number}")
        self.assertEqual(listed("page"), [f"Page {number}" for number in (5, 4, 3, 2, 1, 0)])
        self.barky("backup", self.home / "copy.db")
        self.barky("edit", "1", "--title", "Another")
        self.barky("delete", "6")
        self.assertEqual(listed("page"), [f"Page {number}" for number in (4, 3, 2, 1)])
        self.assertEqual(listed("page+4"), ["Page 4"])
        self.save("https://example.org/new", title="Page 4 again")
        self.assertEqual(listed("page+4"), ["Page 4 again", "Page 4"])
        self.barky("undo", "3")
        self.assertEqual(len(listed("page")), 6)
        self.barky("restore", self.home / "copy.db")
        self.save("https://example.org/later", title="Page later")
        self.assertEqual(len(listed("page")), 7)
        self.assertIn("https://example.org/later", self.urls())

    def test_tags_and_profile(self):
        self.save("https://a.org", tag_names=["b", "a"])
        tags = self.ask("GET", "/api/tags/?limit=5000")
        self.assertEqual([tag["name"] for tag in tags["results"]], ["a", "b"])
        self.assertEqual(self.ask("GET", f"/api/tags/{tags['results'][1]['id']}/")["name"], "b")
        self.ask("GET", "/api/tags/1/", code=404)
        self.assertEqual(self.ask("POST", "/api/tags/", {"name": "new"}, 201)["name"], "new")
        self.assertEqual(self.ask("GET", "/api/tags/")["count"], 2)
        # What another program does is seen at once, and so is its undo.
        self.barky("add", "https://b.org", "--tags", "c,A")
        self.assertEqual([tag["name"] for tag in self.ask("GET", "/api/tags/")["results"]], ["A", "b", "c"])
        self.barky("undo")
        self.assertEqual([tag["name"] for tag in self.ask("GET", "/api/tags/")["results"]], ["a", "b"])
        self.assertEqual(self.ask("GET", "/api/user/profile/")["theme"], "auto")

    def test_who_may_not_ask_hears_so(self):
        self.assertEqual(mode(self.library.parent / "api-token"), 0o600)
        for header in (None, "Token x", f"Token {self.token[:-1]}", f"Token {self.token}0", f"Basic {self.token}"):
            self.assertIn("detail", self.ask("GET", "/api/tags/", code=401, Authorization=header))
        self.ask("GET", "/api/tags/", Authorization=f"Bearer {self.token}")
        # A name that only begins like this machine's address may be anybody's, who then asks through a browser here.
        for host in ("evil.example", "127.0.0.1.evil.example", "127.evil.example:9090", "localhost.evil.example", "localhost:9090, evil.example",
                     "[::1].evil.example", "[::1", "128.0.0.1", ":9090"):
            self.ask("GET", "/api/tags/", Host=host, code=400)
        for host in ("localhost:1", "LOCALHOST", "127.0.0.1", "127.8.9.10:9090", "[::1]:9090", "[0:0:0:0:0:0:0:1]"):
            self.ask("GET", "/api/tags/", Host=host)
        self.assertNotIn("Access-Control-Allow-Origin", self.headers)
        refused = self.barky("serve", "--listen", "0.0.0.0:0", code=1)
        self.assertIn("--allow-remote", refused.err)
        os.chmod(self.library.parent / "api-token", 0o644)
        self.assertIn("chmod 600", self.barky("serve", "--print-token", code=1).err)

    def test_paths_and_methods(self):
        self.ask("GET", "//api/tags")
        self.ask("GET", "/api/nothing/", code=404)
        self.ask("GET", "/api/bookmarks/x/", code=404)
        self.ask("GET", "/etc/passwd", code=404)
        # What is behind a NUL counts too: nothing is found by the half of what was asked for.
        self.barky("add", "https://a.org/", "--offline")
        self.assertEqual(self.ask("GET", "/api/bookmarks/?q=a.org%00b")["count"], 0)
        self.ask("DELETE", "/api/bookmarks/1%00/", code=404)
        self.ask("GET", "/api/tags/%00x", code=404)
        self.assertEqual(self.ask("GET", "/api/bookmarks/?q=%00")["count"], 0)
        self.ask("POST", "/api/user/profile/", {}, 405)
        self.assertEqual(self.headers["Allow"], "GET")

    def test_bad_bodies_change_nothing_and_are_bounded(self):
        for body in ("", "{", "[]", "3", '{"url": 3}', '{"url": ""}', '{"title": "x"}', '{"url": "https://a.org", "tag_names": [1]}',
                     '{"url":' + "[" * 100000, b'{"url": "https://a.org", "title": "\xff"}', '{"url": "https://a b/"}'):
            self.ask("POST", "/api/bookmarks/", body, 400)
        self.ask("POST", "/api/bookmarks/", b"x" * 1100000, 413)
        self.ask("GET", "/api/tags/", code=431, X_Large="x" * 20000)
        self.assertEqual(self.bookmarks(), [])

    def test_slow_and_silent_clients_keep_nobody_out(self):
        idle = [socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) for _ in range(150)]
        try:
            for one in idle[100:]:
                one.sendall(b"GET /api/tags/ HTTP/1.1\r\nHost: loc")
            for _ in range(5):
                self.ask("GET", "/api/tags/")
        finally:
            for one in idle:
                one.close()

    def test_the_log_is_a_stream(self):
        self.save("https://a.org")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.addCleanup(connection.close)
        connection.request("GET", "/api/events/", headers={"Authorization": f"Token {self.token}", "Last-Event-ID": "0"})
        stream = connection.getresponse()
        self.assertEqual(stream.headers["Content-Type"], "text/event-stream")

        def event():
            fields = {}
            while line := stream.readline().decode().rstrip("\n"):
                name, _, value = line.partition(": ")
                fields[name] = value
            return fields if "id" in fields else event()

        first = event()
        self.assertEqual((first["id"], first["event"]), ("1", "bookmarks_added"))
        self.assertEqual(json.loads(first["data"])["bookmarks"], [1])
        self.save("https://b.org")
        self.assertEqual(event()["event"], "bookmarks_added")
        self.barky("delete", "1")  # of another program
        self.assertEqual(event()["event"], "bookmarks_deleted")

    def test_a_place_beyond_the_log_is_its_end(self):
        self.save("https://a.org")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.addCleanup(connection.close)
        connection.request("GET", "/api/events/", headers={
            "Authorization": f"Token {self.token}", "Last-Event-ID": "99999"})
        stream = connection.getresponse()
        self.assertEqual(stream.readline(), b": barky\n")
        self.save("https://b.org")
        self.assertEqual(stream.readline(), b"\n")
        self.assertEqual(stream.readline(), b"id: 2\n")

    def test_a_stream_goes_on_in_a_copy_that_was_put_back(self):
        self.save("https://a.org")
        self.barky("backup", self.home / "old.db")
        for number in range(5):
            self.save(f"https://b.org/{number}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.addCleanup(connection.close)
        connection.request("GET", "/api/events/", headers={"Authorization": f"Token {self.token}"})
        stream = connection.getresponse()
        self.assertEqual(stream.readline(), b": barky\n")
        self.assertEqual(stream.readline(), b"\n")
        self.barky("restore", self.home / "old.db")
        self.save("https://c.org")
        self.assertEqual(stream.readline(), b"id: 2\n")

    def test_it_ends_when_it_is_told_also_with_a_stream_open(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.addCleanup(connection.close)
        connection.request("GET", "/api/events/", headers={"Authorization": f"Token {self.token}"})
        connection.getresponse().readline()
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(PATIENCE), 143)

    def test_what_was_answered_survives_a_kill(self):
        for number in range(20):
            self.save(f"https://example.org/{number}")
        self.process.kill()
        self.process.wait(PATIENCE)
        self.assertEqual(len(self.urls()), 20)
        self.assert_sound()

    def test_killed_at_any_moment_it_loses_nothing_that_was_answered(self):
        chance = random.Random(7)
        answered = set()
        for life in range(KILLS):
            last = chance.randrange(1, 12)
            killer = threading.Timer(chance.random() / 5, self.process.kill) if life % 2 else None
            if killer:
                killer.start()
            with contextlib.suppress(OSError, http.client.HTTPException):
                for number in range(last):
                    url = f"https://example.org/{life}/{number}"
                    self.save(url)
                    answered.add(url)
            self.process.kill()
            self.process.wait(PATIENCE)
            if killer:
                killer.join()
            self.assertEqual(answered - set(self.urls()), set())
            self.process.stderr.close()
            self.serve()
        self.assert_sound()

    def test_floods_leave_the_other_requests_alone(self):
        def flood(number):
            with contextlib.suppress(OSError):
                one = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
                clients.append(one)
                one.sendall(shapes[number % len(shapes)])

        head = f"Host: localhost\r\nAuthorization: Token {self.token}\r\n".encode()
        shapes = [b"", b"GET /api/tags/ HTTP/1.1\r\nHost: loc", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000,
                  b"POST /api/bookmarks/ HTTP/1.1\r\n" + head + b"Content-Length: 900000\r\n\r\n" + b"[" * 1000,
                  b"POST /api/bookmarks/ HTTP/1.1\r\n" + head + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n",
                  b"\x00\xff" * 1000, b"GET /" + b"a" * 30000]
        clients = []
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, IDLE + 500)), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        try:
            for number in range(IDLE):
                flood(number)
                if number % (IDLE // 8) == 0:
                    self.assertEqual(self.ask("GET", "/api/user/profile/")["theme"], "auto")
            self.assertEqual(self.ask("GET", "/api/bookmarks/")["count"], 0)
        finally:
            for one in clients:
                one.close()
        self.assertIsNone(self.process.poll())
        if not SANITIZED:
            self.assertLess(memory_of(self.process), 200_000)


if __name__ == "__main__":
    unittest.main()
