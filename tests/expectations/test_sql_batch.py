"""A batch that lies in a database is streamed into the same scan, and nothing is written there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Server, server_or_skip

import audit
from audit.expectations import FAMILIES, findings_of, render_results, suite_of
from audit.expectations.batch import as_kwarg, data_checks
from audit.expectations.database import extract_of_database
from audit.expectations.suite import ephemeral
from audit.finding import Result
from audit.plan import Plan, PlannedSource
from audit.register.database import database_table

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


def address(database: Server, more: str = "") -> str:
    """The URL of a server as SQLAlchemy takes it."""
    driver = {"postgresql": "postgresql+psycopg", "mariadb": "mysql+mysqldb"}[database.kind]
    return driver + database.url()[len(database.kind) :] + more


def validated(database: Server, exports: Path, name: str):
    """The suite of the folder's plan, on a table of the database."""
    # A character set that lacks much: what is sent must not depend on it.
    url = address(database, "&charset=latin1" if database.kind == "mariadb" else "")
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


TYPES = {
    "postgresql": """id char(5), d paiva, e date, m timestamp, z timestamptz, n numeric(9, 2),
        f double precision, b boolean, j json, a text[], y bytea, r int4range, i interval,
        "t %s: ""x"" :y" text, o inet, l bit(3), x xml, g money""",
    "mariadb": """id char(5), d date, e date, m datetime, z timestamp, n decimal(9, 2), f double,
        b boolean, t bit(1), j json, y varbinary(9), x blob, s set('x', 'y'), i inet6, u uuid,
        l varchar(9) CHARACTER SET latin1, g point, k year, w time, `t %s: ``x``` longtext,
        v varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin""",
}
TYPED = {
    "postgresql": (
        """('A1', 'infinity', '0044-03-15 BC', '2016-11-22 00:00', '2016-11-21 22:30+00', 12.50, 2,
        true, '{"a": 1}', '{x,y}', '\\x0102', '[1,4)', '1 year 2 days', 'ääni 😀 %s', '192.0.2.1',
        B'101', '<a>b</a>', 12.5)""",
        """('A2', '-infinity', '20000-01-01', 'infinity', '-infinity', 'NaN', 'Infinity', null, '[]',
        '{}', '', 'empty', '-1 day', '', null, null, null, null)""",
    ),
    "mariadb": (
        """('A1', '2016-11-22', '0000-00-00', '2016-11-22 00:00', '2016-11-21 22:30', 12.5, 2, true,
        b'1', '{"a": 1}', 'hetu', x'ff00', 'x,y', '::ffff:192.0.2.1',
        '00000000-0000-0000-0000-000000000001', 'ääni', POINT(1, 2), 2016, '30:00:00',
        'ääni 😀 %s', 'Ä')""",
        """('A2', '2016-00-00', '2016-02-00', '0000-00-00 00:00', 0, null, 1e300, null, b'0', null,
        '', '', '', null, null, '', null, null, '-1:00:00', '', '')""",
    ),
}


@ANY_SERVER
def test_every_type_is_read_as_in_a_table_audited_in_place(database, monkeypatch):
    """Days that Python has none for, blanks that fill a text, characters that a connection lacks."""
    from sqlalchemy import create_engine, text

    name = database.name("typed")
    if database.kind == "postgresql":
        database.execute("DROP DOMAIN IF EXISTS paiva CASCADE", "CREATE DOMAIN paiva AS date")
    else:
        database.execute("SET sql_mode = ''", "SET time_zone = '+00:00'")
    database.execute(
        f"DROP TABLE IF EXISTS {name}",
        f"CREATE TABLE {name} ({TYPES[database.kind]})",
        f"INSERT INTO {name} VALUES {', '.join(TYPED[database.kind])}",
    )
    monkeypatch.setenv("REGISTER_DATABASE_URL", database.url())
    in_place = database_table("REGISTER_DATABASE_URL", "typed", mapped=frozenset())
    engine = create_engine(address(database, "&charset=latin1" * (database.kind == "mariadb")))
    if database.kind == "mariadb":  # whatever the session of another is set to
        database.execute("SET GLOBAL time_zone = '-10:00'")
    try:
        for selected in (text("typed"), text("(SELECT * FROM typed) AS batch")):
            batch = extract_of_database(engine, selected, "typed")
            assert batch.header == in_place.header
            assert batch.first == in_place.first
            assert [tuple(row.cells) for row in batch.rows()] == [*in_place.first]
            assert batch.count() == 2
    finally:
        engine.dispose()
        if database.kind == "mariadb":
            database.execute("SET GLOBAL time_zone = 'SYSTEM'")


ODD_DAYS = {
    "postgresql": ("infinity", "-infinity", "0044-03-15 BC", "2016-11-21", None),
    "mariadb": ("0000-00-00", "2016-00-00", "2016-02-00", "2016-11-21", None),
}


