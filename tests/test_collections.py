"""Collections that lie over our graph: begun, read from within, asked, stacked, and told apart from ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from laid_over import BOARD, GRANT, make_board, make_grant, write
from running import Cli

import bri_kg
from bri_kg import __version__
from bri_kg.errors import InputError, UsageError
from bri_kg.names import BASE, shorten, split_passage

QUESTION = """#+ summary: How many seats does a board have?
#+ summary_zh: 理事会有多少席位？
#+ columns: {board: iri, seats: string, passage: iri}
PREFIX bri: <https://w3id.org/bri-kg/ontology#>
PREFIX board-kind: <https://example.org/board/vocab/kind/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?board ?seats ?passage WHERE {
  ?claim bri:hasSubject ?board ; bri:countedKind board-kind:board-seat ; bri:evidence ?passage .
  ?claim bri:hasQuantity/bri:statedValue ?seats .
} ORDER BY ?board ?seats ?passage
"""
CHECK = """#+ summary: A board has an odd number of seats.
#+ summary_zh: 理事会席位数为奇数。
PREFIX bri: <https://w3id.org/bri-kg/ontology#>
PREFIX board-kind: <https://example.org/board/vocab/kind/>
SELECT ?focus ?value WHERE {
  ?focus bri:countedKind board-kind:board-seat ; bri:hasQuantity ?value .
  ?value bri:statedValue ?seats . FILTER (?seats = 9)
}
"""
SHAPE = """@prefix bri: <https://w3id.org/bri-kg/ontology#> .
@prefix board-shape: <https://example.org/board/shapes#> .
@prefix board-org: <https://example.org/board/id/org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
board-shape:Board a sh:NodeShape ;
    sh:targetNode board-org:anso-board ;
    sh:property board-shape:Board-homepage .
board-shape:Board-homepage a sh:PropertyShape ;
    sh:path foaf:homepage ; sh:minCount 1 ; sh:message "a board has a homepage"@en , "理事会有主页"@zh .
"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    return make_board(tmp_path_factory.mktemp("collections"))


