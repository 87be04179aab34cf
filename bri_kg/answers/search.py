"""Search: things, concepts, terms and questions by words of their names, in either language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import zip_longest
from typing import ClassVar, Final

import pyoxigraph as ox

from bri_kg.answers.asked_words import says
from bri_kg.answers.comparison_topics import shared_topics, topics_of
from bri_kg.answers.name_index import RANKS, Match, Name, NameIndex, Reason
from bri_kg.answers.searched_names import class_of, label_in, search_query, searched_names
from bri_kg.answers.word_matching import is_slip, words_of
from bri_kg.dataset.questions import Question
from bri_kg.dataset.release import Release
from bri_kg.dataset.resources import Resources
from bri_kg.errors import UsageError
from bri_kg.names import shorten
from bri_kg.plain import Plain
from bri_kg.stores.selecting import Guarded
from bri_kg.stores.time_limits import to_the_end

NAMED: Final = ("thing", "concept", "term", "question", "comparison")
KINDS: Final = (
    *NAMED,
    "claim",
)  # a claim has no name; its summary is searched where claims are asked for
_KEPT: Final = 4096  # classes of nodes
_FEW: Final = 12  # questions; a term that more read tells little of each


@dataclass(frozen=True)
class Hit(Plain):
    """Something that was found: `node` is its IRI, or the name of a question.

    `label` is its name in the language asked for, `matched` the name that holds the words, and
    `reason` says how: name, alias, that people ask a question so, beginning, words, parts, slip, some
    words, that a comparison is about what was found, or that a question reads a term or concept that
    was. `cls` is its class (of a question: none), with a label where the class has one.
    """

    node: str
    kind: str
    label: str
    matched: str
    reason: Reason
    weight: float
    cls: str | None = None
    cls_label: str | None = None


@dataclass(frozen=True)
class Hits(Plain):
    """What a search found, the best first, and how many there are beside those that are given."""

    also_plain: ClassVar[tuple[str, ...]] = ("truncated",)

    words: str
    hits: tuple[Hit, ...]
    total: int

    @property
    def truncated(self) -> bool:
        """Whether a limit left some out."""
        return len(self.hits) < self.total

    @property
    def nearest(self) -> str | None:
        """The words as what was found spells them, where one of them was a slip of the pen; else None."""
        if {hit.reason for hit in self.hits} != {Reason.SLIP}:
            return None
        known = [word.joined for word in words_of(self.hits[0].matched)]
        asked = [word.joined for word in words_of(self.words)]
        return " ".join(next((k for k in known if is_slip(word, k)), word) for word in asked)

    @property
    def is_partial(self) -> bool:
        """Whether no name holds all of the words, and these hold some of them."""
        reasons = {hit.reason for hit in self.hits} - {Reason.ABOUT}
        return reasons == {Reason.SOME_WORDS}

    def some_of_each(self, most: int) -> Hits:
        """Return the best of each kind, so that many things leave no question out."""
        kinds = dict.fromkeys(hit.kind for hit in self.hits)
        in_turn = zip_longest(*([hit for hit in self.hits if hit.kind == kind] for kind in kinds))
        kept = [hit for turn in in_turn for hit in turn if hit is not None][:most]
        return replace(self, hits=tuple(hit for hit in self.hits if hit in kept))

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]


class Search:
    """The names of a store and of questions, indexed once."""

    @to_the_end()
    def __init__(
        self,
        store: Guarded,
        resources: Resources,
        questions: Mapping[str, Question],
        release: Release | None = None,
    ) -> None:
        """Take the names that the release of the store lists, whose nodes stand under our base; else read them."""
        self._store = store
        self._resources = resources
        self._questions = questions
        known = searched_names(store, resources, questions.values(), release)
        self._labels = dict(known.labels)
        self._index = NameIndex(known.names)
        self._class_of = lru_cache(_KEPT)(partial(class_of, store, resources))

    def find(self, words: str, lang: str, limit: int | None, kinds: Collection[str] | None) -> Hits:
        """Return the best hits; see `KnowledgeGraph.search`."""
        wanted = _kinds(kinds)
        if not any(c.isalnum() for c in words):
            raise UsageError(
                code="BRI150",
                message=f"there is no word in {words!r}",
                fix="give words of a name, in English or Chinese",
            )
        named = self._index.find(words)
        matches = [m for m in named if m.name.kind in wanted]
        if "claim" in wanted:
            matches += self._claims.find(words)
        if "question" in wanted:
            matches += self._asked_as(words)
        best: dict[tuple[str, str], Match] = {}
        for match in sorted(matches, key=_order):
            best.setdefault((match.name.kind, match.name.node), match)
        found = tuple(best.values())
        if "comparison" in wanted:
            for match in self._about(sorted(named, key=_order)):
                best.setdefault((match.name.kind, match.name.node), match)
        if "question" in wanted:
            for match in self._readers(found):
                best.setdefault((match.name.kind, match.name.node), match)
        kept = list(best.values())[:limit]
        return Hits(words, tuple(self._hit(match, lang) for match in kept), len(best))

    def _asked_as(self, words: str) -> Iterator[Match]:
        """Yield the questions that people put in words that stand in these."""
        asked = words_of(words)
        for question in self._questions.values():
            for text in (text for texts in question.asked_as.values() for text in texts):
                if says(asked, text):
                    name = Name(question.name, "question", text, is_label=False)
                    yield Match(name, Reason.ASKED)

    def _about(self, matches: Iterable[Match]) -> Iterator[Match]:
        """Yield the comparisons that are about things and concepts which the words name, in the order of these."""
        for match in matches:
            if match.is_whole or RANKS[match.reason] <= RANKS[Reason.PARTS]:
                for comparison in self._topics.get(match.name.node, ()):
                    name = Name(comparison, "comparison", match.name.text, is_label=False)
                    yield Match(name, Reason.ABOUT)

    @cached_property
    def _topics(self) -> Mapping[str, Sequence[str]]:
        return shared_topics(topics_of(self._store, self._resources))

    def _readers(self, matches: Iterable[Match]) -> list[Match]:
        """Return the questions that read a term or concept that goes by this very name, unless many do."""
        terms = [m for m in matches if m.name.kind in ("term", "concept") and _is_called_so(m)]
        found = []
        for term in terms:
            written = re.compile(re.escape(shorten(term.name.node)) + r"(?![\w-])")
            reading = [q for q in self._questions.values() if written.search(q.query)]
            if len(reading) <= _FEW:
                found += [
                    Match(Name(q.name, "question", q.name, is_label=True), Reason.READS)
                    for q in reading
                ]
        return found

    def _hit(self, match: Match, lang: str) -> Hit:
        name = match.name
        if name.kind == "question":
            label, cls, cls_label = self._questions[name.node].wording(lang), None, None
        else:
            label = label_in(self._labels, name.node, lang) or name.text
            cls, cls_label = self._class_of(name.node, lang)
        return Hit(
            node=name.node,
            kind=name.kind,
            label=label,
            matched=name.text,
            reason=match.reason,
            weight=round(match.weight, 3),
            cls=cls,
            cls_label=cls_label,
        )

    @cached_property
    def _claims(self) -> NameIndex:
        names = []
        for row in self._store.select(search_query(self._resources, "claims"), file="claims.rq"):
            node, summary = str(row.value("node")), row["name"]
            assert isinstance(summary, ox.Literal)
            self._labels.setdefault((node, summary.language or ""), summary.value)
            names.append(Name(node, "claim", summary.value, is_label=True))
        return NameIndex(names)


def _kinds(kinds: Collection[str] | None) -> Collection[str]:
    given = NAMED if kinds is None else (kinds,) if isinstance(kinds, str) else kinds
    for kind in given:
        if kind not in KINDS:
            raise UsageError(
                code="BRI151",
                message=f"a search knows no kind {kind!r}",
                fix="use " + ", ".join(KINDS),
            )
    return given


def _is_called_so(match: Match) -> bool:
    return match.is_whole or RANKS[match.reason] <= RANKS[Reason.ALIAS]


def _order(match: Match) -> tuple[bool, bool, int, bool, float, int, bool, int, str, str]:
    """Return the key to sort by: exact names first, comparisons after things, tags after wordings."""
    name, rank = match.name, RANKS[match.reason]
    return (
        rank > RANKS[Reason.ALIAS],
        name.kind == "comparison",
        rank,
        not match.is_whole,
        -match.weight,
        KINDS.index(name.kind),
        name.kind == "question" and not name.is_label,
        len(name.text),
        name.text,
        name.node,
    )
