"""Which format a client takes: content negotiation by `Accept` and `Accept-Encoding` (RFC 9110, section 12)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_WEIGHT: Final = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_MOST: Final = 100  # ranges that are looked at


@dataclass(frozen=True)
class Offer:
    """A format of `bri_kg.rdf`, and a media type that it goes by."""

    format: str
    media_type: str

    @property
    def written(self) -> str:
        """The value of `Content-Type`."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


ROW_OFFERS: Final = (
    Offer("json", "application/sparql-results+json"),
    Offer("json", "application/json"),
    Offer("xml", "application/sparql-results+xml"),
    Offer("xml", "application/xml"),
    Offer("xml", "text/xml"),
    Offer("csv", "text/csv"),
    Offer("tsv", "text/tab-separated-values"),
)
GRAPH_OFFERS: Final = (
    Offer("ttl", "text/turtle"),
    Offer("ttl", "application/turtle"),
    Offer("nt", "application/n-triples"),
    Offer("nt", "text/plain"),
    Offer("nq", "application/n-quads"),
    Offer("trig", "application/trig"),
    Offer("rdfxml", "application/rdf+xml"),
    Offer("rdfxml", "application/xml"),
    Offer("jsonld", "application/ld+json"),
    Offer("jsonld", "application/json"),
)


def taken(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that a client likes best, the first of those that it likes as well; None for none.

    No `Accept`, or an empty one, takes anything.
    """
    if not accept or not accept.strip():
        return offers[0]
    ranges = list(_ranges(accept))
    weighed = [(_weight(offer.media_type, ranges), offer) for offer in offers]
    best = max(weight for weight, _ in weighed)
    return next((offer for weight, offer in weighed if weight == best), None) if best else None


def takes_gzip(accept: str | None) -> bool:
    """Return whether a client takes gzip, which it says by name or by `*`."""
    weights = dict(_ranges(accept or ""))
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def language(accept: str | None, known: Sequence[str]) -> str:
    """Return the language that a client likes best by `Accept-Language`, the first known one for any other."""
    weights: dict[str, float] = {}
    for name, weight in _ranges(accept or ""):
        short = name.partition("-")[0]
        weights[short] = max(weights.get(short, 0.0), weight)
    return max(known, key=lambda name: weights.get(name, 0.0))


def _ranges(text: str) -> Iterator[tuple[str, float]]:
    for part in text.split(",")[:_MOST]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            weights = [found[1] for p in parameters if (found := _WEIGHT.fullmatch(p))]
            yield name, float(weights[0]) if weights else 1.0


def _weight(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return how much a media type is liked: by the most exact range that it is in."""
    kind = media_type.partition("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        found = [weight for name, weight in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
