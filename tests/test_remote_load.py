"""`load --store URL` against the embedded store behind HTTP: the plan, what is refused, and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from answering_server import Heard, Say, serving
from embedded_server import Embedded
from running import Cli

pytest.importorskip("httpx")

OLD = "<urn:a> <urn:p> 1, 24.0, _:b . _:b <urn:q> 'y' . GRAPH <urn:g> { <urn:a> <urn:p> _:b }"
NEW = "<urn:a> <urn:p> 2, 24.0 . GRAPH <urn:h> { <urn:a> <urn:p> 2 }"
OURS = "https://w3id.org/bri-kg/store/"


@pytest.fixture
def old(tmp_path: Path) -> str:
    file = tmp_path / "old.trig"
    file.write_text(OLD)
    return str(file)


@pytest.fixture
def new(tmp_path: Path) -> str:
    file = tmp_path / "new.trig"
    file.write_text(NEW)
    return str(file)


def held(store: ox.Store) -> set[str]:
    """What stands in a store that is not for our own use; blank nodes are one."""
    return {
        " ".join("_:" if isinstance(term, ox.BlankNode) else str(term) for term in quad)
        for quad in store
        if OURS not in str(quad.graph_name)
    }


def given(text: str) -> set[str]:
    store = ox.Store()
    store.load(text, ox.RdfFormat.TRIG)
    return held(store)


@pytest.fixture
def embedded() -> Iterator[tuple[Embedded, str]]:
    """A store with nothing in it, and its address."""
    store = Embedded()
    with serving(store) as server:
        yield store, server.url


There = tuple[Embedded, str]


def test_a_dry_run_says_what_goes_where_and_writes_nothing(
    cli: Cli, embedded: There, old: str
) -> None:
    store, url = embedded
    done = cli("load", old, "--store", url, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert f"to the default graph of {url}: 4 triples\n" in done.stdout
    assert "to 1 graphs of their own names: 1 quads\n" in done.stdout
    narrow = cli("load", old, "--store", url, "--dry-run", COLUMNS="40").stdout
    assert narrow.split() == done.stdout.split()
    assert max(map(len, narrow.splitlines())) <= 40
    assert not len(store.store)


def test_a_load_takes_the_place_of_the_one_before(
    cli: Cli, embedded: There, old: str, new: str
) -> None:
    store, url = embedded
    assert cli("load", old, "--store", url).returncode == 0
    assert held(store.store) == given(OLD)
    done = cli("load", new, "--store", url)
    assert "it took the place of old.trig (SHA-256 " in done.stderr
    assert held(store.store) == given(NEW)
    graphs = {str(graph) for graph in store.store.named_graphs()}
    assert graphs == {"<urn:h>", f"<{OURS}loaded>"}


def test_what_is_there_already_is_not_sent_again(cli: Cli, embedded: There, old: str) -> None:
    store, url = embedded
    cli("load", old, "--store", url)
    store.refusing = lambda heard: Say(b"", 500) if "query" not in heard.form else None
    done = cli("load", old, "--store", url)
    assert (done.returncode, "nothing is done" in done.stderr) == (0, True)


def test_unload_takes_out_the_load_and_nothing_else(cli: Cli, embedded: There, old: str) -> None:
    store, url = embedded
    store.store.update("INSERT DATA { GRAPH <urn:mine> { <urn:a> <urn:p> 1 } }")
    before = held(store.store)
    cli("load", old, "--store", url)
    assert cli("load", "--unload", "--store", url).returncode == 0
    assert (held(store.store), len(store.store)) == (before, len(before))
    done = cli("load", "--unload", "--store", url)
    assert (done.returncode, "BRI753" in done.stderr) == (2, True)


def test_a_blank_node_stays_one_node_in_all_graphs(cli: Cli, embedded: There, old: str) -> None:
    store, url = embedded
    cli("load", old, "--store", url)
    found = store.store.query(
        "ASK { <urn:a> <urn:p> ?b . ?b <urn:q> 'y' . GRAPH <urn:g> { ?s ?p ?b } }"
    )
    assert found


def test_without_a_graph_store_the_pieces_come_by_updates(
    cli: Cli, embedded: There, old: str
) -> None:
    store, url = embedded
    store.refusing = lambda heard: Say(b"", 405) if heard.method == "PUT" else None
    services = ("--query-url", f"{url}/any", "--update-url", f"{url}/any")
    done = cli("load", old, "--store", f"{url}/any", "--store-kind", "other", *services)
    assert done.returncode == 0, done.stderr
    assert held(store.store) == given(OLD)


@pytest.mark.parametrize("mine", ["<urn:x> <urn:y> 1", "GRAPH <urn:g> { <urn:x> <urn:y> 1 }"])
def test_data_of_others_in_its_place_is_not_touched(
    cli: Cli, embedded: There, old: str, mine: str
) -> None:
    store, url = embedded
    store.store.update(f"INSERT DATA {{ {mine} }}")
    before = set(store.store)
    planned = cli("load", old, "--store", url, "--dry-run").stdout
    assert "refused without --replace" in " ".join(planned.split())
    done = cli("load", old, "--store", url)
    assert (done.returncode, "BRI743" in done.stderr) == (2, True)
    assert set(store.store) == before
    assert cli("load", old, "--store", url, "--replace").returncode == 0
    assert held(store.store) == given(OLD)


def test_a_default_graph_of_the_users_stays_where_ours_has_a_name(
    cli: Cli, embedded: There, old: str
) -> None:
    store, url = embedded
    store.store.update("INSERT DATA { <urn:x> <urn:y> 1 }")
    done = cli("load", old, "--store", url, "--default-graph", "urn:ours")
    assert done.returncode == 0, done.stderr
    mine = list(store.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    ours = list(store.store.quads_for_pattern(None, None, None, ox.NamedNode("urn:ours")))
    assert (len(mine), len(ours)) == (1, 4)
    assert cli("load", "--unload", "--store", url).returncode == 0
    assert set(store.store) == set(mine)


def test_what_was_added_since_is_not_taken_out(
    cli: Cli, embedded: There, old: str, new: str
) -> None:
    store, url = embedded
    cli("load", old, "--store", url)
    store.store.update("INSERT DATA { GRAPH <urn:g> { <urn:x> <urn:y> 1 } }")
    before = set(store.store)
    for command in (("--unload",), (new,)):
        done = cli("load", *command, "--store", url)
        assert (done.returncode, "BRI754" in done.stderr) == (2, True)
    assert set(store.store) == before


def test_a_store_that_shows_every_graph_wants_a_name_and_is_loaded_once(
    cli: Cli, embedded: There, old: str, new: str
) -> None:
    store, url = embedded
    store.union = True
    done = cli("load", old, "--store", url)
    assert (done.returncode, "BRI744" in done.stderr) == (2, True)
    there = ("--store", url, "--default-graph", "urn:ours")
    assert cli("load", old, *there).returncode == 0
    before = set(store.store)
    done = cli("load", new, *there)
    assert (done.returncode, "BRI745" in done.stderr) == (2, True)
    assert set(store.store) == before
    assert cli("load", new, *there, "--replace").returncode == 0


def test_a_store_without_transactions_is_loaded_once(
    cli: Cli, embedded: There, old: str, new: str
) -> None:
    store, url = embedded
    store.whole = False
    assert cli("load", old, "--store", url).returncode == 0
    done = cli("load", new, "--store", url)
    assert (done.returncode, "BRI746" in done.stderr) == (2, True)
    assert held(store.store) == given(OLD)
    assert cli("load", new, "--store", url, "--replace").returncode == 0
    assert held(store.store) == given(NEW)


def changes(heard: Heard) -> bool:
    return heard.method == "PUT" or "update" in heard.form


@pytest.mark.parametrize(
    ("say", "code"),
    [
        (Say(b"who are you?", 401), "BRI713"),
        (Say(b"not you", 403), "BRI713"),
        (Say(b"The server is read-only", 403), "BRI742"),
        (Say(b"", 405), "BRI742"),
        (Say(b"IO error: No space left on device", 500), "BRI741"),
        (Say(b"IO error: While appending to file: /a/8.log: File too large", 500), "BRI741"),
        (Say(b"", 507), "BRI741"),
        (Say(b"java.lang.NullPointerException", 500), "BRI717"),
    ],
    ids=lambda value: f"{value.status}-{value.body.decode()[:9]}" if isinstance(value, Say) else "",
)
def test_a_store_that_takes_nothing_says_why(
    cli: Cli, embedded: There, old: str, say: Say, code: str
) -> None:
    store, url = embedded
    store.refusing = lambda heard: say if changes(heard) else None
    done = cli("load", old, "--store", url)
    assert (done.returncode, f"error[{code}]" in done.stderr) == (2, True), done.stderr
    assert say.body.decode() in done.stderr
    assert not len(store.store)


def test_triples_that_arrive_otherwise_are_noticed(
    cli: Cli, embedded: There, old: str, new: str
) -> None:
    store, url = embedded
    cli("load", old, "--store", url)
    store.refusing = lambda heard: Say(b"", 204) if heard.method == "PUT" else None
    done = cli("load", new, "--store", url)
    assert (done.returncode, "BRI747" in done.stderr) == (2, True)
    assert held(store.store) == given(OLD)


def test_a_load_in_whose_place_another_has_begun_changes_nothing(
    cli: Cli, embedded: There, old: str, new: str
) -> None:
    store, url = embedded
    cli("load", old, "--store", url)

    def overtaken(heard: Heard) -> None:
        if f"{OURS}digest" in heard.form.get("update", ""):  # the switch
            lock = f"<{OURS}lock>"
            store.store.update(
                f"DROP GRAPH {lock} ; INSERT DATA {{ GRAPH {lock} {{ {lock} <{OURS}token> 'z' }} }}"
            )

    store.refusing = overtaken
    done = cli("load", new, "--store", url)
    assert (done.returncode, "BRI748" in done.stderr) == (2, True)
    assert held(store.store) == given(OLD)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--unload", "x.ttl"), "BRI755"),
        (("--default-graph", "not an IRI"), "BRI756"),
        (("--default-graph", f"{OURS}loaded"), "BRI756"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    cli: Cli, embedded: There, arguments: tuple[str, ...], code: str
) -> None:
    done = cli("load", *arguments, "--store", embedded[1])
    assert (done.returncode, code in done.stderr) == (2, True)


def test_a_graph_of_the_load_takes_no_other_triples(cli: Cli, embedded: There, old: str) -> None:
    done = cli("load", old, "--store", embedded[1], "--default-graph", "urn:g")
    assert (done.returncode, "BRI756" in done.stderr) == (2, True)


def test_without_a_service_for_changes_nothing_is_tried(
    cli: Cli, embedded: There, old: str
) -> None:
    done = cli("load", old, "--store", f"{embedded[1]}/any", "--store-kind", "other")
    assert (done.returncode, "--update-url" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code"), [(("--dry-run", "x.ttl"), "BRI722"), ((), "BRI721")]
)
def test_a_folder_takes_files_and_no_options_of_addresses(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    done = cli("load", *arguments, "--store", "folder", cwd=tmp_path)
    assert (done.returncode, code in done.stderr) == (2, True)


def test_export_leaves_out_what_load_notes(cli: Cli, embedded: There, old: str) -> None:
    _, url = embedded
    cli("load", old, "--store", url)
    done = cli("export", "--store", url)
    assert (len(done.stdout.splitlines()), OURS in done.stdout) == (5, False)
    assert "1 quads in 1 graphs" in cli("export", "--store", url, "-f", "ttl").stderr
