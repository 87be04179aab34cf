"""What stands between a store at an address and its user: busy servers, cut answers, credentials, limits."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from answering_server import ONE_ROW, TRUE, Heard, Say, Server, serving
from running import run

pytest.importorskip("httpx")
from bri_kg.errors import BriKgError
from bri_kg.stores.addresses import Given
from bri_kg.stores.remote import RemoteStore

QUERY = "SELECT ?x { ?s ?p ?x }"
Answers = Callable[[Heard], Say]


def in_turn(*says: Say) -> Answers:
    """Answer the first questions in turn, and the last one for ever."""
    left = list(says)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def asked(server: Server, **given: str) -> RemoteStore:
    return RemoteStore(server.url, Given(query=f"{server.url}/query", **given))


def failing(answer: Answers, query: str = QUERY) -> BriKgError:
    with serving(answer) as server, pytest.raises(BriKgError) as raised:
        store = asked(server)
        tuple(store.construct(query)) if "CONSTRUCT" in query else store.select(query)
    return raised.value


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again_when_it_says_so(
    status: int,
) -> None:
    pauses: list[float] = []
    busy = Say(status=status, headers={"Retry-After": "7"})
    with serving(in_turn(busy, busy, Say())) as server:
        store = asked(server)
        store.wire._pause = pauses.append
        rows = store.select(QUERY)
    assert [row.value("x") for row in rows] == ["one"]
    assert pauses == [7, 7]


def test_pauses_grow_where_the_server_names_none_and_end() -> None:
    pauses: list[float] = []
    with serving(in_turn(Say(status=503, body=b"later"))) as server:
        store = asked(server)
        store.wire._pause = pauses.append
        with pytest.raises(BriKgError) as raised:
            store.select(QUERY)
    assert raised.value.code == "BRI716"
    assert "later" in str(raised.value)
    assert pauses == sorted(pauses)
    assert len(pauses) == len(server.heard) - 1 == 4


def test_a_fault_of_the_server_is_told_with_what_it_says() -> None:
    error = failing(in_turn(Say(status=500, body=b"out of\n memory")))
    assert error.code == "BRI717"
    assert "out of memory" in str(error)


@pytest.mark.parametrize(
    "say",
    [
        Say(ONE_ROW[:40]),
        Say(ONE_ROW[:40], length=len(ONE_ROW)),
        Say(ONE_ROW[:40], length=-1),
        Say(ONE_ROW[:-2] + b"\nThe SPARQL operation has been cancelled"),
        Say(ONE_ROW + b"\nThe SPARQL operation has been cancelled"),
        Say(b""),
        Say(b"<html>hello</html>"),
        Say(b'{"head":{"vars":["x"]}}'),
        Say(TRUE),
    ],
    ids=["json", "length", "closed", "inside", "after", "empty", "html", "no rows", "truth"],
)
def test_a_part_of_an_answer_is_never_taken_for_all(say: Say) -> None:
    with serving(in_turn(say)) as server, pytest.raises(BriKgError) as raised:
        store = asked(server)
        store.wire._pause = lambda _: None
        store.select(QUERY)
    assert raised.value.code == "BRI711"


TRIPLES = b"<http://a> <http://b> <http://c> .\n"


@pytest.mark.parametrize(
    "say",
    [
        Say(TRIPLES[:-2]),
        Say(TRIPLES, length=-1),
        Say(TRIPLES + b"cancelled\n"),
    ],
    ids=["line", "no length", "inside"],
)
def test_a_part_of_a_graph_is_never_taken_for_all(say: Say) -> None:
    assert failing(in_turn(say), "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").code == "BRI711"


def test_the_header_by_which_virtuoso_says_that_it_stopped_is_read() -> None:
    error = failing(in_turn(Say(headers={"X-SQL-State": "S1TAT"})))
    assert (error.code, error.exit_code) == ("BRI718", 3)
    assert "S1TAT" in str(error)


def rows(number: int) -> bytes:
    bindings = [{"x": {"type": "literal", "value": str(n)}} for n in range(number)]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()


def counted(number: int) -> bytes:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    value = {"type": "literal", "value": str(number), "datatype": integer}
    return json.dumps(
        {"head": {"vars": ["rows"]}, "results": {"bindings": [{"rows": value}]}}
    ).encode()


@pytest.mark.parametrize(("there_are", "is_whole"), [(1000, True), (1001, False)])
def test_a_round_number_of_rows_is_counted_by_the_server(there_are: int, is_whole: bool) -> None:
    def answer(heard: Heard) -> Say:
        return Say(counted(there_are) if "COUNT" in heard.form["query"] else rows(1000))

    if is_whole:
        with serving(answer) as server:
            assert len(asked(server).select(QUERY)) == 1000
    else:
        error = failing(answer)
        assert (error.code, error.exit_code) == ("BRI719", 3)
        assert "1000 rows of 1001" in str(error)


def test_a_limit_travels_to_the_server() -> None:
    with serving(lambda _: Say(rows(3))) as server:
        found = asked(server).select(QUERY, limit=2)
    assert found.truncated
    assert len(found) == 2
    assert server.heard[0].form["query"].endswith("LIMIT 3")


def test_a_server_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRI_KG_SILENCE_SECONDS", "0.2")
    error = failing(in_turn(Say(before=lambda: time.sleep(1))))
    assert (error.code, error.exit_code) == ("BRI709", 3)
    assert "BRI_KG_SILENCE_SECONDS" in str(error)


def test_a_wait_beyond_the_limit_of_a_request_is_not_waited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRI_KG_REQUEST_SECONDS", "5")
    error = failing(in_turn(Say(status=503, headers={"Retry-After": "3600"})))
    assert (error.code, error.exit_code) == ("BRI709", 3)


def guarded_by(challenge: str) -> Answers:
    def answer(heard: Heard) -> Say:
        given = heard.headers.get("authorization")
        return Say() if given else Say(b"no", 401, {"WWW-Authenticate": challenge})

    return answer


def test_basic_credentials_from_the_environment_are_sent_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRI_KG_STORE_USER", "ann")
    monkeypatch.setenv("BRI_KG_STORE_PASSWORD", "secret")
    with serving(guarded_by('Basic realm="x"')) as server:
        asked(server).select(QUERY)
    sent = [heard.headers.get("authorization") for heard in server.heard]
    assert sent == [None, "Basic " + base64.b64encode(b"ann:secret").decode()]


def test_digest_credentials_from_a_file_are_sent_when_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "who"
    file.write_text("machine 127.0.0.1 login ann password secret\n", encoding="utf-8")
    with serving(guarded_by('Digest realm="x", nonce="n", qop="auth", algorithm=MD5')) as server:
        store = asked(server, credentials=str(file))
        store.select(QUERY)
        store.select(QUERY)
    sent = [heard.headers.get("authorization", "") for heard in server.heard]
    assert sent[0] == ""
    assert all(text.startswith('Digest username="ann"') for text in sent[1:])
    assert len(sent) == 3
    assert "secret" not in "".join(sent)


def test_a_token_from_a_file_is_sent_at_once(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("abc\n", encoding="utf-8")
    with serving(lambda _: Say()) as server:
        asked(server, credentials=str(file)).select(QUERY)
    assert server.heard[0].headers["authorization"] == "Bearer abc"


def test_a_person_is_asked_where_nothing_is_known() -> None:
    hosts: list[str] = []

    def prompt(host: str) -> tuple[str, str]:
        hosts.append(host)
        return "ann", "secret"

    with serving(guarded_by('Basic realm="x"')) as server:
        given = Given(query=f"{server.url}/query", prompt=prompt)
        store = RemoteStore(server.url, given)
        store.select(QUERY)
        store.select(QUERY)
    assert hosts == ["127.0.0.1"]


def test_a_refusal_names_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRI_KG_STORE_USER", "ann")
    monkeypatch.setenv("BRI_KG_STORE_PASSWORD", "secret")
    error = failing(in_turn(Say(b"no", 401, {"WWW-Authenticate": "Basic"})))
    assert error.code == "BRI713"
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://127.0.0.1/x", "BRI701"),
        ("s3://bucket/x", "BRI701"),
        ("http://ann:secret@127.0.0.1/x", "BRI702"),
        ("http:///x", "BRI703"),
        ("http://127.0.0.1:port/", "BRI703"),
        ("http:x", "BRI703"),
        ("http://127.0.0.1:9/", "BRI710"),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused_in_words(
    address: str, code: str, tmp_path: Path
) -> None:
    done = run("query", "-e", "ASK {}", "--store", address)
    assert done.returncode == 2, done.stderr
    assert code in done.stderr
    assert "secret" not in done.stderr


def test_an_address_makes_no_folder(tmp_path: Path) -> None:
    data = tmp_path / "x.nt"
    data.write_text("<http://a> <http://b> <http://c> .\n", encoding="utf-8")
    done = run("load", data.name, "--store", "ftp://127.0.0.1/x", cwd=tmp_path)
    assert (done.returncode, "BRI701" in done.stderr) == (2, True), done.stderr
    assert list(tmp_path.iterdir()) == [data]


def test_a_cut_answer_is_asked_for_again_from_a_server_that_answers() -> None:
    with serving(in_turn(Say(), Say(ONE_ROW[:9], length=99), Say())) as server:
        store = asked(server)
        store.wire._pause = lambda _: None
        assert [len(store.select(QUERY)) for _ in range(2)] == [1, 1]
    assert len(server.heard) == 3


def test_a_service_is_found_from_what_people_call_the_store() -> None:
    paths = {
        "": ("/query", "/update", "/store"),
        "/ds": ("/ds/query", "/ds/update", "/ds/data"),
        "/ds/sparql": ("/ds/query", "/ds/update", "/ds/data"),
        "/rdf4j-server/repositories/x": (
            "/rdf4j-server/repositories/x",
            "/rdf4j-server/repositories/x/statements",
            "/rdf4j-server/repositories/x/rdf-graphs/service",
        ),
        "/sparql": ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    }
    for path, services in paths.items():
        served = services[0]

        def answer(heard: Heard, served: str = served) -> Say:
            return Say(TRUE) if heard.path == served else Say(b"nothing here", 404)

        with serving(answer) as server:
            found = RemoteStore(server.url + path).services
            told = (found.query, found.update, found.graph_store)
            assert told == tuple(server.url + service for service in services)


def test_where_no_service_answers_the_tried_ones_are_listed() -> None:
    with serving(lambda _: Say(b"<html>hello</html>")) as server:
        done = run("query", "-e", "ASK {}", "--store", f"{server.url}/x")
    assert done.returncode == 2
    assert "BRI712" in done.stderr
    assert f"{server.url}/x/query" in done.stderr


def test_services_that_are_named_are_asked_at_once() -> None:
    with serving(lambda _: Say(TRUE)) as server:
        url = f"{server.url}/here"
        done = run("query", "-e", "ASK {}", "--store", server.url, "--query-url", url)
    assert done.stdout.strip() == "true", done.stderr
    assert [heard.path for heard in server.heard] == ["/here"]


@pytest.mark.parametrize("place", [(), ("--store", "here.ttl")], ids=["none", "a file"])
def test_what_is_told_of_an_address_wants_one(place: tuple[str, ...]) -> None:
    done = run("query", "-e", "ASK {}", *place, "--query-url", "http://127.0.0.1:9/query")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--query-url tells of a store at an address" in done.stderr


def test_a_query_that_would_change_data_or_ask_elsewhere_is_never_sent() -> None:
    with serving(lambda _: Say()) as server:
        for query in (
            "DELETE WHERE { ?s ?p ?o }",
            "SELECT * { SERVICE <http://elsewhere/> { ?s ?p ?o } }",
            "SELECT * FROM <http://elsewhere/> { ?s ?p ?o }",
        ):
            with pytest.raises(BriKgError):
                RemoteStore(server.url, Given("other", f"{server.url}/query")).select(query)
    assert server.heard == []


@pytest.mark.parametrize(
    ("rows", "truth"),
    [(['{"__ASK_RETVAL":{"type":"typed-literal","value":"1"}}'], True), ([], False)],
)
def test_a_truth_of_virtuoso_is_a_table(rows: list[str], truth: bool) -> None:
    body = f'{{"head":{{"vars":["__ASK_RETVAL"]}},"results":{{"bindings":[{",".join(rows)}]}}}}'
    with serving(lambda _: Say(body.encode())) as server:
        assert asked(server).evaluate("ASK { ?s ?p ?o }") is truth
        assert RemoteStore(f"{server.url}/sparql").services.kind == "virtuoso"


def test_labels_of_virtuoso_are_nodes_too() -> None:
    cell = '{"x":{"type":"bnode","value":"nodeID://b1"}}'
    body = f'{{"head":{{"vars":["x"]}},"results":{{"bindings":[{cell},{cell}]}}}}'.encode()
    with serving(lambda _: Say(body)) as server:
        first, second = asked(server).select(QUERY)
    assert first == second
