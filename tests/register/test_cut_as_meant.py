"""Delimited text whose cells hold what could part them, and records that could head them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from test_hostile_folder import audited, sentence

import audit
from audit.engine.scan import scan

NAMES = ("Aino Koe", "Eero Malli", "Helmi Esimerkki", "Onni Kuvitelma")


def loaded(tmp_path, text, encoding="utf-8"):
    """The one table of a folder with this file."""
    (tmp_path / "lista.csv").write_bytes(text.encode(encoding))
    return audit.load(tmp_path).table("lista")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("cell", ["vip, uutiskirje, kesä", "March {}, 2003", "Oulu, Suomi"])
@pytest.mark.parametrize("records", [3, 20, 400])
def test_what_parts_the_header_goes_before_what_parts_the_records(
    tmp_path, delimiter, cell, records
):
    """Commas that stand in every record and not among the names are those of a cell."""
    rows = [("Nro", "Nimi", "Tieto")]
    rows += [(str(5000 + n), NAMES[n % 4], cell.format(1 + n % 28)) for n in range(records)]
    frame = loaded(tmp_path, "".join(delimiter.join(row) + "\n" for row in rows))
    assert list(frame.columns) == ["Nro", "Nimi", "Tieto"]
    assert list(frame["Tieto"]) == [row[2] for row in rows[1:]]


@pytest.mark.parametrize(
    "cells",
    [
        ["4111 1111 1111 1111"] * 6,
        [f"+358 40 000 10{n:02}" for n in range(6)],
        ["FI21 1234 5600 0007 85"] * 6,
        [f"Keksitie {n}" for n in range(6)],
        [*NAMES, NAMES[0]],
    ],
)
def test_spaces_below_one_name_part_nothing(tmp_path, cells):
    """A card's number, a telephone's, a street and a person's name are one cell."""
    frame = loaded(tmp_path, "".join(f"{line}\n" for line in ["Tieto", *cells]))
    assert list(frame.columns) == ["Tieto"]
    assert list(frame["Tieto"]) == cells


def test_pipes_on_both_sides_of_a_row_leave_its_cells_whole(tmp_path):
    """As a database's console prints a table, and Markdown."""
    rule = "+------+----------+------------+\n"
    rows = "".join(f"|  {500 + n} | {NAMES[n % 4]} | 2003-01-{10 + n} |\n" for n in range(12))
    for text in (
        f"{rule}| nro  | nimi     | paattynyt  |\n{rule}{rows}{rule}",
        f"| nro  | nimi     | paattynyt  |\n|------|----------|------------|\n{rows}",
    ):
        frame = loaded(tmp_path, text)
        assert [name for name in frame.columns if "column" not in name] == [
            "nro",
            "nimi",
            "paattynyt",
        ]
        assert frame["paattynyt"].str.strip().tolist() == [f"2003-01-{10 + n}" for n in range(12)]
        columns = audit.load(tmp_path).plan.sources[0].columns
        assert columns["paattynyt"].role == "customer_relationship_end"


def test_a_record_that_stands_again_is_no_header(tmp_path):
    """What stands in a column of other records too is a value: nobody is lost, nor shown as a name."""
    rows = ["Sulo;Hupi;Oulu", "Aino;Koe;Turku", "Helmi;Unelma;Oulu", "Sulo;Hupi;Oulu"]
    frame = loaded(tmp_path, "".join(f"{row}\n" for row in rows))
    assert list(frame.columns) == ["column 1", "column 2", "column 3"]
    assert len(frame) == 4


@pytest.mark.parametrize("lines", [300, 3000, 9000])
@pytest.mark.parametrize("quoted", ["", '"'])
def test_a_cell_of_very_many_lines_is_one(tmp_path, lines, quoted):
    """Also where it is longer than the lines by which the dialect is told."""
    note = 'Hyvä asiakas, sanoi ""kiitos"".\n' * lines
    rows = [f'{quoted}{n}{quoted};"{note if n == 7 else "ok"}"\n' for n in range(1, 31)]
    frame = loaded(tmp_path, "nro;muistio\n" + "".join(rows))
    assert list(frame["nro"]) == [str(n) for n in range(1, 31)]
    assert frame["muistio"].iloc[6].count("\n") == lines


