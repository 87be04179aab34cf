"""Evidence holds: every digest verifies, one altered character is found, words lead to passages."""

from __future__ import annotations

import hashlib
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT, Cli
from hypothesis import given
from hypothesis import strategies as st

from bri_kg.texts.date_words import dates_in
from bri_kg.texts.number_words import numbers_in
from bri_kg.texts.originals import find_words
from bri_kg.texts.quantity_words import comparators

CAS = "000_e1841efe17529624.txt"


def test_every_passage_verifies(cli: Cli, sources: Path) -> None:
    done = cli("evidence", "verify", "--sources", str(sources), "--format", "csv")
    assert done.returncode == 0, done.stderr
    states = [line.rsplit(",", 1)[1] for line in done.stdout.splitlines()[1:]]
    assert len(states) > 50
    assert set(states) == {"verified"}


def test_success_is_one_line_and_all_of_it_where_it_is_asked_for(cli: Cli, sources: Path) -> None:
    whole = cli("evidence", "verify", "--sources", str(sources))
    assert (whole.returncode, whole.stdout, whole.stderr.count("\n")) == (0, "", 1)
    asked = ("evidence", "verify", "cas-decade", "cgtn-debut", "--sources", str(sources))
    some = cli(*asked, "-v", "-f", "csv")
    assert some.stderr.endswith(" passages of cas-decade, cgtn-debut\n")
    named = {re.sub('^"|[#,].*', "", line) for line in some.stdout.splitlines()[1:]}
    assert named == {f"https://w3id.org/bri-kg/source/{s}" for s in ("cas-decade", "cgtn-debut")}
    assert "'std-decade'" in cli("evidence", "verify", "std-decad", "--sources", ".").stderr


def test_a_text_that_is_gone_or_changed_folds_into_a_few_lines(
    cli: Cli, sources: Path, tmp_path: Path
) -> None:
    (tmp_path / CAS).write_bytes(b"x" + (sources / CAS).read_bytes())
    done = cli("evidence", "verify", "--sources", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert sum(": source-missing: its " in line for line in lines) == 4
    changed = [n for n, line in enumerate(lines) if line.startswith(f"{CAS}: changed: ")]
    assert len(changed) < 12
    assert re.search(r"changed: \d+ more passages \(-v lists them\)", lines[changed[-1]])
    # What claims say wrongly comes first, what could not be compared last.
    places = [n for n, line in enumerate(lines) if "error[" in line]
    assert places and max(places) < changed[0] < changed[-1] < len(lines) - 5


def test_one_altered_character_is_reported_by_name(cli: Cli, sources: Path, tmp_path: Path) -> None:
    shutil.copytree(sources, tmp_path / "texts")
    file = tmp_path / "texts" / CAS
    file.write_bytes(file.read_bytes().replace(b"In 2018", b"In 2019"))
    done = cli("evidence", "verify", "--sources", str(tmp_path / "texts"))
    assert done.returncode == 1
    assert (
        f"{CAS}: changed: https://w3id.org/bri-kg/source/cas-decade#char=3036,3249" in done.stderr
    )
    assert f"{CAS}: changed: https://w3id.org/bri-kg/source/cas-decade\n" in done.stderr
    assert (
        "error[year-not-in-words]: bri-claim:cas-decade-anso-founders states the year 2018"
        in done.stderr
    )


def test_a_character_that_no_passage_holds_is_missed_by_none(
    cli: Cli, sources: Path, tmp_path: Path
) -> None:
    shutil.copytree(sources, tmp_path / "texts")
    file = tmp_path / "texts" / CAS
    file.write_bytes(file.read_bytes() + b"\n")
    done = cli("evidence", "verify", "--sources", str(tmp_path / "texts"))
    assert done.returncode == 1
    assert f"{CAS}: changed: https://w3id.org/bri-kg/source/cas-decade\n" in done.stderr


def test_an_altered_text_is_never_sealed(cli: Cli, sources: Path, copy: Path) -> None:
    shutil.copytree(sources, copy.parent / "texts")
    file = copy.parent / "texts" / CAS
    file.write_bytes(file.read_bytes().replace(b"Pakistan", b"Pakistam"))
    before = (copy / "passages.ttl").read_bytes()
    done = cli(
        "evidence", "seal", "--sources", str(copy.parent / "texts"), "--graph", str(copy), "--alone"
    )
    assert done.returncode == 2
    assert "error[BRI234]" in done.stderr
    assert (copy / "passages.ttl").read_bytes() == before


def test_a_missing_source_is_reported(cli: Cli, sources: Path, tmp_path: Path) -> None:
    shutil.copytree(sources, tmp_path / "texts")
    (tmp_path / "texts" / CAS).unlink()
    done = cli("evidence", "verify", "--sources", str(tmp_path / "texts"), "-q", "--format", "csv")
    assert done.returncode == 1
    assert f"{CAS},source-missing" in done.stdout


def test_words_lead_to_the_passage_that_the_graph_cites(cli: Cli, sources: Path) -> None:
    text = (sources / CAS).read_bytes().decode()
    done = cli("evidence", "find", "cas-decade", text[3036:3249], "--sources", str(sources))
    assert (done.returncode, done.stdout) == (
        0,
        "<https://w3id.org/bri-kg/source/cas-decade#char=3036,3249>\n",
    )


def test_words_in_many_places_are_all_given(cli: Cli, sources: Path) -> None:
    done = cli("evidence", "find", "cas-decade", "CAS", BRI_KG_SOURCES=str(sources))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) > 5
    assert (
        cli("evidence", "find", "cas-decade", "no such words", "--sources", str(sources)).returncode
        == 1
    )


