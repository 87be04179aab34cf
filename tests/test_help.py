"""What `--help` shows: own options first, nothing beyond the screen, and examples that run; words that are misspelt."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import importlib
import io
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Cli

from bri_kg.answers.glossary import WORDS, word_named
from bri_kg.cli.main import main
from bri_kg.cli.verbs import VERBS, WITH_STORE
from bri_kg.knowledge import KnowledgeGraph

# What the examples call files of the reader's own.
FILES = {
    "mine.ttl": "@prefix bri: <https://w3id.org/bri-kg/ontology#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "<https://w3id.org/bri-kg/id/org/my-institute> a bri:Organization ;\n"
    '    skos:prefLabel "My Institute"@en , "我的研究所"@zh ;\n'
    "    <http://purl.org/dc/terms/source> <https://w3id.org/bri-kg/source/cas-decade> .\n",
    "data.ttl": "@prefix : <http://example.org/> .\n:a a :C ; :p 1 .\n",
    "onto.ttl": "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    '<http://example.org> a owl:Ontology ; rdfs:label "An ontology"@en ; owl:versionInfo "2" .\n'
    ':C a owl:Class ; rdfs:label "thing"@en ; rdfs:comment "Something."@en ; rdfs:subClassOf :D .\n'
    ':D a owl:Class ; rdfs:label "matter"@en ; rdfs:comment "Anything."@en .\n'
    ':p a owl:DatatypeProperty ; rdfs:label "number"@en ; rdfs:comment "A number."@en .\n',
    "shapes.ttl": "@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 1 ] .\n",
    "query.rq": "SELECT ?s WHERE { ?s ?p ?o }\n",
    "notes.txt": "Two academies met.\n",
}
FILES["onto-1.ttl"] = FILES["onto.ttl"]
# Those that end with 1 since they find something, as they should.
FINDING = ("source sentences", "check onto.ttl")
WORKBOOKS = (
    *(f"bri-kg source {part}" for part in ("new", "workbook", "check", "import", "undo")),
    "bri-kg evidence verify notes",
    "bri-kg evidence reanchor",
)
SLOW = (
    "questions --accept",
    "compare",
    "validate",
    "check",
    "build",
    "conflicts --candidates",
    "source",
    "export",
)


def help_of(*words: str) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
        main([*words, "--help"])
    return shown.getvalue()


def parts_of(verb: str) -> list[tuple[str, ...]]:
    _, _heading, listed = help_of(verb).partition("\nparts:\n")
    return [(verb, name) for name in re.findall(r"^    (\w+)", listed.split("\n\n")[0], re.M)]


PLACES = [(), *((verb,) for verb in VERBS), *(place for verb in VERBS for place in parts_of(verb))]


def examples_of(place: tuple[str, ...]) -> list[str]:
    text = help_of(*place).partition("\nexamples:\n")[2].split("\n\n")[0]
    return re.findall(r"^  (bri-kg .*)$", text, re.MULTILINE)


EXAMPLES = [(place, examples_of(place)) for place in PLACES]


@pytest.mark.parametrize("place", PLACES, ids=" ".join)
def test_a_help_shows_its_own_options_first_and_fits_the_screen(
    place: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = help_of(*place)
    assert [line for line in text.splitlines() if len(line) > 80] == []
    own, _, common = text.partition("\noptions of every verb:\n")
    assert "--timeout" in common and "\nexamples:\n  # " in own
    assert "--timeout" not in own and not re.search("--lang\\b", own.split("\nexamples:")[0])
    assert ("--store" in common) == (not place or place[0] in WITH_STORE)
    # Each argument and option says what it is.
    assert not re.search(r"^  (?! )\S+( [A-Z.\[\] ]+)?\n(?!   )", own.split("\nexamples:")[0], re.M)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, kg: KnowledgeGraph, sources: Path) -> Path:
    """A folder of a reader's own, with a copy of the project's folders for what writes into these."""
    folder = tmp_path_factory.mktemp("desk")
    for room in ("graph", "ontology", "queries"):
        shutil.copytree(ROOT / room, folder / room)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    main(
        shlex.split(
            f"init {folder}/my-documents --quiet --title Mine --namespace https://example.org/mine/"
        )
    )
    file = kg.verify(sources, "cas-decade").sources[0].source
    beginning = (sources / file).read_bytes().decode()[:60]
    (folder / "draft.ttl").write_text(
        "@base <https://w3id.org/bri-kg/> .\n@prefix bri: <https://w3id.org/bri-kg/ontology#> .\n"
        f"<claim/x> bri:evidence {{{{{beginning}}}}} .\n",
        encoding="utf-8",
    )
    _write_release(folder / "my-release")
    return folder


def _write_release(folder: Path) -> None:
    content = b"<urn:a> <urn:p> <urn:b> .\n"
    listed = [{"name": "all.nq", "sha256": hashlib.sha256(content).hexdigest()}]
    folder.mkdir()
    (folder / "all.nq").write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps({"name": "bri-kg", "files": listed}))


def is_slow(command: str) -> bool:
    return command.startswith(tuple(f"bri-kg {verb}" for verb in SLOW))


@pytest.mark.parametrize(
    ("place", "commands"),
    [
        pytest.param(
            place,
            commands,
            id=" ".join(place) or "bri-kg",
            marks=[pytest.mark.slow] if any(map(is_slow, commands)) else [],
        )
        for place, commands in EXAMPLES
    ],
)
def test_every_example_runs(
    cli: Cli, sources: Path, desk: Path, place: tuple[str, ...], commands: list[str]
) -> None:
    assert commands
    for command in commands:
        # Tests of their own compare everything, build a release and a site, serve, load into a store at an address,
        # and go from a document to claims of a collection.
        if command == "bri-kg compare" or command.startswith(
            ("bri-kg build release", "bri-kg build site", "bri-kg serve", *WORKBOOKS)
        ):
            continue
        if "--store http:" in command:
            continue
        done = cli(*shlex.split(command)[1:], cwd=desk, BRI_KG_SOURCES=str(sources))
        finds = any(f" {words}" in command for words in FINDING)
        assert done.returncode in ((0, 1) if finds else (0,)), (command, done.stderr)
        assert "error[BRI" not in done.stderr, (command, done.stderr)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("aks cofounders", "`bri-kg ask`"),
        ("evidence verfy", "`bri-kg evidence verify`"),
        ("ask cofounders --lmit 3", "--limit?"),
        ("ask --parm x=y", "--param?"),
        ("--lnag zh ask cofounders", "--lang?"),
        ("evidence coverage --leftout", "--left-out?"),
        ("search CAS --kinds=thing", "--kind?"),
    ],
)
def test_a_misspelt_word_is_told_with_its_nearest(cli: Cli, typed: str, meant: str) -> None:
    done = cli(*typed.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert f"fix: did you mean {meant}" in done.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ask founders ANSO", "`bri-kg ask founders --param thing=ANSO`"),
        ("ask cofounders partner=UNESCO", "`bri-kg ask cofounders --param partner=UNESCO`"),
        ("ask watchwords CAS", "`bri-kg ask watchwords` asks it"),
        (
            "ask cofounders Academy of Sciences",
            "one of organization, partner: `bri-kg ask cofounders --param NAME='Academy",
        ),
    ],
)
def test_a_value_without_its_parameter_is_told_how_it_is_given(
    cli: Cli, typed: str, meant: str
) -> None:
    done = cli(*typed.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert meant in done.stderr


def test_a_language_that_is_not_spoken_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRI_KG_LANG", "fr")
    assert "BRI_KG_LANG='fr' is no language here" in cli("ask", "cofounders").stderr
    assert not cli("ask", "cofounders", "-q").stderr


@pytest.mark.parametrize(
    "typed",
    [
        "ask who founded ANSO",
        "ask 谁创立了ANSO",
        "ask 'who founded ANSO'",
        "conflicts joint laboratories -l en",
    ],
)
def test_who_types_a_sentence_is_led_to_a_search(cli: Cli, typed: str) -> None:
    words = shlex.split(typed.removesuffix(" -l en"))[1:]
    done = cli(*shlex.split(typed))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`bri-kg search {' '.join(words)}`" in done.stderr
    assert cli("search", *" ".join(words).split()).stdout.count("\n") > 5
    assert "search" not in cli("ask", "cofounders", "--param").stderr


def test_what_is_like_nothing_gets_no_suggestion(cli: Cli) -> None:
    for typed in ("frobnicate", "ask cofounders --zzz", "-x"):
        done = cli(*typed.split())
        assert done.returncode == 2
        assert "did you mean" not in done.stderr and "--help` shows" in done.stderr
    assert "has no option -x" in done.stderr
    # A value that looks like an option is none.
    assert "no option" not in cli("ask", "--", "--lmit").stderr
    query = cli("query", "SELECT ?c { ?c a bri:Country }")
    assert (query.returncode, "write -e before" in query.stderr) == (2, True)


def test_help_of_a_verb_is_its_help(cli: Cli) -> None:
    assert cli("help", "ask").stdout == cli("ask", "--help").stdout
    assert cli("help", "evidence", "verify").stdout == cli("evidence", "verify", "--help").stdout
    assert (cli("help").returncode, cli("help").stdout) == (0, cli("--help").stdout)


def test_limits_are_a_topic_of_their_own_and_the_first_screen_points_there(cli: Cli) -> None:
    first = cli("--help").stdout
    assert "bri-kg help limits" in first and "BRI_KG_MAX" not in first
    shown = cli("help", "limits", COLUMNS="100").stdout
    told = dict(re.findall(r"^  (BRI_KG_\w+) +(.*)$", shown, re.M))
    assert told["BRI_KG_MAX_MEMORY_MB"] == "memory that a verb may take: what is free"
    assert told["BRI_KG_MAX_INFERRED"].endswith(": 1,000,000 steps")
    rows = {
        row["variable"]: row
        for row in csv.DictReader(io.StringIO(cli("help", "limits", "-f", "csv").stdout))
    }
    assert rows.keys() == told.keys() and rows["BRI_KG_MAX_MEMORY_MB"]["default"] == ""
    assert not re.search(r"\de\+\d", shown + cli("help", "limits", "-l", "zh").stdout)
    # What the pages on files, on stores and on the server list is what there is.
    pages = (ROOT / "docs" / name for name in ("files.md", "stores.md", "serve.md"))
    listed = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert (
        set(re.findall(r"^\| `(BRI_KG_(?:(?:MAX|SERVE)_\w+|\w+_SECONDS))`", listed, re.M))
        == told.keys()
    )


@pytest.mark.parametrize(
    ("typed", "begins"),
    [("", "usage"), ("-l zh", "用法"), ("--lang=zh", "用法"), ("-lzh", "用法"), ("-l en", "usage")],
)
def test_who_asks_nothing_sees_the_first_screen(cli: Cli, typed: str, begins: str) -> None:
    done = cli(*typed.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == cli("--help", *typed.split()).stdout
    assert done.stderr.startswith(begins)
    assert ("中文：-l zh" if begins == "usage" else "English: -l en") in done.stderr


def test_words_are_told_in_both_languages_and_in_the_help_that_uses_them(cli: Cli) -> None:
    for word in WORDS:
        name = word.en.split()
        assert name[0] not in VERBS
        assert " ".join(cli("help", *name).stdout.split()) == f"{word.en} {word.meaning}"
        assert "".join(cli("help", word.zh, "-l", "zh").stdout.split()) == "".join(
            f"{word.zh}{word.meaning_zh}".split()
        )
        # One home: no page and no help words it otherwise.
        assert len(word.meaning) < 120
    explained = help_of("explain").split("\nwords:\n")[1]
    assert re.findall(r"^  (\w+)  ", explained.split("\n\n")[0], re.M) == [
        "claim",
        "passage",
        "outranks",
    ]
    wrong = cli("help", "pasage")
    assert (wrong.returncode, "did you mean 'passage'" in wrong.stderr) == (2, True)


def test_words_are_called_as_the_ontology_calls_them(kg: KnowledgeGraph) -> None:
    for word in WORDS:
        if word.term:
            query = f"SELECT (STR(?l) AS ?label) {{ {word.term} skos:prefLabel ?l FILTER (LANG(?l) = 'zh') }}"
            assert [str(row.value("label")) for row in kg.query(query)] == [word.zh]
            if word.term.startswith("bri-factuality:"):
                query = f"SELECT (STR(?d) AS ?text) {{ {word.term} skos:definition ?d }}"
                told = {str(row.value("text")) for row in kg.query(query)}
                assert told == {word.meaning, word.meaning_zh}
    asked = {"factuality", "projected", "live", "leaves open", "outranks", "passage", "comparison"}
    assert asked <= {word.en for word in WORDS}
    for room in VERBS:
        for name in getattr(importlib.import_module(f"bri_kg.cli.verbs.{room}"), "WORDS", ()):
            assert word_named(name if isinstance(name, str) else name.en), name


def test_the_page_of_words_is_what_the_help_says(cli: Cli) -> None:
    """Where this fails, put what `bri-kg help words -f md` prints into the page, below its heading."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("\n| --- |")[1]
    assert page == cli("help", "words", "-f", "md").stdout.split("\n| --- |")[1]


def test_help_is_shown_where_the_console_lacks_characters(cli: Cli) -> None:
    done = cli("search", "--help", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u79d1" in done.stdout
