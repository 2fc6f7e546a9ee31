"""Every form of source: the same records give the same findings, and all of it is accounted for."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from forms import FORMS, HAR, HEADER, INSPECTION, LOG, RECORDS, VCARDS, as_csv, as_xlsx

import audit
from audit.engine.duckdb import Engine
from audit.engine.scan import create_tables, scan
from audit.engine.workspace import workspace
from audit.finding import Audit, LoadingLedger
from audit.plan import resolve, write_plan
from audit.plan.drafting import draft_plan
from audit.register.extract import DATA
from audit.register.files import Found, tables_in
from audit.run import run

AS_OF = date(2026, 11, 22)


def audited(folder: Path) -> tuple[Audit, list[dict]]:
    out = folder.parent / "evidence.parquet"
    audit = run(draft_plan(folder), AS_OF, out)
    cursor = duckdb.connect().execute(f"SELECT * FROM '{out}'")
    names = [d[0] for d in cursor.description]
    return audit, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def opened(path: Path) -> list[Found]:
    """The tables of one file, all of it read."""
    with workspace() as scratch:
        found = list(tables_in(path.parent, path.name, scratch))
    assert all(isinstance(one, Found) for one in found), found
    return found


def rows(found: Found) -> list[list[str]]:
    assert found.extract is not None
    return [row.cells for row in found.extract.rows() if row.fate == DATA]


def ledger(audit: Audit) -> LoadingLedger:
    [one] = audit.ledgers
    assert one.accounted == one.lines
    return one


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_records_give_the_same_findings(exports, ending):
    """Parity: the form of the file changes neither a finding nor the place where it stands."""
    (exports / "asiakkaat.csv").unlink()
    as_csv(exports / "asiakkaat.csv")
    expected, stands = audited(exports)
    (exports / "asiakkaat.csv").unlink()
    FORMS[ending](exports / f"asiakkaat.{ending}")
    found, places = audited(exports)
    assert [(f.key, f.count, f.examined) for f in found.findings] == [
        (f.key, f.count, f.examined) for f in expected.findings
    ]
    keep = ("check", "result", "row", "column", "record_key", "category", "detail")
    assert [{k: e[k] for k in keep} for e in places] == [{k: e[k] for k in keep} for e in stands]
    assert {e["line"] is None for e in places if e["row"]} == {
        ending not in ("csv", "ndjson", "csv.gz", "zip")
    }
    one = ledger(found)
    assert (one.rows, one.file) == (4, f"asiakkaat.{ending}")
    assert one.sha256


def test_titles_groups_totals_and_hidden_parts_of_a_workbook(exports):
    """Finnish Excel: title rows, a group row, hidden sheet and columns, merged cells, a footer."""
    import openpyxl

    (exports / "asiakkaat.csv").unlink()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Asiakkaat"
    sheet["A1"] = "Asiakasluettelo 2026"
    for cell, text in {
        "A3": "Asiakasnro", "B3": "Nimi", "C3": "Osoite", "C4": "Katuosoite", "D4": "Postinro",
        "E3": "Lisätiedot",
    }.items():  # fmt: skip
        sheet[cell] = text
    for merged in ("A3:A4", "B3:B4", "C3:D3", "E3:E4"):
        sheet.merge_cells(merged)
    sheet.append([1, "Aino Esimerkki", "Koekatu 1", "00100", True])
    sheet.append([2, "Onni Esimerkki", "Koekatu 2", "00200", 1.5])
    sheet.append([None, "Oona Esimerkki", "Koekatu 3", "00300", date(2020, 2, 29)])
    sheet.merge_cells("A6:A7")
    sheet.append([])
    sheet.append(["Yhteensä", None, None, None, 3])
    sheet.append([])
    sheet.append([None, "tulosti hetu 010190-999W"])
    sheet.column_dimensions["E"].hidden = True
    hidden = book.create_sheet("Vanhat")
    hidden.sheet_state = "hidden"
    hidden.append(["Asiakasnro", "Nimi"])
    hidden.append([9, "Bo Koe"])
    book.create_sheet("Tyhjä")
    book.save(exports / "asiakkaat.xlsx")
    first, second, *_ = tables_of(exports / "asiakkaat.xlsx")
    assert first.head.header == (
        "Asiakasnro", "Nimi", "Osoite Katuosoite", "Osoite Postinro", "Lisätiedot",
    )  # fmt: skip
    assert rows(first) == [
        ["1", "Aino Esimerkki", "Koekatu 1", "00100", "true"],
        ["2", "Onni Esimerkki", "Koekatu 2", "00200", "1.5"],
        ["2", "Oona Esimerkki", "Koekatu 3", "00300", "2020-02-29"],
    ]
    assert rows(second) == [["9", "Bo Koe"]]
    audit, evidence = audited(exports)
    one, other = audit.ledgers
    assert (one.lines, one.header, one.rows, one.blank, one.footer) == (11, 4, 3, 2, 2)
    assert one.accounted == one.lines
    assert dict(one.notes) == {"hidden_columns": 1, "merged_cells": 1}
    assert dict(other.notes) == {"hidden_sheet": 1}
    assert audit.left_out == (("asiakkaat.xlsx, Tyhjä", "empty_sheet"),)
    assert [t.name for t in audit.tables] == ["asiakkaat.Asiakkaat", "asiakkaat.Vanhat"]
    assert [(e["table"], e["row"], e["line"]) for e in evidence if e["check"] == "MIN04"] == [
        ("Asiakkaat", None, None)
    ]


def tables_of(path: Path) -> list[Found]:
    with workspace() as scratch:
        return [f for f in tables_in(path.parent, path.name, scratch) if isinstance(f, Found)]


def test_nested_json_is_flattened_and_its_arrays_are_tables(tmp_path):
    """``address.city`` is a column; orders are a table with the customer's key."""
    path = tmp_path / "vienti.json"
    path.write_text(
        json.dumps(
            {
                "exported": "2026-11-01",
                "customers": [
                    {"id": 7, "name": "Aino", "address": {"city": "Kuopio", "geo": {"lat": 1.50}},
                     "tags": ["a", "b"], "active": True, "total": 10.0, "note": None,
                     "orders": [{"id": 1, "lines": [{"sku": "x"}, {"sku": "y"}]}, {"id": 2}]},
                    {"id": 8, "name": "Bo", "late": "only here"},
                ],
            }
        ),
        "utf-8",
    )  # fmt: skip
    found = {one.sheet: one for one in tables_of(path)}
    assert list(found) == ["customers", "customers.orders", "customers.orders.lines"]
    assert found["customers"].head.header == (
        "id", "name", "address.city", "address.geo.lat", "tags", "active", "total", "note", "late",
    )  # fmt: skip
    assert rows(found["customers"]) == [
        ["7", "Aino", "Kuopio", "1.5", "a; b", "true", "10", "", ""],
        ["8", "Bo", "", "", "", "", "", "", "only here"],
    ]
    orders = found["customers.orders"]
    assert (orders.head.header, rows(orders)) == (("customers.id", "id"), [["7", "1"], ["7", "2"]])
    assert rows(found["customers.orders.lines"]) == [["1", "x"], ["1", "y"]]


