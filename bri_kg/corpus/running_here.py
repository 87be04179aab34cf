"""A corpus on one machine: processes work on parts, DuckDB joins what crosses them, memory stays bounded."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.corpus.bucketing import Bucket, buckets
from bri_kg.corpus.common_ground import CommonGround, read_ground
from bri_kg.corpus.crossings import (
    contradictions,
    follow_chains,
    prepare,
    settle_inferred,
    unknown_names,
    write_notes,
)
from bri_kg.corpus.gathering import gathered
from bri_kg.corpus.part_of_corpus import Outcome, Part, Row, as_row, looked_at, work_on
from bri_kg.corpus.sharing_out import parts, set_terms_apart, share_out
from bri_kg.corpus.tables import COLUMNS, Tables, as_text
from bri_kg.corpus.taken_names import refuse_taken
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.findings import Finding
from bri_kg.names import collections_known, know_collection
from bri_kg.rdf.parsing import read_rdf
from bri_kg.stores.folders import beside, move_into

MEMORY: Final = "600MB"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
FINDINGS: Final = "findings.jsonl"
_BYTES_AT_A_TIME: Final = 4_000_000
_PARTS_AT_A_TIME: Final = 16
_TEXTS: Final = {"values": "asserted", "facts": "facts", "inferred": "inferred"}


@dataclass(frozen=True)
class Corpus:
    """A release of many sources: its folder, how many parts it was made in, quads by part, and what was found."""

    folder: Path
    parts: int
    quads: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing of severity error was found."""
        return not any(finding.severity == "error" for finding in self.findings)


def build_corpus(
    resources: Resources,
    folder: Path,
    sources_at_a_time: int,
    *,
    processes: int = 2,
    lang: str = "en",
) -> Corpus:
    """Build the release of a corpus at `folder`: beside its place first, then moved there.

    `sources_at_a_time` is how many sources one part holds; with no `processes` all is done in this
    one. What is wrong with a source is a finding and ends nothing. Raise InputError for what no part
    could be right without, such as an axiom that parts do not cover.
    """
    place = folder.resolve()
    fix = "name a folder that may be written"
    with beside(place, ".bri-kg-corpus-", "the release", fix, is_private=False) as made:
        work = made / "work"
        work.mkdir()
        try:
            with _pool(processes) as pool:
                corpus = _build(resources, made, work, sources_at_a_time, pool, lang)
            shutil.rmtree(work)
            _write_manifest(made, corpus)
            move_into(made, place)
        except OSError as error:
            raise InputError(
                code="BRI504",
                message=f"the release of a corpus cannot be written to {str(folder)!r}",
                why=error.strerror or str(error),
                fix="check the path, its folder and the room on the disk; nothing was left there",
            ) from None
    return Corpus(folder, corpus.parts, corpus.quads, corpus.findings)


def _build(
    resources: Resources, made: Path, work: Path, at_a_time: int, pool: _Pool, lang: str
) -> Corpus:
    tables = Tables(work, MEMORY, max(1, pool.processes))
    files = _data_files(resources)
    unread = _scan(pool, work, [path for path, _ in files])
    tables.load("told", _files(work, "told"))
    refuse_taken(tables, resources, [layer for _, layer in files])
    terms = set(ox.parse(set_terms_apart(tables), format=ox.RdfFormat.N_QUADS))
    ground = read_ground(resources, terms)
    state = work / "ground.pickle"
    state.write_bytes(pickle.dumps((ground, collections_known())))
    count = share_out(tables, at_a_time)
    _keep(work, made, 0, _of_ground(ground, lang))
    for _ in pool.each(
        _work_on, ((state, work, made, n, part, lang) for n, part in _parts(tables, count))
    ):
        pass
    for table in COLUMNS:
        if table != "told":
            tables.load(table, _files(work, table))
    prepare(tables, ground)
    tables.insert("findings", [*unread, *((as_row(f),) for f in _of_contradictions(ground))])
    write_notes(tables, ground)
    follow_chains(tables, ground)
    settle_inferred(tables)
    tables.insert("findings", list(contradictions(tables, ground)))
    tables.insert("findings", list(unknown_names(tables, ground, lang)))
    for found in pool.each(_look_at, ((state, bucket, lang) for bucket in buckets(tables))):
        tables.insert("findings", found)
    _write_shared(tables, made)
    findings = gathered(tables, ground, lang)
    tables.close()
    lines = "".join(f"{json.dumps(f.to_dict(), ensure_ascii=False)}\n" for f in findings)
    (made / FINDINGS).write_text(lines, encoding="utf-8", newline="")
    return Corpus(made, count, _counts(made), findings)


