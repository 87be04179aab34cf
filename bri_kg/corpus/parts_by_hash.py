"""Which part each node goes to: by hashes of names, so that one source more or less moves no other.

Names give bits. Of those that begin alike, as many go together as fit into a part: all where everything fits,
else those with the same first bit, and so on. A unit that alone is too large is parted likewise, by what its
claims say and by the names of its passages.
"""

from __future__ import annotations

from typing import Final

from bri_kg.corpus.tables import Tables
from bri_kg.names import BRI

BYTES_OF_A_PART: Final = 20_000_000
ENTITIES_OF_A_SOURCE: Final = 100
ENTITIES_AT_A_TIME: Final = 4000
# Marks before a source of a part: its passages lie in several parts; and before a node that nothing describes.
SPLIT: Final = "/"
NAMED: Final = "+"
# Claims that say the same in every part but these are twins, and stay together (queries/checks/claims/claim-twice.rq).
NOT_OF_TWINS: Final = (
    "evidence", "hasContext", "rank", "standing", "reason", "acceptedDespite", "leavesOpen",
)  # fmt: skip
SHELF: Final = "shelf "
_DIGITS: Final = 8
_BITS: Final = 4 * _DIGITS


def number_parts(tables: Tables, sources_at_a_time: int) -> int:
    """Make `parts` and `parts_of_sources` of the units in `owners`; return how many parts there are."""
    most_bytes = BYTES_OF_A_PART
    entities = min(ENTITIES_AT_A_TIME, ENTITIES_OF_A_SOURCE * sources_at_a_time)
    exempt = ", ".join(f"'<{BRI}{name}>'" for name in NOT_OF_TWINS)
    least = " || ".join(f"min(md5('{seed}' || t.p || ' ' || t.o))" for seed in range(4))
    tables.sql(
        f"""
        CREATE TABLE sizes AS SELECT s, sum(length(s) + length(p) + length(o)) AS bytes FROM said GROUP BY s;
        CREATE TABLE weights AS SELECT o.unit, starts_with(o.unit, '{SHELF}') AS is_shelf, count(*) AS nodes,
            sum(coalesce(z.bytes, 0)) AS bytes, max(coalesce(x.sources, 1)) AS sources
          FROM owners o LEFT JOIN sizes z USING (s)
          LEFT JOIN (SELECT unit, count(*) AS sources FROM units_of_sources GROUP BY unit) x ON x.unit = o.unit
          GROUP BY o.unit;
        CREATE TABLE large AS SELECT unit FROM weights WHERE bytes > {most_bytes} AND nodes > 1 AND NOT is_shelf;
        CREATE TABLE apart_by_node AS SELECT o.s, o.unit FROM owners o JOIN large USING (unit);
        CREATE TABLE tails AS
          SELECT a.s, a.unit, {least} AS tail FROM apart_by_node a JOIN claims USING (s) JOIN said t ON t.s = a.s
          WHERE t.p NOT IN ({exempt}) GROUP BY a.s, a.unit;
        INSERT INTO tails SELECT a.s, a.unit, a.s FROM apart_by_node a
          WHERE a.s IN (SELECT s FROM passage_sources)
            AND a.s NOT IN (SELECT s FROM said WHERE p = '<{BRI}omissionReason>');
        INSERT INTO tails SELECT s, unit, '' FROM apart_by_node WHERE s NOT IN (SELECT s FROM tails);
        CREATE TABLE seats AS
          SELECT unit, '' AS tail, CASE WHEN is_shelf THEN 'shelf' ELSE 'source' END AS heap, {_bits("unit")} AS bits,
            bytes, CASE WHEN is_shelf THEN nodes * {sources_at_a_time} ELSE sources * {entities} END AS share
          FROM weights WHERE unit NOT IN (SELECT unit FROM large);
        INSERT INTO seats SELECT unit, tail, unit, {_bits("tail")}, sum(coalesce(z.bytes, 0)), 0
          FROM tails LEFT JOIN sizes z USING (s) GROUP BY unit, tail;
        CREATE TABLE depths (depth VARCHAR)
        """
    )
    tables.insert("depths", [(str(depth),) for depth in range(_BITS + 1)])
    tables.sql(
        f"""
        CREATE TABLE prefixes AS SELECT heap, bits, prefix, sum(share) AS share, sum(bytes) AS bytes
          FROM (SELECT heap, bits, substr(bits, 1, CAST(depth AS INT)) AS prefix, share, bytes FROM seats, depths)
          GROUP BY heap, bits, prefix;
        CREATE TABLE fitting AS SELECT heap, prefix FROM prefixes GROUP BY heap, prefix
          HAVING length(prefix) = {_BITS} OR count(*) = 1
            OR (sum(share) <= {entities * sources_at_a_time} AND sum(bytes) <= {most_bytes});
        CREATE TABLE placed AS SELECT heap, bits, min(prefix) AS prefix
          FROM prefixes JOIN fitting USING (heap, prefix) GROUP BY heap, bits;
        CREATE TABLE numbers AS SELECT heap, prefix, row_number() OVER (ORDER BY heap, prefix) - 1 AS part
          FROM (SELECT DISTINCT heap, prefix FROM placed);
        CREATE TABLE parts_of_seats AS SELECT unit, tail, heap, part FROM seats
          JOIN placed USING (heap, bits) JOIN numbers USING (heap, prefix);
        CREATE TABLE parts AS
          SELECT o.s, p.part FROM owners o JOIN parts_of_seats p USING (unit) WHERE p.heap != p.unit
          UNION ALL SELECT t.s, p.part FROM tails t JOIN parts_of_seats p
            ON p.unit = t.unit AND p.heap = t.unit AND p.tail = t.tail;
        CREATE TABLE parts_of_sources AS SELECT DISTINCT p.part,
            CASE WHEN p.heap = p.unit THEN '{SPLIT}' || s.source ELSE s.source END AS source
          FROM units_of_sources s JOIN parts_of_seats p USING (unit)
        """
    )
    for table in (
        "sizes",
        "weights",
        "apart_by_node",
        "seats",
        "depths",
        "prefixes",
        "fitting",
        "placed",
        "parts_of_seats",
        "tails",
        "large",
    ):
        tables.sql(f"DROP TABLE {table}")
    [(count,)] = tables.sql("SELECT count(*) FROM numbers")
    return int(count)


def _bits(text: str) -> str:
    """Return what gives the first bits of a hash of some text, as text, in any SQL that has md5 and translate."""
    hexadecimal = "0123456789abcdef"
    letters = "ghijklmnopqrstuv"
    found = f"translate(substr(md5({text}), 1, {_DIGITS}), '{hexadecimal}', '{letters}')"
    for number, letter in enumerate(letters):
        found = f"replace({found}, '{letter}', '{number:04b}')"
    return found
