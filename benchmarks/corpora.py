"""Grow a corpus of sources as two collections, with the proportions of the real graph and planted crossings.

    python benchmarks/corpora.py --sources 200 --seed 42 -o corpus
    bri-kg build release out --graph corpus/one --graph corpus/two --batch 20
    python benchmarks/corpora.py --sources 1000 --organizations ror.nt -o corpus

The same arguments give the same bytes. The second collection lies over the first. What is planted, and the
mistakes among it, is in `planted.py`; `planted.tsv` in the folder lists these. With a file of `ror.py`, some of the
organizations that sources speak of are those of the Research Organization Registry, the same for all.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.new_collection import new_collection
from bri_kg.names import BASE, BRI
from generate import Generator
from planted import MISTAKES, ONE, TWO, files
from shared_organizations import Organizations
from worlds import World, shared_quads

SOURCES_OF_A_WORLD: Final = 5
_NAME = re.compile(rf"<{BASE}((?:id/[a-z]+|claim|source)/gen-([0-9]+)(-[0-9]+)?)")
_EVIDENCE: Final = f"<{BRI}evidence>"
# Passages of what were several sources stand so far apart in the one that they become.
_FAR: Final = 1_000_000
_SOURCE = re.compile(rf"<(?:{ONE}|{TWO})source/gen-([0-9]+)-([0-9]+)(?:#char=([0-9]+),([0-9]+))?>")
_LENGTH = re.compile(rf'(<{BRI}characterCount>) "[0-9]+"')


def grow(
    folder: Path,
    sources: int,
    seed: int = 42,
    *,
    plant: bool = True,
    one_source: bool = False,
    organizations: Path | None = None,
) -> list[Path]:
    """Write a corpus of about so many generated sources, whole worlds of them, and the planted ones.

    With `one_source`, all that is generated is told by one source, of a great many claims. `organizations` is a
    file of those that are shared. Return the folders of its collections.
    """
    shared = Organizations(organizations, ONE) if organizations else None
    generator = Generator(1, seed)
    templates, naming = generator.templates, generator.naming
    worlds = max(2, round(sources / SOURCES_OF_A_WORLD))
    half = (worlds + 1) // 2
    places = (folder / "one", folder / "two")
    for place, title, namespace in zip(places, ("One", "Two"), (ONE, TWO), strict=True):
        new_collection(place, title, namespace)

    def named(line: str) -> str:
        return _NAME.sub(lambda m: f"<{TWO if m[3] and int(m[2]) >= half else ONE}{m[1]}", line)

    _write(
        places[0] / "graph/entities/shared.ttl",
        map(named, _lines(shared_quads(templates, naming, seed))),
    )
    if shared:
        _write(places[0] / "graph/entities/organizations.ttl", shared.lines)
    earlier: list[frozenset[str]] = []
    for number in range(worlds):
        world = World(templates, naming, seed, number, 1.0)
        quads = list(world.quads(earlier))
        earlier.append(world.chosen)
        told: Iterable[str] = map(named, _lines(quads))
        if shared:
            told = shared.in_place_of_some(told, f"{seed}/{number}")
        by_file = _by_file(_told_by_one(told) if one_source else told, number)
        for name, lines in by_file.items():
            _write(places[number >= half] / "graph" / name, lines)
    if plant:
        for name, text in files().items():
            path = folder / name
            path = path.with_name(f"plant-{path.name.removeprefix('plant-')}")
            path.write_text(text, encoding="utf-8")
        listed = "".join(f"{code}\t{focus}\n" for code, focus in MISTAKES)
        (folder / "planted.tsv").write_text(listed, encoding="utf-8")
    return list(places)


def _told_by_one(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines in which the first source stands for all, with their passages one behind the other."""
    for line in lines:
        about = _SOURCE.match(line)
        if about and not about[3] and about[1] + about[2] != "00":
            continue
        yield _LENGTH.sub(rf'\1 "{_FAR * _FAR}"', _SOURCE.sub(_in_the_first, line))


def _in_the_first(source: re.Match[str]) -> str:
    world, number, begin, end = source.groups()
    if begin is None:
        return f"<{ONE}source/gen-0-0>"
    far = (int(world) * SOURCES_OF_A_WORLD * 2 + int(number)) * _FAR
    return f"<{ONE}source/gen-0-0#char={int(begin) + far},{int(end) + far}>"


def _lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    return (f"{quad} .\n" for quad in sorted(set(quads), key=str))


def _by_file(lines: Iterable[str], world: int) -> dict[str, list[str]]:
    """Share out the lines of a world: claims by the source of their evidence, all else by what it is."""
    by_subject: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        by_subject[line.split(" ", 1)[0]].append(line)
    found: dict[str, list[str]] = defaultdict(list)
    for subject, told in by_subject.items():
        found[_file_of(subject, told, world)] += told
    return found


def _file_of(subject: str, told: list[str], world: int) -> str:
    if "/claim/" in subject:
        cited = next((line.split(" ")[2] for line in told if f" {_EVIDENCE} " in line), "")
        return f"claims/{cited.partition('#')[0].rpartition('/')[2] or 'silent'}.ttl"
    if "/source/" in subject:
        return f"{'passages' if '#' in subject else 'sources'}/world-{world}.ttl"
    if "/comparison/" in subject:
        return f"comparisons/world-{world}.ttl"
    return f"entities/world-{world}.ttl"


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.writelines(lines)


def main(arguments: list[str] | None = None) -> int:
    """Write the corpus; see the top of this file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sources", type=int, required=True, help="about how many")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--plain", action="store_true", help="plant nothing")
    parser.add_argument("--one-source", action="store_true", help="all told by one source")
    parser.add_argument("--organizations", type=Path, help="what ror.py wrote, to be shared by all")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a new folder")
    args = parser.parse_args(arguments)
    grow(
        args.output,
        args.sources,
        args.seed,
        plant=not args.plain,
        one_source=args.one_source,
        organizations=args.organizations,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
