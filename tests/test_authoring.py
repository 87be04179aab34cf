"""Help for authors: coverage, claims beside their words, drafts, sources and skeletons."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli
from hypothesis import example, given
from hypothesis import strategies as st

from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.resources import find
from bri_kg.names import BASE, BRI, PREFIXES
from bri_kg.rdf.parsing import parse_rdf, read_rdf
from bri_kg.stores.memory import Store
from bri_kg.texts.coverage import Passages, measure, says_something, sentences, untouched
from bri_kg.texts.drafts import fill
from bri_kg.texts.originals import find_span, find_words
from bri_kg.texts.skeletons import lines_for, write
from bri_kg.texts.source_files import source_files

SLUGS = ("anso-pakistan", "cas-decade", "casted-slides", "cgtn-debut", "std-decade")
HEAD = "".join(
    f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    for prefix in PREFIXES
    if prefix.startswith("bri") or prefix == "skos"
)
BASE_LINE = f"@base <{BASE}> .\n"


# A text of our own: five lines, of which the last two say nothing that a graph would hold.
NOTES = (
    "The\u00a0Moon Lab was founded by UNESCO. It is \x1b[1mbright\x1b[0m.\n"
    "Nobody has seen it; nobody has looked.\n"
    "“Night” – said the lab – is long.\n\n"
    "Home | Contact\n"
    "Tel: 555 0100\n"
)
FOUNDED = (0, 35)


@dataclass(frozen=True)
class Small:
    """A graph of one source and one claim, with the folder of its text."""

    graph: Path
    texts: Path

    def options(self) -> tuple[str, ...]:
        return ("--graph", str(self.graph), "--alone", "--sources", str(self.texts))

    def add(self, turtle: str) -> None:
        (self.graph / "more.ttl").write_text(BASE_LINE + HEAD + turtle, encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    graph, texts = tmp_path / "small" / "graph", tmp_path / "texts"
    graph.mkdir(parents=True)
    texts.mkdir()
    (texts / "notes.txt").write_bytes(NOTES.encode())
    (graph / "sources.ttl").write_text(
        f'{BASE_LINE}{HEAD}<source/notes> a bri:Source ; skos:prefLabel "notes"@en , "笔记"@zh ;\n'
        f'  bri:fileName "notes.txt" ; bri:characterCount {len(NOTES)} ;\n'
        f'  bri:sha256 "{hashlib.sha256(NOTES.encode()).hexdigest()}" .\n',
        encoding="utf-8",
    )
    (graph / "claims.ttl").write_text(
        BASE_LINE
        + HEAD
        + "bri-claim:notes-lab a bri:CreationClaim ; bri:hasSubject bri-org:lab ;\n"
        "  bri:hasAgent bri-org:unesco ; bri:role bri-role:founder ; bri:leavesOpen bri-gap:time ;\n"
        "  bri:factuality bri-factuality:achieved ; bri:rank bri-rank:normal ;\n"
        f"  bri:evidence <source/notes#char={FOUNDED[0]},{FOUNDED[1]}> .\n",
        encoding="utf-8",
    )
    return Small(graph, texts)


# Coverage.


def test_every_word_of_the_five_texts_is_cited_or_left_out_for_a_reason(
    cli: Cli, sources: Path
) -> None:
    done = cli("evidence", "coverage", "--sources", str(sources), "-f", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    header, *rows = (line.split(",") for line in done.stdout.splitlines())
    assert [row[0].rsplit("/", 1)[1] for row in rows] == list(SLUGS)
    for row in (dict(zip(header, row, strict=True)) for row in rows):
        parts = ("inPassages", "leftOut", "unexplained", "blank")
        assert sum(int(row[part]) for part in parts) == int(row["characters"])
        assert row["unexplained"] == "0"
        assert float(row["share"]) > 0.9


@pytest.mark.parametrize("slug", SLUGS)
def test_every_sentence_of_the_five_texts_is_touched(cli: Cli, sources: Path, slug: str) -> None:
    done = cli("source", "sentences", slug, "--sources", str(sources), "-f", "csv")
    assert (done.returncode, done.stdout) == (0, "passage,characters,words\n")


def test_what_loses_its_reason_is_reported_at_its_line(cli: Cli, sources: Path, copy: Path) -> None:
    path = copy / "omissions.ttl"
    text, count = re.subn(
        r"<source/std-decade#char=5028,5062> [^\n]*\n", "", path.read_text(encoding="utf-8")
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")
    done = cli(
        "evidence", "coverage", "--sources", str(sources), "--graph", str(copy), "--alone", "-q"
    )
    assert done.returncode == 1
    assert re.search(
        r"001_\w+\.txt:\d+: error\[BRI246\]: no passage holds <\S+5028,5062>", done.stderr
    )


def test_a_text_is_measured_against_its_passages(cli: Cli, small: Small) -> None:
    rest, home, call = (
        f"notes#char={begin},{end}"
        for words in ("It is ... long", "Home | Contact", "Tel: 555 0100")
        for begin, end in find_span(NOTES, words)
    )
    small.add(
        f"<source/{home}> bri:omissionReason bri-omission:navigation .\n"
        f"<source/{call}> bri:omissionReason bri-omission:contact-details .\n"
    )
    done = cli("evidence", "coverage", "notes", *small.options(), "--left-out", "-f", "json")
    rows = [
        {name: term["value"].rsplit("/", 1)[1] if "/" in term["value"] else term["value"]
         for name, term in row.items()}
        for row in json.loads(done.stdout)["results"]["bindings"]
    ]  # fmt: skip
    assert rows == [
        {"passage": rest, "characters": str(NOTES.index("long") + 4 - NOTES.index("It is"))},
        {"passage": home, "characters": "14", "reason": "navigation"},
        {"passage": call, "characters": "13", "reason": "contact-details"},
    ]
    assert done.returncode == 1
    assert "notes.txt:1: error[BRI246]" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_long_passage_is_not_covered_by_its_length(cli: Cli, small: Small) -> None:
    small.add("bri-claim:notes-all bri:evidence <source/notes#char=0,301> .\n")
    done = cli("evidence", "coverage", *small.options())
    assert done.returncode == 1
    assert "has 301 characters, and at most 300 are allowed" in done.stderr


def test_texts_that_are_missing_or_changed_are_named(cli: Cli, small: Small) -> None:
    (small.texts / "notes.txt").write_text("Something else.", encoding="utf-8")
    done = cli("evidence", "coverage", *small.options())
    assert (done.returncode, "BRI234" in done.stderr) == (1, True)
    (small.texts / "notes.txt").unlink()
    done = cli("evidence", "coverage", "notes", *small.options())
    assert (done.returncode, "BRI232" in done.stderr) == (2, True)


def test_validation_guards_what_is_left_out(cli: Cli, copy: Path) -> None:
    with (copy / "omissions.ttl").open("a", encoding="utf-8") as file:
        file.write("<source/cas-decade#char=0,400> bri:omissionReason bri-omission:decoration .\n")
    with (copy / "passages.ttl").open("a", encoding="utf-8") as file:
        file.write(f'<source/cas-decade#char=0,400> bri:sha256 "{"0" * 64}" .\n')
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 1
    assert "error[left-out-and-cited]" in done.stdout + done.stderr
    assert "error[passage-too-long]" in done.stdout + done.stderr
    with (copy / "omissions.ttl").open("a", encoding="utf-8") as file:
        file.write("<source/cas-decade#char=0,400> bri:omissionReason bri-omission:connective .\n")
    done = cli("validate", "--graph", str(copy), "--alone")
    assert "for exactly one reason" in done.stdout + done.stderr


texts = st.text(alphabet="ab.?\n \u00a0，。字é\u0301+“”", max_size=60)


@st.composite
def read_texts(draw: st.DrawFn) -> tuple[str, Passages]:
    text = draw(texts)
    place = st.integers(0, len(text) + 3)
    span = st.tuples(place, place).filter(lambda pair: pair[0] < pair[1])
    cited = draw(st.frozensets(span, max_size=4))
    return text, Passages(cited, draw(st.dictionaries(span, st.just("why"), max_size=3)))


@given(read_texts())
def test_every_character_is_counted_once(read: tuple[str, Passages]) -> None:
    text, passages = read
    found = measure(text, passages)
    assert found.characters == len(text)
    parts = found.in_passages, found.left_out, found.unexplained, found.blank
    assert (sum(parts), min(parts, default=0) >= 0) == (len(text), True)
    cited = {i for b, e in passages.cited for i in range(b, min(e, len(text)))}
    explained = cited | {i for b, e in passages.left_out for i in range(b, min(e, len(text)))}
    assert found.in_passages == len(cited)
    assert found.left_out == len(explained - cited)
    without_reason = {i for s in found.stretches if s.reason is None for i in range(s.begin, s.end)}
    said = {i for i, char in enumerate(text) if says_something(char)}
    assert said - explained <= without_reason
    assert not without_reason & explained
    assert found.unexplained == len(without_reason)


@given(read_texts())
def test_every_word_is_in_exactly_one_sentence(read: tuple[str, Passages]) -> None:
    text, passages = read
    found = list(sentences(text))
    assert all(end <= begin for (_, end), (begin, _) in pairwise(found))
    inside = {i for begin, end in found for i in range(begin, end)}
    assert {i for i, char in enumerate(text) if says_something(char)} <= inside
    in_passages = {
        i for b, e in (*passages.cited, *passages.left_out) for i in range(b, min(e, len(text)))
    }
    for begin, end in found:
        assert ((begin, end) in set(untouched(text, passages))) == (
            not in_passages & set(range(begin, end))
        )


def test_sentences_end_where_readers_end_them() -> None:
    text = "One. “Two!” Three\nFour? 五。六\n\n---\n"
    pieces = [text[begin:end] for begin, end in sentences(text)]
    assert pieces == ["One.", "“Two!”", "Three", "Four?", "五。", "六"]


def test_sentences_go_on_after_abbreviations() -> None:
    text = "Mr. Li met Prof. J. Wu, e.g. on Nov. 6, in the U.S. last year. It ended at No. 52, etc. Then they left."
    pieces = [text[begin:end] for begin, end in sentences(text)]
    assert pieces == [
        "Mr. Li met Prof. J. Wu, e.g. on Nov. 6, in the U.S. last year.",
        "It ended at No. 52, etc.",
        "Then they left.",
    ]


# Words and passages.


@given(texts, st.data())
@example("aa aa aa", None)
def test_words_of_a_text_are_found_where_they_stand(text: str, data: st.DataObject | None) -> None:
    begin = data.draw(st.integers(0, len(text))) if data else 3
    end = data.draw(st.integers(begin, len(text))) if data else 8
    words = text[begin:end]
    if words.strip() and words == words.strip():
        assert (begin, end) in find_words(text, words)
        assert (begin, end) in find_words(text, " \n".join(words.split()))


def test_places_that_overlap_are_all_found() -> None:
    assert find_words("na na na", "na na") == [(0, 5), (3, 8)]


def test_first_and_last_words_stand_for_those_between() -> None:
    assert find_span(NOTES, "The Moon ... UNESCO.") == [FOUNDED]
    assert find_span(NOTES, '"Night" … long.') == [
        find_words(NOTES, "“Night” – said the lab – is long.")[0]
    ]
    assert find_span(NOTES, "UNESCO ... Moon") == []
    assert len(find_span(NOTES, "obody ... looked")) == 2
    assert find_span("wait ... what", "wait ... what") == [(0, 13)]


def test_every_passage_of_the_graph_is_found_by_its_words(sources: Path) -> None:
    files = source_files(Store(assert_all(find())))
    cited = re.compile(r"<source/([a-z-]+)#char=(\d+),(\d+)>")
    for path in (ROOT / "graph").rglob("*.ttl"):
        for slug, begin, end in cited.findall(path.read_text(encoding="utf-8")):
            text = (sources / files[slug].file_name).read_bytes().decode()
            span = int(begin), int(end)
            assert span in find_words(text, text[slice(*span)])


# Claims beside their words.


def test_a_claim_is_shown_beside_its_words(cli: Cli, small: Small) -> None:
    done = cli("evidence", "show", "notes-lab", *small.options())
    assert done.returncode == 0
    assert "bri:hasAgent       bri-org:unesco" in done.stdout
    assert "<source/notes#char=0,35>  (unsealed)\n        | The" in done.stdout
    assert "founded by UNESCO." in done.stdout.replace("\n        | ", " ")


def test_control_characters_of_a_text_are_visible(cli: Cli, small: Small) -> None:
    small.add("bri-claim:notes-lab bri:hasContext <source/notes#char=36,97> .\n")
    done = cli("evidence", "show", "notes", *small.options())
    assert "\\x1b[1mbright\\x1b[0m.\\n" in done.stdout
    assert "\x1b" not in done.stdout


def test_claims_are_shown_in_the_order_of_the_text(cli: Cli, sources: Path) -> None:
    done = cli("evidence", "show", "cgtn-debut", "--sources", str(sources))
    first = {}
    for block in done.stdout.split("\n\n"):
        name = block.split("\n", 1)[0]
        first[name] = min(int(b) for b in re.findall(r"bri:evidence\s+<\S+char=(\d+),", block))
    assert len(first) > 50
    assert list(first.values()) == sorted(first.values())
    assert "(unsealed)" not in done.stdout
    assert "(changed)" not in done.stdout
    cut = cli("evidence", "show", "cgtn-debut", "--sources", str(sources), "--limit", "2")
    assert (cut.returncode, cut.stdout.count("bri:factuality")) == (0, 2)


def test_what_is_neither_claim_nor_source_is_named(cli: Cli, small: Small) -> None:
    done = cli("evidence", "show", "bri-claim:notes-lap", *small.options())
    assert (done.returncode, "did you mean bri-claim:notes-lab?" in done.stderr) == (2, True)
    done = cli("evidence", "show", "note", *small.options())
    assert (done.returncode, "did you mean 'notes'?" in done.stderr) == (2, True)
    done = cli("evidence", "show", "notes", *small.options(), "-f", "json")
    assert (done.returncode, "no format 'json'" in done.stderr) == (2, True)


# Drafts.

DRAFT = f"""{BASE_LINE}{HEAD}
bri-claim:notes-lab-2 bri:evidence {{{{The Moon Lab ... UNESCO.}}}} , {{{{"Night" - said}}}} ;
    # said again: {{{{The Moon Lab was}}}}
    bri:leavesOpen bri-gap:time .
