"""The function that is run over each part of a corpus: what it is told, in; quads, findings and what may cross, out.

It is pure: bytes come in, lines and rows go out, nothing is kept. What a part owns (its subjects)
is told nowhere else, so that its own lines are final; all other lines are rows, for whoever joins them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.checks import Check, run_check
from bri_kg.checking.pairs import Found, find_pairs
from bri_kg.checking.retired_terms import retired_terms
from bri_kg.checking.unknown_terms import terms_in
from bri_kg.checking.validation import rule_of
from bri_kg.corpus.common_ground import OF_A_PART, CommonGround
from bri_kg.corpus.shapes_of_part import results_in_part
from bri_kg.dataset import closure
from bri_kg.dataset.assembly import closable, links, values_named
from bri_kg.dataset.projection import facts_of_claims, notes_on, run_rules
from bri_kg.findings import Finding
from bri_kg.names import PREFIXES, QUANTITY, TIME, split_passage
from bri_kg.shacl import as_findings
from bri_kg.stores.memory import Store

# What is told as a claim, wherever answers are given (queries/answers/standing.rq).
_CLAIMS: Final = """SELECT DISTINCT ?claim WHERE { ?claim bri:factuality ?factuality ; a ?class .
  ?class rdfs:subClassOf bri:Claim . FILTER (?class != bri:Claim) }"""
_REPLACED_BY: Final = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")

Row = tuple[str, ...]
Nodes = AbstractSet[ox.NamedNode | ox.BlankNode | ox.Triple]


@dataclass(frozen=True)
class Part:
    """What one part is told, as N-Triples, and what stands elsewhere and counts here, `beside` it.

    `sources` are the sources of which the passages are its own; of those that are `split`, some passages are:
    those told, and those that are `named` though nothing describes them.
    """

    told: bytes
    beside: bytes = b""
    sources: frozenset[str] = frozenset()
    split: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What follows from a part. Lines are N-Quads and final; rows are by table, and may cross parts."""

    asserted: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    rows: dict[str, list[Row]] = field(default_factory=dict)


def work_on(ground: CommonGround, part: Part, lang: str = "en") -> Outcome:
    """Return what follows from a part over the common ground."""
    told, beside = _read(part.told), _read(part.beside)
    own = {quad.subject for quad in told}
    asserted, store = _asserted(ground, told, beside)

    def is_own(node: object) -> bool:
        if node in own or not isinstance(node, ox.NamedNode):
            return node in own
        source, mark, _ = node.value.partition("#")
        # What looks like a passage of a source that is split, and is none, is nobody's.
        is_nobodys = bool(mark) and source in part.split and split_passage(node.value) is None
        return source in part.sources or node.value in part.named or is_nobodys

    # What follows from the name of a value follows wherever it is named.
    subjects = {quad.subject for quad in asserted}
    values = {node for node in subjects if _is_value(node)}
    kept = {node for node in subjects if is_own(node)}
    shared = {quad for quad in asserted if quad.subject in values and quad not in told}
    mine = {quad for quad in asserted if quad.subject in kept and quad not in shared}
    # Of passages of other sources, what their names say: a fact may put them where no passage can be.
    cited = {quad for quad in asserted - mine if _is_passage(quad.subject)}
    here = {*mine, *shared, *cited}
    facts = {q for q in facts_of_claims(store, ground.resources) if _is_fact_of(q, own)}
    plain = {quad for quad in facts if isinstance(quad.graph_name, ox.DefaultGraph)}
    findings = [*retired_terms(mine, store.quads.quads_for_pattern(None, _REPLACED_BY, None))]
    findings += _checked(ground.checks, store, "claims", lang)
    store.add(facts)
    findings += _checked(ground.checks_of_facts, store, "facts", lang)
    rows = closed(ground, closable(here, facts), here | plain, own, store)
    rows["of_values"] = [(f"{quad} .",) for quad in shared]
    rows["facts"] = [(*_texts(quad), "") for quad in plain]
    rows["facts"] += [(*_texts(quad), str(quad.graph_name)) for quad in facts - plain]
    rows["uses"] = list(_uses(mine, ground.described | _described(asserted) | _described(beside)))
    hidden = {quad.subject for quad in beside} - own

    def is_told_here(focus: object) -> bool:
        return is_own(focus) or (_is_value(focus) and focus not in hidden)

    findings = [f for f in findings if f.focus is not None and is_told_here(ox.NamedNode(f.focus))]
    findings = [_with_rule(ground, store, finding) for finding in findings]
    found = results_in_part(ground.shapes, asserted, (*ground.quads, *beside), is_told_here)
    findings += as_findings(found, lang)
    rows["findings"] = [(as_row(finding),) for finding in findings]
    return Outcome(
        tuple(sorted(map(_line, mine))),
        tuple(sorted(_line(quad) for quad in facts - plain)),
        rows,
    )


def _asserted(
    ground: CommonGround, told: set[ox.Quad], beside: set[ox.Quad]
) -> tuple[set[ox.Quad], Store]:
    """Return what a part asserts, and a store with this, the ground and what stands beside."""
    asserted = told | values_named((*told, *beside)) | ground.values
    store = Store([*ground.quads, *asserted, *beside])
    found = links(store, ground.resources)
    store.add(found)
    return asserted | found, store


