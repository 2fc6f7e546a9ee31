"""From exports to findings: what is assessed, where it is said to stand, and what is not said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from audit.errors import AuditError
from audit.finding import Audit, Result
from audit.plan import Mapping
from audit.plan.drafting import draft_plan
from audit.register.model import Role
from audit.run import run

AS_OF = date(2026, 11, 22)
HEADER = "Asiakasnro;Nimi;Sähköposti;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila;Lisätiedot\n"


def audited(folder: Path, text: str | None = None, **changes: object) -> tuple[Audit, list[dict]]:
    """Audit the folder's `asiakkaat.csv`; the findings and the evidence."""
    if text is not None:
        (folder / "asiakkaat.csv").write_text(text, "utf-8")
    plan = draft_plan(folder)
    sources = tuple(source.model_copy(update=changes) for source in plan.sources)
    out = folder.parent / "evidence.parquet"
    audit = run(plan.model_copy(update={"sources": sources}), AS_OF, out)
    cursor = duckdb.connect().execute(f"SELECT * FROM '{out}'")
    names = [d[0] for d in cursor.description]
    return audit, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def places(evidence: list[dict], check: str) -> list[tuple]:
    return [
        (e["row"], e["line"], e["column"], e["record_key"]) for e in evidence if e["check"] == check
    ]


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ("21.11.2016", True),
        ("22.11.2016", False),
        ("29.2.2016", True),
        ("31.12.9999", False),
        ("", False),
    ],
)
def test_the_boundary_day(exports, end, kept):
    """Ten years from 22.11.2016 may be kept through 22.11.2026, though that is a Sunday."""
    _, evidence = audited(exports, f"{HEADER}7;A;;1.1.2000;{end};;\n8;B;;;;;\n")
    assert bool(places(evidence, "STO01")) is kept


def test_what_falls_due_after_the_export_is_not_kept_too_long(exports):
    """As-of is held against the day the export was taken."""
    text = f"{HEADER}7;A;;1.1.2000;1.11.2016;;\n8;B;;1.1.2000;1.10.2016;;\n"
    _, evidence = audited(exports, text)
    assert len(places(evidence, "STO01")) == 2
    _, evidence = audited(exports, text, extracted_on=date(2026, 10, 15))
    assert [key for *_, key in places(evidence, "STO01")] == ["8"]


def test_lines_are_physical_where_notes_have_line_breaks(exports):
    """A record's line is where it begins, after the line breaks of the notes before it."""
    _, evidence = audited(
        exports,
        f'{HEADER}1;A;;;;;"x\ny\nz"\n2;B;;;;;hetu 010190-999W\n3;C;;;1.1.2001;;"p\nq"\n4;D;;;1.1.2002;;\n',
    )
    assert places(evidence, "MIN04") == [(2, 5, "Lisätiedot", "2")]
    assert [(row, line) for row, line, *_ in places(evidence, "STO01")] == [(3, 6), (4, 8)]


def test_lines_are_physical_in_a_repaired_file(exports):
    """Rows count what was read; lines count what stands in the file; what was not read is evidence."""
    _, evidence = audited(
        exports, f"{HEADER}1;A;;;;;\n\n2;B;too;many;cells;in;this;line\n3;C;;;1.1.2001;;\n"
    )
    assert places(evidence, "STO01") == [(2, 5, "Asiakassuhde päättyi", "3")]
    assert [
        (e["line"], e["detail"]) for e in evidence if e["result"] == "not_assessed" and e["line"]
    ] == [(4, "too_many_cells")]


def test_a_key_that_is_somebodys_detail_is_not_shown(exports):
    """Where the key is an e-mail, or holds an identity code or a name, the row number must do."""
    (exports / "asiakkaat.csv").unlink()
    (exports / "kontaktit.csv").write_text(
        "Asiakasnro;Nimi;Asiakassuhde päättyi\nA-17;A;1.1.2001\n010190-999W;B;1.1.2001\nEsimerkki Aino;C;1.1.2001\n",
        "utf-8",
    )
    _, evidence = audited(exports)
    assert [e["record_key"] for e in evidence if e["check"] == "STO01"] == ["A-17", None, None]


