"""Writes the same table in every form, with the libraries that people's programs use."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

Table = Sequence[Sequence[object]]

HEADER = (
    "Asiakasnro",
    "Nimi",
    "Sähköposti",
    "Asiakassuhde alkoi",
    "Asiakassuhde päättyi",
    "Tila",
    "Lisätiedot",
)
RECORDS: Table = [
    (1001, "Aino Esimerkki", "aino@koe.example", date(2010, 1, 4), date(2016, 11, 21), "päättynyt", None),
    (1002, "Onni Esimerkki", "onni@koe.example", date(2012, 5, 7), None, "aktiivinen", "hetu 010190-999W"),
    (1003, "Eeva Koe", "eeva@koe.example", date(2019, 2, 28), date(2024, 3, 1), "päättynyt", "soitettu; sovittu"),
    (1004, "Väinö Åberg", "vaino@koe.example", date(2020, 2, 29), None, "aktiivinen", "ks. muu@toinen.example"),
]  # fmt: skip


def as_csv(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(records)
    return path


def as_xlsx(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Taul1"
    sheet.append(list(header))
    for record in records:
        sheet.append(list(record))
    book.save(path)
    return path


def as_xls(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    import xlwt

    book = xlwt.Workbook()
    sheet, day = book.add_sheet("Taul1"), xlwt.easyxf(num_format_str="D.M.YYYY")
    for row, record in enumerate([header, *records]):
        for column, value in enumerate(record):
            if value is not None:
                style = (day,) if isinstance(value, date) else ()
                sheet.write(row, column, value, *style)
    book.save(str(path))
    return path


def as_ods(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table as Sheet
    from odf.table import TableCell, TableRow
    from odf.text import P

    book, sheet = OpenDocumentSpreadsheet(), Sheet(name="Taul1")
    for record in [header, *records]:
        row = TableRow()
        for value in record:
            if isinstance(value, date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, int):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string")
            cell.addElement(P(text="" if value is None else str(value)))
            row.addElement(cell)
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    book.save(str(path))
    return path


def _objects(records: Table, header: Sequence[str]) -> list[dict[str, object]]:
    texts = [[str(v) if isinstance(v, date) else v for v in record] for record in records]
    return [dict(zip(header, record, strict=True)) for record in texts]


def as_json(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    path.write_text(json.dumps(_objects(records, header), ensure_ascii=False, indent=1), "utf-8")
    return path


def as_ndjson(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    path.write_text(
        "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in _objects(records, header)),
        "utf-8",
    )
    return path


def as_parquet(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    import duckdb

    kinds = [
        next((type(r[n]) for r in records if r[n] is not None), str) for n in range(len(header))
    ]
    names = {int: "BIGINT", date: "DATE"}
    with duckdb.connect() as connection:
        listed = ", ".join(
            f'"{h}" {names.get(k, "VARCHAR")}' for h, k in zip(header, kinds, strict=True)
        )
        connection.execute(f"CREATE TABLE t ({listed})")
        for record in records:
            values = ", ".join(
                "NULL" if v is None else "'" + str(v).replace("'", "''") + "'" for v in record
            )
            connection.execute(f"INSERT INTO t VALUES ({values})")
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def as_sqlite(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    connection = sqlite3.connect(path)
    columns = ", ".join('"' + name + '"' for name in header)
    connection.execute(f"CREATE TABLE asiakkaat ({columns})")
    marks = ", ".join("?" * len(header))
    texts = [[str(v) if isinstance(v, date) else v for v in record] for record in records]
    connection.executemany(f"INSERT INTO asiakkaat VALUES ({marks})", texts)
    connection.commit()
    connection.close()
    return path


def as_gzip(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    plain = as_csv(path.with_suffix(""), records, header)
    path.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    plain.unlink()
    return path


def as_zip(path: Path, records: Table = RECORDS, header: Sequence[str] = HEADER) -> Path:
    plain = as_csv(path.with_suffix(".csv"), records, header)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, plain.name)
    plain.unlink()
    return path


#: What writes a table, by the ending of the file.
FORMS = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
    "json": as_json,
    "ndjson": as_ndjson,
    "parquet": as_parquet,
    "sqlite": as_sqlite,
    "csv.gz": as_gzip,
    "zip": as_zip,
}

LOG = """\
192.0.2.7 - - [10/Oct/2026:13:55:36 +0300] "GET /tuotteet?id=7 HTTP/1.1" 200 2326 "https://www.koe.example/" "Mozilla/5.0 (X11; Linux x86_64)"
192.0.2.8 - aino [10/Oct/2026:13:55:37 +0300] "POST /kassa HTTP/1.1" 302 - "-" "say \\"hi\\" (X11)"
2001:db8::7 - - [10/Oct/2026:13:55:38 +0300] "GET / HTTP/1.0" 404 12
"""

VCARDS = """\
BEGIN:VCARD
VERSION:3.0
N:Esimerkki;Aino;;;
FN:Aino Esimerkki
EMAIL;TYPE=HOME:aino@koe.example
TEL;TYPE=CELL:+358 40 123 4567
ADR;TYPE=HOME:;;Koekatu 1;Kuopio;;70100;Suomi
NOTE:Pitkä muistiinpano\\, joka jatku
 u seuraavalla rivillä
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85berg;V=C3=A4in=C3=B6;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:V=C3=A4in=C3=B6 =
=C3=85berg
TEL;CELL:+358 50 765 4321
TEL;HOME:+358 17 123 456
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ
 SkZJRg==
