"""What is found only across parts: chains, clashes, what is inferred here and told there, unknown names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.unknown_terms import Use, told_unknown
from bri_kg.checking.validation import as_contradiction, as_finding
from bri_kg.corpus.common_ground import CommonGround
from bri_kg.corpus.part_of_corpus import Row, as_row, closed, contradicted, noted
from bri_kg.corpus.sharing_out import iri
from bri_kg.corpus.tables import Tables
from bri_kg.dataset import closure
from bri_kg.dataset.assembly import UNCLOSED
from bri_kg.dataset.values import value_triples
from bri_kg.names import PREFIXES, spaces

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_INFERRED: Final = f"<{PREFIXES['bri-modality']}inferred>"
_AT_A_TIME: Final = 500
_CLOSED_AT_A_TIME: Final = 20_000


def prepare(tables: Tables, ground: CommonGround) -> None:
    """Make the tables that the joins ask: what each class is under, which are apart, what the ground says."""
    tables.sql(
        "CREATE TABLE above (lower VARCHAR, upper VARCHAR); CREATE TABLE apart (one VARCHAR, other VARCHAR); "
        "CREATE TABLE ground (s VARCHAR, p VARCHAR, o VARCHAR)"
    )
    tables.insert("above", sorted(ground.above))
    tables.insert("apart", sorted(ground.apart))
    tables.insert("ground", [_texts(quad) for quad in sorted(ground.quads, key=str)])


def write_notes(tables: Tables, ground: CommonGround) -> None:
    """Add the notes on facts that rest on inferred claims only, and what follows from them.

    Facts about one pair of things are looked at together, some pairs at a time.
    """
    tables.sql(
        f"""
        CREATE TABLE inferring AS SELECT DISTINCT s FROM told WHERE p = '{iri("modality")}' AND o = '{_INFERRED}';
        CREATE TABLE pairs AS SELECT DISTINCT least(s, o) AS one, greatest(s, o) AS other
          FROM facts WHERE g IN (SELECT s FROM inferring)
        """
    )
    doubtful = tables.sql_rows(
        "SELECT one, other, f.s, f.p, f.o, f.g, CASE WHEN i.s IS NULL THEN '' ELSE i.s END FROM facts f "
        "JOIN pairs ON least(f.s, f.o) = one AND greatest(f.s, f.o) = other "
        "LEFT JOIN inferring i ON i.s = f.g WHERE f.g != '' ORDER BY one, other"
    )
    for rows in _by(doubtful, _CLOSED_AT_A_TIME, together=2):
        claims = {claim for *_, claim in rows if claim}
        told = "".join(f"{claim} <{PREFIXES['bri']}modality> {_INFERRED} .\n" for claim in claims)
        facts = "".join(f"{s} {p} {o} {g} .\n" for _, _, s, p, o, g, _ in rows)
        if notes := noted(ground, told.encode(), facts.encode()):
            tables.insert("facts", [(*_texts(quad), "") for quad in notes])
            _add(tables, closed(ground, notes, notes, set()))


def follow_chains(tables: Tables, ground: CommonGround) -> None:
    """Add what follows from chains of facts of several parts, and from their ends."""
    tables.sql("CREATE TABLE path AS SELECT DISTINCT s, p, o FROM edges")
    tables.sql("CREATE TABLE news AS SELECT * FROM path")
    found = True
    while found:
        tables.sql("CREATE OR REPLACE TABLE known AS SELECT * FROM path")
        while _lengthened(tables):
            pass
        added = tables.sql_rows("SELECT s, p, o FROM path EXCEPT SELECT s, p, o FROM known")
        tables.sql("CREATE OR REPLACE TABLE edges AS SELECT s, p, o FROM path LIMIT 0")
        for rows in _by(added, _CLOSED_AT_A_TIME):
            pairs = _quads(rows)
            kept, waiting = closure.useful((), [quad.triple for quad in pairs])
            _add(
                tables, {"inferred": list(map(_texts, kept)), "waiting": list(map(_texts, waiting))}
            )
            _add(tables, closed(ground, pairs, pairs, set()))
        tables.sql(
            "CREATE OR REPLACE TABLE news AS SELECT DISTINCT s, p, o FROM edges ANTI JOIN path USING (s, p, o)"
        )
        tables.sql("INSERT INTO path SELECT * FROM news")
        [(found,)] = tables.sql("SELECT count(*) > 0 FROM news")


def _lengthened(tables: Tables) -> bool:
    """Join what is new with every path, on both sides, and return whether anything came of it.

    This is semi-naive, and lengths double each round.
    """
    tables.sql(
        "CREATE OR REPLACE TABLE news AS SELECT DISTINCT s, p, o FROM ("
        "SELECT n.s, n.p, x.o FROM news n JOIN path x ON n.p = x.p AND n.o = x.s UNION ALL "
        "SELECT x.s, n.p, n.o FROM news n JOIN path x ON n.p = x.p AND x.o = n.s) ANTI JOIN path USING (s, p, o)"
    )
    tables.sql("INSERT INTO path SELECT * FROM news")
    [(grew,)] = tables.sql("SELECT count(*) > 0 FROM news")
    return bool(grew)


def settle_inferred(tables: Tables) -> None:
    """Leave in `inferred` each triple once, and none that is told or a fact.

    What is said of a thing with a foreign name counts where some part knows a class of ours for it.
    """
    ours = " OR ".join(f"starts_with(o, '<{space}')" for space in spaces())
    tables.sql(
        f"""
        CREATE TABLE classed AS SELECT s FROM told WHERE p = '{_TYPE}' AND ({ours})
          UNION SELECT s FROM inferred WHERE p = '{_TYPE}' AND ({ours})
          UNION SELECT s FROM facts WHERE p = '{_TYPE}' AND ({ours});
        CREATE TABLE settled AS SELECT DISTINCT s, p, o FROM (
            SELECT s, p, o FROM inferred UNION ALL SELECT s, p, o FROM waiting SEMI JOIN classed USING (s))
          ANTI JOIN told USING (s, p, o) ANTI JOIN (SELECT s, p, o FROM facts) f USING (s, p, o)
          ANTI JOIN ground USING (s, p, o);
        DROP TABLE inferred
        """
    )
    tables.keep("settled")


def contradictions(tables: Tables, ground: CommonGround) -> Iterator[Row]:
    """Yield what contradicts the ontology, from all facts about each node in trouble."""
    tables.sql(
        f"""
        CREATE TABLE types AS SELECT DISTINCT node, class FROM (
            SELECT node, class FROM kinds
            UNION ALL SELECT s, o FROM told SEMI JOIN kinds ON kinds.node = told.s WHERE p = '{_TYPE}'
            UNION ALL SELECT s, upper FROM told SEMI JOIN kinds ON kinds.node = told.s
              JOIN above ON above.lower = o WHERE p = '{_TYPE}');
        INSERT INTO troubled SELECT x.node FROM types x JOIN apart ON apart.one = x.class
          JOIN types y ON y.node = x.node AND y.class = apart.other;
        """
    )
    nodes = tables.sql_rows("SELECT DISTINCT node FROM troubled ORDER BY node")
    for rows in _by(nodes, _AT_A_TIME):
        tables.sql("CREATE OR REPLACE TABLE asked (node VARCHAR)")
        tables.insert("asked", rows)
        premises = _quads(tables.sql(_premises()))
        named = {t for q in premises for t in (q.subject, q.object) if isinstance(t, ox.NamedNode)}
        premises += [q for q in value_triples(named) if str(q.predicate) == _TYPE]
        for message in contradicted(ground, premises):
            yield (as_row(as_contradiction(message)),)


def _premises() -> str:
    """Ask for what is closed about the nodes asked: facts, types of anything, and of entities everything."""
    unclosed = " OR ".join(f"starts_with(s, '<{space}')" for space in spaces(*UNCLOSED))
    return f"""
        WITH near AS (
          SELECT told.s, p, o FROM told SEMI JOIN asked ON asked.node = told.s
          UNION SELECT told.s, p, o FROM told SEMI JOIN asked ON asked.node = told.o)
        SELECT s, p, o FROM near WHERE p = '{_TYPE}'
        UNION SELECT s, p, o FROM near ANTI JOIN nodes USING (s) WHERE NOT ({unclosed})
        UNION SELECT facts.s, p, o FROM facts SEMI JOIN asked ON asked.node = facts.s WHERE g = ''
        UNION SELECT facts.s, p, o FROM facts SEMI JOIN asked ON asked.node = facts.o WHERE g = ''
    """


def unknown_names(tables: Tables, ground: CommonGround, lang: str) -> Iterator[Row]:
    """Yield what is said of the names that no part describes.

    Of all names, only those under the same namespace or spelt the same can be meant.
    """
    tables.sql("CREATE TABLE described_names AS SELECT s FROM parts SEMI JOIN told USING (s)")
    tables.keep("described_names")
    rows = tables.sql(
        """
        CREATE TABLE unknown_uses AS
          SELECT term, word, subject, line FROM uses ANTI JOIN described_names d ON d.s = '<' || term || '>';
        SELECT term, max(word) = '1', arg_min(subject, line), count(DISTINCT subject) FROM unknown_uses
          GROUP BY term ORDER BY term
        """
    )
    if not rows:
        return
    uses = [Use(term, bool(word), subject, int(count)) for term, word, subject, count in rows]
    tables.sql("CREATE TABLE unknown (space VARCHAR, local VARCHAR)")
    tables.insert("unknown", [_split(use.term) for use in uses])
    ours = " OR ".join(f"starts_with(s, '<{space}')" for space in spaces())
    known = {s.value for q in ground.quads if isinstance(s := q.subject, ox.NamedNode)}
    known |= {
        name
        for (name,) in tables.sql(
            "WITH names AS (SELECT s, regexp_extract(s, '^<(.*[/#])[^/#]*>$', 1) AS space, "
            "regexp_extract(s, '([^/#]*)>$', 1) AS local FROM described_names) "
            "SELECT substr(s, 2, length(s) - 2) FROM names WHERE "
            f"space IN (SELECT space FROM unknown) OR local IN (SELECT local FROM unknown) OR NOT ({ours})"
        )
    }
    for unknown in told_unknown(uses, sorted(known), strict=True, lang=lang):
        yield (as_row(as_finding(unknown)),)


def _add(tables: Tables, rows: dict[str, list[Row]]) -> None:
    for table, found in rows.items():
        tables.insert(table, found)


def _by(
    rows: Iterable[tuple[str, ...]], count: int, together: int | None = None
) -> Iterator[list[tuple[str, ...]]]:
    """Yield rows by so many at least; those that begin with the same so many cells stay together."""
    taken: list[tuple[str, ...]] = []
    for row in rows:
        if len(taken) >= count and (together is None or row[:together] != taken[-1][:together]):
            yield taken
            taken = []
        taken.append(row)
    if taken:
        yield taken


def _quads(rows: Iterable[tuple[str, ...]]) -> list[ox.Quad]:
    lines = "".join(f"{' '.join(row)} .\n" for row in rows)
    return list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def _texts(quad: ox.Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)


def _split(name: str) -> tuple[str, str]:
    cut = max(name.rfind("/"), name.rfind("#")) + 1
    return name[:cut], name[cut:]
