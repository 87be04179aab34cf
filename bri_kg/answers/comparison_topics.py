"""What comparisons are about: what most of their claims name as subject, count, or hold to be of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bri_kg.answers.kept_claims import KeptClaims
from bri_kg.answers.model import Named
from bri_kg.answers.scope import Ground, iri, names_of
from bri_kg.dataset.resources import Resources
from bri_kg.plain import Plain
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Guarded


@dataclass
class _Named:
    """The claims of one comparison that name a topic, and how closely the closest of them does."""

    claims: set[str] = field(default_factory=set)
    closeness: int = 9


Topics = Mapping[str, Mapping[str, _Named]]
"""Of each comparison its topics."""


@dataclass(frozen=True)
class Together(Plain):
    """Comparisons about one topic; those that share theirs with no other stand together without one."""

    topic: Named | None
    comparisons: tuple[str, ...]


def by_topic(ground: Ground, comparisons: Iterable[str]) -> tuple[Together, ...]:
    """Return these comparisons by topic, in their order: the topic that most are about first."""
    topics = topics_once(ground.store, ground.resources, ground.kept).main
    found: dict[str, list[str]] = {}
    given = tuple(comparisons)
    for one in given:
        found.setdefault(topics.get(one, ""), []).append(one)
    names = names_of(ground, found)
    several = {topic: of for topic, of in found.items() if topic and len(of) > 1}
    alone = tuple(one for one in given if topics.get(one, "") not in several)
    together = [
        Together(names.named(topic), tuple(of))
        for topic, of in sorted(several.items(), key=lambda item: -len(item[1]))
    ]
    return (*together, *((Together(None, alone),) if alone else ()))


@dataclass(frozen=True)
class Topical:
    """The topic of each comparison, and the comparisons that are about each topic."""

    main: Mapping[str, str]
    shared: Mapping[str, tuple[str, ...]]


def topics_once(store: Guarded, resources: Resources, kept: KeptClaims | None) -> Topical:
    """Return what every comparison in a store is about; where that is kept, it is looked for once."""

    def made() -> Topical:
        found = topics_of(store, resources)
        return Topical(main_topics(found), shared_topics(found))

    return made() if kept is None else kept.once("topics", made)


def topics_of(store: Guarded, resources: Resources) -> Topics:
    """Return the topics of every comparison in a store."""
    file = resources.queries / "answers" / "comparison-topics.rq"
    found: dict[str, dict[str, _Named]] = {}
    for row in store.select(read_text(file, "a stored query"), file=str(file)):
        of = found.setdefault(iri(row["comparison"]), {})
        named = of.setdefault(iri(row["topic"]), _Named())
        named.claims.add(iri(row["claim"]))
        closeness = row.value("closeness")
        named.closeness = min(named.closeness, closeness if isinstance(closeness, int) else 9)
    return found


def main_topics(topics: Topics) -> dict[str, str]:
    """Return the topic of each comparison: what most of its claims name, and the closest and commonest of these."""
    everywhere = Counter(topic for of in topics.values() for topic in of)
    return {
        comparison: min(of, key=lambda t: (-len(of[t].claims), of[t].closeness, -everywhere[t], t))
        for comparison, of in topics.items()
        if of
    }


def shared_topics(topics: Topics) -> dict[str, tuple[str, ...]]:
    """Return the comparisons that are about each topic, which two of their claims or more name."""
    found: dict[str, list[str]] = {}
    for comparison, of in topics.items():
        for topic, named in of.items():
            if len(named.claims) > 1:
                found.setdefault(topic, []).append(comparison)
    return {topic: tuple(sorted(about)) for topic, about in found.items()}
