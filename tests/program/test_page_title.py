"""The title of a page, fetched by "add": charsets, entities, redirects, and pages that are none."""

import socket
import threading
import unittest

from harness import PATIENCE, Answer, BarkyTest, Server, until

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
            "<title>How <canvas> & <b>bold</b> work</title>": "How <canvas> & <b>bold</b> work",
            "<script>w('<title>Print preview</title>');</script><title>Orders</title>": "Orders",
            "<script>var a='<div class=\"x>';var q=1<b;</script><title>After quotes</title>": "After quotes",
            "<style>/*<title>no</title>*/</style><title>Styled</title>": "Styled",
            "<noscript><title>No script</title></noscript><title>Script</title>": "Script",
            "<template><title>no</title><script>'</template>'</script></template><title>Yes</title>": "Yes",
            "<svg><title>Menu icon</title></svg><p>x": "",
            "<svg/><title>Behind a drawing</title>": "Behind a drawing",
            "<svg><title>open</title><p><title>Page</title>": "Page",
            "<math><title>no</title></math><title>Sum</title>": "Sum",
            "<textarea><title>no</title></textarea><title>Field</title>": "Field",
            "<!-- <title>no</title> --><title>Comment</title>": "Comment",
            "<title> \n </title><meta property='og:title' content='A &amp; B'>": "A & B",
            "<meta property=og:title content=Shared><title>Own</title>": "Own",
            "<meta property=og:title content=Shared><p>x": "Shared",
            "<title>" + "x" * 5000 + "</title>": None,
        }.items():
            with self.subTest(page=page):
                found = self.title_of(Answer(page), f"/{abs(hash(page))}")
                self.assertEqual(found, "x" * len(found) if title is None else title)
                self.assertEqual(bool(found), title != "")

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

    def test_redirects_are_followed_ten_times_at_most_also_to_other_hosts(self):
        with Server({"/end": Answer("<title>Arrived</title>")}) as other:
            chain = {f"/{n}": Answer(status=302, headers={"Location": f"/{n + 1}"}) for n in range(20)}
            chain["/9"] = Answer(status=307, headers={"Location": other.url + "/end"})
            self.assertEqual(self.title_of(chain, "/0"), "Arrived")
            chain["/9"] = Answer(status=302, headers={"Location": "/10"})
            with Server(chain) as server:
                ran = self.barky("add", server.url + "/1")
                self.assertIn("too many redirects", ran.err)
                self.assertEqual([r.path for r in server.requests], [f"/{n}" for n in range(1, 12)])
            for target in ("file:///etc/passwd", "javascript:alert(1)", "ftp://x/", ""):
                away = {"/x": Answer("<title>no</title>", 302, {"Location": target})}
                self.assertEqual(self.title_of(away, "/x"), "")
                self.barky("delete", self.bookmarks()[0]["id"])

    def test_cookies_are_kept_along_the_redirects_of_one_page_only(self):
        def answer(request):
            if request.path == "/page" and "seen=1" not in request.headers.get("Cookie", ""):
                return Answer(status=302, headers={"Location": "/page", "Set-Cookie": "seen=1; Path=/"})
            return Answer("<title>Welcome</title>")
        with Server(answer) as other, Server(answer) as server:
            self.barky("add", server.url + "/page")
            self.barky("add", server.url + "/other")
            self.assertEqual([r.headers.get("Cookie") for r in server.requests], [None, "seen=1", None])
            self.assertEqual(self.bookmarks()[1]["title"], "Welcome")
            self.assertEqual(other.requests, [])

    def test_what_is_asked_with_is_what_browsers_send(self):
        config = self.home / "agent.conf"
        config.write_text("user_agent = Mozilla/5.0 (my own)\n")
        with Server({"/a": Answer("<title>A</title>"), "/b": Answer("<title>B</title>")}) as server:
            self.barky("add", server.url + "/a")
            self.barky("add", server.url + "/b", "--config", config)
            agents = [r.headers["User-Agent"] for r in server.requests]
            self.assertRegex(agents[0], r"^barky/\d")
            self.assertEqual(agents[1], "Mozilla/5.0 (my own)")
            self.assertTrue(server.requests[0].headers["Accept"].endswith(",*/*;q=0.8"))

    def raw_title(self, *parts, type="text/html", length=None, close=True):
        """The title of what a server sends so, part by part, before it closes or stalls."""
        body = b"".join(parts)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n"
        head += f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
        served = threading.Event()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def serve():
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(head.encode())
                    for part in parts:
                        connection.sendall(part)
                    if not close:
                        served.wait(PATIENCE)
            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            ran = self.barky("add", f"http://127.0.0.1:{listener.getsockname()[1]}/")
            served.set()
            thread.join(PATIENCE)
        found = self.barky("show", ran.out.split()[0], "--json").json()[0]["title"]
        self.barky("delete", ran.out.split()[0])
        return found

    def test_what_came_is_used_when_the_page_breaks_off_or_stalls(self):
        page = b"<html><head><title>Arrived whole</title></head><body>"
        self.assertEqual(self.raw_title(page, length=100000), "Arrived whole")
        self.assertEqual(self.raw_title(b"<html><title>Half a ti", length=100000), "Half a ti")
        self.assertEqual(self.raw_title(b"<meta property=og:title content=Og><p>", length=100000), "Og")
        self.assertEqual(self.raw_title(page, b"x" * 100, length=100000, close=False), "Arrived whole")
        self.assertEqual(self.raw_title(b"<title>Stal", b"led</title>", length=100000, close=False), "Stalled")

    def test_labels_are_those_of_the_web(self):
        for name, codec, text, type in (
                ("x-sjis", "cp932", "日本語のページ①", "text/html"), ("ks_c_5601-1987", "cp949", "한국어 페이지", "text/html"),
                ("iso-8859-9", "cp1254", "Türkçe “başlık”", "text/html"), ("tis-620", "cp874", "ภาษาไทย", "text/html")):
            with self.subTest(name):
                body = f"<meta charset=\"{name}\"><title>{text}</title>".encode(codec)
                self.assertEqual(self.raw_title(body, type=type), text)
        declared = '<?xml version="1.0" encoding="ISO-8859-2"?><html><title>Zażółć</title></html>'
        self.assertEqual(self.raw_title(declared.encode("iso-8859-2"), type="application/xhtml+xml"), "Zażółć")

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
        self.addCleanup(done.set)

        def answer(request):
            done.wait(PATIENCE)
            return Answer("<title>late</title>")
        with Server(answer) as server:
            self.assertIn("timed out", self.barky("add", server.url + "/slow").err)
            process = self.start("add", server.url + "/other")
            until(lambda: len(server.requests) == 2, what="the request")
            process.send_signal(2)
            self.assertEqual(process.wait(PATIENCE), 130)
            done.set()


if __name__ == "__main__":
    unittest.main()
