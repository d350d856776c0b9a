"""Runs barky from outside, as a user or a script would: a home of its own, loopback only, bounded time.

    class AddTest(BarkyTest):
        def test_a_known_address_is_refused(self):
            self.barky("add", "--offline", "https://example.org")
            refused = self.barky("add", "--offline", "https://example.org", code=1)
            self.assertIn("already", refused.err)

    if __name__ == "__main__":
        unittest.main()

The environment variable BARKY names the program (make check sets it; build/barky otherwise).
"""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
BARKY = os.environ.get("BARKY", str(TOP / "build" / "barky"))
RECORDED = TOP.parent / "shared" / "data"  # real pages of stars, where this machine has them

# Whoever runs us in the background may have had these ignored, and the programs we start inherit that.
for _ignored, _usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGQUIT, signal.SIG_DFL),
                         (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_ignored) == signal.SIG_IGN:
        signal.signal(_ignored, _usual)

# A program with sanitizers is slower, and larger in memory.
SANITIZED = bool(os.environ.get("SANITIZERS"))

# What of our own environment a tested program may see.
KEPT = ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS")

# The one bound of every wait, in seconds: patience with a machine that has much else to do, and with sanitizers.
# Nothing comes near it where all is well, and no test asserts how long something took.
PATIENCE = 60

# Bytes that plain output never carries, whatever came from outside (line feeds between records aside).
FORBIDDEN = (set(range(0x20)) - {0x0A}) | set(range(0x7F, 0xA0)) | {0x061C, 0x200E, 0x200F, 0x2028, 0x2029}
FORBIDDEN |= set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A))


def forbidden_in(text):
    """The characters of a text that must not reach a terminal, as U+XXXX."""
    return sorted({f"U+{ord(c):04X}" for c in text if ord(c) in FORBIDDEN})


def until(true, timeout=PATIENCE, what="it"):
    """Waits until true() is, and returns what it returned; an AssertionError after timeout seconds."""
    end = time.monotonic() + timeout
    while True:
        value = true()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout} s in vain for {what}")
        time.sleep(0.02)


