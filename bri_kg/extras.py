"""What the extras of the package hold, so that advice to install one works wherever the package came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires

_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")


def how_to_install(extra: str) -> str:
    """Return the command that installs what an extra holds.

    The requirements come from the metadata of the installed package (core metadata, Requires-Dist): no
    index need know the package. A checkout that is not installed has none, and is installed itself.
    """
    try:
        listed = requires("bri-kg") or []
    except PackageNotFoundError:
        return f'pip install ".[{extra}]" in the folder of pyproject.toml'
    return " ".join(["pip install", *(f'"{name}"' for name in requirements(listed, extra))])


def requirements(listed: Iterable[str], extra: str) -> Iterator[str]:
    """Yield the requirements of an extra, from lines of Requires-Dist."""
    for line in listed:
        requirement, _, marker = line.partition(";")
        if extra in _EXTRA.findall(marker):
            yield requirement.strip()
