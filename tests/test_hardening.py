"""What hostile, odd or interrupted use does: a clear error or the right thing, never a crash."""

from __future__ import annotations

import ast
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli
from rdflib import URIRef

from bri_kg.dataset.question_files import read_question
from bri_kg.dataset.release import _prune
from bri_kg.errors import InputError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.parsing import parse_rdf, read_rdf
from bri_kg.rdf.rows import Rows, require_columns
from bri_kg.rdf.text_files import write_file
from bri_kg.stores.memory import Store

CROSS_JOIN = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?d) }"
TRIPLE_TERM = "<<( bri-org:cas bri:p bri-org:twas )>> AS ?t"
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files or signals")


def test_a_file_keeps_its_mode_and_a_link_stays_one(tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    write_file(target, b"one")
    mask = os.umask(0)
    os.umask(mask)
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask
        target.chmod(0o640)
        link = tmp_path / "link.csv"
        link.symlink_to(target)
        write_file(link, b"two")
        assert link.is_symlink()
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert target.read_bytes() == b"two"
    assert not list(tmp_path.glob(".bri-kg-*"))


@on_posix
def test_a_pipe_and_a_device_are_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"data")
    reader.join(10)
    assert read == [b"data"]
    write_file(Path("/dev/null"), b"data")
    assert not Path("/dev/null").is_file()


def test_options_are_never_guessed(cli: Cli) -> None:
    done = cli("ask", "cofounders", "--lim", "1")
    assert (done.returncode, "error[BRI128]" in done.stderr) == (2, True)


def test_a_time_limit_runs_this_package(cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / "bri_kg"
    other.mkdir()
    (other / "__init__.py").write_text("raise SystemExit(77)", encoding="utf-8")
    found = f"import sys; sys.path.insert(0, {str(ROOT)!r})"
    program = f"{found}; from bri_kg.cli.main import main; raise SystemExit(main())"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "query", "-e", "ASK {}", "--timeout=60"],
        capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "true\n"), done.stderr


@on_posix
@pytest.mark.parametrize(("number", "extra"), [("SIGINT", []), ("SIGTERM", ["--timeout", "60"])])
def test_a_signal_ends_the_engine(kg: KnowledgeGraph, number: str, extra: list[str]) -> None:
    wanted = signal.Signals[number]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bri_kg", "query", "-e", CROSS_JOIN, *extra]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        time.sleep(2)
        process.send_signal(wanted)
        # The pipes close only once the child of --timeout is gone too.
        _, err = process.communicate(timeout=20)
    assert process.returncode in (-wanted, 128 + wanted)
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("filter_", "says"),
    [
        ("(" * 9000 + "1" + ")" * 9000, "nested deeper"),
        ("!" * 9000 + "1", "operators"),
        ("1||" * 9000 + "1", "operators"),
        ("'\udc80'", "lone surrogate"),
    ],
)
def test_what_would_overflow_the_engine_is_refused(filter_: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        Store().select(f"SELECT * WHERE {{ FILTER ({filter_}) }}", file="q.rq")


def test_nesting_that_people_write_passes() -> None:
    assert not Store().select("SELECT * WHERE {" + "{" * 150 + "?s ?p ?o" + "}" * 150 + "}").rows


def test_deep_json_ld_is_refused(tmp_path: Path) -> None:
    deep = '{"http://a/b":' * 300 + '"[[[\\"{"' + "}" * 300
    with pytest.raises(InputError, match=r"x\.jsonld:1: .*nested deeper"):
        list(parse_rdf(deep, ox.RdfFormat.JSON_LD, "x.jsonld"))
    flat = tmp_path / "flat.jsonld"
    flat.write_text('{"http://a/b": "' + "[" * 300 + '"}', encoding="utf-8")
    assert len(list(read_rdf(flat))) == 1


def test_a_predicate_that_is_no_iri(cli: Cli) -> None:
    done = cli("explain", "bri-org:cas", "bri:is foo", "bri-org:twas")
    assert (done.returncode, "BRI120" in done.stderr) == (2, True)


def test_triple_terms_are_not_supported() -> None:
    with pytest.raises(InputError, match="not supported"):
        Store().select(f"SELECT ({TRIPLE_TERM}) WHERE {{}}")
    with pytest.raises(InputError, match="not supported"):
        list(Store().construct(f"CONSTRUCT {{ bri:a bri:b ?t }} WHERE {{ BIND ({TRIPLE_TERM}) }}"))


HEADER = (ROOT / "queries" / "questions" / "cofounders.rq").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("columns: {.*}", "columns: [a, b]", 9),
        ("columns: {.*}", "columns: {a: [b]}", 9),
        ("tags: .*", "tags: one", 4),
        (r"params:(\n#\+   .*)*", "params: 5", 5),
        ('class: "bri:Organization"', 'class: "nobody:Organization"', 5),
        ("tags: .*", "tags: " + "[" * 5000, 4),
        ("tags: .*", "tags: 2020-13-45", 4),
        ("tags: .*", "tags: \x07", 4),
        ("tags: .*", "asked_as: {en: one}", 4),
        ("tags: .*", "asked_as: {fr: [un]}", 4),
    ],
)
def test_a_header_of_the_wrong_type(tmp_path: Path, old: str, new: str, line: int) -> None:
    path = tmp_path / "bad.rq"
    path.write_text(re.sub(old, lambda _: new, HEADER), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_question(path)
    assert caught.value.render().startswith(f"{path}:{line}: error[BRI220]")


def test_a_stored_query_of_the_wrong_form_names_its_file() -> None:
    with pytest.raises(InputError, match=r"^check\.rq: .*SELECT query is wanted"):
        Store().select("ASK {}", file="check.rq")
    with pytest.raises(InputError, match=r"^check\.rq: .*no column 'focus'"):
        require_columns(Rows(("a",), ()), ("focus",), "check.rq")


@pytest.mark.parametrize("number", ["1e999999999", "1_000", "9" * 41, "0." + "1" * 41, "nan"])
def test_numbers_are_bounded(kg: KnowledgeGraph, number: str) -> None:
    with pytest.raises(UsageError, match="must be of type decimal"):
        kg.ask("minimum-counts", number=number)


def test_the_interface_of_python(kg: KnowledgeGraph) -> None:
    plain = kg.ask("cofounders", partner="bri-org:cas")
    cas = kg.resolve("bri-org:cas")
    assert plain.rows == kg.ask("cofounders", partner=cas).rows
    assert plain.rows == kg.ask("cofounders", partner=URIRef(cas.value)).rows
    assert kg.ask("minimum-counts", number=80).rows == kg.ask("minimum-counts", number="8e1").rows
    assert plain[0:2] == Rows(plain.columns, plain.rows[:2])
    with pytest.raises(UsageError, match="whole number"):
        kg.query("ASK {}", limit=True)
    with pytest.raises(UsageError, match="language"):
        kg.ask("cofounders", lang="fr")
    for limit in (0, -1):
        with pytest.raises(UsageError, match="limit"):
            kg.ask("cofounders", limit=limit)


@on_posix
def test_a_place_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    done = cli("questions", BRI_KG_CACHE=str(file))
    assert done.returncode == 2
    assert str(file) in done.stderr
    assert "set BRI_KG_CACHE" in done.stderr
    for where in (">/dev/full", ">&-"):
        if where == ">&-" or Path("/dev/full").exists():
            shell = f'"{sys.executable}" -m bri_kg questions {where}'
            done = subprocess.run(
                ["sh", "-c", shell], capture_output=True, text=True, check=False, timeout=120,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            assert done.returncode == 2, done.stderr
            assert done.stderr.startswith("error[BRI223]"), done.stderr
            assert "Exception" not in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["describe", "bri-org:cas", "--format", "nt"],
        ["export", "--part", "facts"],
        ["query", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "nt"],
    ],
)
def test_the_limit_cuts_graphs(cli: Cli, args: list[str]) -> None:
    done = cli(*args, "--limit", "2")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert "there are more" in done.stderr


