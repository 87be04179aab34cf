"""Pictures: what is uncertain is drawn otherwise and says so, and no character is drawn that no font has."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bri_kg.answers.description_model import Description
from bri_kg.answers.folding import folded
from bri_kg.answers.model import Claim, Named, Part, TimeSpan
from bri_kg.answers.placing import coasts
from bri_kg.errors import UsageError, how_to_install
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BRI, PREFIXES
from bri_kg.notebook import (
    Picture,
    drawn_map,
    drawn_network,
    drawn_timeline,
    network,
    places,
    timeline,
)
from bri_kg.notebook.pictures import Pen
from bri_kg.plain import display_width

pytest.importorskip("matplotlib", reason="the extra `notebook` is not installed")
pytestmark = pytest.mark.filterwarnings("ignore:Glyph:UserWarning")

PLANNED = Named(PREFIXES["bri-factuality"] + "planned", "planned", "en")
EVERYTHING = frozenset(range(0x20, 0x1_0000))
LATIN = frozenset(range(0x20, 0x2E80))
PLACE = BRI + "hasPlace"


@pytest.fixture(scope="module")
def firm(kg: KnowledgeGraph) -> Claim:
    """A claim that holds, without time."""
    claims = kg.claims("ANSO", cls="MembershipClaim")
    return replace(next(c for c in claims if c.live and not c.modality), times=(), summary=None)


def planned(claim: Claim) -> Claim:
    return replace(claim, iri=claim.iri + "-p", factuality=PLANNED, live=False)


def at(claim: Claim, edtf: str, begin: str | None, end: str | None) -> Claim:
    span = TimeSpan(f"urn:time:{edtf}", f"the words of {edtf}", edtf, begin, end)
    return replace(claim, iri=f"{claim.iri}/{edtf}", times=(span,))


def texts(picture: Picture) -> list[str]:
    from matplotlib.text import Text

    return [one.get_text() for one in picture.figure.findobj(Text) if one.get_text()]


def bars(picture: Picture) -> dict[str, Any]:
    """Return the bars of a timeline by their label, those that only fade left out."""
    return {
        p.get_label(): p
        for p in picture.figure.axes[0].patches
        if not p.get_label().startswith("_")
    }


def arrows(picture: Picture) -> int:
    return sum(1 for one in picture.figure.axes[0].texts if getattr(one, "arrow_patch", None))


def with_pen(monkeypatch: pytest.MonkeyPatch, characters: frozenset[int]) -> None:
    def pen(lang: str) -> Pen:
        return Pen(("DejaVu Sans",), characters, lang)

    for module in (drawn_map, drawn_network, drawn_timeline):
        monkeypatch.setattr(module, "pen", pen)


# ------------------------------------------------- timeline

YEAR = ("2018", "2018-01-01T00:00:00Z", "2018-12-31T23:59:59Z")
SPAN = ("2013/2018", "2013-01-01T00:00:00Z", "2018-12-31T23:59:59Z")
SINCE = ("2013/..", "2013-01-01T00:00:00Z", None)
UNTIL = ("../2023-06", None, "2023-06-30T23:59:59Z")
VAGUE = ("../..", None, None)


@pytest.mark.parametrize(
    ("time", "label", "line", "hatched", "filled", "arrows_"),
    [
        (YEAR, "within", "-", True, False, 0),
        (SPAN, "span", "-", False, True, 0),
        (SINCE, "open", "-", False, True, 1),
        (UNTIL, "open", "-", False, True, 1),
        (VAGUE, "vague", ":", False, False, 0),
    ],
    ids=["year", "span", "since", "until", "vague"],
)
def test_each_kind_of_time_looks_its_kind(
    firm: Claim,
    time: tuple[str, str | None, str | None],
    label: str,
    line: str,
    hatched: bool,
    filled: bool,
    arrows_: int,
) -> None:
    picture = timeline([at(firm, *time)])
    bar = bars(picture)[label]
    assert bar.get_linestyle() in (line, {"-": "solid", ":": "dotted"}[line])
    assert bool(bar.get_hatch()) == hatched
    assert (bar.get_facecolor()[3] > 0) == filled
    assert arrows(picture) == arrows_
    assert f"the words of {time[0]}" in texts(picture)
    assert any(
        "1 more" not in text and firm.passages[0].source.slug in text for text in texts(picture)
    )


def test_what_is_planned_is_dashed_empty_and_says_so(firm: Claim) -> None:
    picture = timeline([at(planned(firm), *SPAN), at(firm, *SPAN)])
    ahead, held = bars(picture)["span ahead"], bars(picture)["span"]
    assert ahead.get_linestyle() in ("--", "dashed")
    assert ahead.get_facecolor()[3] == 0
    assert held.get_facecolor()[3] > 0
    assert any(text.startswith("[planned] ") for text in texts(picture))
    assert any("dashed: not come about" in text for text in texts(picture))


def test_what_is_denied_or_silenced_is_dashed_and_says_so(firm: Claim) -> None:
    for claim, word in (
        (replace(firm, negated=True), "[denied]"),
        (replace(firm, live=False), "[silenced"),
    ):
        picture = timeline([at(claim, *SPAN)])
        assert bars(picture)["span ahead"].get_linestyle() in ("--", "dashed")
        assert any(word in text.replace("\n", " ") for text in texts(picture))


def test_an_event_since_a_year_was_at_some_time_in_it(kg: KnowledgeGraph, firm: Claim) -> None:
    event = replace(firm, cls=Named(BRI + "CreationClaim", "creation claim", "en"))
    bar = bars(timeline([at(event, *SINCE)]))["open"]
    assert bar.get_hatch()
    assert bar.get_facecolor()[3] == 0
    assert not bars(timeline([at(event, *SPAN)]))["span"].get_hatch()


def test_claims_without_a_time_and_times_beyond_the_most_are_counted(firm: Claim) -> None:
    many = [at(replace(firm, iri=f"urn:{n}"), *YEAR) for n in range(63)]
    said = "\n".join(texts(timeline([*many, firm, firm])))
    assert "3 more times are not drawn" in said
    assert "1 more claims give no time" in said
    assert said.count("the words of 2018") == 60
    assert "no claim has a time" in "\n".join(texts(timeline([firm])))


def test_the_passages_stand_below_in_words(firm: Claim) -> None:
    picture = timeline([at(firm, *YEAR)])
    passage = firm.passages[0]
    where = f"{passage.source.slug} {passage.begin}–{passage.end}"
    for shown in (str(picture), picture._repr_html_()):
        assert where in shown
        assert "the words of 2018" in shown
    assert "<script" not in picture._repr_html_()
    assert 'src="data:image/png;base64,' in picture._repr_html_()


# ------------------------------------------------- map


def lying(claim: Claim, place: str) -> Claim:
    named = Named(PREFIXES["bri-place"] + place, place.title(), "en")
    part = Part(Named(PLACE, "has place", "en"), (named,))
    return replace(claim, iri=f"{claim.iri}/{place}", parts=(part,))


def marks_of(picture: Picture) -> dict[str, Any]:
    return {
        mark.get_label().rsplit("/", 1)[-1]: mark for mark in picture.figure.axes[0].collections
    }


def test_planned_places_are_empty_and_dashed_and_countries_no_dots(
    kg: KnowledgeGraph, firm: Claim
) -> None:
    claims = [
        lying(firm, "beijing"),
        lying(planned(firm), "paris"),
        lying(firm, "kenya"),
        lying(firm, "africa"),
    ]
    picture = places(kg, claims)
    marks = marks_of(picture)
    assert set(marks) == {"beijing", "paris", "kenya"}
    assert len(marks["paris"].get_facecolor()) == 0
    assert len(marks["beijing"].get_facecolor()) == 1
    assert marks["paris"].get_linestyle() != marks["beijing"].get_linestyle()
    assert len(marks["kenya"].get_paths()[0].vertices) < len(
        marks["beijing"].get_paths()[0].vertices
    )
    said = texts(picture)
    assert any("Paris" in text and "[planned]" in text for text in said)
    assert not any("Beijing" in text and "[planned]" in text for text in said)
    assert any("no point stands for them: Africa" in text for text in said)
    assert any("square: a country" in text for text in said)
    assert any("empty, dashed" in text for text in said)


def test_a_place_says_how_many_sources_name_it(kg: KnowledgeGraph, firm: Claim) -> None:
    other = replace(firm.passages[0], source=replace(firm.passages[0].source, iri="urn:other"))
    again = replace(lying(firm, "beijing"), iri="urn:again", passages=(other,))
    assert any(
        "Beijing\n2 sources" in t for t in texts(places(kg, [lying(firm, "beijing"), again]))
    )
    assert any("Beijing\n1 source" in t for t in texts(places(kg, [lying(firm, "beijing")])))


def test_labels_of_places_cover_no_other_and_coasts_cross_no_edge(kg: KnowledgeGraph) -> None:
    picture = places(kg, kg.claims(cls="LocationClaim"))
    axes = picture.figure.axes[0]
    renderer = picture.figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    for place, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[place + 1 :])
    for rings in coasts():
        for ring in rings:
            assert all(abs(a[0] - b[0]) < 100 for a, b in pairwise(ring))
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


# ------------------------------------------------- network


@pytest.fixture(scope="module")
def anso(kg: KnowledgeGraph) -> Description:
    return kg.describe("ANSO")


def links(picture: Picture) -> list[Any]:
    from matplotlib.patches import FancyArrowPatch

    return list(picture.figure.findobj(FancyArrowPatch))


def test_planned_links_are_dashed_and_say_so(anso: Description) -> None:
    picture = network(anso)
    dashed = [link for link in links(picture) if link.get_linestyle() in ("--", "dashed")]
    said = [text for text in texts(picture) if "[planned]" in text or "[expected]" in text]
    assert dashed
    assert len(said) >= len(dashed)
    without = network(replace(anso, ahead=(), left_open=()))
    assert not [link for link in links(without) if link.get_linestyle() in ("--", "dashed")]
    assert not any("[planned]" in text for text in texts(without))


def test_links_count_their_sources_and_more_are_thicker(anso: Description) -> None:
    picture = network(anso)
    assert any("is founded by\xa0· 2\xa0sources" in text for text in texts(picture))
    widths = {link.get_label(): link.get_linewidth() for link in links(picture)}
    assert widths[PREFIXES["bri-org"] + "cas"] > widths[PREFIXES["bri-org"] + "pas"]


def test_whoever_is_not_named_stands_alone(anso: Description) -> None:
    gaps = [gap for gap in anso.left_open if gap.gap.iri == PREFIXES["bri-gap"] + "agent"]
    picture = network(anso)
    assert len(gaps) == texts(picture).count("? not named by the text") == 3
    labels = [link.get_label() for link in links(picture) if link.get_label().startswith("?")]
    assert len(set(labels)) == 3


def test_what_is_from_a_reference_or_inferred_looks_and_says_it(kg: KnowledgeGraph) -> None:
    picture = network(kg.describe("CAS"))
    styles = {link.get_label(): link.get_linestyle() for link in links(picture)}
    assert styles[PREFIXES["bri-place"] + "beijing"] in ("-.", "dashdot")
    assert any(
        "is based in\xa0· from a reference" in text.replace("\n", " ") for text in texts(picture)
    )


# ------------------------------------------------- fonts, languages, the extra


def pictures(kg: KnowledgeGraph, lang: str) -> Iterator[Picture]:
    yield timeline(kg.claims("ANSO", lang=lang))
    yield places(kg, kg.claims("bri-programme:bri", lang=lang))
    yield network(kg.describe("ANSO", lang=lang))


def test_chinese_is_written_where_a_font_has_it(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pen(monkeypatch, EVERYTHING)
    words = ("联盟", "北京", "个来源")
    for picture, word in zip(pictures(kg, "zh"), words, strict=True):
        assert any(word in text.replace("\n", "") for text in texts(picture))
        assert picture.lang == "zh"
        assert "这里没有安装含汉字的字体" not in str(picture)


def test_without_such_a_font_no_box_is_drawn_and_it_is_said(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pen(monkeypatch, LATIN)
    for picture in pictures(kg, "zh"):
        assert all(ord(char) in LATIN or char == "\n" for text in texts(picture) for char in text)
        assert any("bri-" in text for text in texts(picture))
        assert "这里没有安装含汉字的字体" in str(picture)
    assert "No font with Chinese" not in str(network(kg.describe("TWAS")))


def test_a_name_is_no_formula_and_no_line_of_its_own(firm: Claim, tmp_path: Path) -> None:
    hostile = Named("urn:x", "$\\frac{1}{0}$\n<b>\u202e", "en")
    claim = replace(firm, parts=(Part(Named(BRI + "hasSubject", "has subject", "en"), (hostile,)),))
    picture = timeline([at(claim, *YEAR)], title="$x$ <script>")
    assert any("$\\frac{1}{0}$" in text and "\\u202e" in text for text in texts(picture))
    assert "<script" not in picture._repr_html_()
    from matplotlib.text import Text

    written = [one for one in picture.figure.findobj(Text) if "$" in one.get_text()]
    assert written
    assert not any(one.get_parse_math() for one in written)
    for ending in ("png", "svg", "pdf"):
        picture.save(tmp_path / f"p.{ending}")
        assert (tmp_path / f"p.{ending}").stat().st_size > 1000


def test_nothing_of_the_users_settings_is_changed(kg: KnowledgeGraph, firm: Claim) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    timeline([at(firm, *YEAR)]).png()
    assert dict(mpl.rcParams) == before


def test_without_matplotlib_the_extra_is_named_and_results_show(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    claims = kg.claims("TWAS")
    for draw in (
        lambda: timeline(claims),
        lambda: places(kg, claims),
        lambda: network(kg.describe("TWAS")),
    ):
        with pytest.raises(UsageError) as caught:
            draw()
        assert how_to_install("notebook") in caught.value.render()
    assert claims._repr_html_()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "United Nations Educational, Scientific and Cultural Organization",
        "中国科学院面向“一带一路”共建国家的服务。",
        "one",
        "averyveryverylongwordthatfitsnowhere and more",
    ],
)
def test_folding_cuts_nothing_and_keeps_to_the_columns(text: str) -> None:
    lines = folded(text, 20).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= 20 or " " not in line for line in lines)
    assert not any(line[0] in "。”，" for line in lines if line)
