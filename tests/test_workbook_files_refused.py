"""What people give in place of a workbook, a document or an argument: each ends in a message, in both languages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from test_workbook_faults import CELLS, CLAIM
from workbooks import collection

from bri_kg.checking.workbook_desk import Desk, desk_of
from bri_kg.cli.messages.speaking import in_language
from bri_kg.dataset.collections import MARKER as MARKER_NAME
from bri_kg.dataset.new_collection import new_collection
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import BriKgError
from bri_kg.texts.extracting import extract
from bri_kg.texts.new_source import Origin, refuse_malformed
from bri_kg.texts.workbook.filled_rows import read_workbook
from bri_kg.texts.workbook.source_places import Places, places_of, take_back, workbook_named


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collection(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def resources(mine: Path) -> Resources:
    return find(mine)


@pytest.fixture(scope="module")
def desk(resources: Resources) -> Desk:
    return desk_of(resources)


def workbook_of(name: str, data: bytes) -> Callable[[Path, Desk], object]:
    def read(folder: Path, desk: Desk) -> object:
        path = folder / name
        path.write_bytes(data)
        return read_workbook(path, desk.sheets, "en")

    return read


def document(name: str, data: bytes) -> Callable[[Path, Desk], object]:
    def read(folder: Path, _: Desk) -> object:
        path = folder / name
        path.write_bytes(data)
        return extract(path)

    return read


def origin(**given: str) -> Callable[[Path, Desk], object]:
    return lambda _folder, _desk: refuse_malformed(Origin(**{"title": "A title", **given}))


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def spreadsheet(folder: Path) -> Path:
    """Write a workbook that has none of the sheets."""
    openpyxl = pytest.importorskip("openpyxl", reason="the extra workbook is not installed")
    openpyxl.Workbook().save(folder / "w.xlsx")
    return folder / "w.xlsx"


def blank_pdf(folder: Path, password: str | None) -> Path:
    pypdf = pytest.importorskip("pypdf", reason="the extra documents is not installed")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(folder / "d.pdf")
    return folder / "d.pdf"


def empty_docx(folder: Path) -> Path:
    docx = pytest.importorskip("docx", reason="the extra documents is not installed")
    docx.Document().save(folder / "d.docx")
    return folder / "d.docx"


def places_in(folder: Path) -> Places:
    return Places(folder, "notes")


def marked(text: str) -> Callable[[Path, Desk], object]:
    """Open a folder that has such a marker of a collection."""

    def open_it(folder: Path, _: Desk) -> object:
        (folder / "graph").mkdir()
        (folder / MARKER_NAME).write_text(text, encoding="utf-8")
        return find(folder)

    return open_it


def begun_in(folder: Path) -> object:
    (folder / "README.md").write_text("mine", encoding="utf-8")
    return new_collection(folder, "Lab", "https://example.org/lab/", "lab")


MARKER = """title = "Lab"
namespace = "https://example.org/lab/"
prefix = "{name}"
bri-kg = "{of}"
license = "https://creativecommons.org/licenses/by/4.0/"
languages = ["en", "zh"]
"""
HEAD = ",".join(CLAIM).encode()
FILES: dict[str, tuple[Callable[[Path, Desk], object], str]] = {
    "not a zip": (workbook_of("w.xlsx", b"hello"), "BRI920"),
    "empty": (workbook_of("w.xlsx", b""), "BRI920"),
    "old": (workbook_of("w.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "BRI920"),
    "another zip": (workbook_of("w.xlsx", zipped(a="b")), "BRI920"),
    "cut": (workbook_of("w.xlsx", zipped(a="b" * 999)[:60]), "BRI920"),
    "another ending": (workbook_of("w.ods", b"x"), "BRI951"),
    "no such file": (lambda folder, desk: read_workbook(folder / "x.xlsx", desk.sheets, "en"), "BRI210"),
    "a folder": (lambda folder, desk: read_workbook(folder.with_suffix(".csv"), desk.sheets, "en"), "BRI210"),
    "latin table": (workbook_of("w.claims.csv", HEAD + b"\n\xe9\xe9"), "BRI950"),
    "open quotation": (workbook_of("w.claims.csv", HEAD + b'\n"never closed'), "BRI950"),
    "latin text": (document("d.txt", b"caf\xe9 text"), "BRI213"),
    "binary text": (document("d.txt", b"a\0b"), "BRI213"),
    "empty text": (document("d.txt", b""), "BRI214"),
    "blank text": (document("d.txt", b" \n\n"), "BRI214"),
    "another document": (document("d.odt", b"x"), "BRI926"),
    "empty page": (document("d.html", b"<html><script>x</script></html>"), "BRI927"),
    "page in no encoding": (document("d.html", b"<p>caf\xe9</p>"), "BRI927"),
    "no pdf": (document("d.pdf", b"hello"), "BRI927"),
    "cut pdf": (document("d.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>"), "BRI927"),
    "no docx": (document("d.docx", b"hello"), "BRI927"),
    "another docx": (document("d.docx", zipped(a="b")), "BRI927"),
    "no such document": (lambda folder, _: extract(folder / "no.txt"), "BRI210"),
    "no title": (origin(title=" "), "BRI928"),
    "date in words": (origin(date="25 November 2020"), "BRI928"),
    "date of no calendar": (origin(date="2020-13-01"), "BRI928"),
    "address": (origin(address="example.org"), "BRI928"),
    "language": (origin(language="English!"), "BRI928"),
    "claims missing": (lambda folder, desk: read_workbook(spreadsheet(folder), desk.sheets, "en"), "BRI921"),
    "table in another width": (workbook_of("w.claims.csv", "class,role".encode("utf-16")), "BRI950"),
    "workbook called a table": (workbook_of("w.claims.csv", zipped(a="é")), "BRI950"),
    "table called a workbook": (workbook_of("w.xlsx", HEAD), "BRI920"),
    "words behind a quotation": (workbook_of("w.claims.csv", HEAD + b'\n"closed" not'), "BRI950"),
    "cell without end": (workbook_of("w.claims.csv", HEAD + b"\n" + b"x" * 200_000), "BRI950"),
    "text in another width": (document("d.txt", "some text".encode("utf-16")), "BRI213"),
    "document of old kind": (document("d.doc", b"\xd0\xcf\x11\xe0"), "BRI926"),
    "a folder as document": (lambda folder, _: extract(folder), "BRI211"),
    "picture called a page": (document("d.html", b"\x89PNG\r\n\x1a\n\xff\xfe"), "BRI927"),
    "page in an encoding of nobody": (document("d.html", b'<meta charset="none-such"><p>caf\xe9'), "BRI927"),
    "page without words": (document("d.html", b"<html><body><img src=x></body></html>"), "BRI927"),
    "pictures alone pdf": (lambda folder, _: extract(blank_pdf(folder, None)), "BRI927"),
    "locked pdf": (lambda folder, _: extract(blank_pdf(folder, "secret")), "BRI927"),
    "empty docx": (lambda folder, _: extract(empty_docx(folder)), "BRI927"),
    "cut docx": (document("d.docx", zipped(a="b" * 999)[:60]), "BRI927"),
    "day of no calendar": (origin(date="2020-02-30"), "BRI928"),
    "address of another kind": (origin(address="ftp://example.org/page"), "BRI928"),
    "no language": (origin(language=""), "BRI928"),
    "nothing to take back": (lambda folder, _: take_back(places_in(folder)), "BRI947"),
    "marker of no kind": (marked('title = '), "BRI870"),
    "marker without a title": (marked(""), "BRI870"),
    "collection of a later version": (marked(MARKER.format(of="99.1", name="lab")), "BRI871"),
    "namespace that is none": (marked(MARKER.format(of="0.3.0", name="lab").replace("https:", "")), "BRI872"),
    "prefix that is none": (marked(MARKER.format(of="0.3.0", name="Lab 1")), "BRI873"),
    "collection where something is": (lambda folder, _: begun_in(folder), "BRI880"),
    "no collection": (lambda _folder, _desk: places_of(find(), "x"), "BRI923"),
}  # fmt: skip


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_there_are_eighty_bad_inputs_and_more() -> None:
    assert len(CELLS) + len(FILES) >= 80


@pytest.mark.parametrize("case", FILES)
def test_a_file_or_argument_that_is_none_ends_in_a_message(
    mine: Path, desk: Desk, tmp_path: Path, case: str
) -> None:
    if case.split()[-1] in ("pdf", "docx"):
        pytest.importorskip("pypdf", reason="the extra documents is not installed")
        pytest.importorskip("docx", reason="the extra documents is not installed")
    act, code = FILES[case]
    before = contents(mine)
    with pytest.raises(BriKgError) as raised:
        act(tmp_path, desk)
    assert contents(mine) == before and len(contents(tmp_path)) <= 1, "something was half written"
    assert raised.value.code == code, raised.value
    chinese = raised.value.render(lambda text: in_language(text, "zh"))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese.split("\n")[0]), chinese


def test_what_there_is_no_workbook_of_is_said(resources: Resources) -> None:
    with pytest.raises(BriKgError, match="BRI924"):
        workbook_named("other", resources)


def test_titles_that_are_not_known_or_twice_are_said(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "w.claims.csv"
    path.write_text("class,subjekt,role,role\nstructure claim,ANSO,part,part\n", encoding="utf-8")
    found = read_workbook(path, desk.sheets, "en").problems
    assert [(one.cell, one.finding.code) for one in found] == [("B1", "BRI921"), ("D1", "BRI921")]
    assert found[0].finding.fix == "did you mean “subject”?"


def test_pages_and_documents_give_their_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>T</title><style>x</style></head><body><h1>Lakes &amp; rivers</h1>"
        "<p>One <b>bold</b>\nline.</p><script>no()</script><ul><li>first<li>second</ul></body></html>",
        encoding="utf-8",
    )
    assert extract(page).text == "Lakes & rivers\n\nOne bold line.\n\nfirst\nsecond\n"
    docx = pytest.importorskip("docx", reason="the extra documents is not installed")
    written = docx.Document()
    written.add_paragraph("A first line.")
    table = written.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    written.save(tmp_path / "d.docx")
    assert extract(tmp_path / "d.docx").text == "A first line.\nleft right\n"
