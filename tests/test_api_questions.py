"""Stored questions as functions: called, documented, listed, filtered."""

from __future__ import annotations

import inspect
import pydoc

import pytest

from bri_kg.answers.callable_questions import StoredQuestion
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.rows import Rows


def test_a_question_is_called_with_its_parameters(kg: KnowledgeGraph) -> None:
    cofounders = kg.questions["cofounders"]
    assert cofounders() == kg.ask("cofounders")
    found = cofounders(partner="UNESCO", lang="zh", limit=2)
    assert found == kg.ask("cofounders", partner="UNESCO", lang="zh", limit=2)
    assert found.truncated
    with pytest.raises(UsageError, match="no parameter 'partnr'"):
        cofounders(partnr="UNESCO")


def test_help_shows_wording_and_parameters(kg: KnowledgeGraph) -> None:
    shown = pydoc.render_doc(kg.questions["cofounders"], renderer=pydoc.plaintext)
    for part in (
        "Who founded an organization together with a given founder?",
        "谁与某创立者共同创立了某组织？",
        "partner: iri (bri:Organization), default 'bri-org:cas'",
        "the founder whose co-founders are asked",
        "cofounderLabel (string)",
        "creation, cooperation",
    ):
        assert part in shown


def test_the_signature_takes_keywords(kg: KnowledgeGraph) -> None:
    found = inspect.signature(kg.questions["cofounders"])
    assert list(found.parameters) == ["organization", "partner", "lang", "limit"]
    assert {p.kind for p in found.parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert found.parameters["partner"].default == "bri-org:cas"
    assert found.return_annotation is Rows


def test_every_question_has_help_and_signature(kg: KnowledgeGraph) -> None:
    for name, question in kg.questions.items():
        assert question.summary in (question.__doc__ or "")
        assert {p.name for p in question.params} < set(inspect.signature(question).parameters)
        assert name in repr(question)


def test_a_question_stays_plain_data(kg: KnowledgeGraph) -> None:
    question = kg.questions["cofounders"]
    assert Question.from_json(question.to_json()).query == question.query
    assert "_ask" not in question.to_json()


def test_parameters_that_are_no_keywords_of_python_stay_out_of_the_signature() -> None:
    labels = {"en": "a class", "zh": "类"}
    question = Question(
        "q", "q.rq", "What?", "何？", "", (), {"x": "iri"}, "SELECT * {}",
        (Parameter("class", "iri", labels), Parameter("old", "integer", labels, default="1")),
    )  # fmt: skip
    asked: list[dict[str, object]] = []

    def ask(name: str, **given: object) -> Rows:
        asked.append(given)
        return Rows((), ())

    stored = StoredQuestion(question, ask)
    assert list(inspect.signature(stored).parameters) == ["old", "lang", "limit"]
    assert "class: iri, required" in (stored.__doc__ or "")
    stored(**{"class": "a"})
    assert asked == [{"lang": "en", "limit": None, "class": "a"}]


def test_a_required_parameter_comes_first_and_has_no_default() -> None:
    labels = {"en": "a", "zh": "一"}
    params = (Parameter("a", "iri", labels, default="x"), Parameter("b", "integer", labels))
    question = Question("q", "q.rq", "What?", "何？", "", (), {"x": "iri"}, "SELECT * {}", params)
    found = inspect.signature(StoredQuestion(question, lambda *_, **__: Rows((), ())))
    assert list(found.parameters)[:2] == ["b", "a"]
    assert found.parameters["b"].default is inspect.Parameter.empty
    assert found.parameters["b"].annotation is int


def test_questions_are_a_mapping_in_order(kg: KnowledgeGraph) -> None:
    assert list(kg.questions) == sorted(kg.questions)
    assert "cofounders" in kg.questions
    assert 3 not in kg.questions
    assert kg.questions.get("cofunders") is None
    for error in (KeyError, UsageError):
        with pytest.raises(error, match="did you mean 'cofounders'"):
            kg.questions["cofunders"]
    assert f"{len(kg.questions)} questions" in repr(kg.questions)


def test_questions_by_tag_and_by_words(kg: KnowledgeGraph) -> None:
    founding = kg.questions.tagged("creation")
    assert len(founding) == kg.questions.tags["creation"]
    assert all("creation" in question.tags for question in founding.values())
    assert set(kg.questions.tagged("creation", "cooperation")) < set(founding)
    assert len(kg.questions.tagged("no such tag")) == 0
    assert next(iter(kg.questions.about("post holders"))) == "post-holders"
    assert next(iter(kg.questions.about("共同创立"))) == "cofounders"
    assert set(founding.about("founder")) <= set(founding)
    assert kg.questions.about("cofounders")["cofounders"](limit=1).truncated
