"""A new collection: the files that it begins with, which are valid before anything is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bri_kg import __version__
from bri_kg.dataset.collections import Collection, check_namespace, check_prefix
from bri_kg.dataset.markers import MARKER
from bri_kg.errors import InputError, UsageError
from bri_kg.names import BASE, nearest
from bri_kg.rdf.text_files import write_file

LICENSE: Final = "CC-BY-4.0"
LANGUAGES: Final = ("en", "zh")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Where there is nothing yet, so that git keeps the folder.
_EMPTY: Final = (
    "graph/entities", "graph/claims", "ontology/modules", "ontology/vocabularies", "ontology/shapes",
    "queries/questions", "queries/checks/claims", "texts", "workbooks",
)  # fmt: skip
_IGNORED: Final = """# The texts of others are not yours to publish; workbooks are made of what is here.
texts/*
workbooks/*
!.gitkeep
"""
_CHECKED: Final = """# For GitHub; elsewhere, let the last line run: it ends with 1 where something is wrong.
# Name in the line before it where you install bri-kg from.
name: validate
on: [push, pull_request]
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: python3 -m venv .venv && .venv/bin/pip install "bri-kg=={version}"
      - run: .venv/bin/bri-kg validate
"""
_README: Final = """# {title}

A collection of documents over the knowledge graph of [bri-kg]({base}): what they say, with the
passage that says so. Commands that run in this folder answer from both, and say which one speaks:
names of this collection begin with `{prefix}:` or `{prefix}-`, its sources are called `{prefix}:NAME`.

```sh
bri-kg validate              # is all well?
bri-kg search WORDS          # who and what is known
bri-kg questions             # what can be asked
bri-kg ask QUESTION
```

| folder | holds |
|---|---|
| `graph/` | the entities, claims and sources of the collection |
| `ontology/` | terms, concepts and shapes of its own, beside those of bri-kg |
| `queries/` | its questions, with the answers they are known to give, and checks |
| `texts/`, `workbooks/` | the texts and what you work with; git leaves them out |
| `{marker}` | title, namespace, prefix and license, and the version of bri-kg that made it |

Made with bri-kg {version}. License of the data: {license}.
"""


def new_collection(
    folder: Path,
    title: str,
    namespace: str,
    prefix: str | None = None,
    terms: str = LICENSE,
    languages: Sequence[str] = LANGUAGES,
) -> Collection:
    """Make a collection in a folder, which may hold other files, and return what its marker file says.

    The prefix is made of the namespace where none is given; `terms` is the license of the data. Raise
    UsageError for a title, namespace, prefix or language that cannot be, InputError where a file would be
    written over another.
    """
    namespace = namespace if namespace.endswith(("/", "#")) else f"{namespace}/"
    check_namespace(namespace)
    prefix = proposed_prefix(namespace) if prefix is None else prefix
    check_prefix(prefix)
    _check_words(title, terms, languages)
    made = Collection(folder, title, namespace, prefix, __version__, terms, tuple(languages))
    files = _files(made)
    if (folder / MARKER).exists():
        raise InputError(
            "BRI879",
            f"{str(folder)!r} is a collection already",
            fix="choose another folder, or edit its marker file",
            file=str(folder / MARKER),
        )
    for name in files:
        if (folder / name).exists():
            raise InputError(
                "BRI880",
                f"{str(folder / name)!r} is there already, and is not written over",
                fix="choose a new folder, or move the file away",
            )
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, text.encode())
    return made


def proposed_prefix(namespace: str) -> str:
    """Return a prefix made of the last word of a namespace's path, or else of its host."""
    parts = urlsplit(namespace)
    words = [*(parts.hostname or "").split(".")[:1], *parts.path.split("/")]
    for word in reversed(words):
        made = re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")
        try:
            check_prefix(made)
        except UsageError:
            continue
        return made
    return "own"


def _check_words(title: str, terms: str, languages: Sequence[str]) -> None:
    for what, text in (("title", title), ("license", terms)):
        if not text.strip() or not text.isprintable():
            raise UsageError("BRI881", f"the {what} is no line of text", fix="write one line")
    for tag in languages:
        if not _TAG.fullmatch(tag):
            near = nearest(tag, ("en", "zh", "es", "fr", "ru", "ar"))
            raise UsageError(
                "BRI882",
                f"{tag!r} is no tag of a language",
                fix=f"did you mean {near!r}?" if near else "write tags such as en,zh",
            )


def _files(made: Collection) -> dict[str, str]:
    """Return the files by name; the marker file comes last, since it makes a collection of the folder."""
    about = {
        "title": made.title, "prefix": made.prefix, "license": made.license,
        "version": __version__, "marker": MARKER, "base": BASE,
    }  # fmt: skip
    return {
        **{f"{room}/.gitkeep": "" for room in _EMPTY},
        ".gitignore": _IGNORED,
        ".github/workflows/validate.yml": _CHECKED.format(**about),
        "README.md": _README.format(**about),
        MARKER: _marker(made),
    }


def _marker(made: Collection) -> str:
    said = {
        "title": made.title,
        "namespace": made.namespace,
        "prefix": made.prefix,
        "license": made.license,
        "languages": list(made.languages),
        "bri-kg": made.made_with,
    }
    # Texts and lists of JSON are those of TOML too.
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items())
    return (
        "# A collection over the graph of bri-kg: `bri-kg` reads it wherever you stand in this folder.\n"
        + ("".join(f"{line}\n" for line in lines))
    )
