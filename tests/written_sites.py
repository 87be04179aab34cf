"""What is wrong with a site of files: links that lead nowhere, what is loaded from elsewhere, names for no file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# By these a page loads what they name; by all others it leads there.
_LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
_RELATIONS_THAT_LOAD = {"stylesheet", "icon", "preload", "modulepreload"}
_LONGEST = 160  # of a name within the folder: Windows takes 260 with what stands before


class Read(HTMLParser):
    """The links and anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, bool]] = []
        self.anchors: set[str] = set()
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.anchors.add(given["id"])
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        loads = bool(_RELATIONS_THAT_LOAD & set(given.get("rel", "").split()))
        for name in ("href", "action", "src", "data", "xlink:href"):
            if name in given and given.get("rel") != "canonical":
                self.links.append((given[name], _LOADS.get(tag) == name or loads))
        if tag == "option" and "data-href" in given:
            self.links.append((given["data-href"], False))


def faults(site: Path) -> Iterator[str]:
    """Yield what is wrong in a folder, each fault with its page."""

    @cache
    def read(page: Path) -> Read:
        return Read(page.read_text(encoding="utf-8"))

    seen: dict[str, str] = {}
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if seen.setdefault(name.casefold(), name) != name:
            yield f"{name} differs from {seen[name.casefold()]} by case only"
        if len(name) > _LONGEST or not name.isascii() or set(name) & set('<>:"\\|?*% '):
            yield f"{name} is no name for every file system"
        if file.suffix != ".html":
            continue
        yield from (f"{name}: {attribute}" for attribute in read(file).inline)
        for link, loads in read(file).links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https") and not loads:
                continue
            if parts.scheme == "data" and loads:
                continue
            if parts.scheme or parts.netloc or link.startswith("/"):
                yield f"{name}: loads or leads to {link}"
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            if not target.is_file():
                yield f"{name}: {link} leads nowhere"
            elif parts.fragment.startswith(("example=", "query=")):
                continue  # what the editor shows
            elif parts.fragment and unquote(parts.fragment) not in read(target).anchors:
                yield f"{name}: {link} leads to no place in the page"
