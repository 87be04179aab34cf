"""What the build adds: the graph's files and its release, made on the spot, and the README as an index shows it."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_RELATIVE_LINK = re.compile(r"!?\[([^\]]*)\]\((?![\w+.-]+:|#)([^)\s]+)\)")

_PAGES = ("modelling.md", "sparql.md")  # what assistants are given to read


def as_read_elsewhere(markdown: str) -> str:
    """Return the text with each link to a file beside it as plain words, for where that file is not."""
    return _RELATIVE_LINK.sub(
        lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", markdown
    )


class ReadmeHook(MetadataHookInterface):
    """Gives the metadata a README without links that lead nowhere on an index."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the readme."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": as_read_elsewhere(text)}


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
        for page in _PAGES:
            included[str(Path(self.root) / "docs" / page)] = f"bri_kg/data/docs/{page}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
