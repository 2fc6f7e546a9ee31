"""Delimited text: every physical line is read, or quarantined with its reason."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.engine.duckdb import Engine
from audit.engine.scan import Scanned, create_tables, scan
from audit.engine.workspace import workspace
from audit.errors import AuditError
from audit.register.columns import recognise_columns
from audit.register.delimited import read_head
from audit.register.model import Dialect, Role, Table

HEADER = "Asiakasnro;Nimi;Lisätiedot"


def scanned(path: Path, dialect: Dialect | None = None) -> tuple[Scanned, list[tuple]]:
    """Scan a file; its ledger and the records as (row, key)."""
    head = read_head(path, path.name, dialect)
    columns = list(recognise_columns(head.header, head.rows, "customers"))
    columns[0] = columns[0].model_copy(update={"role": Role.RECORD_KEY, "category": "technical"})
    table = Table(name="t", file=path.name, dialect=head.dialect, columns=tuple(columns))
    with workspace() as folder, Engine(folder) as engine:
        create_tables(engine)
        found = scan(engine, table, path, 0, head)
        return found, engine.rows('SELECT "row", record_key FROM records_0 ORDER BY 1')


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_dialects_are_told(tmp_path, delimiter, end, encoding):
    """Delimiter, line end and encoding are decided from the file, and nothing is lost."""
    rows = ["Asiakasnro;Nimi;Lisätiedot", "1;Äijä Öhman;hyvä", '2;Bo;"a;b"', "3;;", ""]
    text = end.join(rows).replace(";", delimiter)
    found, records = scanned(write(tmp_path, text, encoding))
    assert found.table.dialect.delimiter == delimiter
    assert [c.header for c in found.table.columns] == ["Asiakasnro", "Nimi", "Lisätiedot"]
    assert records == [(1, "1"), (2, "2"), (3, "3")]
    assert found.ledger.accounted == found.ledger.lines == 4
    assert found.filled == (3, 2, 2)


def test_line_breaks_inside_cells_are_counted(tmp_path):
    """A record over three lines is one record; its other lines are inside a cell."""
    found, records = scanned(write(tmp_path, f'{HEADER}\n1;A;"x\ny ""z"";\nw"\n2;B;c\n'))
    assert [key for _, key in records] == ["1", "2"]
    assert (found.ledger.rows, found.ledger.inside_cells, found.ledger.lines) == (2, 2, 5)
    assert not found.repaired


def test_unreadable_lines_are_quarantined_with_their_line(tmp_path):
    """Too many cells, too few, a quote that never closes: each with line and reason."""
    text = f'{HEADER}\n1;A;b\n2;B;c;d\n3;C\n4;D;"never closed\n5;E;f\n"6;F\n\n7;G;h\n'
    found, records = scanned(write(tmp_path, text))
    assert [key for _, key in records] == ["1", "4", "5", "7"]
    assert [(q.line, q.reason) for q in found.ledger.quarantined] == [
        (3, "too_many_cells"),
        (4, "too_few_cells"),
        (7, "unclosed_quote"),
    ]
    assert found.ledger.blank == 1
    assert dict(found.ledger.repaired) == {"stray_quote": 1}
    assert found.ledger.accounted == found.ledger.lines == 9


def test_a_last_line_that_ends_in_a_return_is_a_line(tmp_path):
    """Where lines end in line feeds, a lone return at the very end ends none."""
    found, records = scanned(write(tmp_path, f"{HEADER}\n1;A;b\n2;B;c\r"))
    assert [key for _, key in records] == ["1", "2"]
    assert found.ledger.accounted == found.ledger.lines == 3


def test_a_quote_after_spaces_opens_a_cell(tmp_path):
    """Repaired or not, a file is split alike: spaces before a quote do not hide it."""
    text = f'{HEADER}\n1;A; "x;y"\n2; "B";c\n'
    for broken in ("", "3;C\n"):
        found, records = scanned(write(tmp_path, text + broken))
        assert found.repaired is bool(broken)
        assert [key for _, key in records] == ["1", "2"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(["1", ";", ";", '"', "\n", "\r\n", "\r", "ä", " ", "\x01"]), max_size=40
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_no_line_of_a_broken_file_is_lost(tmp_path, pieces, encoding):
    """However broken a file is, each line is accounted for, or the error says what to do."""
    path = write(tmp_path, f"{HEADER}\n1;A;b\n" + "".join(pieces), encoding)
    found, records = scanned(path, Dialect(encoding=encoding))
    assert found.ledger.accounted == found.ledger.lines
    assert len(records) == found.ledger.rows == found.rows


def test_preamble_is_part_of_the_header(tmp_path):
    """Title rows above the header are told from it."""
    text = f"Asiakasluettelo 2026\n\n{HEADER}\n1;A;b\n2;B;c\n"
    found, records = scanned(write(tmp_path, text))
    assert found.ledger.header == 3
    assert [key for _, key in records] == ["1", "2"]


def test_a_file_without_header_gets_numbered_columns(tmp_path):
    """The first record is data: its values become no names."""
    found, records = scanned(write(tmp_path, "1;aino@koe.example;x\n2;bo@koe.example;y\n"))
    assert [c.header for c in found.table.columns] == ["column 1", "column 2", "column 3"]
    assert len(records) == 2


def test_repeated_and_blank_headers_are_made_distinct(tmp_path):
    """Two columns of one name are two columns."""
    head = read_head(write(tmp_path, "Nimi;Nimi;;x\na;b;c;d\n"), "f")
    assert head.header == ("Nimi", "Nimi (2)", "column 3", "x")


def test_control_characters_do_not_hide_a_value(tmp_path):
    """The scan's own markers, met in a cell, are taken out first, and said."""
    text = f"{HEADER}\n1;A;\x01\x1fx 010190-999W\x02\n2;B;c\x00\n"
    found, _ = scanned(write(tmp_path, text))
    assert found.found[2] == 1
    assert dict(found.ledger.repaired) == {"control_characters": 2}