def test_sealing_again_changes_nothing(cli: Cli, sources: Path, copy: Path) -> None:
    before = (copy / "passages.ttl").read_bytes()
    (copy / "passages.ttl").write_text("# lost\n", encoding="utf-8")
    done = cli("evidence", "seal", "--sources", str(sources), "--graph", str(copy), "--alone")
    assert done.returncode == 0, done.stderr
    assert (copy / "passages.ttl").read_bytes() == before


@pytest.mark.parametrize(
    ("pattern", "replacement", "says"),
    [
        (r"bri-quantity:exactly-10\b", "bri-quantity:exactly-11", "states the number 11"),
        (r"bri-time:2018\b", "bri-time:2019", "states the year 2019"),
    ],
)
def test_a_claim_that_its_words_do_not_bear_out(
    cli: Cli, sources: Path, copy: Path, pattern: str, replacement: str, says: str
) -> None:
    path = copy / "claims" / "cas-decade.ttl"
    path.write_text(
        re.sub(pattern, replacement, path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    done = cli(
        "evidence", "verify", "--sources", str(sources), "--graph", str(copy), "--alone", "-q"
    )
    assert done.returncode == 1
    assert says in done.stderr


def test_a_speaker_whom_no_passage_names(cli: Cli, sources: Path, copy: Path) -> None:
    path = copy / "claims" / "cas-decade.ttl"
    text = path.read_text(encoding="utf-8").replace(
        "bri-claim:cas-decade-pioneer a bri:StatementClaim ;",
        "bri-claim:cas-decade-pioneer a bri:StatementClaim ;\n    bri:isVouchedForBy bri-org:unesco ;",
    )
    path.write_text(text, encoding="utf-8")
    done = cli(
        "evidence", "verify", "--sources", str(sources), "--graph", str(copy), "--alone", "-q"
    )
    assert done.returncode == 1
    assert "bri-claim:cas-decade-pioneer states the speaker bri-org:unesco" in done.stderr


@given(st.text(), st.text(min_size=1), st.text())
def test_found_words_are_the_words(before: str, words: str, after: str) -> None:
    text = before + words + after
    spans = find_words(text, words)
    stripped = "".join(words.split())
    if stripped:
        assert any(begin <= len(before) + len(words) and end >= len(before) for begin, end in spans)
    for begin, end in spans:
        assert len("".join(text[begin:end].split())) == len(stripped)


@given(st.sampled_from([" ", "\u00a0", "\u202f", "\n", "  \n"]))
def test_white_space_of_any_kind_is_one(gap: str) -> None:
    assert find_words(f"some{gap}700 people", "some 700") == [(0, 7 + len(gap))]


def test_numbers_are_read_as_people_write_them() -> None:
    said = set(
        numbers_in("ten centres, 10,000 people, 3 billion RMB, 200 thousand more, 1.5 million")
    )
    assert {Decimal(n) for n in (10, 10_000, 3_000_000_000, 200_000, 1_500_000)} <= said


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("one hundred and twenty-six thousand people", ["126000"]),
        ("one million two hundred thousand", ["1200000"]),
        ("three to five million", ["3", "3000000", "5000000"]),
        ("a dozen centres, two dozen more, dozens of plans", ["12", "24"]),
        ("half a million; three quarters; two thirds", ["500000", "0.75"]),
        ("twenty-first century, the 3rd forum, the 10th anniversary", ["10"]),
        ("二〇一八年有十二万六千人，另有3.5万人和12万6千人", ["2018", "126000", "35000", "126000"]),
        ("一带一路上的三个中心，第三届，百余家，三四个", ["3"]),
        ("一百零五家、一百二十项、三十多个", ["105", "120", "30"]),
        ("COVID-19, 5G, PM2.5, B2B", []),
        ("No.52 Quay Road; https://tern.example/2018/11/3 and 4 more", ["52", "4"]),
        ("RMB3.2bn, US$3 million, €4.5m, 100 000 people", ["3200000000", "3000000", "4500000", "100000"]),
    ],
)  # fmt: skip
def test_numbers_of_any_size_are_read(text: str, numbers: list[str]) -> None:
    assert sorted(numbers_in(text)) == sorted(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("text", "number", "borne_out"),
    [
        ("more than 80 countries", 80, {"more-than", "at-least"}),
        ("no more than three", 3, {"at-most"}),
        ("至少30家", 30, {"at-least"}),
        ("100多万人", 1_000_000, {"more-than", "at-least"}),
        ("近50个", 50, {"about", "fewer-than"}),
        ("some 700 and over RMB 3 billion", 3_000_000_000, {"more-than", "at-least"}),
        ("the nine centres, at least nine", 9, {"exactly", "at-least"}),
    ],
)
def test_words_beside_a_number_say_its_comparator(
    text: str, number: int, borne_out: set[str]
) -> None:
    assert comparators(Decimal(number), text) == borne_out


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On 6 November 2023", {(11, None), (11, 6)}),
        ("October 17th and 18th", {(10, None), (10, 17), (10, 18)}),
        ("it may open in 3 days", set()),
        ("2018年十月十七日至十八日", {(10, None), (10, 17), (10, 18)}),
        ("06/11/2023 or 2023-07", {(6, 11), (11, 6), (7, None)}),
        ("https://tern.example/2017/08/31/", set()),
    ],
)
def test_dates_are_read_as_they_are_printed(text: str, dates: set[tuple[int, int | None]]) -> None:
    assert set(dates_in(text)) == dates


