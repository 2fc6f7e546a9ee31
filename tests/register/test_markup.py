"""Web pages and XML that go by the name of a spreadsheet, as many systems export them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import audit
from audit.plan.drafting import draft_plan
from audit.run import run

HEADER = ("Asiakasnro", "Nimi", "Lisätieto")
ROWS = [(str(n), f"Aino Koe{n}", "" if n % 3 else "soita, hetu 010190-999W") for n in range(9)]
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def page(*, outside: str = "") -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in (HEADER, *ROWS))
    menu = "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>"
    return f"<html><head><title>t</title></head><body>{menu}<p>{outside}</p><table>{rows}</table></body></html>"


def book(*, before: str = "") -> str:
    def cell(n: int, text: str) -> str:
        place = f' ss:Index="{n}"' if n == 3 else ""
        data = f'<Data ss:Type="String">{text}</Data>'
        return f"<Cell{place}>{data}</Cell>" if text else ""

    rows = "".join(
        f"<Row>{''.join(cell(n, c) for n, c in enumerate(row, 1))}</Row>" for row in (HEADER, *ROWS)
    )
    sheet = f'<Worksheet ss:Name="Asiakkaat"><Table>{rows}</Table></Worksheet>'
    return f'<?xml version="1.0"?>{before}<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{sheet}</Workbook>'


@pytest.mark.parametrize("text", [page(), book()])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_is_read_as_a_sheet(exports: Path, tmp_path: Path, text: str, encoding: str) -> None:
    (exports / "asiakkaat.csv").unlink()
    (exports / "vienti.xls").write_bytes(text.encode(encoding))
    loaded = audit.load(exports)
    frame = loaded.table("vienti")
    assert list(frame.columns) == list(HEADER)
    assert [tuple(row) for row in frame.itertuples(index=False)] == ROWS
    found = run(draft_plan(exports), date(2026, 11, 28), tmp_path / "evidence.parquet")
    [ledger] = found.ledgers
    assert (ledger.rows, ledger.accounted) == (len(ROWS), ledger.lines)
    assert {f.check: f.count for f in found.findings}["MIN04"] == 3


def test_what_stands_beside_its_table_is_searched(exports: Path, tmp_path: Path) -> None:
    (exports / "vienti.xls").write_text(page(outside="hetu 020290-9016"), "utf-8")
    found = run(draft_plan(exports), date(2026, 11, 28), tmp_path / "evidence.parquet")
    codes = [f.count for f in found.findings if f.check == "MIN04" and f.table == "vienti"]
    assert sum(codes) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><body><p>No rows today.</p></body></html>", "a web page or XML under another name"),
        (book(before='<!DOCTYPE x [<!ENTITY a "b">]>'), "entities of its own"),
        (book()[:-40], "not whole"),
    ],
)
def test_what_has_no_table_is_refused_in_a_sentence(exports: Path, text: str, said: str) -> None:
    (exports / "vienti.xls").write_text(text, "utf-8")
    assert said in draft_plan(exports).unread["vienti.xls"]
