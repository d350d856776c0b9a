"""Checking links against a web of our own: every way in which a server answers, or does not. Hosts are
names under localhost, which libcurl itself takes for this machine, so that each behaviour has its own."""

import contextlib
import gzip
import json
import os
import random
import socket
import ssl
import struct
import subprocess
import threading
import time
import unittest

from harness import PATIENCE, Answer, BarkyTest, Server, until

DAY = 86400


def answer_of(status, **headers):
    return Answer(b"<p>page", status, {name.replace("_", "-"): value for name, value in headers.items()})


class RawServer:
    """Hands each connection, its request read, to a function; it is closed afterwards."""

    def __init__(self, serve, context=None, family=socket.AF_INET, address="127.0.0.1"):
        self.serve, self.context = serve, context
        self.done = threading.Event()
        self.listener = socket.create_server((address, 0), family=family, backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.one, args=(connection,), daemon=True).start()

    def one(self, connection):
        with connection, contextlib.suppress(OSError):
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            request = connection.recv(65536)
            if request:
                self.serve(connection, request, self.done)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.done.set()
        self.listener.close()


def silent(connection, request, done):
    done.wait(PATIENCE)


def reset(connection, request, done):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def half_a_header(connection, request, done):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty")


def nothing_of_http(connection, request, done):
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


def head_is_dropped(connection, request, done):
    if request.startswith(b"GET"):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def bomb(connection, request, done):
    body = gzip.compress(b"x" * 50_000_000, 9)
    refused = b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"
    page = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    connection.sendall(page + body if request.startswith(b"GET") else refused)


class CheckCase(BarkyTest):
    def check(self, *arguments, code=0, **options):
        return self.barky("check", "--json", *arguments, code=code, **options).json()

    def links(self):
        return {bookmark["url"]: bookmark["link"] for bookmark in self.bookmarks()}

    def states(self):
        return {url: link and link["state"] for url, link in self.links().items()}

    def a_day_goes_by(self):
        self.sql(f"update links set checked = checked - {DAY + 9}, since = since - {DAY + 9}, "
                 f"missing_since = missing_since - {DAY + 9} * (missing_since > 0)")


