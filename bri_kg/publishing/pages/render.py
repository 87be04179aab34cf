"""The reference as HTML: one page a language, without scripts, readable from a folder or any server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bri_kg.errors import UsageError, how_to_install
from bri_kg.names import BRI, expand
from bri_kg.publishing.pages.content import Reference
from bri_kg.publishing.pages.words import WORDS

if TYPE_CHECKING:
    import jinja2

_OTHER: Final = {"en": "zh", "zh": "en"}


def render(reference: Reference) -> str:
    """Return the page. Raises UsageError (BRI227) where Jinja is not installed."""
    labels = {term.name: term.label for module in reference.modules for term in module.terms}
    labels |= {
        concept.name: concept.label for scheme in reference.schemes for concept in scheme.concepts
    }
    return (
        _environment()
        .get_template("page.html")
        .render(
            reference=reference,
            words=WORDS[reference.language],
            other=_OTHER[reference.language],
            namespace=BRI,
            labels=labels,
        )
    )


def anchor(name: str) -> str:
    """Return the fragment of a term, concept or question: its local name, for concepts with the scheme."""
    prefix, _, local = name.partition(":")
    return local if prefix == "bri" else f"{prefix}.{local}"


def _environment() -> jinja2.Environment:
    try:
        import jinja2
    except ImportError as error:
        raise UsageError(
            code="BRI227",
            message="Jinja is not installed",
            why=str(error),
            fix=how_to_install("docs"),
        ) from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bri_kg.publishing.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"anchor": anchor, "iri": lambda name: expand(name) or name}
    return environment
