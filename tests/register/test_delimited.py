"""Delimited text: every physical line is read, or quarantined with its reason."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import audit
from audit.engine.duckdb import Engine
from audit.engine.scan import Scanned, create_tables, scan
from audit.engine.workspace import workspace
from audit.errors import AuditError
from audit.plan import resolve
from audit.plan.drafting import draft_plan
from audit.register.columns.recognised import recognise_columns
from audit.register.delimited import read_head, read_heads
from audit.register.model import Dialect, Role, Table
from audit.run import run

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


# --- automatic mode ------------------------------------------------------------------------------

ROWS = [
    ("1001", "Aino Esimerkki", "aino@koe.example", "1.2.2019", "a"),
    ("1002", "Onni Koe", "onni@koe.example", "3.4.2020", "hyvä; ja, pitkä | teksti"),
    ("1003", "Eeva O'Mally", "eeva@koe.example", "5.6.2021", 'sanoi "kyllä" heti'),
    ("1004", "Väinö Åberg", "vaino@koe.example", "7.8.2022", ""),
    ("1005", "Kaisa Öhman", "kaisa@koe.example", "9.10.2023", "x"),
    ("1006", "Matti Mäki", "matti@koe.example", "11.12.2024", "y"),
]
NAMES = ("Asiakasnro", "Nimi", "Sähköposti", "Alkoi", "Lisätiedot")


def quoted(cell: str, delimiter: str, quote: str = '"', escape: str | None = None) -> str:
    if delimiter not in cell and quote not in cell:
        return cell
    return quote + cell.replace(quote, (quote if escape is None else escape) + quote) + quote


def text_of(rows, delimiter=";", quote='"', escape=None) -> str:
    return "".join(
        delimiter.join(quoted(cell, delimiter, quote, escape) for cell in row) + "\n"
        for row in rows
    )


def loaded(path: Path, name: str | None = None):
    """The table as automatic mode loads it."""
    return audit.load(path.parent).table(name or path.stem)


@pytest.mark.parametrize(
    "delimiter", [";", ",", "\t", "|", "^", "~", ":", ", ", "||", ";;", "|~|", "\x1f"]
)
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_automatic_mode_tells_delimiter_and_quote(tmp_path, delimiter, quote, encoding):
    """Whatever stands between cells and around them, the table is the same."""
    rows = [NAMES, *ROWS]
    if delimiter in (":", "~", "^", "\x1f", "||", ";;", "|~|"):
        rows = [tuple(cell.replace(":", ".") for cell in row) for row in rows]
    frame = loaded(write(tmp_path, text_of(rows, delimiter, quote), encoding))
    assert tuple(frame.columns) == NAMES
    assert [tuple(row) for row in frame.itertuples(index=False)] == rows[1:]
    assert list(frame.index) == [1, 2, 3, 4, 5, 6]


def test_a_backslash_may_escape_quotes(tmp_path):
    """As databases write them."""
    frame = loaded(write(tmp_path, text_of([NAMES, *ROWS, *ROWS], escape="\\")))
    assert [tuple(row) for row in frame.itertuples(index=False)] == [*ROWS, *ROWS]


def test_quotes_that_nobody_escaped_are_read_as_they_are_meant(tmp_path):
    """A quote inside a quoted cell ends it only where a delimiter follows."""
    frame = loaded(write(tmp_path, text_of([NAMES, *ROWS, *ROWS], escape="")))
    assert [tuple(row) for row in frame.itertuples(index=False)] == [*ROWS, *ROWS]


@pytest.mark.parametrize(
    ("damage", "mended", "repair"),
    [
        ("1001;Aino Esimerkki;;aino@koe.example;1.2.2019;a", ROWS[0], "extra_delimiter"),
        (
            "1001;Aino Esimerkkiaino@koe.example;1.2.2019;a",
            ("1001", "Aino Esimerkkiaino@koe.example", "", "1.2.2019", "a"),
            "missing_delimiter",
        ),
        ("1001\tAino Esimerkki\taino@koe.example\t1.2.2019\ta", ROWS[0], "other_delimiter"),
        ('1001;"Aino Esimerkki;aino@koe.example;1.2.2019;a', None, "stray_quote"),
        ("1001;Aino Esimerkki;aino@koe.example;1.2.2019;a;;", ROWS[0], "trailing_delimiters"),
    ],
)
def test_a_damaged_line_is_mended_where_one_way_is_the_best(tmp_path, damage, mended, repair):
    """Cells stand where they look like their column's others; what was mended is counted."""
    lines = text_of([NAMES, *ROWS * 5])
    found, records = scanned(write(tmp_path, lines.replace("\n", f"\n{damage}\n", 1)))
    assert not found.ledger.quarantined
    assert dict(found.ledger.repaired) == {repair: 1}
    assert found.ledger.accounted == found.ledger.lines == 32
    assert [key for _, key in records][:2] == ["1001", "1001"]
    if mended is not None:
        assert tuple(loaded(tmp_path / "export.csv").iloc[0]) == mended


