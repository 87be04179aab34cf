"""Which part each node of a corpus belongs to, and what is sent along beside it.

A claim belongs to the source of its evidence, a passage to its source; sources that one claim or
passage ties together are one unit. Anything else (entities, comparisons) is shared out by its name, on shelves.
Which part a unit or shelf goes to, `parts_by_hash` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bri_kg.corpus.coverage_of_axioms import AXIOM_CLASSES, AXIOM_PREDICATES
from bri_kg.corpus.part_of_corpus import Part
from bri_kg.corpus.parts_by_hash import BYTES_OF_A_PART, NAMED, SHELF, SPLIT, number_parts
from bri_kg.corpus.tables import Tables
from bri_kg.names import BRI, PREFIXES, spaces

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_SKOS: Final = PREFIXES["skos"]
_TERM_PREDICATES: Final = (*AXIOM_PREDICATES, _SKOS + "inScheme")
_TERM_CLASSES: Final = (*AXIOM_CLASSES, _SKOS + "Concept", _SKOS + "ConceptScheme")
# What rules, shapes and checks of one node ask of the nodes that it names: their types, what a time says, whose a
# passage is and how long that source, what a claim that is restated counts, what took the place of a retired name.
_BESIDE: Final = (
    PREFIXES["rdf"] + "type",
    PREFIXES["dcterms"] + "isReplacedBy",
    *(BRI + name for name in (
        "edtf", "notBefore", "notAfter", "isPassageOf", "hasSubject", "countedKind", "unit", "characterCount",
    )),
)  # fmt: skip
_DIGITS_OF_A_SHELF: Final = 4
_PASSAGE: Final = "^<([^#?]*/source/[a-z0-9-]+)#char=[0-9]+,[0-9]+>$"
_LINE: Final = "s || ' ' || p || ' ' || o || ' .' || chr(10)"


def iri(name: str) -> str:
    """Return a property or class of ours as the tables hold it."""
    return f"<{BRI}{name}>"


def listed(iris: Iterable[str]) -> str:
    """Return IRIs for an SQL list; they are ours and hold no quotation marks."""
    return ", ".join(f"'<{name}>'" for name in sorted(iris))


def set_terms_apart(tables: Tables) -> bytes:
    """Take terms and concepts that stand among the data out of `told`, and return what is told of them."""
    tables.sql(
        "CREATE TABLE terms AS SELECT DISTINCT s FROM told "
        f"WHERE p IN ({listed(_TERM_PREDICATES)}) OR (p = '{_TYPE}' AND o IN ({listed(_TERM_CLASSES)}))"
    )
    tables.sql(
        "CREATE TABLE told_of_terms AS SELECT DISTINCT s, p, o FROM told SEMI JOIN terms USING (s)"
    )
    tables.sql(
        "CREATE TABLE places AS SELECT DISTINCT s, file FROM told; "
        "CREATE TABLE said AS SELECT DISTINCT s, p, o FROM told ANTI JOIN terms USING (s); DROP TABLE told"
    )
    return "".join(line for (line,) in tables.sql(f"SELECT {_LINE} FROM told_of_terms")).encode()


def share_out(tables: Tables, sources_at_a_time: int) -> int:
    """Give each node that is described or cited the number of its part; return how many parts there are."""
    starts = {
        kind: " OR ".join(f"starts_with(s, '<{space}')" for space in spaces(kind))
        for kind in ("claim/", "source/")
    }
    tables.sql(
        f"""
        CREATE TABLE passage_sources AS
          SELECT s, o AS source FROM said WHERE p = '{iri("isPassageOf")}'
          UNION
          SELECT x AS s, '<' || regexp_extract(x, '{_PASSAGE}', 1) || '>' AS source
          FROM (SELECT s AS x FROM said WHERE contains(s, '#char=')
                UNION SELECT o FROM said WHERE contains(o, '#char=') AND starts_with(o, '<'))
          WHERE regexp_matches(x, '{_PASSAGE}');
        CREATE TABLE claims AS SELECT DISTINCT s FROM said ANTI JOIN passage_sources USING (s)
          WHERE p IN ('{iri("evidence")}', '{iri("factuality")}') OR {starts["claim/"]};
        CREATE TABLE nodes AS
          SELECT s, source, 'passage' AS kind FROM passage_sources
          UNION ALL SELECT DISTINCT c.s, ps.source, 'claim' FROM claims c
            LEFT JOIN said t ON t.s = c.s AND t.p = '{iri("evidence")}'
            LEFT JOIN passage_sources ps ON ps.s = t.o
          UNION ALL SELECT DISTINCT s, s, 'source' FROM said
            ANTI JOIN passage_sources USING (s) ANTI JOIN claims USING (s)
            WHERE (p = '{_TYPE}' AND o = '{iri("Source")}') OR ({starts["source/"]});
        CREATE TABLE units (source VARCHAR, unit VARCHAR);
        """
    )
    pairs = tables.sql(
        "SELECT DISTINCT least, source FROM (SELECT source, min(source) OVER (PARTITION BY kind, s) AS least "
        "FROM nodes WHERE source IS NOT NULL) WHERE source != least"
    )
    tables.insert("units", list(_joined(pairs)))
    tables.sql(
        f"""
        CREATE TABLE owners AS SELECT s, min(coalesce(u.unit, n.source, n.s)) AS unit
          FROM nodes n LEFT JOIN units u USING (source) GROUP BY s;
        INSERT INTO owners SELECT DISTINCT s, '{SHELF}' || substr(md5(s), 1, {_DIGITS_OF_A_SHELF})
          FROM said ANTI JOIN owners USING (s);
        CREATE TABLE units_of_sources AS SELECT ps.source, coalesce(u.unit, ps.source) AS unit
          FROM (SELECT DISTINCT source FROM nodes WHERE source IS NOT NULL) ps LEFT JOIN units u USING (source);
        """
    )
    tables.keep("units_of_sources")
    count = number_parts(tables, sources_at_a_time)
    tables.sql(
        "CREATE TABLE told AS SELECT part, s, p, o FROM said JOIN parts USING (s) ORDER BY part; DROP TABLE said"
    )
    tables.sql(
        f"""
        INSERT INTO parts_of_sources SELECT part, '{NAMED}' || s FROM parts ANTI JOIN told USING (s)
          WHERE part IN (SELECT part FROM parts_of_sources WHERE starts_with(source, '{SPLIT}'))
        """
    )
    _lay_beside(tables)
    return count


def _lay_beside(tables: Tables) -> None:
    """Make the table of what is sent along with each part."""
    tables.sql(
        f"""
        CREATE TABLE context AS SELECT part, s, {_LINE} AS line FROM told WHERE p IN ({listed(_BESIDE)});
        CREATE TABLE leaving_out AS SELECT DISTINCT ps.source, t.part FROM told t JOIN passage_sources ps USING (s)
          WHERE t.p = '{iri("omissionReason")}' AND '{SPLIT}' || ps.source IN (SELECT source FROM parts_of_sources);
        CREATE TABLE beside AS SELECT DISTINCT part, line FROM (
          SELECT t.part, c.line FROM (SELECT DISTINCT part, o FROM told WHERE starts_with(o, '<')) t
            JOIN context c ON c.s = t.o WHERE c.part != t.part
          UNION ALL
          SELECT x.part, {_LINE.replace("s ||", "t.s ||", 1)} FROM told t JOIN parts x ON x.s = t.o
            WHERE t.p = '{iri("outranks")}' AND x.part != t.part
          UNION ALL
          SELECT x.part, {_LINE.replace("s ||", "t.s ||", 1)} FROM told t JOIN passage_sources ps ON ps.s = t.o
            JOIN parts x ON x.s = ps.s WHERE x.part != t.part
          UNION ALL
          SELECT x.part, c.line FROM parts_of_sources x JOIN context c ON '{SPLIT}' || c.s = x.source
            WHERE c.part != x.part
          UNION ALL
          SELECT x.part, {_LINE.replace("s ||", "t.s ||", 1)} FROM told t JOIN passage_sources ps ON ps.s = t.o
            JOIN leaving_out x ON x.source = ps.source WHERE x.part != t.part
          UNION ALL
          SELECT n.part, m.s || ' {_TYPE} {iri("Source")} .' || chr(10) FROM (
              SELECT DISTINCT part, substr(local, 1, i - 1) AS slug FROM (
                SELECT part, local, unnest(range(1, length(local))) AS i FROM (
                  SELECT DISTINCT t.part, regexp_replace(rtrim(c.s, '>'), '^.*[/#]', '') AS local
                  FROM claims c JOIN parts t ON t.s = c.s))
              WHERE substr(local, i, 1) = '-') n
            JOIN (SELECT s, part, regexp_replace(rtrim(s, '>'), '^.*/', '') AS slug FROM told
                  WHERE p = '{_TYPE}' AND o = '{iri("Source")}') m ON m.slug = n.slug
            WHERE m.part != n.part
        ) ORDER BY part
        """
    )


def lines_of_parts(first: int, last: int) -> str:
    """Return what asks for the lines of the parts from one number up to, and without, another.

    Each is told there, or stands beside, or names a source.
    """
    within = f"WHERE part >= {first} AND part < {last}"
    return f"""
        SELECT part, {_LINE} AS told, NULL AS beside, NULL AS source FROM told {within}
        UNION ALL SELECT part, NULL, line, NULL FROM beside {within}
        UNION ALL SELECT part, NULL, NULL, source FROM parts_of_sources {within}
        """


def parts_of(lines: str) -> str:
    """Return what asks for the parts whose lines stand in a table, or are asked for in parentheses.

    Its rows are number, what is told, what stands beside, and the sources, parted by blanks; lines stand in any order.
    """
    return f"""
        SELECT part, coalesce(string_agg(told, ''), '') AS told, coalesce(string_agg(beside, ''), '') AS beside,
          coalesce(string_agg(source, ' '), '') AS sources
        FROM {lines} GROUP BY part HAVING count(told) > 0 OR count(source) > 0
        """


def as_part(told: str, beside: str, sources: str) -> Part:
    """Return a row of `parts_of`, without its number, as a part."""
    marked: dict[str, set[str]] = {"": set(), SPLIT: set(), NAMED: set()}
    for source in filter(None, sources.split(" ")):
        mark, _, rest = source.partition("<")
        marked[mark].add(rest[:-1])
    return Part(told.encode(), beside.encode(), *map(frozenset, marked.values()))


def some_at_a_time(tables: Tables) -> Iterator[tuple[int, int]]:
    """Yield numbers of parts, from one up to another, that hold few bytes together."""
    sizes = tables.sql(
        "SELECT p.part, max(coalesce(t.bytes, 0)) FROM (SELECT DISTINCT part FROM parts) p LEFT JOIN "
        "(SELECT part, sum(length(s) + length(p) + length(o)) AS bytes FROM told GROUP BY part) t USING (part) "
        "GROUP BY p.part ORDER BY p.part"
    )
    yield from ranges(sizes)


def ranges(sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield numbers, from one up to another, that hold few bytes together; given are the bytes of each, in order."""
    first, held = 0, 0
    for number, size in sizes:
        if held and held + size > BYTES_OF_A_PART:
            yield first, number
            first, held = number, 0
        held += int(size)
    if sizes:
        yield first, sizes[-1][0] + 1


def parts(tables: Tables, first: int, last: int) -> Iterator[Part]:
    """Yield the parts from one number up to, and without, another."""
    for _, *row in sorted(tables.sql(parts_of(f"({lines_of_parts(first, last)})"))):
        yield as_part(*row)


def _joined(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each node of the pairs with the least of those that it is tied to, by whatever way."""
    root: dict[str, str] = {}

    def find(node: str) -> str:
        while (above := root.setdefault(node, node)) != node:
            root[node] = root[above]
            node = above
        return node

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return ((node, find(node)) for node in list(root))
