"""Addresses of triple stores: what a person calls a store, and the services that answer there.

SPARQL 1.1 Protocol and Graph Store Protocol say how a service is spoken to, and not where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from bri_kg.errors import UsageError

KINDS: Final = ("oxigraph", "fuseki", "rdf4j", "virtuoso", "other")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://|https?:", re.IGNORECASE)
_SERVED: Final = ("http", "https")
_SERVICES_OF_DATASETS: Final = ("query", "sparql", "update", "data")

Prompt = Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class Given:
    """What a user says of a store beside its address.

    `credentials` and `certificates` are files; `prompt` asks a person for name and password.
    """

    kind: str | None = None
    query: str | None = None
    update: str | None = None
    graph_store: str | None = None
    credentials: str | None = None
    certificates: str | None = None
    prompt: Prompt | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The services that the user names."""
        urls = (self.query, self.update, self.graph_store)
        return tuple(url for url in urls if url is not None)


@dataclass(frozen=True)
class Services:
    """Where a store is asked (`query`), changed (`update`) and given whole graphs (`graph_store`)."""

    kind: str
    query: str
    update: str | None = None
    graph_store: str | None = None


def is_address(place: str) -> bool:
    """Return whether the name of a store is an address, and no file or folder."""
    return _ADDRESS.match(place) is not None


def checked(address: str) -> str:
    """Return an address without a final slash. Raise UsageError for one that cannot be asked.

    Credentials in it are refused: the list of processes and the shell's history would hold them.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise no_address(_without_credentials(address), str(error)) from None
    if parts.scheme.lower() not in _SERVED:
        raise UsageError(
            code="BRI701",
            message=f"no store is asked by {parts.scheme}:",
            why="the SPARQL protocol runs over http and https",
            fix="give an address that begins with http:// or https://, or the path of a folder or file",
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            code="BRI702",
            message="the address of the store holds a name or a password",
            why="others on this machine can read what stands on a command line",
            fix="set BRI_KG_STORE_USER and BRI_KG_STORE_PASSWORD, or give --credentials FILE",
        )
    if not host:
        raise no_address(address, "it names no host")
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), parts.query, ""))


def no_address(address: str, why: str) -> UsageError:
    """Return the error for what a store cannot stand at, and why it is that."""
    return UsageError(
        code="BRI703",
        message=f"{address!r} is no address of a store",
        why=why,
        fix="write it as http://localhost:7878",
    )


def _without_credentials(address: str) -> str:
    return re.sub(r"//[^/@]*@", "//", address)


def candidates(address: str, given: Given) -> tuple[Services, ...]:
    """Return the services that may stand behind an address that `checked` gave, the likeliest first.

    What the user names is taken as it is. Raise UsageError for a kind that is not known.
    """
    if given.kind is not None and given.kind not in KINDS:
        raise UsageError(
            code="BRI704",
            message=f"there is no kind of store {given.kind!r}",
            fix="use one of " + ", ".join(KINDS),
        )
    found = [services for services in _guessed(address) if given.kind in (None, services.kind)]
    if not found:
        found = [_MADE[given.kind or "other"](address)]
    named = {"query": given.query, "update": given.update, "graph_store": given.graph_store}
    told = {name: checked(url) for name, url in named.items() if url is not None}
    one_each: dict[str, Services] = {}
    for services in found:
        likeliest = replace(services, **told)
        one_each.setdefault(likeliest.query, likeliest)
    return tuple(one_each.values())


def _guessed(address: str) -> Iterator[Services]:
    parents, _, last = urlsplit(address).path.rpartition("/")
    if "/repositories/" in f"{parents}/":
        yield _rdf4j(address)
    elif last == "sparql":
        yield from (_virtuoso(address), _fuseki(address), _other(address))
    elif not last or (last in ("query", "update", "store") and not parents):
        yield from (_oxigraph(address), _virtuoso(address), _other(address))
    else:
        yield from (_fuseki(address), _oxigraph(address), _other(address))


def _oxigraph(address: str) -> Services:
    root = _cut(address, ("query", "update", "store"))
    return Services("oxigraph", f"{root}/query", f"{root}/update", f"{root}/store")


def _fuseki(address: str) -> Services:
    dataset = _cut(address, _SERVICES_OF_DATASETS)
    return Services("fuseki", f"{dataset}/query", f"{dataset}/update", f"{dataset}/data")


def _rdf4j(address: str) -> Services:
    repository = re.sub(r"(/repositories/[^/]+).*", r"\1", address)
    return Services(
        "rdf4j", repository, f"{repository}/statements", f"{repository}/rdf-graphs/service"
    )


def _virtuoso(address: str) -> Services:
    root = _cut(address, ("sparql", "sparql-auth"))
    return Services(
        "virtuoso", f"{root}/sparql", f"{root}/sparql-auth", f"{root}/sparql-graph-crud-auth"
    )


def _other(address: str) -> Services:
    return Services("other", address)


_MADE: Final[dict[str, Callable[[str], Services]]] = {
    "oxigraph": _oxigraph,
    "fuseki": _fuseki,
    "rdf4j": _rdf4j,
    "virtuoso": _virtuoso,
    "other": _other,
}


def _cut(address: str, services: tuple[str, ...]) -> str:
    """Return an address without the name of a service at its end."""
    head, _, last = address.rpartition("/")
    return head if last in services else address