def test_a_line_that_could_be_read_two_ways_is_quarantined_and_still_shown(tmp_path):
    """Two words for one cell of words: nobody can tell which was lost."""
    header = ("A", "B", "C", "D")
    rows = [(a, b, c, d) for a, b, c, d in ["abcd", "efgh", "iklm", "nopq", "rstu"] * 3]
    path = write(tmp_path, text_of([header, *rows]) + "x;y;z\n")
    found, _ = scanned(path)
    assert [(q.line, q.reason) for q in found.ledger.quarantined] == [(17, "too_few_cells")]
    frame = loaded(path)
    assert frame.index[-1] == -17
    assert set(frame.iloc[-1]) == {"x", "y", "z", ""}


def test_several_header_rows_are_joined(tmp_path):
    """Names over two rows are one name; a row of groups tells equal names apart."""
    units = ("nro", "koko", "", "päivä", "")
    frame = loaded(write(tmp_path, text_of([NAMES, units, *ROWS])))
    assert list(frame.columns)[:4] == ["Asiakasnro nro", "Nimi koko", "Sähköposti", "Alkoi päivä"]
    groups = ("Asiakas", "", "Laskutus", "", "Toimitus")
    names = ("Nro", "Nimi", "Osoite", "Alkoi", "Osoite")
    frame = loaded(write(tmp_path, text_of([groups, names, *ROWS])))
    assert list(frame.columns) == [
        "Asiakas Nro",
        "Asiakas Nimi",
        "Laskutus Osoite",
        "Laskutus Alkoi",
        "Toimitus Osoite",
    ]


def test_a_header_that_stands_again_is_no_record(tmp_path):
    """Lists print it on every page."""
    found, records = scanned(write(tmp_path, text_of([NAMES, *ROWS, NAMES, *ROWS])))
    assert (len(records), found.ledger.header) == (12, 2)
    assert found.ledger.accounted == found.ledger.lines == 14


@pytest.mark.parametrize("apart", ["", "\n"])
def test_a_second_table_in_a_file_is_a_table(tmp_path, apart):
    """Each has its own header, and the lines of both add up to the file's."""
    orders = [("Tilausnro", "Pvm", "Summa"), *((str(n), "1.2.2024", "12,50") for n in range(1, 9))]
    path = write(tmp_path, text_of([NAMES, *ROWS]) + apart + text_of(orders))
    register = audit.load(tmp_path)
    assert register.tables == ("export", "export.table 2")
    assert len(register.table("export")) == 6
    assert list(register.table("export.table 2").columns) == ["Tilausnro", "Pvm", "Summa"]
    for head in read_heads(path, "export.csv"):
        columns = recognise_columns(head.header, head.rows, "other")
        table = Table(name="t", file=path.name, dialect=head.dialect, columns=columns)
        with workspace() as folder, Engine(folder) as engine:
            create_tables(engine)
            ledger = scan(engine, table, path, 0, head).ledger
        assert ledger.accounted == ledger.lines == 16 + bool(apart)
        assert ledger.elsewhere


def test_a_total_below_the_records_is_a_footer(tmp_path):
    """A row of totals is nobody's record; nor is what an export says of itself."""
    text = text_of([NAMES, *ROWS, ("Yhteensä", "6", "", "", "")]) + "\nTulostettu;;;;\n"
    found, records = scanned(write(tmp_path, text))
    assert len(records) == 6
    assert (found.ledger.footer, found.ledger.blank) == (2, 1)
    assert found.ledger.accounted == found.ledger.lines == 10


def test_lines_may_end_in_every_way_in_one_file(tmp_path):
    """CR, LF and CR LF, mixed: each ends a line, for the count as for the reading."""
    lines = text_of([NAMES, *ROWS[:1], *ROWS[3:]]).splitlines()
    ends = ["\r\n", "\n", "\r", "\r", "\r\n"]
    found, records = scanned(
        write(tmp_path, "".join(a + b for a, b in zip(lines, ends, strict=True)))
    )
    assert [key for _, key in records] == ["1001", "1004", "1005", "1006"]
    assert found.ledger.accounted == found.ledger.lines == 5