# --- own words -------------------------------------------------------------------------------

_NAME = re.compile(
    r'(?:skos:(?:pref|alt|hidden)Label|dcterms:title|bri:name)((?:\s*"(?:[^"\\]|\\.)*"(?:@[\w-]+)?\s*,?)+)'
)
_WORD = re.compile(r"[A-Za-z0-9]+")


def _names() -> list[list[str]]:
    """Names, titles and watchwords in the graph of 3 to 16 words, longest first: each counts as one word."""
    found = set()
    for path in (ROOT / "graph").rglob("*.ttl"):
        for values in _NAME.findall(path.read_text(encoding="utf-8")):
            for name in re.findall(r'"((?:[^"\\]|\\.)*)"', values):
                found.add(tuple(_WORD.findall(name.lower())))
    return sorted((list(n) for n in found if 3 <= len(n) <= 16), key=len, reverse=True)


def _runs(text: str, names: dict[str, list[list[str]]]) -> set[tuple[str, ...]]:
    words, folded, at = _WORD.findall(text.lower()), [], 0
    while at < len(words):
        name = next((n for n in names.get(words[at], []) if words[at : at + len(n)] == n), None)
        folded.append(" ".join(name) if name else words[at])
        at += len(name) if name else 1
    return {tuple(folded[i : i + 8]) for i in range(len(folded) - 7)}


def _project_files() -> list[Path]:
    rooms = ("ontology", "graph", "queries", "bri_kg", "docs", "tests", "benchmarks")
    files = [path for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()]
    return [
        p
        for p in (*files, *ROOT.glob("*.*"))
        if p.is_file()
        and p.suffix in {".ttl", ".rq", ".csv", ".py", ".md", ".cff", ".toml", ".jsonld"}
    ]


def test_no_sentence_of_a_source_is_in_the_project(sources: Path) -> None:
    names: dict[str, list[list[str]]] = {}
    for name in _names():
        names.setdefault(name[0], []).append(name)
    theirs = {
        run
        for path in sources.glob("*.txt")
        for run in _runs(path.read_text(encoding="utf-8"), names)
    }
    assert len(theirs) > 1000
    shared = {
        str(path.relative_to(ROOT)): runs
        for path in _project_files()
        if (runs := _runs(path.read_text(encoding="utf-8"), names) & theirs)
    }
    assert shared == {}


def test_the_texts_are_those_that_the_graph_describes(sources: Path) -> None:
    described = (ROOT / "graph" / "sources.ttl").read_text(encoding="utf-8")
    for path in sources.glob("*.txt"):
        assert f'bri:fileName "{path.name}"' in described
        assert hashlib.sha256(path.read_bytes()).hexdigest() in described
