#!/usr/bin/env python3
"""The library served while a screen is open: what a browser saves appears in the list, and undo takes it back."""

import http.client
import json
import re
import socket
import unittest

from harness import PATIENCE, until
from screen_test import ScreenTest


class ServeInScreenTest(ScreenTest):
    def port_of(self, screen):
        screen.wait_for("Serving on http://127.0.0.1:")
        return int(re.search(r"http://127\.0\.0\.1:(\d+)/", screen.text()).group(1))

    def post(self, port, url, title):
        token = self.barky("serve", "--print-token").out.strip()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("POST", "/api/bookmarks/?disable_scraping", json.dumps({"url": url, "title": title}),
                           {"Authorization": f"Token {token}"})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 201, answer.read())
        connection.close()

    def test_what_is_saved_appears_and_undo_takes_it_back(self):
        self.fill()
        self.configure("serve = 127.0.0.1:0\n")
        screen = self.screen(ready="Serving on")
        port = self.port_of(screen)
        self.post(port, "https://example.org/from-the-browser", "From the browser")
        screen.wait_for("From the browser")
        self.assertEqual(self.barky("events", "--jsonl").jsonl()[-1]["origin"], "serve")
        screen.keys("u")
        until(lambda: "https://example.org/from-the-browser" not in self.urls(), what="undo")
        screen.type(":serve off\r")
        screen.wait_for("No longer served")
        with self.assertRaises(ConnectionRefusedError):
            self.post(port, "https://example.org/late", "Late")
        self.leave(screen)

    def test_it_is_begun_by_name_and_ends_with_the_screen(self):
        self.fill()
        screen = self.screen()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            screen.type(f":serve 127.0.0.1:{taken.getsockname()[1]}\r")
            screen.wait_for("already")
            self.assertIn("another program listens on 127.0.0.1:", screen.text())
        screen.type(":serve 0\r")
        port = self.port_of(screen)
        self.post(port, "https://example.org/x", "Saved now")
        screen.wait_for("Saved now")
        self.leave(screen)
        with self.assertRaises(ConnectionRefusedError):
            self.post(port, "https://example.org/late", "Late")


if __name__ == "__main__":
    unittest.main()