def test_lines_of_ndjson_that_are_no_records_are_quarantined(exports):
    """A broken line is said with its number, and what stands in it is found."""
    (exports / "asiakkaat.csv").unlink()
    (exports / "asiakkaat.ndjson").write_text(
        '{"Asiakasnro": 1, "Nimi": "A"}\n\n{"Asiakasnro": 2, "Nimi": "hetu 010190-999W\n'
        '[1, 2]\n{"Asiakasnro": 3, "Nimi": "B", "Nimi": "C"}\n',
        "utf-8",
    )
    audit, evidence = audited(exports)
    one = ledger(audit)
    assert [(q.line, q.reason) for q in one.quarantined] == [(3, "invalid_json"), (4, "no_record")]
    assert (one.lines, one.rows, one.blank) == (5, 2, 1)
    assert [c.header for c in audit.tables[0].columns] == ["Asiakasnro", "Nimi", "Nimi (2)"]
    assert [(e["row"], e["line"]) for e in evidence if e["check"] == "MIN04"] == [(None, 3)]


def test_vcards_of_three_versions(exports):
    """Folded lines, quoted-printable, several numbers; the picture is said, not read."""
    (exports / "asiakkaat.csv").unlink()
    path = exports / "yhteystiedot.vcf"
    path.write_text(VCARDS + "garbage\n", "utf-8")
    [found] = opened(path)
    cards = [dict(zip(found.head.header, row, strict=True)) for row in rows(found)]
    assert cards[0]["Notes"] == "Pitkä muistiinpano, joka jatkuu seuraavalla rivillä"
    assert (cards[0]["City"], cards[0]["Postal code"]) == ("Kuopio", "70100")
    assert (cards[1]["Full name"], cards[1]["Last name"]) == ("Väinö Åberg", "Åberg")
    assert cards[1]["Phone 2"] == "+358 17 123 456"
    assert cards[1]["Photo"] == "(not read)"
    audit, _ = audited(exports)
    one = ledger(audit)
    assert (one.lines, one.rows, one.inside_cells) == (21, 2, 18)
    assert [(q.line, q.reason) for q in one.quarantined] == [(21, "outside_a_card")]
    assert dict(one.notes) == {"pictures": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_web_log_is_split_into_its_fields(exports, end):
    """Common and combined lines side by side; others are quarantined, and looked at."""
    (exports / "asiakkaat.csv").unlink()
    path = exports / "access.log"
    text = LOG + "\nnot a line of a log: 010190-999W\n" + LOG
    path.write_bytes(text.replace("\n", end).encode())
    [found] = opened(path)
    records = [dict(zip(found.head.header, row, strict=True)) for row in found.head.rows]
    assert records[0] == {
        "remote_host": "192.0.2.7", "ident": "", "user": "", "time": "2026-10-10 13:55:36", "zone": "+0300",
        "method": "GET", "path": "/tuotteet", "query": "id=7", "protocol": "HTTP/1.1",
        "status": "200", "bytes": "2326", "referer": "https://www.koe.example/",
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64)", "forwarded_for": "",
    }  # fmt: skip
    assert (records[1]["user"], records[1]["bytes"]) == ("aino", "")
    assert records[1]["user_agent"] == "say 'hi' (X11)"
    assert (records[2]["remote_host"], records[2]["user_agent"]) == ("2001:db8::7", "")
    audit, evidence = audited(exports)
    one = ledger(audit)
    assert (one.lines, one.rows, one.blank, len(one.quarantined)) == (8, 6, 1, 1)
    assert [(e["line"], e["detail"]) for e in evidence if e["check"] == "LOAD"] == [
        (5, "other_format")
    ]
    roles = {c.header: c.role for c in audit.tables[0].columns if c.role}
    assert roles == {"time": "event_on", "path": "path", "query": "query", "referer": "referer"}


