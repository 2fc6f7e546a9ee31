"""A register in a database gives the findings of its export, and only what is asked for leaves it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from servers import Server, is_there, server_or_skip

import audit
from audit import plan as plans
from audit.api import Register
from audit.engine.database import candidates, query
from audit.errors import AuditError, InputUnreadable, PlanInvalid
from audit.finding import Result
from audit.plan import Plan, PlannedSource, read_plan, write_plan
from audit.register.database import Connection, Connections, connected, database_table
from audit.report.findings import as_data

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data_samples/asiakasrekisteri"
AS_OF = "2026-11-22"
URL = "REGISTER_AUDIT_TEST_DATABASE"

HEADER = ["Asiakasnro", "Nimi", "Sähköposti", "Asiakassuhde päättyi", "Tila", "Lisätiedot"]
ROWS = [
    ("1001", "Aino Esimerkki", "aino@koe.example", "21.11.2016", "päättynyt", ""),
    ("1002", "Onni Esimerkki", "onni@koe.example", None, "aktiivinen", "hetu 010190-999W"),
    ("1003", "Eero Esimerkki", "eero@koe.example", "2016-11-22", "päättynyt", " \u00a0\t"),
    ("1004", "", None, "", "aktiivinen", None),
    ("1005", "POISTETTU", "", "kesä 2012", "päättynyt", "[poistettu]"),
    (
        "1006",
        "Sanna Esimerkki",
        "sanna@koe.example",
        "",
        "aktiivinen",
        "Rivi\nja \x1f toinen; 'merkki\\",
    ),
    (
        "1007",
        "Ville Esimerkki",
        "ville@koe.example",
        "",
        "aktiivinen",
        "0101\u200b90-999W, SAIRAUS",
    ),
]


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def database(request) -> Iterator[Server]:
    """A server of the tests' own."""
    with server_or_skip(request.param) as one:
        yield one


@pytest.fixture
def url(database, monkeypatch) -> str:
    monkeypatch.setenv(URL, database.url())
    return database.url()


def in_database(plan: Plan, tables: dict[str, str]) -> Plan:
    """The plan with its files' tables read from the database instead."""
    sources = [
        PlannedSource(
            database=URL, sheet=tables[s.name], table=s.name, kind=s.kind,
            extracted_on=s.extracted_on, columns=s.columns,
        )
        for s in plan.sources
    ]  # fmt: skip
    return plan.model_copy(update={"sources": tuple(sources)})


def findings(result: audit.Audit) -> str:
    """``findings.json`` but for where the tables lie and the ledger of how they were read."""
    data = json.loads(json.dumps(as_data(result.conclusion)))
    del data["ledgers"], data["left_out"]
    for table in data["tables"]:
        del table["source"], table["sheet"]
    return json.dumps(data, indent=1, sort_keys=True)


def evidence(result: audit.Audit) -> list[str]:
    frame = result.evidence().drop(columns=["row", "line", "source", "table"])
    return sorted(map(repr, frame.fillna("").itertuples(index=False)))


def note(result: audit.Audit, place: int = 0) -> dict[str, int]:
    return dict(result.conclusion.ledgers[place].notes)


