"""Every check, on its docstring's own table and on the cases of its file, on every engine."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from audit.catalogue import Check, DeclaredCategories, check
from audit.checks import catalogue
from audit.engine.duckdb import Engine
from audit.engine.scan import create_tables
from audit.engine.workspace import workspace
from audit.errors import UnknownCode
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.testing import MATERIALS, run_check

CASES = Path(__file__).with_name("checks")
CHECKS = list(catalogue().values())
NOTICES = YAML(typ="safe").load(CASES / "notices.yaml")


def cases(found: Check) -> list[dict[str, Any]]:
    """The named cases of a check's file."""
    path = CASES / found.criterion.family / f"{found.function.__name__}.yaml"
    return list(YAML(typ="safe").load(path))


#: A check, the case's name, the arguments of ``run_check``, and what it finds.
Case = tuple[str, str, dict[str, Any], list[dict[str, Any]]]


def every_case() -> list[Case]:
    """The docstring's example and all cases of every check that looks at data."""
    found: list[Case] = []
    for one in CHECKS:
        if one.unit == "notice":  # it runs on no engine
            continue
        given, expected = example(one)
        found.append((one.code, "its page", with_notice(given), expected))
        found += [
            (one.code, case["name"], with_notice(case["given"]), case["expect"])
            for case in cases(one)
        ]
    return found


def all_cases() -> list[Any]:
    return [
        pytest.param(found.code, case, id=f"{found.code}: {case['name']}")
        for found in CHECKS
        for case in cases(found)
    ]


@pytest.fixture(params=["duckdb"])
def engine(request: pytest.FixtureRequest) -> str:
    """Where the expressions run; ``test_parity`` asks the other engines, many cases together."""
    return str(request.param)


def with_notice(given: dict[str, Any]) -> dict[str, Any]:
    """The materials with the notice, which is a name in `checks/notices.yaml` or what it says."""
    said = given.get("notice")
    if said is None:
        return given
    said = NOTICES[said] if isinstance(said, str) else said
    whole = {"register_name": "r", "language": "fi", "controller": {"name": "Koe Oy"}} | said
    return given | {"notice": Notice.model_validate(whole)}