def _data_files(resources: Resources) -> list[tuple[Path, int]]:
    """Return the files of data, each with the number of its layer."""
    layers = enumerate(resources.layers)
    return [
        (path, number)
        for number, layer in layers
        if number or resources.below
        for path in sorted(set(layer.data_files()) - set(layer.ontology_files()))
    ]


def _parts(tables: Tables, count: int) -> Iterator[tuple[int, Part]]:
    number = 0
    for first in range(0, count, _PARTS_AT_A_TIME):
        for part in parts(tables, first, first + _PARTS_AT_A_TIME):
            number += 1
            yield number, part


def _of_ground(ground: CommonGround, lang: str) -> Outcome:
    lines = "".join(f"{quad} .\n" for quad in sorted(ground.quads, key=str))
    return work_on(ground.bare, Part(lines.encode()), lang)


def _of_contradictions(ground: CommonGround) -> Iterator[Finding]:
    from bri_kg.checking.validation import as_contradiction

    return map(as_contradiction, sorted(ground.contradictions))


# What processes do.


def _scan(pool: _Pool, work: Path, files: list[Path]) -> list[Row]:
    """Write the triples of all files as rows; return what is to be said of those that cannot be read."""
    groups: list[list[tuple[int, Path]]] = [[]]
    size = 0
    for number, path in enumerate(files):
        groups[-1].append((number, path))
        size += path.stat().st_size
        if size > _BYTES_AT_A_TIME:
            groups.append([])
            size = 0
    found: list[Row] = []
    for unread in pool.each(_scan_some, ((work, group) for group in groups)):
        found += unread
    return found


def _scan_some(work: Path, files: list[tuple[int, Path]]) -> list[Row]:
    unread: list[Row] = []
    for number, path in files:
        try:
            rows = [_told(quad, number, path) for quad in read_rdf(path)]
        except InputError as error:
            unread.append((as_row(_unreadable(error, path)),))
            continue
        _append(work, "told", rows)
    return unread


def _told(quad: ox.Quad, number: int, path: Path) -> Row:
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        raise InputError(
            code="BRI505",
            file=str(path),
            message=f"a node without an IRI stands in it ({quad.predicate} …)",
            fix="give it an IRI; the graph has no blank nodes",
        )
    return str(quad.subject), str(quad.predicate), str(quad.object), str(number)


def _unreadable(error: InputError, path: Path) -> Finding:
    return Finding(
        "reading", error.code, "error", error.message, error.fix, file=path.name, line=error.line
    )


def _work_on(state: Path, work: Path, made: Path, number: int, part: Part, lang: str) -> None:
    _keep(work, made, number, work_on(_ground(state), part, lang))


def _look_at(state: Path, bucket: Bucket, lang: str) -> list[Row]:
    ground = _ground(state)
    found: list[Row] = []
    for room, checks in (("claims", ground.checks), ("facts", ground.checks_of_facts)):
        names = frozenset(check.name for check in checks if check.key == bucket.key)
        if names:
            found += looked_at(ground, bucket.part, names, room, lang)
    if bucket.by is None:
        return found
    return [row for row in found if json.loads(row[0])[bucket.by] in bucket.names]


