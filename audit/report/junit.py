"""
``junit.xml``: what CI shows. One testcase for each criterion and table.

A failure is a nonconformity at or above the chosen grade, skipped is not assessed with its reason;
errors are never used, since an error of the tool is not a finding.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from xml.etree import ElementTree as ET

from audit.finding import Grade, Result
from audit.report.texts import Texts

__all__ = ["render_junit"]


def render_junit(data: dict[str, Any], fail_on: Grade | None, lang: str) -> str:
    """The findings as JUnit XML; ``fail_on`` None never fails."""
    texts = Texts(lang)
    failing = {None: set(), Grade.MAJOR: {"major"}, Grade.MINOR: {"major", "minor"}}[fail_on]
    criteria = {criterion["code"]: criterion for criterion in data["criteria"]}
    cases: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for finding in data["findings"]:
        cases[finding["check"], finding["table"]].append(finding)
    suite = ET.Element("testsuite", name=f"register-audit {data['register']}")
    totals = {"tests": len(cases), "failures": 0, "errors": 0, "skipped": 0}
    for (code, table), findings in sorted(cases.items()):
        criterion = criteria[code]
        case = ET.SubElement(
            suite,
            "testcase",
            classname=_clean(f"{data['register']}.{criterion['family']}"),
            name=_clean(f"{code} {criterion['name']} [{table or _where(findings)}]"),
        )
        failed = [f for f in findings if f.get("grade") in failing]
        if failed:
            totals["failures"] += 1
            message = texts.t(f"checks.{code}.title")
            failure = ET.SubElement(case, "failure", message=message, type=str(failed[0]["grade"]))
            failure.text = "\n".join(_clean(_line(f)) for f in failed)
        elif waived := [f for f in findings if f["result"] == Result.WAIVED]:
            totals["skipped"] += 1
            ET.SubElement(case, "skipped", message=_clean(_why_waived(data, waived[0])))
        elif all(f["result"] == Result.NOT_ASSESSED for f in findings):
            totals["skipped"] += 1
            ET.SubElement(case, "skipped", message=texts.reason(findings[0]["reason"]))
    for name, count in totals.items():
        suite.set(name, str(count))
    ET.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, "unicode") + "\n"


def _where(findings: list[dict[str, Any]]) -> str:
    """What stands in the place of a table where there is none."""
    return "notice" if findings[0]["unit"] == "notice" else ""


def _why_waived(data: dict[str, Any], finding: dict[str, Any]) -> str:
    """Who waived a finding, until when and why."""
    for waiver in data["waivers"]:
        if finding["fingerprint"] in waiver["findings"]:
            who = ", ".join(waiver["approvers"])
            return f"waived until {waiver['expires']} by {who}: {waiver['reason']}"
    return "waived"


def _line(finding: dict[str, Any]) -> str:
    where = " / ".join(str(finding[k]) for k in ("column", "category", "rule") if k in finding)
    return f"{finding['fingerprint']}  {finding['count']} of {finding['examined']} {finding['unit']}  {where}"


def _clean(text: str) -> str:
    """XML 1.0 has no place for control characters; headers may hold them."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
