"""Files that are out of all measure: lines, widths and names that no export should have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from audit.engine.duckdb import EngineError
from audit.finding import Audit, LoadingLedger
from audit.plan.drafting import draft_plan
from audit.register.columns.names import LONGEST_NAME, MOST_COLUMNS, distinct
from audit.register.columns.recognised import recognise_columns
from audit.register.delimited import read_head
from audit.run import run

AS_OF = date(2026, 11, 22)


def audited(folder: Path) -> Audit:
    return run(draft_plan(folder), AS_OF, folder.parent / "evidence.parquet")


def ledger(audit: Audit, file: str) -> LoadingLedger:
    [found] = [one for one in audit.ledgers if one.file == file]
    assert found.accounted == found.lines
    return found


def sentences(audit: Audit) -> dict[str, str]:
    return {failure.source: failure.sentence for failure in audit.failures}


@pytest.mark.parametrize("text", ["x" * 3_000_000, "sana ja toinen " * 200_000])
def test_a_line_of_three_megabytes_is_a_record_and_no_name(exports, text):
    """However long it is, it is read as a cell; no column is called so."""
    (exports / "iso.csv").write_text(text + "\n", "utf-8")
    audit = audited(exports)
    assert audit.complete
    assert ledger(audit, "iso.csv").rows == 1
    [table] = [one for one in audit.tables if one.source == "iso.csv"]
    assert [column.header for column in table.columns] == ["column 1"]


def test_an_identity_code_at_the_end_of_such_a_line_is_found(exports):
    """A cell is looked at to its end."""
    (exports / "iso.csv").write_text("x" * 2_000_000 + " 010190-999W\n", "utf-8")
    audit = audited(exports)
    assert sum(one.count for one in audit.findings if one.check == "MIN04" and one.table == "iso")


def test_a_cell_of_nine_megabytes_costs_its_file_nothing(exports):
    """Beyond what the engine makes room for by itself, the record is read, and looked at to its end."""
    cell = '"' + "x" * 9_000_000 + ' ""y"" 010190-999W"'
    rows = "".join(f"{n};Aino Koe;\n" for n in range(100))
    text = f"Asiakasnro;Nimi;Lisätiedot\n{rows}200;Onni Koe;{cell}\n{rows}"
    (exports / "iso.csv").write_text(text, "utf-8")
    audit = audited(exports)
    assert audit.complete
    assert ledger(audit, "iso.csv").rows == 201
    assert sum(one.count for one in audit.findings if one.check == "MIN04" and one.table == "iso")


@pytest.mark.parametrize("kind", ["customers", "requests", "access_list", "orders"])
def test_a_column_is_told_by_the_beginnings_of_its_cells(kind):
    """A page of letters without a space is looked at no longer than a note, and gainsays no others."""
    rows = [
        [str(n), f"{n}@koe.example", "x" * 300_000 if n == 5 else "Soita ensin"] for n in range(20)
    ]
    before = process_time()
    found = recognise_columns(["Nro", "Sähköposti", "Vastuuhenkilö"], rows, kind)
    assert process_time() - before < 5
    assert found[1].category == "email"


def test_a_table_of_very_many_columns_is_audited(exports):
    """What a database plans in the square of the columns is not asked of it."""
    wide = 1500
    lines = [
        ";".join(f"Kenttä {n}" for n in range(wide)),
        *(";".join(f"{row * n % 997}" for n in range(wide)) for row in range(12)),
    ]
    (exports / "leveä.csv").write_text("\n".join(lines) + "\n", "utf-8")
    audit = audited(exports)
    assert audit.complete
    assert ledger(audit, "leveä.csv").rows == 12


def test_a_table_of_more_columns_than_are_audited_is_refused_in_a_sentence(exports):
    """The other file is audited."""
    lines = [";".join(f"{row}" for _ in range(MOST_COLUMNS + 1)) for row in range(4)]
    (exports / "leveä.csv").write_text("\n".join(lines) + "\n", "utf-8")
    audit = audited(exports)
    assert "it has 4,001 columns" in sentences(audit)["leveä.csv"]
    assert [table.name for table in audit.tables] == ["asiakkaat"]


def test_names_of_columns_are_distinct_whatever_they_are():
    """One that stands there already, one without end, and very many of one name."""
    assert distinct(["Nimi", "Nimi (2)", "Nimi"]) == ("Nimi", "Nimi (2)", "Nimi (3)")
    assert len(distinct(["x" * 3_000_000])[0]) == LONGEST_NAME
    assert len(set(distinct(["Nimi"] * 20_000))) == 20_000


def test_a_line_of_delimiters_is_blank_however_many_they_are(exports):
    """It holds nothing, so it is neither a record nor a line that could not be read."""
    text = (exports / "asiakkaat.csv").read_text("utf-8")
    rows = len(text.splitlines()) - 1
    (exports / "muut.csv").write_text(text + ";" * 50_000 + "\n;;\n" + text.partition("\n")[2])
    found = ledger(audited(exports), "muut.csv")
    assert (found.rows, found.blank, found.quarantined) == (2 * rows, 2, ())


def test_a_blank_cell_on_each_line_makes_no_delimiter_of_two_marks(tmp_path):
    """Not even where a quote that no line closes makes the single one look worse."""
    path = tmp_path / "x.csv"
    path.write_text("".join(f'{n};"Aino {n};;x\n' for n in range(40)), "utf-8")
    head = read_head(path, "x.csv")
    assert (head.dialect.delimiter, len(head.header)) == (";", 4)


def test_what_the_engine_refuses_costs_no_other_file_its_audit(exports, monkeypatch):
    """A sentence for the one, which stands first, and nothing of it is left among the others."""
    import audit.reading as running

    text = (exports / "asiakkaat.csv").read_text("utf-8")
    (exports / "a_laskut.csv").write_text(text + text.splitlines()[-1] + "\n", "utf-8")
    scan = running.scan

    def refuse(engine, table, path, place, head, **more):
        found = scan(engine, table, path, place, head, **more)
        if path.name == "a_laskut.csv":
            raise EngineError("COPY")
        return found

    monkeypatch.setattr(running, "scan", refuse)
    audit = audited(exports)
    assert "the engine refuses what it holds" in sentences(audit)["a_laskut.csv"]
    assert [table.name for table in audit.tables] == ["asiakkaat"]
    assert {one.table for one in audit.findings if one.table} <= {"asiakkaat"}


def test_very_many_tables_of_a_kind_are_read_together_as_few_are(exports, monkeypatch):
    """What one query over all of them would find is found where they are poured into one table."""
    text = (exports / "asiakkaat.csv").read_text("utf-8")
    again = text.splitlines()[1].replace("1001", "1003") + "\n"
    for n in range(3):
        (exports / f"asiakkaat {n}.csv").write_text(text + again, "utf-8")
    together = audited(exports)
    monkeypatch.setattr("audit.engine.scan._FEW_OF_A_KIND", 1)
    monkeypatch.setattr("audit.run._HELD_FOR_A_TABLE", 1 << 30)
    poured = audited(exports)
    assert poured.findings == together.findings
    assert any(one.check == "ACC02" and one.count for one in poured.findings)
