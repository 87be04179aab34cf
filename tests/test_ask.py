"""The question this project was asked for, and every other stored question, on both engines."""

from __future__ import annotations

import csv
import io

import pytest
import rdflib
from conftest import ROOT, Cli

from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import split_passage
from bri_kg.rdf.row_formats import write_rows
from bri_kg.rdf.same_values import compare_rows
from bri_kg.sparql.ordering import sorted_by
from bri_kg.stores.reference_store import ReferenceStore

QUESTIONS = sorted(path.stem for path in (ROOT / "queries" / "questions").glob("*.rq"))


def test_the_three_cofounders_of_anso(cli: Cli) -> None:
    done = cli("ask", "cofounders", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert sorted(row["cofounderLabel"] for row in rows) == [
        "Pakistan Academy of Sciences",
        "Russian Academy of Sciences",
        "United Nations Educational, Scientific and Cultural Organization",
    ]
    assert all(split_passage(row["passage"]) for row in rows)


def test_answers_in_chinese(kg: KnowledgeGraph) -> None:
    labels = {row.value("cofounderLabel") for row in kg.ask("cofounders", lang="zh")}
    assert labels == {"俄罗斯科学院", "巴基斯坦科学院", "联合国教育、科学及文化组织"}


def test_a_parameter_takes_an_iri_a_prefixed_name_or_a_name(kg: KnowledgeGraph) -> None:
    by_name = kg.ask("cofounders", partner="UNESCO")
    assert by_name == kg.ask("cofounders", partner="bri-org:unesco")
    assert by_name == kg.ask("cofounders", partner="https://w3id.org/bri-kg/id/org/unesco")
    assert "Chinese Academy of Sciences" in {row.value("cofounderLabel") for row in by_name}


def test_at_least_never_counts_what_a_bound_does_not_prove(kg: KnowledgeGraph) -> None:
    proved = {row.value("thing") for row in kg.ask("minimum-counts", number="100")}
    centres = "https://w3id.org/bri-kg/id/collection/cas-overseas-centres-and-platforms"
    assert proved
    assert centres not in proved
    assert centres in {row.value("thing") for row in kg.ask("minimum-counts", number="10")}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_stored_answer_is_given_on_the_embedded_store(kg: KnowledgeGraph, name: str) -> None:
    stored = (ROOT / "queries" / "questions" / f"{name}.csv").read_text(encoding="utf-8")
    rows = kg.ask(name)
    assert len(set(rows.rows)) == len(rows)
    found = write_rows(rows, "csv")
    assert list(csv.reader(io.StringIO(found))) == list(csv.reader(io.StringIO(stored)))
    assert len(found.splitlines()) > 1, "an expected answer without rows proves nothing"


@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_default_graph_that_is_the_union_gives_the_same_rows(
    kg: KnowledgeGraph, name: str
) -> None:
    """As in some triple stores; `test_engines` asks rdflib where it is a graph of its own."""
    reference = kg.answering("reference")
    assert isinstance(reference, ReferenceStore)
    question = kg.questions[name]
    reference.dataset.default_union = True
    found = reference.select(question.query, kg.bind(question, {}, "en"))
    reference.dataset.default_union = False
    assert not compare_rows(kg.ask(name), found, sorted_by(question.query))


def test_every_question_names_the_columns_that_it_gives(kg: KnowledgeGraph) -> None:
    for name, question in kg.questions.items():
        assert tuple(question.columns) == kg.ask(name).columns, name


def test_rows_convert(kg: KnowledgeGraph) -> None:
    rows = kg.ask("cofounders")
    frame = rows.to_pandas()
    assert list(frame.columns) == ["cofounder", "cofounderLabel", "passage"]
    assert len(frame) == 3
    assert isinstance(rows.to_rdflib()[0]["cofounder"], rdflib.URIRef)


@pytest.mark.parametrize("text", ["1e3", "2013.0", "٢٠١٣", "two", ""])
def test_a_whole_number_is_written_in_digits(kg: KnowledgeGraph, text: str) -> None:
    with pytest.raises(UsageError, match="integer"):
        kg.ask("creations-between", first=text)
    assert (
        kg.ask("creations-between", first="+2018").rows
        == kg.ask("creations-between", first=2018).rows
    )
