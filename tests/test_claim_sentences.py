"""Claims, counts and times as sentences: plain English and Chinese that say no more than is known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest

from bri_kg.answers.claim_sentences import said
from bri_kg.answers.claim_words import number, verb
from bri_kg.answers.count_words import counted_clause, grouped, plural
from bri_kg.answers.face_words import Both
from bri_kg.answers.model import Claim, Named, TimeSpan
from bri_kg.answers.phrases import span
from bri_kg.answers.time_words import when
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BRI, PREFIXES


@dataclass(frozen=True)
class Speaking:
    lang: str

    def say(self, wording: Both, **values: object) -> str:
        return wording[self.lang == "zh"].format(**values)


def one_claim(kg: KnowledgeGraph, name: str, lang: str = "en") -> Claim:
    return next(claim for claim in kg.claims(lang=lang) if claim.iri.endswith(f"/{name}"))


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("cas-decade-anso-lead", "some time since 2013", "2013 年以来的某个时候"),
        ("anso-pakistan-overseas-centres-count", "science and education centres of CAS", "9 个，2013 年以来"),
        ("std-decade-laboratories-count", "established by China, as of June 2023", "超过 50 个，截至 2023 年 6 月"),
        ("casted-slides-action-program-launch", "launcher not named", "未说明启动者"),
        ("std-decade-agreements-signed", ", by June 2023", "截至 2023 年 6 月"),
        ("cas-decade-standpoint", ", 2018 or later", "，2018 年或更晚"),
        ("casted-slides-third-forum", "from 17 October 2023 to 18 October", "10 月 17 日至 2023 年 10 月 18 日"),
    ],
)  # fmt: skip
def test_a_claim_is_a_sentence(kg: KnowledgeGraph, name: str, en: str, zh: str) -> None:
    assert en in said(Speaking("en"), one_claim(kg, name))
    assert zh in said(Speaking("zh"), one_claim(kg, name, "zh"))


def test_no_sentence_is_a_record(kg: KnowledgeGraph) -> None:
    for lang in ("en", "zh"):
        for claim in kg.claims(lang=lang):
            text = said(Speaking(lang), claim)
            assert text and (claim.summary or "; " not in text), text
            assert not re.search(r"\bexactly \d|恰为|None", text), text
            for quantity in claim.quantities:
                digits = [] if quantity.stated is None else [grouped(lang, quantity.stated)]
                assert all(one in text for one in digits), text


def test_what_is_aimed_at_says_so_before_the_number(kg: KnowledgeGraph) -> None:
    for lang, text in (("en", "a target of 100 joint laboratories"), ("zh", "目标为 100 个")):
        aims = (c for c in kg.claims(lang=lang) if c.factuality.iri.endswith("/target"))
        assert any(text in said(Speaking(lang), claim) for claim in aims)


def test_a_number_is_of_the_kind_that_it_counts_and_of_nothing_near_it(kg: KnowledgeGraph) -> None:
    # "Stays of young scientists" are stays: the number is of the scientists.
    claim = one_claim(kg, "std-decade-young-scientists-count")
    stays = next(v for v in claim.values(BRI + "hasSubject") if "stays of" in (v.label or ""))
    pieces = counted_clause(Speaking("en"), claim)
    assert stays not in pieces and pieces[0] == "more than 10,000 "


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("country or region of members", "countries or regions of members"),
        ("participant in exchange and training", "participants in exchange and training"),
        ("overseas science and education centre", "overseas science and education centres"),
        ("university", "universities"),
        ("money", "money"),
        ("business", "businesses"),
    ],
)
def test_an_english_kind_takes_the_plural_at_its_noun(one: str, several: str) -> None:
    assert plural(one) == several


def test_a_time_says_no_more_than_is_known(kg: KnowledgeGraph) -> None:
    claim = one_claim(kg, "cas-decade-anso-lead")
    count = one_claim(kg, "anso-pakistan-overseas-centres-count")

    def told(of: Claim, edtf: str | None, label: str | None = None) -> str:
        text = label or span(edtf or "", "en")
        return when(Speaking("en"), of, TimeSpan("urn:t", text, edtf, None, None))

    assert told(claim, "2018") == "in 2018"
    assert told(claim, "2017-05") == "in May 2017"
    assert told(claim, "2023-10-17") == "on 17 October 2023"
    assert told(claim, "2013/..") == "some time since 2013"
    assert told(count, "2013/..") == "since 2013"
    under_way = replace(claim, factuality=Named(PREFIXES["bri-factuality"] + "ongoing"))
    assert told(under_way, "2013/..") == "since 2013"
    assert told(claim, "../2023-06") == "by June 2023"
    assert told(claim, "../..") == ""
    assert told(claim, "../..", "over the past decade") == "over the past decade"
    assert told(claim, "2018~") == "2018~"
    assert told(claim, "2018-21") == "2018-21"


@pytest.mark.parametrize(
    ("prop", "lang", "label", "of_object"),
    [
        ("isFoundedBy", "en", "is founded by", "what it founded"),
        ("isSetUpBy", "en", "is set up by", "what it set up"),
        ("hasRightsHolder", "en", "has rights holder", "as rights holder"),
        ("holdsPostIn", "en", "holds post in", "who holds a post in it"),
        ("isMemberOf", "en", "is member of", "its members"),
        ("isWrittenBy", "en", "is written by", "what is written by it"),  # never "what it written"
        ("topic", "en", "topic", "as topic"),
        ("isFoundedBy", "zh", "由…创立", "由其创立"),
        ("hasRightsHolder", "zh", "权利人为", "作为权利人"),
        ("holdsPostIn", "zh", "任职于", "任职于此"),
        ("isMemberOf", "zh", "是…的成员", "其成员"),
        ("isOdd", "en", "is\nodd", "what is\nodd it"),
    ],
)
def test_a_relation_is_told_of_its_object_as_people_would(
    prop: str, lang: str, label: str, of_object: str
) -> None:
    assert verb(Speaking(lang), Named(BRI + prop, label, lang), inverse=True) == of_object


def test_a_speaker_is_named_once_and_by_name(kg: KnowledgeGraph) -> None:
    for lang, first, doubled in (
        ("en", "Bai Chunli says", "according"),
        ("zh", "白春礼表示", "据"),
    ):
        text = said(Speaking(lang), one_claim(kg, "cgtn-debut-anso-commitment", lang))
        assert text.startswith(first) and doubled not in text
    hoped = said(Speaking("zh"), one_claim(kg, "cgtn-debut-liu-he-spirit", "zh"))
    assert hoped.startswith("刘鹤") and "据刘鹤" not in hoped
    # A name that looks like a pronoun is none.
    hoped = said(Speaking("en"), one_claim(kg, "cgtn-debut-liu-he-spirit", "en"))
    assert hoped.startswith("Liu He hopes")
    # Where the summary names nobody, the speaker stays.
    assert said(Speaking("zh"), one_claim(kg, "std-decade-e-commerce-trade", "zh")).endswith(
        "据丛亮"
    )


def test_a_number_by_itself_has_its_measure_word_in_chinese(kg: KnowledgeGraph) -> None:
    for name, text in (
        ("std-decade-laboratories-count", "超过 50 个"),
        ("casted-slides-st-agreements-count", "超过 80 项"),
        ("casted-slides-joint-projects-funding", "超过 3000000000"),
    ):
        claim = one_claim(kg, name, "zh")
        assert number(Speaking("zh"), claim, claim.quantities[0]) == text
    claim = one_claim(kg, "std-decade-laboratories-count")
    assert number(Speaking("en"), claim, claim.quantities[0]) == "more than 50"