@pytest.fixture(scope="module")
def grant(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    return make_grant(tmp_path_factory.mktemp("collections"))


@pytest.fixture
def own_board(tmp_path: Path) -> Path:
    """One to be changed."""
    return make_board(tmp_path)


@pytest.fixture(autouse=True)
def without_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_collection_begins_valid_and_answers_as_ours(cli: Cli, tmp_path: Path) -> None:
    begin = ("--title", "Our documents", "--namespace", "https://example.org/our-documents")
    done = cli("init", "lab", *begin, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "made the collection our-documents in lab" in done.stderr
    lab = tmp_path / "lab"
    validated = cli("validate", cwd=lab)
    assert validated.returncode == 0
    assert "over it: our-documents, Our documents" in validated.stderr
    assert "valid: terms, shapes, claims, facts, closure, questions passed" in validated.stderr
    assert "holds no triple" not in validated.stderr
    inside, outside = (cli("ask", "founders", "-f", "csv", cwd=at) for at in (lab, tmp_path))
    assert inside.stdout == outside.stdout != ""


def test_what_a_collection_begins_with_is_ready_for_git(tmp_path: Path) -> None:
    from bri_kg.dataset.new_collection import new_collection

    made = new_collection(
        tmp_path / "lab", 'The "lab"\N{EN DASH}实验室', "https://example.org/lab/", "x"
    )
    marker = made.marker.read_text(encoding="utf-8")
    assert f'bri-kg = "{__version__}"' in marker and 'prefix = "x"' in marker
    if shutil.which("git"):
        write(made.folder, "texts/secret.txt", "words of others")
        run = ["git", "-C", str(made.folder)]
        subprocess.run([*run, "init", "-q"], check=True, capture_output=True)
        subprocess.run([*run, "add", "."], check=True, capture_output=True)
        kept = subprocess.run([*run, "ls-files"], check=True, capture_output=True, text=True).stdout
        assert {"bri-kg.toml", "graph/claims/.gitkeep", "texts/.gitkeep"} <= set(kept.split())
        assert "texts/secret.txt" not in kept


def test_answers_come_from_both_and_say_which_speaks(cli: Cli, board: Path) -> None:
    told = cli("ask", "founders", cwd=board / "graph" / "claims").stdout
    assert "board:hungary 661\N{EN DASH}723" in told and "cas-decade 3036\N{EN DASH}3249" in told
    rows = json.loads(cli("ask", "founders", "--graph", str(board), "-f", "json").stdout)
    passages = {row["passage"]["value"] for row in rows["results"]["bindings"]}
    assert f"{BOARD}source/hungary#char=661,723" in passages
    assert any(passage.startswith(BASE) for passage in passages)
    assert "board:hungary" not in cli("ask", "founders").stdout


def test_its_own_names_are_found_and_shortened(cli: Cli, board: Path, grant: Path) -> None:
    for name in (
        "board-org:hungarian-academy", f"{BOARD}id/org/hungarian-academy", "匈牙利科学院",
        "Hungarian Academy of Sciences",
    ):  # fmt: skip
        told = cli("describe", name, cwd=board).stdout
        assert "board-org:hungarian-academy" in told and "board:hungary 255\N{EN DASH}305" in told
    flat = cli("describe", "grant:mou", cwd=grant)
    assert (flat.returncode, "grant:mou" in flat.stdout) == (0, True)
    asked = cli("ask", "mentions", "--param", "thing=grant:mou", cwd=grant).stdout
    assert "grant:scholarship-mou" in asked and "grant:scholarship 209\N{EN DASH}458" in asked
    found = cli("search", "Governing Board", cwd=board).stdout
    assert "board-org:anso-board" in found
    queried = cli("query", "-e", "SELECT ?p { board-org:anso-board a ?p }", "-f", "csv", cwd=board)
    assert f"{BASE}ontology#Organization" in queried.stdout
    near = cli("describe", "board-org:hungarian-akademy", cwd=board)
    assert (near.returncode, "did you mean board-org:hungarian-academy?" in near.stderr) == (
        2,
        True,
    )
    # What a citation calls a source names it.
    assert "board-source:hungary" in cli("describe", "board:hungary", cwd=board).stdout


def test_claims_and_facts_of_it_are_explained(cli: Cli, board: Path, grant: Path) -> None:
    claim = cli("explain", "board-claim:hungary-seats", cwd=board)
    assert (claim.returncode, "board:hungary 1423" in claim.stdout) == (0, True)
    flat = cli("explain", "grant:scholarship-mou", cwd=grant)
    assert (flat.returncode, "grant:scholarship 209" in flat.stdout) == (0, True)
    fact = cli("explain", "ANSO", "isFoundedBy", "CAS", "--sources", "texts", cwd=board).stdout
    assert "SAID BY  3 sources" in fact and "It was set up in 2018" in fact
    assert cli("explain", "board-org:anso-board", cwd=board).returncode == 2


def test_collections_are_stacked(cli: Cli, board: Path, grant: Path) -> None:
    both = ("--graph", str(board), "--graph", str(grant))
    done = cli("validate", *both)
    assert (done.returncode, done.stderr.count("over it: ")) == (0, 2)
    assert "grant:scholarship 209" in cli("describe", "grant:mou", *both).stdout
    assert "board:hungary" in cli("describe", "board-org:anso-board", *both).stdout
    # One before the verb, one behind it.
    around = cli("--graph", str(board), "source", "list", "--graph", str(grant), "-f", "csv")
    assert f"{BOARD}source/hungary" in around.stdout and f"{GRANT}source/" in around.stdout
    # What is named is read, and not where one stands.
    assert cli("describe", "board-org:anso-board", "--graph", str(grant), cwd=board).returncode == 2


def test_ours_is_left_out(cli: Cli, board: Path, tmp_path: Path) -> None:
    sources = cli("source", "list", "--alone", "-f", "csv", cwd=board).stdout.splitlines()[1:]
    assert [line.split(",")[0] for line in sources] == [f"{BOARD}source/hungary"]
    told = cli("describe", "board-org:anso-board", "--alone", cwd=board)
    assert (told.returncode, "board:hungary" in told.stdout) == (0, True)
    nothing = cli("ask", "founders", "--alone", cwd=tmp_path)
    assert (nothing.returncode, "BRI877" in nothing.stderr) == (2, True)


def test_what_it_adds_is_exported_and_makes_the_whole(board: Path, cli: Cli) -> None:
    added = cli("export", "--part", "collection", cwd=board).stdout.splitlines()
    ours, whole = (cli("export", cwd=at).stdout.splitlines() for at in (ROOT, board))
    assert set(added) | set(ours) == set(whole)
    assert not set(added) & set(ours)
    none = cli("export", "--part", "collection", cwd=ROOT)
    assert (none.returncode, "BRI884" in none.stderr) == (2, True)
    turtle = cli("export", "--part", "collection", "-f", "ttl", "-q", cwd=board).stdout
    assert "@prefix board-org:" in turtle and "\\#char" not in turtle


def test_texts_are_sealed_and_verified_where_they_belong(cli: Cli, own_board: Path) -> None:
    done = cli("evidence", "verify", "hungary", "--sources", "texts", cwd=own_board)
    assert (done.returncode, "verified: 8 passages of board:hungary" in done.stderr) == (0, True)
    passages = own_board / "graph" / "passages.ttl"
    before = cli("export", "--part", "collection", cwd=own_board).stdout
    passages.unlink()
    sealed = cli("evidence", "seal", "--sources", "texts", cwd=own_board)
    assert "8 passages sealed" in sealed.stderr
    assert f"@base <{BOARD}> ." in passages.read_text(encoding="utf-8")
    assert cli("export", "--part", "collection", cwd=own_board).stdout == before
    found = cli("evidence", "find", "hungary", "nine seats", "--sources", "texts", cwd=own_board)
    assert found.stdout.startswith(f"<{BOARD}source/hungary#char=")
    skeleton = cli("source", "skeleton", "CreationClaim", "--slug", "hungary", cwd=own_board).stdout
    assert (
        f"@base <{BOARD}> ." in skeleton and "board-claim:hungary-TODO a bri:Creation" in skeleton
    )


def test_questions_and_checks_and_shapes_of_its_own(cli: Cli, own_board: Path) -> None:
    write(own_board, "queries/questions/board-seats.rq", QUESTION)
    unanswered = cli("validate", cwd=own_board)
    assert (unanswered.returncode, unanswered.stdout.count("error[")) == (1, 1)
    assert "error[question-board-seats]: the question has no expected answer" in unanswered.stdout
    stored = cli("questions", "--accept", cwd=own_board)
    assert "1 of 1 answers are stored anew" in stored.stderr
    assert (own_board / "queries" / "questions" / "board-seats.csv").is_file()
    assert cli("validate", cwd=own_board).returncode == 0
    assert "board:hungary 1423" in cli("ask", "board-seats", cwd=own_board).stdout
    # An answer to a question of ours is its own, when it is stored with it.
    cli("questions", "--accept", "founders", cwd=own_board)
    kept = own_board / "queries" / "questions" / "founders.csv"
    assert BOARD in kept.read_text(encoding="utf-8")
    assert cli("validate", cwd=own_board).returncode == 0
    kept.write_text("founder\n", encoding="utf-8")
    assert "error[question-founders]" in cli("validate", cwd=own_board).stdout
    kept.unlink()
    write(own_board, "queries/checks/claims/odd-seats.rq", CHECK)
    checked = cli("validate", cwd=own_board).stdout
    assert "claims.ttl" in checked and "error[odd-seats]" in checked
    (own_board / "queries" / "checks" / "claims" / "odd-seats.rq").unlink()
    write(own_board, "ontology/shapes/boards.ttl", SHAPE)
    shaped = cli("validate", cwd=own_board).stdout
    assert "a board has a homepage" in shaped and "board-org:anso-board" in shaped


def test_a_file_finds_what_the_collection_finds(cli: Cli, own_board: Path) -> None:
    claims = own_board / "graph" / "claims" / "claims.ttl"
    broken = claims.read_text(encoding="utf-8")
    for right, wrong in (
        ("board-kind:board-seat", "board-kind:bord-seat"),
        ("char=1423,1464>", "char=1423,9464>"),
        ("bri-role:matter", "bri-role:mater"),
    ):
        broken = broken.replace(right, wrong, 1)
    outside = write(own_board.parent, "draft.ttl", broken)

    def found(*args: str) -> set[tuple[str, str, str, int]]:
        done = cli("validate", *args, "-f", "json", cwd=own_board)
        assert done.returncode == 1
        return {
            (one["code"], one["focus"], one["message"], one["line"])
            for one in json.loads(done.stdout)
        }

    claims.unlink()
    laid = found(str(outside))
    claims.write_text(broken, encoding="utf-8")
    assert laid == found() == found(str(claims))


def test_python_opens_the_same(board: Path, grant: Path) -> None:
    kg = bri_kg.open(board)
    rows = kg.ask("founders")
    assert any(str(row.value("passage")).startswith(BOARD) for row in rows)
    assert shorten(f"{BOARD}id/org/anso-board") == "board-org:anso-board"
    assert split_passage(f"{BOARD}source/hungary#char=1,2") == ("board:hungary", 1, 2)
    assert bri_kg.open([board, grant]).resolve("grant:mou").value == f"{GRANT}mou"
    assert {
        source.slug
        for claim in kg.claims(source="hungary")
        for source in [claim.evidence[0].source]
    } == {"board:hungary"}
    with pytest.raises(UsageError, match="BRI120"):
        bri_kg.open().resolve("board-org:anso-board")
    with pytest.raises(InputError, match="BRI883"):
        bri_kg.open(ROOT / "tests")


def test_a_whole_graph_stands_in_place_of_ours_only_when_asked(cli: Cli, copy: Path) -> None:
    refused = cli("ask", "cofounders", "--graph", str(copy))
    assert (refused.returncode, "BRI883" in refused.stderr, "--alone" in refused.stderr) == (
        2,
        True,
        True,
    )
    assert cli("ask", "cofounders", "--graph", str(copy), "--alone").returncode == 0
    assert cli("ask", "cofounders", "--graph", str(ROOT / "graph")).returncode == 0


def test_pages_of_both_are_served(board: Path) -> None:
    pages_here = pytest.importorskip("pages_here", reason="the extra `serve` is not installed")
    with pages_here.client(bri_kg.open(board)) as client:
        leads = client.get("/in/board/id/org/anso-board", headers={"Accept": "text/html"})
        assert leads.status_code == 303
        page = client.get(leads.headers["location"])
        assert page.status_code == 200
        assert "board:hungary 1423" in page.text and "/in/board/source/hungary" in page.text
        assert client.get("/in/board/source/hungary").status_code == 200
        assert client.get("/in/board/id/org/nobody").status_code == 404
        assert client.get("/in/nowhere/id/org/anso-board").status_code == 404
        rows = client.get("/questions/founders", headers={"Accept": "text/csv"})
        assert f"{BOARD}source/hungary#char=661,723" in rows.text
        ours = client.get("/doc/id/org/anso.html").text
        assert "board:hungary 661" in ours and "cas-decade 3036" in ours
