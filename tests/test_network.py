"""Nothing is fetched: a canary on loopback hears nothing, whatever is tried."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from conftest import Cli
from pyoxigraph import QueryBoolean

from bri_kg.knowledge import KnowledgeGraph


class Canary:
    """A server on a free port of loopback that counts whoever calls."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                self.send_response(200)
                self.end_headers()

            do_POST = do_HEAD = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/canary"


@pytest.fixture
def canary() -> Iterator[Canary]:
    bird = Canary()
    thread = threading.Thread(target=bird.server.serve_forever, daemon=True)
    thread.start()
    yield bird
    bird.server.shutdown()
    bird.server.server_close()
    assert bird.calls == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o . sErViCe SILENT <%s> { ?s ?q ?r } }",
        "PREFIX c: <%s> SELECT * WHERE { SERVICE c: { ?s ?p ?o } }",
        "SELECT * WHERE { \\u0053ERVICE <%s> { ?s ?p ?o } }",
        "LOAD <%s>",
        "ASK { SERVICE <%s> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    ],
)
def test_a_query_opens_no_door(cli: Cli, canary: Canary, query: str) -> None:
    done = cli("query", "-e", query.replace("%s", canary.address))
    assert done.returncode == 2
    assert "error[BRI10" in done.stderr
    assert "fix:" in done.stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <%s> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <%s> FROM <%s#b> FROM NAMED <%s> WHERE { ?s ?p ?o }",
        "SELECT * FROM <%s> WHERE { GRAPH <%s> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } FROM <%s> WHERE { ?s ?p ?o }",
        "DESCRIBE ?s FROM <%s> WHERE { ?s ?p ?o }",
        "DESCRIBE <%s> FROM <%s>",
    ],
)
def test_a_graph_that_is_not_there_is_empty_and_is_not_fetched(
    kg: KnowledgeGraph, canary: Canary, tmp_path: Path, query: str
) -> None:
    file = tmp_path / "canary.ttl"
    file.write_text("<http://example.org/a> <http://example.org/b> 1 .", encoding="utf-8")
    for address in (canary.address, file.as_uri(), str(file.as_uri()).replace("file://", "file:")):
        found = kg.guarded.evaluate(query.replace("%s", address))
        assert not isinstance(found, QueryBoolean)
        assert list(found) == []


def test_the_same_words_in_strings_comments_and_names_are_welcome(cli: Cli) -> None:
    query = '# SERVICE <http://example.org/>\nSELECT ?service WHERE { BIND ("LOAD SERVICE FROM" AS ?service) }'
    done = cli("query", "-e", query, "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "service\nLOAD SERVICE FROM\n")


@pytest.mark.parametrize(
    "update", ["DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "INSERT DATA { <a:a> <a:b> <a:c> }"]
)
def test_a_query_changes_nothing(cli: Cli, update: str) -> None:
    done = cli("query", "-e", update)
    assert done.returncode == 2
    assert "error[BRI102]" in done.stderr


def test_a_remote_context_is_refused(cli: Cli, canary: Canary, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonld"
    file.write_text(
        f'{{"@context": "{canary.address}", "@id": "http://example.org/a"}}', encoding="utf-8"
    )
    done = cli("validate", str(file))
    assert done.returncode == 2
    assert "nothing is fetched" in done.stderr


def test_an_import_from_the_network_is_refused(cli: Cli, canary: Canary, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(
        f"<http://example.org/o> a <http://www.w3.org/2002/07/owl#Ontology> ; "
        f"<http://www.w3.org/2002/07/owl#imports> <{canary.address}> .",
        encoding="utf-8",
    )
    done = cli("validate", str(file))
    assert done.returncode == 2
    assert "is never followed" in done.stderr


@pytest.mark.parametrize("room", ["questions/evil.rq", "facts/evil.rq", "checks/claims/evil.rq"])
def test_a_stored_query_opens_no_door_either(
    cli: Cli, canary: Canary, copy: Path, room: str
) -> None:
    path = copy.parent / "queries" / room
    header = "#+ summary: x\n#+ summary_zh: x\n#+ columns: {s: iri}\n"
    path.write_text(
        f"{header}SELECT ?s WHERE {{ SERVICE <{canary.address}> {{ ?s ?p ?o }} }}", encoding="utf-8"
    )
    path.with_suffix(".csv").write_bytes(b"s\r\n")
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 2, done.stdout
    assert "evil.rq" in done.stderr


def test_a_shape_opens_no_door(cli: Cli, canary: Canary, copy: Path) -> None:
    path = copy.parent / "ontology" / "shapes" / "evil.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix bri: <https://w3id.org/bri-kg/ontology#> .\n"
        "<http://example.org/s> a sh:NodeShape ; sh:targetClass bri:Claim ; sh:sparql <http://example.org/q> .\n"
        f'<http://example.org/q> sh:select "SELECT $this WHERE {{ SERVICE <{canary.address}> {{ $this ?p ?o }} }}" .\n',
        encoding="utf-8",
    )
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 2
    assert "SERVICE" in done.stderr
