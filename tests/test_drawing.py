"""Drawings made by the server: nothing covers a name, nothing planned looks achieved, nothing hostile gets out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

pytest.importorskip("markupsafe", reason="the extra `serve` is not installed")

from bri_kg.answers.moments import lying
from bri_kg.answers.placing import Point as GlobePoint
from bri_kg.answers.placing import bounds, coasts
from bri_kg.web.drawing import timeline
from bri_kg.web.drawing.elements import element, link
from bri_kg.web.drawing.network_columns import network
from bri_kg.web.drawing.network_parts import Edge, Node, links_of
from bri_kg.web.drawing.star import star
from bri_kg.web.drawing.world import Spot, View, world_map

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x07'
SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ET.Element:
    """The drawing as XML: what is not well formed is no drawing."""
    return ET.fromstring(f'<all xmlns="http://www.w3.org/2000/svg">{text}</all>')


def nodes(count: int) -> list[Node]:
    return [
        Node(f"k{n}", f"Institute number {n} of a long name that is folded", f"/t/{n}")
        for n in range(count)
    ]


def names(drawing: ET.Element) -> list[tuple[float, float, str]]:
    """Return where the lines of names stand: x, y, anchor."""
    found = []
    for text in drawing.iter(f"{SVG}text"):
        if text.get("class") == "name":
            y = float(text.get("y", "0"))
            for place, span in enumerate(text):
                found.append(
                    (float(span.get("x", "0")), y + 16 * place, text.get("text-anchor", ""))
                )
    return found


def test_150_names_cover_no_other_and_each_is_a_link() -> None:
    given = nodes(150)
    edges = [Edge(f"k{n}", f"k{(n * 7 + 3) % 150}", "works with") for n in range(150)]
    drawing = parsed(network(given, edges, "All"))
    assert len(list(drawing.iter(f"{SVG}a"))) == 150
    by_side: dict[float, list[float]] = {}
    for x, y, _ in names(drawing):
        by_side.setdefault(x, []).append(y)
    assert len(by_side) == 2
    for ys in by_side.values():
        assert all(abs(one - other) >= 15.9 for one, other in combinations(ys, 2))


def test_the_same_things_are_drawn_in_the_same_place() -> None:
    given, edges = nodes(40), [Edge("k1", "k2", "a"), Edge("k3", "k2", "b"), Edge("k3", "k9", "c")]
    assert network(given, edges, "x") == network(given, edges, "x")


def test_what_is_planned_is_dashed_and_says_so_in_the_drawing_and_in_the_table() -> None:
    given = nodes(3)
    edges = [
        Edge("k0", "k1", "founds"),
        Edge("k0", "k2", "founds", "ahead", "planned; hoped for", "planned"),
    ]
    drawing = parsed(network(given, edges, "x"))
    lines = {
        group.get("class"): group.find(f"{SVG}path") for group in drawing.iter(f"{SVG}g")
        if (group.get("class") or "").startswith("edge")
    }  # fmt: skip
    planned, said = lines["edge ahead"], lines["edge said"]
    assert planned is not None and planned.get("stroke-dasharray")
    assert said is not None and said.get("stroke-dasharray") is None
    words = [text.text for text in drawing.iter(f"{SVG}text") if text.get("class") == "word"]
    assert words == ["planned"]
    row = links_of(given, edges)[0]
    assert (row.number, row.count) == (1, 2)
    told = [edge.told for _, of in row.linked for edge in of]
    assert told == ["founds", "[planned; hoped for] founds"]


def test_whoever_is_not_named_stands_alone() -> None:
    unnamed = [Node(f"? {n}", "? not named", None, is_named=False) for n in range(2)]
    given = [*nodes(1), *unnamed]
    drawing = parsed(network(given, [Edge("? 0", "k0", "a"), Edge("? 1", "k0", "a")], "x"))
    alone = [one for one in drawing.iter(f"{SVG}g") if one.get("class") == "node unnamed"]
    assert len(alone) == 2


def test_a_star_is_drawn_for_wide_and_for_narrow_pages() -> None:
    edges = [
        Edge("k1", "k0", "is part of"),
        Edge("k0", "k2", "founds", "ahead", "planned"),
        Edge("k0", "k3", "is in", "reference"),
    ]
    drawing = parsed(star(nodes(4)[0], nodes(4)[1:], edges, "x"))
    broad, slim = drawing.findall(f"{SVG}svg")
    assert "broad" in (broad.get("class") or "") and "slim" in (slim.get("class") or "")
    for one in (broad, slim):
        assert one.get("role") == "group" and one.get("aria-label") == "x"
        assert len(list(one.iter(f"{SVG}a"))) == 4
        dashed = [p for p in one.iter(f"{SVG}rect") if p.get("stroke-dasharray")]
        assert len(dashed) == 1, "the planned neighbour alone"
        assert any("[planned]" in (span.text or "") for span in one.iter(f"{SVG}tspan"))


def spots() -> list[Spot]:
    return [
        Spot("Beijing", "/b", "place", 116.4, 39.9),
        Spot("Kenya", "/k", "country", 38.0, 0.5, is_country=True),
        Spot("Paris", "/p", "place", 2.35, 48.85, is_firm=False, mark="planned"),
    ]


def test_a_map_tells_places_from_countries_and_plans_from_facts_by_shape_and_word() -> None:
    view = bounds([GlobePoint(one.latitude, one.longitude, one.is_country) for one in spots()])
    drawing = parsed(world_map(spots(), view, coasts(), "Places"))
    by_name = {one.get("href"): one for one in drawing.iter(f"{SVG}a")}
    shapes = {
        name: next(part for part in one if part.get("class") == "dot")
        for name, one in by_name.items()
    }
    assert shapes["/k"].tag == f"{SVG}rect"
    assert shapes["/b"].tag == shapes["/p"].tag == f"{SVG}circle"
    assert shapes["/p"].get("stroke-dasharray") and not shapes["/b"].get("stroke-dasharray")
    titles = {name: one.findtext(f"{SVG}title") for name, one in by_name.items()}
    assert titles["/p"] == "3. Paris, place, planned" and titles["/k"] == "2. Kenya, country"
    assert [one for one in drawing.iter(f"{SVG}path") if one.get("class") == "land"]


def test_labels_of_places_cover_neither_each_other_nor_a_mark() -> None:
    many = [
        Spot(f"Place {n}", f"/{n}", "place", 70 + n % 6 * 1.2, 20 + n // 6 * 1.2) for n in range(36)
    ]
    view = bounds([GlobePoint(one.latitude, one.longitude, False) for one in many])
    drawing = parsed(world_map(many, view, (), "x"))
    boxes = []
    for label in drawing.iter(f"{SVG}g"):
        if label.get("class") == "label":
            text = label.find(f"{SVG}text")
            assert text is not None
            x, y = float(text.get("x", "")), float(text.get("y", ""))
            wide = max(len(span.text or "") for span in text) * 7
            boxes.append((x, y - 12, x + wide, y + 16 * (len(text) - 1) + 2))
    assert boxes
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    # What finds no room keeps its number, which the list beside the map has too.
    assert len(boxes) < 36 and len(list(drawing.iter(f"{SVG}a"))) == 36


def test_the_map_is_true_to_scale_in_its_middle_and_small() -> None:
    view = View.of((60.0, 120.0, 10.0, 50.0))
    assert view.across / view.along == pytest.approx(0.866, abs=1e-3)  # cos 30°
    assert view.at(90.0, 30.0) == pytest.approx((380.0, view.height / 2))
    whole = world_map(spots(), (-180, 180, -60, 80), coasts(), "x")
    assert len(whole.encode()) < 40_000


YEARS = (2010.0, 2030.0)


@pytest.mark.parametrize(
    ("edtf", "begin", "end", "fill", "is_open"),
    [
        ("2018", "2018-01-01T00:00:00Z", "2018-12-31T23:59:59Z", "url(#bri-hatch)", False),
        ("2013/2018", "2013-01-01T00:00:00Z", "2018-12-31T23:59:59Z", "currentColor", False),
        ("2013/..", "2013-01-01T00:00:00Z", None, "url(#bri-fade-out)", True),
        ("../2023-06", None, "2023-06-30T23:59:59Z", "url(#bri-fade-in)", True),
        ("XXXX", None, None, "none", False),
    ],
)
def test_each_kind_of_time_looks_its_kind(
    edtf: str, begin: str | None, end: str | None, fill: str, is_open: bool
) -> None:
    lies = lying(edtf, begin, end)
    span = timeline.Span(lies.begin, lies.end, lies.is_within, is_firm=True)
    drawing = parsed(timeline.bar(span, YEARS))
    (box,) = drawing.iter(f"{SVG}rect")
    assert box.get("fill") == fill
    assert any(True for one in drawing.iter(f"{SVG}path")) == is_open
    assert fill.removeprefix("url(#").rstrip(")") in timeline.definitions() or "url" not in fill
    ahead = parsed(timeline.bar(timeline.Span(lies.begin, lies.end, lies.is_within, False), YEARS))
    (dashed,) = ahead.iter(f"{SVG}rect")
    assert dashed.get("stroke-dasharray") and "ahead" in (dashed.get("class") or "")


def test_nothing_hostile_leaves_a_drawing_and_nothing_needs_a_style_attribute() -> None:
    evil = Node("k", HOSTILE, "javascript:alert(1)", HOSTILE, HOSTILE)
    other = Node("l", "other", 'x" onload="alert(1)')
    edge = Edge("k", "l", HOSTILE, "ahead", HOSTILE, HOSTILE)
    place = Spot(HOSTILE, "javascript:alert(1)", HOSTILE, 1.0, 2.0, mark=HOSTILE, is_firm=False)
    for text in (
        network([evil, other], [edge], HOSTILE),
        star(evil, [other], [edge], HOSTILE),
        world_map([place], (-20, 20, -20, 20), (), HOSTILE),
    ):
        drawing = parsed(text)
        assert not list(drawing.iter(f"{SVG}script")) and not list(drawing.iter(f"{SVG}img"))
        for one in drawing.iter():
            assert not [name for name in one.attrib if name.startswith("on") or name == "style"]
            assert "javascript" not in one.get("href", "")
        assert "\u202e" not in text and "\x07" not in text


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://example.org/", True),
        ("/doc/id/org/cas.html?lang=en#a", True),
        ("../doc/cas.html", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("JaVaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example/", False),
        ("/\\evil.example/", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_and_of_the_site_are_links(
    address: str | None, is_link: bool
) -> None:
    assert link(address, element("circle")).startswith("<a ") == is_link


def test_numbers_are_short_and_texts_escaped() -> None:
    assert (
        element("circle", cx=1.0, cy=2.25, class_="a<b")
        == '<circle cx="1" cy="2.2" class="a&lt;b"></circle>'
    )
    assert re.fullmatch(r"<title>&lt;b&gt;</title>", element("title", "<b>"))
