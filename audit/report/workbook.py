"""
``remediation.xlsx``: a work list for whoever mends what was found, a sheet for each action.

A row is a piece of evidence: where it stands and whose record it is, never what stands there. What
is to be changed in the notice has its own words and the proposed wording instead. Sheets and rows
stand in the order in which they are to be done. Text is written as text, so that nothing from an
export can run as a formula.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.register.query import fetched, quoted
from audit.report.actions import action_of, actions, do_by
from audit.report.texts import Texts, clean
from audit.report.view import quoted_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["AT_MOST", "write_workbook"]

AT_MOST = 20_000
"""Rows that a sheet lists; the evidence has all, and the sheet says how many more there are."""

_COLUMNS = {
    "what": 44,
    "table": 22,
    "row": 9,
    "line": 9,
    "record_key": 18,
    "column": 24,
    "category": 24,
    "detail": 34,
    "by_when": 13,
    "done": 12,
}
_COLUMNS_OF_THE_NOTICE = {
    "what": 40,
    "detail": 26,
    "clauses": 16,
    "quote": 60,
    "wording": 70,
    "by_when": 13,
    "done": 12,
}
_NOTICE, _KEEP = "notice", "keep"
_LONGEST_WORDING = 2000
_OWN_DAY = re.compile(r"(?P<what>allowed until|required until|answer due) (?P<day>\d{4}-\d\d-\d\d)")
#: Besides nonconformities, what these actions list: there is nothing to accuse, but work to do.
_ALSO = {"decide": ("not_assessed",), "keep": ("observation",), "answer": ("observation",)}


def write_workbook(data: dict[str, Any], evidence: Path, path: Path, lang: str) -> None:
    """
    Write the work list of an audit, from its findings (see ``findings.as_data``) and its evidence.

    Actions without work have no sheet; the first sheet tells who does what, and by when.
    """
    from xlsxwriter import Workbook

    texts = Texts(lang)
    work = _counted(data)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        title = texts.t("workbook.title", register=clean(data["register"]))
        # A clock would make two audits of the same input differ.
        book.set_properties({"title": title, "created": datetime.fromisoformat(data["as_of"])})
        styles = _Styles(book)
        _write_overview(book, styles, texts, data, work)
        for key in _by_urgency(data, work):
            if key == _NOTICE and (remarks := _remarks(data)):
                _write_notice(book, styles, texts, data, remarks)
            else:
                _write_action(book, styles, texts, data, evidence, key, work[key])


def _counted(data: dict[str, Any]) -> dict[str, Counter[str]]:
    """Pieces of work by action and check."""
    work: dict[str, Counter[str]] = {key: Counter() for key in actions()}
    for finding in data["findings"]:
        code = finding["check"]
        action = action_of(code).key
        if finding["result"] in _listed(action) and not _is_technical(finding):
            work[action][code] += max(finding["count"], 1)
    return work


def _by_urgency(data: dict[str, Any], work: dict[str, Counter[str]]) -> list[str]:
    """The actions with work: the soonest first, among them the gravest, then as people know them."""
    as_of = date.fromisoformat(data["as_of"])
    grades: dict[str, str] = {}
    for finding in data["findings"]:
        grade = finding.get("grade") if finding["result"] == "nonconformity" else None
        if grade:
            grades[finding["check"]] = min(grades.get(finding["check"], grade), grade)
    known = [key for key, codes in work.items() if sum(codes.values())]

    def urgency(key: str) -> tuple[date, str, int]:
        soonest = min(do_by(code, as_of) for code in work[key])
        first = (code for code in work[key] if do_by(code, as_of) == soonest)
        return soonest, min(grades.get(code, "none") for code in first), known.index(key)

    return sorted(known, key=urgency)


def _day_of(code: str, detail: str | None, as_of: date) -> date:
    """
    By when one piece of work is to be done: where the record has a day of its own, by that.

    What may, or must, be kept until a day is to be erased on the next.

    >>> _day_of("STO04", "S1: allowed until 2027-02-09; due in 2027-02", date(2026, 11, 22))
    datetime.date(2027, 2, 10)
    """
    days = [
        date.fromisoformat(one["day"]) + timedelta(days=one["what"] != "answer due")
        for one in _OWN_DAY.finditer(detail or "")
    ]
    # A day that has gone by is no deadline: the work is then as urgent as its action.
    return max((day for day in days if day >= as_of), default=do_by(code, as_of))


def _listed(action: str) -> tuple[str, ...]:
    return ("nonconformity", *_ALSO.get(action, ()))


def _is_technical(finding: dict[str, Any]) -> bool:
    """Whether there is nothing to do: a technical column, or a check that had no table at all."""
    return finding.get("category") == "technical" or (
        finding["result"] == "not_assessed" and not finding.get("column")
    )


class _Styles:
    """The formats of the sheets."""

    def __init__(self, book: Workbook) -> None:
        plain = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.title: Format = book.add_format(plain | {"bold": True, "font_size": 16})
        self.lead: Format = book.add_format(plain | {"font_color": "#5C5850"})
        self.head: Format = book.add_format(
            plain | {"bold": True, "bottom": 1, "bg_color": "#F4F1EA", "text_wrap": True}
        )
        self.text: Format = book.add_format(plain)
        self.wrapped: Format = book.add_format(plain | {"text_wrap": True})
        self.day: Format = book.add_format(plain | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.number: Format = book.add_format(plain | {"num_format": "#,##0", "align": "right"})
        self.input: Format = book.add_format(plain | {"bg_color": "#FFFBE6", "border": 4})
        text, number = self.text, self.number
        #: Those of the columns of a work list.
        self.of_records = (text, text, number, number, *(text,) * 4, self.day, self.input)


def _write_overview(
    book: Workbook,
    styles: _Styles,
    texts: Texts,
    data: dict[str, Any],
    work: dict[str, Counter[str]],
) -> None:
    sheet: Worksheet = book.add_worksheet(texts.t("workbook.overview"))
    as_of = date.fromisoformat(data["as_of"])
    title = texts.t("workbook.title", register=clean(data["register"]))
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(1, 0, texts.t("workbook.lead", date=texts.date(as_of)), styles.lead)
    for at, (name, width) in enumerate(
        (("action", 30), ("what", 60), ("n", 9), ("who", 34), ("by_when", 13))
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(3, at, texts.t(f"workbook.{name}"), styles.head)
    at = 4
    for key in _by_urgency(data, work):
        codes = work[key]
        ordered = sorted(codes, key=lambda code: (do_by(code, as_of), code))
        for code in ordered:
            sheet.write_string(at, 0, texts.t(f"actions.name.{key}"), styles.text)
            sheet.write_string(at, 1, texts.t(f"checks.{code}.remedy"), styles.wrapped)
            sheet.write_number(at, 2, codes[code], styles.number)
            sheet.write_string(at, 3, texts.t(f"actions.people.{actions()[key].who}"), styles.text)
            if key == _KEEP:  # each record has its own day, on its own line
                sheet.write_string(at, 4, texts.t("workbook.own_day"), styles.wrapped)
            else:
                sheet.write_datetime(at, 4, do_by(code, as_of), styles.day)
            at += 1
    if at == 4:  # noqa: PLR2004 - the row below the header
        sheet.write_string(at, 0, texts.t("actions.none"), styles.text)
    else:
        sheet.autofilter(3, 0, at - 1, 4)
    sheet.freeze_panes(4, 0)
    _for_paper(sheet)


def _write_action(
    book: Workbook,
    styles: _Styles,
    texts: Texts,
    data: dict[str, Any],
    evidence: Path,
    key: str,
    codes: Counter[str],
) -> None:
    from audit.report.worklist import WorkList

    sheet: WorkList = book.add_worksheet(texts.t(f"actions.name.{key}")[:31], WorkList)
    as_of = date.fromisoformat(data["as_of"])
    rows = _evidence_of(evidence, sorted(codes, key=lambda c: (do_by(c, as_of), c)), _listed(key))
    total = sum(codes.values())
    more = total - len(rows)
    lead = texts.t("workbook.more", n=more) if more > 0 else texts.t("workbook.all", n=total)
    sheet.write_string(0, 0, texts.t(f"actions.name.{key}"), styles.title)
    sheet.write_string(1, 0, lead, styles.lead)
    for at, (name, width) in enumerate(_COLUMNS.items()):
        sheet.set_column(at, at, width)
        sheet.write_string(3, at, texts.t(f"workbook.{name}"), styles.head)
    names = {(t["source"], t.get("sheet")): t["name"] for t in data["tables"]}
    titles = {code: texts.t(f"checks.{code}.title") for code in codes}
    # Twenty thousand rows say the same few things over and over.
    shown, wording, day_of = cache(clean), cache(texts.wording), cache(_day_of)
    if key == _KEEP:  # what is due first stands first
        rows.sort(key=lambda row: day_of(row[0], row[-1], as_of))
    records = [
        (
            titles[code],
            shown(names.get((source, table), source)),
            row,
            line,
            clean(record) if record else None,
            shown(column) if column else None,
            texts.category(category) if category else None,
            shown(wording(detail)) or None,
            day_of(code, detail, as_of),
            "",
        )
        for code, source, table, row, line, column, record, category, detail in rows
    ]
    sheet.write_records(4, records, styles.of_records)
    if rows:
        sheet.autofilter(3, 0, 3 + len(rows), len(_COLUMNS) - 1)
    sheet.freeze_panes(4, 1)
    _for_paper(sheet)


def _remarks(data: dict[str, Any]) -> list[dict[str, Any]]:
    """What was found wrong in the notice, each matter once with all of its clauses."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in data["notice"].get("remarks", ()):
        if one["result"] != "nonconformity":
            continue
        said = {"detail": "", "quote": "", "wording": "", "clauses": ()} | one
        key = (said["check"], said["detail"], said["wording"])
        known = found.setdefault(key, said | {"clauses": (), "quotes": {}})
        known["clauses"] = (*known["clauses"], *said["clauses"])
        if words := quoted_words(said["quote"]):
            known["quotes"][words] = None
    return sorted(found.values(), key=lambda one: (one.get("grade", ""), one["check"]))