def test_a_header_in_another_encoding_than_the_records_is_read(tmp_path):
    """Line by line, as the records are."""
    header = "Nro;Sähköposti;Päättynyt\n".encode("cp1252")
    rows = "".join(f"{n};ä{n}@koe.example;1.{n}.2019\n" for n in range(1, 9)).encode()
    (tmp_path / "lista.csv").write_bytes(header + rows)
    frame = audit.load(tmp_path).table("lista")
    assert list(frame.columns) == ["Nro", "Sähköposti", "Päättynyt"]
    assert frame["Sähköposti"].iloc[0] == "ä1@koe.example"


def test_a_control_character_in_a_name_ends_no_audit(exports):
    """A column is called without it, and what stands in it is found."""
    rows = "".join(f"{n};Aino Koe;a@koe.example\r\n" for n in range(1, 4))
    (exports / "outo.csv").write_bytes(f"\0Asiakas\0nro;Ni\x02mi;Sähköposti\r\n{rows}".encode())
    found = audited(exports)
    assert found.complete
    [table] = [table for table in found.tables if table.name == "outo"]
    assert [column.header for column in table.columns] == ["Asiakasnro", "Nimi", "Sähköposti"]
    assert [f for f in found.findings if f.check == "ACC02" and f.table == "outo"]


def test_a_copy_that_finds_no_place_takes_none_from_the_next(exports, monkeypatch):
    """What was written of it is taken away again."""
    (exports / "a.csv").write_bytes("Nro;Nimi\n1;Äijä\n".encode("cp1252"))
    written: list[Path] = []

    def full(_path, _dialect, target):
        target.write(b"x" * 100_000)
        written.append(Path(target.name))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def read_next(*given, **named):
        assert not any(path.exists() for path in written)
        return scan(*given, **named)

    monkeypatch.setattr("audit.engine.source.reencode", full)
    monkeypatch.setattr("audit.reading.scan", read_next)
    found = audited(exports)
    assert written
    assert "No space left on device" in sentence(found, "a.csv")
    assert [table.name for table in found.tables] == ["asiakkaat"]


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("Asiakasluettelo, Esimerkki Oy", [["Nimi", "Alkanut"], *([name.replace(" ", ", "), "1.2.2020"] for name in NAMES)]),
        ("Esimerkki Oy, Helsinki, Suomi", [["Nro", "Nimi", "Puhelin"], *([str(n), "Koe, Aino", f"+35840000{n}"] for n in range(100, 108))]),
    ],
)  # fmt: skip
def test_commas_of_a_title_part_no_records(tmp_path, title, table):
    """A title is narrower than its table in whatever parts the table."""
    frame = loaded(tmp_path, "".join(f"{line}\n" for line in [title, *map(";".join, table)]))
    assert [list(frame.columns), *frame.to_numpy().tolist()] == table


@pytest.mark.parametrize(
    "text",
    [
        "Raportti\nnro:nimi:kaupunki\n" + "".join(f"{n}:Aino:Turku\n" for n in range(8)),
        "Raportti\nnro nimi maksettu\n" + "".join(f'{n} "Aino Koe" 2025-01-01\n' for n in range(8)),
    ],
)  # fmt: skip
def test_a_title_above_a_list_that_a_weak_mark_parts(tmp_path, text):
    """A colon or a space parts a table below a title too, where its header says that it is one."""
    frame = loaded(tmp_path, text)
    assert frame.shape == (8, 3)
    assert list(frame.columns)[:2] == ["nro", "nimi"]


@pytest.mark.parametrize("first", ["utf-8", "cp1252"])
@pytest.mark.parametrize("of_first", [40, 170])
def test_two_exports_joined_are_read_each_in_its_encoding(tmp_path, first, of_first):
    """However few lines of UTF-8 there are: what Windows writes is hardly ever valid by chance."""
    second = {"utf-8": "cp1252", "cp1252": "utf-8"}[first]
    lines = ["Nro;Nimi;Päättyi\n", *(f"{n};Väinö Mäkelä;\n" for n in range(200))]
    text = "".join(lines[:of_first]).encode(first) + "".join(lines[of_first:]).encode(second)
    (tmp_path / "lista.csv").write_bytes(text)
    frame = audit.load(tmp_path).table("lista")
    assert list(frame.columns) == ["Nro", "Nimi", "Päättyi"]
    assert set(frame["Nimi"]) == {"Väinö Mäkelä"}
