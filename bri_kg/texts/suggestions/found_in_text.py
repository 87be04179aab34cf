"""All that is suggested for one text: each kind apart, words and places verified, from the left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from bri_kg.names import BRI, TIME
from bri_kg.texts.coverage import sentences
from bri_kg.texts.suggestions.amounts_told import Units, amounts_told
from bri_kg.texts.suggestions.dates_told import dates_told
from bri_kg.texts.suggestions.found_words import Kind, Note, Suggestion, apart, stands
from bri_kg.texts.suggestions.name_matching import Match, NameTree, Word, words_of_text
from bri_kg.texts.suggestions.new_names import Written, fits, introduced, is_no_name, names_written
from bri_kg.texts.suggestions.speakers_told import family_names, speakers_told

Name = tuple[str, str]
_SPEAKING: Final = frozenset(BRI + name for name in ("Person", "Organization", "GovernmentBody"))
_COUNTED_WITHIN: Final = 40  # characters behind an amount


@dataclass(frozen=True)
class Lexicon:
    """What is known and can be found in a text: names of things, of vague times and amounts, of kinds, and units.

    `classes` are those of a thing; `near` returns what is known under nearly a name.
    """

    things: tuple[Name, ...]
    times: tuple[Name, ...]
    amounts: tuple[Name, ...]
    kinds: tuple[Name, ...]
    units: Units
    classes: Mapping[str, frozenset[str]]
    near: Callable[[str], tuple[str, ...]]
    looked_up: int = 200  # new names that are compared with known ones: each takes a while

    @cached_property
    def tree(self) -> NameTree:
        """The names of things."""
        return NameTree(self.things)


def found_in(text: str, lexicon: Lexicon, written: str | None = None) -> list[Suggestion]:
    """Return what is suggested for a text that was written at a date, from the left.

    No two of one kind overlap, and each holds the words that stand at its place.
    """
    words = words_of_text(text)
    matches = list(lexicon.tree.find(text, words))
    new = names_written(text, [(match.begin, match.end) for match in matches])
    spans = [(match.begin, match.end) for match in matches]
    short = introduced(text, [*spans, *((one.begin, one.end) for one in new)])
    entities = _Entities(text, lexicon, matches, new, short)
    dates = _dates(text, lexicon, written, words)
    found = [
        *apart(entities.known()),
        *apart(entities.unknown()),
        *dates,
        *apart(_amounts(text, lexicon, [one.span for one in dates], words)),
        *apart(entities.speakers()),
    ]
    return sorted((one for one in found if stands(text, one)), key=lambda one: (one.begin, one.end))


class _Entities:
    """Known and new names of a text, with the abbreviations that it introduces."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        matches: list[Match],
        new: list[Written],
        short: dict[str, tuple[int, int]],
    ) -> None:
        self.text, self.lexicon, self.new, self.short = text, lexicon, new, short
        self.matches = matches
        nodes = {(match.begin, match.end): match.nodes for match in matches}
        names = {(one.begin, one.end): one for one in new}
        # What an abbreviation stands for in this text: known things, else a new name.
        self.stands_for = {
            abbr: nodes[span]
            for abbr, span in short.items()
            if span in nodes and fits(abbr, text[slice(*span)])
        }
        self.new_for = {abbr: names[span] for abbr, span in short.items() if span in names}
        self.aliases: dict[str, tuple[str, ...]] = {}
        # Known names within the longer name of something else: University of Chinese Academy of Sciences.
        self.held = _held([one for one in new if one.cls and one.cls != "Person"], matches)
        for abbr, one in self.new_for.items():
            self.aliases[one.name] = (*self.aliases.get(one.name, ()), abbr)

    def known(self) -> Iterator[Suggestion]:
        """Yield known names; an abbreviation with all that it can mean, as known and as introduced."""
        held = {id(match) for matches in self.held.values() for match in matches}
        for match in self.matches:
            if id(match) in held:
                continue
            words = self.text[match.begin : match.end]
            meant = self.stands_for.get(words, ())
            own = self.new_for.get(words)
            nodes = tuple(dict.fromkeys((*meant, *match.nodes)))
            notes = [Note.SEVERAL] if len(nodes) > 1 or own else []
            notes += [Note.INTRODUCED] if own or not set(meant) <= set(match.nodes) else []
            yield Suggestion(
                Kind.ENTITY, match.begin, match.end, words, nodes,
                name=own.name if own else None, notes=tuple(notes),
            )  # fmt: skip
        for one in self.new:
            if meant := self.stands_for.get(one.name, ()):
                yield Suggestion(
                    Kind.ENTITY, one.begin, one.end, self.text[one.begin : one.end], meant,
                    notes=(Note.INTRODUCED,),
                )  # fmt: skip

    def unknown(self) -> Iterator[Suggestion]:
        """Yield new names, and their abbreviations under the whole name."""
        looked_up: dict[str, tuple[str, ...]] = {}
        for one in self.new:
            if one.name in self.stands_for:
                continue
            whole = self.new_for.get(one.name, one)
            if whole.name not in looked_up and len(looked_up) < self.lexicon.looked_up:
                looked_up[whole.name] = self.lexicon.near(whole.name)
            near = looked_up.get(whole.name)
            notes = (Note.UNLOOKED,) if near is None else (Note.NEAR,) if near else ()
            yield Suggestion(
                Kind.NEW, one.begin, one.end, self.text[one.begin : one.end], name=whole.name, cls=whole.cls,
                aliases=self.aliases.get(whole.name, ()), near=near or (), notes=notes,
                holds=tuple(dict.fromkeys(n for match in self.held.get(one.begin, ()) for n in match.nodes)),
            )  # fmt: skip

    def speakers(self) -> Iterator[Suggestion]:
        """Yield who is quoted; a family name alone stands for the people of this text who have it."""
        people = {
            (one.begin, one.end): one
            for one in (*self.known(), *self.unknown())
            if self._speaks(one)
        }
        families = self._families(people.values())
        for begin, end in family_names(self.text):
            meant = families.get(self.text[begin:end], ())
            if meant and (begin, end) not in people and not is_no_name(self.text[begin:end]):
                nodes = tuple(dict.fromkeys(node for one in meant for node in one.nodes))
                notes = (Note.SEVERAL,) if len(meant) > 1 else ()
                people[begin, end] = replace(
                    meant[0],
                    begin=begin,
                    end=end,
                    words=self.text[begin:end],
                    nodes=nodes,
                    notes=notes,
                )
        kept = apart(people.values())
        by_span = {one.span: one for one in kept}
        for span, _ in speakers_told(self.text, [one.span for one in kept]):
            yield replace(by_span[span], kind=Kind.SPEAKER)

    def _speaks(self, one: Suggestion) -> bool:
        if one.kind is Kind.NEW:
            return one.cls in ("Person", "Organization")
        return any(self.lexicon.classes.get(node, frozenset()) & _SPEAKING for node in one.nodes)

    def _families(self, people: Iterable[Suggestion]) -> dict[str, tuple[Suggestion, ...]]:
        """Return the people of the text by the first and the last word of their names."""
        found: dict[str, dict[tuple[str, ...], Suggestion]] = {}
        for one in people:
            parts = (one.name or one.words).split()
            is_person = one.cls == "Person" or any(
                BRI + "Person" in self.lexicon.classes.get(node, frozenset()) for node in one.nodes
            )
            if is_person and len(parts) > 1:
                for part in (parts[0], parts[-1]):
                    found.setdefault(part, {}).setdefault(one.nodes or (one.name or "",), one)
        return {part: tuple(ones.values()) for part, ones in found.items()}


