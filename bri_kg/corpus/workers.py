"""What a process does with a file or with a bucket, wherever it runs; with a part it does `work_on`."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.corpus.bucket_tables import NAMED_PAIRS, Bucket, as_name
from bri_kg.corpus.common_ground import CommonGround
from bri_kg.corpus.kept_work import KeptWork, key_of
from bri_kg.corpus.part_of_corpus import Outcome, Part, Row, looked_at, paired
from bri_kg.corpus.tables import as_text
from bri_kg.errors import InputError
from bri_kg.findings import Finding
from bri_kg.names import collections_known, know_collection
from bri_kg.rdf.parsing import read_rdf


def packed(ground: CommonGround) -> bytes:
    """Return a ground as bytes for another process, with the names of the collections."""
    return pickle.dumps((ground, ground.resources.base_is_ours, collections_known()))


def unpacked(packed_ground: bytes) -> CommonGround:
    """Return the ground that another process packed; this one knows its collections from then on.

    What is ours is read where this process has it, which need not be where the other one does.
    """
    ground: CommonGround
    ground, is_over_ours, known = pickle.loads(packed_ground)
    for prefix, namespace in known.items():
        know_collection(prefix, namespace)
    if not is_over_ours:
        return ground
    return replace(ground, resources=ground.resources.over_ours_here())


# So many rows of what a file tells are in memory at a time.
ROWS_AT_A_TIME: Final = 10_000


class NotReadError(Exception):
    """A file that cannot be read, with what is to be said of it; the rows yielded before count for nothing."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def told_in(path: Path, number: int) -> Iterator[Row]:
    """Yield what a file tells, as rows of `told` with its number. Raise NotReadError where it cannot be read."""
    try:
        for quad in read_rdf(path):
            yield _told(quad, number, path)
    except InputError as error:
        raise NotReadError(
            Finding(
                "reading", error.code, "error", error.message, error.fix,
                file=str(path), line=error.line,
            )
        ) from None  # fmt: skip


def _told(quad: ox.Quad, number: int, path: Path) -> Row:
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        raise InputError(
            code="BRI505",
            file=str(path),
            message=f"a node without an IRI stands in it ({quad.predicate} …)",
            fix="give it an IRI; the graph has no blank nodes",
        )
    return str(quad.subject), str(quad.predicate), str(quad.object), str(number)


def look_at(ground: CommonGround, bucket: Bucket, lang: str) -> list[Row]:
    """Return what the checks of its key find in a bucket."""
    if bucket.is_of_candidates:
        pairs = paired(ground, bucket.part, bucket.key)
        if bucket.by == NAMED_PAIRS:
            pairs = [one for one in pairs if as_name(*one.pair) in bucket.names]
        return [(json.dumps([*one.pair, one.check, one.weight]),) for one in pairs]
    found: list[Row] = []
    for room, checks in (("claims", ground.checks), ("facts", ground.checks_of_facts)):
        names = frozenset(check.name for check in checks if check.key == bucket.key)
        if names:
            found += looked_at(ground, bucket.part, names, room, lang)
    if bucket.by is None:
        return found
    return [row for row in found if json.loads(row[0])[bucket.by] in bucket.names]


def as_texts(outcome: Outcome) -> dict[str, dict[str, str]]:
    """Return an outcome as texts, which can be kept: lines by layer, rows by table."""
    lines = {"asserted": outcome.asserted, "facts": outcome.facts}
    return {
        "lines": {name: "".join(of) for name, of in lines.items() if of},
        "rows": {table: as_text(rows) for table, rows in outcome.rows.items() if rows},
    }


def part_key(kept: KeptWork, part: Part) -> tuple[bytes, ...]:
    """Return by what the outcome of a part is kept, if it is."""
    return (b"part", *key_of(part)) if kept.folder else ()


def look_key(kept: KeptWork, bucket: Bucket) -> tuple[bytes, ...]:
    """Return by what is kept what was found in a bucket, if it is."""
    if kept.folder is None:
        return ()
    said = ((field.name, getattr(bucket, field.name)) for field in fields(bucket))
    about = [(n, sorted(v) if isinstance(v, frozenset) else v) for n, v in said if n != "part"]
    return (repr(about).encode(), *key_of(bucket.part))
