"""What a client can read, chosen by Accept and Accept-Language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_kg.web.negotiation import best_language, best_media_type

OFFERED = ("text/html", "text/turtle", "application/n-triples", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;q=0.9, application/ld+json", "application/ld+json"),
        ("text/*;q=0.5, application/*;q=0.6", "application/n-triples"),
        # The most specific range counts, not the most liking one.
        ("*/*, text/*;q=0.5, text/turtle;q=0.1", "application/n-triples"),
        ("text/*, text/html;q=0", "text/turtle"),
        ("*/*;q=0", None),
        ("text/html;q=0, text/plain", None),
        ("image/png", None),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ('application/ld+json;profile="a,b;q=0";q=1.000', "application/ld+json"),
        # A browser.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        # Parts that follow no grammar are left out; where none is left, nothing was asked for.
        ("text/turtle;q=2, application/ld+json;q=0.1", "application/ld+json"),
        ("text/turtle;q=high", "text/html"),
        ("*/turtle", "text/html"),
        (",,;;=, text", "text/html"),
        (", ,text/turtle , ", "text/turtle"),
        ('text/turtle;x="unclosed, text/html', "text/turtle"),
        ("text/turtle ; q=0.2 , application/n-triples ; Q = 0.3", "application/n-triples"),
    ],
)
def test_media_type(accept: str | None, chosen: str | None) -> None:
    assert best_media_type(accept, OFFERED) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("zh-Hans-CN", "zh"),
        ("fr", "en"),
        ("fr, *;q=0.1", "en"),
        ("en;q=0, *", "zh"),
        ("en;q=0.3, *", "zh"),
        ("zh;q=0", "en"),
        ("123456789, zh", "zh"),
    ],
)
def test_language(accept: str | None, chosen: str) -> None:
    assert best_language(accept, ("en", "zh")) == chosen


def test_nothing_offered_is_nothing_given() -> None:
    assert best_media_type("text/turtle", ()) is None


@given(st.text(alphabet='ab/*;,q=".\\0 1', max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    assert best_media_type(header, OFFERED) in (*OFFERED, None)
    assert best_language(header, ("en", "zh")) in ("en", "zh")


def test_a_long_header_is_read_in_no_time() -> None:
    assert best_media_type('"\\' * 20_000 + ",text/turtle", OFFERED) in (*OFFERED, None)
