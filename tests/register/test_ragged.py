"""Records narrower or wider than their header, in the ways in which programs write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from forms import HEADER

import audit
from audit.plan.drafting import draft_plan
from audit.run import run

if TYPE_CHECKING:
    import pandas as pd

    from audit.finding import LoadingLedger

AS_OF = date(2026, 11, 22)
NAMES = ("Aino Esimerkki", "Onni Koe", "Eeva Malli", "Väinö Åberg", "Helmi Testaaja")


def _record(number: int) -> tuple[str, ...]:
    ended = number % 3 == 0
    return (
        str(1000 + number),
        NAMES[number % 5],
        f"asiakas{number}@koe.example",
        f"{number % 28 + 1}.{number % 12 + 1}.2012",
        f"{number % 27 + 1}.{number % 11 + 1}.2020" if ended else "",
        "päättynyt" if ended else "aktiivinen",
        "soitettu" if number % 4 == 0 else "",
    )


RECORDS = [_record(number) for number in range(40)]


def _trimmed(record: Sequence[str]) -> list[str]:
    """As programs write it that end a line with its last filled cell."""
    cells = list(record)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _loaded(path: Path, lines: Iterable[Sequence[str]], delimiter: str = ";") -> pd.DataFrame:
    path.write_text("".join(delimiter.join(line) + "\n" for line in lines), "utf-8")
    return audit.load(path.parent).table(path.stem)


def _ledger(exports: Path) -> LoadingLedger:
    [ledger] = run(draft_plan(exports), AS_OF, exports.parent / "evidence.parquet").ledgers
    assert ledger.accounted == ledger.lines
    return ledger


def _rows(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(row) for row in frame.itertuples(index=False)]


@pytest.mark.parametrize("more", [(), ("Lisätieto 2", "Lisätieto 3")])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_lines_that_end_with_their_last_filled_cell(exports, more, delimiter):
    """The header tells how wide the table is; the cells that are not written are blank ones."""
    blank = ("",) * len(more)
    lines = [(*HEADER, *more), *(_trimmed(record) for record in RECORDS)]
    frame = _loaded(exports / "asiakkaat.csv", lines, delimiter)
    assert tuple(frame.columns) == (*HEADER, *more)
    assert _rows(frame) == [(*record, *blank) for record in RECORDS]
    ledger = _ledger(exports)
    assert ledger.rows == len(RECORDS)
    assert dict(ledger.repaired).keys() == {"cells_not_written"}


def test_a_part_of_a_line_is_no_record_where_lines_end_early(exports):
    """What was broken off a note is no customer; it is quarantined, and searched."""
    lines = [HEADER, *(_trimmed(record) for record in RECORDS), ("sovittu 010190-999W",)]
    _loaded(exports / "asiakkaat.csv", [*lines[:20], lines[-1], *lines[20:-1]])
    audit_ = run(draft_plan(exports), AS_OF, exports.parent / "evidence.parquet")
    [ledger] = audit_.ledgers
    assert ledger.rows == len(RECORDS)
    assert [(q.line, q.reason) for q in ledger.quarantined] == [(21, "too_few_cells")]
    assert any(f.check == "MIN04" and f.count for f in audit_.findings)


def test_a_name_with_a_comma_does_not_shift_the_cells_behind_it(exports):
    """The last cell is blank, but that does not make its delimiter one too many."""
    swapped = [
        (r[0], ", ".join(reversed(r[1].split())), *r[2:]) if n % 6 == 1 else r
        for n, r in enumerate(RECORDS)
    ]
    frame = _loaded(exports / "asiakkaat.csv", [HEADER, *swapped], ",")
    assert _rows(frame) == swapped


def test_delimiters_in_a_note_are_part_of_it(exports):
    """A semicolon with a space behind it, where no other has one, stands in somebody's words."""
    noted = [
        (*r[:6], "soitettu; sovittu; ks. liite") if n % 5 == 0 else r for n, r in enumerate(RECORDS)
    ]
    frame = _loaded(exports / "asiakkaat.csv", [HEADER, *noted])
    assert _rows(frame) == noted
    assert dict(_ledger(exports).repaired) == {"extra_delimiter": 8}


def test_a_delimiter_at_the_end_of_every_line_shifts_nothing(exports):
    """Nor does it where one more stands in a name."""
    odd = [(*r[:1], "Koe; Oy", *r[2:]) if n == 7 else r for n, r in enumerate(RECORDS)]
    for records in (RECORDS, odd):
        lines = [HEADER, *((*record, "") for record in records)]
        frame = _loaded(exports / "asiakkaat.csv", lines).loc[:, list(HEADER)]
        assert _rows(frame) == records


def test_row_numbers_without_a_name_stand_before_the_columns(exports):
    """As statistics programs write them."""
    lines = [HEADER, *((str(n), *record) for n, record in enumerate(RECORDS, 1))]
    frame = _loaded(exports / "asiakkaat.csv", lines, ",")
    assert tuple(frame.columns) == ("column 1", *HEADER)
    assert _rows(frame.loc[:, list(HEADER)]) == RECORDS


