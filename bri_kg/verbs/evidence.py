"""`bri-kg evidence find|seal|verify`: passages for words, their digests, and whether they still hold."""

from __future__ import annotations

import difflib
from argparse import Namespace
from collections import Counter

import pyoxigraph as ox

from bri_kg import evidence
from bri_kg.dataset import assert_all
from bri_kg.errors import InputError, UsageError
from bri_kg.names import SOURCE, passage_iri, shorten
from bri_kg.output import emit, emit_rows, say, talk
from bri_kg.resources import find
from bri_kg.rows import Rows
from bri_kg.store import Store
from bri_kg.texts import SourceFile, find_words, read_source, sources_folder


def run(args: Namespace) -> int:
    """Run the named part of the verb on the asserted graph, which need not be valid yet."""
    resources = find(args.graph)
    store = Store(assert_all(resources))
    parts = {"find": _find, "seal": _seal, "verify": _verify}
    return parts[args.part](args, store)


def _find(args: Namespace, store: Store) -> int:
    files = evidence.source_files(store)
    source = _source(files, args.source)
    text = read_source(sources_folder(args.sources), source)
    if text is None:
        raise InputError(
            code="BRI232",
            message=f"the text of {source.slug!r} is missing",
            why=f"no file {source.file_name!r} in the folder of texts",
            fix="put it there, or name another folder",
        )
    spans = find_words(text, args.words)
    emit(
        "".join(f"<{passage_iri(source.slug, begin, end)}>\n" for begin, end in spans),
        args,
        for_people=True,
    )
    if len(spans) == 1:
        return 0
    talk(
        args,
        "these words stand nowhere in the text"
        if not spans
        else f"these words stand in {len(spans)} places; give more of them",
    )
    return 1


def _seal(args: Namespace, store: Store) -> int:
    folder = sources_folder(args.sources)
    sealed = evidence.seal(store, folder)
    evidence.write_passages(find(args.graph).graph / "passages.ttl", sealed)
    states = [s for s in evidence.verify(store, folder) if s.passage not in sealed]
    talk(args, f"{len(sealed)} passages sealed")
    for state in states:
        say(f"not sealed: {state.passage} (its text is missing, or it ends beyond it)")
    return 1 if states else 0


def _verify(args: Namespace, store: Store) -> int:
    folder = sources_folder(args.sources)
    states = list(evidence.verify(store, folder))
    rows = [(ox.NamedNode(s.passage), ox.Literal(s.source), ox.Literal(s.state)) for s in states]
    code = emit_rows(Rows(("passage", "file", "state"), tuple(rows)), args)
    counts = Counter(s.state for s in states)
    talk(
        args,
        ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "no passages",
    )
    for state in states:
        if state.state != "verified":
            say(f"{state.source}: {state.state}: {state.passage}")
    mismatches = list(evidence.mismatches(store, folder))
    for mismatch in mismatches:
        say(
            f"error[content]: {shorten(mismatch.claim)} states the {mismatch.kind} {shorten(mismatch.value)}, and none of its passages says it"
        )
        say(
            "  fix: cite the passage that says it as bri:evidence, or as bri:hasContext where it stands elsewhere"
        )
    return 1 if mismatches or set(counts) - {"verified"} else code


def _source(files: dict[str, SourceFile], text: str) -> SourceFile:
    slug = text.removeprefix(SOURCE)
    for file in files.values():
        if text == file.file_name:
            return file
    if slug in files:
        return files[slug]
    near = difflib.get_close_matches(slug, files, n=1, cutoff=0.4)
    raise UsageError(
        code="BRI233",
        message=f"there is no source {text!r}",
        fix=f"did you mean {near[0]!r}?" if near else "sources: " + ", ".join(sorted(files)),
    )
