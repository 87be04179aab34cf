"""What is said of a thing, for people: what it is, facts with passages, counts, plans, gaps, comparisons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import partial

from bri_kg.answers.claim_sentences import said
from bri_kg.answers.claim_words import (
    BULLET,
    gap_word,
    listed,
    mark,
    name,
    shades,
    verb,
    without_gap,
    worded,
)
from bri_kg.answers.description_model import (
    Count,
    Description,
    FactGroup,
    Gap,
    Identifier,
    StatedFact,
)
from bri_kg.answers.face_words import (
    AHEAD,
    ALSO_SAID,
    AND,
    BASES,
    COMPARED,
    COUNTS,
    FACTS,
    LEFT_OPEN,
    NAMES,
    NOT_YET,
    PROPERTIES,
    SILENCED,
    STANCES,
    THEN,
    Both,
)
from bri_kg.answers.identifiers import registered
from bri_kg.answers.model import Claim, Comparison, Fact, Named, Node
from bri_kg.answers.rivals import differing, rivals_of_fact
from bri_kg.cli.show.cited import Cited
from bri_kg.cli.show.commands_shown import command_line
from bri_kg.cli.show.explained import MORE, WHY, closed, closing_lines
from bri_kg.cli.show.fact_order import Item, fact_items
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.side_by_side import Cell, beside, fill, in_turn, indented, packed, with_tail
from bri_kg.names import shorten

BUDGET = 72  # three screens of 24 lines
_IDS: Both = ("ids", "标识符")
_IS: Both = ("is", "定义")
_FROM: Both = ("from", "出处")
_CLOSE: Both = ("{text} (close)", "{text}（相近）")
_KINDS: Both = ("{title}  ({kinds})", "{title}（{kinds}）")
_MORE_OF: Both = ("{more} ({of})", "{more}（{of}）")
_DIFFERS: Both = ("{text} (differs)", "{text}（有差异）")
_ABOUT_DIFFERS: Both = ("(differs): ", "（有差异）：")
_EDITORS: Both = ("not known to the editors", "编者未能查明")
_CLOSE_MATCH = "http://www.w3.org/2004/02/skos/core#closeMatch"


def description_lines(
    page: Page,
    given: Description,
    *,
    everything: bool = False,
    limit: int | None = None,
    asked: Sequence[str] = (),
) -> list[str]:
    """Return a description as lines: three screens of it, or all; `asked` is the command, for what shows all."""
    whole = _Described(page, given)
    closing = closing_lines(page, asked)
    room = None if everything else BUDGET - len(closing)
    return closed(fill(whole.items(), whole.render, room, limit), closing)


@dataclass(frozen=True)
class _Described:
    """A description with all that it could show."""

    page: Page
    given: Description

    def items(self) -> list[Item]:
        """Return the identities of what is shown or left out together, what matters most first."""
        given = self.given
        counts, plans, gaps, said, silenced, triples, compared = (
            [(id(one),) for one in of]
            for of in (
                given.quantities, sorted(self._ahead(), key=_size), given.left_open, given.statements,
                given.silenced, given.triples, differing(self.given),
            )
        )  # fmt: skip
        core, facts = fact_items(given.facts)
        thirds = (facts[start::3] for start in range(3))
        first = [*core, *facts[:1], *counts[:1], *plans[:1], *gaps[:1]]
        rest = [
            *in_turn(*thirds, counts, plans),
            *in_turn(gaps, compared, said, silenced),
            *triples,
        ]
        return list(dict.fromkeys([*first, *rest]))

    def render(self, items: frozenset[Item]) -> list[str]:
        """Return the lines of what is shown, and how much is not."""
        cited = Cited()
        shown = frozenset(one for item in items for one in item)
        return [
            *self._head(),
            *self._claim(cited),
            *self._facts(cited, shown),
            *self._counts(cited, shown),
            *self._claims(cited, shown, ALSO_SAID, self.given.statements),
            *self._planned(cited, shown),
            *self._claims(cited, shown, SILENCED, self.given.silenced),
            *self._left_open(cited, shown),
            *self._triples(shown),
            *self._compared(shown),
            *cited.source_lines(self.page),
        ]

    def _ahead(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.given.ahead if claim != self.given.claim)

    def _head(self) -> Iterator[str]:
        thing = self.given.thing
        preferred = [one.text for one in self.given.names if one.kind == "preferred"]
        own = list(dict.fromkeys([name(thing), *map(without_gap, preferred)]))
        *first, last = own
        kinds = listed(self.page, self.given.types)
        last = self.page.say(_KINDS, title=last, kinds=kinds) if kinds else last
        yield from packed(self.page, (*first, last), "  ")
        yield from beside(self.page, self._about(own))

    def _about(self, own: list[str]) -> Iterator[tuple[str, Cell]]:
        say, given = self.page.say, self.given
        if given.definition:
            yield say(_IS), _text(given.definition.value)
        names = [without_gap(one.text) for one in given.names]
        others = [text for text in names if text not in own]
        if others:
            yield say(NAMES), _text(say(THEN).join(dict.fromkeys(others)))
        if given.identifiers:
            yield say(_IDS), _text(say(THEN).join(map(self._identifier, given.identifiers)))
        if given.references:
            yield (
                say(_FROM),
                _text(say(THEN).join(name(Named(r.iri, r.label)) for r in given.references)),
            )
        for one in given.compared:
            if one.iri == given.thing.iri and one.reason:
                yield say(WHY), _text(one.reason.value)
        if shorten(given.thing.iri) not in own:
            yield "IRI", _text(shorten(given.thing.iri))

    def _identifier(self, one: Identifier) -> str:
        text = registered(one)
        if not isinstance(one.value, Named):
            text = f"{name(one.property)} {text}"
        return self.page.say(_CLOSE, text=text) if one.property.iri == _CLOSE_MATCH else text

    def _claim(self, cited: Cited) -> Iterator[str]:
        claim = self.given.claim
        if claim is None:
            return
        yield ""
        yield from indented(self.page, 2, partial(_own, cited=cited, claim=claim))

    def _facts(self, cited: Cited, shown: frozenset[int]) -> Iterator[str]:
        cells: list[tuple[str, Cell]] = []
        left_out: Counter[str] = Counter()
        contested: list[StatedFact] = []
        for group in self.given.facts:
            label = verb(self.page, group.property, inverse=group.inverse)
            wanted = [one for one in group.facts if id(one) in shown]
            contested += [one for one in wanted if self._differs(one)]
            if wanted:
                cells.append((label, self._group(cited, group, wanted)))
            else:
                left_out[label] += len(group.facts)
        if self.given.facts:
            lines = beside(self.page, cells)
            if contested:
                fact = contested[0].fact
                lines += indented(self.page, 2, partial(self._about_differs, fact=fact))
            yield from self._section(FACTS, lines, self._more(left_out))

    def _about_differs(self, page: Page, *, fact: Fact) -> list[str]:
        ends = [shorten(self.given.thing.iri), "NAME"]
        subject, other = ends if fact.subject == self.given.thing else ends[::-1]
        prop = shorten(fact.predicate.iri).removeprefix("bri:")
        command = command_line(page.lang, "explain", subject, prop, other)
        return packed(page, (page.say(_ABOUT_DIFFERS), command), "")

    def _differs(self, one: StatedFact) -> bool:
        """Return whether a claim of the fact is held against another of its two ends that differs."""
        return bool(rivals_of_fact(self.given, one))

    def _group(self, cited: Cited, group: FactGroup, facts: Sequence[StatedFact]) -> Cell:
        left_out = len(group.facts) - len(facts)

        def told(page: Page) -> list[str]:
            lines: list[str] = []
            for one in facts:
                value = one.fact.subject if group.inverse else one.fact.object
                text = name(worded(value, one.claims))
                text = page.say(_DIFFERS, text=text) if self._differs(one) else text
                if one.basis == "claims":
                    lines += cited.told(page, page.lines(text), one.passages)
                else:
                    lines += with_tail(page, text, f"[{page.say(BASES[one.basis])}]")
            return lines + (page.lines(page.say(MORE, count=left_out)) if left_out else [])

        return told

    def _counts(self, cited: Cited, shown: frozenset[int]) -> Iterator[str]:
        wanted = [one for one in self.given.quantities if id(one) in shown]
        cells = ((self._counted(one), self._count(cited, one)) for one in wanted)
        yield from self._section_of(COUNTS, self.given.quantities, wanted, beside(self.page, cells))

    def _counted(self, count: Count) -> str:
        if count.counted:
            return name(count.counted)
        return listed(self.page, count.subjects)

    def _count(self, cited: Cited, count: Count) -> Cell:
        others = [one for one in count.subjects if one != self.given.thing]

        def told(page: Page) -> list[str]:
            amount = " ".join([count.quantity.label, *([name(count.unit)] if count.unit else [])])
            texts = [amount, *(time.label for time in count.times), *map(name, others)]
            lines = with_tail(page, page.say(THEN).join(texts), mark(page, [count.claim]))
            return cited.told(page, lines, count.claim.evidence)

        return told

    def _claims(
        self, cited: Cited, shown: frozenset[int], heading: Both, claims: tuple[Claim, ...]
    ) -> Iterator[str]:
        wanted = [claim for claim in claims if id(claim) in shown]
        lines = [
            line
            for claim in wanted
            for line in indented(self.page, 2, partial(cited.claim, claim=claim, first=BULLET))
        ]
        yield from self._section_of(heading, claims, wanted, lines)

    def _planned(self, cited: Cited, shown: frozenset[int]) -> Iterator[str]:
        ahead = self._ahead()
        wanted = [claim for claim in ahead if id(claim) in shown]
        cells = ((f"[{name(claim.factuality)}]", _plan(cited, claim)) for claim in wanted)
        heading = AHEAD if self.given.facts or self.given.quantities else NOT_YET
        yield from self._section_of(heading, ahead, wanted, beside(self.page, cells))

    def _left_open(self, cited: Cited, shown: frozenset[int]) -> Iterator[str]:
        wanted = [gap for gap in self.given.left_open if id(gap) in shown]
        by_name: dict[str, list[Gap]] = {}
        for gap in wanted:
            by_name.setdefault(gap_word(self.page, gap.gap), []).append(gap)
        cells = ((label, self._gap(cited, of)) for label, of in by_name.items())
        yield from self._section_of(
            LEFT_OPEN, self.given.left_open, wanted, beside(self.page, cells)
        )

    def _gap(self, cited: Cited, gaps: list[Gap]) -> Cell:
        def told(page: Page) -> list[str]:
            lines: list[str] = []
            for gap in gaps:
                if gap.claim is None:
                    lines += page.lines(gap.reason.value if gap.reason else page.say(_EDITORS))
            return lines + cited.lines(page, (p for gap in gaps for p in gap.passages))

        return told

    def _triples(self, shown: frozenset[int]) -> Iterator[str]:
        wanted = [one for one in self.given.triples if id(one) in shown]
        values: dict[str, list[Node]] = {}
        for one in wanted:
            inverse = one.subject != self.given.thing
            label = verb(self.page, one.predicate, inverse=inverse)
            values.setdefault(label, []).append(one.subject if inverse else one.object)
        lines = beside(self.page, ((label, _values(of)) for label, of in values.items()))
        yield from self._section_of(PROPERTIES, self.given.triples, wanted, lines)

    def _compared(self, shown: frozenset[int]) -> Iterator[str]:
        counts = Counter(one.stance for one in (*self.given.compared, *self.given.nearby))
        if not counts:
            return
        yield ""
        yield from self.page.lines(self.page.say(COMPARED))
        words = {stance: self.page.say(wording) for stance, wording in STANCES.items()}
        texts = [f"{words[stance]} {counts[stance]}" for stance in words if counts[stance]]
        yield from self.page.lines(self.page.say(AND).join(texts), indent=2)
        wanted = [one for one in differing(self.given) if id(one) in shown]
        yield from beside(self.page, ((words[one.stance], _text(_label(one))) for one in wanted))
        command = command_line(self.page.lang, "conflicts", shorten(self.given.thing.iri))
        yield from self.page.lines(command, indent=2)

    def _section_of(
        self, heading: Both, items: Sized, wanted: Sized, lines: list[str]
    ) -> Iterator[str]:
        left_out = len(items) - len(wanted)
        more = self.page.say(MORE, count=left_out) if left_out else ""
        if items:
            yield from self._section(heading, lines, more)

    def _section(self, heading: Both, lines: list[str], more: str) -> Iterator[str]:
        """Yield what stands below a heading, and how much is left out: beside the heading where that is all."""
        yield ""
        text = self.page.say(heading)
        yield from self.page.lines(text if lines else f"{text}  {more}", rest="  ")
        yield from lines
        if lines and more:
            yield from self.page.lines(more, indent=2)

    def _more(self, left_out: Counter[str]) -> str:
        if not left_out:
            return ""
        of = self.page.say(AND).join(f"{label} {count}" for label, count in left_out.items())
        return self.page.say(_MORE_OF, more=self.page.say(MORE, count=left_out.total()), of=of)


def _size(claim: Claim) -> int:
    """Return how much there is to read, so that more of the short ones fit."""
    return sum(passage.end - passage.begin for passage in claim.evidence)


def _plan(cited: Cited, claim: Claim) -> Cell:
    def told(page: Page) -> list[str]:
        lines = page.lines(said(page, claim))
        if shade := page.say(AND).join(shades(page, claim)):
            lines = with_tail(page, said(page, claim), f"[{shade}]")
        return cited.told(page, lines, claim.evidence)

    return told


def _own(page: Page, *, cited: Cited, claim: Claim) -> list[str]:
    lines = with_tail(page, said(page, claim), mark(page, [claim]))
    return cited.told(page, lines, claim.passages)


def _label(compared: Comparison) -> str:
    return compared.label or shorten(compared.iri)


def _values(nodes: list[Node]) -> Cell:
    return lambda page: [line for node in nodes for line in page.lines(name(node))]


def _text(text: str) -> Cell:
    return lambda page: page.lines(text)
