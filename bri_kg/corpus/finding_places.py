"""Where findings of a corpus stand: file and line, looked for only in the files that tell of the node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bri_kg.checking.locations import forget, located
from bri_kg.corpus.tables import Tables
from bri_kg.dataset.resources import Resources
from bri_kg.findings import Finding

# So many of the files that mention a node are looked into: the first one that does is meant.
_FIRST: Final = 20
_IN_MEMORY: Final = 64


def placed(
    tables: Tables, resources: Resources, files: Sequence[Path], findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield findings with file and line; `files` are those of data, by number. Rules are named as seen from a layer."""
    rules = {resources.in_layer(path).as_posix(): path for path in resources.query_files("facts")}
    findings = [
        replace(found, file=str(rules[found.file])) if found.file in rules else found
        for found in findings
    ]
    sought = {f.focus for f in findings if f.focus and not f.file}
    of_node = _files_of(tables, files, sought)
    grounds = [path for path in resources.ontology_files() if path.is_file()]
    seen: set[Path] = set()

    def where(finding: Finding) -> list[Path]:
        is_described, paths = of_node.get(finding.focus or "", (False, []))
        return paths if is_described else [*grounds, *paths]

    for finding in sorted(findings, key=lambda f: str(where(f)[-1:])):
        paths = where(finding)
        if len(seen) > _IN_MEMORY:
            forget()
            seen.clear()
        seen.update(paths)
        yield located(finding, paths, {})


def _files_of(
    tables: Tables, files: Sequence[Path], nodes: Iterable[str]
) -> dict[str, tuple[bool, list[Path]]]:
    """Return of each node whether files describe it, and those that do, or else the first ones that mention it."""
    tables.sql("CREATE TABLE sought (s VARCHAR)")
    tables.insert("sought", [(f"<{node}>",) for node in sorted(nodes)])
    tables.sql(
        "CREATE TABLE described AS SELECT p.s, CAST(p.file AS BIGINT) AS file FROM places p JOIN sought USING (s)"
    )
    mentioned = f"""
        SELECT s, file FROM (
          SELECT s, file, row_number() OVER (PARTITION BY s ORDER BY file) AS place FROM (
            SELECT DISTINCT t.o AS s, CAST(p.file AS BIGINT) AS file FROM told t
              JOIN sought x ON x.s = t.o JOIN places p ON p.s = t.s
              WHERE t.o NOT IN (SELECT s FROM described)))
        WHERE place <= {_FIRST} ORDER BY s, file
    """
    found: dict[str, tuple[bool, list[Path]]] = {}
    for is_described, statement in (
        (True, "SELECT DISTINCT s, file FROM described ORDER BY s, file"),
        (False, mentioned),
    ):
        for node, number in tables.sql(statement):
            if number < len(files):  # others are no files of collections, and hold no places
                found.setdefault(node[1:-1], (is_described, []))[1].append(files[number])
    return found