def test_a_cell_of_a_mebibyte_is_read(tmp_path):
    """In the head as behind it."""
    long = ("1007", "Pitkä", "p@koe.example", "1.1.2020", "sana " * 220_000)
    frame = loaded(write(tmp_path, text_of([NAMES, long, *ROWS, long])))
    assert len(frame) == 8
    assert len(frame.iloc[0, 4]) == len(frame.iloc[7, 4]) == 1_100_000


def test_an_empty_file_loads_as_an_empty_table(tmp_path):
    """There is nothing to lose; the audit says that it is empty."""
    assert loaded(write(tmp_path, "")).empty


@pytest.mark.parametrize("encoding", ["iso8859-15", "cp850", "mac_roman", "utf-16-le", "utf-32"])
def test_rarer_encodings_are_told(tmp_path, encoding):
    """Old systems write them; Nordic letters tell."""
    frame = loaded(write(tmp_path, text_of([NAMES, *ROWS]), encoding))
    assert list(frame["Nimi"]) == [row[1] for row in ROWS]


def test_decisions_read_little_and_the_count_shares_its_read_with_the_hash(tmp_path, monkeypatch):
    """Before the pass at most 4 MB of a plain file; in all, one read beside DuckDB's own."""
    path = write(tmp_path, text_of([NAMES, *ROWS * 40_000]))
    size = path.stat().st_size
    assert size > 10 << 20
    read: Counter[str] = Counter()
    opened = Path.open

    def counted(self, *arguments, **named):
        file = opened(self, *arguments, **named)
        if self.name != "export.csv":
            return file
        stage = "pass" if passing else "decisions"
        plain = file.read

        class Counted:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                file.close()

            def read(self, size=-1):
                data = plain(size)
                read[stage] += len(data)
                return data

            def __getattr__(self, name):
                return getattr(file, name)

        return Counted()

    passing = False
    monkeypatch.setattr(Path, "open", counted)
    plan = draft_plan(tmp_path)
    with workspace() as folder, Engine(folder) as engine:
        resolved = resolve(plan, plan.sources[0], "the plan", folder)
        passing = True
        create_tables(engine)
        found = scan(engine, resolved.table, path, 0, resolved.found.head)
        assert [one.name for one in folder.glob("source_*")] == []
    assert found.rows == 240_000
    assert 0 < read["decisions"] <= 4 << 20
    assert read["pass"] == size


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_costs_one_rewrite(tmp_path, encoding):
    """The file is read once to be counted and once to be rewritten; the copy is read by DuckDB."""
    path = write(tmp_path, text_of([NAMES, *ROWS * 2000]), encoding)
    plan = draft_plan(tmp_path)
    with workspace() as folder, Engine(folder) as engine:
        resolved = resolve(plan, plan.sources[0], "the plan", folder)
        create_tables(engine)
        found = scan(engine, resolved.table, path, 0, resolved.found.head)
        assert [one.name for one in folder.glob("*_0.csv")] == ["source_0.csv"]
    assert found.rows == 12_000
    assert found.ledger.accounted == found.ledger.lines == 12_001


def test_a_first_line_break_inside_a_cell_is_not_taken_for_that_of_the_records(exports, tmp_path):
    """Records that end in CR LF, a lone LF in the first of them, and one that is damaged."""
    (exports / "asiakkaat.csv").write_bytes(
        'Asiakasnro;Nimi;Sähköposti\r\n1;"Aino\nEsimerkki";aino@koe.example\r\n'
        '2;Onni\r\n3;"Elli\r\nKoe";elli@koe.example\r\n'.encode()
    )
    [one] = run(draft_plan(exports), date(2026, 11, 22), tmp_path / "e.parquet").ledgers
    assert (one.rows, len(one.quarantined), one.accounted) == (2, 1, one.lines)