def holds(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    """Whether these rows were found and no others, as far as ``expected`` describes them."""
    return len(found) == len(expected) and all(
        wanted.items() <= row.items() for row, wanted in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize("found", CHECKS, ids=lambda found: found.code)
def test_table_of_the_docstring(found: Check, engine: str) -> None:
    """The example on a check's page is what the check does."""
    if found.unit == "notice":
        prose, table, _ = paragraphs(found.page)
        for row in table:
            results = {row.pop("result")} - {"conformity"}
            said = run_check(found.code, notice=facts(row), **parameters(prose))
            assert {one["result"] for one in said} == results, row
        return
    given, expected = example(found)
    rows = run_check(found.code, **with_notice(given), engine=engine)
    assert holds(rows, expected), rows


@pytest.mark.parametrize(("code", "case"), all_cases())
def test_case(code: str, case: dict[str, Any], engine: str) -> None:
    """A check finds the rows that its case names, and no others."""
    given = case["given"]
    if catalogue()[code].unit != "notice":  # such a check takes the facts as they are
        given = with_notice(given)
    rows = run_check(code, **given, engine=engine)
    assert holds(rows, case["expect"]), rows


@pytest.mark.parametrize("found", CHECKS, ids=lambda found: found.code)
def test_cases_are_named_and_cover_an_empty_register(found: Check) -> None:
    """A check's cases have distinct names; one has an empty register, others find something."""
    given = cases(found)
    names = [case["name"] for case in given]
    assert len(names) == len(set(names))
    assert all(set(case) == {"name", "given", "expect"} for case in given)
    rows = [sum(len(case["given"].get(name, [])) for name in MATERIALS) for case in given]
    if found.unit == "notice":
        rows = [len(case["given"]["notice"]) for case in given]
    assert 0 in rows
    assert any(case["expect"] for case in given)
    assert any(not case["expect"] for case, count in zip(given, rows, strict=True) if count)


# --- the docstring's table -----------------------------------------------------------------------


def example(found: Check) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """
    What a docstring's table gives, and the rows that its last column says are found.

    A row of the table is a row of the material that the check asks for; where it asks for cells
    and columns, a row with a number is a cell. The line above tells the rest. A table without
    results is one of the other tables, which the line above it names.
    """
    prose, table, others = paragraphs(found.page)
    materials = [name for name in MATERIALS if name in found.asks and name not in found.optional]
    materials = [found.subject] if found.subject else materials
    given: dict[str, Any] = {name: [] for name in materials} | others
    expected = []
    for row in table:
        result = row.pop("result")
        name = found.subject or materials[0]
        if found.subject is None and len(materials) > 1:
            name = "cells" if row["row"] is not None else "columns"
        cells = {key: value for key, value in row.items() if value is not None}
        given[name].append(cells)
        if result != "conformity":
            number = None if name == "columns" else cells.get("row", len(given[name]))
            expected.append({"result": result, "row": number} | keys(cells))
    expected.sort(key=lambda row: (row.get("row") or 0, row.get("column", "")))
    return given | parameters(prose), expected


def facts(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a table as the facts of a notice: ``cookies.used`` is a part of ``cookies``."""
    given: dict[str, Any] = {}
    for name, said in row.items():
        whole, _, part = name.partition(".")
        if said is None:
            continue
        told = said.isoformat() if isinstance(said, date) else said
        if part:
            given.setdefault(whole, {})[part] = told
        else:
            given[whole] = re.split(r"(?<=\.), ", told) if whole == "clauses" else told
    return given


def keys(cells: dict[str, Any]) -> dict[str, Any]:
    # What cannot be right is shown under the category of its column.
    told = {key: cells[key] for key in ("column", "category") if key in cells}
    return {key: value for key, value in told.items() if value != "implausible"}


def parameters(prose: str) -> dict[str, Any]:
    """``With a declared period of P10Y, audited on 2026-11-22:`` and its kin, as arguments."""
    given: dict[str, Any] = {}
    if period := re.search(r"period of (P\d+[YMWD])", prose):
        given["retention_period"] = period[1]
    if day := re.search(r"udited on (\d{4}-\d\d-\d\d)", prose):
        given["as_of"] = date.fromisoformat(day[1])
    if notice := re.search(r"a notice that declares (.*)", prose):
        given["declared"] = re.findall(r"`(\w+)`", notice[1])
        given["closed"] = "says that is all" in notice[1]
    if notice := re.search(r"With a notice that ((?!declares).*?)(?:, audited on .*)?:$", prose):
        given["notice"] = notice[1]
    return given


def paragraphs(page: str) -> tuple[str, list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """The paragraph before the page's table, the table's rows, and the other tables by name."""
    blocks = page.split("\n\n")
    tables = [n for n, block in enumerate(blocks) if block.startswith("|")]
    of_results = next(n for n in tables if re.search(r"\| result +\|", blocks[n]))
    others = {}
    for n in tables:
        if n != of_results and (kind := re.search(r"`(\w+)`", blocks[n - 1])):
            cells = rows_of(blocks[n])
            others[kind[1]] = [{k: v for k, v in row.items() if v is not None} for row in cells]
    prose = blocks[of_results - 1].replace("\n", " ")
    return prose, rows_of(blocks[of_results]), others


def rows_of(block: str) -> list[dict[str, Any]]:
    header, ruler, *rows = [split(line) for line in block.splitlines()]
    assert all(set(cell) == {"-"} for cell in ruler)
    return [dict(zip(header, map(value, row), strict=True)) for row in rows]


def split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def value(cell: str) -> object:
    """A cell of the table: blank, a whole number, a date, a flag or a word."""
    if not cell:
        return None
    if cell.isdigit():
        return int(cell)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    return {"true": True, "false": False}.get(cell, cell)


@check(
    "OWN02",
    criterion="a rule of the house",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    needs=("received_on",),
    at="received_on",
)
def asked_though_erased(requests: Any, erasures: Any, customers: Any = None) -> Any:
    """Requests of people who were erased before."""
    found = requests.semi_join(erasures, "customer")
    return found if customers is None else found.anti_join(customers, "customer")


# --- run_check itself ----------------------------------------------------------------------------


@check("OWN01", criterion="a rule of the house", basis=Basis.LAW, grade=Grade.MINOR, unit="records")
def order_before_start(records: Any) -> Any:
    """Orders from before the relationship."""
    return records.filter(records.last_order < records.relationship_start)


def test_a_check_of_your_own() -> None:
    """A function declared with @check runs on columns that it alone asks for."""
    rows: list[dict[str, object]] = [
        {"last_order": date(2019, 1, 1), "relationship_start": date(2020, 1, 1)},
        {"last_order": date(2020, 1, 1), "relationship_start": date(2020, 1, 1)},
        {"last_order": None, "relationship_start": date(2020, 1, 1)},
    ]
    assert holds(
        run_check(order_before_start, records=rows), [{"row": 1, "result": "nonconformity"}]
    )


def test_a_check_over_several_tables() -> None:
    """The first table is the subject; one with a default may be missing."""
    given = {
        "requests": [{"customer": "1"}, {"customer": "2"}],
        "erasures": [{"customer": "2", "erased_on": date(2025, 1, 1)}],
    }
    assert holds(run_check(asked_though_erased, **given), [{"row": 2}])
    assert holds(run_check(asked_though_erased, **given, customers=[{"customer": "2"}]), [])
    declared = asked_though_erased.check
    assert (declared.subject, declared.others) == ("requests", ("erasures", "customers"))
    with pytest.raises(ValueError, match="no kind of table"):
        run_check(asked_though_erased, complaints=[])


def test_what_is_no_check() -> None:
    """A code that does not exist and a function that was not declared are refused."""
    with pytest.raises(UnknownCode):
        run_check("STO99")
    with pytest.raises(TypeError, match="not declared with @check"):
        run_check(lambda records: records)
    with pytest.raises(ValueError, match=r"^engine cannot be"):
        run_check("STO02", engine="abacus")


def test_declared_categories_are_taken_as_they_are() -> None:
    """A notice's declaration can be handed over whole."""
    declared = DeclaredCategories(keys=("name",), closed=False, clauses=("C1",))
    found = run_check("MIN01", columns=[{"column": "Puh", "category": "phone"}], declared=declared)
    assert holds(found, [{"column": "Puh", "result": "observation"}])


def test_the_tables_are_those_of_a_scan() -> None:
    """Checks are tried on the columns that the scan writes, no more and no fewer."""
    with workspace() as folder, Engine(folder) as database:
        create_tables(database)
        for name in ("cells", "columns"):
            names = {row[0] for row in database.rows(f"DESCRIBE {name}")}
            assert names == set(MATERIALS[name])
