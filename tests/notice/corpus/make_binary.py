"""
Builds the DOCX and PDF notices of the corpus from their text in `sources/`.

A source is named `<stem>.<docx|pdf>.txt` and written line by line:

| line           | becomes                                                     |
| -------------- | ----------------------------------------------------------- |
| `TITLE words`  | the title                                                   |
| `# words`      | a heading                                                   |
| `- words`      | an item of a list                                           |
| `TABLE`        | the tab-separated lines that follow are rows, up to a blank |
| `FOOT words`   | a footer on every page                                      |
| anything else  | a paragraph; `<br>` is a line break, a blank line nothing   |

The same source gives the same bytes: `python tests/notice/corpus/make_binary.py`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from fpdf import FPDF

HERE = Path(__file__).parent
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)

Block = tuple[str, list[list[str]]]


def blocks(text: str) -> Iterator[Block]:
    """Give each block's kind and its rows of cells; all but a table have one of each."""
    lines = iter(text.splitlines())
    for line in lines:
        word, _, rest = line.partition(" ")
        if line == "TABLE":
            rows = []
            for row in lines:
                if not row.strip():
                    break
                rows.append([cell.replace("<br>", "\n") for cell in row.split("\t")])
            yield "table", rows
        elif word in {"TITLE", "FOOT"}:
            yield word.lower(), [[rest]]
        elif word in {"#", "-"}:
            yield ("heading" if word == "#" else "item"), [[rest]]
        elif line.strip():
            yield "paragraph", [[line.replace("<br>", "\n")]]


def docx_bytes(text: str) -> bytes:
    """Give the notice as a DOCX file whose members all bear one date."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = EPOCH
    styles = {"heading": "Heading 2", "item": "List Bullet", "title": "Title"}
    for kind, rows in blocks(text):
        if kind == "table":
            table = document.add_table(rows=0, cols=max(map(len, rows)))
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=False):
                    cell.text = words
        elif kind == "foot":
            document.sections[0].footer.paragraphs[0].text = rows[0][0]
        else:
            document.add_paragraph(rows[0][0], styles.get(kind))
    made = io.BytesIO()
    document.save(made)
    return with_one_date(made.getvalue())


def with_one_date(archive: bytes) -> bytes:
    """Give the archive with the dates of its members set to `EPOCH`."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return made.getvalue()


class Paper(FPDF):
    """A4 pages with a footer; the fonts are the ones every reader has."""

    foot = ""
    """What stands at the foot of each page, before the page number."""

    def footer(self) -> None:
        """Print the footer."""
        self.set_y(-12)
        self.set_font("helvetica", size=8)
        self.cell(text=f"{self.foot}  {self.page_no()}".strip())


def pdf_bytes(text: str) -> bytes:
    """Give the notice as a PDF file."""
    paper = Paper()
    paper.set_creation_date(EPOCH)
    found = list(blocks(text))
    paper.foot = "".join(rows[0][0] for kind, rows in found if kind == "foot")
    paper.add_page()
    for kind, rows in found:
        if kind == "table":
            paper.set_font("helvetica", size=10)
            with paper.table(col_widths=tuple(2 if i else 1 for i in range(len(rows[0])))) as table:
                for row in rows:
                    table.row(row)
        elif kind != "foot":
            paragraph(paper, kind, rows[0][0])
    return bytes(paper.output())


def paragraph(paper: Paper, kind: str, words: str) -> None:
    """Print one paragraph, heading, title or item."""
    size, style = {"title": (16, "B"), "heading": (12, "B")}.get(kind, (10, ""))
    paper.set_font("helvetica", style, size)
    mark = "· " if kind == "item" else ""
    paper.multi_cell(0, size / 2, mark + words, new_x="LMARGIN", new_y="NEXT", align="L")
    if kind != "item":
        paper.ln(1.5)


def main() -> None:
    """Write each notice beside its labels."""
    build = {".docx": docx_bytes, ".pdf": pdf_bytes}
    for source in sorted((HERE / "sources").glob("*.txt")):
        made = HERE / source.stem
        made.write_bytes(build[made.suffix](source.read_text("utf-8")))


if __name__ == "__main__":
    main()
