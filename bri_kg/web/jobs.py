"""What the server asks of a worker, what comes back, and how both go through a pipe.

A message is four bytes with the length of its head, the head as JSON, and `size` bytes behind it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

LENGTH: Final = 4


@dataclass(frozen=True)
class Job:
    """A query with its dataset, and the formats that its client takes.

    `default` and `named` are the graphs of the protocol; None leaves the dataset to the query.
    `rows` and `triples` are formats of `bri_kg.rdf` for the two kinds of answers, empty where the client
    takes none. `base` is for relative IRIs. `document` names one of the server's own documents in place of a query.
    """

    query: str = ""
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    rows: str = ""
    triples: str = ""
    packed: bool = False
    document: str = ""
    base: str = ""
    seconds: float = 30.0
    first: int = 0
    """So many rows or triples are enough, and `cut` in the head of the reply says that there are more; 0: all."""
    size: int = 0
    """The largest answer in bytes, where that is less than the server's; 0: the server's."""

    def to_bytes(self) -> bytes:
        """Return the job as a message."""
        return message(asdict(self))

    @classmethod
    def of(cls, head: dict[str, Any]) -> Job:
        """Return the job of a message."""
        graphs = {
            name: None if head[name] is None else tuple(head[name]) for name in ("default", "named")
        }
        return cls(**{**head, **graphs})


def message(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return a message with this head and body."""
    written = json.dumps({**head, "size": len(body)} if body else head).encode()
    return len(written).to_bytes(LENGTH, "big") + written + body
