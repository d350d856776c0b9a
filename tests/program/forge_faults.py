"""The ways in which the tests' forge misbehaves: each a function of the handler, the request and the
answer as it was meant to be. It returns another answer, or sends what it likes and returns None."""

import contextlib
import functools
import gzip
import json
import socket
import struct
import time

from harness import PATIENCE

HEADERS = [("Content-Type", "application/json; charset=utf-8")]


def _begin(handler, headers, length):
    handler.send_response_only(200)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()
    handler.close_connection = True


def _reset(handler):
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True


def truncate(handler, request, status, headers, body):
    _begin(handler, headers, len(body))
    handler.wfile.write(body[:len(body) // 2])


def chunkcut(handler, request, status, headers, body):
    handler.send_response_only(200)
    for name, value in headers + [("Transfer-Encoding", "chunked")]:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(body) // 2, body[:len(body) // 2]))
    handler.close_connection = True


def reset(handler, request, status, headers, body):
    _begin(handler, headers, len(body))
    handler.wfile.write(body[:len(body) // 2])
    handler.wfile.flush()
    time.sleep(0.05)
    _reset(handler)


def reset_early(handler, request, status, headers, body):
    _reset(handler)


def close_early(handler, request, status, headers, body):
    handler.close_connection = True


def wrong_length(handler, request, status, headers, body):
    _begin(handler, headers, len(body) + 1000)
    handler.wfile.write(body)


def hang(handler, request, status, headers, body):
    with contextlib.suppress(OSError):
        handler.connection.settimeout(PATIENCE * 3)
        handler.connection.recv(1)  # until the client has gone
    handler.close_connection = True


def _body(text, extra=()):
    def fault(handler, request, status, headers, body):
        return 200, headers + list(extra), text if isinstance(text, bytes) else text(body)
    return fault


def _items(change):
    """Changes the first item of the page, as an object."""
    def fault(handler, request, status, headers, body):
        items = json.loads(body)
        if isinstance(items, list) and items:
            change(items[0].get("repo", items[0]))
        return 200, headers, json.dumps(items).encode()
    return fault


def _status(code, message="Server Error", extra=()):
    def fault(handler, request, status, headers, body):
        return code, headers + list(extra), json.dumps({"message": message}).encode()
    return fault


def server_page(handler, request, status, headers, body):
    return 502, [("Content-Type", "text/html")], b"<html><h1>Bad gateway</h1></html>"


def _location(where):
    def fault(handler, request, status, headers, body):
        target = where(handler, request) if callable(where) else where
        return 302, headers + [("Location", target)], b'{"message":"Moved"}'
    return fault


def _link(make):
    def fault(handler, request, status, headers, body):
        headers = [pair for pair in headers if pair[0] != "Link"]
        link = make(handler, request)
        return 200, headers + ([("Link", link)] if link else []), body
    return fault


def huge(handler, request, status, headers, body):
    handler.send_response_only(200)
    for name, value in HEADERS:
        handler.send_header(name, value)
    handler.end_headers()
    handler.close_connection = True
    handler.wfile.write(b"[")
    for _ in range(200):
        handler.wfile.write(b" " * 1_000_000)


def longheader(handler, request, status, headers, body):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(30):
        handler.wfile.write(b"x" * 100_000)
    handler.wfile.write(b"\r\n\r\n[]")
    handler.close_connection = True


@functools.lru_cache
def _bomb():
    return gzip.compress(b"[" + b" " * 100_000_000 + b"]", 6)


def gzipbomb(handler, request, status, headers, body):
    return 200, headers + [("Content-Encoding", "gzip")], _bomb()


def ratelimit(handler, request, status, headers, body):
    handler.server.forge.remaining = 0
    headers = [pair for pair in headers if not pair[0].startswith("X-RateLimit")]
    reset_at = handler.server.forge.reset or int(time.time()) + 1800
    headers += [("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", str(reset_at))]
    return 403, headers, json.dumps({"message": "API rate limit exceeded for 127.0.0.1."}).encode()


SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes."

# One fault a row of the model; each is tried on a page of its own.
FAULTS = {
    "truncate": truncate, "chunkcut": chunkcut, "reset": reset, "reset_early": reset_early,
    "close_early": close_early, "wrong_length": wrong_length, "hang": hang,
    "badjson": _body(b'[{"starred_at":'), "html": _body(b"<html>sign in</html>"),
    "empty": _body(b""), "nonarray": _body(b'{"message":"hello"}'),
    "bom": _body(lambda body: b"\xef\xbb\xbf" + body),
    "badutf8": _body(lambda body: body.replace(b"The repository", b"Th\xff\xfe", 1)),
    "nul": _body(lambda body: body.replace(b"The repository", b"T\\u0000", 1)),
    "bignum": _body(lambda body: body.replace(b'"id":1', b'"id":99999999999999999999991', 1)),
    "deep": _body(b"[" * 100_000 + b"]" * 100_000),
    "dupkeys": _body(lambda body: body.replace(b'"id":1', b'"id":7,"id":1', 1)),
    "badgzip": _body(b"\x1f\x8bnothing of the kind", [("Content-Encoding", "gzip")]),
    "objects": _body(b"[" + b"{}," * 1_300_000 + b"{}]"),
    "huge": huge, "longheader": longheader, "gzipbomb": gzipbomb,
    "500": _status(500), "502": server_page, "503": _status(503), "504": _status(504),
    "503_after": _status(503, extra=[("Retry-After", "1")]),
    "401": _status(401, "Bad credentials"), "403": _status(403, "Resource not accessible"),
    "404": _status(404, "Not Found"), "410": _status(410, "Gone"), "451": _status(451, "Blocked"),
    "422": _status(422, "In order to keep the API fast for everyone, pagination is limited"),
    "ratelimit": ratelimit,
    "ratelimit_429": _status(429, "Too many", [("Retry-After", "2")]),
    "secondary": _status(403, SECONDARY, [("Retry-After", "2")]),
    "secondary_bare": _status(403, SECONDARY),
    "redirect_loop": _location(lambda handler, request: handler.path),
    "link_loop": _link(lambda handler, request:
                       f'<{handler.server.forge.url}{handler.path}>; rel="next"'),
    "link_garbage": _link(lambda handler, request: "<<;;rel=next"),
    "link_file": _link(lambda handler, request: '<file:///etc/passwd>; rel="next"'),
    "link_missing": _link(lambda handler, request: ""),
    "wrongtype": _items(lambda repo: repo.update(full_name=17)),
    "wrongtopics": _items(lambda repo: repo.update(topics="none")),
    "noaddress": _items(lambda repo: repo.pop("html_url")),
    "scheme": _items(lambda repo: repo.update(html_url="javascript:alert(1)")),
    "ctrl": _items(lambda repo: repo.update(description="\x1b]0;owned\x07 \u202e bidi")),
}


def redirect_to(url):
    return _location(url)


def link_to(url):
    return _link(lambda handler, request: f'<{url}/user/1/starred?page=2>; rel="next"')
