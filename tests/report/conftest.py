"""A small audit, written by hand, in the form that reports render."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

CRITERIA = {
    "MIN01": ("data_minimisation", "the notice; GDPR Art. 14(1)(d)", "notice"),
    "MIN02": ("data_minimisation", "the notice; GDPR Art. 5(1)(c)", "notice"),
    "MIN04": (
        "data_minimisation",
        "the notice; Tietosuojalaki 1050/2018 29 §; GDPR Art. 87",
        "both",
    ),
    "MIN05": ("data_minimisation", "the notice; GDPR Art. 5(2)", "notice"),
    "SEC07": ("integrity_and_confidentiality", "GDPR Art. 32, 5(1)(f)", "law"),
    "STO01": ("storage_limitation", "the notice; GDPR Art. 5(1)(e)", "both"),
}


def finding(check: str, result: str, **more: Any) -> dict[str, Any]:
    """One finding; its fingerprint is readable."""
    unit = {"MIN01": "columns", "MIN05": "columns", "STO01": "records"}.get(check, "cells")
    found = {"check": check, "result": result, "table": "asiakkaat", "unit": unit, "count": 0}
    found |= {"examined": {"columns": 5, "records": 1200, "cells": 6000}[unit], "clauses": ["C29"]}
    found |= {"fingerprint": f"{check}-{result}-{more.get('column', '')}"} | more
    return found


def column(header: str, category: str | None, **more: Any) -> dict[str, Any]:
    """One column of the data map."""
    shown = {"header": header, "category": category, "role": None, "declared": None}
    return (
        shown | {"ground": f"header: “{header.lower()}”", "filled": 1200, "cells_found": 0} | more
    )


def clause(name: str, state: str, quote: str, **more: Any) -> dict[str, Any]:
    """One clause with its state."""
    shown = {
        "id": name,
        "heading": "Rekisterin tietosisältö",
        "promise": "It promises.",
        "same_as": [],
    }
    return shown | {"quote": quote, "state": state, "checks": []} | more


FINDINGS = [
    finding(
        "MIN01",
        "nonconformity",
        grade="major",
        column="Syntymäaika",
        category="date_of_birth",
        count=1,
    ),
    finding("MIN02", "observation", column="Lisätiedot", category="email", count=3),
    finding("MIN02", "conformity"),
    finding(
        "MIN04",
        "nonconformity",
        grade="major",
        column="Lisätiedot",
        category="personal_identity_code",
        count=25,
    ),
    finding("MIN05", "not_assessed", column="Kenttä7", count=1, reason="column_unclassified"),
    finding("MIN05", "observation", column="Tila", category="technical", count=1),
    finding("SEC07", "conformity", clauses=[]),
    finding(
        "STO01",
        "nonconformity",
        grade="minor",
        column="Päättyi",
        count=40,
        rule="S1",
        clauses=["C44"],
    ),
]


@pytest.fixture
def data() -> dict[str, Any]:
    """The data of an audit with every kind of finding."""
    return deepcopy(
        {
            "schema": "register-audit/findings/1",
            "register": "asiakasrekisteri",
            "as_of": "2026-11-22",
            "law_as_of": "2026-11-22",
            "complete": True,
            "notice": {
                "register_name": "Asiakasrekisteri",
                "controller": "Puusepänverstas Oy",
                "language": "fi",
                "dated": "2020-01-08",
                "closed_list": True,
                "declared": ["email", "name"],
                "retention": [
                    {
                        "id": "S1",
                        "kind": "fixed",
                        "period": "P10Y",
                        "event": "customer_relationship_end",
                        "text": "10 vuotta <b>asiakkuuden</b> päättymisestä.",
                        "clauses": ["C44"],
                    }
                ],
            },
            "summary": {
                "major": 2,
                "minor": 1,
                "observations": 2,
                "conformities": 2,
                "not_assessed": 1,
                "evidence": 66,
                "records": 1200,
                "cells": 6000,
                "clauses": 3,
                "clauses_assessed": 2,
                "clauses_deviating": 2,
            },
            "criteria": [
                {
                    "code": code,
                    "name": code.lower(),
                    "family": family,
                    "title": "A title.",
                    "references": references,
                    "basis": basis,
                    "breach": code == "SEC07",
                    "grade": "major",
                }
                for code, (family, references, basis) in CRITERIA.items()
            ],
            "findings": FINDINGS,
            "clauses": [
                clause(
                    "C29",
                    "does_not_conform",
                    "Rekisteri sisältää <br/>\n seuraavat tiedot:",
                    checks=["MIN01"],
                ),
                clause(
                    "C44",
                    "does_not_conform",
                    "10 vuotta.",
                    heading="Säilytysaika",
                    checks=["STO01"],
                ),
                clause("C46", "not_assessed", "", heading="Luovutukset", same_as=["C29"]),
                clause("C57", "informative", "Evästeet ovat pieniä.", heading="Evästeet"),
                clause("C70", "not_assessed", "", heading="Profilointi"),
            ],
            "tables": [
                {
                    "name": "asiakkaat",
                    "source": "asiakkaat.csv",
                    "rows": 1200,
                    "assumptions": [],
                    "columns": [
                        column("Nimi", "name", declared=True),
                        column("Syntymäaika", "date_of_birth", declared=False, filled=80),
                        column("Tila", "technical", role="status"),
                        column(
                            "Lisätiedot",
                            None,
                            role="free_text",
                            cells_found=25,
                            ground="content: prose",
                        ),
                        column("Kenttä7", None, ground="neither header nor content tells"),
                    ],
                }
            ],
            "ledgers": [
                {
                    "source": "asiakkaat.csv",
                    "sheet": None,
                    "form": "delimited",
                    "unit": "lines",
                    "footer": 0,
                    "notes": [],
                    "encoding": "cp1252",
                    "delimiter": "\t",
                    "lines": 1203,
                    "header": 1,
                    "rows": 1200,
                    "inside_cells": 0,
                    "blank": 0,
                    "accounted": 1203,
                    "quarantined": [
                        {"line": 79, "reason": "too_few_cells"},
                        {"line": 90, "reason": "unclosed_quote"},
                    ],
                    "repaired": [["stray_quote", 4]],
                }
            ],
            "failures": [],
            "left_out": [
                {"file": "kuva.pdf", "reason": "form"},
                {"file": "vanha.csv", "reason": "Vanha vienti"},
            ],
            "assumptions": ["columns_recognised:asiakkaat", "ambiguous_dates:asiakkaat:Päättyi"],
        }
    )


@pytest.fixture
def examples() -> dict[str, list[dict[str, Any]]]:
    """Evidence of the findings, by fingerprint."""

    def row(n: int, detail: str, **more: Any) -> dict[str, Any]:
        return {
            "row": n,
            "line": n + 1,
            "column": "Lisätiedot",
            "record_key": f"A{n}",
            "detail": detail,
        } | more

    return {
        "MIN01-nonconformity-Syntymäaika": [
            row(1, "header: “syntymäaika”", row=None, line=None, record_key=None)
        ],
        "MIN04-nonconformity-Lisätiedot": [row(n, "check character") for n in range(1, 21)],
        "STO01-nonconformity-Päättyi": [row(7, "S1: allowed until 2024-09-21", record_key=None)],
    }


@pytest.fixture
def provenance() -> dict[str, Any]:
    """A manifest."""
    file = {"path": "asiakkaat.csv", "sha256": "ab" * 32, "bytes": 63321}
    return {
        "tool": "register-audit",
        "version": "0.1.0",
        "python": "3.11.9",
        "engine": "duckdb",
        "started": "2026-11-22T18:31:02+00:00",
        "finished": "2026-11-22T18:31:04+00:00",
        "inputs": [file],
        "notice": file,
        "plan": None,
    }
