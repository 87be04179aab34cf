"""`bri-kg evidence find|fill|seal|verify|reanchor|show|coverage`: from words to passages and back, and what is left.

The work is done in `bri_kg.texts`.
"""

from __future__ import annotations

import shutil
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.cli import evidence_anew
from bri_kg.cli.arguments import not_empty, parts_of, sources_option
from bri_kg.cli.messages.speaking import in_language_of
from bri_kg.cli.output import choose_format, emit, emit_rows, wants_all
from bri_kg.cli.talking import complain, say, talk
from bri_kg.cli.texts_found import texts_named
from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.findings import as_text
from bri_kg.names import passage_iri, slug_of
from bri_kg.rdf.parsing import parse_rdf
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.memory import Store
from bri_kg.texts import coverage, drafts, evidence
from bri_kg.texts import readings as reading
from bri_kg.texts.drifted import Drifted
from bri_kg.texts.evidence import PassageState
from bri_kg.texts.mismatch_findings import as_findings
from bri_kg.texts.originals import LONGEST_PASSAGE, find_span, sources_folder
from bri_kg.texts.source_files import source_files
from bri_kg.texts.sources import named_source, text_of
from bri_kg.texts.verification import Verification, verification

_TOLD = 10  # passages of one source and state that are told one by one
_FIND = (("where the words stand", 'bri-kg evidence find cas-decade "In 2018"'),)
_FILL = (("passages in place of {{words}}", "bri-kg evidence fill draft.ttl --source cas-decade"),)
_SEAL = (("after claims were added, in a checkout", "bri-kg evidence seal --graph graph --alone"),)
_VERIFY = (
    ("everything, in one line", "bri-kg evidence verify"),
    ("two sources, every passage", "bri-kg evidence verify cas-decade cgtn-debut -v"),
    ("what an extraction would move", "bri-kg evidence verify notes --anew notes.pdf"),
)
_SHOW = (
    ("a claim", "bri-kg evidence show bri-claim:cas-decade-anso-founders"),
    ("the first claims of a source", "bri-kg evidence show cas-decade --limit 5"),
)
_COVERAGE = (
    ("all sources", "bri-kg evidence coverage"),
    ("what is left out of one", "bri-kg evidence coverage cas-decade --left-out"),
)
EXAMPLES: Final = (*_VERIFY[:1], *_FIND, *_SHOW[:1])

