"""A process that answers the queries of strangers, one after the other, over its standard input and output.

The server kills it when a query takes too long, and starts another. It only reads: an immutable store on
disk. It ends itself when its server does, soon after the time of a query is over, and with its memory.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from bri_kg.errors import BriKgError
from bri_kg.names import know_collection
from bri_kg.stores.datasets import Wanted
from bri_kg.stores.disk import open_store
from bri_kg.stores.memory import Store
from bri_kg.web.jobs import LENGTH, Job, message
from bri_kg.web.written_answers import Most, NotTakenError, Written, written_answer

_GRACE: Final = 5.0  # seconds that the server has to end a query before the worker does it itself
_DIES_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux
_PACKED_FROM: Final = 1000  # bytes
_LEVEL: Final = 5


def main() -> int:
    """Serve until standard input ends. The first argument is the configuration, as JSON."""
    given = json.loads(sys.argv[1])
    incoming = sys.stdin.buffer
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not stand among the answers
    _end_with(given["parent"])
    for prefix, namespace in given["collections"].items():
        know_collection(prefix, namespace)
    folder = Path(given["store"])
    store = Store(disk=open_store(folder))
    most = Most(given["rows"], given["answer"])
    _bound_memory(given["memory"])
    _send(outgoing, {"ready": True, "used": memory_used()})
    while (job := _next(incoming)) is not None:
        _alarm(job.seconds + _GRACE)
        head, body = answered(store, folder, job, most)
        _send(outgoing, {**head, "used": memory_used()}, body)
        _alarm(0)
    return 0


def answered(store: Store, folder: Path, job: Job, most: Most) -> tuple[dict[str, Any], bytes]:
    """Return head and body of what a job gives; in the head, `error` says what is wrong with it."""
    try:
        found = _found(store, folder, job, most)
    except NotTakenError as error:
        return {"error": {"not_taken": str(error)}}, b""
    except BriKgError as error:
        return {"error": _parts(error)}, b""
    except MemoryError:
        return {"error": {"memory": True}}, b""
    packed = job.packed and len(found.body) >= _PACKED_FROM
    body = gzip.compress(found.body, _LEVEL, mtime=0) if packed else found.body
    head = {"kind": found.kind, "format": found.format, "packed": packed, "cut": found.cut}
    return head, body


def _found(store: Store, folder: Path, job: Job, most: Most) -> Written:
    formats = {"rows": job.rows, "triples": job.triples}
    if job.document:
        from bri_kg.web.own_documents import written_document

        return written_document(store, folder, job.document, job.triples)
    wanted = None
    if job.default is not None or job.named is not None:
        wanted = Wanted(_graphs(job.default), _graphs(job.named))
    least = Most(most.rows, min(most.size, job.size or most.size), job.first)
    return written_answer(store, job.query, wanted, job.base or None, formats, least)


def _graphs(names: tuple[str, ...] | None) -> tuple[ox.NamedNode, ...]:
    return tuple(dict.fromkeys(ox.NamedNode(name) for name in names or ()))


def _parts(error: BriKgError) -> dict[str, Any]:
    return {
        "code": error.code,
        "class": type(error).__name__,
        "message": error.message,
        "why": error.why,
        "fix": error.fix,
        "line": error.line,
        "column": error.column,
    }


def _next(incoming: BinaryIO) -> Job | None:
    length = incoming.read(LENGTH)
    if len(length) < LENGTH:
        return None
    return Job.of(json.loads(incoming.read(int.from_bytes(length, "big"))))


def _send(outgoing: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    outgoing.write(message(head, body))
    outgoing.flush()


def memory_used() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say so."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _bound_memory(size: int) -> None:
    """Let this process have so many bytes more than it has now; where the system cannot say how many, any."""
    try:
        import resource

        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except (ImportError, OSError):
        return
    most = int(pages) * resource.getpagesize() + size
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _end_with(parent: int) -> None:
    """Let this process end when its server does, even while the engine is busy, where the system can."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(3)


if __name__ == "__main__":
    raise SystemExit(main())
