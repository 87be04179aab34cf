"""What is said of a cell that cannot be read: what is wrong and how to mend it, in the words of the workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bri_kg.findings import Finding
from bri_kg.names import nearest, shorten
from bri_kg.texts.originals import LONGEST_PASSAGE
from bri_kg.texts.workbook.cell_values import time_meant
from bri_kg.texts.workbook.fields import Field, Form
from bri_kg.texts.workbook.filled_rows import Entry
from bri_kg.texts.workbook.known import Known
from bri_kg.texts.workbook.quoting import Quotation, Text, Verdict

ALIKE: Final = "BRI942"
"""The code of a new name that is spelt nearly as a known one."""
_SHOWN: Final = 160  # characters of a passage


class Messages:
    """The findings about cells; titles and labels in them are in the language of the reader."""

    def __init__(self, known: Known, lang: str) -> None:
        self._known, self._lang = known, lang
        self._at = int(lang == "zh")

    def title(self, entry: Entry) -> str:
        """Return the title of the sheet of a row."""
        return entry.sheet.title[self._at]

    def kind(self, entry: Entry, text: str) -> Finding:
        """Say that a row names no class that is known."""
        labels = [kind.label[self._at] for kind in entry.sheet.kinds]
        if not text:
            return _error("BRI930", "the row does not say of what class it is", _choose(labels))
        near = nearest(text, labels, at_least=0.5)
        return _error(
            "BRI930",
            f"“{text}” is no class that a row can have",
            f"did you mean “{near}”?" if near else _choose(labels),
        )

    def scheme(self, text: str) -> Finding:
        """Say that a new concept names no scheme."""
        labels = self._known.labels_of(self._known.schemes, self._lang)
        near = nearest(text, labels, at_least=0.5) if text else None
        return _error(
            "BRI930",
            f"“{text}” is no list of concepts"
            if text
            else "the row does not say to which list the concept belongs",
            f"did you mean “{near}”?" if near else _choose(labels),
        )

    def unknown(self, text: str, column: Field, among: Iterable[str]) -> Finding:
        """Say that nothing has this name."""
        near = self._known.near(text, among, at_least=0.6)
        names = self._listed(near)
        if column.form is Form.CLAIM:
            return _error(
                "BRI931",
                f"no claim is called “{text}”",
                "write the short name of a row, or the name of a claim such as bri-claim:…",
            )
        sheet = "new things" if column.form is Form.THING else "new concepts"
        if column.form is Form.THING:
            message = f"nothing that is known is called “{text}”"
        else:
            message = f"“{text}” is no concept of the list of this column"
        return _error(
            "BRI931",
            message,
            f"did you mean {names}? Else add it to the sheet “{sheet}”"
            if near
            else f"add it to the sheet “{sheet}”, or look for its name: `bri-kg search WORDS`",
        )

    def of_other_class(
        self, text: str, entry: Entry, cls: str, others: Iterable[str], lists: Iterable[str]
    ) -> Finding:
        """Say that a concept is for rows of other classes, and which lists are for those of this one."""
        labels = {kind.iri: kind.label[self._at] for kind in entry.sheet.kinds}
        named = ", ".join(sorted(labels.get(other, shorten(other)) for other in others))
        fitting = ", ".join(self._known.labels_of(lists, self._lang))
        return _error(
            "BRI931",
            f"“{text}” is no concept of the list of this column in the class “{labels.get(cls, '')}”, but in: {named}",
            f"take a concept of the list that fits this class: {fitting}; or change the class of the row",
        )

    def ambiguous(self, text: str, found: Iterable[str]) -> Finding:
        """Say that several things have this name."""
        return _error(
            "BRI932",
            f"several are called “{text}”: {self._listed(sorted(found))}",
            "write the name in brackets of the one that is meant",
        )

    def time(self, text: str) -> Finding:
        """Say that a time is not understood."""
        meant = time_meant(text)
        return _error(
            "BRI934",
            f"“{text}” is no time that the graph understands",
            f"write it so: {meant}"
            if meant
            else "write it as 2018, 2018-05, 2018-05-25, 2014/2019, since 2013 or until 2023-06",
        )

    def amount(self, text: str) -> Finding:
        """Say that an amount is not understood."""
        return _error(
            "BRI933",
            f"“{text}” is no amount that the graph understands",
            "write the number alone, or with more than, at least, about, fewer than, at most or between; "
            "unit and counted kind have columns of their own",
        )

    def yes_or_no(self, text: str) -> Finding:
        """Say that an answer is neither yes nor no."""
        return _error("BRI935", f"“{text}” is neither yes nor no", "write yes or no")

    def link(self, text: str) -> Finding:
        """Say that an address is none."""
        return _error(
            "BRI967",
            f"“{text}” is no address",
            "write the number of an item of Wikidata such as Q42, or an address that begins with https://",
        )

    def quoted(self, found: Quotation, words: str, text: Text) -> Finding:
        """Say why pasted words are no passage."""
        if found.verdict is Verdict.UNAVAILABLE:
            return _error(
                "BRI939",
                f"SOURCE UNAVAILABLE: the text of “{text.slug}” is not at hand",
                "put its file into the folder texts of the collection, as it was when the source was described",
            )
        shown = _short(words)
        if found.verdict is Verdict.SEVERAL:
            return _error(
                "BRI938",
                f"these words stand in {len(found.spans)} places of the text: “{shown}”",
                "paste more of them, so that one place is meant",
            )
        if found.verdict is Verdict.NOT_FOUND:
            return _error(
                "BRI937",
                f"NOT FOUND: these words stand nowhere in the text: “{shown}”",
                "copy them from the file in the folder texts; of many words write the first ... the last",
            )
        return self._near(found, text.words or "")

    def _near(self, found: Quotation, text: str) -> Finding:
        begin, end = found.spans[0]
        there = _short(" ".join(text[begin:end].split()))
        here, other = found.differs
        alike = f"{found.likeness:.0%}"
        why = {
            "number": f"a number differs: you wrote “{here}”, and the text has “{other}”",
            "negation": f"a negation differs: you wrote “{here}”, and the text has “{other}”",
            "name": f"a name differs: you wrote “{here}”, and the text has “{other}”",
            "words": f"words differ: you wrote “{here}”, and the text has “{other}”",
        }[found.of]
        return _error(
            "BRI936",
            f"NEAR: these words do not stand in the text; the nearest, {alike} alike, are “{there}”; {why}",
            "copy the words as they stand in the text, if they say what the row says",
        )

    def too_long(self, length: int) -> Finding:
        """Say that a passage is longer than one may be."""
        return _error(
            "BRI940",
            f"the passage has {length} characters, and at most {LONGEST_PASSAGE} are allowed",
            "paste the clause that says it, or several passages with || between them",
        )

    def short_name(self, text: str, made: str) -> Finding:
        """Say that a short name has other signs than it may have."""
        return _error(
            "BRI941",
            f"“{text}” is no short name",
            f"write it so: {made}"
            if made
            else "use small letters, digits and single hyphens: first-board",
        )

    def short_name_twice(self, text: str) -> Finding:
        """Say that two rows have one short name."""
        return _error(
            "BRI941",
            f"the short name “{text}” is given twice",
            "give one of the rows another name, or leave it empty",
        )

    def described_twice(self, place: str) -> Finding:
        """Say that a thing stands in two rows."""
        return _error("BRI943", f"this is described already, in the row of {place}", "keep one row")

    def name_taken(self, iri: str) -> Finding:
        """Say that the collection has something of this name."""
        return _error(
            "BRI943",
            f"{shorten(iri)} is described already in the collection",
            "leave the row out and use the known name; of something else, write another short name",
        )

    def known_already(self, name: str, found: Iterable[str]) -> Finding:
        """Say that something known has the name of a new thing."""
        return _error(
            "BRI943",
            f"“{name}” is known already: {self._listed(sorted(found))}",
            "leave the row out and use that name; of something else, write a name that tells them apart",
        )

    def nearly_known(self, name: str, near: Iterable[str]) -> Finding:
        """Say that something known has nearly the name of a new thing."""
        return Finding(
            "workbook", ALIKE, "warning",
            f"“{name}” is spelt nearly as what is known: {self._listed(near)}",
            "where it is the same, leave the row out and use the known name",
        )  # fmt: skip

    def not_asked(self, entry: Entry, column: Field) -> Finding:
        """Say that a class of claims has no use for a column."""
        return Finding(
            "workbook", "BRI944", "warning",
            f"rows of this class seldom fill in “{column.title[self._at]}”",
            "see the sheet “guide”: another class may say it better",
        )  # fmt: skip

    def _listed(self, nodes: Iterable[str]) -> str:
        return ", ".join(
            f"“{self._known.label(node, self._lang)}” ({shorten(node)})" for node in nodes
        )


def _error(code: str, message: str, fix: str) -> Finding:
    return Finding("workbook", code, "error", message, fix)


def _choose(labels: Iterable[str]) -> str:
    return f"choose one of {', '.join(labels)}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
