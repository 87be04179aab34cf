"""Several files of a folder changed together: all of them or none, finished after a kill, and taken back at once.

The new contents are written aside first, with what stood before and a plan; then they are moved into place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bri_kg.errors import InputError, UsageError
from bri_kg.rdf.text_files import write_file

_PLAN: Final = "plan.json"
_AFTER, _BEFORE, _DONE = "after", "before", "done"


@dataclass(frozen=True)
class Together:
    """A change of files below `root`; what it takes to finish it or to take it back lies in `aside`."""

    root: Path
    aside: Path

    def put(self, files: Mapping[Path, bytes]) -> None:
        """Let contents take the place of those of files, which are kept for `take_back`."""
        shutil.rmtree(self.aside, ignore_errors=True)
        names = []
        for number, (path, content) in enumerate(files.items()):
            names.append(path.resolve().relative_to(self.root.resolve()).as_posix())
            for kept in (_AFTER, _BEFORE):
                (self.aside / kept).mkdir(parents=True, exist_ok=True)
            write_file(self.aside / _AFTER / str(number), content)
            if path.is_file():
                write_file(self.aside / _BEFORE / str(number), path.read_bytes())
        self._plan(names, _AFTER)
        self._move(names, _AFTER)

    def finish(self) -> bool:
        """Return whether a kill had left anything unfinished, after it was finished."""
        names, towards = self._planned()
        if towards not in (_AFTER, _BEFORE):
            return False
        self._move(names, towards)
        if towards == _BEFORE:
            shutil.rmtree(self.aside, ignore_errors=True)
        return True

    def take_back(self) -> tuple[Path, ...]:
        """Put back what stood before, and return the files.

        Raise UsageError where nothing was changed, InputError where a file was changed since.
        """
        names, _ = self._planned()
        if not names:
            raise UsageError(
                "BRI987",
                "nothing was re-anchored that could be taken back",
                fix="`bri-kg evidence reanchor SOURCE` re-anchors the passages of a source",
            )
        paths = self._paths(names)
        for number, path in enumerate(paths):
            now = path.read_bytes() if path.is_file() else b""
            if now != (self.aside / _AFTER / str(number)).read_bytes():
                raise InputError(
                    "BRI988",
                    f"{str(path)!r} was changed since, and all is left as it is",
                    fix="take the changes back yourself, with git where the collection is kept in it",
                )
        self._plan(names, _BEFORE)
        self._move(names, _BEFORE)
        shutil.rmtree(self.aside, ignore_errors=True)
        return paths

    def _move(self, names: list[str], towards: str) -> None:
        for number, path in enumerate(self._paths(names)):
            content = self.aside / towards / str(number)
            if content.is_file():
                write_file(path, content.read_bytes())
            else:
                path.unlink(missing_ok=True)
        self._plan(names, _DONE)

    def _plan(self, names: list[str], towards: str) -> None:
        plan = json.dumps({"files": names, "towards": towards}, ensure_ascii=False)
        write_file(self.aside / _PLAN, plan.encode())

    def _planned(self) -> tuple[list[str], str]:
        """Return the files of the plan and where they are to go; none where there is no plan that can be read."""
        try:
            plan = json.loads((self.aside / _PLAN).read_bytes())
            names, towards = [str(name) for name in plan["files"]], str(plan["towards"])
            self._paths(names)
        except (OSError, ValueError, KeyError, TypeError):
            return [], _DONE
        is_whole = all((self.aside / _AFTER / str(n)).is_file() for n in range(len(names)))
        return (names, towards) if is_whole else ([], _DONE)

    def _paths(self, names: list[str]) -> tuple[Path, ...]:
        """Return the files. Raise ValueError for one that lies elsewhere: a plan may come from anybody."""
        root = self.root.resolve()
        paths = tuple((root / name).resolve() for name in names)
        for path in paths:
            path.relative_to(root)
        return paths
