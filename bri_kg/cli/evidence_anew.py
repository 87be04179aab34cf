"""`bri-kg evidence verify SOURCE` and `reanchor SOURCE` where a text was extracted anew.

The work is done in `bri_kg.texts.drifted`, `reanchoring` and `changed_together`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.output import choose_format, wants_all
from bri_kg.cli.talking import talk
from bri_kg.cli.texts_found import texts_named
from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import UsageError
from bri_kg.names import citation, passage_iri, split_slug
from bri_kg.plain import visible
from bri_kg.rdf.terms import Term
from bri_kg.stores.memory import Store
from bri_kg.texts.changed_together import Together
from bri_kg.texts.drift import Drift, Fate
from bri_kg.texts.drifted import Drifted, drifted, in_order
from bri_kg.texts.extracting import extract
from bri_kg.texts.originals import SourceFile, sources_folder
from bri_kg.texts.reanchoring import Anew, rewritable, rewritten
from bri_kg.texts.source_files import source_files
from bri_kg.texts.sources import named_source

REANCHOR: Final = (
    ("after the text was extracted anew", "bri-kg evidence reanchor notes"),
    ("of a document", "bri-kg evidence reanchor notes --anew notes.pdf"),
)
_TOLD: Final = 10  # passages of one fate that are told one by one
_WORDS: Final = 200  # characters of changed words that are shown


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what both parts take."""
    parser.add_argument(
        "--anew",
        metavar="FILE",
        type=not_empty,
        help="the document extracted anew: .txt, .md, .html, .docx, .pdf (default: the text in the folder)",
    )
    parser.add_argument(
        "--before",
        metavar="FILE",
        type=not_empty,
        help="the text as it was: tells what changed, and finds words that were broken into other lines",
    )


def add_reanchor(parser: ArgumentParser) -> None:
    """Tell the parser what `reanchor` takes."""
    parser.add_argument("source", metavar="SOURCE", type=not_empty, help="the slug of a source")
    add_arguments(parser)
    parser.add_argument(
        "--undo", action="store_true", help="put back what stood before the last re-anchoring"
    )


def folder_of_texts(args: Namespace, resources: Resources, source: SourceFile | None) -> Path:
    """Return the named folder of texts, else that of the collection for its own source, else `BRI_KG_SOURCES`."""
    collection = resources.top.collection
    is_own = source is not None and collection and source.slug.startswith(f"{collection.prefix}:")
    if args.sources is None and collection and is_own:
        return collection.folder / "texts"
    return sources_folder(texts_named(args))


def drifted_sources(
    args: Namespace, store: Store, resources: Resources, named: Sequence[SourceFile]
) -> list[Drifted]:
    """Return the named sources whose text is no longer the described one.

    Raise UsageError where a document is given for more than one of them.
    """
    if (args.anew or args.before) and len(named) != 1:
        raise UsageError(
            "BRI990",
            "--anew and --before are about one source",
            fix="name the source: bri-kg evidence verify SOURCE",
        )
    found = (_drifted(args, store, resources, source) for source in named)
    return [one for one in found if one is not None]


def all_finished(store: Store, resources: Resources, named: Sequence[SourceFile]) -> Store:
    """Return the graph, read again where a re-anchoring that was cut short has been finished now."""
    cut_short = [source for source in named if _together(resources, source).finish()]
    return Store(assert_all(resources)) if cut_short else store


def _drifted(
    args: Namespace, store: Store, resources: Resources, source: SourceFile
) -> Drifted | None:
    folder = folder_of_texts(args, resources, source)
    if not args.anew and not (folder / source.file_name).is_file():
        return None
    anew = extract(Path(args.anew)).text if args.anew else None
    before = Path(args.before) if args.before else None
    return drifted(store, source, folder, anew=anew, before=before)


def rows_of(found: Drifted) -> Iterator[tuple[Term | None, ...]]:
    """Yield a row for each passage: its name, file and fate, and its new name where it has one."""
    slug = found.source.slug
    for one in found.passages:
        now = passage_iri(slug, *one.now) if one.is_anchored and one.now else None
        yield (
            ox.NamedNode(passage_iri(slug, *one.before)),
            ox.Literal(found.source.file_name),
            ox.Literal(one.fate.value),
            ox.NamedNode(now) if now else None,
        )


