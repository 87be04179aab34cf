"""The OWL 2 RL closure of a graph: read, compile, evaluate, and tell what is new and useful.

Here are the rules without a fact to start from: cls-thing and cls-nothing1, eq-ref where axioms
speak of owl:sameAs, dt-type2 where something could ask for it. Not held, since nothing useful
follows: prp-ap and dt-type1 (that annotation properties and datatypes are such).

Axioms may be derived, and terms of axioms become the same as others. Then the axioms are compiled
anew and the rules evaluated again, until neither happens.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.allowance import Allowance
from bri_kg.reasoner.axioms import Axioms, close_axioms
from bri_kg.reasoner.canonical import numbered_by_texts
from bri_kg.reasoner.clashes import find_clashes, watched_by
from bri_kg.reasoner.contradictions import explain
from bri_kg.reasoner.datatypes import datatypes_of, whole_number
from bri_kg.reasoner.equality import Equality
from bri_kg.reasoner.interning import MASK, SHIFT, Edges, Ids, Terms, pack, unpack
from bri_kg.reasoner.novelty import new_edges
from bri_kg.reasoner.results import Contradiction, Inference, Inferred
from bri_kg.reasoner.rules import compile_rules
from bri_kg.reasoner.unsupported import find_unsupported
from bri_kg.reasoner.worklist import Worklist

# Given all imports and what ontologies are called (by IRI or version IRI), returns what else to read, or None.
Follow = Callable[[Sequence[ox.Triple], frozenset[str]], Iterable[ox.Quad] | None]

_XSD = PREFIXES["xsd"]
# cls-thing and cls-nothing1.
_AXIOMATIC: Final = ((v.THING, v.TYPE, v.CLASS), (v.NOTHING, v.TYPE, v.CLASS))


def infer(
    data: Iterable[ox.Quad], ontology: Iterable[ox.Quad] = (), follow: Follow | None = None
) -> Inference:
    """Return what follows by the rules OWL 2 RL/RDF (OWL 2 Profiles §4.3) and is new.

    With `follow`, what it returns for the imports is read too, and asked for its imports in turn.

    Graph names are dropped. Axioms are found wherever they stand, and derived ones count too.
    Literals of one value count as one however they are written (dt-eq), and are returned as they
    are written; that what is said with one could be said with the other is not returned.
    Raises InputError (exit code 3) where more follows than `allowance` lets.
    Left out: literal subjects, axiomatic triples and those of a thing with itself that say
    nothing (x owl:sameAs x), membership in owl:Thing and in anonymous class expressions.
    """
    with _no_garbage_collection():
        terms, edges = Terms(), Edges()
        terms.read(data, edges)
        terms.read(ontology, edges)
        while follow and (more := follow(*_imports(terms, edges))) is not None:
            terms.read(more, edges)
        asserted = Axioms(_axioms(edges))
        allowance = Allowance(sum(map(len, edges.values())))
        run = _evaluate(terms, edges, allowance)
        contradictions: tuple[Contradiction, ...] = ()
        if any(find_clashes(terms, run, asserted, edges)):
            contradictions = _explained(*numbered_by_texts(terms, edges))
        return Inference(
            Inferred(terms.all(), new_edges(terms, edges, run, allowance)),
            contradictions,
            find_unsupported(terms, asserted, edges, run),
            tuple(_open_imports(terms, edges)),
        )


def _explained(terms: Terms, edges: Edges) -> tuple[Contradiction, ...]:
    """Return the contradictions, each with the least of the asserted facts that lead to it.

    Everything is done once more: in the order of the texts, and remembering what set off what.
    """
    asserted = Axioms(_axioms(edges))
    allowance = Allowance(sum(map(len, edges.values())))
    run = _evaluate(terms, edges, allowance)
    traced = _run(terms, run.edges, run.axioms, run.equality, allowance, traced=True)
    clashes = find_clashes(terms, traced, asserted, edges)
    return explain(clashes, terms, asserted, traced, edges)


def _evaluate(terms: Terms, edges: Edges, allowance: Allowance) -> Worklist:
    equality = Equality(terms.same_values())
    for key in edges.get(v.SAME, ()):
        one, other = unpack(key)
        equality.merge(one, other, ((one, v.SAME, other),))
        for term in (one, other):
            for form in equality.forms(term):
                equality.merge(term, form, ())
    found: set[Ids] = set(_AXIOMATIC)
    while True:
        standing = _merged(edges, equality)
        found.update(_axioms(standing))
        axioms = close_axioms(Axioms(_standing(found, equality)), equality.plural())
        standing = _with_axioms(standing, axioms)
        literals = _merged_literals(terms, equality)
        run = _run(terms, standing, axioms, equality, allowance)
        if not run.needs_more and _merged_literals(terms, equality) == literals:
            return run
        found |= run.new_axioms


def _run(
    terms: Terms,
    edges: Edges,
    axioms: Axioms,
    equality: Equality,
    allowance: Allowance,
    *,
    traced: bool = False,
) -> Worklist:
    rules, watched = compile_rules(axioms, _numbers(terms, axioms)), watched_by(axioms)
    spoken_of = rules.watched() | watched
    if v.SAME in spoken_of:
        edges = {**edges, v.SAME: _reflexive(edges)}
    run = Worklist(axioms, rules, edges, equality, watched, allowance, traced=traced)
    merged = _merged_literals(terms, equality)
    run.run(_types_of_literals(terms, rules.asked_for(), merged, all_count=v.TYPE in spoken_of))
    return run


def _reflexive(edges: Edges) -> array[int]:
    """Return everything the same as itself (eq-ref), which counts where axioms speak of owl:sameAs."""
    used = {v.SAME, *edges}
    for keys in edges.values():
        used.update(key & MASK for key in keys)
        used.update(key >> SHIFT for key in keys)
    return array("q", sorted(pack(term, term) for term in used))


def _axioms(edges: Edges) -> Iterator[Ids]:
    for predicate in v.AXIOM_PREDICATES & edges.keys():
        for subject, value in map(unpack, edges[predicate]):
            yield subject, predicate, value
    for subject, value in map(unpack, edges.get(v.TYPE, ())):
        if value in v.AXIOM_CLASSES:
            yield subject, v.TYPE, value


def _imports(terms: Terms, edges: Edges) -> tuple[list[ox.Triple], frozenset[str]]:
    """Return the imports, and what ontologies are called: their IRIs and version IRIs (OWL 2 §3.1)."""
    imports = [_triple(terms, *pair) for pair in sorted(map(unpack, edges.get(v.IMPORTS, ())))]
    ours = {key & MASK for key in edges.get(v.TYPE, ()) if key >> SHIFT == v.ONTOLOGY}
    called = ours.union(key >> SHIFT for key in edges.get(v.VERSION, ()))
    return imports, frozenset(str(getattr(terms.term(number), "value", "")) for number in called)


def _triple(terms: Terms, subject: int, ontology: int) -> ox.Triple:
    return ox.Triple(terms.term(subject), terms.term(v.IMPORTS), terms.term(ontology))  # type: ignore[arg-type]


def _open_imports(terms: Terms, edges: Edges) -> Iterator[ox.Triple]:
    imports = sorted(map(unpack, edges.get(v.IMPORTS, ())))
    described = {key & MASK for keys in edges.values() for key in keys} if imports else set()
    for subject, ontology in imports:
        if ontology not in described:
            yield _triple(terms, subject, ontology)


def _standing(triples: Iterable[Ids], equality: Equality) -> Iterator[Ids]:
    """Yield the triples with one term for all that are the same (eq-rep-s, eq-rep-p, eq-rep-o)."""
    find = equality.find
    return ((find(s), find(p), find(o)) for s, p, o in triples)


def _merged(edges: Edges, equality: Equality) -> Edges:
    if not equality:
        return dict(edges)
    merged: dict[int, set[int]] = {}
    for predicate, keys in edges.items():
        merged.setdefault(equality.find(predicate), set()).update(
            pack(equality.find(key & MASK), equality.find(key >> SHIFT)) for key in keys
        )
    return {predicate: array("q", keys) for predicate, keys in merged.items()}


def _with_axioms(edges: Edges, axioms: Axioms) -> Edges:
    """Put derived axioms among the edges: other axioms may speak of their predicates."""
    for predicate in v.AXIOM_PREDICATES:
        keys = array("q", sorted(pack(s, o) for s, o in axioms.pairs(predicate)))
        if keys:
            edges[predicate] = keys
    derived = {(pack(s, o)) for s, o in axioms.pairs(v.TYPE)}
    if derived.difference(edges.get(v.TYPE, ())):
        edges[v.TYPE] = array("q", sorted(derived.union(edges.get(v.TYPE, ()))))
    return edges


def _numbers(terms: Terms, axioms: Axioms) -> dict[int, Decimal]:
    numbers: dict[int, Decimal] = {}
    for predicate in (v.MAX, v.MAX_QUALIFIED):
        for _, number in axioms.pairs(predicate):
            term = terms.term(number)
            value = whole_number(term) if isinstance(term, ox.Literal) else None
            if value is not None:
                numbers[number] = value
    return numbers


def _types_of_literals(
    terms: Terms, asked: set[int], merged: set[int], *, all_count: bool
) -> Iterator[tuple[int, int]]:
    """Yield the datatypes of literals (dt-type2) that matter.

    These are the datatypes that a rule could ask for, all of a literal that something else is the
    same as (it is in them too: eq-rep-s), and all where axioms speak of rdf:type itself.
    """
    every = terms.all()
    names = (every[number] for number in asked)
    wanted = {
        name.value
        for name in names
        if isinstance(name, ox.NamedNode) and name.value.startswith(_XSD)
    }
    if not (wanted or merged or all_count):
        return
    for number, term in enumerate(every):
        if isinstance(term, ox.Literal):
            whole = all_count or number in merged
            for iri in datatypes_of(term):
                if whole or iri in wanted:
                    yield number, terms.number(ox.NamedNode(iri))


def _merged_literals(terms: Terms, equality: Equality) -> set[int]:
    return {
        member
        for members in equality.classes()
        for member in members
        if isinstance(terms.term(member), ox.Literal)
    }


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pause the collector of cycles: millions of small objects live here, and none is in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
