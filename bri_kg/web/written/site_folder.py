"""What lies beside the pages of a copy: what it is, the sums of its files, a sitemap."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from bri_kg.errors import InputError
from bri_kg.web.written.page_files import File

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
_OURS: Final = "bri-kg site"
_MOST_OF_SITEMAP: Final = 50_000  # of one file, by the protocol
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def refuse_foreign(folder: Path) -> None:
    """Raise InputError where the folder holds anything but a site of ours, which may be replaced."""
    if folder.is_dir() and not (foreign := _foreign(folder)):
        return
    if folder.exists():
        raise InputError(
            code="BRI911",
            message=f"{str(folder)!r} holds something else than a site of bri-kg, and is not replaced",
            why=f"{', '.join(foreign[:3])}" if folder.is_dir() else "it is a file",
            fix="name a new or empty folder, or move what is yours out of it",
        )


def manifest(told: Mapping[str, object]) -> bytes:
    """Return what a copy says of itself to programs."""
    return (json.dumps({"name": _OURS, **told}, ensure_ascii=False, indent=1) + "\n").encode()


def sums(files: Iterable[File]) -> bytes:
    """Return the sums of all files, as `sha256sum -c` reads them."""
    return "".join(sorted(f"{one.sha256}  {one.name}\n" for one in files)).encode()


def sitemaps(at: str, pages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files that tell search engines of these pages."""
    parts = [
        pages[begin : begin + _MOST_OF_SITEMAP] for begin in range(0, len(pages), _MOST_OF_SITEMAP)
    ]
    if len(parts) == 1:
        yield "sitemap.xml", _listed("urlset", "url", (at + page for page in pages))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _listed("urlset", "url", (at + page for page in part))
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", (at + name for name in names))


def _listed(root: str, item: str, addresses: Iterable[str]) -> bytes:
    lines = "".join(f"<{item}><loc>{escape(one)}</loc></{item}>\n" for one in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="{_SITEMAP}">\n{lines}</{root}>\n'.encode()


def _foreign(folder: Path) -> list[str]:
    """Return the names of files that the sums in the folder, if it is a site of ours, do not list."""
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    return sorted(there - _listed_in(folder))


def _listed_in(folder: Path) -> set[str]:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if told["name"] != _OURS:
            return set()
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError, LookupError, TypeError):
        return set()
    return {SUMS, *(line.partition("  ")[2] for line in lines)}
