"""SHACL for any graph: one door, two engines, the same report.

Each module imports only from those above it:

- ``look_up``: a few triples by subject and property
- ``paths``: property paths, read, said and written
- ``sentences``: one per constraint component, in English and Chinese
- ``messages``: what a result says to people
- ``report``: results, and the report that SHACL defines
- ``findings``: results among all that validation finds
- ``document``: what is validated, as text that both engines read
- ``fast``: the package ``shacl``, where the extra ``fast`` is installed
- ``reference``: pySHACL, the reference (imported only when it serves)
- ``limits``: shapes on which the two differ
- ``door``: chooses the engine
"""

from bri_kg.shacl.as_findings import as_findings
from bri_kg.shacl.document import read_quads
from bri_kg.shacl.door import has_fast_engine, read_shapes, validate_files, validate_shapes
from bri_kg.shacl.report import Result, ShaclReport

__all__ = [
    "Result",
    "ShaclReport",
    "as_findings",
    "has_fast_engine",
    "read_quads",
    "read_shapes",
    "validate_files",
    "validate_shapes",
]
