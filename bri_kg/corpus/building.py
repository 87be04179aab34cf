"""In which order a corpus is built, whoever runs it: files, parts, what crosses parts, buckets, shared lines.

An `Engine` says where tables are joined, and where files are read and parts worked on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

import pyoxigraph as ox

from bri_kg.corpus.bucket_tables import begin, finish
from bri_kg.corpus.bucketing import fill_for_checks, told_alone
from bri_kg.corpus.common_ground import CommonGround, read_ground
from bri_kg.corpus.crossings import (
    contradictions,
    follow_chains,
    prepare,
    settle_inferred,
    unknown_names,
    write_notes,
)
from bri_kg.corpus.data_addresses import Data
from bri_kg.corpus.finding_places import placed
from bri_kg.corpus.gathering import gathered, waiting
from bri_kg.corpus.manifest import Corpus, write_candidates, write_manifest
from bri_kg.corpus.pairing import fill_for_claims_alike
from bri_kg.corpus.part_of_corpus import Outcome, Part, as_row, work_on
from bri_kg.corpus.sharing_out import set_terms_apart, share_out
from bri_kg.corpus.tables import Tables
from bri_kg.corpus.taken_names import refuse_taken
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.findings import Finding, in_order
from bri_kg.stores.folders import beside, move_into

# The code of the error that a release has no place or no room.
NOT_WRITABLE: Final = "BRI504"

# The lines that several parts may have told or found, each once, by layer.
_SHARED: Final = {
    "asserted": "SELECT DISTINCT line FROM of_values ANTI JOIN "
    "(SELECT s || ' ' || p || ' ' || o || ' .' AS line FROM told UNION ALL "
    "SELECT s || ' ' || p || ' ' || o || ' .' FROM ground) t USING (line) ORDER BY line",
    "facts": "SELECT DISTINCT s || ' ' || p || ' ' || o || ' .' AS line FROM facts WHERE g = '' ORDER BY line",
    "inferred": "SELECT s || ' ' || p || ' ' || o || ' .' AS line FROM settled ORDER BY line",
}


class Engine(Protocol):
    """Where a corpus is built."""

    @property
    def tables(self) -> Tables:
        """The tables that hold what crosses parts."""

    def scan(self, files: list[Path], data: Sequence[Data]) -> Iterable[Finding]:
        """Put what files and data tell into `told`, each row with a number; return what cannot be read.

        Numbers are those of the files, and from there on those of the data.
        """

    def work_on_parts(self, ground: CommonGround, of_ground: Outcome, count: int) -> None:
        """Put what comes of the ground and of `count` parts into files where it is final, else into the tables."""

    def look_at_buckets(self) -> None:
        """Put what is found in the buckets into `findings` and `candidates`; the ground is that of the parts."""

    def write_shared(self, layer: str, statement: str) -> None:
        """Write the lines that a statement gives into the release."""

    def quads(self) -> dict[str, int]:
        """Return how many lines were written, by layer."""

    def close(self) -> None:
        """Let go of the tables: nothing is asked of them after this."""


def build(
    resources: Resources,
    folder: Path,
    sources_at_a_time: int,
    running: Callable[[Path, Path], AbstractContextManager[Engine]],
    lang: str,
    data: Sequence[Data] = (),
) -> Corpus:
    """Build the release of a corpus at `folder`: beside its place first, then moved there.

    `running` gives the engine for a folder that becomes the release and one to work in. `data` are
    statements that lie elsewhere than in collections, of the uppermost one. What is wrong
    with a source is a finding and ends nothing. Raise InputError for what no part could be right
    without, such as an axiom that parts do not cover.
    """
    place = folder.resolve()
    fix = "name a folder that may be written"
    with beside(place, ".bri-kg-corpus-", "the release", fix, is_private=False) as made:
        work = made / "work"
        work.mkdir()
        try:
            with running(made, work) as engine:
                parts, findings = _in_order(resources, engine, made, sources_at_a_time, lang, data)
                corpus = Corpus(made, parts, engine.quads(), findings)
            shutil.rmtree(work)
            write_manifest(corpus, resources)
            move_into(made, place)
        except OSError as error:
            raise InputError(
                code=NOT_WRITABLE,
                message=f"the release of a corpus cannot be written to {str(folder)!r}",
                why=error.strerror or str(error),
                fix="check the path, its folder and the room on the disk; nothing was left there",
            ) from None
    return Corpus(folder, corpus.parts, corpus.quads, corpus.findings)


def _in_order(
    resources: Resources,
    engine: Engine,
    made: Path,
    at_a_time: int,
    lang: str,
    data: Sequence[Data],
) -> tuple[int, tuple[Finding, ...]]:
    tables = engine.tables
    files = _data_files(resources)
    unread = list(engine.scan([path for path, _ in files], data))
    top = len(resources.layers) - 1
    refuse_taken(tables, resources, [*(layer for _, layer in files), *(top for _ in data)])
    terms = set(ox.parse(set_terms_apart(tables), format=ox.RdfFormat.N_QUADS))
    ground = read_ground(resources, terms)
    count = share_out(tables, at_a_time)
    engine.work_on_parts(ground, _of_ground(ground, lang), count)
    prepare(tables, ground)
    known = [*unread, *_of_contradictions(ground)]
    tables.insert("findings", [(as_row(finding),) for finding in known])
    write_notes(tables, ground)
    follow_chains(tables, ground)
    settle_inferred(tables)
    tables.insert("findings", list(contradictions(tables, ground)))
    tables.insert("findings", list(unknown_names(tables, ground, lang)))
    tables.sql("CREATE TABLE candidates (found VARCHAR)")
    begin(tables)
    fill_for_checks(tables)
    fill_for_claims_alike(tables)
    finish(tables, told_alone())
    engine.look_at_buckets()
    write_candidates(made, waiting(tables, ground, lang))
    for layer, statement in _SHARED.items():
        engine.write_shared(layer, statement)
    found = gathered(tables, ground, lang)
    findings = tuple(in_order(placed(tables, resources, [path for path, _ in files], found)))
    engine.close()
    return count, findings


def _data_files(resources: Resources) -> list[tuple[Path, int]]:
    """Return the files of data, each with the number of its layer."""
    layers = enumerate(resources.layers)
    return [
        (path, number)
        for number, layer in layers
        if number or resources.below
        for path in sorted(set(layer.data_files()) - set(layer.ontology_files()))
    ]


def _of_ground(ground: CommonGround, lang: str) -> Outcome:
    lines = "".join(f"{quad} .\n" for quad in sorted(ground.quads, key=str))
    return work_on(ground.bare, Part(lines.encode()), lang)


def _of_contradictions(ground: CommonGround) -> Iterator[Finding]:
    from bri_kg.checking.validation import as_contradiction

    return map(as_contradiction, sorted(ground.contradictions))