def test_a_column_full_of_one_thing_is_one_finding(exports):
    """Also where the head of the file does not show it: the content decides, from every cell."""
    rows = "".join(f"{n};A;;{'FI2112345600000785' if n > 1500 else ''}\n" for n in range(1, 2001))
    audit, evidence = audited(exports, f"Asiakasnro;Nimi;Sähköposti;kentta7\n{rows}")
    assert [(e["row"], e["column"], e["category"]) for e in evidence if e["check"] == "MIN01"] == [
        (None, "kentta7", "bank_account")
    ]
    assert not [e for e in evidence if e["check"] == "MIN02"]
    assert [v.filled for v in audit.tables[0].columns][-1] == 500


def test_own_details_in_a_note_are_where_they_may_be(exports):
    """The record's own e-mail conforms, another's does not, and an unknown one is an observation."""
    audit, evidence = audited(
        exports,
        f"{HEADER}1;A;a@koe.example;;;;kirjoita A@koe.example\n2;B;b@koe.example;;;;ks. c@koe.example\n"
        "3;C;;;;;d@koe.example\n",
    )
    found = {e["row"]: e["result"] for e in evidence if e["check"] == "MIN02"}
    assert found == {2: "nonconformity", 3: "observation"}
    assert audit.complete


def test_an_open_list_gives_observations(exports):
    """Against "for example", something undeclared is an observation."""
    notice = exports / "notice.yaml"
    notice.write_text(notice.read_text("utf-8").replace("'yes'", "'no'"), "utf-8")
    audit, _ = audited(
        exports, "Asiakasnro;Nimi;Syntymäaika\n1;A;1.1.1970\n2;B;2.2.1980\n3;C;3.3.1990\n"
    )
    found = [f for f in audit.findings if f.check == "MIN01" and f.column]
    assert [f.result for f in found] == [Result.OBSERVATION]


def test_conformities_have_their_denominator(exports):
    """Every "conforms" says of how many."""
    audit, _ = audited(exports, f"{HEADER}1;A;a@koe.example;1.1.2020;;aktiivinen;\n2;B;;;;;\n")
    conforming = [f for f in audit.findings if f.result is Result.CONFORMITY]
    assert {f.check for f in conforming} >= {"MIN01", "MIN02", "MIN04", "STO01", "STO02", "STO03"}
    assert {f.check: f.examined for f in conforming}["MIN02"] == 14
    assert all(f.examined > 0 for f in conforming)


@pytest.mark.parametrize(
    ("hold", "kept"),
    [("", True), ("ei", True), ("\u00a0", True), ("0", True), ("avoin lasku", False), ("x", False)],
)
def test_a_blank_hold_is_no_hold(exports, hold, kept):
    """Only a hold that says something suspends erasure."""
    text = f"Asiakasnro;Nimi;Asiakassuhde päättyi;Poistoesto\n1;A;1.1.2001;{hold}\n2;B;;\n"
    _, evidence = audited(exports, text)
    assert bool(places(evidence, "STO01")) is kept


@pytest.mark.parametrize(
    ("hold", "reason", "check"),
    [
        ("x", "Perintä", "STO05"),
        ("x", "xqz", "STO05"),
        ("avoin lasku", "", "STO05"),
        ("x", "", "STO01"),
        ("x", "-", "STO01"),
        ("x", "Voi tilata uudelleen", "STO01"),
        ("", "", "STO01"),
    ],
)
def test_a_hold_stands_on_its_reason(exports, hold, reason, check):
    """Where the list asks for a reason, none and a mere hope suspend nothing."""
    text = (
        "Asiakasnro;Nimi;Asiakassuhde päättyi;Poistoesto;Poistoeston syy\n"
        f"1;A;1.1.2001;{hold};{reason}\n2;B;;;\n"
    )
    _, evidence = audited(exports, text)
    assert {e["check"] for e in evidence} & {"STO01", "STO05"} == {check}


@pytest.mark.parametrize(
    ("invoiced", "dormant"), [("22.11.2023", True), ("22.11.2024", False), ("1.11.2026", False)]
)
def test_the_last_invoice_of_a_customer_is_a_sign_of_life(exports, invoiced, dormant):
    """24 months without one is long, and what came later than the last order counts."""
    text = (
        "Asiakasnro;Nimi;Asiakassuhde päättyi;Viimeisin tilaus;Viimeisin laskutus\n"
        f"1;A;;1.1.2020;{invoiced}\n2;B;;1.11.2026;1.11.2026\n3;C;;1.11.2026;1.11.2026\n"
    )
    _, evidence = audited(exports, text)
    assert bool(places(evidence, "STO07")) is dormant


