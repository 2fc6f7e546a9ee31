"""
``remediation.xlsx``: a work list for whoever mends what was found, a sheet for each action.

A row is a piece of evidence: where it stands and whose record it is, never what stands there. Text
is written as text, so that nothing from an export can run as a formula.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.register.query import fetched, quoted
from audit.report.actions import action_of, actions, do_by
from audit.report.texts import Texts, clean

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
        for key in actions():
            if sum(work[key].values()):
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
    for key, codes in work.items():
        ordered = sorted(codes, key=lambda code: (do_by(code, as_of), code))
        for code in ordered:
            sheet.write_string(at, 0, texts.t(f"actions.name.{key}"), styles.text)
            sheet.write_string(at, 1, texts.t(f"checks.{code}.remedy"), styles.wrapped)
            sheet.write_number(at, 2, codes[code], styles.number)
            sheet.write_string(at, 3, texts.t(f"actions.people.{actions()[key].who}"), styles.text)
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
    rows = _evidence_of(evidence, sorted(codes), _listed(key))
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
    days = {code: do_by(code, as_of) for code in codes}
    # Twenty thousand rows say the same few things over and over.
    shown, wording = cache(clean), cache(texts.wording)
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
            days[code],
            "",
        )
        for code, source, table, row, line, column, record, category, detail in rows
    ]
    sheet.write_records(4, records, styles.of_records)
    if rows:
        sheet.autofilter(3, 0, 3 + len(rows), len(_COLUMNS) - 1)
    sheet.freeze_panes(4, 1)
    _for_paper(sheet)


def _evidence_of(
    evidence: Path, codes: list[str], results: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    """The pieces of evidence of these checks, at most as many as a sheet lists."""
    if not evidence.is_file():
        return []
    wanted = ", ".join(map(quoted, codes))
    counted = ", ".join(map(quoted, results))
    shown = 'source, "table", "row", line, "column", record_key, category, detail'
    return fetched(
        f'SELECT "check", {shown} FROM read_parquet({quoted(str(evidence))}) '
        f'WHERE "check" IN ({wanted}) AND result IN ({counted}) '
        "AND coalesce(category, '') <> 'technical' "
        f'ORDER BY "check", source, "table", "row" NULLS FIRST, line LIMIT {AT_MOST}'
    )


def _for_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.hide_gridlines(2)
