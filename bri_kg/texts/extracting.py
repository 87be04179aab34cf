"""The text of a document: kept as it is where it is text, taken out of a page, a Word file or a PDF otherwise.

What is taken out has a paragraph a line. The libraries that read Word files and PDF are an extra; whatever a
hostile file makes them do ends in a message.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from bri_kg.errors import BriKgError, InputError, UsageError, how_to_install
from bri_kg.rdf.text_files import open_bytes, refuse_binary
from bri_kg.texts.sources import text_at

_LARGEST: Final = 50_000_000  # bytes
_UNPACKED: Final = 200_000_000
_PAGES: Final = 2_000
_CHARACTERS: Final = 5_000_000
_TEXT: Final = ("", ".txt", ".text", ".md")
_UNSEEN: Final = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "head"))
_BLOCKS: Final = frozenset(
    (
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
        "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    )
)  # fmt: skip
_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.I
)


@dataclass(frozen=True)
class Extracted:
    """The text of a document, and whether it is the document itself."""

    text: str
    is_untouched: bool


def extract(path: Path) -> Extracted:
    """Return the text of a document by the ending of its name.

    Raise InputError for what cannot be read and for what is too large, UsageError for another kind of file and
    where the library for it is not installed.
    """
    ending = path.suffix.lower()
    if ending in _TEXT:
        _refuse_large(path)
        text = text_at(path)
        refuse_binary(text.encode(), str(path), "a text")
        return Extracted(text, is_untouched=True)
    takes = _TAKES.get(ending)
    if takes is None:
        raise UsageError(
            "BRI926",
            f"no text is taken out of files that end with {ending!r}",
            fix="give .txt, .md, .html, .docx or .pdf; save another document as one of these",
        )
    _refuse_large(path)
    with open_bytes(path, "a document") as file:
        data = file.read()
    text = _tidy(_taken(path, data, takes))
    if not text.strip():
        raise InputError(
            "BRI927",
            "there is no text in this document",
            why="pages that were scanned are pictures",
            fix="have its text recognized with another tool, read it against the pages, and give it as .txt",
            file=str(path),
        )
    return Extracted(text, is_untouched=False)


def _refuse_large(path: Path) -> None:
    if path.is_file() and path.stat().st_size > _LARGEST:
        raise _too_large(path, f"it is larger than {_LARGEST // 1_000_000} MB")


def _too_large(path: Path, why: str) -> InputError:
    return InputError(
        "BRI954",
        "the document is too large",
        why=why,
        fix="give the pages that you need, as a document of their own",
        file=str(path),
        exit_code=3,
    )


def _taken(path: Path, data: bytes, takes: Callable[[Path, bytes], Iterator[str]]) -> str:
    """Return the lines of a document as one text, which is not read beyond what is allowed."""
    lines: list[str] = []
    length = 0
    try:
        for line in takes(path, data):
            lines.append(line)
            length += len(line)
            if length > _CHARACTERS:
                raise _too_large(path, f"it has more than {_CHARACTERS} characters")
    except BriKgError:
        raise
    except Exception as error:  # the libraries raise whatever a damaged file makes them raise
        raise InputError(
            "BRI927",
            "this document cannot be read",
            why=f"{type(error).__name__}: {error}",
            fix="open it in the program that it is for, and save it anew or as .txt",
            file=str(path),
        ) from None
    return "\n".join(lines)


def _tidy(text: str) -> str:
    """Return lines without spaces at their ends, and at most one empty line between paragraphs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    text = text.encode("utf-8", "replace").decode()  # lone surrogates
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


class _Page(HTMLParser):
    """The visible words of a page, a block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _of_page(path: Path, data: bytes) -> Iterator[str]:
    page = _Page()
    page.feed(_decoded(path, data))
    page.close()
    yield from "".join(page.parts).split("\n")


def _decoded(path: Path, data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    names = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else [])]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names.insert(0, "utf-16")
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError(
        "BRI927",
        "the page is not in the encoding that it declares",
        fix="save it from a browser as UTF-8",
        file=str(path),
    )


def _of_word(path: Path, data: bytes) -> Iterator[str]:
    docx = _library("docx", "python-docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                raise _too_large(path, f"unpacked, it is larger than {_UNPACKED // 1_000_000} MB")
    except zipfile.BadZipFile as error:
        raise InputError(
            "BRI927",
            "this is no Word document that can be read",
            why=str(error),
            fix="save it as .docx without a password; an old .doc has to be saved anew",
            file=str(path),
        ) from None
    from docx.table import Table

    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text for cell in row.cells))
        else:
            yield block.text


def _of_pdf(path: Path, data: bytes) -> Iterator[str]:
    pypdf = _library("pypdf", "pypdf")
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(
            "BRI927",
            "the document has a password",
            fix="save it without one",
            file=str(path),
        )
    if len(reader.pages) > _PAGES:
        raise _too_large(path, f"it has more than {_PAGES} pages")
    for page in reader.pages:
        yield page.extract_text()
        yield ""


def _library(module: str, name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        raise UsageError(
            "BRI952",
            f"documents of this kind need what is not installed: {name}",
            fix=how_to_install("documents"),
        ) from None


_TAKES: Final[dict[str, Callable[[Path, bytes], Iterator[str]]]] = {
    ".html": _of_page,
    ".htm": _of_page,
    ".xhtml": _of_page,
    ".docx": _of_word,
    ".pdf": _of_pdf,
}
