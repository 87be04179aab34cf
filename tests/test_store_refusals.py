"""Real stores that do not take a load: each says why in words, and holds afterwards what it held before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import Cli
from stores_here import DEFAULT_GRAPH, RunningStore, started

pytest.importorskip("httpx")

pytestmark = [pytest.mark.store, pytest.mark.slow]
OLD = "<urn:a> <urn:p> 1 . GRAPH <urn:g> { <urn:a> <urn:p> 1 }"
NEW = "<urn:a> <urn:p> 2 . GRAPH <urn:g> { <urn:a> <urn:p> 2 }"
HELD = "SELECT ?o WHERE { { <urn:a> <urn:p> ?o } UNION { GRAPH ?g { <urn:a> <urn:p> ?o } } } ORDER BY ?o"
BRI = {"BRI_KG_STORE_USER": "bri", "BRI_KG_STORE_PASSWORD": "bri"}


@dataclass(frozen=True)
class At:
    """A store as the command line sees it."""

    cli: Cli
    store: RunningStore

    def load(self, *arguments: str, **who: str) -> tuple[int, str]:
        """Load, and return the exit code and what is said."""
        done = self.cli("load", *arguments, "--store", self.store.address, **{**BRI, **who})
        return done.returncode, done.stderr

    def held(self) -> list[str]:
        """What is said there of one thing."""
        given = ("query", "-e", HELD, "-f", "csv", "--store", self.store.address)
        done = self.cli(*given, **BRI)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()[1:]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The old data, and the new."""
    for name, text in (("old.trig", OLD), ("new.trig", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / "old.trig"), str(tmp_path / "new.trig")


@pytest.fixture
def at(request: pytest.FixtureRequest, cli: Cli) -> Iterator[At]:
    name, *flags = request.param
    with started(name, *flags) as store:
        yield At(cli, store)


def stores(*those: tuple[str, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("at", those, indirect=True, ids=lambda flags: " ".join(flags))


@stores(("fuseki", "--password"))
def test_who_is_not_known_loads_nothing(at: At, files: tuple[str, str], tmp_path: Path) -> None:
    old, new = files
    assert at.load(old)[0] == 0
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login bri password other", encoding="utf-8")
    for arguments, who in (
        ((), {"BRI_KG_STORE_PASSWORD": "other"}),
        ((), dict.fromkeys(BRI, "")),
        (("--credentials", str(netrc)), {}),
    ):
        code, said = at.load(new, *arguments, **who)
        assert (code, "error[BRI713]" in said, "HTTP 401" in said) == (2, True, True), said
        assert "set BRI_KG_STORE_USER and BRI_KG_STORE_PASSWORD" in said
        assert "other" not in said
    assert at.held() == ["1", "1"]


@stores(("oxigraph", "--read-only"), ("fuseki", "--tdb2", "--read-only"))
def test_a_store_that_is_only_read_says_so(at: At, files: tuple[str, str]) -> None:
    code, said = at.load(files[0])
    assert (code, "error[BRI742]" in said, "takes no changes" in said) == (2, True, True), said
    assert "Fuseki: --update, Oxigraph: serve" in said
    assert at.held() == []


@stores(("oxigraph", "--small-disk"), ("fuseki", "--tdb2", "--small-disk"))
def test_a_full_disk_is_told_and_the_old_is_answered(
    at: At, files: tuple[str, str], tmp_path: Path
) -> None:
    assert at.load(files[0])[0] == 0
    large = tmp_path / "large.nt"
    lines = (f'<urn:{n}> <urn:p> "{str(n) * 50_000}" .\n' for n in range(100, 200))
    large.write_text("".join(lines), encoding="utf-8")
    code, said = at.load(str(large))
    assert (code, "error[BRI741]" in said, "has no room left" in said) == (2, True, True), said
    assert at.held() == ["1", "1"]


@stores(("fuseki", "--union"))
def test_the_union_of_jena_is_told_and_wants_a_name(at: At, files: tuple[str, str]) -> None:
    """`tdb2:unionDefaultGraph`: docs/stores.md, Loading and Traps."""
    old, new = files
    code, said = at.load(old)
    assert (code, "error[BRI744]" in said, "add --default-graph IRI" in said) == (2, True, True)
    assert at.held() == []
    named = ("--default-graph", DEFAULT_GRAPH)
    assert at.load(old, *named)[0] == 0
    assert set(at.held()) == {"1"}
    code, said = at.load(new, *named)
    assert (code, "error[BRI745]" in said, "add --replace" in said) == (2, True, True), said
    assert set(at.held()) == {"1"}
    assert at.load(new, *named, "--replace")[0] == 0
    assert set(at.held()) == {"2"}