def tell(args: Namespace, found: Drifted) -> None:
    """Say what became of the passages of a source."""
    for line in _lines(found, everything=wants_all(args)):
        talk(args, visible(line))


def _lines(found: Drifted, *, everything: bool) -> Iterator[str]:
    slug = found.source.slug
    yield (
        f"{slug}: another text than was described: {found.source.characters} characters before, "
        f"{len(found.text)} now"
    )
    told: dict[Fate, int] = {}
    for one in in_order(found):
        told[one.fate] = told.get(one.fate, 0) + 1
        if everything or told[one.fate] <= _TOLD:
            yield _line(found, one)
    for fate, number in told.items():
        if not everything and number > _TOLD:
            yield f"{fate.value}: {number - _TOLD} more passages (-v lists them)"
    for one in found.blocked:
        yield f"not re-anchored: {citation(slug, *one.before)}: its place has the name of a passage that changed"
    yield ", ".join(f"{len(found.of(fate))} {fate.value}" for fate in Fate if found.of(fate))


def _line(found: Drifted, one: Drift) -> str:
    was = citation(found.source.slug, *one.before)
    if one.fate is Fate.MOVED and one.now:
        return f"moved: {was} → {_span(one.now)}"
    if one.fate is Fate.AMBIGUOUS:
        return f"in several places: {was}: {', '.join(map(_span, one.places))}; which one is not guessed"
    if one.fate is Fate.CHANGED and one.now:
        there = _short(found.words(one.now))
        if found.before is None:
            return f"changed: {was}: its place would be {_span(one.now)}: “{there}”"
        words = _short(" ".join(found.before[slice(*one.before)].split()))
        return f"changed: {was}: “{words}”; most like it is {_span(one.now)}: “{there}”"
    return f"vanished: {was}" if one.fate is Fate.VANISHED else f"unsealed: {was}"


def _span(span: tuple[int, int]) -> str:
    return f"{span[0]}\N{EN DASH}{span[1]}"


def _short(words: str) -> str:
    return words if len(words) <= _WORDS else f"{words[:_WORDS]} …"


def reanchor(args: Namespace, store: Store) -> int:
    """Put passages whose words are unchanged where they stand in the new text; 1 where others are left and listed."""
    choose_format(args, ("text",), "text")
    resources = find(args.graph, alone=args.alone)
    source = named_source(source_files(store), args.source)
    files = rewritable(resources, source.slug)
    together = _together(resources, source)
    store = all_finished(store, resources, [source])
    source = named_source(source_files(store), args.source)
    if args.undo:
        for path in together.take_back():
            talk(args, visible(f"{path} is as it was before the re-anchoring"))
        return 0
    found = _drifted(args, store, resources, source)
    if found is None:
        folder = folder_of_texts(args, resources, source)
        is_there = (folder / source.file_name).is_file()
        talk(
            args,
            f"{source.slug}: the text is the one that was described; nothing is to be re-anchored"
            if is_there
            else f"{source.slug}: source-missing: the folder holds no {source.file_name}",
        )
        return 0 if is_there else 1
    tell(args, found)
    spans = found.placed
    changed = rewritten(files, Anew(source.slug, found.text, spans))
    if args.anew:
        changed[_text_of_collection(resources, source)] = found.text.encode()
    together.put(changed)
    talk(args, f"{len(spans)} of {len(found.passages)} passages are anchored in the new text")
    for path in changed:
        talk(args, visible(f"written: {path}"))
    name = split_slug(source.slug)[2]
    talk(args, visible(f"to take it back: bri-kg evidence reanchor {name} --undo"))
    return 0 if len(spans) == len(found.passages) else 1


def _together(resources: Resources, source: SourceFile) -> Together:
    root = resources.top.graph.resolve().parent
    name = split_slug(source.slug)[2]
    return Together(root, root / "workbooks" / f".{name}.reanchored")


def _text_of_collection(resources: Resources, source: SourceFile) -> Path:
    collection = resources.top.collection
    if collection is None:
        raise UsageError(
            "BRI991",
            "--anew writes the text of a collection, and none is open",
            fix="put the new text into the folder of texts yourself, and leave out --anew",
        )
    return collection.folder / "texts" / source.file_name
