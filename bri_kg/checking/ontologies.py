"""An ontology as checks see it: files with their imports, in a store that knows which file says what.

The default graph holds everything. The graph `<file:PATH>` holds what one file says, and
`<urn:bri-kg:own>` repeats the types of the terms that are the ontology's own; `<urn:bri-kg:previous>`
holds what the release before says of its own terms, where one is given; `<urn:bri-kg:lists>` what
`rdf_lists.py` and `reach.py` say, `<urn:bri-kg:words>` what `term_words.py` does, and
`<urn:bri-kg:unknown>` the terms that an absent import may declare.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from bri_kg.checking.rdf_lists import read_lists
from bri_kg.checking.reach import read_reach
from bri_kg.checking.term_words import read_words
from bri_kg.dataset.imports import local_imports
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.names import BASE, PREFIXES
from bri_kg.rdf.budget import refuse_what_does_not_fit
from bri_kg.rdf.input_streams import rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import no_triples, parse_labelled, read_rdf
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.stores.memory import Store

OWN = ox.NamedNode("urn:bri-kg:own")
UNKNOWN = ox.NamedNode("urn:bri-kg:unknown")
PREVIOUS = ox.NamedNode("urn:bri-kg:previous")
# Stands for the file where there is none.
STORE = Path("urn-bri-kg", "store.ttl")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_ONTOLOGY = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_RESOURCE = ox.NamedNode(PREFIXES["rdfs"] + "Resource")
_IMPORTS = ox.NamedNode(PREFIXES["owl"] + "imports")
_VERSION = ox.NamedNode(PREFIXES["owl"] + "versionIRI")
_NAMESPACE = ox.NamedNode(PREFIXES["vann"] + "preferredNamespaceUri")
_DEFINED_BY = ox.NamedNode(PREFIXES["rdfs"] + "isDefinedBy")
_NUMBERED = re.compile(r"([A-Za-z]+_)[0-9]+")
# What is an ontology's own wherever its name begins: nobody else describes it in that file.
_ALWAYS_OWN = {
    *(PREFIXES["skos"] + name for name in ("Concept", "ConceptScheme")),
    *(PREFIXES["sh"] + name for name in ("NodeShape", "PropertyShape")),
    _ONTOLOGY.value,
}
_TERMS = {
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("owl", "Class"), ("rdfs", "Class"), ("rdf", "Property"), ("owl", "ObjectProperty"),
        ("owl", "DatatypeProperty"), ("owl", "AnnotationProperty"), ("skos", "Concept"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Ontology:
    """What each file says, which files were asked about, and which imports no file answers."""

    files: Mapping[Path, tuple[ox.Quad, ...]]
    names: Mapping[str, Path]
    asked: frozenset[Path]
    missing: tuple[str, ...]
    previous: tuple[ox.Quad, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether the rules of this project's house hold for it."""
        return any(namespace.startswith(BASE) for namespace in self.namespaces)

    @cached_property
    def namespaces(self) -> tuple[str, ...]:
        """The namespaces of its terms: those that its headers state, or one that follows from its IRI."""
        quads = [quad for path in self.asked for quad in self.files[path]]
        headers = {quad.subject for quad in quads if _is_typed(quad, _ONTOLOGY)}
        stated = {
            q.object.value
            for q in quads
            if q.predicate == _NAMESPACE
            and isinstance(q.object, ox.Literal | ox.NamedNode)
            and q.subject in headers
        }
        return tuple(sorted(stated)) or tuple(sorted(_guessed(quads)))

    @cached_property
    def store(self) -> Store:
        """The store that the checks run on."""
        return Store(self._quads())

    @cached_property
    def described_in(self) -> dict[str, tuple[Path, ...]]:
        """The files that say something of a node: first those asked about, and those that give its type."""
        found: dict[str, dict[Path, tuple[bool, bool]]] = {}
        for path, quads in self.files.items():
            typed = {quad.subject for quad in quads if quad.predicate == _TYPE}
            for subject in {quad.subject for quad in quads}:
                rank = (path not in self.asked, subject not in typed)
                found.setdefault(subject.value, {})[path] = rank  # type: ignore[union-attr]
        return {
            node: tuple(sorted(paths, key=lambda path: paths[path]))
            for node, paths in found.items()
        }

    def _quads(self) -> Iterator[ox.Quad]:
        for namespace in self.namespaces:
            yield ox.Quad(OWN, _NAMESPACE, ox.Literal(namespace), OWN)
        everything = [quad for quads in self.files.values() for quad in quads]
        yield from read_lists(everything)
        yield from read_reach(everything)
        yield from read_words(everything)
        yield from self._unknown(everything)
        graphs = {path: ox.NamedNode(name) for name, path in self.names.items()}
        for path, quads in self.files.items():
            for quad in quads:
                yield ox.Quad(quad.subject, quad.predicate, quad.object)
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graphs[path])
                if path in self.asked and self._is_own(quad):
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, OWN)
        own = {quad.subject for quad in self.previous if self._is_own(quad)}
        for quad in self.previous:
            if quad.subject in own:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, PREVIOUS)

    def _unknown(self, quads: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the terms that an import which is not here may declare.

        They stand neither under the ontology's own namespaces nor under one that an import fills,
        or they say themselves that it defines them.
        """
        if not self.missing:
            return
        absent = {iri.rstrip("#/") for iri in self.missing}
        for quad in quads:
            home = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
            if quad.predicate == _DEFINED_BY and home.rstrip("#/") in absent:
                yield ox.Quad(quad.subject, _TYPE, _RESOURCE, UNKNOWN)
        imported = (quad for path in self.files.keys() - self.asked for quad in self.files[path])
        filled = {
            _namespace(q.subject.value) for q in imported if isinstance(q.subject, ox.NamedNode)
        }
        for term in {term for q in quads for term in (q.predicate, q.object)}:
            if not isinstance(term, ox.NamedNode) or term.value.startswith(self.namespaces):
                continue
            if _namespace(term.value) not in filled:
                yield ox.Quad(term, _TYPE, _RESOURCE, UNKNOWN)

    def _is_own(self, quad: ox.Quad) -> bool:
        """Return whether the triple gives its type to a term of the ontology's own."""
        return (
            quad.predicate == _TYPE
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
            and (quad.object.value in _ALWAYS_OWN or quad.subject.value.startswith(self.namespaces))
        )


def packaged(resources: Resources) -> Ontology:
    """Return the ontology of `resources`, with its vocabularies, alignments and shapes."""
    files = [*resources.ontology_files(), *resources.shape_files()]
    if not files:
        raise InputError(
            code="BRI261",
            message=f"there is no ontology in {str(resources.ontology)!r}",
            fix="put modules/*.ttl there, or name the files with --ontology",
        )
    labels = StableLabels()
    read = {path: tuple(labels.of(read_rdf(path))) for path in files}
    return _assembled(read, {}, labels, resources.ontology)


def given(
    files: Sequence[Path], resources: Resources | None = None, reading: Reading = AS_IT_IS
) -> Ontology:
    """Return the ontology in `files`, with those of its imports that are on this machine.

    Nothing is fetched. Raises InputError for what cannot be read, and where there is not one triple.
    """
    sources = {path: rdf_input(path, reading) for path in dict.fromkeys(files)}
    refuse_what_does_not_fit(list(sources.values()))
    labels = StableLabels()
    read = {path: _once(parse_labelled(source, labels)) for path, source in sources.items()}
    if not any(read.values()):
        raise no_triples([str(path) for path in files])
    quads = (quad for several in read.values() for quad in several)
    return _assembled(read, local_imports(files, quads, resources), labels, None)


def held(quads: Iterable[ox.Quad], resources: Resources) -> Ontology:
    """Return the ontology that some triples of a store are, with its imports as `given` finds them."""
    labels = StableLabels()
    read = {STORE: tuple(labels.of(quads))}
    return _assembled(read, local_imports((), read[STORE], resources), labels, None)


def _once(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """Return each triple once, in order: a small packed file can repeat one for hundreds of megabytes."""
    return tuple(dict.fromkeys(quads))


def _is_typed(quad: ox.Quad, kind: ox.NamedNode) -> bool:
    return quad.predicate == _TYPE and quad.object == kind


def _assembled(
    read: dict[Path, tuple[ox.Quad, ...]],
    local: Mapping[str, Path],
    labels: StableLabels,
    root: Path | None,
) -> Ontology:
    asked = frozenset(read)
    missing: set[str] = set()
    queue = list(read.values())
    described = {name for quads in queue for name in _names_of(quads)}
    while queue:
        for quad in queue.pop():
            if quad.predicate != _IMPORTS or not isinstance(quad.object, ox.NamedNode):
                continue
            iri = quad.object.value
            if iri in described:
                continue
            if iri not in local:
                missing.add(iri)
            elif local[iri] not in read:
                read[local[iri]] = tuple(labels.of(read_rdf(local[iri])))
                described.update(_names_of(read[local[iri]]))
                queue.append(read[local[iri]])
    return Ontology(read, {_name(path, root): path for path in read}, asked, tuple(sorted(missing)))


def _names_of(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield the IRIs by which an import may name what a file holds: the ontology's and its version's."""
    for quad in quads:
        named = quad.object if quad.predicate == _VERSION else quad.subject
        if isinstance(named, ox.NamedNode) and (
            quad.predicate == _VERSION or _is_typed(quad, _ONTOLOGY)
        ):
            yield named.value


def _name(path: Path, root: Path | None) -> str:
    shown = path.relative_to(root) if root and path.is_relative_to(root) else path
    return "file:" + quote(shown.as_posix(), safe="/", errors="surrogateescape")


def _guessed(quads: Sequence[ox.Quad]) -> set[str]:
    """Return where each header's terms stand: under its IRI, else under what is nearest to it on the same host."""
    terms = {
        q.subject.value
        for q in quads
        if q.predicate == _TYPE and q.object in _TERMS and isinstance(q.subject, ox.NamedNode)
    }
    typed = Counter(map(_namespace, terms))
    headers = {
        q.subject.value
        for q in quads
        if _is_typed(q, _ONTOLOGY) and isinstance(q.subject, ox.NamedNode)
    }
    if not headers:
        return {namespace for namespace, _ in typed.most_common(1)}
    return {_guess(iri, typed, terms) for iri in headers}


def _guess(iri: str, typed: Counter[str], terms: set[str]) -> str:
    forms = (iri,) if iri.endswith(("#", "/")) else (f"{iri}#", f"{iri}/")
    near = [name for name in typed if _host(name) == _host(iri)]
    found = next((form for form in forms if form in typed), None)
    if found is None and near:
        found = max(sorted(near), key=lambda name: (_steps_in_common(name, iri), typed[name]))
    return _numbered(iri, found, terms) if found else forms[0]


def _host(iri: str) -> str:
    try:
        return urlsplit(iri).netloc
    except ValueError:  # an IRI whose host Python does not take
        return ""


def _numbered(iri: str, namespace: str, terms: set[str]) -> str:
    """Return `.../RO_` for an ontology `.../ro.owl` whose terms are RO_0000052 among BFO_0000050."""
    stem = re.sub(r"[.].*$", "", iri.removeprefix(namespace))
    prefixes = {m[1] for term in terms if (m := _NUMBERED.fullmatch(term.removeprefix(namespace)))}
    own = next((prefix for prefix in sorted(prefixes) if prefix.lower() == f"{stem.lower()}_"), "")
    return namespace + own if len(prefixes) > 1 else namespace


def _steps_in_common(one: str, other: str) -> int:
    pairs = zip(one.split("/"), other.split("/"), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), len(one.split("/")))


def _namespace(iri: str) -> str:
    return re.sub(r"[^#/]*$", "", iri)
