"""A process that writes pages of a site, and can say in both languages why there is none."""

from __future__ import annotations

from bri_kg.cli.messages.speaking import in_language
from bri_kg.web.written.page_worker import run, streams


def main() -> int:
    """Write until nothing is asked for; 0."""
    return run(in_language, *streams())
