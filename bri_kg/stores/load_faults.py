"""What is said where a dataset cannot be loaded into a store at an address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bri_kg.errors import BriKgError, InputError, RefusedError
from bri_kg.stores.remote_faults import refused
from bri_kg.stores.wire import Answer

# What servers say when nothing more can be written: of Java, of Rust and of Virtuoso; the second line is said where
# a file may not grow further, and the third has two of Jena's TDB2, whose files are mapped into memory.
_FULL: Final = re.compile(
    r"no space left|disk (is )?full|not enough space|out of disk|enospc"
    r"|: file too large"
    r"|NodeTableThrift/Write|fault occurred in .*unsafe memory access",
    re.I,
)
_READ_ONLY: Final = re.compile(
    r"read[- ]?only|not writable|update (is )?not (allowed|supported)", re.I
)


def not_changed(answer: Answer, url: str) -> BriKgError:
    """Return the error for a change that a store does not make."""
    said = answer.said or None
    if answer.status == 507 or (answer.status >= 400 and _FULL.search(answer.said)):
        return InputError(
            code="BRI741",
            message=f"the server of {url} has no room left (HTTP {answer.status})",
            why=said,
            fix="make room on its disk, and run the command again; what it answered before it still answers",
        )
    if answer.status in (404, 405, 501) or (
        answer.status in (400, 403, 500) and _READ_ONLY.search(answer.said)
    ):
        return RefusedError(
            code="BRI742",
            message=f"{url} takes no changes (HTTP {answer.status})",
            why=said,
            fix="let the server write (Fuseki: --update, Oxigraph: serve), or name the service with "
            "--update-url and --graph-store-url",
        )
    return refused(answer, url)


def no_update_service(place: str) -> RefusedError:
    """Return the error for a store of which only the query service is known."""
    return RefusedError(
        code="BRI742",
        message=f"no service for changes is known of {place}",
        fix="name it with --update-url, or say with --store-kind what the store is",
    )


def foreign_data(place: str, number: int, where: str, graphs: Sequence[str]) -> RefusedError:
    """Return the error for a store that holds data of others where the load would go."""
    why = f"{number} triples stand in {where}"
    if graphs:
        why = f"{len(graphs)} graphs have names of the load, such as {graphs[0]}"
    return RefusedError(
        code="BRI743",
        message=f"{place} holds data that no load of bri-kg has put there",
        why=why,
        fix="load into a fresh dataset, or name with --default-graph IRI a graph for the triples of the "
        "default graph; --replace drops what stands there",
    )


def default_graph_needed(place: str) -> RefusedError:
    """Return the error for a store whose own default graph is not read."""
    return RefusedError(
        code="BRI744",
        message=f"{place} does not show its own default graph to queries",
        why="its default graph is the union of its named graphs",
        fix="add --default-graph IRI, a graph that takes the triples of the default graph",
    )


def seen_while_loading(place: str) -> RefusedError:
    """Return the error for a store that shows every graph, and has data already."""
    return RefusedError(
        code="BRI745",
        message=f"{place} would show the new triples beside the old ones during the load",
        why="its default graph is the union of all its graphs, and triples arrive in graphs of their own",
        fix="load into a fresh dataset, or add --replace where nobody asks it meanwhile",
    )


def not_atomic(place: str) -> RefusedError:
    """Return the error for a store that keeps a part of a request which fails."""
    return RefusedError(
        code="BRI746",
        message=f"{place} keeps a part of an update that fails, so that a load could be left half done",
        why="it does not do the operations of one request as one transaction",
        fix="load into a fresh dataset, or add --replace where nobody asks it meanwhile",
    )


def not_as_sent(place: str, graph: str) -> InputError:
    """Return the error for triples that did not arrive as they were sent."""
    return InputError(
        code="BRI747",
        message=f"{place} does not hold what was sent to it",
        why=f"the triples in {graph} are others, compared by value",
        fix="run the command again; what it answered before it still answers",
    )


def taken_over(place: str) -> RefusedError:
    """Return the error for a load in whose place another one has begun."""
    return RefusedError(
        code="BRI748",
        message=f"another load into {place} has begun meanwhile",
        why="this one has changed nothing that is answered from",
        fix="wait until the other has ended, and run the command again",
    )


def not_loaded(place: str) -> InputError:
    """Return the error for a switch that did not do what it should."""
    return InputError(
        code="BRI749",
        message=f"{place} does not hold what was loaded, though it said that all is well",
        why="the last request was answered with success, and the counts are others",
        fix="run the command again with --replace, into a fresh dataset where that does not help",
    )


def unknown_state(place: str) -> InputError:
    """Return the error for a switch of which nothing was heard."""
    return InputError(
        code="BRI750",
        message=f"{place} did not answer to the last request, which puts the load into its place",
        why="it holds the old release or the new one, whole",
        fix="run the command again when the store answers",
    )


def too_many_blank(number: int, most: int) -> RefusedError:
    """Return the error for more blank nodes than one request can hold."""
    return RefusedError(
        code="BRI751",
        message=f"{number} quads hold blank nodes, and {most} can be sent",
        why="what is sent in one request keeps its blank nodes, and what is sent in two does not",
        fix="give the nodes IRIs, or load the file with the store's own tools",
    )


def graph_without_name(quad: str) -> RefusedError:
    """Return the error for a graph that a blank node names."""
    return RefusedError(
        code="BRI752",
        message="a graph is named by a blank node",
        why=f"no update can write to it: {quad}",
        fix="give the graph an IRI, or load the file with the store's own tools",
    )


def nothing_loaded(place: str) -> RefusedError:
    """Return the error for a store from which nothing can be taken out."""
    return RefusedError(
        code="BRI753",
        message=f"{place} holds nothing that bri-kg load has put there",
        why="there is no note of a load in it",
        fix="data that was loaded with other tools goes by other tools",
    )


def changed_since(place: str, noted: int, present: int, where: str) -> RefusedError:
    """Return the error for a place that holds more or less than the load has put there."""
    return RefusedError(
        code="BRI754",
        message=f"{where} of {place} has changed since it was loaded",
        why=f"{noted} triples were loaded, and {present} stand there",
        fix="move your own triples to a graph of their own; --replace takes out all that stand there",
    )
