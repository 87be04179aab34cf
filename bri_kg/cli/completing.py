"""What a shell is told when somebody presses TAB: words that can stand there, from the names of the graph.

Names are read from the release that is there; none is built, and no store is opened, while somebody waits.
The work with the shells is done by argcomplete, which this module alone imports.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from bri_kg.answers.glossary import WORDS
from bri_kg.cli.arguments import COMMON_DEFAULTS, Parser
from bri_kg.cli.given_options import chosen_graphs
from bri_kg.cli.output import GRAPH_FORMATS
from bri_kg.cli.verbs import VERBS
from bri_kg.names import BRI, PREFIXES, is_named_here, shorten
from bri_kg.rdf.row_formats import ROW_FORMATS

Given = argparse.Namespace
Completer = Callable[..., Iterable[str]]


def complete(parser_of: Callable[[Sequence[str]], Parser]) -> None:
    """Write what completes the line that the shell gives, or nothing without argcomplete; end the process."""
    with suppress(ImportError):
        import argcomplete

        parser = parser_of(os.environ.get("COMP_LINE", "").split())
        _attach(parser)
        argcomplete.autocomplete(parser, always_complete_options="long")
    os._exit(1)


def _attach(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for branch in action.choices.values():
                _attach(branch)
        elif action.metavar in _COMPLETERS and not action.choices:
            action.completer = _COMPLETERS[str(action.metavar)]  # type: ignore[attr-defined]


Stack = tuple[tuple[str, ...], bool]


def _stack(given: Given) -> Stack:
    """Return the folders that a line names so far, or in which the user stands, and whether ours is left out."""
    told = argparse.Namespace(**{**COMMON_DEFAULTS, "verb": "", **vars(given)})
    return tuple(chosen_graphs(told) or ()), told.alone


@cache
def _release(stack: Stack) -> Any:
    from bri_kg.dataset.release import ready_release
    from bri_kg.dataset.resources import find

    folders, alone = stack
    return ready_release(find(folders, alone=alone))


def _questions(given: Given) -> Mapping[str, Any]:
    release = _release(_stack(given))
    return release.index() if release else {}


@cache
def _listed(stack: Stack) -> Mapping[str, Any]:
    release = _release(stack)
    return release.name_list() if release else {"names": [], "classes": {}}


def questions(parsed_args: Given, **_: object) -> Iterable[str]:
    """Return the names of the stored questions, with their wordings where the shell shows such."""
    lang = getattr(parsed_args, "lang", "en")
    wording = "summary_zh" if lang == "zh" else "summary"
    return {name: data[wording] for name, data in _questions(parsed_args).items()}


def parameters(prefix: str, parsed_args: Given, **_: object) -> Iterable[str]:
    """Return `name=` of the parameters of the question given, behind it the values that its type takes."""
    question = _questions(parsed_args).get(getattr(parsed_args, "question", None) or "")
    params = {param["name"]: param for param in question["params"]} if question else {}
    name, equals, begun = prefix.partition("=")
    if not equals:
        return {f"{known}=": param["label"]["en"] for known, param in params.items()}
    param = params.get(name)
    if not param:
        return ()
    if param["type"] == "boolean":
        return (f"{name}=true", f"{name}=false")
    if param["type"] == "iri":
        found = named(_listed(_stack(parsed_args)), begun, param["cls"])
        return [f"{name}={text}" for text in found]
    return (f"{name}={param['default']}",) if param["default"] else ()


def things(prefix: str, parsed_args: Given, **_: object) -> Iterable[str]:
    """Return the names and prefixed names that begin so; before anything is typed, the prefixes."""
    return named(_listed(_stack(parsed_args)), prefix, None)


def named(listed: Mapping[str, Any], begun: str, cls: str | None) -> list[str]:
    """Return the names that begin so, of the instances of a class where there is one, and local names of terms."""
    classes: Mapping[str, list[str]] = listed["classes"]
    wanted = {node for node, of in classes.items() if cls is None or cls in of}
    if ":" in begun:
        return sorted(node for node in wanted if node.startswith(begun))
    found = {f"{node.partition(':')[0]}:" for node in wanted if node.partition(":")[0] in PREFIXES}
    for node, _, name, _, kind in listed["names"] if begun or cls else ():
        if kind == "term" and cls is None and node.startswith(BRI):
            found.add(node.removeprefix(BRI))
        elif kind != "comparison" and (shorten(node) in wanted if cls else is_named_here(node)):
            found.add(name)
    return sorted(name for name in found if name.startswith(begun))


def _of_class(name: str) -> Completer:
    """Return a completer for the local names of what is an instance of a class."""

    def completer(parsed_args: Given, **_: object) -> Iterable[str]:
        classes = _listed(_stack(parsed_args))["classes"]
        return [
            node.rpartition("/")[2].rpartition(":")[2] for node, of in classes.items() if name in of
        ]

    return completer


def claim_classes(parsed_args: Given, **_: object) -> Iterable[str]:
    """Return the classes of claims."""
    terms = {
        node.partition("#")[2]
        for node, _, _, _, kind in _listed(_stack(parsed_args))["names"]
        if kind == "term"
    }
    return [term for term in terms if term.endswith("Claim") and term != "Claim"]


def natures(parsed_args: Given, **_: object) -> Iterable[str]:
    """Return the natures of disagreement."""
    prefix = PREFIXES["bri-nature"]
    names = _listed(_stack(parsed_args))["names"]
    return {node.removeprefix(prefix) for node, *_ in names if node.startswith(prefix)}


def topics(**_: object) -> Iterable[str]:
    """Return what there is help on: verbs, and words with what they mean."""
    return {**VERBS, **{word.en: word.meaning for word in WORDS}}


_COMPLETERS: Mapping[str, Completer] = {
    "QUESTION": questions,
    "NAME=VALUE": parameters,
    "THING": things,
    "VERB | WORD": topics,
    "NAME": things,
    "CLAIM | SUBJECT PREDICATE OBJECT": things,
    "SOURCE": _of_class("bri:Source"),
    "NATURE": natures,
    "CLASS": claim_classes,
    "FORMAT": lambda **_: dict.fromkeys((*ROW_FORMATS, *GRAPH_FORMATS)),
}