class Ran:
    """What one run left: out and err as text (and out_bytes, err_bytes), and its exit code."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code = arguments, code
        self.out_bytes, self.err_bytes = out, err
        self.out, self.err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def jsonl(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def __str__(self):
        return f"{self.arguments} ended with {self.code}\n-- out\n{self.out[-4000:]}\n-- err\n{self.err[-4000:]}"


class BarkyTest(unittest.TestCase):
    """Each test has an empty home, self.home; the library is made by the first run that needs it."""

    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        if not os.access(BARKY, os.X_OK):
            raise AssertionError(f"no program at {BARKY}: build it, or name it in BARKY")

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="barky-test-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.bin = self.home / "bin"
        self.bin.mkdir()
        (self.home / "tmp").mkdir()
        self.environment = {
            "PATH": f"{self.bin}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "TMPDIR": str(self.home / "tmp"),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "BARKY_GITHUB_API": "http://127.0.0.1:9",  # nothing listens: no test reaches the network
        }
        self.environment.update({name: os.environ[name] for name in KEPT if name in os.environ})
        self.library = self.home / "data" / "barky" / "barky.db"

    # -- running it

    def start(self, *arguments, env=None, program=None, **options):
        """Starts barky and returns its Popen, which is killed at the end of the test if it still runs.
        An entry of env that is None takes the variable away."""
        environment = {**self.environment, **(env or {})}
        environment = {name: value for name, value in environment.items() if value is not None}
        for stream in ("stdin", "stdout", "stderr"):
            options.setdefault(stream, subprocess.DEVNULL if stream == "stdin" else subprocess.PIPE)
        options.setdefault("cwd", self.home)
        process = subprocess.Popen(
            [program or BARKY, *map(str, arguments)], env=environment, start_new_session=True, **options)
        self.addCleanup(end, process)
        return process

    def barky(self, *arguments, code=0, input=None, timeout=PATIENCE, **options):
        """Runs barky to its end. code is what it must exit with: a number, several, or None for any."""
        if input is not None:
            options["stdin"] = subprocess.PIPE
            input = input.encode() if isinstance(input, str) else input
        process = self.start(*arguments, **options)
        try:
            out, err = process.communicate(input, timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"did not end in {timeout} s: {Ran(arguments, None, out, err)}") from None
        ran = Ran(arguments, process.returncode, out or b"", err or b"")
        if code is not None and ran.code not in (code if isinstance(code, (tuple, list, set)) else (code,)):
            raise AssertionError(f"expected to end with {code}, but {ran}")
        return ran

    # -- the library

    def add(self, url, *options):
        """Adds a bookmark without the network; its id."""
        return int(self.barky("add", "--offline", url, *options).out.split()[0])

    def bookmarks(self, *query):
        return self.barky("list", "--json", *query).json()

    def urls(self):
        return [bookmark["url"] for bookmark in self.bookmarks()]

    def sql(self, statement, *values):
        """Asks the library itself; rows as tuples."""
        with contextlib.closing(sqlite3.connect(self.library, timeout=PATIENCE)) as connection:
            with connection:
                return connection.execute(statement, values).fetchall()

    def assert_sound(self):
        """The library passes SQLite's own check."""
        self.assertEqual(self.sql("pragma integrity_check"), [("ok",)])
        self.assertEqual(self.sql("pragma foreign_key_check"), [])

    # -- the world around it

    def fake(self, name, script="cat"):
        """Puts a program first in PATH that writes its arguments to self.home/NAME.said, one a line
        after a line with their count; then it runs the script (sh) on its standard input."""
        said = self.home / f"{name}.said"
        path = self.bin / name
        path.write_text(
            f'#!/bin/sh\n{{ echo $#; for a; do printf "%s\\n" "$a"; done; }} >>"{said}"\n{script}\n')
        path.chmod(0o755)
        return said

    def assert_printable(self, text):
        self.assertEqual(forbidden_in(text), [], text[:2000])


def end(process):
    """Ends a process that was started, and everything in its session's first process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            with contextlib.suppress(BrokenPipeError):
                stream.close()


def mode(path):
    """Permission bits of a file: 0o600."""
    return stat.S_IMODE(os.stat(path).st_mode)


class Answer:
    """What a loopback server answers to one request."""

    def __init__(self, body=b"", status=200, headers=None, delay=0.0):
        self.body = body.encode() if isinstance(body, str) else body
        self.status, self.headers, self.delay = status, dict(headers or {}), delay


class Server:
    """An HTTP server on a free port of the loopback.

        with Server({"/page": Answer("<title>Hello</title>")}) as server:
            self.barky("add", server.url + "/page")

    answer is a dict of paths (without the query), or a function of a request (method, path, query as a
    dict of lists, headers) that returns an Answer, or None for 404. server.requests lists them all."""

    def __init__(self, answer):
        self.answer = answer if callable(answer) else lambda request: answer.get(request.path)
        self.requests = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = PATIENCE

            def do_GET(self):
                server.respond(self)

            do_HEAD = do_POST = do_GET

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.block_on_close = False
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def respond(self, handler):
        request = Request(handler.command, handler.path, handler.headers)
        self.requests.append(request)
        answer = self.answer(request) or Answer("not here", 404)
        if answer.delay:
            time.sleep(answer.delay)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            handler.send_response(answer.status)
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(answer.body))}
            for name, value in {**headers, **answer.headers}.items():
                if value is not None:
                    handler.send_header(name, value)
            handler.end_headers()
            if handler.command != "HEAD":
                handler.wfile.write(answer.body)

    def __enter__(self):
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join(PATIENCE)


class Request:
    def __init__(self, method, target, headers):
        parts = urllib.parse.urlsplit(target)
        self.method, self.target, self.path = method, target, parts.path
        self.query = urllib.parse.parse_qs(parts.query, keep_blank_values=True)
        self.headers = headers

    def __repr__(self):
        return f"{self.method} {self.target}"
