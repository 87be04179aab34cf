"""Known mistakes for a valid graph: which node is broken, and which shape must say so."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pyoxigraph as ox

from bri_kg.names import BRI, PREFIXES, SHAPES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SKOS = PREFIXES["skos"]
Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Violation:
    """A node that is broken, how, and the shape that reports it."""

    kind: str
    focus: str
    shape: str
    HEADER: ClassVar[str] = "kind\tfocus\tshape\n"

    def __str__(self) -> str:
        return f"{self.kind}\t{self.focus}\t{self.shape}"


@dataclass(frozen=True)
class Mistake:
    """A way to break a node of a class: `change` maps an old value to a new one, or to none."""

    kind: str
    cls: str
    predicate: str
    shape: str
    change: Callable[[Term], Term | None]
    also: bool = False
    """Keep the old value beside the new one."""


def _gone(value: Term) -> None:
    return None


def _to(value: Term) -> Callable[[Term], Term]:
    return lambda _: value


def _without_chinese(value: Term) -> Term | None:
    return None if isinstance(value, ox.Literal) and value.language == "zh" else value


_NO_CONCEPT = ox.NamedNode(PREFIXES["bri-rank"] + "normal")
_OTHER_RANK = ox.NamedNode(PREFIXES["bri-rank"] + "preferred")
MISTAKES = (
    Mistake("claim without evidence", "*Claim", BRI + "evidence", "Claim-evidence", _gone),
    Mistake(
        "claim of two ranks", "*Claim", BRI + "rank", "Claim-rank", _to(_OTHER_RANK), also=True
    ),
    Mistake(
        "factuality that is a rank",
        "*Claim",
        BRI + "factuality",
        "Claim-factuality",
        _to(_NO_CONCEPT),
    ),
    Mistake(
        "open list that is a word",
        "*Claim",
        BRI + "openList",
        "Claim-openList",
        _to(ox.Literal("yes")),
    ),
    Mistake(
        "statement without summary",
        "StatementClaim",
        BRI + "summary",
        "StatementClaim-summary",
        _gone,
    ),
    Mistake("name claim without name", "NameClaim", BRI + "name", "NameClaim-name", _gone),
    Mistake(
        "count of nothing", "QuantityClaim", BRI + "countedKind", "QuantityClaim-countedKind", _gone
    ),
    Mistake(
        "group without a Chinese label",
        "ActorGroup",
        _SKOS + "prefLabel",
        "Actor-label",
        _without_chinese,
    ),
    Mistake(
        "organization of unknown origin",
        "Organization",
        PREFIXES["dcterms"] + "source",
        "Actor-source",
        _gone,
    ),
    Mistake("passage that is not sealed", "Passage", BRI + "sha256", "Passage-sha256", _gone),
    Mistake(
        "digest of wrong form", "Source", BRI + "sha256", "Source-sha256", _to(ox.Literal("none"))
    ),
    Mistake(
        "comparison without a reason", "Comparison", BRI + "reason", "Comparison-reason", _gone
    ),
)


def break_some(
    quads: Sequence[ox.Quad], count: int, seed: str
) -> tuple[list[ox.Quad], list[Violation]]:
    """Return the quads with `count` nodes broken, or as many as there are, and the list of them."""
    draw = random.Random(f"{seed}/violations")
    described: dict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.DefaultGraph):
            described[quad.subject].append(quad)
    candidates = {mistake.kind: _candidates(mistake, described) for mistake in MISTAKES}
    made: list[Violation] = []
    removed: set[ox.Quad] = set()
    added: list[ox.Quad] = []
    broken: set[ox.NamedNode] = set()
    kinds = list(MISTAKES)
    while len(made) < count and kinds:
        mistake = kinds[len(made) % len(kinds)]
        free = [node for node in candidates[mistake.kind] if node not in broken]
        if not free:
            kinds.remove(mistake)
            continue
        node = draw.choice(free)
        broken.add(node)
        for quad in described[node]:
            if quad.predicate.value == mistake.predicate:
                assert isinstance(quad.object, ox.NamedNode | ox.Literal)
                new = mistake.change(quad.object)
                if new != quad.object and not mistake.also:
                    removed.add(quad)
                if new is not None and new != quad.object:
                    added.append(ox.Quad(node, quad.predicate, new))
        made.append(Violation(mistake.kind, node.value, SHAPES + mistake.shape))
    return sorted({*quads, *added} - removed, key=str), made


def _candidates(
    mistake: Mistake, described: dict[ox.NamedNode, list[ox.Quad]]
) -> list[ox.NamedNode]:
    found = []
    for node, quads in described.items():
        names = {q.object.value.removeprefix(BRI) for q in quads if q.predicate == _TYPE}  # type: ignore[union-attr]
        fits = any(
            n == mistake.cls or (mistake.cls == "*Claim" and n.endswith("Claim")) for n in names
        )
        old = [q.object for q in quads if q.predicate.value == mistake.predicate]
        if fits and old and _OTHER_RANK not in old:
            found.append(node)
    return found
