"""
``findings.json``: what the audit found, byte for byte the same on every engine.

It holds codes, clauses, table and column names, whole numbers, ISO dates and fingerprints. Paths,
engines, clocks and versions are in ``manifest.json``.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from audit.finding import (
    AttestationState,
    Audit,
    ClauseState,
    CompletenessState,
    Grade,
    Result,
    WaiverState,
)

__all__ = ["FINDINGS_SCHEMA", "as_data", "as_json", "findings_schema"]

FINDINGS_SCHEMA = "register-audit/findings/1"


def as_data(audit: Audit) -> dict[str, Any]:
    """The audit as plain data; reports render this."""
    findings = [
        {key: value for key, value in asdict(finding).items() if value not in (None, ())}
        | {"fingerprint": finding.fingerprint, "count": finding.count}
        for finding in audit.findings
    ]
    states = {state.clause: state for state in audit.clauses}
    quoted: Any = audit.notice["clauses"]
    clauses = [clause | _state(states[clause["id"]]) for clause in quoted]
    counted = [c for c in clauses if c["state"] != "informative" and not c["same_as"]]
    assessed = [c for c in counted if c["state"] != "not_assessed"]
    attested = [c for c in counted if c["state"] == "attested"]
    return {
        "schema": FINDINGS_SCHEMA,
        "register": audit.register,
        "as_of": audit.as_of.isoformat(),
        "law_as_of": audit.law_as_of.isoformat(),
        "complete": audit.complete,
        "notice": {key: value for key, value in audit.notice.items() if key != "clauses"},
        "summary": {
            "major": len(audit.at_or_above(Grade.MAJOR)),
            "minor": len(audit.at_or_above(Grade.MINOR)) - len(audit.at_or_above(Grade.MAJOR)),
            "observations": audit.count(Result.OBSERVATION),
            "conformities": audit.count(Result.CONFORMITY),
            "not_assessed": audit.count(Result.NOT_ASSESSED),
            "waived": audit.count(Result.WAIVED),
            "evidence": audit.evidence_count(Result.NONCONFORMITY),
            "records": sum(table.rows for table in audit.tables),
            "cells": sum(table.rows * len(table.columns) for table in audit.tables),
            "clauses": len(counted),
            "clauses_assessed": len(assessed),
            "clauses_attested": len(attested),
            "clauses_deviating": sum(c["state"] == "does_not_conform" for c in counted),
        },
        "criteria": [asdict(criterion) for criterion in audit.criteria],
        "findings": findings,
        "clauses": clauses,
        "tables": [asdict(table) for table in audit.tables],
        "ledgers": [
            {key: value for key, value in asdict(ledger).items() if key != "sha256"}
            | {"accounted": ledger.accounted}
            for ledger in audit.ledgers
        ],
        "failures": [asdict(failure) for failure in audit.failures],
        "left_out": [{"file": file, "reason": reason} for file, reason in audit.left_out],
        "assumptions": list(audit.assumptions),
        "completeness": [_dated(said) for said in audit.completeness],
        "attestations": [_dated(said) for said in audit.attestations],
        "waivers": [_dated(waiver) for waiver in audit.waivers],
    } | ({"checks_left_out": audit.checks_left_out} if audit.checks_left_out else {})


def _state(state: ClauseState) -> dict[str, Any]:
    """A clause's state without what it does not have."""
    data = {key: value for key, value in asdict(state).items() if value not in (None, (), 0)}
    data.pop("clause")
    if state.holds is not None:
        data["holds"] = state.holds
    return {"checks": ()} | _in_iso(data)


def _dated(said: AttestationState | CompletenessState | WaiverState) -> dict[str, Any]:
    """A statement of the plan and what became of it."""
    return _in_iso(asdict(said))


def _in_iso(data: dict[str, Any]) -> dict[str, Any]:
    return {k: value.isoformat() if isinstance(value, date) else value for k, value in data.items()}


def as_json(audit: Audit) -> str:
    """The audit as JSON, keys sorted by code point."""
    return json.dumps(as_data(audit), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def findings_schema() -> dict[str, Any]:
    """The JSON Schema of ``findings.json``."""
    text, whole, flag = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
    objects = {"type": "array", "items": {"type": "object"}}
    day = {"type": "string", "format": "date"}
    topic = {
        "type": "object",
        "required": ["key", "count", "examined"],
        "additionalProperties": False,
        "properties": {"key": {"type": ["string", "null"]}, "count": whole, "examined": whole},
    }
    finding = {
        "type": "object",
        "required": ["check", "result", "table", "count", "examined", "unit", "fingerprint"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(
                ("check", "table", "column", "category", "rule", "reason", "about"), text
            ),
            "result": {"enum": [str(result) for result in Result]},
            "grade": {"enum": [str(grade) for grade in Grade]},
            "clauses": {"type": "array", "items": text},
            "count": whole,
            "examined": whole,
            "unit": {"enum": ["records", "cells", "columns", "notice"]},
            "topics": {"type": "array", "items": topic},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FINDINGS_SCHEMA,
        "title": "Findings of register-audit",
        "type": "object",
        "required": ["schema", "register", "as_of", "complete", "summary", "findings", "clauses"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": FINDINGS_SCHEMA},
            "register": text,
            "as_of": day,
            "law_as_of": day,
            "complete": flag,
            "notice": {"type": "object"},
            "summary": {"type": "object", "additionalProperties": whole},
            "criteria": objects,
            "findings": {"type": "array", "items": finding},
            "clauses": objects,
            "tables": objects,
            "ledgers": objects,
            "failures": objects,
            "left_out": objects,
            "assumptions": {"type": "array", "items": text},
            "completeness": objects,
            "attestations": objects,
            "waivers": objects,
            "checks_left_out": whole,
        },
    }
