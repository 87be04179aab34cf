"""How large the pages of a written site are, kind by kind: the document with the scripts and styles that it loads."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from written_sites import Read

# Kinds by the first parts of a path below the folder of a language.
_KINDS = {
    "id": "thing",
    "thing": "thing of a store",
    "claim": "claim",
    "vocab": "concept",
    "terms": "term",
    "ontology": "document of the ontology",
    "shapes": "document of the ontology",
    "source": "source",
    "question": "record of a question",
    "questions": "question",
    "disagreements": "disagreements",
    "planned": "what is planned",
    "reference": "reference",
}
_DRAWN = {
    'class="drawing map': "question with a map",
    'class="drawing network': "question with a network",
}
APART = frozenset((*_DRAWN.values(), "editor"))
"""The kinds that may be larger than all others."""


@dataclass(frozen=True)
class Size:
    """The bytes of a page before images and fonts: of its document, of all, of all packed."""

    name: str
    kind: str
    document: int
    whole: int
    packed: int


def sizes(site: Path) -> Iterator[Size]:
    """Yield the size of each page of a site."""

    @cache
    def loaded(file: Path) -> tuple[int, int]:
        content = file.read_bytes()
        return len(content), len(gzip.compress(content, 6, mtime=0))

    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        document, packed = loaded(page)
        loads = {
            link for link, loads in Read(text).links if loads and link.endswith((".css", ".js"))
        }
        parts = [loaded((page.parent / link).resolve()) for link in loads]
        yield Size(
            name := page.relative_to(site).as_posix(),
            _kind(name, text),
            document,
            document + sum(size for size, _ in parts),
            packed + sum(size for _, size in parts),
        )


def table(found: list[Size]) -> str:
    """Return the sizes kind by kind, in kB, those kinds last that may be larger."""
    by_kind: dict[str, list[Size]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    lines = [
        "| kind of page | pages | document | with scripts and styles | the same, packed |",
        "|---|---|---|---|---|",
    ]
    for kind, of in sorted(by_kind.items(), key=lambda pair: (pair[0] in APART, pair[0])):
        columns = ([getattr(one, part) for one in of] for part in ("document", "whole", "packed"))
        cells = (f"{median(sizes) / 1000:.1f}, {max(sizes) / 1000:.1f}" for sizes in columns)
        lines.append(f"| {kind} | {len(of):,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _kind(name: str, text: str) -> str:
    first, *rest = name.removesuffix(".html").split("/")[1:] or ["index"]
    kind = _KINDS.get(first, "start" if first == "index" else first)
    if kind != "question":
        return kind
    if not rest:
        return "questions"
    return next((drawn for mark, drawn in _DRAWN.items() if mark in text), kind)


if __name__ == "__main__":
    import sys

    sys.stdout.write(table(list(sizes(Path(sys.argv[1])))) + "\n")
