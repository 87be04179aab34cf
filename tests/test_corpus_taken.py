"""Whether a collection redefines what stands below it: tables say what one graph says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bri_kg.corpus import taken_names
from bri_kg.corpus.tables import DuckTables
from bri_kg.corpus.workers import told_in
from bri_kg.dataset.layering import refuse_taken_names
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError
from bri_kg.names import BASE, BRI, PREFIXES
from corpora import grow
from planted import ONE, TWO

pytest.importorskip("duckdb", reason="the extra [corpus] is not installed")

LABEL = PREFIXES["skos"] + "altLabel"
BELOW = f'<{ONE}id/org/below> <{LABEL}> "below"@en .\n'
FOREIGN = f'<https://example.net/below> <{LABEL}> "below"@en .\n'
PASSAGE = f"<{ONE}source/plant-1#char=900,910>"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[list[Path]]:
    folders = grow(tmp_path_factory.mktemp("corpus"), 10)
    (folders[0] / "graph/entities/below.ttl").write_text(BELOW + FOREIGN, encoding="utf-8")
    yield folders


@pytest.mark.parametrize(
    ("said", "is_refused"),
    [
        (BELOW, False),
        (BELOW.replace('"below"', '"anew"'), True),
        (f'<{ONE}id/org/new> <{LABEL}> "new"@en .\n', True),
        (f'<{BASE}id/org/new> <{LABEL}> "new"@en .\n', True),
        (f'<{TWO}id/org/new> <{LABEL}> "new"@en .\n', False),
        (f'<https://example.net/new> <{LABEL}> "new"@en .\n', False),
        (FOREIGN, False),
        (FOREIGN.replace('"below"', '"anew"'), True),
        (f'{PASSAGE} <{BRI}sha256> "0" .\n', False),
        (f'{PASSAGE} <{LABEL}> "new"@en .\n', True),
        (BELOW + f'<{TWO}id/org/new> <{LABEL}> "new"@en .\n', False),
        (BELOW + BELOW.replace('"below"', '"anew"'), True),
    ],
)
def test_a_corpus_refuses_the_names_that_one_graph_refuses(
    folders: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    is_refused: bool,
) -> None:
    """What the tables say is asked alone: the words come from one graph, which would not be asked for nothing."""
    monkeypatch.setattr(taken_names, "refuse_taken_names", _say_it_is_taken)
    laid = folders[1] / "graph/entities/laid.ttl"
    laid.write_text(said, encoding="utf-8")
    try:
        resources = find(folders, alone=True)
        assert _refuses(lambda: refuse_taken_names(resources)) is is_refused
        assert _refuses(lambda: _asked_of_tables(resources, tmp_path)) is is_refused
    finally:
        laid.unlink()


def _say_it_is_taken(resources: Resources) -> None:
    raise InputError("BRI875", "taken")


def _refuses(call: Callable[[], None]) -> bool:
    try:
        call()
    except InputError as error:
        assert error.code == "BRI875"
        return True
    return False


def _asked_of_tables(resources: Resources, folder: Path) -> None:
    files = [
        (path, number)
        for number, layer in enumerate(resources.layers)
        if number
        for path in layer.data_files()
    ]
    tables = DuckTables(folder, "500MB", 1)
    tables.sql("CREATE TABLE told (s VARCHAR, p VARCHAR, o VARCHAR, file VARCHAR)")
    for number, (path, _) in enumerate(files):
        tables.insert("told", list(told_in(path, number)))
    try:
        taken_names.refuse_taken(tables, resources, [layer for _, layer in files])
    finally:
        tables.close()
