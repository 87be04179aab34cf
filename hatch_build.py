"""Makes the release dataset while a wheel is built; it is never committed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReleaseHook(BuildHookInterface[Any]):
    """Builds the release in a temporary folder and includes it in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the release, except for an editable install, which uses the files of the checkout."""
        if version == "editable":
            # The files stay where they are; resources.py finds them beside the package.
            build_data["force_include_editable"] = {}
            return
        sys.path.insert(0, self.root)
        from bri_kg.release import build_release
        from bri_kg.resources import find

        self._folder = tempfile.TemporaryDirectory()
        release = build_release(find(), Path(self._folder.name) / "release")
        build_data["force_include"][str(release.folder)] = "bri_kg/data/release"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
