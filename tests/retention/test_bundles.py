"""Folders as other systems export them, audited end to end for storage limitation."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from ruamel.yaml import YAML

from audit.finding import Audit
from audit.plan import Plan, read_plan, write_plan
from audit.plan.drafting import draft_plan
from audit.run import run

BUNDLES = [
    bundle
    for name in ("bundles.yaml", "groups.yaml")
    for bundle in YAML(typ="safe").load(Path(__file__).with_name(name))
]
AS_OF = date(2026, 11, 22)
NOTICE = """\
schema: register-audit/notice/1
register_name: Asiakasrekisteri
language: fi
controller: {name: Koe Oy}
clauses:
  - {id: K1, heading: Säilytysaika, promise: it ends, kinds: [testable], checks: [STO01]}
"""
CLAUSE = """\
  - id: K2
    heading: Kirjanpito
    promise: it keeps books
    kinds: [informative]
"""


def written(folder: Path, bundle: dict[str, Any]) -> Plan:
    """The bundle's files in a folder, with a notice, and the plan that is drafted of them."""
    folder.mkdir()
    rules = [
        {"id": f"S{n}", "kind": "fixed", "clauses": ["K1"]} | rule
        for n, rule in enumerate(bundle["retention"], 1)
    ]
    with (folder / "notice.yaml").open("w", encoding="utf-8") as file:
        file.write(NOTICE)
        if "says" in bundle:
            file.write(f"{CLAUSE}    quote: {json.dumps(bundle['says'])}\n")
        YAML().dump({"retention": rules}, file)
    for name, text in bundle["files"].items():
        (folder / name).write_text(text, "utf-8")
    plan = draft_plan(folder)
    said = bundle.get("plan", {})
    changed = Plan.model_validate(plan.model_dump(by_alias=True) | said)
    # A plan that was written down and read again says the same.
    (folder / "audit.yaml").write_text(write_plan(changed), "utf-8")
    return read_plan(folder / "audit.yaml")


def audited(plan: Plan, out: Path, as_of: date = AS_OF) -> tuple[Audit, list[dict[str, Any]]]:
    """The audit, and its evidence of storage limitation."""
    audit = run(plan, as_of, out)
    found = duckdb.execute("SELECT * FROM read_parquet(?) WHERE \"check\" LIKE 'STO%'", [str(out)])
    names = [described[0] for described in found.description]
    return audit, [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def place(piece: dict[str, Any]) -> list[Any]:
    return [piece["check"], Path(piece["source"]).stem, piece["row"]]


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle["name"])
def test_bundle(bundle: dict[str, Any], tmp_path: Path) -> None:
    """All that is expected is found, and nothing else."""
    as_of = bundle.get("as_of", AS_OF)
    plan = written(tmp_path / "register", bundle)
    audit, evidence = audited(plan, tmp_path / "e.parquet", as_of)
    expected = bundle["expect"] + bundle.get("also", [])
    found = Counter((*place(piece), piece["result"]) for piece in evidence)
    assert found == Counter(tuple(piece) for piece in expected)
    details = [[*place(piece), piece["detail"]] for piece in evidence]
    assert [wanted for wanted in bundle.get("details", []) if wanted not in details] == []
    reasons = {(f.check, f.table, f.reason) for f in audit.findings}
    assert [r for r in bundle.get("unassessed", []) if tuple(r) not in reasons] == []
    assert set(bundle.get("assumed", [])) <= set(audit.assumptions)
    cells = {cell for text in bundle["files"].values() for cell in text.split() if "@" in cell}
    assert not any(cell in str(piece) for piece in evidence for cell in cells)
