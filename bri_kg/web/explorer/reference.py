"""What the data is written with: ontology, vocabularies, shapes, checks and rules, over pages that are small enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bri_kg.checking.checks import read_checks
from bri_kg.dataset.resources import Resources
from bri_kg.errors import UsageError
from bri_kg.names import BASE, BRI, expand, nearest
from bri_kg.publishing.pages.content import (
    Concept,
    Reference,
    Scheme,
    Term,
    read_reference,
)
from bri_kg.rdf.text_files import read_text
from bri_kg.web.explorer.overview_page import overview
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.paging import paged, pages
from bri_kg.web.site import Site

KEY: Final = "reference"
_ROOMS: Final = ("claims", "facts", "candidates", "ontology")
_AT_ONCE: Final = 100  # concepts of a tree, or classes with their shapes
_VOCABULARIES: Final = "vocab/"


@dataclass(frozen=True)
class Branch:
    """A concept with those below it: how deep it stands in the tree, how many levels end behind it."""

    concept: Concept
    iri: str
    depth: int


@dataclass(frozen=True)
class Asked:
    """What is asked of data in one class, or with one property."""

    name: str
    iri: str
    label: str
    constraints: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Rule:
    """A rule of facts: its name, and what it does, in English as its file says it."""

    name: str
    text: str


def reference_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the first page of the reference: everything there is, with the way to each."""
    reference = _reference(site, page)
    return overview(
        page,
        "reference.html",
        reference=reference,
        iri=BASE + "ontology",
        scheme_key=_scheme_key,
        counts={
            "shapes": sum(len(one.constraints) for one in _shapes(reference)),
            "checks": sum(len(read_checks(site.graph.resources, room)) for room in _ROOMS),
            "rules": len(_rules(site.graph.resources)),
            "questions": len(reference.questions),
        },
    )


def module_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the terms of a module. Raise UsageError for one that is not there."""
    modules = {module.name: module for module in _reference(site, page).modules}
    module = modules.get(asked["name"])
    if module is None:
        raise _unknown(asked["name"], modules)
    return overview(
        page, "reference_module.html", module=module, iri=f"{BASE}ontology/{module.name}"
    )


def vocabulary_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the concepts of a vocabulary in their tree. Raise UsageError for one that is not there."""
    reference = _reference(site, page)
    schemes = {_scheme_key(scheme): scheme for scheme in reference.schemes}
    scheme = schemes.get(asked["name"])
    if scheme is None:
        raise _unknown(asked["name"], schemes)
    key = f"{KEY}/vocabularies/{_scheme_key(scheme)}"
    return overview(
        page,
        "reference_vocabulary.html",
        scheme=scheme,
        iri=BASE + scheme.name,
        shown=paged(tuple(_tree(scheme)), asked, _AT_ONCE),
        retired=reference.retired,
        address=lambda number: page.at.of(key if number == 1 else f"{key}/{number}"),
        expand=expand,
    )


def shapes_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return what is asked of data, term by term, in the words of the shapes' messages."""
    key = f"{KEY}/shapes"
    return overview(
        page,
        "reference_shapes.html",
        shown=paged(_shapes(_reference(site, page)), asked, _AT_ONCE),
        address=lambda number: page.at.of(key if number == 1 else f"{key}/{number}"),
        expand=expand,
    )


def shape_addresses(site: Site, page: Page) -> dict[str, str]:
    """Return where the reference tells what each shape asks, by the prefixed name of the shape."""
    found: dict[str, str] = {}
    for place, asked in enumerate(_shapes(_reference(site, page))):
        number = place // _AT_ONCE + 1
        key = f"{KEY}/shapes" if number == 1 else f"{KEY}/shapes/{number}"
        for shape, _, _ in asked.constraints:
            found.setdefault(shape, f"{page.at.of(key)}#{_local(asked.name)}")
    return found


def checks_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the stored checks, room by room, each with how to mend what it finds."""
    resources = site.graph.resources
    rooms = [(room, read_checks(resources, room)) for room in _ROOMS]
    return overview(page, "reference_checks.html", rooms=[one for one in rooms if one[1]])


def rules_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the rules by which facts follow from claims."""
    return overview(page, "reference_rules.html", rules=_rules(site.graph.resources))


def term_of(site: Site, page: Page, iri: str) -> Term | None:
    """Return what the reference says of a class or property, None where it has none with this IRI."""
    if not iri.startswith(BRI):
        return None
    terms = (term for module in _reference(site, page).modules for term in module.terms)
    return next((term for term in terms if term.iri == iri), None)


def reference_keys(site: Site, page: Page) -> Iterator[str]:
    """Yield the keys of all pages of the reference behind the first."""
    reference = _reference(site, page)
    yield from (f"{KEY}/modules/{module.name}" for module in reference.modules)
    for scheme in reference.schemes:
        key = f"{KEY}/vocabularies/{_scheme_key(scheme)}"
        yield from _numbered(key, sum(1 for _ in _tree(scheme)))
    yield from _numbered(f"{KEY}/shapes", len(_shapes(reference)))
    yield from (f"{KEY}/checks", f"{KEY}/rules")


def _numbered(key: str, items: int) -> Iterator[str]:
    yield key
    yield from (f"{key}/{number}" for number in range(2, pages(items, _AT_ONCE) + 1))


def _reference(site: Site, page: Page) -> Reference:
    return _read(site.graph.resources, site.release, page.lang)


@lru_cache(maxsize=4)
def _read(resources: Resources, release: str, lang: str) -> Reference:
    """Return the reference of a release: its files are read once, not for each page."""
    return read_reference(resources, lang)


def _unknown(name: str, known: Iterable[str]) -> UsageError:
    near = nearest(name, known, at_least=0.4)
    return UsageError(
        code="BRI905",
        message=f"the reference has no page {name!r}",
        fix=f"did you mean {near!r}?" if near else "the first page of the reference lists them all",
    )


def _local(name: str) -> str:
    return name.partition(":")[2]


def _scheme_key(scheme: Scheme) -> str:
    return scheme.name.removeprefix(_VOCABULARIES)


def _tree(scheme: Scheme) -> Iterator[Branch]:
    """Yield concepts from above to below, by label; one with two broader concepts stands below the first."""
    own = {concept.name for concept in scheme.concepts}
    below: dict[str | None, list[Concept]] = {}
    for concept in scheme.concepts:
        above: list[str | None] = [one for one in concept.broader if one in own]
        for broader in above or [None]:
            below.setdefault(broader, []).append(concept)
    met: set[str] = set()

    def branches(above: str | None, depth: int) -> Iterator[Branch]:
        for concept in below.get(above, ()):
            if concept.name not in met:
                met.add(concept.name)
                yield Branch(concept, expand(concept.name) or concept.name, depth)
                yield from branches(concept.name, depth + 1)

    yield from branches(None, 0)
    # Concepts that stand above each other in a circle stand below none.
    for concept in scheme.concepts:
        if concept.name not in met:
            yield Branch(concept, expand(concept.name) or concept.name, 0)


def _shapes(reference: Reference) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            term.name,
            term.iri,
            term.label,
            tuple((one.shape, one.message, one.severity) for one in term.constraints),
        )
        for module in reference.modules
        for term in module.terms
        if term.constraints
    )


def _rules(resources: Resources) -> tuple[Rule, ...]:
    return tuple(
        Rule(path.stem, _comment(read_text(path, "a rule of facts")))
        for path in resources.query_files("facts")
    )


def _comment(query: str) -> str:
    """Return the comment with which a query begins, in one line."""
    lines = []
    for line in query.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)
