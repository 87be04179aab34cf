"""A server on loopback that answers as a test says: statuses, headers, delays, bodies that end too early."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

ONE_ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"one"}}]}}'
TRUE = b'{"head":{},"boolean":true}'


@dataclass(frozen=True)
class Say:
    """One answer. `length` is what Content-Length says, None for that of the body, -1 for none at all.

    With a status of 0 nothing is said, and the connection is cut.
    """

    body: bytes = ONE_ROW
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    before: Callable[[], object] | None = None


@dataclass(frozen=True)
class Heard:
    """One request: its path, its headers by lower-case name, the fields of its form, its method and body."""

    path: str
    headers: dict[str, str]
    form: dict[str, str]
    method: str = "POST"
    body: bytes = b""


class Server:
    """What was heard, and where it listens."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.heard: list[Heard] = []


@contextmanager
def serving(answer: Callable[[Heard], Say]) -> Iterator[Server]:
    """Answer on a free port of loopback until the block is over."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            is_form = "form" in headers.get("content-type", "")
            fields = parse_qs(body.decode()) if is_form else {}
            form = {name: values[0] for name, values in fields.items()}
            heard = Heard(self.path, headers, form, self.command, body)
            server.heard.append(heard)
            self._say(answer(heard))

        do_PUT = do_POST  # noqa: N815

        def _say(self, say: Say) -> None:
            if say.before:
                say.before()
            if not say.status:
                self.close_connection = True
                return
            self.send_response(say.status)
            for name, value in say.headers.items():
                self.send_header(name, value)
            length = len(say.body) if say.length is None else say.length
            if length >= 0:
                self.send_header("Content-Length", str(length))
            with suppress(OSError):  # who asked may have gone
                self.end_headers()
                self.wfile.write(say.body)
            self.close_connection = length != len(say.body)

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server = Server(f"http://127.0.0.1:{listening.server_address[1]}")
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
