"""How much the server gives to one request and to all of them: settings, read when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bri_kg.settings import Bound

QUERY_SECONDS: Final = Bound("BRI_KG_SERVE_SECONDS", "a query on the server", "seconds", 30)
QUERY_MB: Final = Bound("BRI_KG_SERVE_MEMORY_MB", "the memory of one query", "megabytes", 512)
ROWS: Final = Bound("BRI_KG_SERVE_ROWS", "an answer of the server", "rows", 1_000_000)
ANSWER_MB: Final = Bound("BRI_KG_SERVE_ANSWER_MB", "an answer of the server", "megabytes", 64)
BODY_MB: Final = Bound("BRI_KG_SERVE_BODY_MB", "the body of a request", "megabytes", 2)
WORKERS: Final = Bound("BRI_KG_SERVE_WORKERS", "the workers of the server", "processes", 2, 64)
SLOW: Final = Bound("BRI_KG_SERVE_SLOW", "slow queries at one time", "queries", 2, 64)
WAITING: Final = Bound("BRI_KG_SERVE_WAITING", "requests that wait", "requests", 500)
CACHE_MB: Final = Bound("BRI_KG_SERVE_CACHE_MB", "answers that are kept", "megabytes", 64)
CONNECTIONS: Final = Bound("BRI_KG_SERVE_CONNECTIONS", "open connections", "connections", 1000)
SILENCE: Final = Bound("BRI_KG_SERVE_SILENCE", "the silence of a client", "seconds", 15)
SERVING_BOUNDS: Final = (
    QUERY_SECONDS,
    QUERY_MB,
    ROWS,
    ANSWER_MB,
    BODY_MB,
    WORKERS,
    SLOW,
    WAITING,
    CACHE_MB,
    CONNECTIONS,
    SILENCE,
)
_MB: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The bounds of one server; sizes are in bytes, times in seconds.

    A query has `quick` seconds before it counts as slow: no more than `slow` of these run at one time,
    on workers of their own, so that what is quick never waits for them.
    """

    seconds: float = QUERY_SECONDS.default
    quick: float = 0.3
    memory: int = int(QUERY_MB.default) * _MB
    rows: int = int(ROWS.default)
    answer: int = int(ANSWER_MB.default) * _MB
    largest_request: int = int(BODY_MB.default) * _MB
    url: int = 100_000
    headers: int = 32_000
    workers: int = int(WORKERS.default)
    slow: int = int(SLOW.default)
    waiting: int = int(WAITING.default)
    waiting_slow: int = 16
    patience: float = 60.0
    cache: int = int(CACHE_MB.default) * _MB
    connections: int = int(CONNECTIONS.default)
    silence: float = SILENCE.default
    """Seconds that a client may take to say what it wants, or to take a part of its answer."""
    in_flight: int = 1_000_000_000
    """Bytes of answers that clients have not taken yet."""
    retire_after: int = 5000
    """Queries that a worker answers before it is replaced."""
    retire_grown: int = 256 * _MB
    """Bytes that a worker may have grown by before it is replaced."""

    @classmethod
    def set_here(cls) -> Limits:
        """Return the limits that the environment sets. Raise UsageError for what is no number above 0."""
        return cls(
            seconds=QUERY_SECONDS.value,
            memory=int(QUERY_MB.value * _MB),
            rows=int(ROWS.value),
            answer=int(ANSWER_MB.value * _MB),
            largest_request=int(BODY_MB.value * _MB),
            workers=max(1, int(WORKERS.value)),
            slow=max(1, int(SLOW.value)),
            waiting=int(WAITING.value),
            cache=int(CACHE_MB.value * _MB),
            connections=int(CONNECTIONS.value),
            silence=SILENCE.value,
        )
