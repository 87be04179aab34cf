"""Files that ask for more of the machine than any graph, each kind in ten sizes."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

_RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:q="http://q.test/">'
    '%s<rdf:Description rdf:about="http://q.test/a"><q:p>%s</q:p></rdf:Description></rdf:RDF>'
)
_ZEROS = b"<http://q.test/a> <http://q.test/p> <http://q.test/o> .\n"


def _entities(depth: int) -> bytes:
    lines = ['<!ENTITY z0 "0123456789">'] + [
        f'<!ENTITY z{n} "{f"&z{n - 1};" * 10}">' for n in range(1, depth + 1)
    ]
    head = '<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [\n' + "\n".join(lines) + "\n]>\n"
    return (head + _RDF % ("", f"&z{depth};")).encode()


def _references(count: int) -> bytes:
    head = f'<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [\n<!ENTITY z "{"x" * 100_000}">\n]>\n'
    return (head + _RDF % ("", "&z;" * count)).encode()


def _terms(depth: int) -> bytes:
    opened = "<<( <http://q.test/a> <http://q.test/p> " * depth
    return f"<http://q.test/a> <http://q.test/p> {opened}<http://q.test/o>{' )>>' * depth} .\n".encode()


def _elements(depth: int) -> bytes:
    nested = "<rdf:Description><q:p>" * depth + "</q:p></rdf:Description>" * depth
    return (_RDF % (nested, "x")).encode()


def _brackets(depth: int) -> bytes:
    opened = "[ <http://q.test/p> " * depth
    return f"<http://q.test/a> <http://q.test/p> {opened} 1 {']' * depth} .\n".encode()


def _json_levels(depth: int) -> bytes:
    return ('{"http://q.test/p":' * depth + '"x"' + "}" * depth).encode()


def _literal(megabytes: int, form: str) -> bytes:
    text = "x" * (megabytes * 1_000_000)
    if form == "rdf":
        return (_RDF % ("", text)).encode()
    if form == "jsonld":
        return f'{{"@id": "http://q.test/a", "http://q.test/p": "{text}"}}'.encode()
    return f'<http://q.test/a> <http://q.test/p> "{text}" .\n'.encode()


def _bomb(megabytes: int, form: str) -> bytes:
    if form == "nt":
        return gzip.compress(_ZEROS * (megabytes * 1_000_000 // len(_ZEROS)))
    return gzip.compress(_literal(megabytes, form))


# Kind, ending, what makes one of a size, ten sizes.
Made = tuple[str, Callable[[int], bytes], tuple[int, ...]]
KINDS: dict[str, Made] = {
    "entities": (".rdf", _entities, (1, 2, 3, 4, 5, 6, 7, 8, 9, 12)),
    "references": (".rdf", _references, (1, 5, 10, 50, 100, 200, 500, 1000, 10_000, 100_000)),
    "terms": (".ttl", _terms, (1, 10, 50, 100, 101, 500, 1000, 5000, 20_000, 100_000)),
    "terms in N-Triples": (".nt", _terms, (1, 10, 50, 100, 101, 500, 1000, 5000, 20_000, 100_000)),
    "elements": (".rdf", _elements, (1, 10, 100, 500, 1000, 1999, 5000, 10_000, 40_000, 100_000)),
    "brackets": (".ttl", _brackets, (1, 10, 50, 100, 500, 1000, 2000, 5000, 10_000, 20_000)),
    "levels": (".jsonld", _json_levels, (1, 10, 50, 100, 199, 201, 500, 1000, 10_000, 100_000)),
    "literal": (".ttl", lambda n: _literal(n, "ttl"), (1, 2, 4, 8, 12, 15, 17, 20, 40, 80)),
    "literal in RDF/XML": (".rdf", lambda n: _literal(n, "rdf"), (1, 2, 4, 8, 12, 15, 17, 20, 40, 80)),
    "literal in JSON-LD": (
        ".jsonld",
        lambda n: _literal(n, "jsonld"),
        (1, 2, 4, 8, 12, 15, 17, 20, 40, 80),
    ),
    "bomb": (".nt.gz", lambda n: _bomb(n, "nt"), (1, 2, 4, 8, 16, 32, 64, 128, 256, 1500)),
    "bomb in JSON-LD": (
        ".jsonld.gz",
        lambda n: _bomb(n, "jsonld"),
        (1, 2, 4, 8, 16, 32, 64, 128, 256, 1500),
    ),
}  # fmt: skip


def write(folder: Path, kind: str, size: int) -> Path:
    """Write the file of this kind and size."""
    ending, make, _ = KINDS[kind]
    path = folder / f"{kind.replace(' ', '-').replace('/', '-')}-{size}{ending}"
    path.write_bytes(make(size))
    return path
