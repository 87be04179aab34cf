"""What small files, or big ones, may ask of the machine: a limit that is named, never a crash or a hang."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from forking import Forks, forks
from hungry_files import KINDS, write
from test_reading import SHAPE, VERBS

from bri_kg.cli.main import main
from bri_kg.errors import BriKgError
from bri_kg.rdf.bounds import BOUNDS
from bri_kg.rdf.watching import Elements
from bri_kg.sparql.size_limits import QUERY_BOUNDS
from bri_kg.stores.memory import Store

GIGABYTES = 3
LONGEST = 20  # seconds of CPU for one verb on one file
SETTINGS = {
    "entities": (9, "BRI_KG_MAX_ENTITIES_MB"),
    "references": (100_000, "BRI_KG_MAX_ENTITIES_MB"),
    "terms": (20_000, "BRI_KG_MAX_TERM_DEPTH"),
    "terms in N-Triples": (101, "BRI_KG_MAX_TERM_DEPTH"),
    "elements": (10_000, "BRI_KG_MAX_XML_DEPTH"),
    "levels": (201, "BRI_KG_MAX_JSON_DEPTH"),
    "literal": (17, "BRI_KG_MAX_LITERAL_MB"),
    "literal in RDF/XML": (17, "BRI_KG_MAX_LITERAL_MB"),
    "literal in JSON-LD": (17, "BRI_KG_MAX_LITERAL_MB"),
    "bomb": (128, "BRI_KG_MAX_RATIO"),
}


@pytest.mark.parametrize("kind", SETTINGS)
def test_each_limit_names_its_setting(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size, setting = SETTINGS[kind]
    file = write(tmp_path, kind, size)
    assert main(["export", "--store", str(file)]) == 3
    out, err = capsys.readouterr()
    assert (out, file.name in err, setting in err) == ("", True, True), err


@pytest.mark.parametrize(
    ("kind", "size", "value"),
    [("terms", 101, "200"), ("elements", 2100, "5000"), ("levels", 300, "400"), ("entities", 8, "2000")],
)  # fmt: skip
def test_a_limit_can_be_raised(
    kind: str, size: int, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, kind, size if kind != "entities" else 6)
    if kind == "entities":
        monkeypatch.setenv(SETTINGS[kind][1], "1")
    assert main(["export", "--store", str(file), "-o", str(tmp_path / "out.nt")]) == 3
    monkeypatch.setenv(SETTINGS[kind][1], value)
    assert main(["export", "--store", str(file), "-o", str(tmp_path / "out.nt"), "-q"]) == 0


@pytest.mark.parametrize("bound", [*BOUNDS, *QUERY_BOUNDS], ids=lambda bound: bound.name)
def test_a_setting_is_a_number(bound: object, monkeypatch: pytest.MonkeyPatch) -> None:
    name = bound.name  # type: ignore[attr-defined]
    for odd in ("much", "-1", "0", "nan", "inf"):
        monkeypatch.setenv(name, odd)
        with pytest.raises(BriKgError, match=f"{name}=.* is no number above 0") as told:
            _ = bound.value  # type: ignore[attr-defined]
        assert re.match(rf"write {name}=[0-9]{{1,7}},", told.value.fix or "")


def _doubled(times: int) -> str:
    steps = "".join(f" BIND (CONCAT(?b{n}, ?b{n}) AS ?b{n + 1})" for n in range(times))
    return f'SELECT * {{ BIND ("x" AS ?b0) {steps} }}'


def _selected_first(times: int) -> str:
    query = 'SELECT ?b0 { BIND ("x" AS ?b0) }'
    for n in range(times):
        query = f"SELECT (CONCAT(?b{n}, ?b{n}) AS ?b{n + 1}) {{ {{ {query} }} }}"
    return query


LARGE_QUERIES = {
    "LENGTH": "SELECT * { } #" + "x" * 2_000_000,
    "DEPTH": f"SELECT ({'STR(' * 390}1{')' * 390} AS ?x) {{ }}",
    "OPERATORS": f"SELECT ({'1+' * 1500}1 AS ?x) {{ }}",
    "CLAUSES": f"SELECT * {{ {'FILTER (true) ' * 1500} }}",
    "JOINS": "SELECT * { " + "?s ?p ?o . " * 102 + "}",
    "REPEATS": f"SELECT * {{ ?s {'(' * 10}<a:p>{')*' * 10} ?o }}",
    "GROWTH": _doubled(12),
}


@pytest.mark.parametrize("name", LARGE_QUERIES)
def test_a_limit_of_queries_can_be_raised(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    setting, query = f"BRI_KG_MAX_QUERY_{name}", LARGE_QUERIES[name]
    with pytest.raises(BriKgError, match=f"(?s)BRI106.*{setting}"):
        Store().select(query)
    monkeypatch.setenv(setting, "3000000")  # never more than the engine bears
    Store().select(query)


@pytest.mark.parametrize(
    "query",
    [
        _doubled(30),
        _selected_first(30),
        'SELECT * { BIND ("' + "x" * 1_900_000 + '" AS ?a) BIND (CONCAT(?a, ?a) AS ?b) }',
        re.sub(r"CONCAT[(](.b[0-9]+), .b[0-9]+[)]", r"REPLACE(\1, '.', '$0$0$0')", _doubled(30)),
        re.sub(r"CONCAT[(](.b[0-9]+), .b[0-9]+[)]", r"ENCODE_FOR_URI(\1)", _doubled(30)),
    ],
    ids=["doubled", "selected first", "long at once", "replaced", "encoded"],
)
def test_a_query_that_would_fill_the_memory_is_refused(query: str) -> None:
    with pytest.raises(BriKgError, match="a text more than 1,000 times as long"):
        Store().select(query)


def test_a_query_that_joins_some_texts_is_none() -> None:
    assert len(Store().select(_doubled(5))) == 1


@pytest.mark.parametrize("verb", ["export", "infer", "check", "validate --shapes"])
def test_what_does_not_fit_is_refused_before_it_is_read(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.nt").write_text("<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    (tmp_path / "shape.ttl").write_text(SHAPE, encoding="utf-8")
    file = tmp_path / "big.nt"
    file.write_text(
        "<http://q.test/a> <http://q.test/p> <http://q.test/o> .\n" * 100_000, encoding="utf-8"
    )
    monkeypatch.setenv("BRI_KG_MAX_MEMORY_MB", "160")
    assert main(VERBS[verb](str(file), tmp_path)) == 3
    err = capsys.readouterr().err
    assert "triples would take" in err and "bri-kg load" in err
    assert main(["load", str(file), "--store", str(tmp_path / "s"), "-q"]) == 0


@pytest.fixture(scope="module")
def hungry(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Path]:
    """The file of a kind and size, written once for all verbs: the largest take longer than to be refused."""
    folder = tmp_path_factory.mktemp("hungry")
    return cache(lambda kind, size: write(folder, kind, size))


@pytest.fixture(scope="module")
def ready() -> Iterator[Forks]:
    """Most of what a run of its own would take is the import of what each of two hundred needs."""
    with forks() as process:
        yield process


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are the system's")
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("kind", KINDS)
def test_ten_sizes_under_three_gigabytes(
    kind: str, verb: str, hungry: Callable[[str, int], Path], tmp_path: Path, ready: Forks
) -> None:
    (tmp_path / "other.nt").write_text("<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    (tmp_path / "shape.ttl").write_text(SHAPE, encoding="utf-8")
    sizes = KINDS[kind][2]
    # All ten take an hour: the gate is content with the first and the last.
    chosen = sizes if os.environ.get("BRI_KG_ALL_SIZES") else (sizes[0], sizes[-1])
    for size in chosen:
        file = hungry(kind, size)
        code, said = ready.run(
            VERBS[verb](str(file), tmp_path),
            tmp_path / "said",
            memory=GIGABYTES << 30,
            cpu=LONGEST,
            timeout=30 * LONGEST,
        )
        assert code in (0, 1, 2, 3), f"{size}: {code} {said[-300:]!r}"
        assert b"Traceback" not in said


PEAK = """import resource, subprocess, sys
done = subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="there memory is counted in other units")
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_takes_150_megabytes_and_2_kilobytes_a_triple(verb: str, tmp_path: Path) -> None:
    (tmp_path / "other.nt").write_text("<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    (tmp_path / "shape.ttl").write_text(SHAPE, encoding="utf-8")
    triples = 100_000
    file = tmp_path / "many.nt"
    file.write_text(
        "".join(
            f'<http://q.test/a{n // 5 or ""}> <http://q.test/p{n % 5}> "value {n}"@en .\n'
            for n in range(triples)
        ),
        encoding="utf-8",
    )
    # A process begins with the peak of the one that it is forked from: here a small one, not pytest.
    done = subprocess.run(
        [sys.executable, "-c", PEAK, "-m", "bri_kg", *VERBS[verb](str(file), tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    code, peak = map(int, done.stdout.split())
    assert code in (0, 1)
    assert peak <= 150 * 1024 + 2 * triples


@pytest.mark.skipif(sys.platform == "win32", reason="there a thread has to wait for the engine")
def test_a_time_limit_outlives_its_parent(tmp_path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?d) }"
    (tmp_path / "a.nt").write_text(
        "".join(f"<a:s{n}> <a:p> <a:o{n}> .\n" for n in range(5000)), encoding="utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "bri_kg",
        "query",
        "-e",
        endless,
        "--store",
        str(tmp_path / "a.nt"),
    ]
    with subprocess.Popen(
        [*command, "--timeout", "8"],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        time.sleep(4)
        process.kill()
        # The pipe closes only once the child is gone too.
        process.communicate(timeout=60)


@pytest.mark.parametrize(
    ("kind", "size"), [("literal", 12), ("literal in RDF/XML", 15), ("literal in JSON-LD", 7)]
)
def test_a_long_literal_below_the_limit_is_read(kind: str, size: int, tmp_path: Path) -> None:
    file = write(tmp_path, kind, size)
    assert main(["export", "--store", str(file), "-o", str(tmp_path / "out.nt"), "-q"]) == 0


def test_elements_are_counted_in_pieces_of_any_size() -> None:
    chance = random.Random(1)
    text = b"<a>" + b"<b><!-- <c> --><d/><e f='/'/></b><g><![CDATA[<h>]]></g><?i j?>" * 50
    for _ in range(100):
        watcher = Elements("a.rdf")
        begin = 0
        while begin < len(text):
            size = chance.randint(1, 40)
            watcher.feed(text[begin : begin + size])
            begin += size
        assert watcher.depth == 1