def test_amounts_with_a_comma_in_a_file_of_commas(exports):
    """The amount is cut in two, and the names on either side stay with their columns."""
    header = ("Tilausnumero", "Asiakasnro", "Tilauspäivä", "Summa", "Tila")
    orders = [
        (str(5000 + n), r[0], r[3], f"{n * 7 + 3},{n % 90 + 10}", "toimitettu")
        for n, r in enumerate(RECORDS)
    ]
    frame = _loaded(exports / "tilaukset.csv", [header, *orders], ",")
    assert tuple(frame.columns) == (*header[:4], "column 5", "Tila")
    assert set(frame["Tila"]) == {"toimitettu"}
    assert list(frame["Tilausnumero"]) == [order[0] for order in orders]


ORDERS = [
    (str(9000 + n), r[0], r[3], f"{n * 3 + 5},50", "postitse", "toimitettu", "Oulu")
    for n, r in enumerate(RECORDS)
]
ORDER_HEADER = ("Tilausnro", "Asiakas", "Tilattu", "Summa", "Toimitustapa", "Vaihe", "Paikka")


def test_a_table_of_the_same_width_begins_at_its_header(exports):
    """No blank line parts them, but what stands below the names is something else in most columns."""
    _loaded(exports / "asiakkaat.csv", [HEADER, *RECORDS, ORDER_HEADER, *ORDERS])
    register = audit.load(exports)
    assert register.tables == ("asiakkaat", "asiakkaat.table 2")
    assert _rows(register.table("asiakkaat")) == RECORDS
    assert tuple(register.table("asiakkaat.table 2").columns) == ORDER_HEADER
    assert _rows(register.table("asiakkaat.table 2")) == ORDERS


@pytest.mark.parametrize("line", [("A", "B", "C", "D", "E", "F", "G"), ("Uusi",) * 7])
def test_a_line_of_words_begins_no_table_where_the_same_goes_on_below(exports, line):
    """A heading of a group, or a record that is odd."""
    _loaded(exports / "asiakkaat.csv", [HEADER, *RECORDS[:20], line, *RECORDS[20:]])
    assert audit.load(exports).tables == ("asiakkaat",)


def test_such_a_table_beyond_the_start_of_a_broken_file_is_quarantined(exports):
    """Where a file is read line by line anyway; its lines are searched, and none is a customer."""
    many = [HEADER, *RECORDS * 400, _trimmed(RECORDS[1]), ORDER_HEADER, *ORDERS]
    _loaded(exports / "asiakkaat.csv", many)
    ledger = _ledger(exports)
    assert ledger.rows == len(RECORDS) * 400 + 1
    assert {q.reason for q in ledger.quarantined} == {"another_table"}
    assert len(ledger.quarantined) == len(ORDERS) + 1


def test_a_remark_of_as_many_words_as_columns_is_no_record(exports):
    """Words between spaces are no cells of columns that hold numbers and addresses."""
    rows = "".join(f"{n};Aino Koe;a{n}@koe.example;x\n" for n in range(20))
    text = f"Asiakasnro;Nimi;Sähköposti;Lisätiedot\n{rows}# Eino Koe lisätty\n"
    (exports / "lista.csv").write_text(text, "utf-8")
    audit = run(draft_plan(exports), date(2026, 11, 22), exports.parent / "evidence.parquet")
    [ledger] = [one for one in audit.ledgers if one.file == "lista.csv"]
    assert ledger.rows == 20
    assert ledger.accounted == ledger.lines == 22


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_subtotals_are_no_records(exports, tmp_path, form):
    """A word for a total with numbers beside it stands for no invoice, wherever it stands."""
    rows = [["Laskunro", "Asiakasnro", "Summa"]]
    for n in range(9):
        rows.append([str(n), str(100 + n), f"{n * 10 + 10},00"])
        if n % 3 == 2:
            rows.append(["Yhteensä", "", f"{n * 30},00"])
    file = exports / f"laskut.{form}"
    if form == "csv":
        file.write_text("\n".join(map(";".join, rows)), "utf-8")
    else:
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    frame = audit.load(exports).table("laskut")
    assert list(frame["Laskunro"]) == list("012345678")
    found = run(draft_plan(exports), date(2026, 11, 28), tmp_path / "evidence.parquet")
    [ledger] = [one for one in found.ledgers if one.file == file.name]
    assert (ledger.rows, ledger.footer, ledger.accounted) == (9, 3, ledger.lines)


def test_names_that_stand_once_for_each_group_are_the_header(exports):
    """*Laskutus* above a name and an address, and *Toimitus* above the same once more."""
    rows = [f"{n};Aino Koe;Koetie {n};Eero Koe;Koetie {n}" for n in range(9)]
    lines = ["Asiakas;Laskutus;;Toimitus;", "Nro;Nimi;Osoite;Nimi;Osoite", *rows]
    (exports / "osoitteet.csv").write_text("\n".join(lines), "utf-8")
    frame = audit.load(exports).table("osoitteet")
    assert list(frame.columns)[1:4] == ["Laskutus Nimi", "Laskutus Osoite", "Toimitus Nimi"]
    assert len(frame) == len(rows)
