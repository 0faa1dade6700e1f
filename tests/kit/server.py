"""Plays documented services on this machine, with every fault that a real one can have.

A test registers what an address answers (``serve``), puts faults before the answers
(``fail``), and points the setting ``mirror`` at ``Services.mirror``. Addresses are the real ones:
``https://HOST/PATH`` is asked here as ``/HOST/PATH``.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """What was asked: the address without its query, the query, and the headers in lower case."""

    address: str
    query: dict[str, str]
    headers: dict[str, str] = field(repr=False)

    @property
    def url(self) -> str:
        return self.address + "?" + "&".join(f"{k}={v}" for k, v in self.query.items())


@dataclass(frozen=True)
class Reply:
    """What is answered. ``cut``: how many bytes of the body are kept back; ``wait``: seconds."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    wait: float = 0


Answer = Callable[[Request], Reply]
Fault = Callable[[Request, Answer], Reply]


def as_json(content: object, kind: str = "application/json") -> Reply:
    """Return a reply with JSON and the ETag of its content."""
    body = json.dumps(content, ensure_ascii=False).encode()
    etag = f'"{sha256(body).hexdigest()[:16]}"'
    return Reply(body, headers={"Content-Type": kind, "ETag": etag})


def error(status: int, retry_after: str | None = None) -> Fault:
    """Answer an error instead."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda _, __: Reply(b"Out of order", status, headers)


def error_page() -> Fault:
    """Answer an error as a web page, with status 200."""
    page = b"<!DOCTYPE html><html><body><h1>Er ging iets mis</h1></body></html>"
    return lambda _, __: Reply(page, headers={"Content-Type": "text/html"})


def error_in_json() -> Fault:
    """Answer an error in JSON, with status 200."""
    return lambda _, __: as_json({"error": {"code": "500", "message": "Internal"}})


def truncated(part: float = 0.5) -> Fault:
    """Break the connection before the end of the answer."""

    def cut(request: Request, answer: Answer) -> Reply:
        reply = answer(request)
        return replace(reply, cut=max(int(len(reply.body) * part), 1))

    return cut


def cut_json(part: float = 0.5) -> Fault:
    """Answer the first half of the JSON as if it were all."""

    def cut(request: Request, answer: Answer) -> Reply:
        body = answer(request).body
        return Reply(body[: int(len(body) * part)])

    return cut


def slow(seconds: float) -> Fault:
    """Answer late."""
    return lambda request, answer: replace(answer(request), wait=seconds)


def moved(to: str) -> Fault:
    """Send on to another address."""
    return lambda _, __: Reply(status=302, headers={"Location": to})


def renamed(old: str, new: str) -> Fault:
    """Answer with a column of another name."""

    def change(request: Request, answer: Answer) -> Reply:
        reply = answer(request)
        return Reply(reply.body.replace(f'"{old}"'.encode(), f'"{new}"'.encode()))

    return change


def altered(change: Callable[[Any], Any]) -> Fault:
    """Answer with changed JSON."""
    return lambda request, answer: as_json(change(json.loads(answer(request).body)))


class Services:
    """The services that are played, what is to go wrong, and what was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.mirror = ""
        self.zipped = False
        self._answers: dict[str, Answer] = {}
        self._faults: dict[str, list[Fault]] = {}
        self._always: dict[str, Fault] = {}
        self._lock = Lock()

    def serve(self, address: str, answer: Answer) -> None:
        """Answer whatever begins with ``address``; the longest that fits counts."""
        self._answers[address] = answer

    def fail(self, address: str, *faults: Fault) -> None:
        """Let the next questions that begin with ``address`` meet ``faults``, one each."""
        self._faults.setdefault(address, []).extend(faults)

    def always(self, address: str, fault: Fault | None) -> None:
        """Let every question that begins with ``address`` meet ``fault``, or none any more."""
        self._always = {k: f for k, f in self._always.items() if k != address}
        if fault:
            self._always[address] = fault

    def asked_of(self, address: str) -> list[Request]:
        """Return the questions whose address begins with ``address``."""
        return [request for request in self.asked if request.address.startswith(address)]

    def reply(self, request: Request) -> Reply:
        """Return what a question gets."""
        with self._lock:
            self.asked.append(request)
            fault = self._next_fault(request)
        fitting = [known for known in self._answers if request.address.startswith(known)]
        answer = self._answers[max(fitting, key=len)] if fitting else _nothing_here
        if fault:
            return fault(request, answer)
        reply = answer(request)
        etag = reply.headers.get("ETag")
        if etag and request.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return reply

    def _next_fault(self, request: Request) -> Fault | None:
        for address, faults in self._faults.items():
            if faults and request.address.startswith(address):
                return faults.pop(0)
        for address, fault in self._always.items():
            if request.address.startswith(address):
                return fault
        return None


def _nothing_here(_: Request) -> Reply:
    return Reply(b"Not here", 404)


@contextmanager
def playing() -> Iterator[Services]:
    """Play services until the end of the block."""
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            reply = services.reply(Request(f"https:/{parts.path}", query, headers))
            time.sleep(reply.wait)
            body = reply.body
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if services.zipped and "gzip" in headers.get("accept-encoding", ""):
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
            if reply.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - reply.cut])
            self.close_connection = self.close_connection or reply.cut > 0

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            """Serve; who asked may have gone away."""
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        services.mirror = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield services
        finally:
            server.shutdown()
            thread.join()
