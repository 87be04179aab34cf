"""The tools for assistants, called by the official client over both transports, in both eras of the protocol."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from assistants import DATA_LIMIT, ERAS, LIMIT, Assistant, connected, is_small, on_http, on_pipes
from conftest import ROOT
from serving import FOR_AN_HOUR, Running, serving, until

from bri_kg.assistant import result_paging as stated
from bri_kg.assistant.tool_list import TOOLS

CALLS: dict[str, dict[str, Any]] = {
    "search": {"words": "ANSO"},
    "describe": {"thing": "CAS"},
    "questions": {"name": "cofounders"},
    "ask": {"question": "cofounders", "params": {"partner": "UNESCO"}},
    "explain": {"subject": "ANSO", "property": "isFoundedBy", "object": "RAS"},
    "compare": {"thing": "ANSO", "nature": "other-list"},
    "query": {"sparql": "SELECT ?claim ?passage { ?claim bri:evidence ?passage } LIMIT 3"},
}
TRANSPORTS = [(where, era) for where in ("pipes", "http") for era in ERAS]
ACCEPTED = {"accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    log = tmp_path_factory.mktemp("assistant") / "log"
    with serving(log=log, env={"BRI_KG_SERVE_SECONDS": "3"}) as running:
        yield running


@pytest.fixture(scope="module", params=TRANSPORTS, ids="-".join)
def assistant(request: pytest.FixtureRequest, server: Running) -> Iterator[Assistant]:
    where, era = request.param
    made = (
        (lambda: on_http(server, era))
        if where == "http"
        else (lambda: on_pipes(mode=era, BRI_KG_SERVE_SECONDS="3"))
    )
    with connected(made) as client:
        yield client


def test_every_tool_is_listed_in_one_order_and_only_reads(assistant: Assistant) -> None:
    tools = assistant.run(assistant.client.list_tools()).tools
    assert [tool.name for tool in tools] == [tool.name for tool in TOOLS] == list(CALLS)
    for tool in tools:
        assert tool.annotations.read_only_hint and not tool.annotations.open_world_hint
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)


def test_every_tool_answers_with_text_and_typed_data(assistant: Assistant) -> None:
    schemas = {t.name: t.output_schema for t in assistant.run(assistant.client.list_tools()).tools}
    for tool, arguments in CALLS.items():
        for lang in ("en", "zh"):
            result = assistant.call(tool, **arguments, lang=lang)
            assert not result.is_error, result.content[0].text
            jsonschema.validate(result.structured_content, schemas[tool])
            assert result.structured_content["items"], tool
            assert result.structured_content["lang"] == lang
            assert is_small(result)
    assert (stated.LIMIT, stated.DATA_LIMIT) == (LIMIT, DATA_LIMIT)


def test_a_row_carries_passage_status_and_what_differs(assistant: Assistant) -> None:
    data = assistant.data("ask", **CALLS["ask"])
    row = next(r for r in data["items"] if "bri-org:ras" in [one["id"] for one in r["cells"]])
    (passage,) = row["passages"]
    assert (passage["cite"], passage["source"]) == ("cas-decade 3036–3249", "cas-decade")
    assert (passage["begin"], passage["end"]) == (3036, 3249)
    assert passage["digest"] in ("verified", "unchecked", "source-missing")
    assert passage["address"].startswith("https://")
    assert row["factuality"] == ["achieved"] and row["come_about"] is True
    assert row["open_list"] is False
    assert "bri-comparison:anso-founders-four-or-one" in [d["comparison"] for d in row["differs"]]


def test_a_wrong_call_is_an_error_that_says_how_to_mend_it(assistant: Assistant) -> None:
    for tool, arguments, told in (
        ("describe", {"think": "CAS"}, "did you mean 'thing'?"),
        ("describe", {}, "needs the argument 'thing'"),
        ("describe", {"thing": 5}, "is no string"),
        ("search", {"words": "   "}, "is empty"),
        ("search", {"words": "CAS", "kind": "thong"}, "use thing, concept"),
        ("ask", {"question": "cofounder"}, "did you mean 'cofounders'?"),
        ("ask", {"question": "cofounders", "params": {"partnr": "CAS"}}, "'partner'"),
        ("ask", {"question": "cofounders", "params": {"partner": ["CAS"]}}, "one value"),
        ("explain", {"subject": "CAS"}, "a claim, or a fact"),
        ("compare", {"nature": "contradicton"}, "'contradiction'"),
        ("query", {"sparql": "SELECT * { ?s ?p"}, "never closed"),
        ("query", {"sparql": "DELETE WHERE { ?s ?p ?o }"}, "BRI"),
        (
            "query",
            {"sparql": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"},
            "another server",
        ),
        ("query", {"sparql": "SELECT * {}", "limit": 0}, "from 1 to 1000"),
        ("describe", {"thing": "CAS", "cursor": "4-000000000000"}, "not of this answer"),
    ):
        result = assistant.call(tool, **arguments)
        text = result.content[0].text
        assert result.is_error and result.structured_content["status"] == "error", (tool, arguments)
        assert told in text and "error[BRI" in text, text
        assert "bri-kg " not in text and "Traceback" not in text


def test_an_error_is_said_in_the_language_asked_for(assistant: Assistant) -> None:
    text = assistant.call("describe", thing="CAS", lang="zh", cursor="x").content[0].text
    assert any("\u4e00" <= char <= "\u9fff" for char in text), text


def test_a_query_that_takes_too_long_is_stopped_and_others_go_on(assistant: Assistant) -> None:
    begun = time.monotonic()
    result = assistant.call("query", sparql=FOR_AN_HOUR)
    assert result.is_error and "stopped after 3 seconds" in result.content[0].text
    assert time.monotonic() - begun < 30
    assert assistant.data("query", sparql="ASK { ?s ?p ?o }")["told"] == "ASK gives true."


def test_what_is_cancelled_is_given_up_and_the_next_call_is_answered(assistant: Assistant) -> None:
    import anyio

    async def cancelled() -> None:
        with anyio.move_on_after(0.7):
            await assistant.client.call_tool("query", {"sparql": FOR_AN_HOUR})

    for _ in range(3):
        begun = time.monotonic()
        assistant.run(cancelled())
        assert time.monotonic() - begun < 5
    assert assistant.data("search", words="ANSO")["items"]


def test_rows_are_continued_up_to_the_limit_of_a_query(assistant: Assistant) -> None:
    query = "SELECT DISTINCT ?claim { ?claim bri:evidence ?passage } ORDER BY ?claim"
    pages = list(assistant.pages("query", sparql=query, limit=70))
    found = [one["cells"][0]["id"] for page in pages for one in page["items"]]
    assert len(pages) > 1 and len(found) == len(set(found)) == 70
    assert "not all" in pages[0]["told"]


def test_resources_and_prompts_are_there(assistant: Assistant) -> None:
    listed = assistant.run(assistant.client.list_resources()).resources
    uris = [str(one.uri) for one in listed]
    assert uris[:2] == ["bri-kg://docs/sparql", "bri-kg://docs/modelling"]
    assert "bri-kg://ontology/modules/claim" in uris
    for uri, file in (("docs/sparql", "docs/sparql.md"), ("ontology/bri", "ontology/bri.ttl")):
        read = assistant.run(assistant.client.read_resource(f"bri-kg://{uri}"))
        assert read.contents[0].text == (ROOT / file).read_text(encoding="utf-8")
    prompts = assistant.run(assistant.client.list_prompts()).prompts
    for prompt in prompts:
        given = {"thing": "ANSO", "lang": "zh"}
        got = assistant.run(assistant.client.get_prompt(prompt.name, given))
        assert '"ANSO"' in got.messages[0].content.text
    assert len(prompts) == 3


def test_wrong_resources_and_prompts_are_errors(assistant: Assistant) -> None:
    from mcp.shared.exceptions import MCPError

    for work in (
        assistant.client.read_resource("bri-kg://docs/sparq"),
        assistant.client.get_prompt("brief", {}),
        assistant.client.get_prompt("no", {"thing": "CAS"}),
        assistant.client.call_tool("no", {}),
    ):
        with pytest.raises(MCPError):
            assistant.run(work)


def test_descriptions_are_short() -> None:
    told = sum(len(tool.about) + len(json.dumps(tool.input_schema())) for tool in TOOLS)
    assert told < 6_000


def _post(server: Running, **headers: str) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    return httpx.post(f"{server.url}/mcp", json=body, headers={**ACCEPTED, **headers}, timeout=60)


def test_host_and_origin_are_those_of_this_machine(server: Running) -> None:
    assert _post(server).status_code == 200
    assert _post(server, origin="http://localhost:3000").status_code == 200
    for name in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000"):
        assert _post(server, host=name).status_code == 421, name
        assert _post(server, origin=f"http://{name}").status_code == 403, name
    assert _post(server, origin="null").status_code == 403


def test_the_endpoint_has_the_limits_of_the_server(server: Running) -> None:
    address = f"{server.url}/mcp"
    assert httpx.get(address).status_code == 405
    assert httpx.delete(address).status_code == 405
    large = httpx.post(address, content=b" " * 2_000_001, headers={"content-type": "text/plain"})
    assert (large.status_code, large.json()["code"]) == (413, "BRI809")
    for body in (b"", b"[]", b"{", b"[" * 5000, b'{"jsonrpc": "2.0", "id": 1}'):
        answer = httpx.post(
            address, content=body, headers={"content-type": "application/json", **ACCEPTED}
        )
        assert answer.status_code == 400, body
        assert "Traceback" not in answer.text


def test_nothing_of_a_client_is_kept(server: Running) -> None:
    for _ in range(20):
        answer = _post(server)
        assert answer.status_code == 200
        assert "mcp-session-id" not in answer.headers


def test_a_client_that_leaves_frees_its_worker(server: Running) -> None:
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "query", "arguments": {"sparql": FOR_AN_HOUR}},
    }
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{server.url}/mcp", json=body, headers=ACCEPTED, timeout=0.5)
    assert until(lambda: any(line.get("status") == 499 for line in server.lines()), 10)


def _piped(lines: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bri_kg", "serve", "--mcp", *arguments],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        encoding="utf-8",
    )


def test_standard_output_has_the_protocol_and_nothing_else() -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    done = _piped([json.dumps(hello), "no JSON", "{}", "[]", "\x00\u202e"])
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines and all(line["jsonrpc"] == "2.0" for line in lines)
    assert lines[0]["result"]["serverInfo"]["name"] == "bri-kg"
    assert "Traceback" not in done.stderr


def test_without_the_package_of_the_protocol_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['mcp'] = None; from bri_kg.cli.main import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "serve", "--mcp"],
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 2 and not done.stdout
    assert "error[BRI853]: serve --mcp needs mcp" in done.stderr and "pip install" in done.stderr


def test_a_store_that_is_not_there_is_told_on_standard_error(tmp_path: Path) -> None:
    done = _piped([], "--store", str(tmp_path / "none.ttl"))
    assert done.returncode == 2 and not done.stdout
    assert done.stderr.startswith("error[BRI") or "error[BRI" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.slow
def test_a_signal_ends_it_and_leaves_nothing(cache: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bri_kg", "serve", "--mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    def folders() -> list[Path]:
        return list((cache / "serving").glob(f"{process.pid}-*"))

    assert until(folders, 60)
    time.sleep(1)
    process.terminate()
    assert process.wait(20) in (0, -15)
    assert until(lambda: not folders() or process.returncode == -15, 5)