_LINES = [
    '192.0.2.7 - - [10/Oct/2026:13:55:36 +0300] "GET /a?id=7 HTTP/1.1" 200 2326 "-" "curl/8"',
    '192.0.2.8 - aino [10/Oct/2026:13:55:37 +0300] "-" 408 - "https://www.koe.example/" ""',
    '2001:db8::7 - - [11/Oct/2026:00:00:01 +0300] "GET /h/010190-999W HTTP/1.1" 404 0 "-" "a b"',
]


@pytest.mark.parametrize(
    "other",
    [
        None,
        "",
        "another format: 0",
        '192.0.2.9 - - [10/Oct/2026:13:55:36 +0300] "GET / HTTP/1.1" 200 7',
        _LINES[0].replace("curl/8", 'say \\"hi\\"'),
        _LINES[0].replace("curl/8", 'say ""hi""'),
        _LINES[0].replace("[10/Oct", "[yesterday"),
        _LINES[0].replace("curl/8", "not ended" + "\\"),
        _LINES[0].removesuffix('"'),
    ],
)
def test_a_log_of_one_format_is_read_as_a_table_and_to_the_same_end(tmp_path, other):
    """One line of another kind among them changes nothing of what the others give."""
    lines = [*_LINES, *([] if other is None else [other]), *_LINES]
    (tmp_path / "access.log").write_text("\n".join(lines) + "\n", "utf-8")
    plan = draft_plan(tmp_path)
    read = []
    for fast in (True, False):
        with workspace() as scratch, Engine(scratch) as engine:
            table, found, _ = resolve(plan, plan.sources[0], "audit.yaml", scratch)
            create_tables(engine)
            extract = found.extract if fast else replace(found.extract, uniform=None)
            one = scan(engine, table, found.path, 0, found.head, extract=extract)
            assert one.ledger.accounted == one.ledger.lines == len(lines)
            records = engine.rows("SELECT * FROM records_0")
            read.append((records, engine.rows("SELECT * FROM cells"), one.filled, one.ledger))
    assert read[0] == read[1]
    assert [cell[1] for cell in read[0][1] if cell[1] > 0][:1] == [3]


