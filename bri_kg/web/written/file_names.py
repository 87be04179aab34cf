"""Names of files that every file system takes, and that differ by more than case."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from bri_kg.names import BASE, BRI
from bri_kg.web.explorer.page_addresses import START

Query = tuple[tuple[str, str], ...]
DATA: Final = "data"
ASSETS: Final = "assets"
# The first parts of the paths of IRIs that keep their path as files: none is the key of a page.
_ROOMS: Final = frozenset(("id", "claim", "vocab", "question", "source", "ontology", "shapes"))
_PLAIN: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_OTHER: Final = re.compile("[^a-z0-9]+")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_SHOWN: Final = 40  # letters of a name that is too odd to be a file's
_DIGITS: Final = 10


def page_file(lang: str, key: str, query: Query = ()) -> str:
    """Return the file of the page with this key and these parameters."""
    return f"{lang}/{_of_key(key, query) if key != START else 'index'}.html"


def answer_file(lang: str, key: str, query: Query, form: str) -> str:
    """Return the file of an answer as data."""
    return f"{DATA}/{lang}/{_of_key(key, query)}.{form}"


def thing_file(lang: str, iri: str, query: Query = ()) -> str:
    """Return the file of the page about a thing, or on which it goes on; a part of a document is on its page."""
    behind = f"/{_asked(query)}" if query else ""
    return f"{lang}/{_of_iri(iri)}{behind}.html"


def data_file(iri: str, form: str) -> str:
    """Return the file of what is told of a thing as data."""
    return f"{DATA}/{_of_iri(iri)}.{form}"


def document_of(iri: str) -> str:
    """Return the IRI whose page tells of this one: terms have their own, passages stand in that of their source."""
    if iri.startswith(BRI) or not iri.startswith(BASE):
        return iri
    return iri.partition("#")[0]


def safe(part: str, *, is_folder: bool = False, shown: str | None = None) -> str:
    """Return a part of a path as it is where every file system takes it, else what is `shown` of it and a digest.

    A folder has no dot, so that none is ever named as a file beside it.
    """
    is_plain = _PLAIN.fullmatch(part) and not _DEVICES.fullmatch(part)
    if is_plain and not (is_folder and "." in part):
        return part
    shown = _OTHER.sub("-", (shown or part).lower()).strip("-")[:_SHOWN].rstrip("-")
    digest = hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{shown or 'x'}~{digest}"


def _of_key(key: str, query: Query) -> str:
    path = _path(key.split("/"))
    return f"{path}/{_asked(query)}" if query else path


def _asked(query: Query) -> str:
    """Return the name of a page with parameters: of one that is short, as it is read."""
    (name, value), *others = query
    is_short = not others and name.isascii() and name.isalpha() and _PLAIN.fullmatch(value)
    if is_short:
        return f"{name}-{value}"
    return safe(urlencode(sorted(query)), shown="-".join(value for _, value in query))


def _of_iri(iri: str) -> str:
    document = document_of(iri)
    if document.startswith(BRI):
        return f"terms/{safe(document.removeprefix(BRI))}"
    path = document.removeprefix(BASE)
    if path != document and path.partition("/")[0] in _ROOMS:
        return _path(path.split("/"))
    name = re.split("[/#]", document.rstrip("/#"))[-1]
    digest = hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()
    # Folders of some hundred files each, whatever the store holds.
    return f"thing/{digest[:2]}/{safe(name).partition('~')[0]}~{digest[: _DIGITS + 2]}"


def _path(parts: Iterable[str]) -> str:
    *folders, name = parts
    return "/".join((*(safe(folder, is_folder=True) for folder in folders), safe(name)))
