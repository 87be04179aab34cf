"""The door for files: what other rooms read and write, in one place."""

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
from bri_kg.rdf.plain_files import read_text, write_file, write_stream
from bri_kg.rdf.syntaxes import RDF_ENDINGS

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
