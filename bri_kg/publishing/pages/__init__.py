"""The reference of the ontology: what it holds (`content`), as pages in two languages (`pages`)."""

from bri_kg.publishing.pages.content import Reference, read_reference
from bri_kg.publishing.pages.render import render

__all__ = ["Reference", "read_reference", "render"]
