"""What collections may not be or say: every refusal names file, line and what to do, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from laid_over import BOARD, make_board, make_grant, place, write
from running import Cli

from bri_kg import __version__
from bri_kg.dataset.new_collection import new_collection

LAB = "https://example.org/lab/"
MARKER = {
    "title": '"Lab"',
    "namespace": f'"{LAB}"',
    "prefix": '"lab"',
    "bri-kg": f'"{__version__}"',
}
HEAD = f"""@base <{BOARD}> .
@prefix bri: <https://w3id.org/bri-kg/ontology#> .
@prefix bri-org: <https://w3id.org/bri-kg/id/org/> .
@prefix bri-role: <https://w3id.org/bri-kg/vocab/role/> .
@prefix bris: <https://w3id.org/bri-kg/shapes#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

"""


@pytest.fixture
def own_board(tmp_path: Path) -> Path:
    return make_board(tmp_path)


def marker(**other: str | None) -> str:
    said = {**MARKER, **{key.replace("_", "-"): value for key, value in other.items()}}
    return "".join(f"{key} = {value}\n" for key, value in said.items() if value is not None)


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("title = \n", "BRI870", None, "the marker file is no TOML"),
        ("\x00", "BRI870", None, "the marker file is no TOML"),
        ("x = " + "[" * 5000, "BRI870", None, "the marker file is no TOML"),
        ("", "BRI870", None, "the key 'title' is missing"),
        (marker(prefix=None), "BRI870", None, "the key 'prefix' is missing"),
        (marker(colour='"red"'), "BRI870", 5, "there is no key 'colour'"),
        (marker(title="1"), "BRI870", 1, "'title' is no text"),
        (marker(license="[]"), "BRI870", 5, "'license' is no text"),
        (marker(languages='"en"'), "BRI870", 5, "'languages' is no list of texts"),
        (marker(bri_kg='"soon"'), "BRI870", 4, "'soon' is no version"),
        (marker(bri_kg='"99.1"'), "BRI871", 4, "was made with bri-kg 99.1"),
        (marker(namespace='"lab"'), "BRI872", 2, "'lab' is no namespace"),
        (marker(namespace='"https://example.org/lab#"'), "BRI872", 2, "is no namespace"),
        (marker(namespace='"https://w3id.org/bri-kg/id/org/"'), "BRI872", 2, "is ours"),
        (marker(namespace='"https://w3id.org/"'), "BRI872", 2, "is ours"),
        (marker(prefix='"Lab 1"'), "BRI873", 3, "is no prefix"),
        (marker(prefix='"bri-org"'), "BRI873", 3, "is taken"),
        (marker(prefix='"skos"'), "BRI873", 3, "is taken"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_marker_file_that_says_it_wrong(
    cli: Cli, tmp_path: Path, text: str, code: str, line: int | None, says: str, lang: str
) -> None:
    path = write(tmp_path, "bri-kg.toml", text)
    done = cli("ask", "founders", "-l", lang, cwd=tmp_path)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    place = f"{path}:{line}: " if line else f"{path}: "
    if lang == "en":
        assert done.stderr.startswith(f"{place}error[{code}]: ") and says in done.stderr
        assert "\n  fix: " in done.stderr
    else:
        assert done.stderr.startswith(f"{place}错误[{code}]：") and says not in done.stderr
        assert "建议：" in done.stderr


@pytest.mark.parametrize(
    ("said", "name", "what"),
    [
        ('bri-org:cas skos:altLabel "Our Academy"@en .', "bri-org:cas", "is redefined"),
        ("bri:Organization rdfs:subClassOf bri:Place .", "bri:Organization", "is redefined"),
        ('bri-role:founder skos:definition "Other."@en .', "bri-role:founder", "is redefined"),
        ("skos:prefLabel rdfs:subPropertyOf rdfs:comment .", "skos:prefLabel", "is redefined"),
        ("bri-org:caz a bri:Organization .", "bri-org:caz", "is no name of the collection"),
        ("bri:Board rdfs:subClassOf bri:Organization .", "bri:Board", "is no name of the"),
    ],
)
@pytest.mark.slow
def test_none_of_ours_is_redefined(
    cli: Cli, own_board: Path, said: str, name: str, what: str
) -> None:
    path = write(own_board, "ontology/modules/terms.ttl", HEAD + said + "\n")
    line = HEAD.count("\n") + 1
    for verb in ("ask founders", "validate", "export"):
        done = cli(*verb.split(), "-q", cwd=own_board)
        assert done.returncode == 2
        assert done.stderr.startswith(f"{path}:{line}: error[BRI875]: {name} {what}")
    told = cli("ask", "founders", "-q", "-l", "zh", cwd=own_board).stderr
    assert "错误[BRI875]" in told and what not in told
    # A file that is only laid over may not either.
    path.rename(own_board.parent / "draft.ttl")
    laid = cli("validate", str(own_board.parent / "draft.ttl"), "-q", cwd=own_board)
    assert (laid.returncode, f"error[BRI875]: {name} {what}" in laid.stderr) == (2, True)


def test_what_ours_says_already_may_be_said_again(cli: Cli, own_board: Path) -> None:
    write(own_board, "graph/entities/more.ttl", HEAD + "bri-org:cas a bri:Organization .\n")
    assert cli("ask", "founders", "-q", cwd=own_board).returncode == 0


def test_a_collection_redefines_none_of_the_one_below(cli: Cli, own_board: Path) -> None:
    over = make_grant(own_board.parent)
    write(
        over,
        "graph/entities/more.ttl",
        f'<{BOARD}id/org/anso-board> <http://www.w3.org/2004/02/skos/core#altLabel> "Board"@en .',
    )
    both = ("--graph", str(own_board), "--graph", str(over))
    done = cli("source", "list", *both)
    assert (done.returncode, "board-org:anso-board is redefined" in done.stderr) == (2, True)


def test_a_query_of_ours_is_not_redefined(cli: Cli, own_board: Path) -> None:
    write(own_board, "queries/questions/founders.rq", "SELECT * { ?s ?p ?o }")
    done = cli("ask", "founders", cwd=own_board)
    assert (done.returncode, "error[BRI876]: the query" in done.stderr) == (2, True)


def test_two_collections_clash(cli: Cli, tmp_path: Path) -> None:
    one, two, three, four = (
        new_collection(tmp_path / name, name, namespace, prefix).folder
        for name, namespace, prefix in (
            ("one", "https://example.org/one/", "lab"),
            ("two", "https://example.org/two/", "lab"),
            ("three", "https://example.org/one/three/", "three"),
            ("four", "https://example.org/four/", "lab-org"),
        )
    )
    for other, key in ((two, "prefix"), (three, "namespace"), (four, "prefix")):
        done = cli("ask", "founders", "--graph", str(one), "--graph", str(other))
        assert done.returncode == 2
        assert f"error[BRI874]: two collections have the {key}" in done.stderr
        assert str(other / "bri-kg.toml") in done.stderr


def test_an_older_collection_is_told_what_to_do(cli: Cli, tmp_path: Path) -> None:
    made = new_collection(tmp_path / "lab", "Lab", LAB)
    text = made.marker.read_text(encoding="utf-8")
    made.marker.write_text(text.replace(__version__, "0.2.9"), encoding="utf-8")
    done = cli("validate", cwd=made.folder)
    assert done.returncode == 0
    assert "lab was made with bri-kg 0.2.9" in done.stderr
    assert f'write bri-kg = "{__version__}" into' in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "BRI878"),
        (("--title", "Lab"), "BRI878"),
        (("--title", "Lab", "--namespace", "lab"), "BRI872"),
        (("--title", "Lab", "--namespace", "https://w3id.org/bri-kg/"), "BRI872"),
        (("--title", "Lab", "--namespace", LAB, "--prefix", "owl"), "BRI873"),
        (("--title", "La\nb", "--namespace", LAB), "BRI881"),
        (("--title", "Lab", "--namespace", LAB, "--languages", "en,Deutsch"), "BRI882"),
    ],
)
def test_a_collection_is_not_begun(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    done = cli("init", "lab", *arguments, cwd=tmp_path)
    assert (done.returncode, f"error[{code}]" in done.stderr) == (2, True)
    assert not (tmp_path / "lab").exists()
    told = cli("init", "lab", *arguments, "-l", "zh", cwd=tmp_path).stderr
    assert f"错误[{code}]" in told and "建议：" in told


def test_nothing_is_written_over(cli: Cli, tmp_path: Path) -> None:
    begin = ("init", "lab", "--title", "Lab", "--namespace", LAB)
    kept = write(tmp_path, "lab/README.md", "mine")
    done = cli(*begin, cwd=tmp_path)
    assert (done.returncode, "error[BRI880]" in done.stderr) == (2, True)
    assert [path.name for path in (tmp_path / "lab").rglob("*")] == ["README.md"]
    kept.unlink()
    write(tmp_path, "lab/notes.txt", "mine")
    assert cli(*begin, cwd=tmp_path).returncode == 0
    again = cli(*begin, cwd=tmp_path)
    assert (again.returncode, "error[BRI879]" in again.stderr) == (2, True)


def test_names_of_files_of_a_collection_are_its_own(cli: Cli, own_board: Path) -> None:
    place(own_board, "board/sources.ttl", "graph/claims")  # twice the same is no fault
    assert cli("source", "list", "-q", cwd=own_board).returncode == 0
