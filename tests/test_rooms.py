"""The rooms of the package: imports run down the list, never up and never round."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "bri_kg"
FACES = ("cli", "notebook", "web", "assistant")
# From the top to the ground: a room imports what stands in a later line, or below it in its own module.
ROOMS = (
    *FACES,
    "knowledge",
    "answers",
    "publishing",
    "corpus",
    "checking",
    "texts",
    "dataset",
    "stores",
    "shacl",
    "rdf",
    "reasoner",
    "sparql",
    "findings",
    "progress",
    "names",
    "settings",
    "errors",
    "plain",
)
ALLOWED_AMONG_FACES = {("cli", "web"), ("cli", "assistant"), ("web", "assistant")}
ENTRANCES = ("__init__", "__main__")
LONGEST_MODULE = 400
MODULES_BESIDE_ROOMS = 9


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> tuple[tuple[int, str], ...]:
    """Return line and dotted name of what a module imports of the package, `bri_kg.` left out."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("bri_kg."):
                    yield node.lineno, alias.name.removeprefix("bri_kg.")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            if node.module == "bri_kg":
                for alias in node.names:
                    yield node.lineno, alias.name
            elif node.module and node.module.startswith("bri_kg."):
                for alias in node.names:
                    yield node.lineno, f"{node.module.removeprefix('bri_kg.')}.{alias.name}"


def is_allowed(room: str, other: str) -> bool:
    if room == other:
        return True
    if room in FACES and other in FACES:
        return (room, other) in ALLOWED_AMONG_FACES
    return ROOMS.index(room) < ROOMS.index(other)


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(path) for path in modules()} - set(ENTRANCES) <= set(ROOMS)


def test_imports_run_down_the_list_of_rooms() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in modules()
        if (room := room_of(path)) not in ENTRANCES
        for line, name in imported(path)
        if name != "__version__" and not is_allowed(room, name.split(".")[0])
    ]
    assert not wrong, "\n".join(wrong)


def test_no_room_reaches_into_anothers_private_parts() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in modules()
        for line, name in imported(path)
        if name != "__version__" and any(part.startswith("_") for part in name.split("."))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in modules()}
    arrows = {
        name: {
            target
            for _, found in imported(path)
            for target in (found, found.rpartition(".")[0])
            if target in known
        }
        for name, path in known.items()
    }
    waiting = dict(arrows)
    while free := [name for name, targets in waiting.items() if not targets & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert not waiting, f"modules that import each other: {sorted(waiting)}"


def test_only_the_command_line_knows_argparse() -> None:
    users = {room_of(p) for p in modules() if "argparse" in p.read_text(encoding="utf-8")}
    assert users == {"cli"}


def test_a_folder_and_a_module_are_read_in_one_go() -> None:
    beside = [path.name for path in PACKAGE.glob("*.py")]
    assert len(beside) <= MODULES_BESIDE_ROOMS, beside
    long = [
        str(path.relative_to(PACKAGE))
        for path in modules()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE
    ]
    assert not long


def test_no_two_modules_have_one_name() -> None:
    """A verb may be called as what it shows; any other name means one thing in the whole package."""
    places = defaultdict(list)
    for path in modules():
        if path.stem not in ENTRANCES and path.parent != PACKAGE / "cli" / "verbs":
            places[path.stem].append(str(path.relative_to(PACKAGE)))
    assert not {name: paths for name, paths in places.items() if len(paths) > 1}
