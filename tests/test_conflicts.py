"""Disagreement: both sides are listed with their passages, both stand in the facts, and guards watch the natures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from answer_pages import SHORT
from conftest import ROOT, Cli

import bri_kg
from bri_kg.answers.model import Candidate, Comparison
from bri_kg.answers.tabular import candidate_rows
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.waiting import candidate_lines
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, expand, shorten

NATURE = BASE + "vocab/nature/"
CLAIM = BASE + "claim/"
COMPARISONS = "comparisons.ttl"
NINE = "bri-collection:cas-overseas-science-and-education-centres"
TEN = "bri-collection:cas-overseas-centres-and-platforms"


def only(kg: KnowledgeGraph, comparison: str, lang: str = "en") -> Comparison:
    [found] = kg.conflicts(f"bri-comparison:{comparison}", lang=lang)
    return found


def test_nine_and_ten_centres_are_compared_with_both_passages(kg: KnowledgeGraph) -> None:
    found = kg.conflicts("bri-collection:cas-overseas-centres-and-platforms", nature="other-scope")
    [nine_or_ten] = [c for c in found if c.iri.endswith("/overseas-centres-nine-or-ten")]
    assert nine_or_ten.stance == "differs"
    assert nine_or_ten.label == "nine or ten overseas centres" and nine_or_ten.reason
    assert {
        claim.iri.removeprefix(CLAIM): [(p.source.slug, p.begin, p.end) for p in claim.evidence]
        for claim in nine_or_ten.claims
        if claim.quantities
    } == {
        "anso-pakistan-overseas-centres-count": [("anso-pakistan", 1503, 1546)],
        "cas-decade-overseas-centres-count": [("cas-decade", 708, 841)],
    }


def test_facts_follow_both_sides(kg: KnowledgeGraph) -> None:
    """No side of a live disagreement is silenced: both builders' claims stand in the facts."""
    built = only(kg, "overseas-centres-built")
    graphs = kg.query("SELECT ?claim { GRAPH ?claim { ?set bri:isBuiltBy bri-org:cas } }")
    assert all(claim.facts for claim in built.claims)
    assert {claim.iri for claim in built.claims} == {str(row.value("claim")) for row in graphs}
    # Counts never become plain facts, on whichever side.
    for comparison in kg.conflicts():
        assert not any(claim.facts for claim in comparison.claims if claim.quantities)


