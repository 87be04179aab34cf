"""Whether a collection redefines what stands below it, asked of tables; the words are those of one graph."""

from __future__ import annotations

from collections.abc import Sequence

from bri_kg.corpus.sharing_out import iri
from bri_kg.corpus.tables import Tables
from bri_kg.dataset.layering import refuse_taken_names
from bri_kg.dataset.resources import Resources
from bri_kg.names import BASE
from bri_kg.rdf.parsing import read_rdf


def refuse_taken(tables: Tables, resources: Resources, layers: list[int]) -> None:
    """Raise InputError where a name of a lower layer is described anew; `layers` are those of the files, by number."""
    if not resources.over:
        return
    tables.sql(
        "CREATE TABLE file_layers (file VARCHAR, layer VARCHAR); "
        "CREATE TABLE ground_said (s VARCHAR, p VARCHAR, o VARCHAR, layer VARCHAR)"
    )
    tables.insert("file_layers", [(str(n), str(layer)) for n, layer in enumerate(layers)])
    for number, layer in enumerate(resources.layers):
        quads = [quad for path in layer.ontology_files() for quad in read_rdf(path)]
        tables.insert(
            "ground_said",
            [(str(q.subject), str(q.predicate), str(q.object), str(number)) for q in quads],
        )
    layered = (
        "(SELECT s, p, o, CAST(layer AS INT) AS layer FROM told JOIN file_layers USING (file) "
        "UNION ALL SELECT s, p, o, CAST(layer AS INT) FROM ground_said)"
    )
    foreign = _foreign([BASE, *(layer.namespace for layer in resources.over)])
    of_passages = f"p IN ('{iri('sha256')}', '{iri('omissionReason')}') AND contains(s, '#char=')"
    tables.sql(
        f"""
        CREATE TABLE contested AS SELECT s FROM {layered} GROUP BY s
          HAVING min(layer) < max(layer) OR max(CASE WHEN {foreign} THEN 1 ELSE 0 END) = 1
        """
    )
    tables.keep("contested")
    [(taken,)] = tables.sql(
        f"""
        SELECT count(*) FROM (
          SELECT s, p, layer, min(layer) OVER (PARTITION BY s, p, o) AS first, min(layer) OVER (PARTITION BY s) AS least
          FROM {layered} SEMI JOIN contested USING (s))
        WHERE layer = first AND (layer > least OR {foreign}) AND NOT ({of_passages})
        """
    )
    if taken:
        refuse_taken_names(resources)
    tables.sql("DROP TABLE contested; DROP TABLE ground_said; DROP TABLE file_layers")


def _foreign(bases: Sequence[str]) -> str:
    """Return SQL for a name in a layer that begins as those of a lower one do, and not as its own; given are these."""
    return " OR ".join(
        f"(layer = {number} AND NOT starts_with(s, '<{own}') AND ("
        + " OR ".join(f"starts_with(s, '<{base}')" for base in bases[:number])
        + "))"
        for number, own in enumerate(bases)
        if number
    )