WORDS: Final = ("passage",)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser which parts the verb has, and what each takes."""
    part = parts_of(parser, sources_option())
    one_or_all: dict[str, Any] = {
        "metavar": "SOURCE",
        "nargs": "*",
        "type": not_empty,
        "help": "the slugs of sources, such as cas-decade (default all)",
    }
    with part("find", "print the passage of a run of words", *_FIND) as find:
        find.add_argument("source", metavar="SOURCE", help="the slug of a source: cas-decade")
        find.add_argument("words", metavar="WORDS", help="the words, or `first … last` of many")
    summary = "make a claims file of a draft in which {{words}} stand for passages"
    with part("fill", summary, *_FILL) as fill:
        fill.add_argument("draft", metavar="DRAFT", help="a Turtle file with {{words}} in it")
        fill.add_argument("--source", metavar="SOURCE", required=True, help="where the words stand")
    with part("seal", "write the digest of every passage into graph/passages.ttl", *_SEAL):
        pass
    summary = "recompute every digest and check claims against their words"
    with part("verify", summary, *_VERIFY) as verify:
        verify.add_argument("source", **one_or_all)
        evidence_anew.add_arguments(verify)
    summary = "find unchanged words again in a text that was extracted anew"
    with part("reanchor", summary, *evidence_anew.REANCHOR) as reanchor:
        evidence_anew.add_reanchor(reanchor)
    with part("show", "print claims beside the words of their passages", *_SHOW) as show:
        show.add_argument("what", metavar="NAME", help="a claim, or the slug of a source")
    summary = "how much of each text lies in passages, and what is left out"
    with part("coverage", summary, *_COVERAGE) as coverage:
        coverage.add_argument(
            "source", **{**one_or_all, "nargs": "?", "help": "one source (default all)"}
        )
        coverage.add_argument(
            "--left-out", action="store_true", help="list what no claim cites, with the reason"
        )


def run(args: Namespace) -> int:
    """Run the named part of the verb on the asserted graph, which need not be valid yet."""
    store = Store(assert_all(find(args.graph, alone=args.alone)))
    parts = {
        "coverage": _coverage,
        "fill": _fill,
        "find": _find,
        "reanchor": evidence_anew.reanchor,
        "seal": _seal,
        "show": _show,
        "verify": _verify,
    }
    return parts[args.part](args, store)


def _find(args: Namespace, store: Store) -> int:
    source = named_source(source_files(store), args.source)
    spans = find_span(text_of(source, sources_folder(texts_named(args))), args.words)
    emit(
        "".join(f"<{passage_iri(source.slug, begin, end)}>\n" for begin, end in spans),
        args,
        for_people=True,
    )
    if len(spans) == 1:
        begin, end = spans[0]
        if end - begin > LONGEST_PASSAGE:
            talk(args, f"{end - begin} characters: a passage has at most {LONGEST_PASSAGE}")
        return 0
    talk(
        args,
        "these words stand nowhere in the text"
        if not spans
        else f"these words stand in {len(spans)} places; give more of them",
    )
    return 1


def _fill(args: Namespace, store: Store) -> int:
    source = named_source(source_files(store), args.source)
    text = text_of(source, sources_folder(texts_named(args)))
    draft = read_text(args.draft, "a draft of claims")
    filled = drafts.fill(draft, source.slug, text, args.draft)
    for problem in filled.problems:
        complain(problem, args.lang)
    if filled.problems:
        return 1
    # Filling keeps lines, so a mistake in the Turtle is reported where it stands in the draft.
    for _ in parse_rdf(filled.text, ox.RdfFormat.TURTLE, args.draft):
        pass
    emit(filled.text, args)
    talk(args, f"{filled.passages} passages filled in; `bri-kg evidence seal` adds their digests")
    return 0


def _seal(args: Namespace, store: Store) -> int:
    resources = find(args.graph, alone=args.alone)
    if resources.release is not None:
        raise UsageError(
            code="BRI236",
            message="the installed graph is not sealed in place",
            fix="seal a checkout, or a graph folder of your own with --graph DIR",
        )
    folder = sources_folder(texts_named(args))
    sealed = evidence.seal(store, folder)
    below = evidence.sealed_in(resources.under_top().data_files()) if resources.over else set()
    own = {passage: digest for passage, digest in sealed.items() if passage not in below}
    evidence.write_passages(resources.top.graph / "passages.ttl", own, resources.top.namespace)
    unsealed = evidence.unsealed(store, folder, sealed)
    talk(args, f"{len(own)} passages sealed")
    for passage in unsealed:
        say(f"not sealed: {passage} (its text is missing, or it ends beyond it)", args.lang)
    return 1 if unsealed else 0


def _verify(args: Namespace, store: Store) -> int:
    resources = find(args.graph, alone=args.alone)
    named = [named_source(source_files(store), name) for name in args.source]
    store = evidence_anew.all_finished(store, resources, named)
    named = [named_source(source_files(store), name) for name in args.source]
    anew = evidence_anew.drifted_sources(args, store, resources, named)
    folder = evidence_anew.folder_of_texts(args, resources, named[0] if named else None)
    drifted = {one.source.slug for one in anew}
    rest = [source.slug for source in named if source.slug not in drifted]
    found = verification(store, folder, rest) if rest or not anew else None
    if wants_all(args):
        emit_rows(_state_rows(anew, found), args)
    for one in anew:
        evidence_anew.tell(args, one)
        talk(args, f"to anchor what is unchanged: bri-kg evidence reanchor {one.source.slug}")
    if found is None:
        return 1
    # What a claim says wrongly comes first: states of many passages would hide it.
    for finding in as_findings(found.mismatches, args.lang):
        shown = replace(finding, focus=None, value=None)
        say(as_text([shown], in_language_of(args)).rstrip("\n"), args.lang)
    for line in _states_told(found):
        talk(args, line)
    return 0 if found.is_verified and not anew else 1


def _state_rows(anew: Sequence[Drifted], found: Verification | None) -> Rows:
    """Return the state of everything, with the new place of passages where a text was extracted anew."""
    states = [
        (ox.NamedNode(s.passage), ox.Literal(s.source), ox.Literal(s.state))
        for s in (found.states if found else ())
    ]
    if not anew:
        return Rows(("passage", "file", "state"), tuple(states))
    moved = [row for one in anew for row in evidence_anew.rows_of(one)]
    return Rows(
        ("passage", "file", "state", "now"), (*moved, *((*state, None) for state in states))
    )


def _states_told(found: Verification) -> Iterator[str]:
    """Yield what is not verified, folded by source and state, and the counts."""
    for (file, state), told in _not_verified(found).items():
        yield from (f"{file}: {state}: {passage}" for passage in told[:_TOLD])
        if len(told) > _TOLD:
            yield f"{file}: {state}: {len(told) - _TOLD} more passages (-v lists them)"
    of_source = Counter(s.source for s in found.passages)
    for source in found.sources:
        if source.state == "source-missing" and not source.source:
            yield f"{_slug(source)}: source-missing: it names no file"
        elif source.state == "source-missing":
            yield (
                f"{_slug(source)}: source-missing: its {of_source[source.source]} passages were not compared; "
                f"the folder holds no {source.source}"
            )
    if found.counts.keys() <= {"verified"}:
        slugs = ", ".join(map(_slug, found.sources))
        yield f"verified: {len(found.passages)} passages of {slugs}"
    else:
        yield ", ".join(f"{number} {state}" for state, number in found.counts.items())


def _slug(source: PassageState) -> str:
    return slug_of(source.passage)


def _not_verified(found: Verification) -> dict[tuple[str, str], list[str]]:
    told: dict[tuple[str, str], list[str]] = {}
    folded = {source.source for source in found.sources if source.state == "source-missing"}
    for state in found.states:
        is_folded = state.state == "source-missing" and state.source in folded
        if state.state != "verified" and not is_folded:
            told.setdefault((state.source or "?", state.state), []).append(state.passage)
    return told


def _show(args: Namespace, store: Store) -> int:
    choose_format(args, ("text",), "text")
    files, folder = source_files(store), sources_folder(texts_named(args))
    claim = reading.named_claim(store, args.what)
    claims = [claim] if claim else reading.claims_of(store, named_source(files, args.what).slug)
    width = shutil.get_terminal_size((100, 24)).columns

    @cache
    def text(slug: str) -> str:
        return text_of(named_source(files, slug), folder)

    shown = (
        reading.show(reading.read_claim(store, claim, text), width)
        for claim in claims[: args.limit]
    )
    emit("\n".join(shown), args, for_people=True)
    if args.limit is not None and args.limit < len(claims):
        talk(args, f"cut after {args.limit} claims; there are {len(claims)} (--limit)")
    return 0


def _coverage(args: Namespace, store: Store) -> int:
    measured = coverage.measure_sources(store, sources_folder(texts_named(args)), args.source)
    for problem in (problem for source in measured for problem in source.problems):
        complain(problem, args.lang)
    found = {source.slug: source.coverage for source in measured if source.coverage}
    rows = coverage.left_out(found) if args.left_out else coverage.shares(found)
    emit_rows(rows, args)
    return int(any(source.problems for source in measured))