def test_chinese_stays_readable_in_a_poor_console(cli: Cli) -> None:
    query = "SELECT ?a ?b WHERE { VALUES (?a ?b) { ('中文' 'x') ('plain' 'x') } }"
    done = cli("query", "-e", query, PYTHONIOENCODING="ascii")
    head, _, *rows = done.stdout.splitlines()
    assert rows[0].startswith("\\u4e2d\\u6587")
    assert {row.index("x") for row in rows} == {head.index("b")}


@pytest.mark.parametrize(
    "args",
    [
        ["questions", "--graph", ""],
        ["evidence", "verify", "--sources", ""],
        ["questions", "-o", ""],
        ["conflicts", ""],
        ["conflicts", "--nature", ""],
    ],
)
def test_an_empty_value_is_not_the_default(cli: Cli, args: list[str]) -> None:
    done = cli(*args)
    assert (done.returncode, "the value is empty" in done.stderr) == (2, True)


def test_a_graph_holds_its_sources(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text("", encoding="utf-8")
    done = cli("questions", "--graph", str(tmp_path))
    assert (done.returncode, "is no collection" in done.stderr) == (2, True)
    done = cli("questions", "--graph", str(tmp_path), "--alone")
    assert (done.returncode, "holds no sources.ttl" in done.stderr) == (2, True)


def test_the_cache_keeps_three_releases(tmp_path: Path) -> None:
    folders = [tmp_path / (str(n) * 32) for n in range(6)]
    for age, folder in enumerate([*folders, tmp_path / ".building-x", tmp_path / "mine"]):
        folder.mkdir()
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    os.utime(folders[4])  # used just now
    _prune(folders[5])
    left = {path.name[:9] for path in tmp_path.iterdir()}
    assert left == {"000000000", "444444444", "555555555", ".building", "mine"}


# Codes that several modules give with one and the same meaning.
# One meaning each, said in two places; BRI101 and BRI103 by two engines.
_SHARED = {
    *(
        "BRI101",
        "BRI103",
        "BRI110",
        "BRI120",
        "BRI121",
        "BRI122",
        "BRI132",
        "BRI201",
        "BRI244",
        "BRI818",
        "BRI850",
    ),
    *(f"BRI21{n}" for n in (*range(5), 7)),
}


def test_an_error_code_has_one_meaning() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "bri_kg").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for code in re.findall(r"^BRI[0-9]{3}$|(?<=error\[)BRI[0-9]{3}", node.value):
                    places[code].add(path.name)
    shared = {code: names for code, names in places.items() if len(names) > 1}
    assert set(shared) <= _SHARED, shared


@pytest.mark.parametrize("room", ["checks/claims", "facts", "links", "closure"])
def test_a_stored_query_without_its_columns_is_named(cli: Cli, copy: Path, room: str) -> None:
    path = copy.parent / "queries" / room / "odd.rq"
    path.write_text("SELECT ?odd WHERE { ?odd ?p ?o } LIMIT 1", encoding="utf-8")
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 2
    assert "odd.rq: error[BRI109]" in done.stderr
