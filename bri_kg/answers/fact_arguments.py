"""What a user asks to have explained: a claim, or a fact by the names of its three parts."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from bri_kg.answers.asked_words import says
from bri_kg.answers.node_lookups import label_of
from bri_kg.answers.scope import Ground
from bri_kg.answers.word_matching import words_of
from bri_kg.dataset.question_files import read_question
from bri_kg.errors import UsageError
from bri_kg.names import BRI, expand, is_named_here, shorten

_EVIDENCE = ox.NamedNode(BRI + "evidence")
_FEW = 5  # values that an error names


def asked_for(ground: Ground, given: Sequence[str]) -> ox.NamedNode | ox.Triple:
    """Return the claim or the fact that one or three names stand for.

    Raises UsageError for what is no claim (BRI130), for another number of names (BRI131), and for
    what the graph does not say (BRI132).
    """
    if len(given) == 1:
        return _claim(ground, given[0])
    if len(given) == 2:
        raise _without_object(ground, ground.resolve(given[0]), named_property(ground, given[1]))
    if len(given) != 3:
        raise UsageError(
            code="BRI131",
            message="a claim or a whole fact is wanted",
            fix="give CLAIM, or SUBJECT PREDICATE OBJECT",
        )
    subject, predicate = ground.resolve(given[0]), named_property(ground, given[1])
    objects = [row["o"] for row in ground.select("objects", s=subject, p=predicate)]
    literals = (o for o in objects if isinstance(o, ox.Literal) and o.value == given[2])
    value = next(literals, None) or ground.resolve(given[2])
    if value not in objects:
        raise UsageError(
            code="BRI132",
            message=f"the graph does not say {shorten(subject.value)} {shorten(predicate.value)} {given[2]}",
            fix=f"`bri-kg describe {shorten(subject.value)}` shows what it says",
        )
    return ox.Triple(subject, predicate, value)


def _without_object(ground: Ground, subject: ox.NamedNode, predicate: ox.NamedNode) -> UsageError:
    """Return the error for a fact that lacks its object, with objects that the graph has for it."""
    objects = [row["o"] for row in ground.select("objects", s=subject, p=predicate)]
    known = sorted(
        _called(ground, o) if isinstance(o, ox.NamedNode) else repr(o.value)
        for o in objects
        if isinstance(o, ox.NamedNode | ox.Literal)
    )
    return UsageError(
        code="BRI131",
        message="a claim or a whole fact is wanted",
        why=f"there are {len(known)} to choose from"
        if len(known) > _FEW
        else None
        if known
        else f"the graph has nothing for {shorten(subject.value)} {shorten(predicate.value)}",
        fix=f"add one of these: {', '.join(known[:_FEW])}; for all, with passages: "
        f"`bri-kg {' '.join(_asking(ground, subject, predicate))}`"
        if known
        else f"`bri-kg describe {shorten(subject.value)}` shows what it says",
    )


def _called(ground: Ground, node: ox.NamedNode) -> str:
    label = label_of(ground.store.quads, node.value, ground.lang)
    return f"{label} ({shorten(node.value)})" if label else shorten(node.value)


def _asking(ground: Ground, subject: ox.NamedNode, predicate: ox.NamedNode) -> tuple[str, str]:
    """Return verb and name of what to run: the question put in the words of a property, else the subject."""
    words = words_of(label_of(ground.store.quads, predicate.value, "en") or "")
    for path in ground.resources.query_files("questions"):
        texts = read_question(path).asked_as.get("en", ())
        if any(says(words, text) for text in texts):
            return "ask", path.stem
    return "describe", shorten(subject.value)


def _claim(ground: Ground, name: str) -> ox.NamedNode:
    node = ground.resolve(name)
    if not _is_claim(ground, node):
        raise UsageError(
            code="BRI130",
            message=f"{shorten(node.value)} is no claim",
            fix="give a claim, or a fact as SUBJECT PREDICATE OBJECT; "
            "`bri-kg ask mentions --param thing=…` lists claims",
        )
    return node


def _is_claim(ground: Ground, node: ox.NamedNode) -> bool:
    if is_named_here(node.value, "claim/"):
        return True
    # A collection may name its claims otherwise.
    return next(ground.store.quads.quads_for_pattern(node, _EVIDENCE, None), None) is not None


def named_property(ground: Ground, text: str) -> ox.NamedNode:
    """Return the property of a name, which may be a foreign one that the graph uses without describing it."""
    iri = expand("rdf:type" if text == "a" else text)
    try:
        node = ox.NamedNode(iri) if iri else None
    except ValueError:
        node = None  # what is wrong with it is for `resolve` to say
    return node if node and ground.select("uses", p=node) else ground.resolve(text)