def test_an_ordinary_log_has_nothing_to_look_at_twice(tmp_path):
    """Pictures of the site and the versions of browsers are no data of a person, and cost nothing."""
    agents = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
        "Mozilla/5.0 (compatible; Koebot/2.1; +https://www.koe.example/bot)",
    )
    paths = ("/", "/kuvat/a{}.jpg", "/tuotteet/{}.png?v=2", "/hinnasto", "/css/{}.css")
    lines = (
        f"192.0.2.{n % 250} - - [10/Oct/2026:13:55:{n % 60:02d} +0300] "
        f'"GET {paths[n % 5].format(n)} HTTP/1.1" 200 {n} "-" "{agents[n % 2]}"'
        for n in range(2000)
    )
    (tmp_path / "access.log").write_text("\n".join(lines) + "\n", "utf-8")
    plan = draft_plan(tmp_path)
    with workspace() as scratch, Engine(scratch) as engine:
        table, found, _ = resolve(plan, plan.sources[0], "audit.yaml", scratch)
        create_tables(engine)
        one = scan(engine, table, found.path, 0, found.head, extract=found.extract)
        assert (one.rows, one.candidates) == (2000, 0)
        assert engine.rows("SELECT * FROM cells") == []


@pytest.mark.parametrize("strange", [b"\x01\x1f", b"\xe4\xf6", b"\0", b"\r"])
def test_a_web_log_with_strange_bytes_keeps_its_lines(exports, strange):
    """Control characters, another encoding, a lone return: the line stays one line."""
    (exports / "asiakkaat.csv").unlink()
    lines = LOG.encode().splitlines(keepends=True)
    (exports / "access.log").write_bytes(
        lines[0] + lines[0].replace(b"tuotteet", b"tuot" + strange) + lines[2]
    )
    audit, _ = audited(exports)
    assert (ledger(audit).rows, ledger(audit).lines) == (3, 3)


@pytest.mark.parametrize(("name", "document"), [("sivu.har", HAR), ("inspection.json", INSPECTION)])
def test_cookies_and_requests_without_their_values(exports, name, document):
    """Two tables of a kind that the form settles; no value of a cookie is loaded."""
    (exports / "asiakkaat.csv").unlink()
    (exports / name).write_text(json.dumps(document), "utf-8")
    found = opened(exports / name)
    assert [one.extract.kind for one in found] == ["cookie_inventory", "web_requests"]
    text = "\n".join(cell for one in found for row in rows(one) for cell in row)
    assert "salainen" not in text
    assert "email=x" not in text
    cookies = [dict(zip(found[0].head.header, row, strict=True)) for row in rows(found[0])]
    assert {c["name"] for c in cookies} == (
        {"_ga", "session"} if name == "sivu.har" else {"_fbp", "uid"}
    )
    requests = [dict(zip(found[1].head.header, row, strict=True)) for row in rows(found[1])]
    assert "false" in {r["first_party"] for r in requests if r["host"].endswith("ads.example")}
    audit, _ = audited(exports)
    assert all(one.accounted == one.lines for one in audit.ledgers)
    assert dict(audit.ledgers[0].notes) == {"values_dropped": 2}


def test_an_archive_gives_the_tables_of_its_members(exports):
    """A ZIP with a workbook, a CSV file, a picture and a ZIP inside."""
    (exports / "asiakkaat.csv").unlink()
    as_csv(exports / "asiakkaat.csv")
    as_xlsx(exports / "tilaukset.xlsx", [(1, "2026-01-01")], ("Tilausnumero", "Pvm"))
    with zipfile.ZipFile(exports / "sisempi.zip", "w") as inner:
        inner.write(exports / "asiakkaat.csv", "vanhat.csv")
    with zipfile.ZipFile(exports / "vienti.zip", "w") as archive:
        for name in ("asiakkaat.csv", "tilaukset.xlsx", "sisempi.zip"):
            archive.write(exports / name, f"kansio/{name}")
            (exports / name).unlink()
        archive.writestr("kuva.png", b"\x89PNG\r\n")
        archive.writestr("__MACOSX/._kuva.png", b"x")
    plan = draft_plan(exports)
    assert [(s.file, s.member, s.sheet, s.table, s.kind) for s in plan.sources] == [
        ("vienti.zip", "kansio/asiakkaat.csv", None, "asiakkaat", "customers"),
        ("vienti.zip", "kansio/tilaukset.xlsx", "Taul1", "tilaukset.Taul1", "orders"),
        ("vienti.zip", "kansio/sisempi.zip/vanhat.csv", None, "vanhat", "customers"),
    ]
    assert plan.left_out == {
        "vienti.zip/__MACOSX/._kuva.png": "system",
        "vienti.zip/kuva.png": "picture",
    }
    audit, evidence = audited(exports)
    assert audit.complete
    assert {e["source"] for e in evidence if e["check"] == "MIN04"} == {
        "vienti.zip/kansio/asiakkaat.csv",
        "vienti.zip/kansio/sisempi.zip/vanhat.csv",
    }