class Web(CheckCase):
    """Each behaviour at a host of its own."""

    PAGES = {
        "ok": lambda r: answer_of(200),
        "empty": lambda r: answer_of(204),
        "head-refused": lambda r: answer_of(405 if r.method == "HEAD" else 200),
        "head-lies": lambda r: answer_of(404 if r.method == "HEAD" else 200),
        "head-fails": lambda r: answer_of(500 if r.method == "HEAD" else 200),
        "login-wanted": lambda r: answer_of(401, WWW_Authenticate="Basic"),
        "forbidden": lambda r: answer_of(403),
        "picky": lambda r: answer_of(406),
        "busy": lambda r: answer_of(429),
        "blocked": lambda r: answer_of(451),
        "for-now": lambda r: answer_of(302, Location="/new") if r.path == "/page" else answer_of(200),
        "mixed": lambda r: {"/page": answer_of(301, Location="/b"), "/b": answer_of(302, Location="/c")}.get(
            r.path, answer_of(200)),
        "to-login": lambda r: answer_of(301, Location="/users/sign_in") if r.path == "/page" else answer_of(200),
        "to-front": lambda r: answer_of(301, Location="/") if r.path == "/page" else answer_of(200),
        "to-slash": lambda r: answer_of(301, Location="/page/") if r.path == "/page" else answer_of(200),
        "moved": lambda r: answer_of(301, Location="/new") if r.path == "/page" else answer_of(200),
        "moved-far": lambda r: {"/page": answer_of(308, Location="/b"), "/b": answer_of(301, Location="/c d")}.get(
            r.path, answer_of(200)),
        "loop": lambda r: answer_of(302, Location="/a" if r.path == "/page" else "/page"),
        "itself": lambda r: answer_of(301, Location="/page"),
        "elsewhere": lambda r: answer_of(301, Location="ftp://x/"),
        "nowhere": lambda r: answer_of(302),
        "not-found": lambda r: answer_of(404),
        "gone": lambda r: answer_of(410),
        "moved-to-nothing": lambda r: answer_of(301, Location="/b") if r.path == "/page" else answer_of(404),
        "to-no-host": lambda r: answer_of(301, Location="http://gone.invalid/"),
        "failed": lambda r: answer_of(500),
        "closed": lambda r: answer_of(503),
        "refuses": lambda r: answer_of(400),
    }
    RAW = {"silent": silent, "reset": reset, "half": half_a_header, "ssh": nothing_of_http,
           "head-dropped": head_is_dropped, "bomb": bomb}
    OK = {"ok", "empty", "head-refused", "head-lies", "head-fails", "login-wanted", "forbidden", "picky", "busy",
          "blocked", "for-now", "mixed", "to-login", "to-front", "to-slash", "head-dropped", "bomb", "six"}
    MOVED = {"moved": "/new", "moved-far": "/c%20d"}
    MISSING = {"not-found", "gone", "moved-to-nothing", "to-no-host", "no-host"}
    WORDS = {"silent": "timed out", "half": "cut off", "not-found": "not found", "gone": "gone",
             "no-host": "no such host", "to-no-host": "no such host", "loop": "too many redirects",
             "itself": "itself", "failed": "500", "untrusted": "certificate", "elsewhere": "no page of the web"}

    def certificate(self):
        made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tls.key",
                               "-out", "tls.pem", "-subj", "/CN=barky"], cwd=self.home, capture_output=True)
        if made.returncode:
            self.skipTest("openssl cannot make a certificate")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.home / "tls.pem", self.home / "tls.key")
        return context

    def serve(self, stack):
        """The web; addresses by the name of what is there."""
        server = stack.enter_context(Server(
            lambda request: self.PAGES[request.headers["Host"].split(".")[0]](request)))
        port = server.url.rsplit(":", 1)[1]
        urls = {name: f"http://{name}.localhost:{port}/page" for name in self.PAGES}
        for name, serve in self.RAW.items():
            raw = stack.enter_context(RawServer(serve))
            urls[name] = f"http://{name}.localhost:{raw.port}/page"
        tls = stack.enter_context(RawServer(head_is_dropped, context=self.certificate()))
        urls["untrusted"] = f"https://untrusted.localhost:{tls.port}/page"
        urls["no-host"] = "http://gone.invalid/page"
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            urls["refused"] = f"http://refused.localhost:{unused.getsockname()[1]}/page"
        with contextlib.suppress(OSError):
            six = stack.enter_context(RawServer(head_is_dropped, family=socket.AF_INET6, address="::1"))
            urls["six"] = f"http://[::1]:{six.port}/page"
        self.server = server
        return urls

    def assert_states(self, urls, missing):
        links = self.links()
        for name, url in urls.items():
            with self.subTest(name):
                expected = "ok" if name in self.OK else "moved" if name in self.MOVED else \
                    missing if name in self.MISSING else "failing"
                self.assertEqual(links[url]["state"], expected, links[url])
                self.assertIn(self.WORDS.get(name, ""), links[url]["reason"])
                self.assertEqual(bool(links[url]["reason"]), expected in ("failing", "dead"))
        for name, path in self.MOVED.items():
            self.assertEqual(links[urls[name]]["url"], urls[name].replace("/page", path))
            self.assertEqual(links[urls[name]]["status"], 308 if name == "moved-far" else 301)

    def test_each_is_what_it_is_and_again(self):
        with contextlib.ExitStack() as stack:
            urls = self.serve(stack)
            self.barky("add", "-", "--offline", input="\n".join(urls.values()))
            before = [{**b, "link": None} for b in self.bookmarks()]
            for missing in ("failing", "dead"):
                told = self.check()
                self.assert_states(urls, missing)
                self.assertEqual(told["checked"], len(urls))
                self.assertEqual(told["ok"] + told["moved"] + told["failing"] + told["dead"], len(urls))
                self.assertEqual(told["error"], None)
                self.assertEqual(list(told), ["checked", "ok", "moved", "failing", "dead", "skipped", "seconds",
                                              "error"])
                self.assertEqual([{**b, "link": None} for b in self.bookmarks()], before)
                self.a_day_goes_by()
            for request in self.server.requests:
                for name in ("Cookie", "Referer", "Authorization"):
                    self.assertNotIn(name, request.headers)
            lines = self.barky("events", "--jsonl").out.splitlines()
            told = [json.loads(line) for line in lines]
            named = {name: sorted(id for event in told if event["event"] == name for id in event["bookmarks"])
                     for name in ("link_died", "link_moved")}
            ids = {bookmark["url"]: bookmark["id"] for bookmark in self.bookmarks()}
            self.assertEqual(named["link_died"], sorted(ids[urls[name]] for name in self.MISSING))
            self.assertEqual(named["link_moved"], sorted(ids[urls[name]] for name in self.MOVED))
            self.assertEqual(sum(event["event"] == "links_checked" for event in told), 2)
            asked = [id for event in told if event["event"] == "links_asked" for id in event["bookmarks"]]
            self.assertEqual(sorted(set(asked)), sorted(b["id"] for b in self.bookmarks() if b["link"]))
            dead = self.barky("list", "--json", "is:dead").json()
            self.assertEqual(sorted(b["id"] for b in dead), named["link_died"])
            for state in ("moved", "failing", "dead"):
                for found in self.barky("list", "--json", "is:" + state).json():
                    self.assertEqual(found["link"]["state"], state)
            self.assertEqual(self.barky("list", "--json", "is:unchecked").json(),
                             [b for b in self.barky("list", "--json").json() if not b["link"]])
        self.barky("undo")
        self.assertEqual(self.bookmarks(), [])


