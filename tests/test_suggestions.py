"""What is suggested for a text: exact words, the longest names, dates, amounts, and all that can be meant."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT
from suggesting import KIND, NAMES, ORG, PERSON, PLACE, UNIT, found, lexicon, of

from bri_kg.names import QUANTITY, TIME
from bri_kg.texts.suggestions.found_in_text import by_sentence, found_in
from bri_kg.texts.suggestions.found_words import Kind, Note

PIECES = st.sampled_from(
    [
        *(name for _, name in NAMES),
        *("University of ", "Academy of Sciences ", "Lake Academy (LA)", " (PAS)", " (CAS) ", "said ", "according to "),
        *("May 2017", "since 2013", "17-18 Oct., 2023", "2017年5月25日", "三年内", "last year", "31 February 2020"),
        *("more than 80 countries", "3 billion RMB", "nearly ", "超过1000", "between 5 and 10 ", "12", "½", "٣"),
        *(" ", "\n", "\n\n", ", ", ". ", "。", "“", "’s ", "-", "(", ")", "\x00", "\u202e", "é", "e\u0301", "𠀀", "İ"),
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=200))


@given(TEXTS)
def test_words_stand_where_they_are_said_to_and_none_of_a_kind_overlaps(text: str) -> None:
    ends: dict[Kind, list[tuple[int, int]]] = defaultdict(list)
    for one in found(text, "2022-06-29"):
        assert text[one.begin : one.end] == one.words
        assert one.words.strip() and (one.nodes or one.name)
        ends[one.kind].append(one.span)
    for spans in ends.values():
        assert all(first[1] <= second[0] for first, second in pairwise(sorted(spans)))


@given(TEXTS)
def test_every_suggestion_stands_in_one_sentence(text: str) -> None:
    all_of_them = found(text)
    told = by_sentence(text, all_of_them)
    assert [one for sentence in told for one in sentence.suggestions] == all_of_them


@given(st.sampled_from(NAMES), st.sampled_from([" ", ", ", "\n", "。", "(", "、"]))
def test_a_known_name_is_found_whatever_stands_around_it(name: tuple[str, str], edge: str) -> None:
    text = f"it{edge}{name[1]}{edge}it"
    nodes = {node for one in of(Kind.ENTITY, text) for node in one.nodes}
    assert name[0] in nodes


@pytest.mark.parametrize(
    ("text", "words", "node"),
    [
        ("the Chinese Academy of Sciences is", "Chinese Academy of Sciences", ORG + "cas"),
        ("The CHINESE ACADEMY\nOF SCIENCES is", "CHINESE ACADEMY\nOF SCIENCES", ORG + "cas"),
        ("at the World Academy of Science", "World Academy of Science", ORG + "twas"),
        ("位于中国科学院的", "中国科学院", ORG + "cas"),
        ("在中国的", "中国", PLACE + "china"),
        ("China-Chile", "China", PLACE + "china"),
    ],
)
def test_the_longest_name_counts(text: str, words: str, node: str) -> None:
    [one] = of(Kind.ENTITY, text)
    assert (one.words, one.nodes) == (words, (node,))


@pytest.mark.parametrize(
    "text",
    [
        "CASTED and OCAS and cas and Cas",  # an abbreviation is a word of its own, as it is written
        "Chinaware", "indochina", "china cups",
        "the Chinese Academy. Of Sciences", "Chinese Academy\n\nof Sciences",
    ],
)  # fmt: skip
def test_what_is_no_name_is_not_found(text: str) -> None:
    assert not of(Kind.ENTITY, text)


def test_an_abbreviation_has_all_that_it_can_mean() -> None:
    [one] = of(Kind.ENTITY, "It was signed by PAS.")
    assert one.nodes == (ORG + "pas", ORG + "polish") and Note.SEVERAL in one.notes
    text = "The Polish Academy of Sciences (PAS) agreed. PAS signed."
    short = [one for one in of(Kind.ENTITY, text) if one.words == "PAS"]
    assert [one.nodes for one in short] == [(ORG + "polish", ORG + "pas")] * 2
    text = "The Panama Academy of Sciences (PAS) agreed."
    [one] = of(Kind.ENTITY, text)
    assert one.nodes == (ORG + "pas", ORG + "polish") and one.name == "Panama Academy of Sciences"


def test_what_a_text_introduces_is_known_by_its_abbreviation_from_then_on() -> None:
    text = "The Hungarian Academy of Sciences (HAS) met. Later HAS agreed."
    assert [(one.words, one.name, one.aliases) for one in of(Kind.NEW, text)] == [
        (words, "Hungarian Academy of Sciences", ("HAS",))
        for words in ("Hungarian Academy of Sciences", "HAS", "HAS")
    ]


def test_a_name_within_a_longer_one_is_told_with_it() -> None:
    text = "They enrol at the University of Chinese Academy of Sciences."
    [one] = of(Kind.NEW, text)
    assert (one.cls, one.holds) == ("Organization", (ORG + "cas",)) and not of(Kind.ENTITY, text)


def test_a_new_name_that_is_nearly_known_is_told_so() -> None:
    [one] = of(Kind.NEW, "They met at the Chinesse Academy of Sciences today.")
    assert one.near == (ORG + "cas",) and Note.NEAR in one.notes


def test_names_are_compared_until_it_would_take_long() -> None:
    text = "".join(f"They met at the {a}{b}ova University. " for a in "BCDF" for b in "aeiou")
    new = [one for one in found_in(text, lexicon(looked_up=3)) if one.kind is Kind.NEW]
    assert [Note.UNLOOKED in one.notes for one in new] == [False] * 3 + [True] * 17


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("on 25 May 2017.", "25 May 2017", "2017-05-25"),
        ("on May 25th, 2017", "May 25th, 2017", "2017-05-25"),
        ("in Nov. 2018.", "Nov. 2018", "2018-11"),
        ("in 2018, it", "2018", "2018"),
        ("on May 25 in", "May 25", "XXXX-05-25"),
        ("Since 2013, it", "Since 2013", "since-2013"),
        ("By the end of June 2023", "By the end of June 2023", "until-2023-06"),
        ("between 2014 and 2019", "between 2014 and 2019", "2014--2019"),
        ("17-18 Oct., 2023", "17-18 Oct., 2023", "2023-10-17--2023-10-18"),
        ("on 05/06/2023", "05/06/2023", "2023-05-06 2023-06-05"),
        ("within three years", "within three years", "within-3-years"),
        ("within 3 months of 2015-05-25", "within 3 months of 2015-05-25", "within-3-months-of-2015-05-25"),
        ("last year it", "last year", "1-year-before-2022"),
        ("next month it", "next month", "1-month-after-2022-06"),
        ("three years ago", "three years ago", "3-years-before-2022"),
        ("every year it", "every year", "every-year"),
        ("2017年5月25日", "2017年5月25日", "2017-05-25"),
        ("二〇一七年", "二〇一七年", "2017"),
        ("自2013年以来", "自2013年以来", "since-2013"),
        ("截至2023年6月底", "截至2023年6月底", "until-2023-06"),
        ("2014年至2019年", "2014年至2019年", "2014--2019"),
        ("5月25日", "5月25日", "XXXX-05-25"),
        ("三年内", "三年内", "within-3-years"),
        ("去年", "去年", "1-year-before-2022"),
    ],
)  # fmt: skip
def test_dates_are_read(text: str, words: str, names: str) -> None:
    [one] = of(Kind.DATE, text, "2022-06-29")
    assert (one.words, one.nodes) == (words, tuple(TIME + name for name in names.split()))
    assert (Note.SEVERAL in one.notes) == (" " in names)


@pytest.mark.parametrize(
    "text",
    ["31 February 2020", "2000 students", "may 5 people", "86-10-65368972", "COVID-19", "A 5G net"],
)  # fmt: skip
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert not of(Kind.DATE, text)


def test_without_a_date_of_the_text_last_year_has_no_bounds() -> None:
    assert [one.nodes for one in of(Kind.DATE, "last year")] == [(TIME + "last-year",)]


@pytest.mark.parametrize(
    ("text", "words", "names", "unit", "counted"),
    [
        ("more than 80 countries", "more than 80", "more-than-80", None, KIND + "country"),
        ("at least nine joint laboratories", "at least nine", "at-least-9", None, KIND + "joint-laboratory"),
        ("nearly 80 people", "nearly 80", "fewer-than-80 about-80", None, None),
        ("some 75 people", "some 75", "about-75", None, None),
        ("no more than 30", "no more than 30", "at-most-30", None, None),
        ("between 5 and 10 people", "5 and 10", "between-5-and-10", None, None),
        ("3 billion RMB", "3 billion", "exactly-3000000000", UNIT + "renminbi", None),
        ("€2.5 million", "2.5 million", "exactly-2500000", "euro", None),
        ("under the 4 pillars", "4", "exactly-4", None, None),
        ("超过1000个", "超过1000", "more-than-1000", None, None),
        ("约75人", "约75", "about-75", None, None),
        ("40多个", "40多", "more-than-40", None, None),
        ("至少3亿元人民币", "至少3亿", "at-least-300000000", UNIT + "renminbi", None),
    ],
)  # fmt: skip
def test_amounts_are_read(
    text: str, words: str, names: str, unit: str | None, counted: str | None
) -> None:
    [one] = of(Kind.AMOUNT, f"There are {text}")
    assert (one.words, one.unit, one.counted) == (words, unit, counted)
    assert one.nodes == tuple(QUANTITY + name for name in names.split())


@pytest.mark.parametrize(
    "text",
    ["one of them", "the two countries", "1) first", "2. second", "No. 52", "86-10-65368972", "May 2017", "© 2002"],
)  # fmt: skip
def test_what_is_no_amount_is_not_read(text: str) -> None:
    assert not of(Kind.AMOUNT, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bai Chunli said so.", ["Bai Chunli"]),
        ("Bai Chunli, president of the CAS, said so.", ["Bai Chunli"]),
        ("It is so, according to Bai Chunli, the president.", ["Bai Chunli"]),
        ("Bai Chunli sent a congratulatory letter.", ["Bai Chunli"]),
        ("Bai Chunli came. Bai said so.", ["Bai"]),
        ("He said so. Bai Chunli came.", []),
        ("白春礼表示，合作很好。", ["白春礼"]),
        ("据中国科学院介绍，合作很好。", ["中国科学院"]),
    ],
)
def test_who_is_quoted_is_told(text: str, words: list[str]) -> None:
    told = of(Kind.SPEAKER, text)
    assert [one.words for one in told] == words
    assert all(one.nodes in ((PERSON + "bai",), (ORG + "cas",)) for one in told)


@pytest.mark.parametrize(
    "piece",
    [
        "Chinese Academy of ", "A", "Aa ", "of the and ", "University of Science and ", "PAS (PAS) ", "said, ",
        "the 12 ", "in May 2017 ", "more than 80 countries ", "中国", "大学和", "二年", "“", "(A) ", "x@y.z ",
        " " * 40 + "1", "Bai ,said",
    ],
    ids=repr,
)  # fmt: skip
def test_hostile_text_is_read_in_time_that_grows_as_it_does(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begun = time.process_time()
        found_in(text, lexicon(looked_up=5))
        return time.process_time() - begun

    # Ten times as much takes about ten times as long; the square of ten would be far more.
    assert seconds(10_000) < 25 * seconds(1_000) + 0.2


@pytest.mark.slow
def test_a_million_letters_are_read_in_seconds() -> None:
    text = (ROOT / "tests" / "unseen" / "scholarship.txt").read_text(encoding="utf-8")
    text = (text * (1_000_000 // len(text) + 1))[:1_000_000]
    begun = time.process_time()
    assert len(found_in(text, lexicon(looked_up=5))) > 10_000
    assert time.process_time() - begun < 60
