"""Collections over our graph in a real triple store: loaded as one, compared as one, with their own answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from laid_over import make_board
from running import Cli
from stores_here import started

pytest.importorskip("httpx")

pytestmark = pytest.mark.store


def test_a_stack_goes_into_a_store_and_answers_there_as_here(cli: Cli, tmp_path: Path) -> None:
    board = ("--graph", str(make_board(tmp_path)))
    with started("oxigraph") as store:
        there = ("--store", store.address)
        loaded = cli("load", *board, *there)
        assert loaded.returncode == 0, loaded.stderr
        compared = cli("compare", *board, *there)
        assert compared.returncode == 0, compared.stdout + compared.stderr
        asked = ("ask", "founders", "-f", "csv", *board)
        here = cli(*asked)
        assert "https://example.org/board/source/hungary#char=" in here.stdout
        assert cli(*asked, *there).stdout == here.stdout
        # Ours alone is not what stands there.
        assert cli("compare", *there).returncode == 1
