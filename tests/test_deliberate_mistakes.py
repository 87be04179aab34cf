"""Deliberate mistakes of an editor: each is refused or warned of by name, in both languages.

They are laid over the real graph, a stage of validation at a time, with a small made-up text
(`mistakes/notes.txt`). What is right in the same text (`mistakes/right.txt`) draws no finding.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, Cli

from bri_kg.checking.validation import Report, validate
from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.resources import find
from bri_kg.findings import Finding
from bri_kg.names import BASE, BRI, PREFIXES
from bri_kg.stores.memory import Store
from bri_kg.texts.drafts import fill
from bri_kg.texts.mismatches import CODES

FOLDER = ROOT / "tests" / "mistakes"
NOTES = (FOLDER / "notes.txt").read_bytes().decode()
STAGES = ("terms", "shapes", "claims", "words", "facts")
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Mistake:
    """A mistake: the stage and check that find it, what it is, and its Turtle with {{words}}."""

    stage: str
    code: str
    title: str
    turtle: str

    @property
    def nodes(self) -> set[str]:
        """The IRIs of what it describes."""
        spaces = {
            "k": "https://example.org/kg/claim/",
            "e": "https://example.org/kg/id/",
            "bri-time": PREFIXES["bri-time"],
            "bri-quantity": PREFIXES["bri-quantity"],
        }
        found = re.findall(
            r"(?:^|(?<=Quantity ))(k|e|bri-time|bri-quantity):([\w-]+) ", self.turtle, re.MULTILINE
        )
        passages = re.findall(r"<(source/[^>]*)>", self.turtle)
        return {*(spaces[prefix] + name for prefix, name in found), *(BASE + p for p in passages)}


@cache
def mistakes() -> tuple[Mistake, ...]:
    text = (FOLDER / "mistakes.txt").read_text(encoding="utf-8")
    parts = re.findall(r"^## (\S+) \| (\S+) \| (.*)\n((?:(?!## ).*\n?)*)", text, re.MULTILINE)
    return tuple(Mistake(*part) for part in parts)


def overlay(folder: Path, *turtle: str) -> Path:
    """Write what is right, the source, the given Turtle, and the digest of each passage of the notes."""
    head = (FOLDER / "head.txt").read_text(encoding="utf-8")
    source = (
        '<source/notes> a bri:Source ; skos:prefLabel "newsletter of terns"@en , "燕鸥通讯"@zh ;\n'
        '  dcterms:language "en" ; bri:leavesOpen bri-gap:author , bri-gap:date , bri-gap:publisher ;\n'
        '  bri:reason "It is made up."@en , "系虚构。"@zh ; bri:fileName "notes.txt" ;\n'
        f"  bri:characterCount {len(NOTES)} ;\n"
        f'  bri:sha256 "{hashlib.sha256(NOTES.encode()).hexdigest()}" .\n'
    )
    right = (FOLDER / "right.txt").read_text(encoding="utf-8")
    filled = fill("\n".join((head, source, right, *turtle)), "notes", NOTES, "draft")
    assert filled.problems == ()
    seals = {
        f'<source/notes#char={begin},{end}> bri:sha256 "{digest(int(begin), int(end))}" .'
        for begin, end in re.findall(r"source/notes#char=(\d+),(\d+)", filled.text)
    }
    path = folder / "mine.ttl"
    path.write_text(filled.text + "\n".join(sorted(seals)) + "\n", encoding="utf-8")
    (folder / "notes.txt").write_bytes(NOTES.encode())
    return path


def digest(begin: int, end: int) -> str:
    return hashlib.sha256(NOTES[begin:end].encode()).hexdigest()


def findings(folder: Path, *turtle: str, lang: str = "en") -> Report:
    return validate(find(), [overlay(folder, *turtle)], lang, sources=folder)


def test_what_is_right_draws_no_finding(tmp_path: Path) -> None:
    report = findings(tmp_path)
    assert report.findings == ()
    assert "words" in report.stages


def test_there_are_forty_mistakes_of_many_kinds() -> None:
    assert len(mistakes()) >= 40
    titles = [mistake.title for mistake in mistakes()]
    assert len(set(titles)) == len(titles)
    assert len({mistake.code for mistake in mistakes()}) > 20


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
@pytest.mark.parametrize("stage", STAGES)
def test_each_mistake_is_found_by_name(tmp_path: Path, stage: str, lang: str) -> None:
    made = [mistake for mistake in mistakes() if mistake.stage == stage]
    assert len(made) > 1
    report = findings(tmp_path, *(mistake.turtle for mistake in made), lang=lang)
    assert stage in report.stages
    for mistake in made:
        found = [f for f in report.findings if f.code == mistake.code and about(f, mistake)]
        assert found, (mistake.title, report.findings)
        for finding in found:
            assert finding.message and finding.fix, mistake.title
            assert finding.file == str(tmp_path / "mine.ttl") and finding.line, mistake.title
            if lang == "zh":
                assert HAN.search(finding.message) and HAN.search(finding.fix), finding
    # Nothing is held against anything for another reason than those given.
    assert {finding.code for finding in report.findings} == {mistake.code for mistake in made}


def about(finding: Finding, mistake: Mistake) -> bool:
    return bool(mistake.nodes & {finding.focus, finding.value})


def test_a_warning_does_not_refuse(tmp_path: Path) -> None:
    unrelated = [m.turtle for m in mistakes() if m.code == "parties-not-in-words"]
    report = findings(tmp_path, *unrelated)
    assert {finding.severity for finding in report.findings} == {"warning"}
    assert report.conforms


def test_a_mistake_of_words_passes_where_no_text_is_at_hand(tmp_path: Path) -> None:
    will = next(m for m in mistakes() if m.code == "factuality-against-words")
    assert validate(find(), [overlay(tmp_path, will.turtle)]).findings == ()


REASON = 'bri:reason "The text was written before."@en , "文本写于此前。"@zh'


def test_what_is_so_can_be_accepted_for_a_reason(tmp_path: Path) -> None:
    will = next(m for m in mistakes() if m.code == "factuality-against-words")
    accepted = f"bri:acceptedDespite bri-check:{will.code} ; {REASON} ; bri:factuality"
    assert findings(tmp_path, will.turtle.replace("bri:factuality", accepted)).findings == ()


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_what_need_not_be_accepted_is_warned_of(tmp_path: Path, lang: str) -> None:
    right = "k:notes-heron-joined bri:acceptedDespite bri-check:day-not-in-words , bri-check:parts-swapped ;\n"
    report = findings(tmp_path, f"{right} {REASON} .", lang=lang)
    assert [(f.code, f.severity) for f in report.findings] == [
        ("accepted-without-need", "warning")
    ] * 2
    assert bool(HAN.search(report.findings[0].message)) == (lang == "zh")


def test_every_check_that_can_be_accepted_is_one() -> None:
    text = (ROOT / "ontology" / "vocabularies" / "checks.ttl").read_text(encoding="utf-8")
    named = set(re.findall(r"^bri-check:([\w-]+) a ", text, re.MULTILINE))
    stored = {path.stem for path in (ROOT / "queries" / "checks" / "claims").glob("*.rq")}
    assert set(CODES.values()) <= named <= set(CODES.values()) | stored


def test_few_claims_of_the_graph_stand_despite_a_check() -> None:
    store = Store(assert_all(find()))
    claims = store.select("SELECT DISTINCT ?c WHERE { ?c bri:evidence ?p }")
    accepted = store.select("SELECT DISTINCT ?c WHERE { ?c bri:acceptedDespite ?check }")
    assert 0 < len(accepted.rows) <= 0.03 * len(claims.rows)


def test_the_same_is_found_over_the_graph_and_in_it(cli: Cli, copy: Path, tmp_path: Path) -> None:
    """A finding about a passage is about the claim that cites it, which an overlay must not lose."""
    beyond = [m.turtle for m in mistakes() if m.code == "passage-beyond-end"]
    mine = overlay(tmp_path, *beyond)
    over = cli("validate", str(mine), "--sources", str(tmp_path))
    (copy / "claims" / "mine.ttl").write_bytes(mine.read_bytes())
    within = cli("validate", "--graph", str(copy), "--alone", "--sources", str(tmp_path))
    assert over.returncode == within.returncode == 1
    assert over.stdout.count("error[passage-beyond-end]") == 2
    assert re.sub(r"\S*/mine\.ttl", "mine.ttl", over.stdout) == re.sub(
        r"\S*/mine\.ttl", "mine.ttl", within.stdout
    )


def test_verify_keeps_to_one_source(cli: Cli, copy: Path, tmp_path: Path) -> None:
    will = [m.turtle for m in mistakes() if m.stage == "words"]
    (copy / "claims" / "mine.ttl").write_bytes(overlay(tmp_path, *will).read_bytes())
    args = ("--graph", str(copy), "--alone", "--sources", str(tmp_path), "--format", "csv")
    done = cli("evidence", "verify", "notes", *args)
    assert done.returncode == 1
    assert {row["state"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"verified"}
    assert "source-missing" not in done.stderr
    assert {f"error[{code}]" for code in CODES.values()} >= set(
        re.findall(r"error\[[\w-]+\]", done.stderr)
    )
    assert "error[unit-dropped]" in done.stderr
    assert "warning[parties-not-in-words]" in done.stderr
    other = cli("evidence", "verify", "cas-decade", *args)
    assert other.returncode == 1
    assert "unit-dropped" not in other.stderr
    # A missing text is named once, not for each of its passages.
    assert (
        len(re.findall("source-missing: its [0-9]+ passages were not compared", other.stderr)) == 1
    )


def test_an_unknown_name_is_reported_once(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        f"@prefix bri: <{BRI}> .\n@prefix bri-org: <{PREFIXES['bri-org']}> .\n"
        + "".join(f"bri-org:n{n} bri:isPartOf bri-org:nowhere-at-all .\n" for n in range(3)),
        encoding="utf-8",
    )
    done = cli("validate", str(path))
    assert done.stdout.count("bri-org:nowhere-at-all (used by 3 nodes)") == 1
    assert done.stdout.count("error[unknown-term]") == 1
    # The nearest name of the same kind is far off.
    assert "did you mean" not in done.stdout