def closed(
    ground: CommonGround,
    given: Iterable[ox.Quad],
    typed: Collection[ox.Quad],
    own: Nodes,
    store: Store | None = None,
) -> dict[str, list[Row]]:
    """Return as rows what follows from `given`, and the superclasses of what is `typed`, as `store` holds it."""
    given = list(given)
    known = {*ground.quads, *typed}
    store = store or Store(known)
    inference = closure.infer([*ground.quads, *given])
    kept, waiting = closure.useful([*ground.quads, *given], inference.inferred)
    here = {quad.subject for quad in typed}
    types = run_rules(store, ground.resources.query_files("closure"))
    new = {*kept, *(q for q in types if q.subject in here)} - known - ground.inferred
    derived = [ox.Quad(t.subject, t.predicate, t.object) for t in inference.inferred]
    return {
        "inferred": [_texts(quad) for quad in new],
        "waiting": [_texts(quad) for quad in waiting if quad not in known],
        "edges": [_texts(q) for q in {*given, *derived} if q.predicate in ground.transitive],
        "kinds": list(_kinds(ground, given, derived, own)),
        "troubled": [
            (text,)
            for contradiction in inference.contradictions
            if contradiction.message not in ground.contradictions
            for fact in contradiction.facts
            for text in (str(fact.subject), str(fact.object))
        ],
    }


def looked_at(
    ground: CommonGround, part: Part, names: frozenset[str], room: str, lang: str = "en"
) -> list[Row]:
    """Return what checks find in a bucket: a part of which only these checks are asked.

    For checks on facts, `part.beside` may hold facts.
    """
    _, store = _asserted(ground, _read(part.told), _read(part.beside))
    checks = ground.checks if room == "claims" else ground.checks_of_facts
    return [
        (as_row(finding),)
        for check in checks
        if check.name in names
        for finding in run_check(check, store, room, lang, check.severity)
    ]


def paired(ground: CommonGround, part: Part, key: str) -> list[Found]:
    """Return the pairs of claims that checks of a key find worth a comparison."""
    _, store = _asserted(ground, _read(part.told), _read(part.beside))
    found = [
        one for check in ground.candidates if check.key == key for one in find_pairs(check, store)
    ]
    claims = {str(row.value("claim")) for row in store.select(_CLAIMS)} if found else set()
    return [one for one in found if claims.issuperset(one.pair)]


def noted(ground: CommonGround, claims: bytes, facts: bytes) -> list[ox.Quad]:
    """Return the notes on facts, given in the graphs of all claims that say them, with what is told of these claims."""
    return sorted(
        notes_on({*ground.quads, *_read(claims)}, _read(facts), ground.resources), key=str
    )


def contradicted(ground: CommonGround, premises: Iterable[ox.Quad]) -> list[str]:
    """Return the contradictions to which these premises lead, in words."""
    inference = closure.infer([*ground.quads, *premises])
    return [c.message for c in inference.contradictions if c.message not in ground.contradictions]


def as_row(finding: Finding) -> str:
    """Return a finding as one line of JSON, the same for the same finding."""
    return json.dumps(finding.to_dict(), ensure_ascii=True, sort_keys=True)


def _read(lines: bytes) -> set[ox.Quad]:
    return set(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def _line(quad: ox.Quad) -> str:
    return f"{quad} .\n"


def _texts(quad: ox.Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)


def _is_value(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith((QUANTITY, TIME))


def _is_passage(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and "#char=" in node.value


def _is_fact_of(fact: ox.Quad, own: Nodes) -> bool:
    return isinstance(fact.graph_name, ox.DefaultGraph) or fact.graph_name in own


def _described(quads: Iterable[ox.Quad]) -> set[object]:
    return {quad.subject for quad in quads}


def _uses(mine: Iterable[ox.Quad], known: AbstractSet[object]) -> Iterator[Row]:
    """Yield the terms that nothing here describes: term, whether as a word, subject, and the least line of these."""
    least: dict[tuple[str, str, str], str] = {}
    for quad in mine:
        value = quad.object
        is_known = not isinstance(value, ox.NamedNode) or value in known
        if (is_known and quad.predicate in known) or not isinstance(quad.subject, ox.NamedNode):
            continue
        line, subject = str(quad), quad.subject.value
        for term, is_word in terms_in(quad):
            if ox.NamedNode(term) not in known:
                key = (term, str(int(is_word)), subject)
                least[key] = min(least.get(key, line), line)
    return ((*key, line) for key, line in least.items())


def _kinds(
    ground: CommonGround,
    given: Iterable[ox.Quad],
    derived: Iterable[ox.Quad],
    own: Nodes,
) -> Iterator[Row]:
    """Yield node and class where the class is apart from another.

    Left out is what follows from the types that a node of this part is told: these are known elsewhere.
    """
    apart = {cls for pair in ground.apart for cls in pair}
    told: dict[object, set[str]] = {}
    for quad in given:
        if quad.predicate == _TYPE and quad.subject in own:
            told.setdefault(quad.subject, set()).add(str(quad.object))
    above: dict[str, set[str]] = {}
    for lower, upper in ground.above:
        above.setdefault(lower, set()).add(upper)
    for quad in {*given, *derived}:
        cls = str(quad.object)
        if quad.predicate != _TYPE or cls not in apart:
            continue
        types = told.get(quad.subject, ())
        if not any(cls == one or cls in above.get(one, ()) for one in types):
            yield str(quad.subject), cls


def _with_rule(ground: CommonGround, store: Store, finding: Finding) -> Finding:
    """Return a finding on facts with the rule at fault, unless the claim is."""
    of_rules = {check.name for check in ground.checks_of_facts if check.blames != "claim"}
    if finding.stage != "facts" or finding.code not in of_rules:
        return finding
    rule = rule_of(store, ground.resources, finding.focus)
    if rule is None:
        return replace(finding, file=None, line=None)
    return replace(finding, file=ground.resources.in_layer(Path(rule)).as_posix(), line=1)


def _checked(checks: Iterable[Check], store: Store, room: str, lang: str) -> Iterator[Finding]:
    for check in checks:
        if check.key in OF_A_PART:
            yield from run_check(check, store, room, lang, check.severity)