@ANY_SERVER
def test_days_that_are_none_and_keys_of_a_fixed_length(database, exports, monkeypatch):
    """Typed as the server types them, they have the findings and the keys of an audit in place."""
    columns = [database.name(name) for name in HEADER]
    kinds = ("char(9)", "text", "text", "date", "text", "text")
    rows = [
        (f"A{n}", "Aino Esimerkki", f"aino{n}@koe.example", day, "päättynyt", "hetu 010190-999W")
        for n, day in enumerate(ODD_DAYS[database.kind])
    ]
    if database.kind == "mariadb":
        database.execute("SET sql_mode = ''")
    database.execute(
        "DROP TABLE IF EXISTS asiakkaat",
        f"CREATE TABLE asiakkaat ({', '.join(map(' '.join, zip(columns, kinds, strict=True)))})",
    )
    database.execute("INSERT INTO asiakkaat VALUES (%s, %s, %s, %s, %s, %s)", values=rows)
    done = validated(database, exports, "asiakkaat")
    monkeypatch.setenv("REGISTER_DATABASE_URL", database.url())
    plan = audit.load(exports).plan
    [source] = plan.sources
    there = PlannedSource(
        database="REGISTER_DATABASE_URL", sheet="asiakkaat", table=source.name, kind=source.kind,
        columns=source.columns,
    )  # fmt: skip
    in_place = audit.audit(plan.model_copy(update={"sources": (there,)}), as_of=AS_OF)
    told = [f for f in in_place.findings if f.check in data_checks()]
    assert list(findings_of(done)) == told
    assert {f.check for f in told if f.count} >= {"MIN04", "STO01", "STO02"}
    evidence = in_place.evidence()
    mine = evidence["check"].isin(data_checks())
    keyed = evidence[mine & (evidence["result"] == "nonconformity")]
    keys = [k for d in done for k in d.result["partial_unexpected_index_list"]]
    assert {(k["check"], k["record_key"]) for k in keys} == {
        *keyed[["check", "record_key"]].itertuples(index=False, name=None)
    }


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


def in_sqlite(folder: Path, header: list[str], rows: list[tuple[object, ...]]) -> str:
    """A database of one table, ``asiakkaat``; its URL."""
    with sqlite3.connect(folder / "kanta.db") as connection:
        columns = ", ".join(f'"{name}"' for name in header)
        connection.execute(f"CREATE TABLE asiakkaat ({columns})")
        marks = ", ".join("?" * len(header))
        connection.executemany(f"INSERT INTO asiakkaat VALUES ({marks})", rows)
    connection.close()
    return f"sqlite:///{folder / 'kanta.db'}"


def validated_at(url: str, plan: Plan, **how: object):
    """The suite of the plan's table on the table of that name in a database."""
    with ephemeral() as context:
        source = context.data_sources.add_sqlite("s", connection_string=url)
        asset = source.add_table_asset("a", table_name="asiakkaat")
        batch = asset.add_batch_definition_whole_table("w").get_batch()
        return batch.validate(suite_of(plan, as_of=AS_OF), **how).results


def test_a_batch_without_a_key_says_that_its_rows_cannot_be_named(exports, tmp_path):
    """Counts are whole; no row is named by what does not tell it, and the page says so."""
    plan = audit.load(exports).plan
    [source] = plan.sources
    columns = {k: v for k, v in source.columns.items() if k != HEADER[0]}
    plan = plan.model_copy(update={"sources": (source.model_copy(update={"columns": columns}),)})
    done = validated_at(
        in_sqlite(tmp_path, HEADER[1:], [row[1:] for row in ROWS]), plan, result_format="COMPLETE"
    )
    of_family = {one.expectation_config.type: one.result for one in done}
    minimal = of_family["expect_data_minimisation"]
    assert minimal["unexpected_count"] == minimal["details"]["unnamed"] == 1
    assert minimal["unexpected_index_list"] == []
    assert "of 1 it cannot be told which records they are" in minimal["observed_value"]
    accurate = of_family["expect_accuracy"]
    assert accurate["details"]["unnamed"] == 0
    assert "no record could be named" in accurate["observed_value"]
    for lang, words in (("fi", "joita ei voi nimetä"), ("sv", "namnges"), ("en", "be named")):
        assert words in render_results(done, lang)


def test_rows_whose_key_is_blank_are_told_apart_from_those_that_are_named(exports, tmp_path):
    """Each is counted, and only what has a key is listed."""
    plan = audit.load(exports).plan
    note = "hetu 010190-999W"
    rows = [(key, "Aino", "", "", "aktiivinen", note) for key in ("1001", "", None, "1004")]
    done = validated_at(in_sqlite(tmp_path, HEADER, rows), plan, result_format="COMPLETE")
    [minimal] = [d.result for d in done if d.expectation_config.type.endswith("minimisation")]
    assert [key["record_key"] for key in minimal["unexpected_index_list"]] == ["1001", "1004"]
    assert minimal["details"]["unnamed"] == 2
    assert minimal["unexpected_count"] == 4


def test_a_batch_stands_in_the_place_of_a_table_audited_in_place(exports, tmp_path):
    """A plan whose source is a database itself has its row keys as well."""
    plan = audit.load(exports).plan
    [source] = plan.sources
    there = PlannedSource(
        database="REGISTER_DATABASE_URL", sheet="asiakkaat", table=source.name, kind=source.kind,
        columns=source.columns,
    )  # fmt: skip
    plan = plan.model_copy(update={"sources": (there,)})
    done = validated_at(in_sqlite(tmp_path, HEADER, ROWS), plan)
    keys = [k for d in done for k in d.result["partial_unexpected_index_list"]]
    assert {"check": "MIN04", "record_key": "1002", "column": "Lisätiedot"} in keys