def _write_notice(
    book: Workbook,
    styles: _Styles,
    texts: Texts,
    data: dict[str, Any],
    remarks: list[dict[str, Any]],
) -> None:
    """The sheet of the notice: the words as they are, and the words that could stand there."""
    name = texts.t(f"actions.name.{_NOTICE}")
    sheet: Worksheet = book.add_worksheet(name[:31])
    as_of = date.fromisoformat(data["as_of"])
    sheet.write_string(0, 0, name, styles.title)
    lead = f"{texts.t('workbook.all', n=len(remarks))} {texts.t('workbook.wording_lead')}"
    sheet.write_string(1, 0, lead, styles.lead)
    for at, (column, width) in enumerate(_COLUMNS_OF_THE_NOTICE.items()):
        sheet.set_column(at, at, width)
        sheet.write_string(3, at, texts.t(f"workbook.{column}"), styles.head)
    for at, one in enumerate(remarks, 4):
        detail = f"detail.notice_{one['detail']}"
        said = (
            texts.t(f"checks.{one['check']}.title"),
            texts.t(detail) if detail in texts else one["detail"],
            ", ".join(dict.fromkeys(one["clauses"])),
            "\n".join(f"“{words}”" for words in one["quotes"]) or texts.t("remarks.silent"),
            quoted_words(one["wording"]),
        )
        for place, text in enumerate(said):
            shown = "\n".join(clean(line, _LONGEST_WORDING) for line in text.split("\n"))
            sheet.write_string(at, place, shown, styles.wrapped)
        sheet.write_datetime(at, 5, do_by(one["check"], as_of), styles.day)
        sheet.write_blank(at, 6, None, styles.input)
    sheet.autofilter(3, 0, 3 + len(remarks), len(_COLUMNS_OF_THE_NOTICE) - 1)
    sheet.freeze_panes(4, 1)
    _for_paper(sheet)


def _evidence_of(
    evidence: Path, codes: list[str], results: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    """The pieces of evidence of these checks, at most as many as a sheet lists."""
    if not evidence.is_file():
        return []
    wanted = ", ".join(map(quoted, codes))
    ranked = " ".join(f"WHEN {quoted(code)} THEN {rank}" for rank, code in enumerate(codes))
    counted = ", ".join(map(quoted, results))
    shown = 'source, "table", "row", line, "column", record_key, category, detail'
    return fetched(
        f'SELECT "check", {shown} FROM read_parquet({quoted(str(evidence))}) '
        f'WHERE "check" IN ({wanted}) AND result IN ({counted}) '
        "AND coalesce(category, '') <> 'technical' "
        f'ORDER BY CASE "check" {ranked} END, source, "table", "row" NULLS FIRST, line LIMIT {AT_MOST}'
    )


def _for_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.hide_gridlines(2)
