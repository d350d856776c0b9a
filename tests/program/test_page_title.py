"""The title of a page, fetched by "add": charsets, entities, redirects, and pages that are none."""

import threading
import time
import unittest

from harness import Answer, BarkyTest, Server

HTML = {"Content-Type": "text/html"}


class Titles(BarkyTest):
    def title_of(self, answer, path="/page"):
        answers = answer if isinstance(answer, dict) else {path: answer}
        with Server(answers) as server:
            ran = self.barky("add", server.url + path)
            shown = self.barky("show", ran.out.split()[0], "--json").json()
        return shown[0]["title"]

    def test_it_is_found_decoded_and_trimmed(self):
        for page, title in {
            "<title>Plain</title>": "Plain",
            "<html><head><TITLE lang=en>\n  Two\n  lines \t</TITLE>": "Two lines",
            "<title>a &amp; b &lt;c&gt; &#8364; &#x1F600; &eacute;</title>": "a & b <c> € \U0001f600 é",
            "<title>&#0;&#xD800;&#x110000;</title>": "\ufffd\ufffd\ufffd",
            "<title>first</title><title>second</title>": "first",
            "<title>cut off": "cut off",
            "<title></title>": "",
            "<p>none</p>": "",
            "": "",
            "<title>tag <b>in</b> it</title>": None,
        }.items():
            with self.subTest(page=page):
                found = self.title_of(Answer(page), f"/{abs(hash(page))}")
                if title is not None:
                    self.assertEqual(found, title)

    def test_charsets_are_those_a_browser_would_take(self):
        text = "<title>Zürich – 漢字</title>"
        latin = "<title>Zürich – €</title>".encode("cp1252")
        for name, body, headers in (
                ("utf8", text.encode(), HTML),
                ("header", text.encode("gb18030"), {"Content-Type": "text/html; charset=\"GB18030\""}),
                ("meta", b"<meta charset=euc-jp>" + "<title>漢字</title>".encode("euc-jp"), HTML),
                ("bom", b"\xff\xfe" + text.encode("utf-16-le"), {"Content-Type": "text/html; charset=x"}),
                ("latin", latin, HTML),
                ("called latin", latin, {"Content-Type": "text/html; charset=iso-8859-1"}),
                ("unknown", text.encode(), {"Content-Type": "text/html; charset=nonsense"})):
            with self.subTest(name):
                found = self.title_of(Answer(body, headers=headers), f"/{name.replace(' ', '-')}")
                self.assertTrue(found.startswith("Zürich –") or found == "漢字", found)

    def test_redirects_are_followed_five_times_at_most_also_to_other_hosts(self):
        with Server({"/end": Answer("<title>Arrived</title>")}) as other:
            chain = {f"/{n}": Answer(status=302, headers={"Location": f"/{n + 1}"}) for n in range(9)}
            chain["/4"] = Answer(status=307, headers={"Location": other.url + "/end"})
            self.assertEqual(self.title_of(chain, "/0"), "Arrived")
            chain["/4"] = Answer(status=302, headers={"Location": "/5"})
            self.assertEqual(self.title_of(chain, "/1"), "")
            for target in ("file:///etc/passwd", "javascript:alert(1)", "ftp://x/", ""):
                away = {"/x": Answer("<title>no</title>", 302, {"Location": target})}
                self.assertEqual(self.title_of(away, "/x"), "")
                self.barky("delete", self.bookmarks()[0]["id"])

    def test_what_is_no_page_has_no_title(self):
        self.assertEqual(self.title_of(Answer("<title>no</title>", 404), "/missing"), "")
        picture = Answer("<title>no</title>", headers={"Content-Type": "image/png"})
        self.assertEqual(self.title_of(picture, "/picture"), "")

    def test_an_endless_page_is_cut_and_its_title_kept(self):
        page = Answer(b"<title>Endless</title>" + b"x" * 3_000_000)
        self.assertEqual(self.title_of(page, "/endless"), "Endless")

    def test_a_title_that_would_move_the_terminal_is_kept_and_shown_harmlessly(self):
        found = self.title_of(Answer("<title>\x1b]0;owned\x07 \u202eevil</title>"), "/evil")
        self.assertIn("\u202e", found)
        self.assert_printable(self.barky("list").out.replace("\n", ""))

    def test_a_page_that_does_not_come_is_not_waited_for(self):
        done = threading.Event()

        def answer(request):
            done.wait(20)
            return Answer("<title>late</title>")
        with Server(answer) as server:
            began = time.monotonic()
            self.barky("add", server.url + "/slow", code=(0, 4))
            self.assertLess(time.monotonic() - began, 12)
            process = self.start("add", server.url + "/other")
            time.sleep(0.5)
            process.send_signal(2)
            began = time.monotonic()
            process.wait(5)
            self.assertLess(time.monotonic() - began, 1.5)
            done.set()


if __name__ == "__main__":
    unittest.main()
