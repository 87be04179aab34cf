"""Changed drafts of claims, words of passages, texts and headers of stored queries: what an author writes."""

# ruff: noqa: E501
# One construct a line, however long: these are tables.

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from fuzz_inputs import Input, changed

from bri_kg.checking.checks import read_check
from bri_kg.checking.unknown_terms import unknown_terms
from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.question_files import read_question
from bri_kg.dataset.questions import Question, as_sent, default_bindings
from bri_kg.dataset.resources import find
from bri_kg.names import BASE, PREFIXES, passage_iri
from bri_kg.rdf.parsing import parse_rdf, read_rdf
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.memory import Store
from bri_kg.texts import coverage, drafts, skeletons, sources
from bri_kg.texts.number_words import numbers_in
from bri_kg.texts.originals import find_span

_ROOT = Path(__file__).parent.parent
_HEAD = f"@base <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    for prefix in PREFIXES
    if prefix.startswith("bri") or prefix == "skos"
)
# Pieces of a text of our own: white space, quotes and dashes of every kind, scripts, numbers, marks of ours.
_PIECES = (
    *("The Moon Lab", "was founded by UNESCO", "in 2018", "“Night”", "isn’t", "–", "10,000 people", "3 billion RMB"),
    *("月球实验室", "由教科文组织创立", "。", "🌙", "e\u0301", "\u200b", "\u202e", "\x1b[1m", "...", "…", "{{", "}}", "<", "\\"),
    *("a", "a", "a", "a b", "1.5", "½", "٣", "１２", "ten", "1e9", "0", "9" * 60, "\ufeff", "\x1f", "\x85", "\u2028", "(?=", "[", '"'),
)  # fmt: skip
_GAPS = (" ", " ", " ", "\u00a0", "\n", "\r\n", "\n\n", "\t", "\u3000", "")
_CLAIM = """bri-claim:notes-{0} a bri:{1} ; bri:hasSubject bri-org:lab ; bri:hasAgent bri-org:unesco ;
  bri:role bri-role:founder ; bri:factuality bri-factuality:achieved ; bri:rank bri-rank:normal ;
  bri:{2} {3} ; bri:evidence {4} .
"""
_VALUES = (
    *("bri-quantity:exactly-10", "bri-quantity:more-than-1.5e9", "bri-quantity:between-1-and-2", "bri-time:2018", "<source/notes#char=0," + "9" * 5000 + ">"),
    *("bri-time:2018-02-30", "bri-time:9999999999", "bri-org:nobody", '"x"@en', "1", "<source/notes#char=0,9>"),
    *("<source/notes#char=9,0>", "<source/notes#char=,>", "<TODO>", "[]", "( 1 )", "bri-quantity:", "<<( bri:a bri:b 1 )>>"),
)  # fmt: skip
_PROPERTIES = ("time", "period", "quantity", "evidence", "hasContext", "leavesOpen", "nothing", "hasPart", "isVouchedForBy")  # fmt: skip
# What a graph may hold where the verbs expect better.
_ODD = (
    'bri-claim:notes-lab bri:hasQuantity bri-quantity:odd . bri-quantity:odd bri:statedValue "many" , "NaN"^^bri:x .',
    'bri-claim:notes-lab bri:isVouchedForBy bri-org:odd . bri-org:odd skos:prefLabel " "@en , "(" , "" .',
    'bri-claim:notes-lab bri:hasTime bri-time:odd . bri-time:odd bri:edtf "201[", "٢٠١٨" .',
    "bri-claim:notes-lab bri:evidence <urn:x> , bri-org:odd , <source/notes#char=5,2> , <source/notes#char=0,99999> , 1 .",
    '<urn:x> a bri:Source ; bri:fileName "a\\u0000b" , "/" , "" ; bri:characterCount 1 ; bri:sha256 "x" .',
    '<source/odd> a bri:Source ; bri:fileName "notes.txt" ; bri:characterCount "many" ; bri:sha256 "" .',
    '<source/notes#char=0,3> bri:omissionReason bri-omission:contact-details , "x" ; bri:sha256 "\\" . <" .',
    '<source/gone> a bri:Source ; bri:fileName "gone.txt" ; bri:characterCount 1 ; bri:sha256 "" . '
    'bri-claim:notes-lab bri:evidence <source/gone#char=0,1> . <source/gone#char=0,1> bri:sha256 "\\"\\n" .',
    "[] a bri:CreationClaim ; bri:evidence <source/notes#char=0,1> ; bri:hasSubject [] .",
)
_CLASSES = (
    *("CreationClaim", "QuantityClaim", "bri:EventClaim", "creation", "Claim", "claim", "", " ", "CREATION"),
    *("bri-org:cas", "<http://q.test/a>", "x" * 500, "\ud800", "创立", "bri:", "%s", "{}", "creationclaimclaim"),
)  # fmt: skip
_HEADERS = (
    *("#+ tags: [one, two]", "#+ tags: &a [x]", "#+ tags: 1", "#+ tags: [0x" + "f" * 6000 + "]", "#+ tags: {a: b}"),
    *("#+ tags: [[[[[[x]]]]]]", "#+ tags: [2020-01-01, 2020-13-01, 1e400, .nan, ~, yes, 1:30]", "#+ tags: [!!binary x]"),
    "#+ tags: [&a [x, x, x, x, x, x, x, x], " + ", ".join(f"&{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]",
    *("#+ params: {p: {type: integer, default: 0x" + "f" * 6000 + ", label: {en: a, zh: b}}}", "#+ params: {p: }", "#+ params: []"),
    *("#+ params: {1: {type: iri, label: {en: [a], zh: {b: c}}}}", "#+ params: &p {p: *p}", "#+ params: {p: {type: decimal, default: .inf, label: {en: , zh: }}}"),
    *("#+ params:\n#+   p: {type: string, default: !!set {a, b}, label: {en: a, zh: b}}", "#+ params: {? [a] : b}", "#+ params: {p: {type: [iri]}}"),
    *("#+ columns: {a: iri, 1: string, ~: boolean}", "#+ columns: {a: {b: c}}", "#+ columns: [a]", "#+ columns: !!python/object:os.system x", "#+ columns:"),
    *("#+ scope: any", "#+ severity: grave", "#+ fix: x", "#+ summary:", "#+", "#+ ", "#+  x", "#+\tsummary: x", "#+ :", "#+ summary_zh: 问"),
)  # fmt: skip


def prepare() -> None:
    pass


def make(chance: random.Random) -> Input:
    made = chance.choices(
        (_filling, _finding, _question, _source, _overlay, _skeleton, _whole), (30, 25, 25, 8, 8, 3, 3)
    )[0]  # fmt: skip
    return made(chance)


def _text(chance: random.Random) -> str:
    size = chance.choice((0, 1, 5, 40, 40, 40, 400))
    words = "".join(chance.choice(_PIECES) + chance.choice(_GAPS) for _ in range(size))
    return words * chance.choices((1, 3, 100), (30, 5, 1))[0]


def _words(text: str, chance: random.Random) -> str:
    """Return words of the text, or nearly so."""
    begin = chance.randrange(len(text) + 1)
    words = text[begin : begin + chance.choice((0, 1, 5, 30, 200, 400))]
    if chance.random() < 0.4:
        middle = chance.choice((" ... ", " … ", "...", "\n…\n", " ... ... "))
        words = words[:10] + middle + text[begin + len(words) :][: chance.choice((0, 3, 30))]
    if chance.random() < 0.3:
        words = changed(words.encode(), chance, 1).decode("utf-8", "replace")
    return words


def _draft(text: str, chance: random.Random) -> bytes:
    lines = [_HEAD if chance.random() < 0.9 else ""]
    for number in range(chance.randint(0, 4)):
        evidence = "{{" + _words(text, chance).replace("\n", " ") + "}}"
        name, prop, value = (chance.choice(pool) for pool in (_CLASSES[:3], _PROPERTIES, _VALUES))
        line = _CLAIM.format(number, name.removeprefix("bri:"), prop, value, evidence)
        lines.append(line * chance.choice((1, 1, 1, 50)))
    draft = "".join(lines).encode()
    return changed(draft, chance) if chance.random() < 0.5 else draft


def graph_of(text: str) -> dict[str, bytes]:
    """Return the files of a graph with one source and one claim, and its text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    described = (
        f'{_HEAD}<source/notes> a bri:Source ; skos:prefLabel "notes"@en , "笔记"@zh ; bri:fileName "notes.txt" ;\n'
        f'  bri:characterCount {len(text)} ; bri:sha256 "{digest}" .\n'
    )
    claim = _CLAIM.format("lab", "CreationClaim", "time", _VALUES[3], "<source/notes#char=0,5>")
    return {
        "graph/sources.ttl": described.encode(),
        "graph/claims.ttl": (_HEAD + claim).encode(),
        "texts/notes.txt": text.encode(),
    }


def _filling(chance: random.Random) -> Input:
    text = _text(chance)
    return Input(files={"draft.ttl": _draft(text, chance), "notes.txt": text.encode()}, api="fill")


def _finding(chance: random.Random) -> Input:
    text = _text(chance)
    words = _words(text, chance)
    return Input(files={"notes.txt": text.encode(), "words.txt": words.encode()}, api="find")


def _question(chance: random.Random) -> Input:
    lines = list(chance.choice(_stored_lines()))
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(lines) + 1)
        lines[at : at + chance.randint(0, 1)] = [chance.choice(_HEADERS)]
    content = "\n".join(lines).encode()
    if chance.random() < 0.4:
        content = changed(content, chance, 2)
    return Input(files={"q.rq": content}, api="question")


@cache
def _stored_lines() -> tuple[tuple[str, ...], ...]:
    stored = [
        *sorted((_ROOT / "queries" / "questions").glob("*.rq"))[::6],
        *sorted((_ROOT / "queries" / "checks").rglob("*.rq"))[::6],
    ]
    return tuple(tuple(path.read_text(encoding="utf-8").split("\n")) for path in stored)


def _source(chance: random.Random) -> Input:
    text = _text(chance).encode()
    return Input(
        files={"notes.txt": changed(text, chance) if chance.random() < 0.5 else text}, api="source"
    )


def _overlay(chance: random.Random) -> Input:
    draft = _draft("", chance).replace(b"{{", b"<source/notes#char=0,").replace(b"}}", b"5>")
    return Input(files={"draft.ttl": draft}, api="overlay")


def _skeleton(chance: random.Random) -> Input:
    name = chance.choice(_CLASSES).encode("utf-8", "surrogatepass")
    return Input(
        files={"class.txt": changed(name, chance, 1) if chance.random() < 0.5 else name},
        api="skeleton",
    )


def _whole(chance: random.Random) -> Input:
    """Return a command line over a small graph of its own."""
    text = _text(chance) or "a"
    files = graph_of(text)
    odd = chance.choices(_ODD, k=chance.choice((0, 0, 1, 2)))
    files["graph/claims.ttl"] += "\n".join(odd).encode()
    if chance.random() < 0.3:
        name = chance.choice(sorted(files))
        files[name] = changed(files[name], chance, 2)
    files["draft.ttl"] = _draft(text, chance)
    folders = ("--graph", "graph", "--alone", "--sources", "texts")
    words = _words(text, chance)
    args = chance.choice(
        (
            ("evidence", "fill", "draft.ttl", "--source", "notes", *folders),
            ("evidence", "find", "notes", words, *folders),
            ("evidence", "verify", *folders, "-f", "csv"),
            ("evidence", "show", chance.choice(("notes", "bri-claim:notes-lab")), *folders),
            ("evidence", "coverage", *folders, *chance.choice(((), ("--left-out",)))),
            ("evidence", "seal", *folders),
            ("source", "sentences", "notes", *folders),
            ("source", "list", *folders[:2]),
            ("source", "add", "texts/notes.txt", "--slug", "more", "--title", words, *folders[:2]),
            ("source", "skeleton", chance.choice(_CLASSES), "--slug", chance.choice(("notes", "No", ""))),
            ("validate", "draft.ttl"),
        )
    )  # fmt: skip
    return Input(args, files)


def _fill(folder: Path) -> None:
    text = (folder / "notes.txt").read_bytes().decode()
    draft = read_text("draft.ttl", "a draft of claims")
    filled = drafts.fill(draft, "notes", text, "draft.ttl")
    for problem in filled.problems:
        problem.render()
    if filled.problems:
        raise filled.problems[0]
    for _ in parse_rdf(filled.text, ox.RdfFormat.TURTLE, "draft.ttl"):
        pass


def _find(folder: Path) -> None:
    text = (folder / "notes.txt").read_bytes().decode()
    words = (folder / "words.txt").read_bytes().decode()
    for begin, end in find_span(text, words):
        assert 0 <= begin < end <= len(text)
        passage_iri("notes", begin, end)


def _read_header(folder: Path) -> None:
    """Read the file as a check, else as a question that goes into an index and out of it to an engine."""
    if b"#+ columns" not in (folder / "q.rq").read_bytes():
        read_check(folder / "q.rq")
        return
    question = read_question(folder / "q.rq")
    again = Question.from_json(json.loads(json.dumps(question.to_json())))
    assert again == question
    as_sent(again, default_bindings(again))


def _describe(folder: Path) -> None:
    turtle = sources.describe(folder / "notes.txt", "notes", None, {})
    assert len(list(ox.parse(turtle.encode(), ox.RdfFormat.TURTLE))) == 4
    text = (folder / "notes.txt").read_bytes().decode()
    spans = [(begin, end) for begin, end, *_ in coverage.sentences(text)]
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    list(numbers_in(text))


def _look_at_terms(folder: Path) -> None:
    overlay = list(read_rdf(folder / "draft.ttl"))
    for unknown in unknown_terms(overlay, (*_asserted(), *overlay), strict=False):
        assert unknown.message


def _write_skeleton(folder: Path) -> None:
    text = (folder / "class.txt").read_bytes().decode("utf-8", "surrogateescape")
    store = _with_shapes()
    cls = skeletons.claim_class(store, text)
    skeletons.write(cls, skeletons.lines_for(store, cls, "notes"), "notes")


@cache
def _asserted() -> tuple[ox.Quad, ...]:
    return assert_all(find())


@cache
def _with_shapes() -> Store:
    store = Store(_asserted())
    for path in find().shape_files():
        store.add(read_rdf(path))
    return store


API: Mapping[str, Callable[[Path], object]] = {
    "fill": _fill,
    "find": _find,
    "question": _read_header,
    "source": _describe,
    "overlay": _look_at_terms,
    "skeleton": _write_skeleton,
}
