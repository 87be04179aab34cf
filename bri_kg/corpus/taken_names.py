"""Whether a collection redefines what stands below it, asked of tables; the words are those of one graph."""

from __future__ import annotations

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
    tables.sql(
        "CREATE TABLE layered AS SELECT s, p, o, CAST(layer AS INT) AS layer FROM told JOIN file_layers USING (file) "
        "UNION ALL SELECT s, p, o, CAST(layer AS INT) FROM ground_said"
    )
    bases = [BASE, *(layer.namespace for layer in resources.over)]
    of_passages = f"p IN ('{iri('sha256')}', '{iri('omissionReason')}') AND contains(s, '#char=')"
    for number in range(1, len(resources.layers)):
        under = " OR ".join(f"starts_with(s, '<{base}')" for base in bases[:number])
        [(taken,)] = tables.sql(
            f"""
            WITH below AS (SELECT DISTINCT s, p, o FROM layered WHERE layer < {number}),
            new AS (SELECT s, p, o FROM layered WHERE layer = {number} AND NOT ({of_passages})
                    EXCEPT SELECT s, p, o FROM below)
            SELECT count(*) FROM new WHERE s IN (SELECT s FROM below)
              OR (({under}) AND NOT starts_with(s, '<{bases[number]}'))
            """
        )
        if taken:
            refuse_taken_names(resources)
    tables.sql("DROP TABLE layered; DROP TABLE ground_said; DROP TABLE file_layers")