class Manners(CheckCase):
    def test_a_host_is_asked_one_at_a_time_and_a_second_apart(self):
        times, now = {}, {}

        def answer(request):
            host = request.headers["Host"].split(".")[0]
            now[host] = now.get(host, 0) + 1
            times.setdefault(host, []).append(time.monotonic())
            self.assertEqual(now[host], 1)
            time.sleep(0.05)
            now[host] -= 1
            return answer_of(405 if request.method == "HEAD" else 200)
        with Server(answer) as server:
            port = server.url.rsplit(":", 1)[1]
            urls = [f"http://h{host}.localhost:{port}/{page}" for host in range(3) for page in range(2)]
            self.barky("add", "-", "--offline", input="\n".join(urls))
            self.assertEqual(self.check()["ok"], 6)
        for each in times.values():
            self.assertEqual(len(each), 4)
            self.assertGreaterEqual(min(b - a for a, b in zip(each, each[1:])), 0.95)

    def test_never_more_in_flight_than_asked_for(self):
        lock, now, most = threading.Lock(), [0], [0]

        def answer(request):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.05)
            with lock:
                now[0] -= 1
            return answer_of(200)
        with Server(answer) as server:
            port = server.url.rsplit(":", 1)[1]
            self.barky("add", "-", "--offline", input="\n".join(
                f"http://h{host}.localhost:{port}/" for host in range(30)))
            self.assertEqual(self.check("--jobs", 5)["ok"], 30)
        self.assertGreater(most[0], 1)
        self.assertLessEqual(most[0], 5)
        self.barky("check", "--jobs", 65, code=2)

    def test_who_wants_to_be_left_alone_is(self):
        def answer(request):
            host = request.headers["Host"].split(".")[0]
            return answer_of(429, Retry_After="3600" if host == "long" else "2")
        with Server(answer) as server:
            port = server.url.rsplit(":", 1)[1]
            self.barky("add", "-", "--offline", input="\n".join(
                f"http://{host}.localhost:{port}/{page}" for host in ("long", "short") for page in range(3)))
            told = self.check()
            self.assertEqual((told["checked"], told["ok"], told["skipped"]), (4, 4, 2))
            hosts = [request.headers["Host"].split(".")[0] for request in server.requests]
            self.assertEqual((hosts.count("long"), hosts.count("short")), (1, 3))

    def test_what_is_no_address_of_the_web_is_skipped(self):
        for url in ("mailto:a@example.org", "javascript:alert(1)"):
            self.add(url)
        told = self.check()
        self.assertEqual((told["checked"], told["skipped"]), (0, 2))
        self.assertEqual(list(self.states().values()), [None, None])

    def test_a_user_and_a_fragment_do_not_go_out(self):
        with Server(lambda request: answer_of(200)) as server:
            self.add(server.url.replace("//", "//octocat:hunter2@") + "/a#part")
            self.assertEqual(self.check()["ok"], 1)
            self.assertEqual([r.target for r in server.requests], ["/a"])
            self.assertNotIn("Authorization", server.requests[0].headers)


