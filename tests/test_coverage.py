"""Coverage: questions that pass read every term, and a term left out is named.

That data fills every term, five documents or those of tests/unseen, is for tests/test_unseen.py.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from conftest import Cli

from bri_kg.checking.question_coverage import named_iris
from bri_kg.names import BRI, PREFIXES


def coverage(cli: Cli, *args: str) -> tuple[int, str, dict[str, tuple[int, list[str]]]]:
    """Run `questions --coverage`: exit code, talk, and instances and questions by term."""
    done = cli("questions", "--coverage", "--format", "csv", *args)
    rows = csv.DictReader(io.StringIO(done.stdout))
    terms = {r["term"]: (int(r["populated"]), r["questions"].split(", ")) for r in rows}
    return done.returncode, done.stderr, terms


def left_out(terms: dict[str, tuple[int, list[str]]]) -> set[str]:
    return {term for term, (_, readers) in terms.items() if readers == [""]}


def test_every_term_is_asked_about(cli: Cli) -> None:
    code, talk, terms = coverage(cli)
    assert left_out(terms) == set()
    assert code == 0
    assert f"{len(terms)} of {len(terms)} terms are covered: 100.0 %" in talk


def test_where_all_is_covered_one_line_says_so(cli: Cli) -> None:
    done = cli("questions", "--coverage")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (0, "", 1)


def test_who_asks_for_a_class_asks_for_what_stands_above_it(cli: Cli) -> None:
    terms = coverage(cli)[2]
    assert "uncounted-sets" in terms[BRI + "Undertaking"][1]
    assert "uncounted-sets" in terms[BRI + "Collection"][1]
    assert "programmes-of-kind" not in terms[BRI + "Collection"][1]


def test_a_term_nobody_asks_about_is_named(cli: Cli, copy: Path) -> None:
    (copy.parent / "queries" / "questions" / "omissions.rq").unlink()
    code, talk, terms = coverage(cli, "--graph", str(copy), "--alone")
    assert code == 1
    assert "bri:omissionReason: no question that passes reads it" in talk
    assert left_out(terms) == {BRI + "omissionReason"}


def test_a_question_that_does_not_pass_covers_nothing(cli: Cli, copy: Path) -> None:
    answer = copy.parent / "queries" / "questions" / "omissions.csv"
    answer.write_text(answer.read_text(encoding="utf-8").split("\n")[0], encoding="utf-8")
    code, talk, _ = coverage(cli, "--graph", str(copy), "--alone")
    assert code == 1
    assert "bri:omissionReason" in talk


def test_coverage_is_of_all_questions_together(cli: Cli) -> None:
    done = cli("questions", "sums-of-money", "--coverage")
    assert done.returncode == 2
    assert "BRI118" in done.stderr


def test_named_iris_are_read_from_tokens() -> None:
    query = """PREFIX bri: <https://w3id.org/bri-kg/ontology#>
PREFIX x: <https://example.org/>
# bri:Comment
SELECT ?a WHERE { ?a x:p <https://example.org/q> ; bri:name "bri:Text" . ?a a skos:Concept }"""
    assert named_iris(query) == {
        "https://example.org/p",
        "https://example.org/q",
        BRI + "name",
        PREFIXES["skos"] + "Concept",
    }
