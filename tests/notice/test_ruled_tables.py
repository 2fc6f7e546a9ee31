"""Tables in a PDF, whose cells are told by the lines around them."""

from __future__ import annotations

from pathlib import Path

from fpdf import FPDF

from audit.notice.formats.labels import as_labels
from audit.notice.forms.pdf import _PRINTED, read_pdf
from audit.notice.forms.ruled import Drawn, _line_of
from audit.notice.reading import read_published

HEAD = ("Data", "Purpose", "Legal basis", "Retention")
ROWS = (
    ("Name, telephone number and e-mail address of the customer", "Orders", "Contract", "two years from the last order"),
    ("Invoices", "Bookkeeping", "Legal obligation", "6 years from the end of the financial year"),
    ("Photographs of the finished work and of the place where it stands", "Marketing", "Consent", "until consent is withdrawn"),
)  # fmt: skip


def printed(path: Path, rows: tuple[tuple[str, ...], ...], *, borders: str = "ALL") -> Path:
    """A notice as PDF with one table, in cells of which words go on over several lines."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=11)
    for line in (
        "Privacy policy",
        "1. Controller",
        "Test Ltd, Test Street 1",
        "2. What we process",
    ):
        paper.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    with paper.table(borders_layout=borders) as table:
        for row in rows:
            table.row(row)
    for line in ("3. Recipients", "The accountant."):
        paper.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    paper.output(str(path))
    return path


def test_cells_stay_whole(tmp_path: Path) -> None:
    text = read_pdf(printed(tmp_path / "notice.pdf", (HEAD, *ROWS))).plain
    assert " | ".join(HEAD) in text
    assert all(" | ".join(row) in text for row in ROWS)


def test_rows_are_read_by_their_columns(tmp_path: Path) -> None:
    labels = as_labels(read_published(printed(tmp_path / "notice.pdf", (HEAD, *ROWS))))
    register = labels["registers"][0]
    assert set(register["categories"]) == {"name", "phone", "email", "invoicing", "photo_video"}
    assert [(r["duration"], r["trigger"]) for r in register["retention"]] == [
        ("P2Y", "last_order"),
        ("P6Y", "fiscal_year_end"),
        (None, "consent_withdrawal"),
    ]
    assert set(register["legal_bases"]) == {"contract", "legal_obligation", "consent"}
    assert register["recipients"] == ["The accountant"]


def test_two_columns_are_read_line_by_line(tmp_path: Path) -> None:
    rows = (("Data content", "Name and telephone number"), ("Retention", "two years"))
    text = read_pdf(printed(tmp_path / "notice.pdf", rows)).plain
    assert "|" not in text


def test_an_empty_form_is_no_table(tmp_path: Path) -> None:
    rows = (("Name", "Signature", "Date"), *((" ", " ", " "),) * 4)
    text = read_pdf(printed(tmp_path / "notice.pdf", rows)).plain
    assert "|" not in text


def test_what_clips_a_page_is_no_line_of_a_table() -> None:
    """Browsers clip each page to its sheet, and fill it with white: neither is a column of a table."""
    drawn = Drawn()
    unmoved = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    sheet = ((b"re", (0, 0, 595, 842)), (b"W", ()), (b"n", ()))
    ground = ((b"re", (0, 0, 595, 842)), (b"f", ()))
    border = (
        (b"re", (100, 200, 300, 0.5)),
        (b"f", ()),
        (b"m", (100, 300)),
        (b"l", (400, 300)),
        (b"S", ()),
    )
    for operator, operands in (*sheet, *ground, *border):
        drawn.before(operator, operands, unmoved, ())
    assert drawn.down == []
    assert [round(height) for height, _, _ in drawn.across] == [200, 200, 300]


def test_a_word_that_the_edge_of_a_cell_cuts_is_whole() -> None:
    """A hyphen at the end of a line in a cell goes on with the next, but for one that hangs."""
    assert _line_of("Namn och e-\npost") == "Namn och e-post"
    assert _line_of("terveys-\nja ruokavaliotiedot") == "terveys- ja ruokavaliotiedot"


def test_what_a_browser_prints_around_a_page_is_not_of_it() -> None:
    heads = (
        "11/28/26, 8:03 PM",
        "2026-11-28 20:03 Integritetspolicy",
        "28.11.2026 klo 20.03 Seloste",
    )
    assert all(_PRINTED.match(line) for line in (*heads, "https://koepaja.example/seloste 1/2"))
    assert not any(
        _PRINTED.match(line) for line in ("28.11.2026", "Päivitetty 28.11.2026 klo 20.03")
    )
