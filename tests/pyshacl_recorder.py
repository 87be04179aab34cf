"""A plugin of pytest for pySHACL's own tests: writes down what each test validates, and what it got.

It is loaded into a pytest of its own, in pySHACL's source distribution (`record`). Nothing there
reaches the network, and a test that takes too long is ended and counts as failed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_TO = "BRI_KG_RECORD_TO"
_LONGEST = 20  # seconds of one test
_CALLS: list[dict[str, Any]] = []


@dataclass(frozen=True)
class Recorded:
    """One call of `pyshacl.validate` in a test that passed: N-Triples, and the options beside them.

    `report` is None where the call is expected to fail.
    """

    name: str
    data: str
    shapes: str
    options: tuple[str, ...]
    report: str | None


def record(folder: Path, files: Sequence[str], to: Path, limit: float) -> list[Recorded]:
    """Run test files of pySHACL's distribution in a process of its own; return what was validated.

    What does not end in `limit` seconds is lost.
    """
    to.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "pyshacl_recorder",
        "-p",
        "no:cacheprovider",
    ]
    environment = {**os.environ, _TO: str(to), "PYTHONPATH": str(Path(__file__).parent)}
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [*command, *files], cwd=folder, env=environment, timeout=limit,
            stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
    lines = to.read_text(encoding="utf-8").splitlines() if to.exists() else []
    return [
        Recorded(c["name"], c["data"], c["shapes"], tuple(c["options"]), c["report"])
        for c in map(json.loads, lines)
    ]


class _TooLongError(BaseException):
    pass


def pytest_configure() -> None:
    """Put the recorder in the place of `pyshacl.validate` before any test imports it."""
    if _TO not in os.environ:
        return
    import pyshacl
    import rdflib

    validate = pyshacl.validate

    def recording(data_graph: Any, *arguments: Any, **options: Any) -> Any:
        call = _call(data_graph, *arguments, **options)
        _CALLS.append(call)
        answer = validate(data_graph, *arguments, **options)
        report = answer[1]
        if isinstance(report, bytes):  # serialized as asked for; True means Turtle
            syntax = options["serialize_report_graph"]
            report = rdflib.Graph().parse(report, format="turtle" if syntax is True else syntax)
        if isinstance(report, rdflib.Graph):
            call["report"] = report.serialize(format="nt", encoding="utf-8").decode()
        return answer

    def refused(*_: object) -> None:
        raise OSError("no network")

    pyshacl.validate = recording
    socket.socket.connect = refused  # type: ignore[method-assign,assignment]
    signal.signal(signal.SIGALRM, _end)


def _end(*_: object) -> None:
    raise _TooLongError


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Keep the calls of a test that passes."""
    if _TO not in os.environ:
        yield
        return
    _CALLS.clear()
    signal.alarm(_LONGEST)
    outcome = yield
    signal.alarm(0)
    if outcome.excinfo is None:  # type: ignore[attr-defined]
        with Path(os.environ[_TO]).open("a", encoding="utf-8") as file:
            for number, call in enumerate(_CALLS):
                name = item.nodeid.removeprefix("test/")
                file.write(json.dumps({"name": f"{name}#{number}", **call}) + "\n")


def _call(
    data_graph: Any, shacl_graph: Any = None, ont_graph: Any = None, **options: Any
) -> dict[str, Any]:
    data = _triples(data_graph, options.get("data_graph_format"))
    shapes = (
        data if shacl_graph is None else _triples(shacl_graph, options.get("shacl_graph_format"))
    )
    if ont_graph is not None:
        data += _triples(ont_graph, options.get("ont_graph_format"))
    chosen = {name: value for name, value in options.items() if not name.endswith("_format")}
    said = sorted(f"{name}={value}" for name, value in chosen.items() if value)
    return {"data": data, "shapes": shapes, "options": said, "report": None}


def _triples(graph: Any, syntax: str | None) -> str:
    from pyshacl.rdfutil import load_from_source
    from rdflib import Dataset, Graph

    parts = graph if isinstance(graph, list) else [graph]
    merged = Graph()
    for part in parts:
        loaded = load_from_source(part, rdf_format=syntax, multigraph=True)
        quads = loaded.quads() if isinstance(loaded, Dataset) else ((*t, None) for t in loaded)
        for subject, predicate, value, _ in quads:
            merged.add((subject, predicate, value))
    return merged.serialize(format="nt", encoding="utf-8").decode()
