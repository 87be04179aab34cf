"""The terms of a JSON-LD context as Python values, and what they make of an IRI or literal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError
from bri_kg.names import PREFIXES
from bri_kg.rdf.text_files import read_text

FILE: Final = "context.jsonld"
TYPE: Final = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"
_INTEGER = PREFIXES["xsd"] + "integer"
_BOOLEAN = PREFIXES["xsd"] + "boolean"
_SHORT = re.compile(r"0|-?[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class Term:
    """A key of JSON and the property it stands for; `kind` is @id, @vocab, a datatype or None."""

    key: str
    iri: str
    kind: str | None = None
    containers: frozenset[str] = frozenset()
    vocabulary: str | None = None
    # Words that are keys elsewhere and concepts of the vocabulary under this key.
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, key: str, definition: Mapping[str, Any]) -> Term:
        """Return the term that a definition in a context makes."""
        container, scope = definition.get("@container", ()), definition.get("@context", {})
        return cls(
            key=key,
            iri=definition.get("@id") or definition["@reverse"],
            kind=definition.get("@type"),
            containers=frozenset([container] if isinstance(container, str) else container),
            vocabulary=scope.get("@vocab"),
            words=frozenset(scope) - {"@vocab"},
        )

    @property
    def by_language(self) -> bool:
        """Whether its values stand in an object with a key a language."""
        return "@language" in self.containers

    def holds(self, value: object) -> bool:
        """Return whether the value can stand under this key at all: a map of languages takes only text."""
        if not self.by_language:
            return True
        return isinstance(value, ox.Literal) and (
            value.language is not None or value.datatype.value == _STRING
        )


class Context:
    """A context as a file of this package writes it: keys without prefixes, IRIs in full."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self.definitions = dict(definitions)
        self._scoped: dict[str, dict[str, Term]] = {}
        self._terms: dict[str, Term] = {}
        self.reverse: dict[str, Term] = {}
        self.classes: dict[str, str] = {}
        for key, value in definitions.items():
            if isinstance(value, str) and "://" in value and key[0].isupper():
                self.classes[value] = key
            elif isinstance(value, dict):
                self._add(key, value)
            elif not isinstance(value, str) and key != "@version":
                raise TypeError(f"{key!r} is defined as {value!r}")

    def _add(self, key: str, definition: Mapping[str, Any]) -> None:
        if key[0].isupper():
            self.classes[definition["@id"]] = key
            scoped = (Term.of(k, d) for k, d in definition.get("@context", {}).items())
            self._scoped[definition["@id"]] = {term.iri: term for term in scoped}
        elif "@reverse" in definition:
            term = Term.of(key, definition)
            self.reverse[term.iri] = term
        elif definition["@id"] != "@type":
            term = Term.of(key, definition)
            self._terms[term.iri] = term

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every key that the context defines."""
        return frozenset(self.definitions)

    @property
    def properties(self) -> frozenset[str]:
        """The IRI of every property that has a key."""
        return frozenset(self._terms)

    def has_scope(self, cls: str) -> bool:
        """Return whether keys mean something of their own on a node of the class."""
        return cls in self._scoped

    def term(self, iri: str, types: frozenset[str] = frozenset()) -> Term:
        """Return the term of a property, on a node of these classes; an unknown one keeps its IRI."""
        scoped = [
            self._scoped[cls][iri]
            for cls in types & self._scoped.keys()
            if iri in self._scoped[cls]
        ]
        if len(scoped) > 1:
            # Which of the classes wins is read differently: nothing is left to that.
            return replace(scoped[0], vocabulary=None, words=frozenset())
        return scoped[0] if scoped else self._terms.get(iri) or by_iri(iri)

    def value(self, term: Term, value: object) -> Any:
        """Return the JSON of a value under the key of a term, languages aside."""
        if isinstance(value, ox.Literal):
            return self._literal(term, value)
        iri = identifier(value)
        if term.kind == "@id":
            return iri
        return self._vocabulary(term, iri) if term.kind == "@vocab" else {"id": iri}

    def _vocabulary(self, term: Term, iri: str) -> str:
        # What a key or another scheme would capture keeps its IRI.
        short = iri.removeprefix(term.vocabulary or iri)
        free = short in term.words or short not in self.keys
        return short if short and free and iri != short and not set(short) & set(":/#@") else iri

    def _literal(self, term: Term, literal: ox.Literal) -> Any:
        datatype, text = literal.datatype.value, literal.value
        if term.kind == datatype:
            return _native(datatype, text)
        if literal.language:
            return {"@value": text, "@language": literal.language}
        if datatype == _STRING:
            return text if term.kind is None else {"@value": text}
        return {"@value": text, "@type": datatype}


def by_iri(iri: str) -> Term:
    """Return the term of a property without a key."""
    return Term(iri, iri, None, frozenset({"@set"}))


def identifier(node: object) -> str:
    """Return the IRI of a node, or the label of a blank node as JSON-LD writes it."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def read_context(resources: Resources) -> Context:
    """Return the context beside an ontology, else the packaged one. Raises InputError when it is no context."""
    path = resources.ontology / FILE
    if not path.is_file():
        path = find().ontology / FILE
    try:
        return Context(json.loads(read_text(path, "a JSON-LD context"))["@context"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(
            code="BRI280",
            file=str(path),
            message="this is no JSON-LD context as bri-kg writes it",
            why=str(error),
            fix="run `python -m bri_kg.cli.generate` in the checkout, or remove the file",
        ) from None


def _native(datatype: str, text: str) -> Any:
    # Only what comes back as the same text: a decimal read as a number would not.
    if datatype == _INTEGER and _SHORT.fullmatch(text):
        return int(text) if abs(int(text)) < 2**53 else text
    if datatype == _BOOLEAN and text in ("true", "false"):
        return text == "true"
    return text
