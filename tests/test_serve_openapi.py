"""What `/openapi.json` says against what the whole server does: paths, methods and statuses, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from running import ROOT
from serving import InProcess, in_process
from starlette.routing import Router

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.web.explorer.editor_described import DESCRIBED
from bri_kg.web.explorer.routes import PAGES

METHODS = ("get", "post", "put", "patch", "delete")
OTHER_SPELLINGS = {"/sparql/"}
FOR_ASSISTANTS = {"/mcp"}  # it describes itself, by its own protocol
FOR_PEOPLE = {
    "/assets/{name:path}",
    *(f"/assets/{DESCRIBED.format(lang=lang)}" for lang in ("en", "zh")),
    *(f"/{key}" for key in PAGES),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    with in_process(tmp_path_factory.mktemp("openapi")) as made:
        yield made


@pytest.fixture(scope="module")
def described(server: InProcess) -> dict[str, Any]:
    paths = server.get("/openapi.json").json()["paths"]
    assert isinstance(paths, dict)
    return paths


@pytest.fixture(scope="module")
def by_route(server: InProcess, described: dict[str, Any]) -> dict[str, list[str]]:
    """The routes of the application, in their order, each with the described paths that come to it."""
    router = server.server.current.app
    assert isinstance(router, Router)
    found: dict[str, list[str]] = {route.path: [] for route in router.routes}
    for path in described:
        matching = [route.path for route in router.routes if route.path_regex.match(path)]
        assert matching, f"{path} is described and not there"
        found[matching[0]].append(path)
    return found


def test_every_route_is_described(
    by_route: dict[str, list[str]], described: dict[str, Any], kg: KnowledgeGraph
) -> None:
    undescribed = {route for route, paths in by_route.items() if not paths}
    assert undescribed == OTHER_SPELLINGS | FOR_PEOPLE | FOR_ASSISTANTS
    assert {f"/questions/{name}" for name in kg.questions} <= described.keys()


def test_every_route_takes_the_methods_and_gives_the_statuses_that_are_described(
    server: InProcess, by_route: dict[str, list[str]], described: dict[str, Any]
) -> None:
    for path in (paths[0] for paths in by_route.values() if paths):
        item = described[path]
        for method in METHODS:
            address = re.sub(r"\{(\w+)\}", "x", path)
            status = server.request(method.upper(), address).status_code
            assert (status != 405) == (method in item), (method, path, status)
            if status != 405:
                assert str(status) in item[method]["responses"], (method, path, status)


def test_the_statuses_of_the_endpoint_are_those_that_people_read_of(
    described: dict[str, Any],
) -> None:
    text = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (\d{3}(?:, \d{3})*) \|", text)
    told = {status for row in rows for status in row.split(", ")}
    of_endpoint = described["/sparql"]["post"]["responses"].keys()
    assert of_endpoint - {"200"} == told - {"404", "405"}