def _keep(work: Path, made: Path, number: int, outcome: Outcome) -> None:
    for name, lines in (("asserted", outcome.asserted), ("facts", outcome.facts)):
        if lines:
            (made / f"{name}-{number:06}.nq").write_text(
                "".join(lines), encoding="utf-8", newline=""
            )
    for table, rows in outcome.rows.items():
        _append(work, table, rows)


def _append(work: Path, table: str, rows: Iterable[Row]) -> None:
    with (work / f"{table}-{os.getpid()}.rows").open("a", encoding="utf-8", newline="") as file:
        file.write(as_text(rows))


def _files(work: Path, table: str) -> list[Path]:
    (work / f"{table}-0.rows").touch()
    return sorted(work.glob(f"{table}-*.rows"))


@lru_cache(maxsize=1)
def _ground(state: Path) -> CommonGround:
    ground: CommonGround
    ground, known = pickle.loads(state.read_bytes())
    for prefix, namespace in known.items():
        know_collection(prefix, namespace)
    return ground


class _Pool:
    """Processes that do one thing after another, no more of it waiting than they can soon take."""

    def __init__(self, processes: int, executor: ProcessPoolExecutor | None) -> None:
        self.processes = processes
        self._executor = executor

    def each(self, work: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Yield what the work returns for each of the arguments, in whatever order."""
        if self._executor is None:
            yield from (work(*taken) for taken in arguments)
            return
        running: set[Future[Any]] = set()
        for taken in arguments:
            running.add(self._executor.submit(work, *taken))
            if len(running) > 2 * self.processes:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        yield from (future.result() for future in running)


@contextmanager
def _pool(processes: int) -> Iterator[_Pool]:
    if processes < 1:
        yield _Pool(0, None)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as executor:
        yield _Pool(processes, executor)


# What is written.


def _write_shared(tables: Tables, made: Path) -> None:
    """Write what several parts may have told or found, each line once."""
    statements = {
        "asserted": "SELECT DISTINCT line FROM values ANTI JOIN "
        "(SELECT s || ' ' || p || ' ' || o || ' .' AS line FROM told UNION ALL "
        "SELECT s || ' ' || p || ' ' || o || ' .' FROM ground) t USING (line) ORDER BY line",
        "facts": "SELECT DISTINCT s || ' ' || p || ' ' || o || ' .' AS line FROM facts WHERE g = '' ORDER BY line",
        "inferred": "SELECT s || ' ' || p || ' ' || o || ' .' AS line FROM settled ORDER BY line",
    }
    for name, statement in statements.items():
        with (made / f"{name}-shared.nq").open("w", encoding="utf-8", newline="") as file:
            for (line,) in tables.sql_rows(statement):
                file.write(f"{line}\n")


def _counts(made: Path) -> dict[str, int]:
    counts = dict.fromkeys(_TEXTS.values(), 0)
    for path in made.glob("*.nq"):
        with path.open("rb") as file:
            counts[path.name.partition("-")[0]] += sum(1 for _ in file)
    return counts


def _write_manifest(made: Path, corpus: Corpus) -> None:
    sums = {}
    for path in sorted(made.iterdir()):
        with path.open("rb") as file:
            sums[path.name] = (path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
    manifest = {
        "name": "bri-kg",
        "version": __version__,
        "conforms": corpus.conforms,
        "parts": corpus.parts,
        "quads": corpus.quads,
        "files": [
            {"name": name, "bytes": size, "sha256": digest} for name, (size, digest) in sums.items()
        ],
    }
    content = (json.dumps(manifest, indent=1) + "\n").encode()
    (made / MANIFEST).write_bytes(content)
    lines = [f"{digest}  {name}\n" for name, (_, digest) in sums.items()]
    lines.append(f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n")
    (made / SUMS).write_text("".join(lines), encoding="utf-8", newline="")