END:VCARD
"""

HAR = {
    "log": {
        "version": "1.2",
        "pages": [{"id": "page_1", "title": "Etusivu"}],
        "entries": [
            {
                "pageref": "page_1",
                "startedDateTime": "2026-10-10T10:00:00Z",
                "request": {
                    "method": "GET",
                    "url": "https://www.koe.example/",
                    "headers": [{"name": "Referer", "value": "https://haku.example/"}],
                    "cookies": [{"name": "session", "value": "salainen-arvo-1"}],
                },
                "response": {
                    "status": 200,
                    "cookies": [
                        {"name": "_ga", "value": "GA1.2.salainen", "domain": ".koe.example",
                         "path": "/", "expires": "2028-10-10T10:00:00Z", "httpOnly": False}
                    ],
                    "content": {"mimeType": "text/html"},
                },
            },
            {
                "pageref": "page_1",
                "startedDateTime": "2026-10-10T10:00:01Z",
                "request": {"method": "POST", "url": "https://stats.ads.example/collect?v=1",
                            "headers": [], "cookies": [], "postData": {"text": "salainen-runko"}},
                "response": {"status": 204, "cookies": [], "content": {}},
            },
        ],
    }
}  # fmt: skip

INSPECTION = {
    "title": "Website Evidence Collection",
    "uri_ins": "https://www.koe.example/",
    "uri_dest": "https://www.koe.example/",
    "host": "www.koe.example",
    "cookies": [
        {"name": "_fbp", "value": "fb.1.salainen", "domain": ".koe.example", "path": "/",
         "expires": 1799999999, "expiresDays": 90, "session": False, "httpOnly": False,
         "firstPartyStorage": True, "log": {"type": "Cookie.JS", "location": "https://www.koe.example/?email=x"}},
    ],
    "localStorage": {"https://www.koe.example": {"uid": {"value": "salainen-9", "firstPartyStorage": True}}},
    "beacons": [{"url": "https://px.ads.example/tr?id=1", "listName": "easyprivacy.txt",
                 "log": {"location": "https://www.koe.example/"}}],
    "hosts": {"requests": {"firstParty": ["www.koe.example"], "thirdParty": ["px.ads.example", "fonts.example"]}},
}  # fmt: skip
