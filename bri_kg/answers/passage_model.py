"""A source and a passage of it, as every face shows them; apart from the model, for what answers a question at once."""

from __future__ import annotations

from dataclasses import dataclass

from bri_kg.plain import Plain


@dataclass(frozen=True)
class Source(Plain):
    """A document: its slug in IRIs, its title, its public page and the language of its text where these are known."""

    iri: str
    slug: str
    title: str | None
    lang: str | None
    page: str | None
    language: str | None = None


@dataclass(frozen=True)
class Passage(Plain):
    """A span of a source: code points from `begin` to `end`, the end exclusive (RFC 5147).

    `role` is `evidence` or `context`. `state` says what is known of the digest: `unchecked` without
    a folder of texts, else `verified`, `changed`, `unsealed` or `source-missing`. `words` are there
    where it is verified, and nowhere else.
    """

    iri: str
    role: str
    source: Source
    begin: int
    end: int
    sha256: str | None
    state: str
    words: str | None