"""


def test_a_draft_becomes_turtle(cli: Cli, small: Small, tmp_path: Path) -> None:
    draft, out = tmp_path / "notes.draft", tmp_path / "notes.ttl"
    draft.write_text(DRAFT, encoding="utf-8")
    done = cli(
        "evidence", "fill", str(draft), "-o", str(out), "--source", "notes", *small.options()
    )
    assert done.returncode == 0, done.stderr
    quads = list(read_rdf(out))
    night = NOTES.index("“Night”")
    assert {q.object.value for q in quads if q.predicate.value == BRI + "evidence"} == {
        f"{BASE}source/notes#char=0,35",
        f"{BASE}source/notes#char={night},{night + 14}",
    }
    assert "Moon" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{no such words}}", "2:3: error[BRI242]: these words stand nowhere in the text: no such"),
        ("{{}}", "2:3: error[BRI242]"),
        ("{{obody has}}", "2:3: error[BRI243]: these words stand in 2 places"),
        ("{{xyz ... end}}", "2:3: error[BRI244]: the passage has 310 characters"),
        ("{{The Moon", "2:3: error[BRI241]: these braces have no counterpart"),
        ("The Moon}}", "2:11: error[BRI241]"),
        ("{{no\x1b[1m}}", "stand nowhere in the text: no\\x1b[1m"),
    ],
)
def test_words_that_make_no_passage_are_reported_at_their_place(line: str, says: str) -> None:
    text = NOTES + "xyz" + "x" * 304 + "end"
    filled = fill(f"{BASE_LINE}  {line}\n", "notes", text, "d.draft")
    assert says in "\n".join(problem.render() for problem in filled.problems)


def test_a_draft_with_faults_is_not_written(cli: Cli, small: Small, tmp_path: Path) -> None:
    draft, out = tmp_path / "d", tmp_path / "out.ttl"
    options = ("-o", str(out), "--source", "notes", *small.options())
    draft.write_text(DRAFT.replace("UNESCO", "me").replace("said", "sung"), encoding="utf-8")
    done = cli("evidence", "fill", str(draft), *options)
    assert (done.returncode, done.stderr.count("error[BRI242]"), out.exists()) == (1, 2, False)
    draft.write_text(DRAFT.replace(BASE_LINE, ""), encoding="utf-8")
    done = cli("evidence", "fill", str(draft), *options)
    assert (done.returncode, "error[BRI240]: the draft has no base" in done.stderr) == (1, True)
    draft.write_text(DRAFT.replace("bri:leavesOpen", "leavesOpen"), encoding="utf-8")
    done = cli("evidence", "fill", str(draft), *options)
    line = DRAFT[: DRAFT.index("bri:leavesOpen")].count("\n") + 1
    assert (done.returncode, out.exists()) == (2, False)
    assert f"{draft}:{line}:" in done.stderr


# Sources.


def test_sources_are_listed_with_their_numbers(cli: Cli, small: Small) -> None:
    done = cli("source", "list", "--graph", str(small.graph), "--alone", "-l", "zh", "-f", "csv")
    assert done.stdout.splitlines() == [
        "source,title,file,characters,claims,passages",
        f"{BASE}source/notes,笔记,notes.txt,{len(NOTES)},1,1",
    ]


def test_a_text_is_described_by_what_follows_from_it(
    cli: Cli, small: Small, tmp_path: Path
) -> None:
    path = tmp_path / "new text.txt"
    path.write_bytes("\ufeffZwölf\r\n".encode())
    done = cli(
        "source", "add", str(path), "--slug", "new-text", "--title", 'A "new" text', "-q",
        "--graph", str(small.graph), "--alone",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    said = {
        (q.predicate.value.replace(BRI, "bri:"), q.object.value)
        for q in parse_rdf(done.stdout, ox.RdfFormat.TURTLE, "stdout")
        if isinstance(q.object, ox.Literal)
    }
    assert said == {
        (PREFIXES["dcterms"] + "title", 'A "new" text'),
        ("bri:fileName", "new text.txt"),
        ("bri:characterCount", "8"),
        ("bri:sha256", hashlib.sha256(path.read_bytes()).hexdigest()),
    }


@pytest.mark.parametrize(
    ("file", "slug", "says"),
    [
        ("notes.txt", "again", "described already, as 'notes'"),
        ("other.txt", "notes", "the slug 'notes' is taken"),
        ("other.txt", "Not A Slug", "is no slug"),
        ("empty.txt", "empty", "the file is empty"),
        ("latin.txt", "latin", "is not UTF-8 text"),
        ("none.txt", "none", "there is no file"),
        (".", "folder", "is a folder"),
    ],
)
def test_a_text_that_cannot_be_a_source(
    cli: Cli, small: Small, file: str, slug: str, says: str
) -> None:
    (small.texts / "other.txt").write_text("Other.", encoding="utf-8")
    (small.texts / "empty.txt").write_text(" \n", encoding="utf-8")
    (small.texts / "latin.txt").write_bytes("Zwölf".encode("latin-1"))
    path = str(small.texts / file)
    done = cli("source", "add", path, "--slug", slug, "--graph", str(small.graph), "--alone")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_sentences_that_no_passage_touches_are_listed(cli: Cli, small: Small) -> None:
    done = cli("source", "sentences", "notes", *small.options(), "-f", "csv")
    assert done.returncode == 1
    assert "Nobody has seen it; nobody has looked." in done.stdout
    assert "founded" not in done.stdout
    assert "5 of 6 sentences lie in no passage" in done.stderr


# Skeletons.


def ontology_with_shapes() -> Store:
    resources = find()
    store = Store(assert_all(resources))
    for path in resources.shape_files():
        store.add(read_rdf(path))
    return store


def claim_classes() -> list[str]:
    text = (ROOT / "ontology" / "modules" / "claim.ttl").read_text(encoding="utf-8")
    return re.findall(r"^bri:(\w+Claim) a owl:Class", text, re.MULTILINE)


def test_every_class_has_a_skeleton_that_is_turtle() -> None:
    store, classes = ontology_with_shapes(), claim_classes()
    assert len(classes) == 15
    for name in classes:
        lines = lines_for(store, BRI + name, "notes")
        skeleton = write(BRI + name, lines, "notes")
        quads = list(parse_rdf(skeleton, ox.RdfFormat.TURTLE, name))
        asked = {q.predicate.value.removeprefix(BRI) for q in quads}
        assert {"factuality", "rank", "evidence"} < asked, name
        assert {"hasSubject", "hasParty"} & asked, name
        # What is offered in a comment is Turtle too once its first sign is taken away.
        freed = re.sub(r"^    # (bri:)", r"    \1", skeleton, flags=re.MULTILINE)
        offered = {
            q.predicate.value.removeprefix(BRI) for q in parse_rdf(freed, ox.RdfFormat.TURTLE, name)
        }
        assert {"hasContext", "modality", "outranks"} <= offered - asked, name


def test_a_skeleton_declares_the_prefixes_that_it_needs() -> None:
    store = ontology_with_shapes()
    for name in claim_classes():
        skeleton = write(BRI + name, lines_for(store, BRI + name, "notes"), "notes")
        declared = set(re.findall(r"@prefix ([\w-]+):", skeleton))
        assert not {"time", "org", "event"} & declared, name
        named = re.sub(r"^@.*\n|# TODO .*|# What .*|; # .*", "", skeleton, flags=re.MULTILINE)
        assert set(re.findall(r"(?<![\w/#-])([a-z][a-z-]*):(?!/)", named)) <= declared, name
    theme = write(BRI + "ThemeClaim", lines_for(store, BRI + "ThemeClaim", "notes"), "notes")
    assert {"bri-collection", "bri-facility", "bri-theme"} <= set(
        re.findall(r"@prefix ([\w-]+):", theme)
    )


def test_a_skeleton_asks_for_what_the_shapes_of_its_class_ask(cli: Cli) -> None:
    done = cli("source", "skeleton", "CooperationClaim", "--slug", "notes")
    assert "    bri:hasParty <TODO> , <TODO-2> ;" in done.stdout
    assert "    bri:rank bri-rank:normal ;" in done.stdout
    assert done.stdout.endswith("    bri:evidence <source/notes#char=BEGIN,END> .\n")
    done = cli("source", "skeleton", "creation")
    assert "bri-role:creator or narrower" in done.stdout
    assert "# TODO or bri:leavesOpen bri-gap:agent:" in done.stdout
    assert cli("source", "skeleton", "bri:Claim").returncode == 2
    assert "did you mean EventClaim?" in cli("source", "skeleton", "EvntClaim").stderr


def test_a_skeleton_left_unfilled_is_no_claim(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "skeleton.ttl"
    assert cli("source", "skeleton", "ThemeClaim", "-o", str(path)).returncode == 0
    done = cli("validate", str(path))
    assert done.returncode == 1
    assert "TODO" in done.stdout + done.stderr