def test_bytes_of_another_encoding_are_read_and_said(tmp_path):
    """A Windows-1252 line in a UTF-8 file is read as what it is."""
    path = tmp_path / "mixed.csv"
    good = "".join(f"{n};Ä{n};x\n" for n in range(1, 30000))
    path.write_bytes(f"{HEADER}\n{good}".encode() + "99999;Äijä;x\n".encode("cp1252"))
    found, records = scanned(path)
    assert len(records) == 30000
    assert dict(found.ledger.repaired) == {"other_encoding": 1}


def test_a_whole_file_of_unequal_records_is_an_error(tmp_path):
    """Nothing readable is no audit."""
    path = write(tmp_path, "a;b;c\n1;2\n1;2;3;4\n1;2\n1;2;3;4\n")
    with pytest.raises(AuditError, match="delimiter"):
        scanned(path, Dialect(header_lines=1))


def test_records_stay_in_the_order_of_the_file(tmp_path):
    """
    The row number is the place in the file, also when several buffers are read at once.

    A list of constants in `IN (…)` once made DuckDB join, and rows come out of a join in no order.
    """
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Asiakasnro;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila;Lisätiedot\n")
        note = "soitettu ja sovittu jatkosta " * 6
        file.writelines(f"{n};1.1.2010;2.2.2020;aktiivinen;{note}\n" for n in range(1, 220001))
    assert path.stat().st_size > 40_000_000
    found, records = scanned(path)
    assert not found.repaired
    assert all(row == int(key) for row, key in records)
    assert len(records) == 220000


CELLS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
    | st.sampled_from("\n;\"' "),
    max_size=12,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_csv_writer_writes_is_read_back(tmp_path, rows, quoting):
    """Any table that Python's csv module writes has its records, in order, and all of its lines."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", quoting=quoting, lineterminator="\n")
    writer.writerow(["Asiakasnro", "Nimi", "Lisätiedot"])
    writer.writerows((n, *row) for n, row in enumerate(rows, 1))
    found, records = scanned(write(tmp_path, stream.getvalue()))
    assert records == [(n, str(n)) for n in range(1, len(rows) + 1)]
    assert found.ledger.accounted == found.ledger.lines
    assert not found.ledger.quarantined
