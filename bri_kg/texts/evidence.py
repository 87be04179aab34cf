"""Evidence: sealing passages with digests, and verifying them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg.names import BASE, BRI, source_iri, split_passage
from bri_kg.plain import Plain
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.text_files import write_file
from bri_kg.stores.memory import Store
from bri_kg.texts.originals import SourceFile, described_text, read_source, sha256
from bri_kg.texts.source_files import source_files

_SHA256 = ox.NamedNode(BRI + "sha256")
_PASSAGES = """SELECT DISTINCT ?passage ?sha256 WHERE {
  { ?claim bri:evidence ?passage } UNION { ?claim bri:hasContext ?passage }
  UNION { ?passage bri:omissionReason ?reason }
  FILTER (isIRI(?passage))
  OPTIONAL { ?passage bri:sha256 ?sha256 } } ORDER BY ?passage"""


@dataclass(frozen=True)
class PassageState(Plain):
    """The state of a passage or whole source: `verified`, `changed`, `source-missing`, `unsealed`."""

    passage: str
    source: str
    state: str


def seal(store: Store, folder: Path) -> dict[str, str]:
    """Return the digest of every passage, cited or left out, whose source is in `folder`.

    Passages of a missing source keep the digest that the graph holds; passages that are
    beyond their text are left out. Raises InputError for a text that is not the described one:
    sealing it would make an altered source pass.
    """
    files = source_files(store)
    texts = {slug: described_text(folder, file) for slug, file in files.items()}
    sealed: dict[str, str] = {}
    for passage, known in _passages(store):
        parts = split_passage(passage)
        text = texts.get(parts[0]) if parts else None
        if parts and text is not None and parts[1] < parts[2] <= len(text):
            sealed[passage] = sha256(text[parts[1] : parts[2]])
        elif known and text is None:
            sealed[passage] = known
    return sealed


def unsealed(store: Store, folder: Path, sealed: Mapping[str, str]) -> tuple[str, ...]:
    """Return the passages that sealing left out: their text is missing, or they end beyond it."""
    passages = (state.passage for state in verify(store, folder) if "#" in state.passage)
    return tuple(passage for passage in passages if passage not in sealed)


def sealed_in(files: Iterable[Path]) -> set[str]:
    """Return the passages whose digests stand in files."""
    quads = (quad for path in files for quad in read_rdf(path))
    sealed = (quad.subject for quad in quads if quad.predicate == _SHA256)
    return {node.value for node in sealed if isinstance(node, ox.NamedNode) and "#" in node.value}


def write_passages(path: Path, sealed: Mapping[str, str], base: str = BASE) -> None:
    """Write graph/passages.ttl: one digest a passage, by source and place; replaced as a whole."""
    lines = [
        f"@base <{base}> .",
        f"@prefix bri: <{BRI}> .",
        "",
        "# Written by `bri-kg evidence seal`. Offsets and source follow from each IRI.",
    ]
    last = None
    for iri in sorted(sealed, key=lambda i: split_passage(i) or ("", 0, 0)):
        slug = (split_passage(iri) or ("", 0, 0))[0]
        if slug != last:
            lines += ["", f"# {slug}"]
            last = slug
        # The blank lines are those of turtlefmt, so that sealing leaves the canonical format.
        lines += ["", f"<{iri.removeprefix(base)}> bri:sha256 {ox.Literal(sealed[iri])} ."]
    write_file(path, ("\n".join(lines) + "\n").encode())


def verify(store: Store, folder: Path) -> Iterator[PassageState]:
    """Yield the state of each source as a whole, then of each passage, from the texts in `folder`."""
    files = source_files(store)
    texts = {slug: read_source(folder, file) for slug, file in files.items()}
    for slug, file in files.items():
        yield PassageState(source_iri(slug), file.file_name, _state_of_text(file, texts[slug]))
    for passage, digest in _passages(store):
        parts = split_passage(passage)
        slug = parts[0] if parts else ""
        yield PassageState(
            passage,
            files[slug].file_name if slug in files else slug,
            _state(parts, texts.get(slug), digest),
        )


def sealed_spans(store: Store, slug: str) -> dict[tuple[int, int], str | None]:
    """Return the digest of each passage of a source, by begin and end; None for one that has none."""
    spans: dict[tuple[int, int], str | None] = {}
    for passage, digest in _passages(store):
        parts = split_passage(passage)
        if parts and parts[0] == slug:
            spans[parts[1], parts[2]] = digest
    return spans


def state_of(passage: str, digest: str | None, text: str | None) -> str:
    """Return the state of one passage with this digest in this text."""
    return _state(split_passage(passage), text, digest)


def _passages(store: Store) -> Iterable[tuple[str, str | None]]:
    for row in store.select(_PASSAGES):
        digest = row.value("sha256")
        yield str(row.value("passage")), None if digest is None else str(digest)


def _state_of_text(file: SourceFile, text: str | None) -> str:
    if text is None:
        return "source-missing"
    return "verified" if sha256(text) == file.sha256 else "changed"


def _state(parts: tuple[str, int, int] | None, text: str | None, digest: str | None) -> str:
    if text is None:
        return "source-missing"
    if digest is None:
        return "unsealed"
    if parts is None or parts[2] > len(text) or sha256(text[parts[1] : parts[2]]) != digest:
        return "changed"
    return "verified"
