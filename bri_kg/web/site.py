"""What every page of the server is made from: the graph that is served, its release, its address."""

from __future__ import annotations

from dataclasses import dataclass

from bri_kg.knowledge import KnowledgeGraph


@dataclass(frozen=True)
class Site:
    """One release as it is served. A new release is a new site: nothing in this one changes.

    Queries of strangers are never asked of `graph`: they go to the workers.
    """

    graph: KnowledgeGraph
    public_url: str
    """The address as people reach it, without a slash at its end, such as `http://127.0.0.1:8000/base`."""
    release: str
    """The digest of the release."""
