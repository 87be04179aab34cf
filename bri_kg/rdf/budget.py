"""Whether what a verb would need fits into the memory that is there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.rdf.bounds import MB, MEMORY
from bri_kg.rdf.input_streams import RdfInput, opened

_START: Final = 150 * MB  # what any verb takes before it has read a triple
PER_TRIPLE: Final = 2000  # bytes; no verb takes more
_SMALL: Final = 4 * MB  # below this a file is read without a look at the memory
_SAMPLE: Final = MB // 2
_GZIP: Final = 10  # what RDF shrinks to, about
_PER_BYTE_OF_JSON: Final = 12


def available() -> float:
    """Return the bytes of memory that this process may still take: those set, else those that are free."""
    if os.environ.get(MEMORY.name, "").strip():
        return MEMORY.value * MB
    return min(_left_to_the_process(), _left_on_the_machine())


def refuse_what_does_not_fit(sources: list[RdfInput], per_triple: int = PER_TRIPLE) -> None:
    """Raise a limit error (exit code 3) where reading the inputs would take more than there is.

    The triples of a big file are estimated from its beginning; a small one is not looked at.
    """
    big = [
        source for source in sources if (source.size or 0) > _SMALL or _unpacked(source) > _SMALL
    ]
    if not big:
        return
    triples = sum(_estimate(source) for source in big)
    wanted, there = _START + triples * per_triple, available()
    if wanted > there:
        raise MEMORY.passed(
            "BRI614",
            f"about {triples:,.0f} triples would take {wanted / MB:,.0f} MB of memory; "
            f"{max(there, 0) / MB:,.0f} MB are there",
            big[0].name if len(big) == 1 else None,
            "this verb holds what it reads in memory; `bri-kg load` does not",
        )


def refuse_whole(size: int | None, name: str) -> None:
    """Raise a limit error for a file of JSON-LD that is too big to be held whole."""
    if size is None or size < _SMALL:
        return
    wanted, there = size * _PER_BYTE_OF_JSON, available()
    if wanted > there:
        raise MEMORY.passed(
            "BRI614",
            f"JSON-LD is held whole while it is parsed, which would take {wanted / MB:,.0f} MB "
            f"of memory; {max(there, 0) / MB:,.0f} MB are there",
            name,
            "no parser of JSON-LD streams it; N-Quads of the same graph can be streamed",
        )


def _unpacked(source: RdfInput) -> float:
    return (source.size or 0) * (_GZIP if source.is_gzip else 1)


def _estimate(source: RdfInput) -> float:
    """Return about how many triples an input holds: those in its first megabytes, times what is left."""
    with opened(source) as found:
        sample = b"".join(
            iter(lambda: found.stream.read(1 << 16) if found.stream.total < _SAMPLE else b"", b"")
        )
        syntax = found.syntax
    if len(sample) < _SAMPLE and not source.is_gzip:
        return 0
    marks = {
        ox.RdfFormat.RDF_XML: b"</",
        ox.RdfFormat.JSON_LD: b":",
        ox.RdfFormat.N_TRIPLES: b"\n",
        ox.RdfFormat.N_QUADS: b"\n",
    }
    if syntax in marks:
        held = sample.count(marks[syntax])
    else:
        held = sum(sample.count(mark) for mark in (b" ;", b" ,", b".\n", b";\n", b",\n")) // 2
    return held / max(len(sample), 1) * _unpacked(source)


def _left_to_the_process() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return float("inf")
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most == resource.RLIM_INFINITY:
        return float("inf")
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return float(most - pages * os.sysconf("SC_PAGE_SIZE"))
    return float(most)


def _left_on_the_machine() -> float:
    found = [float("inf")]
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found.append(
            1024.0 * next(int(x.split()[1]) for x in lines if x.startswith("MemAvailable"))
        )
    with suppress(OSError, ValueError):
        group = Path("/sys/fs/cgroup")
        most = float((group / "memory.max").read_text(encoding="ascii"))
        found.append(most - float((group / "memory.current").read_text(encoding="ascii")))
    return min(found)
