"""Parts that claims of several classes share: units, sums given twice, counts for each, doers that are no actors."""

from __future__ import annotations

from pathlib import Path

import pytest

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES

HEAD = f"@base <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{namespace}> .\n"
    for prefix, namespace in {**PREFIXES, "x": "https://example.org/x/"}.items()
)
SAID = """bri:factuality bri-factuality:achieved ; bri:rank bri-rank:normal ;
    bri:evidence <source/cas-decade#char=3036,3249> ."""
COUNT = "bri:hasSubject bri-programme:bri ; bri:countedKind bri-kind:money ; bri:leavesOpen bri-gap:time"
SUM = f"""x:sum a bri:QuantityClaim ; {COUNT} ;
    bri:hasQuantity bri-quantity:exactly-14 ; bri:unit bri-unit:renminbi ; {SAID}
"""


@pytest.fixture(autouse=True)
def without_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """These claims are about parts; no passage says them."""
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)


def codes(kg: KnowledgeGraph, folder: Path, turtle: str) -> set[str]:
    """Return the codes of what validation finds in claims laid over the graph."""
    path = folder / "mine.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    return {finding.code for finding in kg.validate([path]).findings}


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("bri:hasQuantity bri-quantity:about-2 ; bri:unit bri-unit:us-dollar ; bri:restates x:sum", set()),
        ("bri:hasQuantity bri-quantity:exactly-2 ; bri:unit bri-unit:us-dollar", set()),
        ("bri:hasQuantity bri-quantity:exactly-2 ; bri:unit bri-unit:renminbi", {"uncompared-counts"}),
        ("bri:hasQuantity bri-quantity:exactly-2 ; bri:unit bri-unit:renminbi ; bri:perKind bri-kind:country",
         set()),
        ("bri:hasQuantity bri-quantity:exactly-14 ; bri:unit bri-unit:renminbi ; bri:restates x:sum",
         {"restated-otherwise"}),
    ],
    ids=["restated", "other unit", "same unit", "for each", "restated in its own unit"],
)  # fmt: skip
@pytest.mark.slow
def test_two_sums_exclude_each_other_only_in_one_unit(
    kg: KnowledgeGraph, tmp_path: Path, other: str, found: set[str]
) -> None:
    second = f"x:other a bri:QuantityClaim ; {COUNT} ; {other} ; {SAID}\n"
    assert codes(kg, tmp_path, SUM + second) == found


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("a bri:SupportClaim ; bri:hasAgent bri-programme:bri ; bri:role bri-role:funder", set()),
        ("a bri:CreationClaim ; bri:hasAgent bri-programme:bri ; bri:role bri-role:founder ; bri:hasTime bri-time:2018",
         {"undertaking-as-doer"}),
        ("a bri:SupportClaim ; bri:hasAgent bri-org:cas ; bri:role bri-role:funder ; bri:unit bri-unit:euro",
         {"unit-without-quantity"}),
    ],
    ids=["a programme pays", "a programme founds", "euro of nothing"],
)  # fmt: skip
def test_who_can_do_what(kg: KnowledgeGraph, tmp_path: Path, claim: str, found: set[str]) -> None:
    assert codes(kg, tmp_path, f"x:claim {claim} ; bri:hasSubject bri-org:anso ; {SAID}") == found