LIST = "As.nro;Sukunimi;Etunimi;Puh;S-posti\n" + "".join(
    f"{n:04d};Mäki;Aino;040 12345{n:02d};a{n}@x.example\n" for n in range(1, 20)
)
TITLES = {
    "two": "Asiakaslista;;;;\nTulostettu 3.11.2026;;;;\n;;;;\n",
    "two, a blank line": "Asiakaslista;;;;\nTulostettu 3.11.2026;;;;\n\n",
    "three": "Asiakaslista;;;;\nKoe Oy;;;;\nTulostettu 3.11.2026;;;;\n;;;;\n",
    "names and values": "Yritys;Koe Oy;;;\nAjettu;3.11.2026;;;\n;;;;\n",
    "a title, a name and a value": "Raportti;;;;\nAjettu;;3.11.2026;;\n;;;;\n",
    "with blanks between": "Asiakaslista;;;;\n;;;;\nYritys;Koe Oy;;;\nAjettu;3.11.2026;;;\n;;;;\n",
}


@pytest.mark.parametrize("titles", TITLES.values(), ids=TITLES)
def test_titles_that_are_filled_up_with_blank_cells_are_no_table(tmp_path, titles):
    """A spreadsheet writes each row as wide as the sheet."""
    heads = read_heads(write(tmp_path, titles + LIST), "f")
    found = [(head.header[0], head.dialect.header_lines, len(head.rows)) for head in heads]
    assert found == [("As.nro", titles.count("\n") + 1, 19)]


@pytest.mark.parametrize(
    "narrow",
    [
        "Nro;Ryhmä;;;\n1;Turku;;;\n2;Espoo;;;\n",
        "Ryhmä;Alkoi;;;\nTurku;1.2.2012;;;\nEspoo;1.3.2012;;;\n",
    ],
)
def test_a_narrow_table_above_another_is_no_block_of_titles(tmp_path, narrow):
    """Its records would be lost among the titles."""
    heads = read_heads(write(tmp_path, f"{narrow};;;;\n{LIST}"), "f")
    assert [head.header[0] for head in heads] == [narrow.split(";")[0], "As.nro"]


def test_names_and_values_above_three_columns_are_no_header(tmp_path):
    """Two filled cells of three are more than half."""
    text = "Yritys;Koe Oy;\nAjettu;3.11.2026;\n;;\nNro;Nimi;Puh\n1;Aino;040 1234567\n2;Bo;040 1234568\n"
    [head] = read_heads(write(tmp_path, text), "f")
    assert (head.header, len(head.rows)) == (("Nro", "Nimi", "Puh"), 2)


PAYMENTS = "Viite;Jäsennro;Pvm;Summa\n" + "".join(f"{n};1;7.4.20{n};5,00\n" for n in range(10, 18))
MEMBERS = "Jäsennro;Nimi;Sähköposti;Liittynyt\n" + "".join(
    f"{n};Aino Mäki;a{n}@x.example;7.4.20{n}\n" for n in range(10, 21)
)
BETWEEN = {
    "two blank lines, a title": "\n\nMaksut;;;\n",
    "a row of blanks, a title": ";;;\nMaksut;;;\n",
    "a title, a row of blanks": ";;;\nMaksut;;;\n;;;\n",
    "two titles": "\nMaksut;;;\nTulostettu 3.11.2026;;;\n",
    "a short title": "\nMaksut\n",
}


@pytest.mark.parametrize("title", ["", "Jäsenraportti;;;\n;;;\n", "Jäsenraportti\n\n"])
@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)
def test_a_table_of_the_same_width_begins_at_its_title(tmp_path, title, between):
    """The title says where the next table is, however wide that is."""
    text = title + MEMBERS + between + PAYMENTS
    heads = read_heads(write(tmp_path, text), "f")
    found = [(head.sheet, head.header[0], len([r for r in head.rows if any(r)])) for head in heads]
    assert found == [(None, "Jäsennro", 11), ("table 2", "Viite", 8)]


def test_groups_inside_a_table_begin_none(tmp_path):
    """Below the name of a group stand records, and perhaps the same header again."""
    more = "".join(f"{n};Bo Ek;b{n}@x.example;7.4.20{n}\n" for n in range(10, 20))
    header = MEMBERS.split("\n", maxsplit=1)[0]
    for between in ("\nTurun osasto;;;\n", f"\nTurun osasto;;;\n{header}\n"):
        heads = read_heads(write(tmp_path, MEMBERS + between + more), "f")
        assert [head.sheet for head in heads] == [None]