def test_a_two_digit_year_is_a_year(exports):
    """`1.1.01` is the first of January 2001, not the placeholder 0001-01-01."""
    _, evidence = audited(exports, f"{HEADER}1;A;;;1.1.01;;\n2;B;;;1.1.0001;;\n")
    assert [key for *_, key in places(evidence, "STO01")] == ["1"]


def test_files_of_one_stem_are_two_tables(exports):
    """What one file holds is not found in another of the same name."""
    (exports / "asiakkaat.csv").write_text("Asiakasnro;Nimi;Lisätiedot\n1;A;x\n", "utf-8")
    (exports / "asiakkaat.tsv").write_text(
        "Asiakasnro\tNimi\tLisätiedot\n1\tA\t010190-999W\n", "utf-8"
    )
    _, evidence = audited(exports)
    assert [e["source"] for e in evidence if e["check"] == "MIN04"] == ["asiakkaat.tsv"]


def test_special_and_credit_columns_have_their_codes(exports):
    """Neither falls between the checks."""
    text = "Asiakasnro;Nimi;Luottoraja;Allergiat\n1;A;500;pähkinä\n2;B;0;\n"
    _, evidence = audited(exports, text)
    found = [e for e in evidence if e["result"] == "nonconformity" and e["column"]]
    assert {(e["check"], e["column"]) for e in found} == {
        ("MIN07", "Luottoraja"),
        ("MIN03", "Allergiat"),
    }


def test_a_year_may_head_a_column(exports):
    """A header of years is a header."""
    audit, _ = audited(exports, "Asiakasnro;Nimi;2024;2025\n1;A;10;20\n2;B;1;2\n")
    assert [c.header for c in audit.tables[0].columns] == ["Asiakasnro", "Nimi", "2024", "2025"]


def test_a_code_without_its_separator_is_no_shown_key(exports):
    """A key that looks like an identity code is not printed."""
    _, evidence = audited(exports, f"{HEADER}010190999W;A;;;1.1.2001;;\n17;B;;;1.1.2001;;\n")
    assert [key for *_, key in places(evidence, "STO01")] == [None, "17"]


def test_no_check_left_is_an_error(exports):
    """A gate does not pass on nothing."""
    plan = draft_plan(exports)
    with pytest.raises(AuditError, match="no check"):
        run(plan, AS_OF, exports.parent / "e.parquet", only=["STO01"], skip=["STO01"])


def test_a_date_column_without_a_single_date_is_not_assessed(exports):
    """What the plan takes for end dates and is none conforms to nothing, and deviates from nothing."""
    (exports / "asiakkaat.csv").write_text(
        f"{HEADER}1;A;;;punainen;;\n2;B;;;sininen;;\n3;C;;;;;\n", "utf-8"
    )
    plan = draft_plan(exports)
    sources = []
    for source in plan.sources:
        columns = dict(source.columns)
        if "Asiakassuhde päättyi" in columns:
            told = Mapping(category="technical", role=Role.CUSTOMER_RELATIONSHIP_END)
            columns["Asiakassuhde päättyi"] = told
        sources.append(source.model_copy(update={"columns": columns}))
    plan = plan.model_copy(update={"sources": tuple(sources)})
    audit = run(plan, AS_OF, exports.parent / "e.parquet")
    found = {f.check: (f.result, f.reason) for f in audit.findings if f.check.startswith("STO")}
    assert found.pop("STO08") == (Result.NOT_ASSESSED, "table_missing:contacts")
    assert set(found.values()) == {(Result.NOT_ASSESSED, "event_dates_unreadable")}
    text = f"{HEADER}1;A;;;tulossa;;\n2;B;;;5.3.2010;;\n3;C;;;22.11.2020;;\n4;D;;;;;\n"
    _, evidence = audited(exports, text)
    assert len(places(evidence, "STO03")) == len(places(evidence, "STO01")) == 1


