"""How RDF is to be read, where a file does not say it itself. Light, since every verb passes it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import UsageError


@dataclass(frozen=True)
class Reading:
    """How files are read, where they do not say it themselves: a base for relative IRIs, a format."""

    base: str | None = None
    format: str | None = None

    def checked(self) -> Reading:
        """Return it. Raise UsageError for a base that is no absolute IRI, and for an unknown format."""
        if self.format is not None:
            from bri_kg.rdf.syntaxes import format_named

            format_named(self.format)
        if self.base is not None:
            try:
                next(ox.parse(b"", ox.RdfFormat.TURTLE, base_iri=self.base), None)
            except ValueError as error:
                raise UsageError(
                    code="BRI291",
                    message=f"the base {self.base!r} is no absolute IRI",
                    why=str(error),
                    fix="give one such as http://example.org/data",
                ) from None
        return self


AS_IT_IS: Final = Reading()
