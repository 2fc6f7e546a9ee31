"""Lists that say nothing of themselves, prose beside them, and names that could head columns."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

import audit
from audit.plan.drafting import draft_plan

NAMES = ("Aino Virtanen", "Eero Mäki", "Liisa Korpela", "Olli Lahti", "Anna Salo")


@pytest.mark.parametrize(
    "lines",
    [
        [f"a{n}@koe.example" for n in range(6)],
        [f"a{n}@koe.example\tAino Koe" for n in range(6)],
        ["010190-900P", "020290-9016"],
        [f"{name.split()[1]}, {name.split()[0]}" for name in NAMES],
    ],
)
def test_a_list_in_a_text_is_a_table_without_header(tmp_path, lines):
    """Addresses one below the other are the newsletter's list, whatever its file ends in."""
    (tmp_path / "lista.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    frame = audit.load(tmp_path).table("lista")
    assert len(frame) == len(lines)
    assert next(iter(frame.columns)) == "column 1"


@pytest.mark.parametrize(
    "text",
    [
        "Hei,\nsoitin heille tänään, ja he tulevat maanantaina.\nKiitos avusta.\nEero\n",
        "Tämä kansio sisältää asiakkaiden tiedot.\nKysy, jos jokin on epäselvää.\n",
        "Tietosuojaseloste\n\nRekisterinpitäjä\nKoe Oy\n",
    ],
)
def test_prose_is_listed_as_left_out(tmp_path, text):
    """A letter, a note on the folder and the start of a notice are no records."""
    (tmp_path / "teksti.txt").write_text(text, "utf-8")
    assert draft_plan(tmp_path).left_out == {"teksti.txt": "prose"}


def test_people_do_not_head_columns(tmp_path):
    """Answers to a poll have a column for each person, and nobody's name stands in a report."""
    text = "Aihe;Aino Virtanen;Eero Mäki\nKokous;kyllä;ei\nTalkoot;ei;ei\nLeiri;ei;kyllä\n"
    (tmp_path / "kysely.csv").write_text(text, "utf-8")
    (tmp_path / "nimet.csv").write_text(
        "".join(f"{name.replace(' ', ';')};Oulu;x\n" for name in NAMES), "utf-8"
    )
    loaded = audit.load(tmp_path)
    assert list(loaded.table("kysely").columns) == ["column 1", "column 2", "column 3"]
    assert len(loaded.table("nimet")) == len(NAMES)


def test_a_place_heads_a_column_of_answers(tmp_path):
    """*Salo* and *Lahti* are towns and surnames: what stands below tells that they head columns."""
    (tmp_path / "kysely.csv").write_text("Salo;Lahti\nkyllä;ei\nei;ei\nei;kyllä\n", "utf-8")
    assert list(audit.load(tmp_path).table("kysely").columns) == ["Salo", "Lahti"]


def test_names_with_the_family_name_first_are_one_column(tmp_path):
    """Where nothing parts the header, a comma in each name parts nothing."""
    rows = [f"{name.split()[1]}, {name.split()[0]}" for name in NAMES]
    (tmp_path / "lista.csv").write_text("\n".join(["Asiakkaan nimi", *rows, ""]), "utf-8")
    assert list(audit.load(tmp_path).table("lista")["Asiakkaan nimi"]) == rows


def test_a_table_stands_below_more_explanation_than_it_has_records(tmp_path):
    """A report explains its forty columns before it lists ten people."""
    above = [f"Kenttä {n}: selitys siitä, mitä se tarkoittaa" for n in range(40)]
    rows = [f"{n};Aino Koe;a{n}@koe.example" for n in range(10)]
    text = "\n".join([*above, "", "nro;nimi;sähköposti", *rows, ""])
    (tmp_path / "lista.csv").write_text(text, "utf-8")
    frame = audit.load(tmp_path).table("lista")
    assert list(frame.columns) == ["nro", "nimi", "sähköposti"]
    assert len(frame) == len(rows)


def test_a_name_and_a_day_make_no_list_of_accounts(tmp_path):
    """Any record may have a name and be created: neither says that somebody may sign in."""
    people = "CustomerId;Name;Created;LastOrder\n1;Aino Koe;1.2.2020;3.2.2024\n"
    (tmp_path / "a.csv").write_text(people, "utf-8")
    (tmp_path / "b.csv").write_text("Name;Created\nAino Koe;1.2.2020\n", "utf-8")
    kinds = {source.file: source.kind for source in draft_plan(tmp_path).sources}
    assert kinds == {"a.csv": "customers", "b.csv": "other"}


def test_decimals_are_no_delimiter_where_quotes_stand_astray(tmp_path):
    """Of amounts the commas are as many in each record, and none is in the header."""
    rows = [f'{n};"As Oy "Koivu" {n}";{n + 1}.1.2004;{n},00;0,24' for n in range(9)]
    text = "\n".join(["Laskunro;Asiakas;Laskupvm;Summa;ALV", *rows, ""])
    (tmp_path / "laskut.csv").write_text(text, "utf-8")
    frame = audit.load(tmp_path).table("laskut")
    assert list(frame.columns) == ["Laskunro", "Asiakas", "Laskupvm", "Summa", "ALV"]
    assert list(frame["Asiakas"]) == [f'As Oy "Koivu" {n}' for n in range(9)]


def workbook(path, rows):
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_a_sheet_without_header_loses_nobody_to_it(tmp_path):
    """Its first row is as those below: the towns stand again, and the names are names."""
    towns = ("Åbo", "Helsingfors")
    rows = [[*name.split(), towns[n % 2]] for n, name in enumerate(NAMES)]
    workbook(tmp_path / "jäsenet.xlsx", rows)
    frame = audit.load(tmp_path).table("jäsenet")
    assert len(frame) == len(NAMES)
    assert list(frame.columns) == ["column 1", "column 2", "column 3"]


def test_pages_of_a_printed_list_have_their_titles_and_headers_apart(tmp_path):
    """In a sheet and in a text: the title has another number on each page."""
    rows = []
    for page in (1, 2, 3):
        rows += [["Asiakasluettelo", "", f"Sivu {page}"], ["Nro", "Nimi", "Päättyi"]]
        rows += [[str(page * 10 + n), name, ""] for n, name in enumerate(NAMES)]
    workbook(tmp_path / "kirja.xlsx", rows)
    (tmp_path / "lista.csv").write_text("".join(";".join(row) + "\n" for row in rows), "utf-8")
    loaded = audit.load(tmp_path)
    for name in ("kirja", "lista"):
        frame = loaded.table(name)
        assert list(frame.columns) == ["Nro", "Nimi", "Päättyi"]
        assert list(frame["Nimi"]) == list(NAMES) * 3


def test_nobodys_number_names_a_column(tmp_path):
    """Whoever typed it above the notes meant the notes; a report names columns."""
    text = "Nro;Alkoi;Sähköposti;010190-999W;aino@koe.example\n" + "".join(
        f"{n};{n + 1}.2.2020;a{n}@koe.example;x;y\n" for n in range(9)
    )
    (tmp_path / "lista.csv").write_text(text, "utf-8")
    names = ["Nro", "Alkoi", "Sähköposti", "column 4", "column 5"]
    assert list(audit.load(tmp_path).table("lista").columns) == names


def test_nobodys_number_stands_in_the_name_of_a_file_in_a_report(exports):
    """A file, a sheet and what is left out are named without the details that stand in their names."""
    from test_hostile_folder import audited

    (exports / "aino 010190-999W.csv").write_text("Nro;Nimi\n1;Aino Koe\n2;Eero Koe\n", "utf-8")
    (exports / "aino 020290-9016.csv").write_text("Nro;Nimi\n3;Onni Koe\n4;Liisa Koe\n", "utf-8")
    (exports / "aino@koe.example.docx").write_bytes(b"PK\x03\x04")
    audit_ = audited(exports)
    told = f"{audit_.findings} {audit_.left_out} {audit_.failures} {audit_.ledgers}"
    assert "aino …" in told
    assert not re.search("010190|020290|aino@koe", told)


def test_nobodys_name_stands_in_a_report_because_a_file_has_it(exports, cli):
    """A file for each client: the audit ends, tells them apart, and hashes each."""
    for n, name in enumerate(("Aino Virtanen", "Eero Mäki", "kortti_lahti_olli"), 5):
        text = f"Asiakasnro;Nimi\n{n};Koe Testi\n{n}0;Koe Toinen\n"
        (exports / f"{name}.csv").write_text(text, "utf-8")
    done = cli("run", exports, "--out", exports.parent / "out")
    assert done.returncode in (0, 1), done.stderr
    told = "".join(
        path.read_bytes().decode("utf-8", "replace") for path in (exports.parent / "out").iterdir()
    )
    assert not re.search("(?i)virtanen|mäki|lahti", told + done.stdout)
    manifest = json.loads((exports.parent / "out" / "manifest.json").read_text("utf-8"))
    inputs = {one["sha256"]: one["bytes"] for one in manifest["inputs"]}
    assert len(inputs) == 4
    for path in exports.glob("*.csv"):
        assert inputs[hashlib.sha256(path.read_bytes()).hexdigest()] == path.stat().st_size
