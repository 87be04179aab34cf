"""From the rows of a workbook to triples, with the cell that each comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import pyoxigraph as ox

from bri_kg.findings import Finding
from bri_kg.names import BRI, PREFIXES, passage_iri, shorten, source_iri, split_slug
from bri_kg.progress import Progress
from bri_kg.texts.originals import LONGEST_PASSAGE, sha256
from bri_kg.texts.workbook import cell_values as cells
from bri_kg.texts.workbook.cell_messages import Messages
from bri_kg.texts.workbook.fields import Field, Form
from bri_kg.texts.workbook.filled_rows import CellFinding, Entry, Workbook
from bri_kg.texts.workbook.known import Known, folded
from bri_kg.texts.workbook.quoting import Text, Verdict, quotation
from bri_kg.texts.workbook.sheet_layout import KIND, NAME, key_of_thing
from bri_kg.texts.workbook.short_names import ShortNames, is_short_name, slug

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_SKOS: Final = PREFIXES["skos"]
_SOURCE: Final = ox.NamedNode(PREFIXES["dcterms"] + "source")
_EDITORS: Final = ox.NamedNode(PREFIXES["bri-reference"] + "editors")
_RANK: Final = ox.NamedNode(BRI + "rank")
_SHA256: Final = ox.NamedNode(BRI + "sha256")
_CLAIM: Final = BRI + "Claim"
_HAN: Final = re.compile("[\u3400-\u9fff]")
Cell = tuple[Entry, str]


@dataclass
class Made:
    """What rows give: the triples and the row of each subject, digests of passages, and what is wrong."""

    triples: dict[str, list[ox.Quad]] = field(default_factory=dict)
    rows: dict[str, Entry] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    quotations: dict[Verdict, int] = field(default_factory=dict)
    problems: list[CellFinding] = field(default_factory=list)
    _naming: dict[str, list[ox.Quad]] | None = field(default=None, init=False)

    def quads(self) -> list[ox.Quad]:
        """Return all triples, each once: of the rows, and of the passages that they cite."""
        of_passages = (
            ox.Quad(ox.NamedNode(iri), _SHA256, ox.Literal(digest))
            for iri, digest in sorted(self.digests.items())
        )
        return [*(q for quads in self.triples.values() for q in dict.fromkeys(quads)), *of_passages]

    def part(self, subject: str, prop: str) -> Cell | None:
        """Return the cell in which a part of a subject stands, else the first where it could."""
        cells = self._cells(subject, prop)
        filled = [cell for cell in cells if cell[0][cell[1]]]
        return filled[-1] if filled else next(iter(cells), None)

    def empty(self, subject: str, prop: str) -> Cell | None:
        """Return the first cell of a part that nothing stands in: of a text in two languages the one that lacks."""
        return next((cell for cell in self._cells(subject, prop) if not cell[0][cell[1]]), None)

    def naming(self, node: str) -> Iterator[ox.Quad]:
        """Yield the triples of rows that have a node as their value."""
        if self._naming is None:
            self._naming = defaultdict(list)
            for quads in self.triples.values():
                for quad in quads:
                    if isinstance(quad.object, ox.NamedNode | ox.Literal):
                        self._naming[quad.object.value].append(quad)
        yield from self._naming.get(node, ())

    def _cells(self, subject: str, prop: str) -> list[Cell]:
        entry = self.rows.get(subject)
        columns = entry.sheet.fields if entry else ()
        return [(entry, c.key) for c in columns if entry and c.property == prop]


def make(book: Workbook, known: Known, text: Text, lang: str, *, show: bool = False) -> Made:
    """Return the triples of a workbook. `known` gains what its sheets describe; nothing is raised.

    `show` lets a line on stderr say how far it is.
    """
    making = _Making(book, known, text, lang)
    total = sum(len(entries) for entries in book.entries.values())
    with Progress("reading", total, "rows", show=show) as progress:
        making.run(progress)
    return making.made


class _Making:
    def __init__(self, book: Workbook, known: Known, text: Text, lang: str) -> None:
        self.book, self.known, self.text = book, known, text
        self.made = Made(problems=list(book.problems))
        self.told = Messages(known, lang)
        self.prefix, self.base, self.name = split_slug(text.slug)
        self._names: dict[str, str] = {}  # of claims, by every name
        self._short_names = {key: ShortNames(key) for key in book.entries}

    def run(self, progress: Progress) -> None:
        described = [
            *((entry, self._concept(entry)) for entry in self.book.entries["concepts"]),
            *((entry, self._thing(entry)) for entry in self.book.entries["things"]),
        ]
        claims = [(entry, self._claim(entry)) for entry in self.book.entries["claims"]]
        compared = [(entry, self._comparison(entry)) for entry in self.book.entries["comparisons"]]
        for number, (entry, subject) in enumerate((*described, *claims, *compared)):
            progress.reached(number)
            if subject:
                self._say(entry, *subject)

    # What a row is about.

    def _concept(self, entry: Entry) -> tuple[str, str] | None:
        scheme = self._one_scheme(entry)
        short = self._short(entry, entry["prefLabel@en"] or entry["prefLabel@zh"])
        if scheme is None or short is None:
            return None
        kind = scheme.rpartition("/")[2]
        return self._new(entry, f"{self.base}vocab/{kind}/{short}", _SKOS + "Concept", scheme)

    def _one_scheme(self, entry: Entry) -> str | None:
        text = entry["inScheme"]
        found = self.known.find(text, self.known.schemes) & self.known.schemes if text else None
        if found and len(found) == 1:
            return next(iter(found))
        self._wrong(entry, "inScheme", self.told.scheme(text))
        return None

    def _thing(self, entry: Entry) -> tuple[str, str] | None:
        cls = self._kind(entry)
        short = self._short(entry, entry["prefLabel@en"] or entry["prefLabel@zh"])
        if cls is None or short is None:
            return None
        kind = key_of_thing(cls, self.known.ancestors(cls))
        return self._new(entry, f"{self.base}id/{kind}/{short}", cls, None)

    def _new(self, entry: Entry, iri: str, cls: str, scheme: str | None) -> tuple[str, str] | None:
        """Let a thing or concept be known, after looking whether it is already."""
        names = [
            entry["prefLabel@en"],
            entry["prefLabel@zh"],
            *cells.several(entry["altLabel"]),
        ]
        names = [name for name in names if name]
        if iri in self.made.rows:
            self._wrong(entry, NAME, self.told.described_twice(self.made.rows[iri].place(NAME)))
            return None
        if self.known.is_described(iri):
            self._wrong(entry, NAME, self.told.name_taken(iri))
            return None
        among = self.known.concepts(frozenset({scheme})) if scheme else self.known.things()
        for name in dict.fromkeys(names):
            same = self.known.find(name) & among
            if same:
                self._wrong(entry, _key_of(entry, name), self.told.known_already(name, same))
                break
            if near := self.known.near(name, among, at_least=0.86, word_by_word=True):
                nearly = replace(self.told.nearly_known(name, near), focus=iri)
                self._wrong(entry, _key_of(entry, name), nearly)
                break
        labels = {lang: entry[f"prefLabel@{lang}"] for lang in ("en", "zh")}
        self.known.add(iri, cls, names, scheme, {k: text for k, text in labels.items() if text})
        return iri, cls

    def _claim(self, entry: Entry) -> tuple[str, str] | None:
        cls = self._kind(entry)
        if cls is None:
            return None
        short = self._short(entry, words_of_claim(cls, entry["hasSubject"], self.known))
        if short is None:
            return None
        iri = f"{self.base}claim/{self.name}-{short}"
        # By its whole name too, as `bri-kg conflicts` and every answer print it.
        self._names |= dict.fromkeys((short, shorten(iri), iri), iri)
        return iri, cls

    def _comparison(self, entry: Entry) -> tuple[str, str] | None:
        short = self._short(entry, entry["prefLabel@en"])
        iri = f"{self.base}id/comparison/{self.name}-{short}"
        return (iri, BRI + "Comparison") if short else None

    def _kind(self, entry: Entry) -> str | None:
        text = folded(entry[KIND])
        for kind in entry.sheet.kinds:
            labels = {folded(label) for label in kind.label}
            short = {label.removesuffix(" claim").removesuffix("主张") for label in labels}
            local = kind.iri.rpartition("#")[2].casefold()
            if text and text in labels | short | {local, f"bri:{local}"}:
                return kind.iri
        self._wrong(entry, KIND, self.told.kind(entry, entry[KIND]))
        return None

    def _short(self, entry: Entry, of: str) -> str | None:
        """Return the short name of a row: the given one, else one made of words."""
        given, names = entry[NAME], self._short_names[entry.sheet.key]
        if given and not is_short_name(given):
            self._wrong(entry, NAME, self.told.short_name(given, slug(given)))
            return None
        if given and names.is_taken(given):
            self._wrong(entry, NAME, self.told.short_name_twice(given))
            return None
        made = given or names.made_of(of, entry.row)
        names.take(made)
        return made

    # What a row says.

    def _say(self, entry: Entry, iri: str, cls: str) -> None:
        subject = ox.NamedNode(iri)
        self.made.rows[iri] = entry
        own = self.made.triples.setdefault(iri, [])
        own.append(ox.Quad(subject, _TYPE, ox.NamedNode(cls)))
        if entry.sheet.key == "things":
            own.append(ox.Quad(subject, _SOURCE, ox.NamedNode(source_iri(self.text.slug))))
            own.append(ox.Quad(subject, _SOURCE, _EDITORS))
        if entry.sheet.key == "claims" and not entry["rank"]:
            own.append(ox.Quad(subject, _RANK, ox.NamedNode(PREFIXES["bri-rank"] + "normal")))
        for column in entry.sheet.fields:
            if not entry[column.key]:
                continue
            if entry.sheet.key == "claims" and cls not in column.asked_by:
                self._wrong(entry, column.key, self.told.not_asked(entry, column))
            for value in self._values(entry, column, cls):
                own.append(ox.Quad(subject, ox.NamedNode(column.property), value))

    def _values(self, entry: Entry, column: Field, cls: str) -> Iterator[ox.NamedNode | ox.Literal]:
        text = entry[column.key]
        match column.form:
            case Form.WORDS:
                yield from self._quoted(entry, column, text)
            case Form.THING | Form.CONCEPT | Form.SCHEME | Form.CLAIM:
                for part in cells.several(text):
                    if node := self._named(entry, column, cls, part):
                        yield ox.NamedNode(node)
            case Form.TIME | Form.AMOUNT:
                read = cells.time if column.form is Form.TIME else cells.amount
                found = read(text) or self._vague(text)
                if found:
                    yield ox.NamedNode(found)
                elif column.form is Form.TIME:
                    self._wrong(entry, column.key, self.told.time(text))
                else:
                    self._wrong(entry, column.key, self.told.amount(text))
            case Form.LINK:
                for part in cells.several(text):
                    if node := cells.link(part):
                        yield ox.NamedNode(node)
                    else:
                        self._wrong(entry, column.key, self.told.link(part))
            case Form.YES:
                answer = cells.yes_or_no(text)
                if answer is None:
                    self._wrong(entry, column.key, self.told.yes_or_no(text))
                else:
                    yield ox.Literal(answer)
            case Form.TEXT:
                parts = cells.several(text) if column.key == "altLabel" else [text]
                for part in parts:
                    yield self._literal(column, " ".join(part.split()))

    def _vague(self, text: str) -> str | None:
        """Return an amount or period that has a name of its own: many, several, every year."""
        spaces = (PREFIXES["bri-quantity"], PREFIXES["bri-time"])
        found = [node for node in self.known.find(text) if node.startswith(spaces)]
        return found[0] if len(found) == 1 else None

    def _literal(self, column: Field, text: str) -> ox.Literal:
        if column.datatype:
            return ox.Literal(text, datatype=ox.NamedNode(column.datatype))
        if column.lang:
            return ox.Literal(text, language=column.lang)
        other = "en" if self.text.language.startswith("zh") else self.text.language
        return ox.Literal(text, language="zh" if _HAN.search(text) else other)

    def _named(self, entry: Entry, column: Field, cls: str, text: str) -> str | None:
        if column.form is Form.CLAIM and text in self._names:
            return self._names[text]
        among = named_in(column, cls, self.known)
        found = anywhere = self.known.find(text, among)
        if column.form is not Form.THING:
            found &= among
        if len(found) == 1:
            return next(iter(found))
        if found:
            self._wrong(entry, column.key, self.told.ambiguous(text, found))
        elif others := _classes_of_concepts(column, anywhere, self.known):
            told = self.told.of_other_class(text, entry, cls, others, column.schemes.get(cls, ()))
            self._wrong(entry, column.key, told)
        else:
            self._wrong(entry, column.key, self.told.unknown(text, column, among))
        return None

    def _quoted(self, entry: Entry, column: Field, text: str) -> Iterator[ox.NamedNode]:
        for words in cells.passages(text):
            found = quotation(self.text.words, words)
            self.made.quotations[found.verdict] = self.made.quotations.get(found.verdict, 0) + 1
            if found.verdict is not Verdict.EXACT:
                self._wrong(entry, column.key, self.told.quoted(found, words, self.text))
                continue
            begin, end = found.spans[0]
            if end - begin > LONGEST_PASSAGE:
                self._wrong(entry, column.key, self.told.too_long(end - begin))
                continue
            iri = passage_iri(self.text.slug, begin, end)
            self.made.digests[iri] = sha256((self.text.words or "")[begin:end])
            yield ox.NamedNode(iri)

    def _wrong(self, entry: Entry, key: str, finding: Finding) -> None:
        title = self.told.title(entry)
        self.made.problems.append(CellFinding(title, entry.place(key), entry[key], finding))


def named_in(column: Field, cls: str, known: Known) -> frozenset[str]:
    """Return what the names in a column can mean, in rows of a class."""
    if column.form is Form.SCHEME:
        return known.schemes
    if column.form is Form.CLAIM:
        return known.things(frozenset({_CLAIM}))
    if column.form is Form.CONCEPT:
        every = frozenset(one for schemes in column.schemes.values() for one in schemes)
        return known.concepts(column.schemes.get(cls, every))
    return known.things(column.of.get(cls, frozenset()))


def _classes_of_concepts(column: Field, found: frozenset[str], known: Known) -> set[str]:
    """Return the classes whose rows can have one of these concepts in a column."""
    if column.form is not Form.CONCEPT:
        return set()
    return {cls for cls, schemes in column.schemes.items() if found & known.concepts(schemes)}


def words_of_claim(cls: str, subject: str, known: Known) -> str:
    """Return the words of which the short name of a claim is made; `subject` is the text of its cell."""
    about = known.find(cells.several(subject)[0]) if cells.several(subject) else frozenset()
    label = known.label(next(iter(about)), "en") if len(about) == 1 else subject
    return f"{cls.removeprefix(BRI).removesuffix('Claim').lower()} {label}"


def _key_of(entry: Entry, name: str) -> str:
    """Return the column in which a name stands."""
    keys: Iterable[str] = ("prefLabel@en", "prefLabel@zh", "altLabel")
    return next((key for key in keys if name in entry[key]), "prefLabel@en")
