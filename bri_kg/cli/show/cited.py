"""The passages that one output cites: words once for each, and the sources that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from bri_kg.answers.claim_sentences import said
from bri_kg.answers.claim_words import mark
from bri_kg.answers.face_words import COMMA, Both
from bri_kg.answers.model import Claim, Passage, Source
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.passages import NO_WORDS, address_lines, cite, cite_with_state, word_lines
from bri_kg.cli.show.side_by_side import beside, indented, packed, with_tail
from bri_kg.plain import display_width

SOURCES: Both = ("SOURCES", "来源")
_CONTEXT: Both = ("{text} (context)", "{text}（上下文）")


@dataclass
class Cited:
    """What has been cited so far: passages whose words stand above, and sources with what is still to be said."""

    with_words: set[tuple[str, int, int]] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)
    without_words: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)

    def lines(self, page: Page, passages: Iterable[Passage]) -> list[str]:
        """Return citations; each with its words where they are at hand and do not stand above."""
        lines: list[str] = []
        bare: list[Passage] = []
        waiting = sorted({one.iri: one for one in passages}.values(), key=_order)
        while waiting:
            passage, *waiting = waiting
            if passage.words is None or self._is_known(passage):
                bare.append(passage)
                continue
            self.with_words.add((passage.source.slug, passage.begin, passage.end))
            within = [one for one in waiting if self._is_known(one) and _is_within(one, passage)]
            waiting = [one for one in waiting if one not in within]
            first = self._citation(page, passage, cite_with_state(page, passage))
            rest = (self._citation(page, one, cite(one)) for one in within)
            cited = packed(page, (first, *rest), page.say(COMMA))
            lines += [*cited, *word_lines(page, passage)]
        rest = (self._bare(page, passage) for passage in bare)
        return lines + packed(page, rest, page.say(COMMA))

    def told(
        self, page: Page, lines: list[str], passages: Iterable[Passage], indent: int = 2
    ) -> list[str]:
        """Return lines and what they cite: on the last of them where there is room, words below."""
        cited = indented(page, indent, lambda sub: self.lines(sub, passages))
        if not cited:
            return lines
        joined = f"{lines[-1]}  {cited[0].lstrip(' ')}"
        if display_width(joined) <= page.width:
            return [*lines[:-1], joined, *cited[1:]]
        return lines + cited

    def claim(self, page: Page, claim: Claim, *, first: str = "") -> list[str]:
        """Return a claim in a sentence, with its mark and its evidence."""
        lines = with_tail(page, said(page, claim), mark(page, [claim]), first=first)
        return self.told(page, lines, claim.evidence, indent=len(first) + 2)

    def _bare(self, page: Page, passage: Passage) -> str:
        if passage.words is not None:
            return self._citation(page, passage, cite(passage))
        self.without_words.add(passage.source.slug)
        return self._citation(page, passage, cite_with_state(page, passage))

    def _citation(self, page: Page, passage: Passage, text: str) -> str:
        self.sources.setdefault(passage.source.slug, passage.source)
        return text if passage.role == "evidence" else page.say(_CONTEXT, text=text)

    def _is_known(self, passage: Passage) -> bool:
        """Return whether the words stand above, by themselves or within a longer passage."""
        return any(
            slug == passage.source.slug and begin <= passage.begin and passage.end <= end
            for slug, begin, end in self.with_words
        )

    def title(self, page: Page, source: Source, *, with_words: bool) -> list[str]:
        """Return the title of a source, and its address where no words are shown; it is not named again."""
        self.titled.add(source.slug)
        lines = page.lines(source.title or source.slug)
        return lines if with_words else lines + address_lines(page, source, indent=0)

    def source_lines(self, page: Page) -> list[str]:
        """Return what the short names of sources stand for, with the address of each whose words are not shown."""
        rest = [source for slug, source in sorted(self.sources.items()) if slug not in self.titled]
        hint = page.lines(page.say(NO_WORDS), indent=2) if self._is_unchecked else []
        if not rest:
            return hint and ["", *hint]
        widest = max(len(source.slug) for source in rest)
        lines = ["", *page.lines(page.say(SOURCES))]
        for source in rest:
            cell = partial(Page.lines, text=source.title or source.slug)
            lines += beside(page, [(source.slug.ljust(widest), cell)])
            if source.slug in self.without_words:
                lines += address_lines(page, source, indent=4)
        return lines + hint

    @property
    def _is_unchecked(self) -> bool:
        return bool(self.sources) and not self.with_words


def _is_within(passage: Passage, other: Passage) -> bool:
    return (
        passage.source == other.source and other.begin <= passage.begin and passage.end <= other.end
    )


def _order(passage: Passage) -> tuple[bool, str, int, int]:
    # A longer passage comes before those that stand within it.
    return passage.role != "evidence", passage.source.slug, passage.begin, -passage.end
