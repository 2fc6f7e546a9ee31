"""A batch that lies in a database is streamed into the same scan, and nothing is written there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Server, server_or_skip

import audit
from audit.expectations import FAMILIES, findings_of, suite_of
from audit.expectations.batch import as_kwarg, data_checks
from audit.expectations.suite import ephemeral
from audit.finding import Result

AS_OF = "2026-11-22"


def test_a_table_of_a_database_has_the_findings_of_its_export(exports, tmp_path):
    """Numbers and blanks come as the text of an export; rows are named by their key alone."""
    register = audit.load(exports)
    frame = register.table("asiakkaat")
    path = tmp_path / "kanta.db"
    with sqlite3.connect(path) as connection:
        columns = ", ".join(f'"{name}"' for name in frame.columns)
        connection.execute(f"CREATE TABLE asiakkaat ({columns})")
        marks = ", ".join("?" * len(frame.columns))
        for number, *cells in frame.itertuples(index=False, name=None):
            connection.execute(
                f"INSERT INTO asiakkaat VALUES ({marks})",
                [int(number), *(cell or None for cell in cells)],
            )
    connection.close()
    before = path.read_bytes()
    with ephemeral() as context:
        source = context.data_sources.add_sqlite("s", connection_string=f"sqlite:///{path}")
        asset = source.add_table_asset("asiakkaat", table_name="asiakkaat")
        batch = asset.add_batch_definition_whole_table("w").get_batch()
        done = batch.validate(suite_of(register.plan, "asiakkaat", as_of=AS_OF)).results
    told = audit.audit(exports, as_of=AS_OF).findings
    assert findings_of(done) == tuple(f for f in told if f.check in data_checks())
    keys = [k for d in done for k in d.result["partial_unexpected_index_list"]]
    assert {"check": "MIN04", "record_key": "1002", "column": "Lisätiedot"} in keys
    assert not any("row" in key for key in keys)
    assert "010190" not in json.dumps([d.to_json_dict() for d in done])
    assert path.read_bytes() == before


def test_a_table_that_goes_is_not_assessed(exports, tmp_path):
    """A database that does not answer gives one sentence, without its statement."""
    register = audit.load(exports)
    path = tmp_path / "kanta.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE asiakkaat (Asiakasnro)")
    connection.close()
    with ephemeral() as context:
        source = context.data_sources.add_sqlite("s", connection_string=f"sqlite:///{path}")
        asset = source.add_table_asset("asiakkaat", table_name="asiakkaat")
        batch = asset.add_batch_definition_whole_table("w").get_batch()
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TABLE asiakkaat")
        connection.close()
        expectation = FAMILIES["accuracy"](plan=as_kwarg(register.plan), table="asiakkaat")
        done = batch.validate(expectation)
    assert done.exception_info["exception_message"] == (
        "asiakkaat cannot be read: the database refuses to read it; nothing is concluded from it; "
        "validate again when the database gives it."
    )
    assert "SELECT" not in json.dumps(done.exception_info["exception_message"])
    assert {f.result for f in findings_of(done)} == {Result.NOT_ASSESSED}


HEADER = ["Asiakasnro", "Nimi", "Sähköposti", "Asiakassuhde päättyi", "Tila", "Lisätiedot"]
#: Blanks of three kinds, signs that end a text or a cell elsewhere, dates that are none.
ROWS = [
    ("1001", "Aino Esimerkki", "aino@koe.example", "21.11.2016", "päättynyt", ""),
    ("1002", "Onni Esimerkki", "onni@koe.example", None, "aktiivinen", "hetu 010190-999W"),
    ("1003", "Eero Esimerkki", "eero@koe.example", "2016-11-22", "päättynyt", " \u00a0\t"),
    ("1004", "", None, "", "aktiivinen", None),
    ("1005", "Elli Esimerkki", "", "kesä 2012", "päättynyt", 'rivi\n"toinen"; \'merkki\\ %s :a'),
]


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def database(request) -> Iterator[Server]:
    """A server of the tests' own."""
    with server_or_skip(request.param) as one:
        yield one


def validated(database: Server, exports: Path, name: str):
    """The suite of the folder's plan, on a table of the database."""
    driver = {"postgresql": "postgresql+psycopg", "mariadb": "mysql+mysqldb"}[database.kind]
    url = driver + database.url()[len(database.kind) :]
    url += "&charset=utf8mb4" if database.kind == "mariadb" else ""
    suite = suite_of(audit.load(exports).plan, "asiakkaat", as_of=AS_OF)
    with ephemeral() as context:
        source = context.data_sources.add_sql("s", connection_string=url)
        asset = source.add_table_asset("asiakkaat", table_name=name)
        batch = asset.add_batch_definition_whole_table("w").get_batch()
        done = batch.validate(suite).results
        source.get_engine().dispose()
        batch.data.execution_engine.engine.dispose()
    return done


# It would have us name a data source that knows no URL of a socket.
ANY_SERVER = pytest.mark.filterwarnings("ignore:You are using a generic SQLDatasource")


@ANY_SERVER
def test_a_server_gives_the_findings_of_its_export(database, exports):
    """PostgreSQL and MariaDB, through SQLAlchemy: the table need not have a key."""
    import csv

    with (exports / "asiakkaat.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *ROWS])
    database.load("asiakkaat", HEADER, ROWS)
    done = validated(database, exports, "asiakkaat")
    told = audit.audit(exports, as_of=AS_OF).findings
    assert findings_of(done) == tuple(f for f in told if f.check in data_checks())
    assert {f.check for f in findings_of(done) if f.count} >= {"MIN04", "STO01"}
    keys = [k for d in done for k in d.result["partial_unexpected_index_list"]]
    assert {"check": "MIN04", "record_key": "1002", "column": "Lisätiedot"} in keys
    assert not any("row" in key for key in keys)
    if database.kind == "mariadb":  # old programs keep texts in binary columns
        database.execute("ALTER TABLE asiakkaat MODIFY `Lisätiedot` BLOB")
        assert findings_of(validated(database, exports, "asiakkaat")) == findings_of(done)


@ANY_SERVER
def test_a_connection_lost_in_the_middle_is_not_assessed(database, exports):
    """What was read before is concluded from nowhere; the sentence quotes neither query nor cell."""
    many = [
        (str(n), "Aino Esimerkki", "", "1.1.2001", "päättynyt", "hetu 010190-999W " + "x" * 200)
        for n in range(30_000)
    ]
    database.load("iso", HEADER, many, 0)
    database.execute(
        "CREATE OR REPLACE FUNCTION katko(t text) RETURNS text LANGUAGE plpgsql AS "
        "$$ BEGIN IF t LIKE '2%' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; "
        "RETURN t; END $$"
        if database.kind == "postgresql"
        else "CREATE OR REPLACE FUNCTION katko(t text) RETURNS text DETERMINISTIC READS SQL DATA "
        "BEGIN IF t LIKE '2%' THEN KILL CONNECTION_ID(); END IF; RETURN t; END"
    )
    number, *others = map(database.name, HEADER)
    database.execute(
        f"CREATE OR REPLACE VIEW katkeava AS SELECT katko({number}) AS {number}, "
        f"{', '.join(others)} FROM iso"
    )
    done = validated(database, exports, "katkeava")
    [said] = {one.exception_info["exception_message"] for one in done}
    assert said.startswith("asiakkaat cannot be read: the connection was lost before the last row;")
    assert "010190" not in json.dumps([one.exception_info for one in done])
    assert {f.result for f in findings_of(done)} == {Result.NOT_ASSESSED}
