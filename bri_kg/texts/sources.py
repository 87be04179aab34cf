"""The described sources: named by the user, read from the user's folder, listed, and described anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from bri_kg.errors import InputError, UsageError
from bri_kg.names import PREFIXES, expand, nearest, slug_of, split_slug
from bri_kg.rdf.rows import Rows
from bri_kg.stores.memory import Store
from bri_kg.texts.originals import SourceFile, described_text, read_source, sha256

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LISTED = """SELECT ?source ?title ?file ?characters ?claims ?passages WHERE {
  ?source a bri:Source ; skos:prefLabel ?title ; bri:fileName ?file ; bri:characterCount ?characters .
  FILTER (LANG(?title) = ?lang)
  { SELECT ?source (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
      ?source a bri:Source . OPTIONAL { ?claim bri:isStatedIn ?source } } GROUP BY ?source }
  { SELECT ?source (COUNT(DISTINCT ?passage) AS ?passages) WHERE {
      ?source a bri:Source .
      OPTIONAL { ?passage bri:isPassageOf ?source . ?claim bri:evidence|bri:hasContext ?passage }
    } GROUP BY ?source }
} ORDER BY ?source"""


def listed(store: Store, lang: str) -> Rows:
    """Return the described sources with their files and the numbers of claims and cited passages."""
    return store.select(_LISTED, {"lang": ox.Literal(lang)})


def named_source(files: Mapping[str, SourceFile], text: str) -> SourceFile:
    """Return the source with this slug, IRI or file name. Raises UsageError with the nearest slug."""
    slug = slug_of(expand(text) or text.removeprefix("<").removesuffix(">"))
    for file in files.values():
        if text == file.file_name:
            return file
    # Within a collection its own sources are called by their names alone.
    of_collections = [known for known in files if known.partition(":")[2] == slug]
    if slug not in files and len(of_collections) == 1:
        [slug] = of_collections
    if slug in files:
        return files[slug]
    near = nearest(slug, files, at_least=0.4)
    raise UsageError(
        code="BRI233",
        message=f"there is no source {text!r}",
        fix=f"did you mean {near!r}?" if near else "sources: " + ", ".join(sorted(files)),
    )


def text_of(source: SourceFile, folder: Path) -> str:
    """Return the text of a source as it was described; offsets in any other text mean nothing.

    Raises InputError when its file is missing or holds another text.
    """
    text = described_text(folder, source)
    if text is None:
        raise InputError(
            code="BRI232",
            message=f"the text of {source.slug!r} is missing",
            why=f"no file {source.file_name!r} in the folder of texts",
            fix="put it there, or name another folder",
        )
    return text


def checked_slug(text: str) -> str:
    """Return `text`, which is to name a source in IRIs. Raises UsageError when it cannot."""
    if _SLUG.fullmatch(text):
        return text
    raise UsageError(
        code="BRI235",
        message=f"{text!r} is no slug",
        fix="use lowercase letters, digits and single hyphens, such as cas-decade",
    )


def describe(path: Path, slug: str, title: str | None, files: Mapping[str, SourceFile]) -> str:
    """Return the Turtle that describes a text as a source: what follows from the file, nothing else.

    Raises UsageError for a slug that is taken or malformed, InputError for an unreadable file
    or a text that is described already.
    """
    _, base, name = split_slug(slug)
    text = text_at(path)
    digest = sha256(text)
    refuse_known(slug, digest, path, files)
    lines = [
        f"@base <{base}> .",
        *(
            f"@prefix {p}: <{PREFIXES[p]}> ."
            for p in (["bri", "dcterms"] if title is not None else ["bri"])
        ),
        "",
        f"<source/{name}> a bri:Source ;",
        '    # TODO skos:prefLabel "…"@en , "…"@zh ;',
        *([f"    dcterms:title {ox.Literal(title)} ;"] if title is not None else []),
        "    # TODO dcterms:language; who wrote, published and dated it is claimed, or bri:leavesOpen says so",
        f"    bri:fileName {ox.Literal(path.name)} ;",
        f"    bri:characterCount {len(text)} ;",
        f'    bri:sha256 "{digest}" .',
    ]
    return "\n".join(lines) + "\n"


def refuse_known(slug: str, digest: str, path: Path, files: Mapping[str, SourceFile]) -> None:
    """Raise UsageError for a slug that is malformed or taken, InputError for a text that is described already."""
    checked_slug(split_slug(slug)[2])
    if slug in files:
        raise UsageError(
            code="BRI237",
            message=f"the slug {slug!r} is taken",
            why=f"it names the source in {files[slug].file_name!r}",
            fix="choose another: a slug never changes its meaning",
        )
    for known in files.values():
        if digest == known.sha256:
            raise InputError(
                code="BRI238",
                file=str(path),
                message=f"this text is described already, as {known.slug!r}",
                fix="add claims to that source",
            )


def text_at(path: Path) -> str:
    """Return the untouched text of a file, of which length and digest are taken. Raise InputError for none."""
    if not path.is_file():
        raise InputError(
            code="BRI210" if not path.exists() else "BRI211",
            message=f"there is no file {str(path)!r}"
            if not path.exists()
            else f"{str(path)!r} is a folder; a text is wanted",
            fix="name the text of the source",
        )
    # Length and digest are those of the untouched text, which `read_source` gives.
    text = read_source(path.parent, SourceFile("", path.name, 0, "")) or ""
    if not text.strip():
        raise InputError(
            code="BRI214", file=str(path), message="the file is empty", fix="give a text"
        )
    return text