def test_what_stands_in_an_unreadable_line_is_found(exports):
    """A line that is no record has no row or column, but what has a form in it is evidence."""
    _, evidence = audited(exports, f"{HEADER}1;A;;;;;\n2;B;x;y;z;010190-999W;too;many\n3;C;;;;;\n")
    assert [
        (e["row"], e["line"], e["column"], e["result"]) for e in evidence if e["check"] == "MIN04"
    ] == [(None, 3, None, "nonconformity")]


def test_dates_that_could_be_read_either_way_are_not_assessed(exports):
    """`05/03/2010` is a question for the auditor, not a nonconformity."""
    text = f"{HEADER}1;A;;;05/03/2010;;\n2;B;;;05/04/2010;;\n"
    audit, evidence = audited(exports, text)
    found = {f.check: (f.result, f.reason) for f in audit.findings if f.check.startswith("STO")}
    assert found.pop("STO08") == (Result.NOT_ASSESSED, "table_missing:contacts")
    assert set(found.values()) == {(Result.NOT_ASSESSED, "event_dates_ambiguous")}
    assert not places(evidence, "STO03")
    _, evidence = audited(exports, text + "3;C;;;25/12/2010;;\n")
    assert len(places(evidence, "STO01")) == 3


def test_numbers_of_other_things_are_neither_phones_nor_cards(exports):
    """In a column of references or codes, a bare number is what the column says."""
    (exports / "laskut.csv").write_text(
        "Laskunumero;Viitenumero;Tuotekoodi;Viesti\n"
        "0442025001;4539578763621486;0501234567;klo 0800-1600\n"
        "0442025002;0401 23456;0501234568;postinumerot 02100-02180\n"
        "0442025003;12344;0501234569;toimitus 05 12 2024\n",
        "utf-8",
    )
    _, evidence = audited(exports)
    assert [
        e for e in evidence if e["source"] == "laskut.csv" and e["check"] in ("MIN02", "SEC07")
    ] == []


def test_a_postal_code_is_held_against_the_country_of_its_own_row(exports):
    """Four digits are Norway's where the row says so, and nobody's where it says Finland."""
    (exports / "kunder.csv").write_text(
        "Kundnr;Kundnamn;E-post;Postnr;Land\n"
        "1;Ett Ab;ett@@koe.example;6620;Finland\n2;Två AS;tva@koe.example;0150;Norge\n"
        "3;Tre Ab;tre@koe.example;6620;\n4;Fyra Ab;fyra@koe.example;66200;Finland\n"
        "5;Fem Ab;fem@koe.example;2210;Åland\n",
        "utf-8",
    )
    _, evidence = audited(exports)
    of = [
        (e["row"], e["column"])
        for e in evidence
        if e["source"] == "kunder.csv" and e["check"] == "ACC01"
    ]
    assert sorted(of) == [(1, "E-post"), (1, "Postnr"), (5, "Postnr")]


def test_what_a_mailing_tool_keeps_of_those_who_left_is_measured(exports):
    """Columns of its file of unsubscribed members are undeclared as those of its members are."""
    (exports / "unsubscribed_members_export_8a1.csv").write_text(
        "Email Address,First Name,Gender,OPTIN_TIME,OPTIN_IP,UNSUB_TIME,NOTES\n"
        "a@x.example,A,f,2020-01-01 10:00:00,192.0.2.7,2021-01-01 10:00:00,turvakielto\n"
        "b@x.example,B,m,2020-02-01 10:00:00,192.0.2.8,2021-02-01 10:00:00,\n"
        "c@x.example,C,f,2020-03-01 10:00:00,192.0.2.9,2021-03-01 10:00:00,\n",
        "utf-8",
    )
    (exports / "kiellot.csv").write_text(
        "Kieltonro;Sähköposti;Sukupuoli;Kielto saapunut\n1;d@x.example;nainen;1.2.2024\n", "utf-8"
    )
    _, evidence = audited(exports, f"{HEADER}7;A;;1.1.2020;;;\n")
    of = [e for e in evidence if e["source"].startswith(("unsub", "kiellot"))]
    undeclared = {(e["source"][:5], e["column"]) for e in of if e["check"] == "MIN01"}
    assert undeclared == {("unsub", "Gender"), ("unsub", "OPTIN_IP")}
    assert [(e["row"], e["result"]) for e in of if e["check"] == "MIN08"] == [(1, "observation")]
