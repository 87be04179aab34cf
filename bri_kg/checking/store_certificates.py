"""Whether a store holds the release and answers as it should: counts of what it holds, and every stored question.

A certificate holds no times and no address, so that two of the same store are the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.dataset.questions import Question, answered, default_bindings
from bri_kg.errors import BriKgError
from bri_kg.names import IN_STORES
from bri_kg.progress import Progress
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.same_values import compare_rows, said
from bri_kg.sparql.ordering import sorted_by
from bri_kg.stores.known_stores import Departure, KnownStore, known_stores
from bri_kg.stores.selecting import Guarded

_COLUMNS: Final = ("what", "here", "there", "result", "note")
# Where the default graph is the union of all, a triple of two graphs may be found twice. Texts in a language are
# measured too: no store spells these anew, and letters that were read in another encoding are more or fewer.
_BY_PROPERTY: Final = """SELECT ?name (COUNT(*) AS ?number) WHERE {
  { SELECT DISTINCT ?s ?name ?o WHERE { TRIPLES } } } GROUP BY ?name"""
_LETTERS: Final = """SELECT ?name (SUM(STRLEN(STR(?o))) AS ?number) WHERE {
  { SELECT DISTINCT ?s ?name ?o WHERE { TRIPLES FILTER (LANG(?o) != "") } } } GROUP BY ?name"""
_BY_CLAIM: Final = """SELECT ?name (COUNT(*) AS ?number) WHERE {
  { SELECT DISTINCT ?name ?s ?p ?o WHERE { ?name bri:evidence ?passage . GRAPH ?name { ?s ?p ?o } } }
} GROUP BY ?name"""
_PARTS: Final = (
    ("default graph", "triple", _BY_PROPERTY),
    ("graphs of claims", "triple", _BY_CLAIM),
    ("texts in a language", "letter", _LETTERS),
)
_UNKNOWN: Final = KnownStore("a store", "", ())


@dataclass(frozen=True)
class Held:
    """One thing held against the release: what it is here and there, and how the two differ, if they do.

    `kind` is that of the difference: rows, order, columns, answer or counts.
    """

    what: str
    here: str
    there: str
    difference: str = ""
    kind: str = ""
    departure: Departure | None = None

    @property
    def result(self) -> str:
        """same, different, or departure where the difference is one that is known of this store."""
        if not self.difference:
            return "same"
        return "departure" if self.departure else "different"

    def texts(self) -> tuple[str, ...]:
        """Return the cells of its row. Of a departure there is why, and a way round, and no row for example.

        Nor is there a number of other rows: how many Virtuoso adds is not the same in every run.
        """
        known = self.departure
        if known is None:
            return self.what, self.here, self.there, self.result, self.difference
        there = "other rows" if known.difference == "rows" else self.there
        note = f"{known.difference}: {known.why}; {known.way_round}"
        return self.what, self.here, there, self.result, note


@dataclass(frozen=True)
class Certificate:
    """What a store gave: `counts` of what it holds, and `questions` with their answers."""

    server: str
    known: KnownStore
    counts: tuple[Held, ...]
    questions: tuple[Held, ...]

    @property
    def holds(self) -> bool:
        """Whether there is no difference but listed departures."""
        return all(held.result != "different" for held in (*self.counts, *self.questions))

    @property
    def answered(self) -> int:
        """How many questions are answered as here."""
        return sum(held.result == "same" for held in self.questions)

    @property
    def met(self) -> int:
        """How many listed departures were met."""
        return sum(held.result == "departure" for held in self.questions)

    @property
    def verdict(self) -> str:
        """The result in a sentence."""
        answered = f"{self.answered} of {len(self.questions)} questions are answered as here"
        if not self.known.met:
            return answered
        return f"{answered}; {self.met} of {len(self.known.met)} listed departures met"

    def rows(self, *, everything: bool = False) -> Rows:
        """Return what was held against the release: counts, what differs, and with `everything` what does not."""
        shown = [held for held in self.questions if everything or held.difference]
        total = str(len(self.questions))
        result = "same" if self.answered == len(self.questions) else ""
        listed = len(self.known.met)
        departures = f"{self.met} of {listed} listed departures met" if listed else ""
        texts = [
            ("store", "", self.known.name, "", self.server or "it does not tell its version"),
            ("release", f"bri-kg {__version__}", "", "", ""),
            *(held.texts() for held in self.counts),
            ("questions", total, str(self.answered), result, departures),
            *(held.texts() for held in shown),
            *(("to set", "", "", "", setting) for setting in self.known.to_set),
        ]
        return Rows(_COLUMNS, tuple(tuple(map(ox.Literal, row)) for row in texts))


def certify(
    here: Guarded, there: Guarded, questions: Sequence[Question], *, show: bool = False
) -> Certificate:
    """Hold a store against the release `here`: counts by property and by claim, every question with its defaults.

    Raise what the store raises when it cannot be counted.
    """
    known = known_stores().get(there.kind, _UNKNOWN)
    counts = tuple(
        _counted(
            what,
            noun,
            here.select(query.replace("TRIPLES", _triples(()))),
            there.select(query.replace("TRIPLES", _triples(known.own_graphs))),
        )
        for what, noun, query in _PARTS
    )

    def asked() -> Iterator[Held]:
        for question in questions:
            values = default_bindings(question)
            held = _held(
                question.name,
                question.query,
                answered(question, here, values),
                lambda question=question, values=values: answered(question, there, values),  # type: ignore[misc]
            )
            departure = known.met.get(question.name)
            is_listed = departure is not None and departure.difference == held.kind
            yield replace(held, departure=departure if is_listed else None)

    done = tuple(_watched(asked(), len(questions), show=show))
    return Certificate(" ".join(there.server.split()), known, counts, done)


def _triples(own_graphs: Sequence[str]) -> str:
    """Return the pattern of every triple, without those that a store has put in its default graph itself.

    Nor is the note of a load counted, which stands there where the default graph is the union of all.
    """
    ours = f'FILTER (!STRSTARTS(STR(?s), "{IN_STORES}"))'
    if not own_graphs:
        return f"?s ?name ?o {ours}"
    listed = ", ".join(f"<{graph}>" for graph in own_graphs)
    return f"GRAPH ?graph {{ ?s ?name ?o }} {ours} FILTER (?graph NOT IN ({listed}))"


def hold_query(query: str, here: Guarded, there: Guarded) -> Held:
    """Hold the rows of one query there against those here."""
    return _held("query", query, here.select(query), lambda: there.select(query))


def _watched(asked: Iterable[Held], total: int, *, show: bool) -> Iterator[Held]:
    with Progress("comparing", total, "parts", show=show) as progress:
        for number, held in enumerate(asked, start=1):
            progress.reached(number)
            yield held


def _held(what: str, query: str, here: Rows, there: Callable[[], Rows]) -> Held:
    known = _number(len(here), "row")
    try:
        found = there()
    except BriKgError as error:
        why = f": {error.why}" if error.why else ""
        return Held(what, known, "no answer", f"{error.message}{why}", "answer")
    totals = (known, _number(len(found), "row"))
    ordered = sorted_by(query)
    differ = compare_rows(here, found, ordered)
    if not differ:
        return Held(what, *totals)
    if differ.columns:
        return Held(what, *totals, "the columns differ", "columns")
    if differ.order:
        return Held(what, *totals, f"the order differs, by {', '.join(ordered)}", "order")
    parts = (
        f"{_number(len(rows), 'row')} {where} alone, such as {said(rows[0])}"
        for where, rows in (("here", differ.only_first), ("there", differ.only_second))
        if rows
    )
    return Held(what, *totals, "; ".join(parts), "rows")


def _counted(what: str, noun: str, here: Rows, there: Rows) -> Held:
    """Hold counts by name against each other; what only the store has counts too."""
    one, other = (
        {str(row.value("name")): int(str(row.value("number"))) for row in rows}
        for rows in (here, there)
    )
    differing = sorted(
        name for name in one.keys() | other.keys() if one.get(name) != other.get(name)
    )
    totals = [_number(sum(counts.values()), noun) for counts in (one, other)]
    if not differing:
        return Held(what, totals[0], totals[1])
    first = differing[0]
    difference = (
        f"{_number(len(differing), 'count')}, such as of {first}: "
        f"{one.get(first, 0)} here, {other.get(first, 0)} there"
    )
    return Held(what, totals[0], totals[1], difference, "counts")


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
