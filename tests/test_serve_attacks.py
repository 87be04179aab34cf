"""What strangers try: the attack list of the project, on a server in a process of its own.

A canary listens on loopback, and nothing may ever reach it.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from serving import DATA, FOR_AN_HOUR, Running, serving, until

SECRET = "root:"


class Canary:
    """A listener on loopback that counts who comes."""

    def __init__(self) -> None:
        self.visits: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/x"

    def _listen(self) -> None:
        while True:
            try:
                came, _ = self._socket.accept()
            except OSError:
                return
            self.visits.append(came.recv(1000))
            came.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()
    assert made.visits == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("attacks")
    (folder / "data.trig").write_text(DATA, encoding="utf-8")
    env = {
        "BRI_KG_SERVE_SECONDS": "2",
        "BRI_KG_SERVE_SILENCE": "1",
        "BRI_KG_SERVE_CONNECTIONS": "40",
    }
    arguments = ("--store", str(folder / "data.trig"))
    with serving(*arguments, env=env, log=folder / "log") as running:
        yield running
        assert running.process.poll() is None
        assert "Traceback" not in running.log.read_text(encoding="utf-8")
        assert not any("bug" in line for line in running.lines())


def is_well(server: Running) -> bool:
    return server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True


DOORS = [
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?u {{ <{url}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
    "PREFIX SELECT: <{url}> SELECT * {{ SERVICE SELECT: {{ ?s ?p ?o }} }}",
    "PREFIX x: <{url}>\nSELECT * {{ # no SERVICE\n SERVICE#\nx: {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
    "LOAD <{url}>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://example.org/g>",
    "SELECT * {{ ?s ?p ?o }} ; LOAD <{url}>",
    "INSERT DATA {{ <http://e/> <http://e/> 1 }}",
    "CLEAR ALL",
]


@pytest.mark.parametrize("query", DOORS)
def test_no_door_is_opened(server: Running, canary: Canary, query: str) -> None:
    response = server.ask(query.format(url=canary.url))
    assert 400 <= response.status_code < 500, response.text
    assert SECRET not in response.text
    assert canary.visits == []


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_no_graph_of_a_request_is_fetched(server: Running, canary: Canary, name: str) -> None:
    for iri in (canary.url, "file:///etc/passwd", "http://169.254.169.254/latest/"):
        fields = {"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", name: iri}
        response = httpx.post(f"{server.url}/sparql", data=fields, timeout=60)
        assert response.json()["results"]["bindings"] == []
    assert canary.visits == []


def test_no_context_is_fetched(server: Running, canary: Canary) -> None:
    document = f'{{"@context": "{canary.url}", "http://example.org/p": 1}}'
    for media_type in ("application/ld+json", "application/sparql-query"):
        headers = {"content-type": media_type, "link": f'<{canary.url}>; rel="context"'}
        url = f"{server.url}/sparql"
        response = httpx.post(url, content=document, headers=headers, timeout=60)
        assert 400 <= response.status_code < 500
    assert canary.visits == []


def test_queries_that_are_too_large_to_be_read_are_refused(server: Running) -> None:
    deep = "(" * 2000 + "1" + ")" * 2000
    for query in (
        f"SELECT ({deep} AS ?x) {{}}",
        "SELECT * " + "{" * 2000 + "}" * 2000,
        "ASK { ?s " + "/".join(["<http://e/>"] * 3000) + " ?o }",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 2000 + "}",
    ):
        response = server.ask(query)
        assert response.status_code == 400, response.text[:300]
        assert response.json()["code"] == "BRI106"
    assert is_well(server)


def test_a_huge_list_of_values_is_answered_or_refused(server: Running) -> None:
    values = " ".join(f"<http://example.org/{number}>" for number in range(10_000))
    response = server.ask(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {values} }} }}")
    assert response.json()["results"]["bindings"][0]["n"]["value"] == "10000"
    assert is_well(server)


def test_a_regular_expression_is_no_trap(server: Running) -> None:
    text = "a" * 5000 + "!"
    response = server.ask(f'ASK {{ FILTER REGEX("{text}", "^(a+)+$") }}')
    assert response.json()["boolean"] is False
    response = server.ask('ASK { FILTER REGEX("a", "(((a{100}){100}){100}){100}") }')
    assert response.status_code in (200, 400)
    assert is_well(server)


def test_a_product_is_stopped(server: Running) -> None:
    response = server.ask(FOR_AN_HOUR)
    assert (response.status_code, response.json()["code"]) == (504, "BRI801")
    assert is_well(server)


def raw(server: Running, sent: bytes, seconds: float = 10.0) -> bytes:
    """Return all that comes back on a connection of its own, until the server closes it or is silent."""
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname or "", place.port or 0), seconds) as made:
        made.sendall(sent)
        made.settimeout(seconds)
        found = b""
        try:
            while chunk := made.recv(65536):
                found += chunk
        except TimeoutError:
            pass
        except OSError:
            pass
        return found


HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
NEXT = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
SMUGGLED = {
    "both lengths": HEAD
    + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + NEXT,
    "two lengths": HEAD + b"Content-Length: 6\r\nContent-Length: 0\r\n\r\nASK {}" + NEXT,
    "odd length": HEAD + b"Content-Length: +6\r\n\r\nASK {}" + NEXT,
    "odd coding": HEAD + b"Transfer-Encoding: xchunked\r\n\r\nASK {}" + NEXT,
    "space before colon": HEAD + b"Content-Length : 6\r\n\r\nASK {}" + NEXT,
    "folded": HEAD + b"X: y\r\n Content-Length: 6\r\n\r\nASK {}" + NEXT,
    "two hosts": b"GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + NEXT,
    "no host": b"GET /health HTTP/1.1\r\n\r\n" + NEXT,
    "bare line feed in a name": b"GET /health HTTP/1.1\r\nHost: x\r\nA\nB: c\r\n\r\n" + NEXT,
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_what_can_be_read_in_two_ways_is_refused_and_the_connection_closed(
    server: Running, name: str
) -> None:
    found = raw(server, SMUGGLED[name])
    assert b" 200 OK" not in found, found
    assert is_well(server)


def test_a_header_cannot_be_made_by_what_is_asked(server: Running) -> None:
    evil = "%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0aHTTP/1.1%20200%20OK"
    for path in (
        f"/sparql?query=ASK%20{{}}{evil}",
        f"/{evil}",
        f"/sparql?query=ASK%20{{}}&default-graph-uri=http://e/{evil}",
    ):
        found = raw(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        head = found.partition(b"\r\n\r\n")[0].lower()
        assert b"set-cookie" not in head
        assert b"\nHTTP/1.1" not in found


def test_no_path_leads_to_a_file(server: Running) -> None:
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/sparql/../../etc/passwd",
                 "/.well-known/../../etc/passwd", "/%00/etc/passwd", "/..%5c..%5cetc%5cpasswd"):  # fmt: skip
        found = raw(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert found.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400")), found
        assert SECRET.encode() not in found


def test_heads_that_are_too_long_are_refused_by_their_own_status(server: Running) -> None:
    long = f"GET /sparql?query=ASK{{}}%23{'x' * 110_000} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert raw(server, long.encode()).startswith(b"HTTP/1.1 414")
    wide = httpx.get(f"{server.url}/health", headers={"x": "y" * 40_000}, timeout=60)
    assert wide.status_code == 431
    assert raw(server, b"GET /" + b"a" * 1_000_000).partition(b"\r\n")[0].split()[1:2] in (
        [b"400"],
        [],
    )
    assert is_well(server)


def test_a_body_that_is_said_to_be_too_large_is_not_waited_for(server: Running) -> None:
    assert raw(server, HEAD + b"Content-Length: 100000000\r\n\r\nASK", 3).startswith(
        b"HTTP/1.1 413"
    )
    assert is_well(server)


def test_a_body_that_comes_slowly_is_given_up(server: Running) -> None:
    begun = time.monotonic()
    found = raw(server, HEAD + b"Content-Length: 100\r\n\r\nASK", 20)
    assert found.startswith(b"HTTP/1.1 408"), found
    assert time.monotonic() - begun < 15


def test_a_head_that_comes_slowly_is_given_up(server: Running) -> None:
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname or "", place.port or 0), 20) as made:
        begun = time.monotonic()
        is_closed = False
        while not is_closed and time.monotonic() - begun < 15:
            try:
                made.sendall(b"x")  # a byte now and then does not hold the connection
                made.settimeout(0.3)
                is_closed = made.recv(100) == b""
            except TimeoutError:
                continue
            except OSError:
                is_closed = True
        assert is_closed


def test_idle_connections_make_room_for_others(server: Running) -> None:
    place = urlsplit(server.url)
    address = (place.hostname or "", place.port or 0)
    idle = [socket.create_connection(address, 10) for _ in range(120)]
    try:
        assert is_well(server)
    finally:
        for made in idle:
            made.close()


def test_a_client_that_reads_nothing_holds_no_worker(server: Running) -> None:
    values = " ".join(map(str, range(1000)))
    query = f"SELECT * {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }} LIMIT 200000"
    place = urlsplit(server.url)
    body = query.encode()
    held = []
    try:
        for _ in range(4):
            made = socket.socket()
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            made.connect((place.hostname or "", place.port or 0))
            made.sendall(HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            held.append(made)
        assert is_well(server)
        assert until(lambda: sum(line["method"] == "POST" for line in server.lines()) >= 4, 30)
    finally:
        for made in held:
            made.close()


def test_a_large_answer_is_whole_for_a_client_that_takes_its_time(server: Running) -> None:
    values = " ".join(map(str, range(200)))
    query = f"SELECT ?a ?b {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }}"
    place = urlsplit(server.url)
    body = query.encode()
    head = HEAD + b"Connection: close\r\n" + f"Content-Length: {len(body)}\r\n\r\n".encode()
    with socket.socket() as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        made.connect((place.hostname or "", place.port or 0))
        made.sendall(head + body)
        time.sleep(0.8)  # longer than the answer takes, shorter than a silence
        made.settimeout(20)
        found = b""
        while chunk := made.recv(1 << 20):
            found += chunk
    told, _, answer = found.partition(b"\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 200")
    assert len(answer) > 2_000_000
    assert f"content-length: {len(answer)}".encode() in told.lower()
    assert len(json.loads(answer)["results"]["bindings"]) == 40_000


def test_the_log_names_every_refusal(server: Running) -> None:
    server.ask("CLEAR ALL")
    assert until(lambda: any(line.get("code") == "BRI102" for line in server.lines()))


@pytest.mark.slow
def test_no_answer_says_where_the_server_lies(server: Running) -> None:
    for response in (server.ask("nonsense"), server.ask(DOORS[2]), httpx.get(f"{server.url}/x")):
        assert str(Path.home()) not in response.text
        assert "Traceback" not in response.text
        assert ".py" not in response.text
        assert "server" not in response.headers
