"""Why something is known, for people: the fact, who says it, what is said of its ends, what else the claims say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from functools import partial

from bri_kg.answers.answer_sentences import cited_sources as sources_of
from bri_kg.answers.claim_parts import other_parts, shared_parts
from bri_kg.answers.claim_sentences import said
from bri_kg.answers.claim_words import (
    PAIR,
    joined,
    listed,
    mark,
    name,
    natures,
    part_word,
    sentence,
)
from bri_kg.answers.face_words import (
    ACCORDING_TO,
    AND,
    BASES,
    FROM_REFERENCE,
    HITS,
    NOT_SAID,
    OUTRANKED_BY,
    SOURCES,
    STANCES,
    THEN,
    TIME,
    Both,
    Number,
    counted,
)
from bri_kg.answers.model import Claim, Comparison, Explanation, Fact, Named, Outranking
from bri_kg.cli.show.cited import Cited
from bri_kg.cli.show.commands_shown import command_line
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.side_by_side import Cell, beside, fill, in_turn, indented, packed, with_tail
from bri_kg.names import BRI, shorten

BUDGET = 48  # two screens of 24 lines
MORE: Both = ("{count} more: --all", "另有 {count} 项：--all")
COUNTED: dict[str, Number] = {
    "contradicts": (("1 contradicts", "矛盾 1"), ("{count} contradict", "矛盾 {count}")),
    "differs": (("1 differs", "有差异 1"), ("{count} differ", "有差异 {count}")),
    "agrees": (("1 agrees", "一致 1"), ("{count} agree", "一致 {count}")),
    "related": (("1 is related", "相关 1"), ("{count} are related", "相关 {count}")),
    "rank": (("1 by rank", "等级 1"), ("{count} by rank", "等级 {count}")),
}
_MORE_OF: Both = ("{count} more: {parts}: --all", "另有 {count} 项：{parts}：--all")
_UNKNOWN: Both = (
    "[no claim says this, and no rule leads to it]",
    "[没有说法这样说，也没有规则能推出它]",
)
_SAID_BY: Both = ("SAID BY  {sources}", "出自  {sources}")
_REFERENCES: Both = ("REFERENCE", "参考资料")
_FOLLOWS: Both = ("FOLLOWS FROM", "推断依据")
_BECAUSE: Both = ("since “{subject}” {axiom}", "因为“{subject}”{axiom}")
_ABOUT: Both = ("ABOUT THE TWO  in other claims", "关于二者的其他说法")
_OTHER: Both = ("SAME CLAIM, OTHER PARTS  {also}", "同一说法的其他部分  {also}")
_HELD: Both = ("HELD AGAINST OTHER CLAIMS", "与其他说法比较")
_ALSO: Both = ("it also names {names}", "其中还提到{names}")
_SILENT: Both = ("silent", "未提及")
_SILENT_ARE: Both = (
    "{count} claims do not name {object}; silence is no denial",
    "{count} 条说法未提{object}；未提及不等于否认",
)
_NATURES: Both = ("{label} ({natures})", "{label}（{natures}）")
WHY: Both = ("why", "理由")
_SAME: Both = ("same {part}: {values}", "{part}相同：{values}")
_DIFFERENT: Both = ("told otherwise: {parts}", "不同之处：{parts}")
_OUTRANKS: Both = ("outranks", "优先于")
_EDITORS: Both = ("editors", "编者")
_NEXT: Both = ("next", "下一步")
_EVERY: Both = ("all of it", "全部内容")
_STATEMENT: Both = ("it says", "内容")


def explanation_lines(
    page: Page,
    given: Explanation,
    *,
    everything: bool = False,
    limit: int | None = None,
    asked: Sequence[str] = (),
) -> list[str]:
    """Return an explanation as lines: two screens of it, or all; `asked` is the command, for what shows all."""
    closing = closing_lines(page, asked)
    room = BUDGET - len(closing)
    if given.steps:
        lines = _inferred(page, given, everything, limit, room)
    else:
        whole = _Stated(page, given, everything)
        lines = fill(whole.items(), whole.render, None if everything else room, limit)
    return closed(lines, closing)


def closing_lines(page: Page, asked: Sequence[str]) -> list[str]:
    """Return what shows all of a page, as a command to copy."""
    command = command_line(page.lang, *asked, "--all")
    return beside(page, [(page.say(_EVERY), _text(command))], indent=0) if asked else []


def closed(lines: list[str], closing: list[str]) -> list[str]:
    """Return the lines of a page, with what shows all of it where something is left out."""
    is_cut = any("--all" in line and not line.lstrip().startswith("|") for line in lines)
    return [*lines, *closing] if is_cut else lines


def _inferred(
    page: Page, given: Explanation, everything: bool, limit: int | None, room_in_all: int
) -> list[str]:
    lines = _head(page, given, f"[{page.say(BASES['inferred'])}]")
    lines += ["", *page.lines(page.say(_FOLLOWS))]
    for step in given.steps:
        for premise in step.premises:
            lines += page.lines(
                joined(page, name(premise.subject), sentence(page, premise)), indent=2
            )
        axiom = page.say(
            _BECAUSE, subject=name(step.axiom.subject), axiom=sentence(page, step.axiom)
        )
        lines += page.lines(axiom, indent=4)
    room = None if everything else max(room_in_all - len(lines) - 1, 0)
    for explained in given.premises:
        whole = _Stated(page, explained, everything)
        told = fill(whole.items(), whole.render, room and room // len(given.premises), limit)
        lines += ["", *told]
    return lines


@dataclass(frozen=True)
class _Stated:
    """An explanation that rests on claims or references, with all that it could show."""

    page: Page
    given: Explanation
    everything: bool

    def items(self) -> list[int]:
        """Return the identities of what may be shown or left out, what matters most first."""
        said, on_fact, others, outranking, silent = (
            [id(one) for one in of]
            for of in (
                _each_source_first(self.given.said_by), self._on_fact(), self._on_others(), self.given.outranking,
                self.given.silent,
            )
        )  # fmt: skip
        return [
            *said[:1],
            *on_fact[:1],
            *in_turn(said[1:], outranking, on_fact[1:], others, silent),
        ]

    def render(self, shown: frozenset[int]) -> list[str]:
        """Return the lines of what is shown, and how much is not."""
        cited = Cited()
        lines = _head(self.page, self.given, self._mark())
        lines += self._said_by(cited, shown)
        lines += self._references()
        if self.given.fact is not None:
            lines += self._about(cited, shown, self.given.fact)
        lines += self._others(cited, shown)
        lines += cited.source_lines(self.page)
        return [*lines, *self._next()]

    def _on_fact(self) -> list[Comparison]:
        return [one for one in self._held() if one.iri in self.given.on_fact]

    def _on_others(self) -> list[Comparison]:
        return [one for one in self._held() if one.iri not in self.given.on_fact]

    def _held(self) -> tuple[Comparison, ...]:
        return self.given.differs + self.given.agrees + self.given.related

    def _mark(self) -> str:
        if self.given.said_by:
            return mark(self.page, self.given.said_by)
        if self.given.references:
            return f"[{self.page.say(FROM_REFERENCE)}]"
        return self.page.say(_UNKNOWN)

    def _said_by(self, cited: Cited, shown: frozenset[int]) -> Iterator[str]:
        claims = self.given.said_by
        if not claims:
            return
        sources = sources_of(passage for claim in claims for passage in claim.evidence)
        number = counted(self.page.lang, SOURCES, len(sources))
        yield ""
        yield from self.page.lines(self.page.say(_SAID_BY, sources=number))
        for claim in claims:
            if id(claim) in shown:
                told = partial(self._claim, cited=cited, claim=claim)
                yield from indented(self.page, 2, told)
        yield from _more(self.page, [claim for claim in claims if id(claim) not in shown])

    def _claim(self, page: Page, *, cited: Cited, claim: Claim) -> list[str]:
        lines: list[str] = []
        for source in sources_of(claim.passages):
            own = [p for p in claim.passages if p.source == source]
            title = [] if source.slug in cited.titled else cited.title(
                page, source, with_words=all(p.words is not None for p in own)
            )  # fmt: skip
            lines += [*title, *cited.lines(page, own)]
        return lines + replace(self, page=page)._details(claim)

    def _details(self, claim: Claim) -> list[str]:
        """Return what else is to be said of a claim; what the head of the page says is not said again."""
        say, is_fact = self.page.say, self.given.fact is not None
        short = [
            (TIME, say(AND).join(time.label for time in claim.times) if is_fact else ""),
            (ACCORDING_TO, listed(self.page, claim.speakers) if is_fact else ""),
            (NOT_SAID, listed(self.page, claim.left_open)),
            (HITS["claim"][0], shorten(claim.iri)),
        ]
        long = [
            (_STATEMENT, claim.summary if is_fact else None),
            (_EDITORS, claim.reason),
        ]
        cells = [(say(label), _text(text.value)) for label, text in long if text]
        told = [say(PAIR, label=say(label), text=text) for label, text in short if text]
        return beside(self.page, cells, indent=0) + packed(self.page, told, say(THEN))

    def _references(self) -> Iterator[str]:
        if not self.given.references:
            return
        yield ""
        yield from self.page.lines(self.page.say(_REFERENCES))
        for reference in self.given.references:
            yield from self.page.lines(reference.label or shorten(reference.iri), indent=2)
            if reference.page:
                yield from self.page.lines(reference.page, indent=2)

    def _about(self, cited: Cited, shown: frozenset[int], fact: Fact) -> Iterator[str]:
        held = self._on_fact()
        silent = self.given.silent
        if not held and not silent:
            return
        yield ""
        yield from self.page.lines(self.page.say(_ABOUT))
        yield from self._compared(
            cited, [one for one in held if id(one) in shown], with_reason=True
        )
        if silent:
            left_out = sum(id(claim) not in shown for claim in silent)
            text = self.page.say(_SILENT_ARE, count=len(silent), object=name(fact.object))
            if left_out:
                text += self.page.say(THEN) + self.page.say(MORE, count=left_out)
            passages = [p for claim in silent if id(claim) in shown for p in claim.evidence]

            def told(page: Page) -> list[str]:
                return [*page.lines(text), *cited.lines(page, passages)]

            yield from beside(self.page, [(self.page.say(_SILENT), told)])
        yield from _more_compared(self.page, [one for one in held if id(one) not in shown])

    def _others(self, cited: Cited, shown: frozenset[int]) -> Iterator[str]:
        held = self._on_others()
        if not held and not self.given.outranking:
            return
        others = listed(self.page, dict.fromkeys(self._other_names()))
        # Words that stand above name them already.
        also = self.page.say(_ALSO, names=others) if others and not cited.with_words else ""
        is_claim = self.given.fact is None
        heading = self.page.say(_HELD) if is_claim else self.page.say(_OTHER, also=also)
        yield ""
        yield from self.page.lines(heading.strip(), rest="  ")
        for one in self.given.outranking:
            if id(one) in shown:
                yield from self._outranking(cited, one)
        yield from self._compared(
            cited, [one for one in held if id(one) in shown], with_reason=self.everything
        )
        every: tuple[Comparison | Outranking, ...] = (*held, *self.given.outranking)
        yield from _more_compared(self.page, [one for one in every if id(one) not in shown])

    def _other_names(self) -> Iterator[Named]:
        fact = self.given.fact
        for claim in self.given.said_by:
            for part in claim.parts:
                if part.property.iri in (BRI + "hasAgent", BRI + "hasParty", BRI + "hasObject"):
                    yield from (
                        value
                        for value in part.values
                        if isinstance(value, Named)
                        and fact is not None
                        and value not in (fact.subject, fact.object)
                    )

    def _compared(
        self, cited: Cited, held: Iterable[Comparison], *, with_reason: bool
    ) -> list[str]:
        own = {claim.iri for claim in self.given.said_by}
        cells = [
            (
                self.page.say(STANCES[one.stance]),
                _comparison(cited, one, own, with_reason),
            )
            for one in held
        ]
        return beside(self.page, cells)

    def _outranking(self, cited: Cited, one: Outranking) -> list[str]:
        is_winner = one.winner in self.given.said_by
        rival = one.loser if is_winner else one.winner

        def told(page: Page) -> list[str]:
            return cited.claim(page, rival) + (_why(page, one.reason.value) if one.reason else [])

        return beside(self.page, [(self.page.say(_OUTRANKS if is_winner else OUTRANKED_BY), told)])

    def _next(self) -> Iterator[str]:
        fact = self.given.fact
        about = fact.subject if fact else Named(self.given.said_by[0].iri)
        if self._held():
            command = command_line(self.page.lang, "conflicts", shorten(about.iri))
            yield from beside(self.page, [(self.page.say(_NEXT), _text(command))], indent=0)


def _each_source_first(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims, one of each source before a second one of any."""
    turns: Counter[str] = Counter()
    placed: list[tuple[int, Claim]] = []
    for claim in claims:
        slugs = {source.slug for source in sources_of(claim.evidence)}
        placed.append((min((turns[slug] for slug in slugs), default=0), claim))
        turns.update(slugs)
    return [claim for _, claim in sorted(placed, key=lambda one: one[0])]


