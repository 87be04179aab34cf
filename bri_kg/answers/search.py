"""Search: things, concepts, terms and questions by words of their names, in either language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final

import pyoxigraph as ox

from bri_kg.answers.asked_words import says
from bri_kg.answers.name_index import RANKS, Match, Name, NameIndex, Reason
from bri_kg.answers.word_matching import words_of
from bri_kg.dataset.name_list import Named, names_in
from bri_kg.dataset.question_tags import tag_name
from bri_kg.dataset.questions import Question
from bri_kg.dataset.release import Release
from bri_kg.dataset.resources import Resources
from bri_kg.errors import UsageError
from bri_kg.names import is_named_here, shorten
from bri_kg.plain import Plain
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Guarded

NAMED: Final = ("thing", "concept", "term", "question", "comparison")
KINDS: Final = (
    *NAMED,
    "claim",
)  # a claim has no name; its summary is searched where claims are asked for
_LABELS: Final = ("prefLabel", "label")
_FEW: Final = 12  # questions; a term that more read tells little of each


@dataclass(frozen=True)
class Hit(Plain):
    """Something that was found: `node` is its IRI, or the name of a question.

    `label` is its name in the language asked for, `matched` the name that holds the words, and
    `reason` says how: name, alias, that people ask a question so, beginning, words, parts, slip, some
    words, or that a question reads a term or concept that was found. `cls` is its class (of a question: none),
    with a label where the class has one.
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

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]


class Search:
    """The names of a store and of questions, indexed once."""

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
        self._labels: dict[tuple[str, str], str] = {}
        given = release.name_list()["names"] if release else names_in(store, resources)
        names = [n for n in self._read(given) if not release or is_named_here(n.node)]
        self._index = NameIndex([*names, *_names_of_questions(questions.values())])

    def find(self, words: str, lang: str, limit: int | None, kinds: Collection[str] | None) -> Hits:
        """Return the best hits; see `KnowledgeGraph.search`."""
        wanted = _kinds(kinds)
        if not any(c.isalnum() for c in words):
            raise UsageError(
                code="BRI150",
                message=f"there is no word in {words!r}",
                fix="give words of a name, in English or Chinese",
            )
        matches = [m for m in self._index.find(words) if m.name.kind in wanted]
        if "claim" in wanted:
            matches += self._claims.find(words)
        if "question" in wanted:
            matches += self._asked_as(words)
        best: dict[tuple[str, str], Match] = {}
        for match in sorted(matches, key=_order):
            best.setdefault((match.name.kind, match.name.node), match)
        if "question" in wanted:
            for match in self._readers(best.values()):
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

    def _read(self, names: Iterable[Named]) -> Iterator[Name]:
        known_as: dict[str, str] = {}
        for node, naming, text, language, kind in names:
            is_label = naming.endswith(_LABELS)
            if is_label:
                self._labels.setdefault((node, language), text)
            yield Name(node, kind, text, is_label)
            if kind == "term" or is_named_here(node, "source/"):
                known_as[node] = kind
        for node, kind in known_as.items():  # isFoundedBy, cas-decade
            yield Name(node, kind, re.split("[#/]", node)[-1], is_label=False)

    def _hit(self, match: Match, lang: str) -> Hit:
        name = match.name
        if name.kind == "question":
            label, cls, cls_label = self._questions[name.node].wording(lang), None, None
        else:
            known = (self._labels.get((name.node, tag)) for tag in (lang, "en", "zh", ""))
            label = next((text for text in known if text), name.text)
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

    def _class_of(self, node: str, lang: str) -> tuple[str | None, str | None]:
        values = _terms(node=ox.NamedNode(node), lang=ox.Literal(lang))
        rows = self._store.select(self._query("classes"), values, file="classes.rq", limit=1)
        for row in rows:
            label = row.value("label")
            return str(row.value("class")), None if label is None else str(label)
        return None, None

    @cached_property
    def _claims(self) -> NameIndex:
        names = []
        for row in self._store.select(self._query("claims"), file="claims.rq"):
            node, summary = str(row.value("node")), row["name"]
            assert isinstance(summary, ox.Literal)
            self._labels.setdefault((node, summary.language or ""), summary.value)
            names.append(Name(node, "claim", summary.value, is_label=True))
        return NameIndex(names)

    def _query(self, name: str) -> str:
        return read_text(self._resources.queries / "search" / f"{name}.rq", "a query of the search")


def _terms(**values: ox.NamedNode | ox.Literal) -> dict[str, ox.NamedNode | ox.Literal]:
    return values


def _names_of_questions(questions: Iterable[Question]) -> Iterator[Name]:
    for question in questions:
        for text in (question.name, question.summary, question.summary_zh):
            yield Name(question.name, "question", text, is_label=True)
        for text in (text for texts in question.asked_as.values() for text in texts):
            yield Name(question.name, "question", text, is_label=False)
        for tag in question.tags:
            for text in dict.fromkeys((tag, tag_name(tag, "zh"))):
                yield Name(question.name, "question", text, is_label=False)


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
