"""RDF as files and streams, terms and graphs, and rows of results, read and written.

What other rooms need of files stands here; terms, rows and graphs are imported from their modules.
"""

from bri_kg.rdf.inputs import AS_IT_IS, RdfInput, Reading, rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import (
    located,
    parse_input,
    parse_rdf,
    read_rdf,
    refuse_imports,
    refused_import,
)
from bri_kg.rdf.syntaxes import RDF_ENDINGS
from bri_kg.rdf.text_files import read_text, write_file, write_stream

__all__ = (
    "AS_IT_IS",
    "RDF_ENDINGS",
    "RdfInput",
    "Reading",
    "StableLabels",
    "located",
    "parse_input",
    "parse_rdf",
    "rdf_input",
    "read_rdf",
    "read_text",
    "refuse_imports",
    "refused_import",
    "write_file",
    "write_stream",
)
