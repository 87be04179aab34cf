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


def render(reference: Reference, other_page: str | None = None) -> str:
    """Return the page; `other_page` is the address of that in the other language, beside it where None.

    Raises UsageError (BRI227) where Jinja is not installed.
    """
    labels = {term.name: term.label for module in reference.modules for term in module.terms}
    labels |= {
        concept.name: concept.label for scheme in reference.schemes for concept in scheme.concepts
    }
    templates = environment("bri_kg.publishing.pages", "docs")
    templates.filters |= {"anchor": anchor, "iri": lambda name: expand(name) or name}
    other = _OTHER[reference.language]
    return templates.get_template("page.html").render(
        reference=reference,
        words=WORDS[reference.language],
        other=other,
        other_page=other_page or f"{other}.html",
        namespace=BRI,
        labels=labels,
    )


def anchor(name: str) -> str:
    """Return the fragment of a term, concept or question: its local name, for concepts with the scheme."""
    prefix, _, local = name.partition(":")
    return local if prefix == "bri" else f"{prefix}.{local}"


def environment(package: str, extra: str) -> jinja2.Environment:
    """Return what fills the templates of a package, everything escaped.

    Raises UsageError (BRI227) where Jinja, which comes with `extra`, is not installed.
    """
    try:
        import jinja2
    except ImportError as error:
        raise UsageError(
            code="BRI227",
            message="Jinja is not installed",
            why=str(error),
            fix=how_to_install(extra),
        ) from None
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