class Down(CheckCase):
    def unused_port(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            return unused.getsockname()[1]

    def test_without_a_network_nothing_is_marked(self):
        port = self.unused_port()
        self.barky("add", "-", "--offline", input="\n".join(
            f"http://h{host}.localhost:{port}/" for host in range(20)))
        told = self.barky("check", "--json", code=4)
        self.assertIn("network", told.json()["error"])
        self.assertEqual(len(told.err.splitlines()), 1)
        self.assertEqual(set(self.states().values()), {None})

    def test_one_answer_is_a_network(self):
        port = self.unused_port()
        with Server(lambda request: answer_of(200)) as server:
            urls = [f"http://h{host}.localhost:{port}/" for host in range(12)]
            self.barky("add", "-", "--offline", input="\n".join(urls + [server.url]))
            self.assertEqual(self.check("-127.0.0.1", code=4)["checked"], 0)
            self.assertEqual(self.check("--jobs", 1)["failing"], 12)
            self.assertEqual(set(self.states().values()), {"ok", "failing"})

    def test_a_host_that_is_deaf_is_left_alone_after_a_while(self):
        port = self.unused_port()
        with Server(lambda request: answer_of(200)) as server:
            self.add(server.url)
            self.barky("add", "-", "--offline", input="\n".join(
                f"http://deaf.localhost:{port}/{page}" for page in range(8)))
            told = self.check()
            self.assertEqual((told["ok"], told["failing"], told["skipped"]), (1, 5, 3))


class Decisions(CheckCase):
    def moved(self, *paths):
        pages = {path: answer_of(301, Location=path + "-new") for path in paths}
        return Server(lambda request: pages.get(request.path, answer_of(200)))

    def test_new_addresses_are_taken_as_one_change(self):
        with self.moved("/a", "/b") as server:
            self.barky("add", "-", "--offline", input=f"{server.url}/a\n{server.url}/b\n{server.url}/c\n")
            self.check()
            self.barky("edit", "--matching", "url:/", "--follow-moved")
            new = [f"{server.url}/c", f"{server.url}/b-new", f"{server.url}/a-new"]
            self.assertEqual(self.urls(), new)
            self.assertEqual(self.states(), {new[0]: "ok", new[1]: None, new[2]: None})
            self.barky("undo")
            self.assertEqual(sorted(self.urls()), sorted(f"{server.url}/{path}" for path in "abc"))
            self.barky("edit", "1", "--follow-moved", "--title", "x", code=2)

    def test_an_address_that_another_has_is_left_and_named(self):
        pages = {f"/{path}": answer_of(301, Location="/taken") for path in "ab"}
        pages["/c"] = answer_of(301, Location="/free")
        with Server(lambda request: pages.get(request.path, answer_of(200))) as server:
            self.barky("add", "-", "--offline", input="\n".join(
                f"{server.url}/{path}" for path in ("a", "b", "c", "taken")))
            self.check()
            ran = self.barky("edit", "--matching", "url:/", "--follow-moved")
            self.assertEqual(sorted(self.urls()), sorted(f"{server.url}/{path}" for path in ("a", "b", "free", "taken")))
            self.assertEqual(len(ran.err.splitlines()), 2, ran)
            self.assertIn("/taken", ran.err)

    def test_the_archived_copy_opens(self):
        said = self.fake("www")
        self.add("https://example.org/a?b=1")
        self.barky("open", "1", "--archived", env={"BROWSER": "www"})
        until(said.exists, what="the browser")
        self.assertIn("https://web.archive.org/web/2/https://example.org/a?b=1", until(said.read_text))

    def test_an_edited_address_is_unchecked_again_and_another_field_keeps_it(self):
        with self.moved("/a") as server:
            self.add(server.url + "/a")
            self.check()
            self.barky("edit", "1", "--title", "T")
            self.assertEqual(list(self.states().values()), ["moved"])
            self.barky("edit", "1", "--url", server.url + "/c")
            self.assertEqual(list(self.states().values()), [None])

    def test_what_was_found_survives_export_and_import(self):
        with self.moved("/a") as server:
            self.barky("add", "-", "--offline", input=f"{server.url}/a\n{server.url}/b\nhttp://x.invalid/\nhttp://y.example/\n")
            self.check("-y.example")
            self.a_day_goes_by()
            self.check("x.invalid")
            self.assertEqual(sorted(map(str, self.states().values())), ["None", "dead", "moved", "ok"])
        for form in ("json", "jsonl"):
            file, other = self.home / f"all.{form}", self.home / f"{form}.db"
            self.barky("export", "--output", file)
            self.barky("import", file, "--db", other)
            there = self.barky("list", "--json", "--db", other).json()
            self.assertEqual({bookmark["url"]: bookmark["link"] for bookmark in there}, self.links())
            dead = self.barky("check", "x.invalid", "--json", "--db", other).json()["dead"]
            self.assertEqual(dead, 1)

    def test_older_than_goes_on_where_it_was_stopped(self):
        with Server(lambda request: answer_of(200)) as server:
            self.barky("add", "-", "--offline", input="\n".join(f"{server.url}/{page}" for page in range(5)))
            process = self.start("check", "--json", env=self.environment)
            until(lambda: len(server.requests) >= 2, what="two requests")
            process.send_signal(2)
            out, _ = process.communicate(timeout=PATIENCE)
            self.assertEqual(process.returncode, 130)
            checked = json.loads(out)["checked"]
            self.assertGreaterEqual(checked, 1)
            self.assertEqual(sum(state == "ok" for state in self.states().values()), checked)
            self.assertEqual(self.check("--older-than", 1)["checked"], 5 - checked)
            self.assertEqual(self.check("--older-than", 1)["checked"], 0)
            self.a_day_goes_by()
            self.assertEqual(self.check("--older-than", 2)["checked"], 0)


class Chance(CheckCase):
    HOSTS = int(os.environ.get("BARKY_TEST_HOSTS", 40))

    def test_what_only_fails_sometimes_is_never_dead(self):
        """Every other look fails, each in its own way. BARKY_TEST_HOSTS=1700 asks for 10,000 answers."""
        chance = random.Random(7)
        look = 0

        def answer(request):
            return answer_of(200 if look % 2 else chance.choice([404, 410, 500, 503, 429, 403, 400]))
        with Server(answer) as server:
            server.http.socket.listen(256)
            port = server.url.rsplit(":", 1)[1]
            self.barky("add", "-", "--offline", input="\n".join(
                f"http://h{host}.localhost:{port}/" for host in range(self.HOSTS)))
            for look in range(6):
                told = self.check("--jobs", 64)
                self.assertEqual((told["checked"], told["dead"]), (self.HOSTS, 0))
                self.a_day_goes_by()


if __name__ == "__main__":
    unittest.main()
