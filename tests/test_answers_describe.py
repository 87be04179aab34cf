"""Descriptions and claims as data: all that is said of a thing, and what of it has not come about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from bri_kg.answers import description_model as portrait
from bri_kg.answers import model, phrases
from bri_kg.answers.description_model import Description, FactGroup
from bri_kg.answers.model import Claim, Named, Quantity, Text
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, expand, shorten
from bri_kg.plain import Plain, plain
from bri_kg.stores.memory import Store


@pytest.fixture(scope="module")
def academy(kg: KnowledgeGraph) -> Description:
    return kg.describe("bri-org:cas")


def group(description: Description, prop: str, inverse: bool = False) -> FactGroup:
    wanted = (expand(prop), inverse)
    return next(g for g in description.facts if (g.property.iri, g.inverse) == wanted)


def test_names_types_identifiers_and_references(academy: Description) -> None:
    assert academy.thing == Named(BASE + "id/org/cas", "Chinese Academy of Sciences", "en")
    assert [t.label for t in academy.types] == ["organization"]
    names = {(name.text, name.lang): name for name in academy.names}
    assert [name.kind for name in academy.names] == sorted(
        (name.kind for name in academy.names),
        key=["preferred", "alternative", "printed"].index,
    )
    assert names["中国科学院", "zh"].kind == "preferred"
    assert "cas-decade" in {c.passages[0].source.slug for c in names["CAS", "en"].claims}
    assert not names["中科院", "zh"].claims
    ids = {i.value.iri for i in academy.identifiers if isinstance(i.value, Named)}
    assert {"http://www.wikidata.org/entity/Q530471", "https://ror.org/034t30j35"} <= ids
    assert "Research Organization Registry" in {r.label for r in academy.references}


def test_facts_are_grouped_by_property_with_their_passages(academy: Description) -> None:
    founded = group(academy, "bri:isFoundedBy", inverse=True)
    anso = next(f for f in founded.facts if f.fact.subject.iri.endswith("/anso"))
    assert anso.basis == "claims" and len(anso.claims) == 3
    assert {(p.source.slug, p.begin, p.end) for p in anso.passages} == {
        ("cas-decade", 3036, 3249),
        ("cas-decade", 330, 427),
        ("std-decade", 1395, 1521),
    }
    seat = group(academy, "bri:isBasedIn")
    assert [(f.basis, f.claims) for f in seat.facts] == [("reference", ())]
    kinds = [g.inverse for g in academy.facts]
    assert kinds == sorted(kinds)


def test_what_a_more_special_fact_says_is_not_repeated(academy: Description) -> None:
    shown = {shorten(g.property.iri) for g in academy.facts}
    assert "bri:isCreatedBy" not in shown
    assert not any(name.startswith("schema:") for name in shown)
    # A symmetric fact stands once, as its claim says it.
    partners = [
        (f.fact.subject.iri, f.fact.object)
        for g in academy.facts
        if g.property.iri == expand("bri:cooperatesWith")
        for f in g.facts
    ]
    others = [o if s == academy.thing.iri else s for s, o in partners]
    assert len(others) == len({o.iri if isinstance(o, Named) else o for o in others}) == 5


def test_inferred_facts_say_so(kg: KnowledgeGraph) -> None:
    within = group(kg.describe("bri-place:islamabad"), "bri:isWithin")
    assert {shorten(f.fact.object.iri): f.basis for f in within.facts if isinstance(f.fact.object, Named)} == {
        "bri-place:pakistan": "reference",
        "bri-place:south-asia": "inferred",
        "bri-place:southern-asia": "inferred",
        "bri-place:asia": "inferred",
    }  # fmt: skip


def test_counts_are_as_stated(academy: Description) -> None:
    told = {(c.counted.label, c.quantity.label) for c in academy.quantities if c.counted}
    assert told == {("research institution", "more than 100"), ("university", "exactly 3")}
    count = next(c for c in academy.quantities if c.quantity.stated == 100)
    assert count.quantity.comparator and count.quantity.comparator.label == "more than"
    assert (count.quantity.lower, count.quantity.lower_inclusive) == (100, False)
    assert (count.quantity.upper, count.quantity.upper_inclusive) == (None, None)
    assert count.claim.evidence and not count.claim.facts


def test_money_has_a_unit_and_a_count_its_period(kg: KnowledgeGraph) -> None:
    money = [c for c in kg.claims(cls="bri:QuantityClaim") if c.values(str(expand("bri:unit")))]
    subject = money[0].values(str(expand("bri:hasSubject")))[0]
    assert isinstance(subject, Named)
    units = {c.unit.label for c in kg.describe(subject.iri).quantities if c.unit}
    assert units
    for centres, count in (
        ("science-and-education-centres", ("exactly 9", "since 2013")),
        ("centres-and-platforms", ("exactly 10", "over the past decade")),
    ):
        counts = kg.describe(f"bri-collection:cas-overseas-{centres}").quantities
        assert [(c.quantity.label, *(t.label for t in c.times)) for c in counts] == [count]


def test_what_is_planned_stands_apart(academy: Description) -> None:
    assert {(shorten(c.iri), c.factuality.label) for c in academy.ahead} == {
        ("bri-claim:anso-pakistan-cas-cooperation", "planned"),
        ("bri-claim:anso-pakistan-cas-support", "planned"),
    }
    ahead = {c.iri for c in academy.ahead}
    assert not any(c.live or c.facts for c in academy.ahead)
    in_facts = {c.iri for g in academy.facts for f in g.facts for c in f.claims}
    assert not ahead & (in_facts | {c.claim.iri for c in academy.quantities})
    assert not ahead & {c.iri for c in academy.statements}


def test_a_target_is_no_count(kg: KnowledgeGraph) -> None:
    [target] = [c for c in kg.claims(cls="bri:QuantityClaim") if c.factuality.label == "target"]
    subject = target.values(str(expand("bri:hasSubject")))[0]
    assert isinstance(subject, Named)
    described = kg.describe(subject.iri)
    assert target in described.ahead
    assert target.iri not in {count.claim.iri for count in described.quantities}


def test_every_claim_about_a_thing_is_somewhere(kg: KnowledgeGraph, academy: Description) -> None:
    shown = {c.iri for g in academy.facts for f in g.facts for c in f.claims}
    shown |= {c.iri for name in academy.names for c in name.claims}
    shown |= {c.claim.iri for c in academy.quantities}
    shown |= {c.iri for c in (*academy.ahead, *academy.statements, *academy.silenced)}
    assert shown == {c.iri for c in kg.claims("bri-org:cas")}


def test_speakers_and_modality_stand_with_the_claim(kg: KnowledgeGraph) -> None:
    [claim] = kg.explain("bri-claim:cgtn-debut-priorities").said_by
    assert "Chinese Academy of Sciences" in {speaker.label for speaker in claim.speakers}
    inferred = [
        c for c in kg.claims() if any(m.iri == expand("bri-modality:inferred") for m in c.modality)
    ]
    assert inferred and all(c.reason for c in inferred)


def test_what_is_left_open_has_its_silent_passage(kg: KnowledgeGraph) -> None:
    described = kg.describe("bri-collection:cas-overseas-centres-and-platforms")
    assert all(gap.claim and gap.passages for gap in described.left_open)
    source = kg.describe(BASE + "source/cas-decade")
    own = {gap.gap.label: gap for gap in source.left_open if gap.claim is None}
    assert {"name of the author", "date"} <= set(own)
    assert own["date"].reason and own["date"].reason.lang == "en"


def test_disputes_about_what_a_thing_built_are_nearby(academy: Description) -> None:
    compared, nearby = ({shorten(c.iri) for c in cs} for cs in (academy.compared, academy.nearby))
    assert "bri-comparison:anso-founders-four-or-one" in compared
    assert "bri-comparison:overseas-centres-nine-or-ten" in nearby
    assert not compared & nearby


@pytest.mark.parametrize("kind", ["joint-laboratory", "member", "country"])
def test_a_kind_has_the_comparisons_that_conflicts_gives(kg: KnowledgeGraph, kind: str) -> None:
    described = kg.describe(f"bri-kind:{kind}")
    shown = [c.iri for c in (*described.compared, *described.nearby)]
    given = [c.iri for c in kg.conflicts(f"bri-kind:{kind}")]
    assert sorted(shown) == sorted(given)
    assert bool(given) == (kind != "country")


def test_a_claim_a_concept_and_a_term_are_described_too(kg: KnowledgeGraph) -> None:
    claim = kg.describe("bri-claim:cas-decade-anso-founders")
    assert claim.claim and claim.claim.evidence and claim.compared
    theme = kg.describe("bri-theme:clean-energy-technology")
    assert theme.definition and group(theme, "bri:topic", inverse=True).facts
    assert kg.describe("bri:isFoundedBy").definition


def test_labels_follow_the_language(kg: KnowledgeGraph) -> None:
    described = kg.describe("bri-org:cas", lang="zh")
    assert (described.thing.label, described.thing.lang) == ("中国科学院", "zh")
    assert "超过 100" in {c.quantity.label for c in described.quantities}


def test_a_thing_that_nobody_knows_is_no_empty_description(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError):
        kg.describe("bri-org:caz")


# ------------------------------------------------------------------ claims


def test_claims_are_chosen_by_what_they_name_and_how_they_stand(kg: KnowledgeGraph) -> None:
    everything = kg.claims()
    total = next(iter(kg.query("SELECT (COUNT(*) AS ?n) { ?c a bri:Claim }"))).value("n")
    assert len(everything) == total
    assert [c.iri for c in everything] == sorted(c.iri for c in everything)
    planned = kg.claims("CAS", factuality="bri-factuality:planned")
    assert [shorten(c.iri) for c in planned] == [
        "bri-claim:anso-pakistan-cas-cooperation",
        "bri-claim:anso-pakistan-cas-support",
    ]
    counts = kg.claims(source="cas-decade", cls="bri:QuantityClaim")
    assert counts == kg.claims(source=BASE + "source/cas-decade", cls="bri:QuantityClaim")
    assert {(c.cls.label, c.passages[0].source.slug) for c in counts} == {
        ("quantity claim", "cas-decade")
    }
    assert all(c.quantities for c in counts)


def test_an_unknown_source_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="did you mean 'cas-decade'"):
        kg.claims(source="cas-decad")


def test_live_claims_are_those_that_the_projection_rules_take(kg: KnowledgeGraph) -> None:
    silent = [claim for claim in kg.claims() if not claim.live]
    assert silent and not any(claim.facts for claim in silent)
    # What has come about and yet gives no fact is outranked.
    silenced = [c for c in silent if c.factuality.label in ("achieved", "ongoing")]
    assert [(shorten(c.iri), *map(shorten, c.outranked_by)) for c in silenced] == [
        ("bri-claim:casted-slides-network-under-parks", "bri-claim:casted-slides-pillar-network")
    ]


# -------------------------------------------------------- the same everywhere


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    asked: list[str] = []
    select = Store.select

    def counting(self: Store, query: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(query)
        return select(self, query, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "select", counting)
        yield asked


def test_queries_do_not_grow_with_what_is_said(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = []
    for thing in ("bri-org:cas", "bri-programme:bri", "bri-org:anso"):
        with counted(monkeypatch) as asked:
            kg.describe(expand(thing))
        numbers.append(len(asked))
    assert len(set(numbers)) == 1
    with counted(monkeypatch) as all_comparisons:
        kg.conflicts()
    with counted(monkeypatch) as one:
        kg.conflicts(expand("bri-comparison:overseas-centres-nine-or-ten"))
    assert len(all_comparisons) == len(one)


def test_answers_do_not_hang_on_what_the_default_graph_is(kg: KnowledgeGraph) -> None:
    """A store that holds each fact once more, as a union would, gives the same answers."""
    union = Store(kg.store)
    union.add(ox.Quad(q.subject, q.predicate, q.object) for q in kg.store)
    other = KnowledgeGraph(kg.resources, union, kg.release)
    assert other.describe("bri-org:cas") == kg.describe("bri-org:cas")
    fact = ("bri-org:anso", "bri:isFoundedBy", "bri-org:cas")
    assert other.explain(*fact) == kg.explain(*fact)


def classes() -> list[type]:
    return [
        cls
        for module in (model, portrait)
        for cls in vars(module).values()
        if isinstance(cls, type) and issubclass(cls, Plain) and is_dataclass(cls)
    ]


def test_every_answer_is_frozen_and_becomes_json(kg: KnowledgeGraph, academy: Description) -> None:
    answers: list[Plain] = [
        academy,
        kg.explain("bri-org:anso", "schema:founder", "bri-org:ras"),
        *kg.conflicts(),
    ]
    for answer in answers:
        data = answer.to_dict()
        assert list(data) == [field.name for field in fields(answer)]  # type: ignore[arg-type]
        assert json.loads(json.dumps(data)) == data
    assert all(cls.__dataclass_params__.frozen for cls in classes())  # type: ignore[attr-defined]


def test_plain_data_has_numbers_lists_and_no_objects() -> None:
    quantity = Quantity("q", "about 3.8", None, Decimal("3.8"), 3, True, None, None)
    assert quantity.to_dict() == {
        "iri": "q",
        "label": "about 3.8",
        "comparator": None,
        "stated": "3.8",
        "lower": 3,
        "lower_inclusive": True,
        "upper": None,
        "upper_inclusive": None,
    }
    assert plain((Text("a", "en"), Named("b"))) == [
        {"value": "a", "lang": "en", "datatype": None},
        {"iri": "b", "label": None, "lang": None},
    ]


def test_answers_are_the_same_twice(kg: KnowledgeGraph, academy: Description) -> None:
    assert kg.describe("Chinese Academy of Sciences").to_dict() == academy.to_dict()


@pytest.mark.parametrize(
    ("edtf", "en", "zh"),
    [
        ("2018", "2018", "2018"),
        ("2013/..", "since 2013", "自 2013 起"),
        ("../2023-06", "until 2023-06", "截至 2023-06"),
        ("2023-10-17/2023-10-18", "2023-10-17 to 2023-10-18", "2023-10-17 至 2023-10-18"),
    ],
)
def test_times_in_words(edtf: str, en: str, zh: str) -> None:
    assert (phrases.span(edtf, "en"), phrases.span(edtf, "zh")) == (en, zh)


def test_quantities_in_words() -> None:
    assert phrases.amount("more-than-80", "more than", 80, (80, None), "en") == "more than 80"
    assert phrases.amount("between-3-and-5", "between", None, (3, 5), "en") == "between 3 and 5"
    assert phrases.amount("vague-large-number", "vague", None, (None, None), "en") == "large number"


def test_parts_are_asked_for_by_property(kg: KnowledgeGraph) -> None:
    claim: Claim = kg.explain("bri-claim:cas-decade-anso-founders").said_by[0]
    assert claim.values("http://example.org/none") == ()
    assert claim.names(claim.values(str(expand("bri:role")))[0])
    assert claim.names(Named(str(expand("bri-time:2018"))))
    assert not claim.names(Named(str(expand("bri-org:twas"))))