def _comparison(cited: Cited, compared: Comparison, own: set[str], with_reason: bool) -> Cell:
    def told(page: Page) -> list[str]:
        lines = page.lines(
            page.say(
                _NATURES,
                label=compared.label or shorten(compared.iri),
                natures=natures(page, compared),
            )
        )
        if with_reason and compared.reason:
            lines += _why(page, compared.reason.value)
        else:
            lines += page.lines(_parts_told(page, compared))
        rivals = [claim for claim in compared.claims if claim.iri not in own]
        return lines + cited.lines(page, (p for claim in rivals for p in claim.evidence))

    return told


def _parts_told(page: Page, compared: Comparison) -> str:
    if compared.stance == "agrees":
        return page.say(AND).join(
            page.say(_SAME, part=part_word(page, part.property), values=listed(page, part.values))
            for part in shared_parts(compared.claims)
        )
    parts = (part_word(page, prop) for prop in other_parts(compared.claims))
    return page.say(_DIFFERENT, parts=page.say(AND).join(parts))


def _why(page: Page, text: str) -> list[str]:
    return page.lines(text, first=f"{page.say(WHY)}  ")


def _head(page: Page, given: Explanation, marked: str) -> list[str]:
    if given.fact is None:
        return with_tail(page, said(page, given.said_by[0]), marked)
    told = sentence(page, given.fact)
    return [
        *page.lines(name(given.fact.subject)),
        *indented(page, 2, lambda sub: with_tail(sub, told, marked)),
    ]


def _more(page: Page, left_out: Sized) -> list[str]:
    return page.lines(page.say(MORE, count=len(left_out)), indent=2) if left_out else []


def _more_compared(page: Page, left_out: Iterable[Comparison | Outranking]) -> list[str]:
    """Return how much is left out, and how much of each kind where there are several."""
    kinds = Counter(one.stance if isinstance(one, Comparison) else "rank" for one in left_out)
    if not kinds:
        return []
    parts = (counted(page.lang, COUNTED[kind], kinds[kind]) for kind in COUNTED if kinds[kind])
    more = page.say(_MORE_OF, count=kinds.total(), parts=page.say(AND).join(parts))
    return page.lines(more, indent=2)


def _text(text: str) -> Callable[[Page], list[str]]:
    return lambda page: page.lines(text)
