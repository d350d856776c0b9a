"""A forge on loopback, as GitHub's API answers for starred repositories, for the tests' own use.

It serves pages of 25 to 100 stars in both media types and directions, with Link (numeric user ids),
ETag, limits and Date as recorded answers have them; counts requests and how many are in flight,
keeps every Authorization it sees, and misbehaves as tests/forge_faults.py knows how.
"""

import gzip
import hashlib
import json
import re
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import forge_faults
from harness import PATIENCE

USER_ID = 240830
STAR_TYPES = ("application/vnd.github.star+json", "application/vnd.github.v3.star+json")


def repository(number, **changes):
    """A repository with the members that matter, and some that do not."""
    name = f"owner{number % 7}/repo-{number}"
    repo = {
        "id": 1000 + number, "node_id": f"R_{number}", "name": f"repo-{number}",
        "full_name": name, "private": False, "html_url": f"https://github.com/{name}",
        "description": f"The repository number {number}", "fork": False,
        "homepage": "", "language": ["C", "Rust", None][number % 3],
        "topics": ["terminal", f"topic-{number % 5}"], "stargazers_count": number,
        "license": {"key": "mit", "name": "MIT License", "spdx_id": "MIT", "url": None},
    }
    repo.update(changes)
    return repo


def star(number, **changes):
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_500_000_000 + number * 3600))
    return {"starred_at": at, "repo": repository(number, **changes)}


def stars(count, first=1):
    return [star(number) for number in range(first, first + count)]


class Request:
    """What one request was, for the tests to look at."""

    def __init__(self, number, handler):
        parts = urlsplit(handler.path)
        query = parse_qs(parts.query)
        self.number = number
        self.time = time.monotonic()
        self.path = parts.path
        self.page = int(query.get("page", ["1"])[0])
        self.per_page = min(int(query.get("per_page", ["30"])[0]), 100)
        self.ascending = query.get("direction", ["desc"])[0] == "asc"
        self.authorization = handler.headers.get("Authorization")
        self.accept = handler.headers.get("Accept", "")
        self.agent = handler.headers.get("User-Agent")
        self.condition = handler.headers.get("If-None-Match")


class Forge:
    """stars are kept oldest first. before(request) may change them, or anything else here."""

    def __init__(self, listed=(), login="octocat", token=None, latency=0.0):
        self.stars = list(listed)
        self.login = login
        self.token = token  # the only one that is accepted; None: none is looked at
        self.latency = latency
        self.limit, self.remaining, self.reset = 5000, 5000, None
        self.fault = lambda request: None  # a name of forge_faults.FAULTS, or a function
        self.before = lambda request: None
        self.requests = []
        self.open_until = None  # the number of the last request that is answered before release()
        self.released = threading.Event()
        self.in_flight = self.most_in_flight = 0
        self.links_base = None  # of another name for this server
        self.lock = threading.Lock()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.forge = self
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.release()
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return self.links_base or f"http://127.0.0.1:{self.server.server_address[1]}"

    def hold_after(self, number):
        """Answers so many requests, and the others when release() is called."""
        self.open_until = number
        self.released.clear()

    def release(self):
        self.open_until = None
        self.released.set()

    def clear(self):
        """Forgets what was asked, and every fault."""
        self.requests = []
        self.most_in_flight = 0
        self.fault = lambda request: None
        self.before = lambda request: None
        self.remaining, self.reset = self.limit, None

    def authorizations(self):
        return [request.authorization for request in self.requests]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request, client_address):
        pass  # a client that goes away is what many tests are about


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = PATIENCE

    def log_message(self, *ignored):
        pass

    def do_GET(self):
        forge = self.server.forge
        with forge.lock:
            request = Request(len(forge.requests) + 1, self)
            forge.requests.append(request)
            forge.in_flight += 1
            forge.most_in_flight = max(forge.most_in_flight, forge.in_flight)
            forge.before(request)
            if forge.remaining > 0:
                forge.remaining -= 1
            fault = forge.fault(request)
            answer = self.answer(forge, request)
        try:
            if forge.latency:
                time.sleep(forge.latency)
            if forge.open_until is not None and request.number > forge.open_until:
                forge.released.wait(PATIENCE * 3)
            if isinstance(fault, str):
                fault = forge_faults.FAULTS[fault]
            if fault:
                answer = fault(self, request, *answer)
            if answer:
                with forge.lock:  # before the client can see it, and ask for the next
                    forge.in_flight -= 1
                self.send(*answer)
                return
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        with forge.lock:
            forge.in_flight -= 1

    def answer(self, forge, request):
        """(status, headers, body) as it is meant to be."""
        headers = self.common_headers(forge)
        if not request.agent:
            return self.error(403, "Request forbidden by administrative rules", headers)
        if forge.token and request.authorization not in (None, f"Bearer {forge.token}"):
            return self.error(401, "Bad credentials", headers)
        if request.path == "/user":
            if forge.token and not request.authorization:
                return self.error(401, "Requires authentication", headers)
            return 200, headers, json.dumps({"login": forge.login, "id": USER_ID}).encode()
        if request.path == "/user/starred":
            if not request.authorization:
                return self.error(401, "Requires authentication", headers)
        elif not re.fullmatch(rf"/users/{forge.login}/starred|/user/{USER_ID}/starred",
                              request.path, re.IGNORECASE):
            return self.error(404, "Not Found", headers)
        return self.page(forge, request, headers)

    def common_headers(self, forge):
        reset = forge.reset or int(time.time()) + 3600
        return [("Date", formatdate(usegmt=True)), ("Server", "GitHub.com"),
                ("Content-Type", "application/json; charset=utf-8"),
                ("Cache-Control", "public, max-age=60"),
                ("X-RateLimit-Limit", str(forge.limit)),
                ("X-RateLimit-Remaining", str(forge.remaining)),
                ("X-RateLimit-Reset", str(reset)), ("X-RateLimit-Resource", "core")]

    @staticmethod
    def error(status, message, headers):
        body = {"message": message, "documentation_url": "https://docs.github.com/rest",
                "status": str(status)}
        return status, headers, json.dumps(body).encode()

    def page(self, forge, request, headers):
        listed = forge.stars if request.ascending else forge.stars[::-1]
        start = (request.page - 1) * request.per_page
        items = listed[start:start + request.per_page]
        if not any(kind in request.accept for kind in STAR_TYPES):
            items = [item.get("repo", item) for item in items]
        body = json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode()
        tag = f'W/"{hashlib.md5(body).hexdigest()}"'
        headers = headers + [("ETag", tag)]
        links = self.links(forge, request, max(1, -(-len(listed) // request.per_page)))
        if links:
            headers.append(("Link", links))
        if request.condition == tag:
            return 304, headers, b""
        return 200, headers, body

    def links(self, forge, request, last):
        path = request.path
        if path != "/user/starred":
            path = f"/user/{USER_ID}/starred"
        query = parse_qs(urlsplit(self.path).query)

        def link(page, relation):
            query["page"] = [str(page)]
            return f'<{forge.url}{path}?{urlencode(query, doseq=True)}>; rel="{relation}"'

        links = []
        if request.page < last:
            links += [link(request.page + 1, "next"), link(last, "last")]
        if request.page > 1:
            links += [link(1, "first"), link(min(request.page - 1, last), "prev")]
        return ", ".join(links)

    def send(self, status, headers, body):
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 200 and \
                not any(name.lower() == "content-encoding" for name, _ in headers):
            body = gzip.compress(body, 1)
            headers = headers + [("Content-Encoding", "gzip")]
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)