def test_parquet_objects_are_flattened(tmp_path):
    """A STRUCT becomes columns, a list one cell; whole numbers lose their fraction."""
    path = tmp_path / "vienti.parquet"
    duckdb.execute(
        "COPY (SELECT 7 AS id, {'city': 'Kuopio', 'geo': {'lat': 1.0::DOUBLE}} AS address, "
        "[1, 2] AS tags, true AS active, NULL::DATE AS ended, TIMESTAMP '2020-01-02' AS at, "
        f"'a\x1fb' AS note) TO '{path}' (FORMAT parquet)"
    )
    [found] = opened(path)
    assert found.head.header == (
        "id", "address.city", "address.geo.lat", "tags", "active", "ended", "at", "note",
    )  # fmt: skip
    assert found.head.rows == (("7", "Kuopio", "1", "1; 2", "true", "", "2020-01-02", "a\ufffdb"),)


def test_a_written_plan_finds_its_tables_again(exports):
    """What is drafted is read back and means the same, also where a file holds several tables."""
    from audit.plan import read_plan

    (exports / "asiakkaat.csv").unlink()
    for ending, write in FORMS.items():
        write(exports / f"asiakkaat_{ending.replace('.', '_')}.{ending}")
    drafted = draft_plan(exports)
    (exports / "audit.yaml").write_text(write_plan(drafted), "utf-8")
    plan = read_plan(exports / "audit.yaml")
    assert len(plan.sources) == len(FORMS)
    with workspace() as scratch:
        for source in plan.sources:
            resolved = resolve(plan, source, "audit.yaml", scratch)
            assert [c.header for c in resolved.table.columns] == list(HEADER)
            assert len(resolved.found.head.rows) == len(RECORDS)
            assert resolved.recognised == ()


def test_a_sheet_may_hold_several_tables(exports: Path) -> None:
    """Below a blank row, a title and a header begins another table; every row is of one of them."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Asiakkaat"
    sheet["A1"] = "Asiakasrekisteri"
    sheet.merge_cells("A1:E1")
    sheet.append(["Asiakasnro", "Nimi", "Sähköposti", "Asiakas alkaen", "Lisätiedot"])
    for n in range(8):
        sheet.append([n, f"Aino Koe{n}", f"a{n}@koe.example", date(2020, 1, n + 1), None])
    sheet.append(["Yhteensä", 8])
    sheet.append([])
    sheet.append(["Laskut 2025"])
    sheet.append(["Laskunro", "Laskupvm", "Summa"])
    for n in range(5):
        sheet.append([7000 + n, date(2025, 2, n + 1), 12.5])
    book.save(exports / "kaikki.xlsx")
    (exports / "asiakkaat.csv").unlink()
    plan = audit.load(exports).plan
    assert [(s.sheet, s.kind) for s in plan.sources] == [
        ("Asiakkaat", "customers"),
        ("Asiakkaat, table 2", "invoices"),
    ]
    assert list(plan.sources[1].columns) == ["Laskunro", "Laskupvm", "Summa"]
    ledgers = audit.audit(plan, "2026-11-22").conclusion.ledgers
    assert [ledger.rows for ledger in ledgers] == [8, 5]
    assert sum(ledger.lines for ledger in ledgers) == sheet.max_row
    assert all(ledger.accounted == ledger.lines for ledger in ledgers)


def test_titles_above_a_blank_row_are_no_table(exports: Path) -> None:
    """Two lines of title and a blank row stand above the only table of a sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Asukkaat"
    for row in (
        ["Koekodit Oy"],
        ["Tulostettu 22.11.2026"],
        [],
        ["Asukasnro", "Nimi", "Sähköposti"],
    ):
        sheet.append(row)
    for n in range(8):
        sheet.append([n, f"Aino Koe{n}", f"a{n}@koe.example"])
    book.save(exports / "asukkaat.xlsx")
    (exports / "asiakkaat.csv").unlink()
    sources = audit.load(exports).plan.sources
    assert [(source.sheet, list(source.columns)) for source in sources] == [
        ("Asukkaat", ["Asukasnro", "Nimi", "Sähköposti"])
    ]


def test_a_gap_in_a_sheet_begins_no_table(exports: Path) -> None:
    """Records below a blank row, and the header again, are of the same table."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    header = ["Asiakasnro", "Nimi", "Kaupunki"]
    for _ in range(3):
        sheet.append(header)
        for n in range(4):
            sheet.append([n, f"Aino Koe{n}", "Turku"])
        sheet.append([])
    book.save(exports / "asiakkaat2.xlsx")
    sheets = [s.sheet for s in audit.load(exports).plan.sources if s.file == "asiakkaat2.xlsx"]
    assert len(sheets) == 1
