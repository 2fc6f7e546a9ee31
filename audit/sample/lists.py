"""
The lists that the controller keeps beside the register: requests, objections, access, disclosures and more.

Each is a file of ``lists/``, written by hand: its columns as the plan maps them, the rows that
conform, and the rows in which something is planted, with what an audit must find there. The people
whom the lists speak of are customers of their own, ``lists/people.toml``, so that the lists match
whatever the size of the register.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

from audit.plan import Mapping, PlannedSource
from audit.register.model import Role
from audit.sample.cases import Expected

__all__ = ["complete", "list_sources", "lists", "people", "write_lists"]


@cache
def lists() -> dict[str, dict[str, Any]]:
    """Every list by the name of its table."""
    folder = files(__package__).joinpath("lists")
    names = sorted(
        file.name.removesuffix(".toml")
        for file in folder.iterdir()
        if file.name.endswith(".toml") and file.name != "people.toml"
    )
    return {
        name: tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in names
    }


@cache
def _people() -> dict[str, Any]:
    text = files(__package__).joinpath("lists", "people.toml").read_text("utf-8")
    return tomllib.loads(text)


def people(table: str, *, clean: bool) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """
    The rows that the lists' people have in a table of the register: cells, and what is found there.

    Those of whom something is planted come last, and in the clean register not at all.
    """
    rows = _people().get(table, ())
    for planted in (False,) if clean else (False, True):
        for row in rows:
            finds = row.get("finds", [])
            if (bool(finds) or row.get("planted", False)) == planted:
                cells = {key: text for key, text in row.items() if key not in ("finds", "planted")}
                yield cells, finds


def write_lists(folder: Path, *, clean: bool) -> list[Expected]:
    """Write every list; what an audit must find in them."""
    expected: list[Expected] = []
    for table, of_list in lists().items():
        rows: list[tuple[list[str], list[list[str]]]]
        rows = [(cells, []) for cells in of_list["rows"]]
        if not clean:
            rows += [(row["cells"], row["finds"]) for row in of_list.get("planted", ())]
        _write(folder / of_list["file"], of_list, [cells for cells, _ in rows])
        expected += [
            _expected(found, table, of_list["file"], place)
            for place, (_, finds) in enumerate(rows, 1)
            for found in finds
        ]
        if not clean:
            of_table = of_list.get("planted_finds", ())
            expected += [_expected(found, table, of_list["file"], None) for found in of_table]
        expected += _technical(table, of_list)
    return expected


def _write(path: Path, of_list: dict[str, Any], rows: list[list[str]]) -> None:
    if "text" in of_list:  # a form that is no table of cells
        lines = of_list.get("join", "\n").join(line for [line] in rows)
        path.write_text(of_list["text"].replace("{rows}", lines), "utf-8", newline="\n")
        return
    width = len(of_list["columns"])
    text = StringIO()
    writer = csv.writer(text, delimiter=of_list.get("delimiter", ";"), lineterminator="\r\n")
    writer.writerow(of_list["columns"])
    for cells in rows:
        if len(cells) != width:
            raise ValueError(f"{path.name}: a row of {len(cells)} cells, not {width}")
        writer.writerow(cells)
    path.write_bytes(text.getvalue().encode(of_list.get("encoding", "utf-8")))


def _expected(found: list[str], table: str, file: str, row: int | None) -> Expected:
    check, column, category, result = complete(found)
    return Expected(check, table, row, column, category, result, file=file)


def complete(found: list[str]) -> tuple[str, str | None, str | None, str]:
    """
    What a data file says is found: check, column, category and result, the last two not always.

    >>> complete(["RIG02", "Vastattu"])
    ('RIG02', 'Vastattu', None, 'nonconformity')
    """
    usual = ["", "", "", "nonconformity"]
    check, column, category, result = [*found, *usual[len(found) :]]
    return check, column or None, category or None, result


def _technical(table: str, of_list: dict[str, Any]) -> list[Expected]:
    """Technical columns of what the notice describes: observed, and no more."""
    from audit.register.kinds.model import kinds

    if kinds()[of_list["kind"]].scope != "register":
        return []
    return [
        Expected("MIN05", table, None, name, "technical", "observation", file=of_list["file"])
        for name, said in of_list["columns"].items()
        if said.get("category") == "technical"
    ]


def list_sources() -> list[PlannedSource]:
    """The lists as the plan names them."""
    return [
        PlannedSource(
            file=of_list["file"],
            table=table,
            kind=of_list["kind"],
            extracted_on=date.fromisoformat(of_list.get("extracted_on", "2026-11-22")),
            encoding=of_list.get("encoding", "utf-8"),
            delimiter=of_list.get("delimiter", ";"),
            header_lines=1,
            columns={
                name: Mapping(
                    category=said.get("category"),
                    role=Role(said["role"]) if "role" in said else None,
                )
                for name, said in of_list["columns"].items()
            },
        )
        if "text" not in of_list
        else PlannedSource(
            file=of_list["file"],
            table=table,
            kind=of_list["kind"],
            sheet=of_list.get("sheet"),
            recording=of_list.get("recording"),
            extracted_on=date.fromisoformat(of_list.get("extracted_on", "2026-11-22")),
        )
        for table, of_list in lists().items()
    ]