def _held(names: list[Written], matches: list[Match]) -> dict[int, tuple[Match, ...]]:
    """Return the known names that stand within longer ones, by where these begin; both are from the left."""
    found: dict[int, tuple[Match, ...]] = {}
    place = 0
    for match in matches:
        while place < len(names) and names[place].end <= match.begin:
            place += 1
        if (
            place < len(names)
            and names[place].begin <= match.begin
            and match.end <= names[place].end
        ):
            begin = names[place].begin
            found[begin] = (*found.get(begin, ()), match)
    return found


def _dates(text: str, lexicon: Lexicon, written: str | None, words: list[Word]) -> list[Suggestion]:
    told = [
        (one.begin, one.end, tuple(TIME + name for name in one.names))
        for one in dates_told(text, written)
    ]
    vague = [(one.begin, one.end, one.nodes) for one in NameTree(lexicon.times).find(text, words)]
    return apart(
        Suggestion(
            Kind.DATE, begin, end, text[begin:end], nodes, notes=(Note.SEVERAL,) if len(nodes) > 1 else ()
        )
        for begin, end, nodes in (*told, *vague)
    )  # fmt: skip


def _amounts(
    text: str, lexicon: Lexicon, dates: list[tuple[int, int]], words: list[Word]
) -> Iterator[Suggestion]:  # fmt: skip
    told = [
        (one.begin, one.end, one.names, one.unit)
        for one in amounts_told(text, lexicon.units, dates)
    ]
    vague = [
        (one.begin, one.end, one.nodes, None) for one in NameTree(lexicon.amounts).find(text, words)
    ]
    kinds = list(NameTree(lexicon.kinds).find(text, words))
    place = 0
    told = sorted([*told, *vague], key=lambda one: one[:2])
    for number, (begin, end, nodes, unit) in enumerate(told):
        while place < len(kinds) and kinds[place].begin < end:
            place += 1
        counted = None
        following = told[number + 1][0] if number + 1 < len(told) else len(text)
        if (
            place < len(kinds)
            and not unit
            and kinds[place].begin < following
            and _is_counted(text[end : kinds[place].begin])
        ):
            counted = kinds[place].nodes[0] if len(kinds[place].nodes) == 1 else None
        notes = (Note.SEVERAL,) if len(nodes) > 1 else ()
        yield Suggestion(
            Kind.AMOUNT, begin, end, text[begin:end], nodes, unit=unit, counted=counted, notes=notes
        )  # fmt: skip


def _is_counted(between: str) -> bool:
    return len(between) <= _COUNTED_WITHIN and not any(
        sign in between for sign in ".,;:!?。，；：\n"
    )


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text and what is suggested in it."""

    begin: int
    end: int
    suggestions: tuple[Suggestion, ...]


def by_sentence(text: str, found: Iterable[Suggestion]) -> list[Sentence]:
    """Return the sentences in which something is suggested, each with what begins in it."""
    waiting = sorted(found, key=lambda one: (one.begin, one.end))
    told, place = [], 0
    for begin, end in sentences(text):
        first = place
        while place < len(waiting) and waiting[place].begin < end:
            place += 1
        if place > first:
            told.append(Sentence(begin, end, tuple(waiting[first:place])))
    if place < len(waiting):
        told.append(Sentence(waiting[place].begin, waiting[-1].end, tuple(waiting[place:])))
    return told
