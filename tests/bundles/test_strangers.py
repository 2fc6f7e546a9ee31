"""
Exports as many systems give them, written from the law and the notice without a look at the checks.

A case in ``strangers/cases`` has the files of a folder, the evidence that an auditor would write
down (check, file, row, ``o`` for an observation), what the law leaves open (``allow``), and the
replacements that make its clean ``twin``. ``not_yet`` and ``alarms`` are what is known to be missed
and to be found wrongly: whoever mends that moves it. The notice is ``strangers/notice.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bundled import evidence
from ruamel.yaml import YAML

from audit.plan import read_plan
from audit.plan.drafting import draft_plan

AS_OF = date(2026, 11, 22)
FAMILIES = re.compile("STO|RIG|MAR|MIN0[3678]|REC|TRF|SEC|SRC|ACC|COO")
STRANGERS = Path(__file__).with_name("strangers")
CASES = sorted((STRANGERS / "cases").glob("*.yaml"))


class Place(NamedTuple):
    """One piece of evidence, as check, file, row (``-`` for none, ``*`` for any) and result."""

    check: str
    file: str
    row: str
    result: str

    def covers(self, other: Place) -> bool:
        """Whether ``other`` is this place; ``*`` stands for any row."""
        return self._replace(row=other.row) == other if self.row == "*" else self == other


def place(text: str) -> Place:
    """Read ``STO01 file name.csv 3 o``; a nonconformity without the ``o``."""
    match = re.fullmatch(r"(\w{3}\d\d) (.+) (\d+|\*|-)( o)?", text.strip())
    assert match, text
    result = "observation" if match[4] else "nonconformity"
    return Place(match[1], match[2], match[3], result)


def written(folder: Path, case: dict[str, Any], *, twin: bool) -> Path:
    """The case's folder, with its notice, its files and, if it has one, its plan."""
    folder.mkdir()
    yaml = YAML(typ="safe")
    notice = yaml.load(STRANGERS / "notice.yaml") | case.get("notice", {})
    yaml.dump(notice, folder / "notice.yaml")
    for name, file in case["files"].items():
        text = file["text"]
        for target, old, new in case["twin"] if twin else ():
            assert target != name or old in text, (name, old)
            text = text.replace(old, new) if target == name else text
        (folder / name).write_bytes(text.encode(file.get("encoding", "utf-8")))
    if "plan" in case:
        sources = case["plan"].get("sources", [])
        said = {source["file"] for source in sources}
        sources = [*sources, *({"file": name} for name in case["files"] if name not in said)]
        plan = {"schema": "register-audit/plan/1", "notice": "notice.yaml", "register": "koe"}
        plan |= case["plan"] | {"sources": sources}
        yaml.dump(plan, folder / "audit.yaml")
    return folder


def found(folder: Path) -> set[Place]:
    """The evidence of these families, each place once."""
    reviewed = folder / "audit.yaml"
    plan = read_plan(reviewed) if reviewed.exists() else draft_plan(folder)
    return {
        Place(*row)
        for row in evidence(plan, AS_OF, folder.parent / f"{folder.name}.parquet", FAMILIES)
    }


def compared(case: dict[str, Any], places: set[Place]) -> tuple[list[str], list[Place]]:
    """What is missing, and what is there and should not be."""
    wanted = {line: [place(each) for each in line.split(" | ")] for line in case["expect"]}
    missing = [line for line, either in wanted.items() if not places.intersection(either)]
    known = [*(each for either in wanted.values() for each in either), *allowed(case)]
    return missing, unknown(places, known)


def allowed(case: dict[str, Any]) -> list[Place]:
    """What the law leaves open, and false alarms that are known and written down."""
    return [place(line) for line in (*case.get("allow", []), *case.get("alarms", []))]


def unknown(places: set[Place], known: Iterable[Place]) -> list[Place]:
    """Places that nobody expects."""
    known = list(known)
    return sorted(each for each in places if not any(one.covers(each) for one in known))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_all_that_is_wrong_is_found_and_nothing_else(path: Path, tmp_path: Path) -> None:
    """Recall and precision are one, row by row."""
    case = YAML(typ="safe").load(path)
    assert compared(case, found(written(tmp_path / "register", case, twin=False))) == ([], [])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_clean_twin_has_no_nonconformity(path: Path, tmp_path: Path) -> None:
    """What was mended is not found, nor what merely looks wrong."""
    case = YAML(typ="safe").load(path)
    places = found(written(tmp_path / "register", case, twin=True))
    open_to_all = [*allowed(case)]
    assert [p for p in unknown(places, open_to_all) if p.result == "nonconformity"] == []
