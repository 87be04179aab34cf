"""Puts the graph's files and its release, made on the spot and never committed, into the wheel."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReleaseHook(BuildHookInterface[Any]):
    """Builds the release in a temporary folder and includes it, with what it is made from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Include everything, except in an editable install: there the files stay in the checkout."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from bri_kg.dataset.release import build_release
        from bri_kg.dataset.resources import find

        self._folder = tempfile.TemporaryDirectory()
        release = build_release(find(), Path(self._folder.name) / "release")
        included = build_data["force_include"]
        included[str(release.folder)] = "bri_kg/data/release"
        for room in ("ontology", "graph", "queries"):
            included[str(Path(self.root) / room)] = f"bri_kg/data/{room}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