def small(exports: Path, database: Server, rows: list[Any], key: int | None = 0) -> Plan:
    """The two customers' folder with other rows, as a file and in the database."""
    import csv

    with (exports / "asiakkaat.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *rows])
    database.load("asiakkaat", HEADER, rows, key)
    return audit.load(exports).plan


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> tuple[Plan, dict[str, Any], audit.Audit]:
    """The sample's tables that are exported as CSV: their plan, their cells, and their audit."""
    folder = tmp_path_factory.mktemp("sample") / "asiakasrekisteri"
    shutil.copytree(SAMPLE, folder)
    plan = read_plan(folder / "audit.yaml")
    sources = tuple(
        # Written again without the damage that their forms have: no table holds a broken line.
        source.model_copy(update={"encoding": None, "delimiter": None, "header_lines": None})
        for source in plan.sources
        if source.file.endswith(".csv")
    )
    register = Register(folder, plan)
    frames = {}
    for source in sources:
        frame = register.table(source.name)
        frames[source.name] = frame[frame.index > 0]
    for source in sources:
        frames[source.name].to_csv(folder / source.file, sep=";", index=False)
    plan = plan.model_copy(update={"sources": sources})
    return plan, frames, audit.audit(plan, AS_OF)


def test_the_sample_gives_the_findings_of_its_export(database, url, exported):
    """Byte for byte, and the evidence as a set."""
    plan, frames, by_file = exported
    for name, frame in frames.items():
        rows = [tuple(row) for row in frame.itertuples(index=False)]
        database.load(name, list(frame.columns), rows)
    by_database = audit.audit(in_database(plan, {name: name for name in frames}), AS_OF)
    assert by_file.conclusion.evidence_count(Result.NONCONFORMITY) > 100
    assert findings(by_database) == findings(by_file)
    assert evidence(by_database) == evidence(by_file)
    [orders] = [ledger for ledger in by_database.conclusion.ledgers if ledger.sheet == "tilaukset"]
    sent = dict(orders.notes)
    assert sent["database_candidates"] < sent["database_rows"] / 10
    assert orders.lines == sent["database_rows"] == len(frames["tilaukset"])


def test_blanks_removed_names_odd_dates_and_hidden_codes(exports, database, url):
    """NULL, empty and white space are one; what a pattern must not miss is sent."""
    plan = small(exports, database, ROWS)
    by_file = audit.audit(plan, AS_OF)
    by_database = audit.audit(in_database(plan, {"asiakkaat": "asiakkaat"}), AS_OF)
    assert findings(by_database) == findings(by_file)
    assert evidence(by_database) == evidence(by_file)
    assert {f.check for f in by_database.findings if f.count} >= {"MIN04", "STO01"}
    # Not whole are those that hold nothing but what their columns are for.
    assert note(by_database)["database_candidates"] == 5
    rows = by_database.evidence()
    assert rows["line"].isna().all()
    assert set(rows[rows["check"] == "MIN04"]["record_key"]) == {"1002", "1007"}


def test_what_stands_in_many_rows_makes_no_candidates(exports, database, url):
    """A state with a stem of a word in it is judged once; the code below it is still found."""
    rows = [(str(n), "Aino Esimerkki", "", "", "aktiivinen", "") for n in range(1100, 1200)]
    plan = small(exports, database, [*rows, ROWS[1]])
    by_database = audit.audit(in_database(plan, {"asiakkaat": "asiakkaat"}), AS_OF)
    assert note(by_database)["database_candidates"] == 1
    assert findings(by_database) == findings(audit.audit(plan, AS_OF))


def test_an_empty_table_is_not_assessed(exports, database, url):
    plan = small(exports, database, ROWS)
    database.load("tyhja", HEADER, [])
    result = audit.audit(in_database(plan, {"asiakkaat": "tyhja"}), AS_OF)
    of_table = [f for f in result.findings if f.table]
    assert of_table
    assert {f.result for f in of_table} == {"not_assessed"}
    assert result.conclusion.complete


def test_a_table_without_a_key_says_so(exports, database, url):
    plan = small(exports, database, ROWS, key=None)
    result = audit.audit(in_database(plan, {"asiakkaat": "asiakkaat"}), AS_OF)
    assert note(result)["database_no_key"] == len(ROWS)
    database.load("asiakkaat", HEADER, ROWS, 0)
    result = audit.audit(in_database(plan, {"asiakkaat": "asiakkaat"}), AS_OF)
    assert "database_no_key" not in note(result)


def test_typed_columns_are_the_text_of_an_export(exports, database, url):
    """Days, moments, numbers, truths, lists, bytes, and a type that no other engine has."""
    if database.kind == "postgresql":
        database.execute(
            "DROP TABLE IF EXISTS typed",
            "DROP DOMAIN IF EXISTS paiva",
            "CREATE DOMAIN paiva AS date",
            """CREATE TABLE typed (id bigint PRIMARY KEY, d paiva, m timestamp, z timestamptz,
            n numeric(9, 2), f double precision, b boolean, j json, a text[], y bytea, r int4range,
            i inet, u uuid, c char(6), e tsvector)""",
            """INSERT INTO typed VALUES (7, '2016-11-22', '2016-11-22 00:00', '2016-11-21 22:30+00',
            12.50, 2, true, '{"a": 1}', '{x,y}', '\\x0102', '[1,4)', '192.0.2.1',
            '00000000-0000-0000-0000-000000000001', 'ab', 'kissa')""",
        )
        expected = (
            "7", "2016-11-22", "2016-11-22", "2016-11-22 00:30:00", "12.50", "2", "true",
            '{"a": 1}', "x; y", "(2 bytes)", "[1,4)", "192.0.2.1/32",
            "00000000-0000-0000-0000-000000000001", "ab", "'kissa'",
        )  # fmt: skip
    else:
        database.execute(
            "DROP TABLE IF EXISTS typed",
            """CREATE TABLE typed (id bigint PRIMARY KEY, d date, z date, m datetime, n decimal(9, 2),
            f double, b boolean, t bit(1), j json, y varbinary(9), x blob, s set('x', 'y'),
            i inet6, u uuid, l varchar(9) CHARACTER SET latin1, g point)""",
            "SET sql_mode = ''",
            """INSERT INTO typed VALUES (7, '2016-11-22', '0000-00-00', '2016-11-22 00:00', 12.5,
            2, true, b'1', '{"a": 1}', 'hetu', x'ff00', 'x,y', '::ffff:192.0.2.1',
            '00000000-0000-0000-0000-000000000001', 'ääni', POINT(1, 2))""",
        )
        expected = (
            "7", "2016-11-22", "0000-00-00", "2016-11-22", "12.50", "2", "1", "1", '{"a": 1}',
            "hetu", "(2 bytes)", "x,y", "::ffff:192.0.2.1",
            "00000000-0000-0000-0000-000000000001", "ääni", "POINT(1 2)",
        )  # fmt: skip
    first = database_table(URL, "typed", mapped=frozenset()).first
    assert first == (expected,)


def test_a_timestamp_of_mariadb_is_of_the_day_in_helsinki(exports, database, url):
    """It is kept in UTC, as PostgreSQL's with a zone; summer time is known without the server's tables."""
    if database.kind != "mariadb":
        return  # PostgreSQL's are in the table of types
    days = {
        "2016-11-21 22:30:00": "2016-11-22 00:30:00",
        "2016-06-30 21:30:00": "2016-07-01 00:30:00",
        "2024-03-31 00:59:59": "2024-03-31 02:59:59",
        "2024-03-31 01:00:00": "2024-03-31 04:00:00",
        "2024-10-27 00:59:59": "2024-10-27 03:59:59",
        "2024-10-27 01:00:00": "2024-10-27 03:00:00",
        "1994-10-01 12:00:00": "1994-10-01 14:00:00",
        "1996-10-01 12:00:00": "1996-10-01 15:00:00",
        "1979-07-01 22:00:00": "1979-07-02",
        "0000-00-00 00:00:00": "0000-00-00",
    }
    rows = ", ".join(f"({n}, '{day}')" for n, day in enumerate(days))
    database.execute(
        "DROP TABLE IF EXISTS stamped",
        "CREATE TABLE stamped (id int PRIMARY KEY, z timestamp NULL)",
        "SET sql_mode = ''",
        "SET time_zone = '+00:00'",
        f"INSERT INTO stamped VALUES {rows}, (99, NULL)",
    )
    first = database_table(URL, "stamped", mapped=frozenset()).first
    assert first is not None
    assert [said for _, said in first] == [*days.values(), ""]


def test_the_database_passes_whatever_the_recognisers_look_at(database, url):
    """The patterns mean there what they mean to Python, upper case, dashes and long cells included."""
    database.load("texts", ["t"], [("",)])
    texts = [
        "aino@koe.example", "_010190-999W_", "FI21 1234 5600 0007 85", "+358 40 123 4567", "HIV",
        "syöpä", "SYÖPÄ", "sairaus\u00a0loma", "0101\u200b90", "\uff10\uff11", "\U0001d400", "ﬁ",
        "4111 1111 1111 1111", "ei mitään", "lattia hiottiin", "[a] ^b$ \\d {2} 'x' %s", "x" * 300_000,
        "x " * 300_000, "tuntematon\nrivi", "1‐2", "mielenterveys", "Ay-jäsen", "a@b.fi",
    ]  # fmt: skip
    assert len(candidates()) > 2
    with connected(URL, "the test") as connection:
        for text in texts:
            for pattern in candidates():
                sql = connection.dialect.matches(_literal(connection, text), pattern)
                [(found,)] = connection.rows(f"SELECT {sql}")
                assert bool(found) == bool(re.search(pattern, text)), (text[:40], pattern[:40])


def _literal(connection: Connection, text: str) -> str:
    quoted = "'" + text.replace("'", "''") + "'"
    if connection.dialect.kind == "postgresql":
        return f'{quoted} COLLATE "C"'
    return f"{quoted} COLLATE utf8mb4_bin"


def test_collations_neither_hide_a_code_nor_make_two_keys_one(exports, database, url):
    """Letters are told apart by case, whatever the table's own order of letters says."""
    plan = small(exports, database, [("A1", *ROWS[1][1:]), ("a2", *ROWS[0][1:])])
    if database.kind == "postgresql":
        database.execute(
            "CREATE COLLATION IF NOT EXISTS blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
            *(
                f'ALTER TABLE asiakkaat ALTER COLUMN "{name}" TYPE text COLLATE blind'
                for name in HEADER
            ),
        )
    else:
        database.execute(
            "ALTER TABLE asiakkaat CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        )
    by_database = audit.audit(in_database(plan, {"asiakkaat": "asiakkaat"}), AS_OF)
    assert findings(by_database) == findings(audit.audit(plan, AS_OF))


def test_where_patterns_cannot_be_relied_on_every_row_is_read(exports, database, url, monkeypatch):
    plan = small(exports, database, ROWS)
    whole = in_database(plan, {"asiakkaat": "asiakkaat"})
    usual = findings(audit.audit(whole, AS_OF))
    init = Connection.__init__

    def without(self, raw, dialect, *more):
        init(self, raw, replace(dialect, filters=False), *more)

    monkeypatch.setattr(Connection, "__init__", without)
    result = audit.audit(whole, AS_OF)
    assert findings(result) == usual
    assert note(result)["database_unfiltered"] == note(result)["database_candidates"] == len(ROWS)


def test_nothing_can_be_written(database, url):
    """The transaction itself refuses, for the owner of the database as well."""
    database.load("kohde", ["a"], [("1",)])
    for statement in ('DELETE FROM "kohde"', 'CREATE TABLE "uusi" (a int)', 'DROP TABLE "kohde"'):
        with connected(URL, "the test") as connection, pytest.raises(InputUnreadable) as refused:
            connection.rows(statement)
        assert "kohde" not in str(refused.value)
    with connected(URL, "the test") as connection:
        assert connection.rows('SELECT a FROM "kohde"') == [("1",)]


def test_one_state_is_read(database, url):
    """What others write meanwhile is not seen."""
    database.load("kohde", ["a"], [("1",)])
    with connected(URL, "the test") as connection:
        assert connection.rows('SELECT count(*) FROM "kohde"') == [(1,)]
        database.execute(f"INSERT INTO {database.name('kohde')} VALUES ('2')")
        assert connection.rows('SELECT count(*) FROM "kohde"') == [(1,)]


def test_all_tables_are_read_in_one_state(database, url):
    """What others write between two tables is not seen, nor after a table that may not be read."""
    database.load("eka", ["a"], [("1",)])
    database.load("toka", ["a"], [("1",)])
    connections = Connections()
    try:
        with connections.to(URL, "eka") as (one, again):
            assert one.rows('SELECT count(*) FROM "eka"') == [(1,)]
        assert not again
        database.execute(f"INSERT INTO {database.name('toka')} VALUES ('2')")
        with pytest.raises(InputUnreadable), connections.to(URL, "kolmas") as (one, _):
            one.rows('SELECT count(*) FROM "kolmas"')
        with connections.to(URL, "toka") as (other, again):
            assert other.rows('SELECT count(*) FROM "toka"') == [(1,)]
            assert other.shown == "toka"
        assert other is one
        assert not again
    finally:
        connections.close()


def test_a_lost_connection_is_opened_again_and_said(database, url):
    connections = Connections()
    end = (
        "SELECT pg_terminate_backend(pg_backend_pid())"
        if database.kind == "postgresql"
        else "KILL CONNECTION_ID()"
    )
    try:
        with pytest.raises(InputUnreadable), connections.to(URL, "eka") as (one, again):
            one.rows(end)
        assert not again
        with connections.to(URL, "toka") as (other, again):
            assert other.rows("SELECT 1") == [(1,)]
        assert again
        assert other is not one
    finally:
        connections.close()


def test_no_cell_is_sent_twice(exports, database, url):
    """What is asked for by name is not sent again with the row that is looked at."""
    plan = in_database(small(exports, database, ROWS), {"asiakkaat": "asiakkaat"})
    table = plans.resolve(plan, plan.sources[0], "audit.yaml", exports).table
    source = database_table(URL, "asiakkaat", mapped=frozenset()).database
    assert source is not None
    with connected(URL, "the test") as connection:
        asked = query(table, source, connection, {}, matched=False)
        rows = list(connection.stream(asked.sql))
    assert len(asked.asked) + len(asked.others) == len(HEADER)
    whole = [row for row in rows if row[-1] is not None]
    assert 0 < len(whole) < len(rows)
    for row in whole:
        assert len(row[-1].split("\x1f")) == len(asked.others)
        cells, is_whole = asked.cells(row)
        assert is_whole
        assert cells[0] in {given[0] for given in ROWS}
        assert row[-1].count(cells[0]) == 0


def test_a_reader_needs_no_more_than_select(exports, database, url, monkeypatch):
    """A wrong password, a table that may not be read, and one that may."""
    plan = small(exports, database, ROWS)
    who = "reader" if database.kind == "postgresql" else "'reader'@'localhost'"
    if database.kind == "postgresql":
        database.execute(
            "DROP OWNED BY reader" if _has_reader(database) else "SELECT 1",
            "DROP ROLE IF EXISTS reader",
            "CREATE ROLE reader LOGIN PASSWORD 'salasana'",
        )
    else:
        database.execute(f"CREATE OR REPLACE USER {who} IDENTIFIED BY 'salasana'")
        database.execute(f"GRANT SELECT ON register.kohde TO {who}")
    database.load("kohde", ["a"], [("1",)])
    source = in_database(plan, {"asiakkaat": "asiakkaat"})
    monkeypatch.setenv(URL, database.url("reader", "salasana-toinen"))
    with pytest.raises(AuditError) as wrong:
        audit.audit(source, AS_OF)
    assert str(wrong.value) == (
        f"database {URL}, asiakkaat cannot be read: it refuses the name or the password; "
        "correct the URL in the environment, or ask whoever runs the database."
    )
    monkeypatch.setenv(URL, database.url("reader", "salasana"))
    with pytest.raises(AuditError) as refused:
        audit.audit(source, AS_OF)
    assert "salasana" not in str(refused.value)
    assert "reader" not in str(refused.value)
    database.execute(f"GRANT SELECT ON {database.name('asiakkaat')} TO {who}")
    assert audit.audit(source, AS_OF).conclusion.complete


def _has_reader(database: Server) -> bool:
    database.execute("SELECT 1")
    rows = database.raw.execute("SELECT 1 FROM pg_roles WHERE rolname = 'reader'").fetchall()
    return bool(rows)


def test_a_connection_lost_in_the_middle_ends_its_source_alone(exports, database, url, cli):
    """The other sources are audited, the report is headed incomplete, the status is 2."""
    small(exports, database, ROWS)
    many = [(str(n), "Aino Esimerkki", "", "", "aktiivinen", "x" * 200) for n in range(30_000)]
    database.load("iso", HEADER, many, 0)
    database.execute(
        "CREATE OR REPLACE FUNCTION katko(t text) RETURNS text LANGUAGE plpgsql AS "
        "$$ BEGIN IF t LIKE '2%' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; "
        "RETURN t; END $$"
        if database.kind == "postgresql"
        else "CREATE OR REPLACE FUNCTION katko(t text) RETURNS text DETERMINISTIC READS SQL DATA "
        "BEGIN IF t LIKE '2%' THEN KILL CONNECTION_ID(); END IF; RETURN t; END"
    )
    columns = ", ".join(
        f"katko({database.name(name)}) AS {database.name(name)}"
        if name == "Asiakasnro"
        else database.name(name)
        for name in HEADER
    )
    database.execute(f"CREATE OR REPLACE VIEW katkeava AS SELECT {columns} FROM iso")
    plan = audit.load(exports).plan
    broken = in_database(plan, {"asiakkaat": "katkeava"}).sources[0]
    broken = broken.model_copy(update={"table": "iso"})
    both = plan.model_copy(update={"sources": (broken, *plan.sources)})
    (exports / "audit.yaml").write_text(write_plan(both), "utf-8")
    done = cli("run", exports, "--as-of", AS_OF, "--out", exports / "o", "-q")
    assert done.returncode == 2, done.stderr
    assert f"database {URL}, katkeava cannot be read: the connection was lost" in " ".join(
        done.stderr.split()
    )
    data = json.loads((exports / "o/findings.json").read_text("utf-8"))
    assert data["complete"] is False
    assert {table["name"] for table in data["tables"]} == {"asiakkaat"}
    for path in (exports / "o").iterdir():
        assert url.encode() not in path.read_bytes()


def test_a_plan_is_drafted_from_the_database_and_audited(exports, database, url, cli):
    """The folder's plan names the variable alone; each table is drafted, and the URL stands nowhere."""
    small(exports, database, ROWS)
    (exports / "asiakkaat.csv").unlink()
    (exports / "audit.yaml").write_text(
        f"schema: register-audit/plan/1\nnotice: notice.yaml\nsources:\n  - database: {URL}\n",
        "utf-8",
    )
    drafted = cli("plan", exports)
    assert drafted.returncode == 0, drafted.stderr
    (exports / "audit.yaml").write_text(drafted.stdout, "utf-8")
    plan = read_plan(exports / "audit.yaml")
    source = next(s for s in plan.sources if s.name == "asiakkaat")
    assert source.columns["Sähköposti"].category == "email"
    assert source.kind == "customers"
    assert "# certain: " in drafted.stdout
    source = source.model_copy(update={"table": "asiakkaat"})
    plan = plan.model_copy(update={"sources": (source,)})
    (exports / "audit.yaml").write_text(write_plan(plan), "utf-8")
    done = cli("run", exports, "--as-of", AS_OF, "--out", exports / "o", "-q")
    assert done.returncode == 1, done.stderr
    manifest = json.loads((exports / "o/manifest.json").read_text("utf-8"))
    [given] = manifest["inputs"]
    assert given["path"] == f"database {URL}, asiakkaat"
    assert given["database_rows"] == len(ROWS)
    assert 0 < given["database_cells"] < len(ROWS)
    for path in (exports / "o").iterdir():
        assert url.encode() not in path.read_bytes()
    assert cli("plan", exports, "--check").returncode == 0


def test_a_mapped_table_is_not_sampled(exports, database, url):
    """Nothing of a reviewed table is looked at before the audit."""
    plan = small(exports, database, ROWS)
    names = frozenset(plan.sources[0].columns)
    assert database_table(URL, "asiakkaat", mapped=names).first == ()
    assert len(database_table(URL, "asiakkaat", mapped=frozenset()).first or ()) == len(ROWS)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "is not set"),
        ("sqlite:///x", "holds no URL of a database"),
        ("postgresql://aino:salasana@127.0.0.1:1/x", "its server does not answer"),
        ("mysql://aino:salasana@127.0.0.1:1/x", "its server does not answer"),
        ("postgresql://aino:salasana@[", "holds no URL of a database"),
    ],
)
def test_what_cannot_be_reached_is_said_without_the_url(monkeypatch, value, sentence):
    if not (is_there("postgresql") and is_there("mariadb")):
        pytest.skip("the drivers are not installed")
    monkeypatch.setenv(URL, value)
    with pytest.raises(InputUnreadable) as said, connected(URL, f"database {URL}, asiakkaat"):
        pass
    assert sentence in str(said.value)
    assert "salasana" not in str(said.value)
    assert "aino" not in str(said.value)
    assert said.value.__context__ is None or said.value.__suppress_context__


def test_a_url_in_the_plan_is_refused_without_printing_it(exports):
    (exports / "audit.yaml").write_text(
        "schema: register-audit/plan/1\nsources:\n  - database: postgresql://a:salasana@b/c\n",
        "utf-8",
    )
    with pytest.raises(PlanInvalid) as said:
        read_plan(exports / "audit.yaml")
    assert "environment variable" in str(said.value)
    assert "salasana" not in str(said.value)
    (exports / "audit.yaml").write_text(
        "schema: register-audit/plan/1\nsources:\n  - sheet: x\n", "utf-8"
    )
    with pytest.raises(PlanInvalid, match="either a `file` or a `database`"):
        read_plan(exports / "audit.yaml")


def test_without_the_drivers_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setenv(URL, "postgresql://a@b/c")
    monkeypatch.setitem(os.sys.modules, "psycopg", None)
    with (
        pytest.raises(InputUnreadable, match=r"install register-audit\[database\]"),
        connected(URL, "x"),
    ):
        pass
