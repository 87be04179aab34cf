"""A source whose text was extracted anew: the files of a layer that name it or its passages, rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError, UsageError
from bri_kg.names import BRI, passage_iri, source_iri
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.parsing import parse_rdf, read_rdf
from bri_kg.texts.drift import Span
from bri_kg.texts.originals import sha256

_PASSAGE: Final = re.compile(r"<([^<>\s]*)#char=([0-9]+),([0-9]+)>")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SHA256: Final = BRI + "sha256"
_COUNT: Final = BRI + "characterCount"


@dataclass(frozen=True)
class Anew:
    """A source with its new text, and the new span of each passage whose words are unchanged."""

    slug: str
    text: str
    spans: Mapping[Span, Span]

    @cached_property
    def names(self) -> dict[str, str]:
        """The new name of each passage by its old one."""
        return {
            passage_iri(self.slug, *old): passage_iri(self.slug, *new)
            for old, new in self.spans.items()
        }

    @cached_property
    def literals(self) -> dict[tuple[str, str], str]:
        """What stands in place of a length and of digests, by the old name of what has it and the property."""
        source = source_iri(self.slug)
        digests = {
            (passage_iri(self.slug, *old), _SHA256): sha256(self.text[slice(*new)])
            for old, new in self.spans.items()
        }
        of_source = {(source, _SHA256): sha256(self.text), (source, _COUNT): str(len(self.text))}
        return digests | of_source

    def moved(self, quad: ox.Quad) -> ox.Quad:
        """Return a triple that says of the new text what it said of the old one."""
        value = quad.object
        told = self.literals.get((getattr(quad.subject, "value", ""), quad.predicate.value))
        if told is not None and isinstance(value, ox.Literal):
            value = ox.Literal(told, datatype=value.datatype)
        return ox.Quad(
            self._named(quad.subject), quad.predicate, self._named(value), quad.graph_name
        )

    def _named(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode:
        if isinstance(term, ox.NamedNode) and term.value in self.names:
            return ox.NamedNode(self.names[term.value])
        return term  # type: ignore[return-value]


def rewritable(resources: Resources, slug: str) -> tuple[Path, ...]:
    """Return the files of the top layer that may say something of its source. Raise UsageError for another's source.

    An installed graph is not written in place.
    """
    top = resources.top
    if resources.release is not None or (not top.collection and resources.is_installed):
        raise UsageError(
            "BRI985",
            "the installed graph is not re-anchored in place",
            fix="work in a checkout, or on a source of your own collection",
        )
    if not source_iri(slug).startswith(f"{top.namespace}source/"):
        raise UsageError(
            "BRI986",
            f"the source {slug!r} belongs to a graph below, which stays as it is",
            why="only what is in the collection that is worked on is rewritten",
            fix="name a source of the collection: `bri-kg source list`",
        )
    return tuple(path for path in top.data_files() if path.is_relative_to(top.graph))


def rewritten(files: Iterable[Path], anew: Anew) -> dict[Path, bytes]:
    """Return the new content of each file that says something of the source or of its passages.

    A file in canonical form stays in it. In one that was written by hand names, length and digests are
    replaced and all else stays; where that would not say the same, it gets the canonical form.
    """
    changed: dict[Path, bytes] = {}
    for path in files:
        old = list(read_rdf(path))
        new = [anew.moved(quad) for quad in old]
        if new == old:
            continue
        content, canonical = path.read_bytes(), write_graph(new, "ttl")
        is_canonical = content == write_graph(old, "ttl")
        by_hand = None if is_canonical else _replaced(content.decode(), old, new, anew)
        changed[path] = by_hand or canonical
    return changed


def _replaced(
    text: str, old: Sequence[ox.Quad], new: Sequence[ox.Quad], anew: Anew
) -> bytes | None:
    """Return a text with the new names, length and digests; None where it would not say the same triples."""
    tail = source_iri(anew.slug).rpartition("/source/")[2]

    def name(found: re.Match[str]) -> str:
        span = anew.spans.get((int(found[2]), int(found[3])))
        is_of_source = found[1] in (source_iri(anew.slug), f"source/{tail}")
        return f"<{found[1]}#char={span[0]},{span[1]}>" if span and is_of_source else found[0]

    changed = _PASSAGE.sub(name, text)
    for was, now in zip(old, new, strict=True):
        if isinstance(was.object, ox.Literal) and was.object != now.object:
            changed = _literal(was.object.value)(str(getattr(now.object, "value", "")), changed)
    try:
        said = set(parse_rdf(changed, ox.RdfFormat.TURTLE, "re-anchored"))
    except InputError:
        return None
    return changed.encode() if said == set(new) else None


def _literal(was: str) -> Callable[[str, str], str]:
    """Return what replaces a digest wherever it stands, or a length where the count of characters is said."""
    if _DIGEST.fullmatch(was):
        return lambda now, text: text.replace(f'"{was}"', f'"{now}"')
    pattern = re.compile(rf'(characterCount\s+"?){re.escape(was)}\b')
    return lambda now, text: pattern.sub(rf"\g<1>{now}", text)
