"""Where sources disagree, for people: contradictions whole, then what differs, then what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bri_kg.answers.claim_words import BULLET, PAIR, listed, name
from bri_kg.answers.comparisons import LookedUp, order_of
from bri_kg.answers.face_words import AND, THEN, Both, Number, counted
from bri_kg.answers.model import Claim, Comparison, Named
from bri_kg.cli.show.cited import Cited
from bri_kg.cli.show.commands_shown import command_line
from bri_kg.cli.show.explained import COUNTED, WHY
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.side_by_side import choose, in_turn, indented
from bri_kg.names import PREFIXES, shorten

BUDGET = 144  # six screens of 24 lines
_HEADINGS: dict[str, Both] = {
    "contradicts": ("CONTRADICTION  {count}", "矛盾  {count}"),
    "differs": ("DIFFER  {count}", "有差异  {count}"),
    "none": ("NO CONFLICT  {count}", "并无冲突  {count}"),
}
_COMPARISONS: Number = (
    ("1 comparison", "1 项比较"),
    ("{count} comparisons", "{count} 项比较"),
)
_PARTS: dict[str, Number] = {
    "contradicts": COUNTED["contradicts"],
    "differs": COUNTED["differs"],
    "none": (
        ("1 without conflict", "并无冲突 1"),
        ("{count} without conflict", "并无冲突 {count}"),
    ),
}
_LOOKED_UP: Both = (
    "{thing} ({what}): comparisons of claims that name it",
    "{thing}（{what}）：提及它的说法之间的比较",
)
_LOOKED_UP_KIND: Number = (
    (
        "{thing} ({what}; 1 thing is of this kind): comparisons of claims that name the kind or this thing",
        "{thing}（{what}；此类事物 1 个）：提及此类别或此事物的说法之间的比较",
    ),
    (
        "{thing} ({what}; {count} things are of this kind): comparisons of claims "
        "that name the kind or one of its things",
        "{thing}（{what}；此类事物 {count} 个）：提及此类别或此类事物的说法之间的比较",
    ),
)
_ALSO: Both = ("{label}  (also {natures})", "{label}（另有：{natures}）")
_MORE: Both = ("{count} more: {command}", "另有 {count} 项：{command}")
_NARROW: Both = ("all of them: {command}", "全部列出：{command}")
_NONE: Both = ("0 comparisons: no comparison is about it", "0 项比较：没有与之相关的比较")


_As = tuple[str, bool]  # a comparison, in a line with its citations or whole


@dataclass(frozen=True)
class _Group:
    """Comparisons below one nature, in one section."""

    section: str
    nature: Named | None
    comparisons: tuple[Comparison, ...]


def comparison_lines(
    page: Page,
    given: Sequence[Comparison],
    nature: Named | None = None,
    *,
    everything: bool = False,
    limit: int | None = None,
    head: Sequence[str] = (),
    asked: tuple[str, ...] = (),
) -> list[str]:
    """Return comparisons as lines, six screens of them or all, sorted by nature; `nature` is the one asked for.

    `head` stands before them; `asked` is the thing as it was given, for the commands that show more.
    """
    if not given:
        return [*head, *page.lines(page.say(_NONE))]
    whole = _Compared(page, tuple(given), nature, everything, asked)
    budget = None if everything else BUDGET - len(head)
    first, rest = whole.items(limit)
    chosen = choose(first, whole.render, budget)
    if chosen.issuperset(first):
        chosen = choose(rest, whole.render, budget, chosen)
    return [*head, *whole.render(chosen)]


@dataclass(frozen=True)
class _Compared:
    """Comparisons with all that could be shown of them."""

    page: Page
    given: tuple[Comparison, ...]
    nature: Named | None
    everything: bool
    asked: tuple[str, ...]

    def items(self, limit: int | None) -> tuple[list[_As], list[_As]]:
        """Return what may be shown or left out, what matters most first, and what waits until all of that is shown."""
        groups = self.groups()
        first, main, rest = (
            in_turn(*(_shortest(of) for of in groups if of.section in sections))
            for sections in (("contradicts",), ("differs", "asked"), ("none",))
        )
        kept = [*first, *main, *rest][:limit]
        first, main, rest = ([one for one in of if one in kept] for of in (first, main, rest))
        short = [] if self._has_words() else [(one.iri, False) for one in main]
        return [
            *((one.iri, True) for one in first),
            *short,
            *((one.iri, True) for one in main),
        ], [(one.iri, True) for one in rest]

    def groups(self) -> list[_Group]:
        """Return the comparisons by section and leading nature; one group where a nature is asked for."""
        if self.nature is not None:
            return [_Group("asked", self.nature, self.given)]
        found: dict[tuple[int, int], list[Comparison]] = {}
        for one in self.given:
            place = order_of(one.leading) if one.leading else 0
            found.setdefault((list(_HEADINGS).index(_section(one)), place), []).append(one)
        return [
            _Group(_section(of[0]), of[0].leading, tuple(of)) for _, of in sorted(found.items())
        ]

    def render(self, shown: frozenset[_As]) -> list[str]:
        """Return the lines of what is shown, and how much is not."""
        cited = Cited()
        lines = self._total()
        groups = self.groups()
        for section, heading in _HEADINGS.items():
            of = [group for group in groups if group.section == section]
            if of:
                count = sum(len(group.comparisons) for group in of)
                lines += ["", *self.page.lines(self.page.say(heading, count=count))]
                lines += self._section(cited, of, shown)
        lines += self._section(
            cited, [group for group in groups if group.section == "asked"], shown
        )
        lines += cited.source_lines(self.page)
        return lines

    def _has_words(self) -> bool:
        claims = (claim for one in self.given for claim in one.claims)
        return any(p.words is not None for claim in claims for p in claim.evidence)

    def _total(self) -> list[str]:
        page, say = self.page, self.page.say
        total = counted(page.lang, _COMPARISONS, len(self.given))
        if self.nature is not None:
            return page.lines(say(PAIR, label=name(self.nature), text=total))
        counts = Counter(map(_section, self.given))
        parts = say(AND).join(counted(page.lang, _PARTS[key], counts[key]) for key in _PARTS)
        return page.lines(say(PAIR, label=total, text=parts))

    def _section(self, cited: Cited, groups: list[_Group], shown: frozenset[_As]) -> Iterator[str]:
        is_counted = all(of.section == "none" for of in groups) and not any(
            (one.iri, True) in shown for of in groups for one in of.comparisons
        )
        if groups and is_counted:
            counts = (f"{_nature(of)} {len(of.comparisons)}" for of in groups)
            yield from self.page.lines(self.page.say(AND).join(counts), indent=2)
            yield from self.page.lines(
                self.page.say(_NARROW, command=self._command("--all")), indent=2
            )
            return
        for of in groups:
            indent = 2
            if of.section in ("differs", "none"):
                text = f"{_nature(of)}  {len(of.comparisons)}"
                yield from self.page.lines(text, indent=indent)
                indent = 4
            yield from indented(
                self.page, indent, partial(self._group, cited=cited, of=of, shown=shown)
            )

    def _group(self, page: Page, *, cited: Cited, of: _Group, shown: frozenset[_As]) -> list[str]:
        lines: list[str] = []
        left_out: list[Comparison] = []
        for one in of.comparisons:
            label = self._label(page, one, of.nature)
            if (one.iri, True) in shown:
                lines += [
                    *page.lines(label),
                    *indented(page, 2, partial(_whole, cited=cited, one=one)),
                ]
            elif (one.iri, False) in shown:
                passages = (p for claim in one.claims for p in claim.evidence)
                lines += cited.told(page, page.lines(label), passages)
            else:
                left_out.append(one)
        if left_out:
            lines += self._left_out(page, of, left_out)
        return lines

    def _label(self, page: Page, one: Comparison, nature: Named | None) -> str:
        label = one.label or shorten(one.iri)
        others = [other for other in one.natures if other != nature]
        return page.say(_ALSO, label=label, natures=listed(page, others)) if others else label

    def _left_out(self, page: Page, of: _Group, left_out: list[Comparison]) -> list[str]:
        options: tuple[str, ...] = ()
        if of.nature is not None:
            options = ("--nature", shorten(of.nature.iri.removeprefix(PREFIXES["bri-nature"])))
        if of.nature is None or self.nature is not None:
            options += ("--all",)
        more = page.say(_MORE, count=len(left_out), command=self._command(*options))
        titles = page.say(THEN).join(one.label or shorten(one.iri) for one in left_out)
        return [*page.lines(more), *page.lines(titles, indent=2)]

    def _command(self, *options: str) -> str:
        return command_line(self.page.lang, "conflicts", *self.asked, *options)


def looked_up_lines(page: Page, given: LookedUp) -> list[str]:
    """Return what comparisons were asked about: what it is, and which claims are looked at."""
    wording = _LOOKED_UP_KIND[given.of_kind != 1] if given.of_kind else _LOOKED_UP
    what = listed(page, given.types)
    text = page.say(wording, thing=name(given.thing), what=what, count=given.of_kind)
    return page.lines(text, rest="  ")


def _shortest(of: _Group) -> list[Comparison]:
    # So that of each nature one fits.
    return sorted(of.comparisons, key=lambda one: sum(len(c.evidence) for c in one.claims))


def _section(one: Comparison) -> str:
    return one.stance if one.stance in ("contradicts", "differs") else "none"


def _nature(of: _Group) -> str:
    return name(of.nature) if of.nature else ""


def _whole(page: Page, *, cited: Cited, one: Comparison) -> list[str]:
    lines = _claims(page, cited=cited, claims=one.claims)
    if one.reason:
        lines += page.lines(one.reason.value, first=f"{page.say(WHY)}  ")
    return lines


def _claims(page: Page, *, cited: Cited, claims: Iterable[Claim]) -> list[str]:
    return [line for one in claims for line in cited.claim(page, one, first=BULLET)]
