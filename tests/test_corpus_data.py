"""A corpus of which some lies elsewhere than in collections: N-Quads, N-Triples and Parquet give the same as Turtle."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from running import Cli
from test_corpus import Whole, as_json, candidates_in, lines_in, whole_of

from bri_kg.dataset.resources import find
from bri_kg.findings import Finding
from bri_kg.rdf.parsing import read_rdf
from corpora import grow
from planted import ONE

duckdb = pytest.importorskip("duckdb", reason="the extra [corpus] is not installed")

from bri_kg.corpus.data_addresses import data_at  # noqa: E402
from bri_kg.corpus.manifest import Corpus  # noqa: E402
from bri_kg.corpus.running_here import build_corpus  # noqa: E402


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Whole:
    return whole_of(grow(tmp_path_factory.mktemp("corpus"), 10))


def moved_out(whole: Whole, folder: Path) -> tuple[list[Path], list[str]]:
    """Return a copy of a corpus without the sources that were generated, and where these lie now."""
    places = [
        Path(shutil.copytree(one, folder / "corpus" / one.name, symlinks=True))
        for one in whole.folders
    ]
    files = sorted((places[0] / "graph").rglob("gen-*.ttl"))
    assert len(files) > 3
    lines = [[f"{quad} .\n" for quad in read_rdf(file)] for file in files]
    for file in files:
        file.unlink()
    (folder / "some.nt").write_text("".join(lines[0]), encoding="utf-8", newline="")
    rest = [line for some in lines[2:] for line in some]
    graph = f"<{ONE}claim/x> <{ONE}p> <{ONE}o> <{ONE}g> .\n"
    text = "".join([*rest[:100], "this is no statement\n", graph, *rest[100:]])
    (folder / "more.nq.gz").write_bytes(gzip.compress(text.encode()))
    rows = [(str(q.subject), str(q.predicate), str(q.object)) for q in quads_of(lines[1])]
    with duckdb.connect() as tables:
        tables.execute("CREATE TABLE quads (s VARCHAR, p VARCHAR, o VARCHAR, g VARCHAR)")
        tables.executemany("INSERT INTO quads VALUES (?, ?, ?, NULL)", rows)
        (folder / "rows.parquet").mkdir()
        tables.execute(f"COPY quads TO '{folder / 'rows.parquet' / 'part-0.parquet'}'")
    names = ("more.nq.gz", "rows.parquet")
    return places, [(folder / "some.nt").as_uri(), *(str(folder / name) for name in names)]


def quads_of(lines: list[str]) -> list[ox.Quad]:
    return list(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


def refuse_other_findings(whole: Whole, corpus: Corpus) -> None:
    """What is found is what is found in the whole, apart from places, and the two lines that cannot be read."""
    unread = [finding for finding in corpus.findings if finding.stage == "reading"]
    assert [finding.code for finding in unread] == ["BRI544", "BRI544"]
    assert {str(finding.file) for finding in unread} == {unread[0].file}
    assert any("this is no statement" in finding.message for finding in unread)
    told = {without_place(f) for f in corpus.findings if f.stage != "reading"}
    assert told == {without_place(Finding(**json.loads(text))) for text in whole.findings}


def without_place(finding: Finding) -> str:
    return as_json(replace(finding, file=None, line=None))


def test_statements_that_lie_elsewhere_are_read_as_those_in_collections(
    whole: Whole, tmp_path: Path
) -> None:
    places, addresses = moved_out(whole, tmp_path)
    out = tmp_path / "out"
    resources = find(places, alone=True)
    corpus = build_corpus(resources, out, 7, processes=0, data=data_at(addresses))
    assert lines_in(out) == whole.lines
    refuse_other_findings(whole, corpus)
    assert candidates_in(out) == whole.candidates


def test_what_cannot_be_read_here_is_refused_with_words(cli: Cli, tmp_path: Path) -> None:
    words = ["build", "release", str(tmp_path / "out"), "--data"]
    done = cli(*words, "x.nq")
    assert done.returncode == 2 and "BRI540" in done.stderr
    done = cli(*words, "x.csv", "--batch", "5")
    assert done.returncode == 2 and "BRI543" in done.stderr and ".parquet" in done.stderr
    done = cli(*words, "hdfs://somewhere/x.nq", "--batch", "5", "--lang", "zh")
    assert done.returncode == 2 and "BRI541" in done.stderr and "只有 Spark" in done.stderr
    done = cli(*words, str(tmp_path / "x.nq"), "--batch", "5")
    assert done.returncode == 2 and "BRI542" in done.stderr
    with duckdb.connect() as tables:
        tables.execute(f"COPY (SELECT 1 AS s) TO '{tmp_path / 'x.parquet'}' (FORMAT parquet)")
    done = cli(*words, str(tmp_path / "x.parquet"), "--batch", "5")
    assert done.returncode == 2 and "BRI545" in done.stderr and "'p'" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.parquet"], "something is left"
