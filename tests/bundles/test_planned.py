"""
Bundles with a plan that somebody wrote by hand, from the README and the JSON Schemas alone.

A case in ``planned`` has the plan, the notice (as published, or written down by hand), the exports in
their folders, and what is to be found: check, table of the plan, record key (or the row, or the
column) and ``o`` for an observation, ``w`` for what is waived. ``of_notice`` has checks that the notice
itself does not pass. Columns that were set aside as technical are not counted.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from ruamel.yaml import YAML

from audit.finding import Result
from audit.plan import Plan, read_plan
from audit.run import run

CASES = sorted(Path(__file__).with_name("planned").glob("*.yaml"))
MARKS = {"nonconformity": "", "observation": " o", "waived": " w"}


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(), delimiter=";"))


def records(text: str) -> list[dict[str, str | None]]:
    header, *cells = rows(text)
    return [dict(zip(header, (cell or None for cell in row), strict=True)) for row in cells]


def workbook(path: Path, sheets: Mapping[str, str]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, text in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows(text)):
                for place, cell in enumerate(row):
                    if cell:
                        sheet.write_string(at, place, cell)


def database(path: Path, tables: Mapping[str, str]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for name, text in tables.items():
            header, *cells = rows(text)
            connection.execute(f"CREATE TABLE {name} ({', '.join(header)})")
            marks = ", ".join("?" * len(header))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", cells)
        connection.commit()


def export(path: Path, file: Mapping[str, Any]) -> None:
    """Write one file of a case in its form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if "sheets" in file:
        workbook(path, file["sheets"])
    elif "tables" in file:
        database(path, file["tables"])
    elif "records" in file:
        path.write_text(json.dumps(records(file["records"]), ensure_ascii=False), "utf-8")
    elif "lines" in file:
        path.write_text("\n".join(map(json.dumps, records(file["lines"]))), "utf-8")
    else:
        path.write_bytes(file["text"].encode(file.get("encoding", "utf-8")))


def places(plan: Plan, evidence: Path) -> set[str]:
    """What was found, by the names of the plan."""
    named = {(source.file, source.sheet): source.name for source in plan.sources}
    found = duckdb.execute(
        """SELECT "check", source, "table", coalesce(record_key, 'row ' || "row", "column"), result
        FROM read_parquet(?) WHERE source IS NOT NULL AND result <> 'not_assessed'""",
        [str(evidence)],
    ).fetchall()
    return {
        f"{check} {named.get((file, sheet)) or named[file, None]} {place}{MARKS[result]}"
        for check, file, sheet, place, result in found
        if check != "MIN05" and not check.startswith("NOT")
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_plan_written_by_hand_finds_what_was_planted_and_no_more(path: Path, tmp_path: Path):
    case = YAML(typ="safe").load(path)
    [(plan_at, text)] = case["plan"].items()
    for name, file in {**case["files"], plan_at: {"text": text}}.items():
        export(tmp_path / name, file)
    for name, text in case["notice"].items():
        export(tmp_path / name, {"text": text})
    plan, evidence = read_plan(tmp_path / plan_at), tmp_path / "evidence.parquet"
    audit = run(plan, plan.as_of or date(2026, 11, 22), evidence)
    assert audit.complete, audit.failures
    found, expected = places(plan, evidence), set(case["expect"])
    assert sorted(expected - found) == []
    assert sorted(found - expected - set(case.get("allow", []))) == []
    deviating = {
        each.check
        for each in audit.findings
        if each.result in (Result.NONCONFORMITY, Result.OBSERVATION)
    }
    assert set(case.get("of_notice", [])) <= deviating