def one_set(graph: Path) -> None:
    """Make the nine centres of a copy and the ten centres or platforms one set, counted under one kind."""
    path = graph / "claims" / "anso-pakistan.ttl"
    text = path.read_text(encoding="utf-8")
    kind = "bri:countedKind bri-kind:overseas-"
    claim = (
        "bri-claim:anso-pakistan-overseas-centres-count a bri:QuantityClaim ;\n    bri:hasSubject "
    )
    for before, after in (
        (f"{kind}science-and-education-centre", f"{kind}centre"),
        (f"{claim}{NINE}", f"{claim}{TEN}"),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def test_two_exact_counts_of_one_set_contradict_each_other(copy: Path) -> None:
    one_set(copy)
    change(
        copy, "overseas-centres-nine-or-ten", "bri-nature:other-scope", "bri-nature:contradiction"
    )
    [nine_or_ten] = bri_kg.open(copy, alone=True).conflicts(TEN, nature="contradiction")
    assert nine_or_ten.stance == "contradicts"
    assert all(claim.live for claim in nine_or_ten.claims)


def test_a_planned_side_is_in_no_fact(kg: KnowledgeGraph) -> None:
    compared = only(kg, "china-cooperation-ongoing-and-willing").claims
    assert {claim.iri.removeprefix(CLAIM): bool(claim.facts) for claim in compared} == {
        "anso-pakistan-cooperation": True,
        "anso-pakistan-willingness": False,
        "std-decade-outlook-cooperation": False,
    }


def test_the_founding_is_told_by_four_documents(kg: KnowledgeGraph) -> None:
    found = only(kg, "anso-founding")
    assert len({p.source.slug for claim in found.claims for p in claim.evidence}) == 4
    assert [nature.label for nature in found.natures] == ["other description", "other list"]


def test_joint_laboratories_that_exist_and_those_aimed_at_are_compared(kg: KnowledgeGraph) -> None:
    found = {shorten(c.iri): c for c in kg.conflicts("bri-collection:envisaged-joint-laboratories")}
    fifty = found["bri-comparison:joint-laboratories-50-or-100"]
    assert {nature.label for nature in fifty.natures} >= {"other status"}
    assert {q.label for claim in fifty.claims for q in claim.quantities} == {
        "more than 50",
        "exactly 100",
    }
    target = next(c for c in fifty.claims if c.quantities[0].label == "exactly 100")
    assert (target.factuality.label, target.live) == ("target", False)


def test_every_comparison_holds_each_of_its_claims_once(kg: KnowledgeGraph) -> None:
    found = kg.conflicts()
    written = (ROOT / "graph" / COMPARISONS).read_text(encoding="utf-8")
    assert len(found) == written.count(" a bri:Comparison ")
    for comparison in found:
        claims = [claim.iri for claim in comparison.claims]
        assert len(claims) > 1 and claims == sorted(set(claims))
        assert all(claim.evidence for claim in comparison.claims)
        assert comparison.natures and comparison.reason and comparison.label
    assert [c.iri for c in found] == sorted(c.iri for c in found)


def test_what_meets_is_told_from_what_differs(kg: KnowledgeGraph) -> None:
    stances = {c.iri.rsplit("/", 1)[-1]: c.stance for c in kg.conflicts()}
    assert set(stances.values()) == {"differs", "agrees", "related"}
    assert stances["anso-cas-at-the-beginning"] == "agrees"
    assert stances["anso-launch-year"] == "related"
    assert stances["young-scientists"] == "differs"


@pytest.mark.parametrize(
    "nature", ["other-time", "bri-nature:other-time", "other time", "时间不同"]
)
def test_a_nature_may_be_named_in_any_way(kg: KnowledgeGraph, nature: str) -> None:
    found = kg.conflicts(nature=nature)
    assert found
    assert all(expand("bri-nature:other-time") in {n.iri for n in c.natures} for c in found)


def test_an_unknown_nature_gets_the_nearest(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as error:
        kg.conflicts(nature="contradicton")
    assert error.value.fix == "did you mean 'contradiction'?"
    assert error.value.why and "compatible-bounds" in error.value.why


def test_an_unknown_thing_is_no_empty_answer(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError):
        kg.conflicts("bri-org:anzo")


def test_labels_and_reasons_in_chinese(kg: KnowledgeGraph) -> None:
    found = only(kg, "overseas-centres-nine-or-ten", "zh")
    assert (found.label, found.lang) == ("九个还是十个海外中心", "zh")
    assert found.reason and re.search(r"[\u4e00-\u9fff]", found.reason.value)


# ------------------------------------------------- what the command line adds


def test_rows_are_one_for_each_nature_claim_and_passage(cli: Cli) -> None:
    done = cli("conflicts", "bri-comparison:anso-founding", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["nature"].removeprefix(NATURE) for row in rows} == {
        "other-description",
        "other-list",
    }
    assert all(row["passage"] and row["source"] and row["reason"] for row in rows)
    keys = [(row["nature"], row["claim"], row["passage"]) for row in rows]
    assert keys == sorted(set(keys))


def test_a_nature_leaves_the_other_natures_out_of_the_rows(cli: Cli) -> None:
    done = cli(
        "conflicts", "bri-comparison:anso-founding", "--nature", "other-list", "--format", "csv"
    )
    rows = csv.DictReader(io.StringIO(done.stdout))
    assert {row["nature"] for row in rows} == {NATURE + "other-list"}


def test_comparisons_about_things_of_a_kind_are_about_the_kind(
    cli: Cli, kg: KnowledgeGraph
) -> None:
    things = {
        str(row.value("s"))
        for row in kg.query(
            "SELECT ?s { ?c bri:kind/skos:broader* bri-kind:joint-laboratory ; bri:hasSubject ?s }"
        )
    }
    expected = {one.iri for thing in things for one in kg.conflicts(thing)}
    found = [one.iri for one in kg.conflicts("joint laboratory")]
    assert sorted(found) == sorted(expected)
    shown = cli("conflicts", "joint laboratory").stdout
    head, _, rest = shown.partition(f"\n{len(found)} comparisons: ")
    assert " ".join(head.split()) == (
        f"joint laboratory (concept; {len(things)} things are of this kind): comparisons of claims "
        "that name the kind or one of its things"
    )
    assert rest.startswith("0 contradict, 2 differ, 2 without conflict\n")
    labels = [one.label for one in kg.conflicts("joint laboratory")]
    assert all(rest.count(f"\n    {label}") == 1 for label in labels)
    other = cli("conflicts", "ANSO").stdout
    assert "of this kind" not in other
    assert "(organization): comparisons of claims that name it 25 " in " ".join(other.split())
    assert other.count("\n") <= SHORT["conflicts"]
    # Whether any are left out here depends on whether the words are at hand.
    hints = re.findall(r" more: (.*)", other)
    assert all(re.fullmatch(r"bri-kg conflicts ANSO --nature [a-z-]+", hint) for hint in hints)
    assert "  all of them: bri-kg conflicts ANSO --all\n" in other
    chinese = cli("conflicts", "ANSO", "-l", "zh").stdout
    assert "  全部列出：bri-kg conflicts ANSO --all -l zh\n" in chinese
    hints = re.findall(r"另有 \d+ 项：(.*)", chinese)
    assert all(hint.endswith(" -l zh") for hint in hints)


def test_nothing_found_is_said_and_is_fine(cli: Cli) -> None:
    done = cli("conflicts", "bri-place:senegal")
    looked_up = "Senegal (country): comparisons of claims that name it\n"
    assert done.returncode == 0
    assert done.stdout == f"{looked_up}0 comparisons: no comparison is about it\n"
    done = cli("conflicts", "bri-place:senegal", "-f", "csv")
    assert done.returncode == 0
    assert "no comparison is about it" in done.stderr


def test_a_cut_list_says_so(cli: Cli) -> None:
    done = cli("conflicts", "--limit", "2", "-f", "csv")
    assert done.returncode == 0
    assert "cut after 2 rows" in done.stderr


# ------------------------------------------------------------------- guards


def change(graph: Path, comparison: str, pattern: str, replacement: str) -> None:
    """Change one comparison of a copy."""
    path = graph / COMPARISONS
    text = path.read_text(encoding="utf-8")
    block = re.search(
        rf"^bri-comparison:{comparison} a bri:Comparison .*?@zh \.$", text, re.DOTALL | re.MULTILINE
    )
    assert block, comparison
    changed, count = re.subn(pattern, replacement, block[0], count=1, flags=re.DOTALL)
    assert count == 1, f"{pattern} is not in {comparison}"
    path.write_text(text.replace(block[0], changed), encoding="utf-8")


def compatible_bounds_called_a_contradiction(graph: Path) -> None:
    change(graph, "young-scientists", "bri-nature:compatible-bounds", "bri-nature:contradiction")


def counts_of_other_kinds_called_a_contradiction(graph: Path) -> None:
    change(graph, "nine-centres-and-nine-platforms", "bri-nature:other-unit", "bri-nature:contradiction")  # fmt: skip


def counts_of_other_periods_called_a_contradiction(graph: Path) -> None:
    one_set(graph)
    change(
        graph, "overseas-centres-nine-or-ten", "bri-nature:other-scope", "bri-nature:contradiction"
    )
    for source, before, after in (
        ("anso-pakistan", "since-2013", "2018"),
        ("cas-decade", "past-decade", "2023"),
    ):
        path = graph / "claims" / f"{source}.ttl"
        text, count = re.subn(
            rf"({source}-overseas-centres-count .*?bri:hasTime bri-time:){before}",
            rf"\g<1>{after}",
            path.read_text(encoding="utf-8"),
            count=1,
            flags=re.DOTALL,
        )
        assert count == 1
        path.write_text(text, encoding="utf-8")


def excluding_bounds_called_compatible(graph: Path) -> None:
    one_set(graph)
    nature = "bri-nature:compatible-bounds"
    change(graph, "overseas-centres-nine-or-ten", "bri-nature:other-scope", nature)


def a_text_that_agrees_with_itself(graph: Path) -> None:
    change(graph, "anso-lead-among-founders", "bri-nature:other-description", "bri-nature:agreement")  # fmt: skip


def other_time_without_times(graph: Path) -> None:
    change(graph, "anso-members-67-or-more-than-40", "bri-nature:other-status", "bri-nature:other-time")  # fmt: skip


def other_status_of_one_status(graph: Path) -> None:
    change(graph, "more-than-80", "bri-nature:other-unit", "bri-nature:other-status")


def a_strict_candidate_without_comparison(graph: Path) -> None:
    one_set(graph)
    change(graph, "overseas-centres-nine-or-ten", r".*", "")


def two_years_of_founding(graph: Path) -> None:
    path = graph / "claims" / "std-decade.ttl"
    text, count = re.subn(
        r"(std-decade-anso-founder .*?)bri:leavesOpen bri-gap:time",
        r"\1bri:hasTime bri-time:2019",
        path.read_text(encoding="utf-8"),
        count=1,
        flags=re.DOTALL,
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")
    # Whoever compares the two has seen it; the guard is for those that nobody has compared.
    for comparison in ("anso-founding", "anso-founders-four-or-one", "anso-cas-at-the-beginning"):
        change(graph, comparison, r".*", "")


@pytest.mark.parametrize(
    ("breaks", "guard"),
    [
        (compatible_bounds_called_a_contradiction, "contradiction-of-compatible-bounds"),
        (counts_of_other_kinds_called_a_contradiction, "contradiction-of-compatible-bounds"),
        (counts_of_other_periods_called_a_contradiction, "contradiction-of-compatible-bounds"),
        (excluding_bounds_called_compatible, "compatible-bounds-that-exclude"),
        (a_text_that_agrees_with_itself, "agreement-within-one-source"),
        (other_time_without_times, "other-time-without-times"),
        (other_status_of_one_status, "other-status-of-one-factuality"),
        (a_strict_candidate_without_comparison, "uncompared-counts"),
        (two_years_of_founding, "uncompared-creation-times"),
    ],
)
def test_a_guard_fires_on_a_broken_copy(
    cli: Cli, copy: Path, breaks: Callable[[Path], None], guard: str
) -> None:
    breaks(copy)
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 1
    assert re.findall(r"error\[([\w-]+)\]", done.stdout) == [guard], done.stdout
    assert "  fix: " in done.stdout


# --------------------------------------------------------------- candidates


def test_no_pair_of_the_real_graph_waits_for_an_editor(kg: KnowledgeGraph) -> None:
    assert kg.candidates() == ()


# Comparisons, and the pair that waits once they are gone.
DROPPED = (
    (
        ("joint-laboratories-more-than-50", "joint-laboratories-50-or-100"),
        "same-count-of-other-things",
        ("casted-slides-joint-laboratories-count", "std-decade-laboratories-count"),
    ),
    (
        ("more-than-40",),
        "same-number-of-other-kinds",
        ("anso-pakistan-members-count", "cas-decade-projects-countries"),
    ),
    (
        ("young-scientists",),
        "other-number-of-one-kind",
        ("casted-slides-young-scientists-count", "std-decade-young-scientists-count"),
    ),
    (
        ("anso-founding", "anso-founders-four-or-one", "anso-cas-at-the-beginning"),
        "created-by-others",
        ("cas-decade-anso-founders", "std-decade-anso-founder"),
    ),
    (
        ("anso-full-names",),
        "named-otherwise",
        ("anso-pakistan-anso-full-name", "cgtn-debut-anso-full-name"),
    ),
)


@pytest.mark.slow
def test_pairs_that_nobody_compares_become_candidates(copy: Path) -> None:
    for dropped, _, _ in DROPPED:
        for comparison in dropped:
            change(copy, comparison, r".*", "")
    broken = bri_kg.open(copy, alone=True)
    found = {
        (one.check, *(claim.iri.removeprefix(CLAIM) for claim in one.claims)): one
        for one in broken.candidates()
    }
    for _, check, pair in DROPPED:
        assert (check, *pair) in found
        given = found[(check, *pair)]
        assert given.summary and all(claim.evidence for claim in given.claims)
        lines = candidate_lines(Page(), [given])
        assert lines[0] == "1 candidate" and all(c in "".join(lines) for c in _citations(given))
        rows = candidate_rows([given])
        assert [row.value("claim") for row in rows] == [CLAIM + pair[0]] * len(rows)
        assert all(row["label"] and row["passage"] and row["rivalPassage"] for row in rows)
    one_thing = broken.candidates(CLAIM + pair[0], lang="zh")
    assert one_thing
    assert all(CLAIM + pair[0] in {claim.iri for claim in one.claims} for one in one_thing)
    assert re.search(r"[\u4e00-\u9fff]", one_thing[0].summary)


def _citations(candidate: Candidate) -> list[str]:
    passages = [p for claim in candidate.claims for p in claim.evidence]
    return [f"{p.source.slug} {p.begin}–{p.end}" for p in passages]


OTHER_COUNT = """
bri-claim:std-decade-{name} a bri:QuantityClaim ;
    bri:hasSubject {thing} ;
    bri:countedKind bri-kind:member ;
    bri:hasQuantity bri-quantity:more-than-50 ;
    bri:leavesOpen bri-gap:time ;{unit}
    bri:factuality bri-factuality:achieved ;
    bri:rank bri-rank:normal ;
    bri:evidence <source/std-decade#char=911,982> .
"""
# By the name of a claim: of what it counts members, in which unit, and whether that may be a count told elsewhere.
COUNTS = {
    "twin-of-the-same-body": ("bri-org:anso", "", True),
    "twin-of-a-set": ("bri-group:arab-partners", "", True),
    "twin-of-another-body": ("bri-org:brics", "", False),
    "twin-in-another-unit": ("bri-org:anso", "\n    bri:unit bri-unit:year ;", False),
}


@pytest.mark.slow
def test_counts_of_other_bodies_and_units_are_no_candidates(copy: Path) -> None:
    path = copy / "claims" / "std-decade.ttl"
    text = path.read_text(encoding="utf-8")
    if "@prefix bri-unit:" not in text:
        text = text.replace(
            "@prefix bri-time",
            "@prefix bri-unit: <https://w3id.org/bri-kg/vocab/unit/> .\n@prefix bri-time",
            1,
        )
    for name, (thing, unit, _) in COUNTS.items():
        text += OTHER_COUNT.format(name=name, thing=thing, unit=unit)
    path.write_text(text, encoding="utf-8")
    pairs = [
        {claim.iri.removeprefix(CLAIM) for claim in one.claims}
        for one in bri_kg.open(copy, alone=True).candidates()
    ]
    for name, (_, _, found) in COUNTS.items():
        assert ({f"std-decade-{name}", "anso-pakistan-members-count"} in pairs) == found, name


def test_candidates_have_no_nature(cli: Cli) -> None:
    assert cli("conflicts", "--candidates", "--nature", "agreement").returncode == 2