def test_a_second_table_of_a_sheet_is_told_below_titles(tmp_path):
    """The titles of the first are no titles of the second."""
    import xlsxwriter

    from audit.register.sheets.workbook import tables

    path = tmp_path / "a.xlsx"
    rows = [["Jäsenraportti"], ["Ajettu", "3.11.2026"], []]
    rows += [line.split(";") for line in MEMBERS.splitlines()] + [[], ["Maksut"]]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for place, row in enumerate([*rows, *(line.split(";") for line in PAYMENTS.splitlines())]):
            sheet.write_row(place, 0, row)
    assert [found.header[0] for found in tables(path, "a.xlsx")] == ["Jäsennro", "Viite"]


def test_titles_above_a_sheet_are_no_table(tmp_path):
    """As in delimited text."""
    import xlsxwriter

    from audit.register.sheets.workbook import tables

    titles = [["Asiakkaat"], ["Ajettu", "3.11.2026"], [], ["Asiakkaat", "kaikki"], []]
    rows = [line.split(";") for line in LIST.splitlines()]
    for above in (titles[:3], titles[1:3], titles, [*titles[1:3], ["Lista"]]):
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("S")
            for place, row in enumerate([*above, *rows]):
                sheet.write_row(place, 0, row)
        [found] = tables(path, "a.xlsx")
        assert found.header[0] == "As.nro"
        assert sum(row.fate == "data" for row in found.rows()) == 19


@pytest.mark.parametrize(
    ("text", "ragged"),
    [("a;b\r\n1;2\r\n3;4\r\n", False), ("a;b\r\n1;2\r\n3;4\r", True), ("a;b\n1;2\r3;4\n", True)],
)
def test_a_file_of_crlf_lines_needs_no_repair(tmp_path, text, ragged):
    """A return with its line feed ends a line like any other; a lone one does not for the scan."""
    (tmp_path / "a.csv").write_bytes(text.encode())
    assert read_head(tmp_path / "a.csv", "a.csv").ragged is ragged


FURTHER = {
    "narrower": (["Laskunro;Summa"], "{n};10,50"),
    "wider": (["Laskunro;Asiakasnro;Summa;Eräpäivä"], "{n};7;10,50;1.2.2024"),
    "as wide": (["Laskunro;Summa;Eräpäivä"], "{n};10,50;1.2.2024"),
    "below a title": (["Laskut", "Laskunro;Summa;Eräpäivä"], "{n};10,50;1.2.2024"),
}


@pytest.mark.parametrize("further", FURTHER)
def test_a_table_that_begins_beyond_the_start_is_no_part_of_the_first(exports, tmp_path, further):
    """No plan could tell of it; its lines are kept apart, searched, and said to be of another."""
    heads, row = FURTHER[further]
    first = [f"{n};Aino Esimerkki;aino{n}@koe.example" for n in range(32_000)]
    lines = [
        "Asiakasnro;Nimi;Sähköposti",
        *first,
        "",
        *heads,
        *(row.format(n=n) for n in range(50)),
    ]
    (exports / "asiakkaat.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    [one] = run(draft_plan(exports), date(2026, 11, 22), tmp_path / "e.parquet").ledgers
    assert (one.rows, one.accounted) == (32_000, one.lines)
    reasons = Counter(line.reason for line in one.quarantined)
    assert reasons["another_table"] == 51
    assert len(one.quarantined) == 50 + len(heads)


@pytest.mark.parametrize("between", ["", "Jatkuu;;", "Asiakasnro;Nimi;Sähköposti"])
def test_records_below_a_blank_line_beyond_the_start_are_records(exports, tmp_path, between):
    """A blank line, a word in between, or the header again begins no table."""
    first = [f"{n};Aino Esimerkki;aino{n}@koe.example" for n in range(40_000)]
    lines = ["Asiakasnro;Nimi;Sähköposti", *first[:32_000], "", between, *first[32_000:]]
    (exports / "asiakkaat.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    [one] = run(draft_plan(exports), date(2026, 11, 22), tmp_path / "e.parquet").ledgers
    assert one.rows == 40_000 + (between == "Jatkuu;;")
    assert one.accounted == one.lines
    assert not one.quarantined


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_rows_of_blank_cells_far_down_are_no_records(tmp_path, end, encoding):
    """What a spreadsheet program wrote of rows without cells is blank, wherever in the file it stands."""
    rows = [f"{n};Väinö Åberg;tavallinen lisätieto" for n in range(30_000)]
    text = end.join([HEADER, *rows, ";;", "30000;Bo;", ";;", "30001;;x", ";;"])
    found, records = scanned(write(tmp_path, text, encoding))
    assert found.rows == len(records) == 30_002
    assert found.ledger.blank == 3
    assert found.ledger.accounted == found.ledger.lines == 30_006
