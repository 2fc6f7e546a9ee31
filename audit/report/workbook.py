"""
``remediation.xlsx``: a work list for whoever mends what was found, a sheet for each action.

A row is a piece of evidence: where it stands and whose record it is, never what stands there. What
is to be changed in the notice has its own words and the proposed wording instead. Sheets and rows
stand in the report's order, so the most urgent first. Days are days, so that they sort; what is to
be done at once has the audit's day, and the word beside it. Text is written as text, so that nothing
from an export can run as a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from audit.report.actions import actions
from audit.report.remediation import (
    KEEP,
    NOTICE,
    Job,
    day_of,
    evidence_of,
    jobs_of,
    remarks_of,
)
from audit.report.retention import schedule_of
from audit.report.texts import Texts, clean
from audit.report.view import quoted_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["AT_MOST", "write_workbook"]

AT_MOST = 20_000
"""Rows that a sheet lists; the evidence has all, and the sheet says how many more there are."""

_OVERVIEW = {
    "action": 24,
    "finding": 42,
    "remedy": 58,
    "n": 8,
    "who": 26,
    "by_when": 14,
    "note": 20,
}
_COLUMNS = {
    "what": 44,
    "table": 20,
    "row": 13,
    "line": 9,
    "record_key": 18,
    "column": 24,
    "category": 24,
    "detail": 36,
    "by_when": 14,
    "note": 10,
    "done": 12,
}
_WRAPPED = (0, 1, 4, 5, 6, 7)
"""The columns of a work list whose words go on to a further line; the others fit on theirs."""
_COLUMNS_OF_THE_NOTICE = {
    "what": 34,
    "detail": 24,
    "clauses": 16,
    "quote": 60,
    "wording": 70,
    "by_when": 14,
    "done": 12,
}
_LONGEST_WORDING = 2000
_LINE, _HIGHEST = 15.0, 409.0  # points: of a line, and of the highest row there can be


def write_workbook(data: dict[str, Any], evidence: Path, path: Path, lang: str) -> None:
    """
    Write the work list of an audit, from its findings (see ``findings.as_data``) and its evidence.

    Actions without work have no sheet; the first sheet tells who does what, and by when.
    """
    from xlsxwriter import Workbook

    texts = Texts(lang)
    jobs = jobs_of(data, evidence)
    of_action = {key: [j for j in jobs if j.action == key] for key in {j.action: 0 for j in jobs}}
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        title = texts.t("workbook.title", register=clean(data["register"]))
        # A clock would make two audits of the same input differ.
        day = datetime.fromisoformat(data["as_of"])
        # By its keyword the list is known again, should it lie among exports.
        book.set_properties({"title": title, "keywords": "register-audit", "created": day})
        styles = _Styles(book, texts)
        _write_overview(book, styles, texts, data, jobs)
        for key, some in of_action.items():
            if key == NOTICE and (remarks := remarks_of(data)):
                _write_notice(book, styles, texts, some, remarks)
            else:
                _write_action(book, styles, texts, data, evidence, some)


class _Styles:
    """The formats of the sheets."""

    def __init__(self, book: Workbook, texts: Texts) -> None:
        plain = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.title: Format = book.add_format(plain | {"bold": True, "font_size": 16})
        self.lead: Format = book.add_format(plain | {"font_color": "#5C5850"})
        self.head: Format = book.add_format(
            plain | {"bold": True, "bottom": 1, "bg_color": "#F4F1EA", "text_wrap": True}
        )
        self.text: Format = book.add_format(plain)
        self.wrapped: Format = book.add_format(plain | {"text_wrap": True})
        day = {"num_format": texts.t("format.workbook_date"), "align": "left"}
        self.day: Format = book.add_format(plain | day)
        self.number: Format = book.add_format(plain | {"num_format": "#,##0", "align": "right"})
        self.input: Format = book.add_format(plain | {"bg_color": "#FFFBE6", "border": 4})
        of_numbers = {"row": self.number, "line": self.number, "by_when": self.day}
        special = of_numbers | {"done": self.input}
        #: Those of the columns of a work list.
        self.of_records = tuple(special.get(name, self.wrapped) for name in _COLUMNS)


def _lines(text: str, width: int) -> int:
    """The lines that a text takes in a column so many characters wide."""
    return 1 if len(text) < width - 1 and "\n" not in text else _broken(text, width)


@lru_cache(maxsize=4096)
def _broken(text: str, width: int) -> int:
    return sum(max(1, len(wrap(line, max(1, width - 2)))) for line in text.split("\n"))


def _height(cells: Sequence[tuple[object, int]]) -> float:
    """How high a row is, in points, that all the words of its cells are seen, each in its width."""
    most = max((_lines(text, width) for text, width in cells if isinstance(text, str)), default=1)
    return min(_HIGHEST, _LINE * most)


def _begun(
    sheet: Worksheet,
    styles: _Styles,
    texts: Texts,
    said: tuple[str, str],
    columns: Mapping[str, int],
) -> None:
    """Title, lead and header of a sheet."""
    for at, width in enumerate(columns.values()):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, said[0], styles.title)
    sheet.write_string(1, 0, said[1], styles.lead)
    heads = [texts.t(f"workbook.{name}") for name in columns]
    sheet.set_row(3, _height(list(zip(heads, columns.values(), strict=True))))
    for at, head in enumerate(heads):
        sheet.write_string(3, at, head, styles.head)


def _write_overview(
    book: Workbook,
    styles: _Styles,
    texts: Texts,
    data: dict[str, Any],
    jobs: list[Job],
) -> None:
    sheet: Worksheet = book.add_worksheet(texts.t("workbook.overview"))
    as_of = date.fromisoformat(data["as_of"])
    title = texts.t("workbook.title", register=clean(data["register"]))
    lead = texts.t("workbook.lead", date=texts.date(as_of))
    _begun(sheet, styles, texts, (title, lead), _OVERVIEW)
    for at, job in enumerate(jobs, 4):
        at_once = texts.t("actions.at_once") if job.by == as_of else ""
        said = (
            texts.t(f"actions.name.{job.action}"),
            texts.t(f"checks.{job.code}.title"),
            texts.t(f"checks.{job.code}.remedy"),
            job.n,
            texts.t(f"actions.people.{actions()[job.action].who}"),
            job.by,
            texts.t("workbook.first_day") if job.by_record else at_once,
        )
        sheet.set_row(at, _height(list(zip(said, _OVERVIEW.values(), strict=True))))
        for place, value in enumerate(said):
            if isinstance(value, str):
                sheet.write_string(at, place, value, styles.wrapped)
            elif isinstance(value, date):
                sheet.write_datetime(at, place, value, styles.day)
            else:
                sheet.write_number(at, place, value, styles.number)
    if jobs:
        sheet.autofilter(3, 0, 3 + len(jobs), len(_OVERVIEW) - 1)
    else:
        sheet.write_string(4, 0, texts.t("actions.none"), styles.text)
    sheet.freeze_panes(4, 0)
    _for_paper(sheet)


def _write_action(
    book: Workbook,
    styles: _Styles,
    texts: Texts,
    data: dict[str, Any],
    evidence: Path,
    jobs: list[Job],
) -> None:
    from audit.report.worklist import WorkList

    key, as_of = jobs[0].action, date.fromisoformat(data["as_of"])
    name = texts.t(f"actions.name.{key}")
    sheet: WorkList = book.add_worksheet(name[:31], WorkList)
    rows = evidence_of(evidence, jobs, AT_MOST)
    lead = _lead(texts, data, evidence, jobs, len(rows))
    _begun(sheet, styles, texts, (name, lead), _COLUMNS)
    names = {(t["source"], t.get("sheet")): t["name"] for t in data["tables"]}
    titles = {job.code: texts.t(f"checks.{job.code}.title") for job in jobs}
    # Twenty thousand rows say the same few things over and over.
    shown, wording, day = cache(clean), cache(texts.wording), cache(day_of)
    if jobs[0].by_record:  # what is due first stands first
        rows.sort(key=lambda row: day(row[0], row[-1], as_of))
    whole, at_once = texts.t("findings.whole_column"), texts.t("actions.at_once")
    records = [
        (
            titles[code],
            shown(names.get((source, table), source)),
            whole if row is None and column else row,
            line,
            clean(record) if record else None,
            shown(column) if column else None,
            texts.category(category) if category else None,
            shown(wording(detail)) or None,
            (by := day(code, detail, as_of)),
            at_once if by == as_of else None,
            "",
        )
        for code, source, table, row, line, column, record, category, detail in rows
    ]
    widths = tuple(_COLUMNS.values())
    heights = [_height([(record[at], widths[at]) for at in _WRAPPED]) for record in records]
    sheet.write_records(4, records, styles.of_records, heights)
    if rows:
        sheet.autofilter(3, 0, 3 + len(rows), len(_COLUMNS) - 1)
    sheet.freeze_panes(4, 1)
    _for_paper(sheet)


def _lead(texts: Texts, data: dict[str, Any], evidence: Path, jobs: list[Job], listed: int) -> str:
    """How many there are, and of what falls due how many records that is in the report's chart."""
    total = sum(job.n for job in jobs)
    more = total - listed
    said = [texts.t("workbook.more", n=more) if more > 0 else texts.t("workbook.all", n=total)]
    if jobs[0].action == KEEP:
        schedule = schedule_of(evidence, data["as_of"])
        counted = ((key, sum(n for _, n in getattr(schedule, key))) for key in ("due", "lapsed"))
        said += [texts.t(f"workbook.{key}", n=n) for key, n in counted if n]
    return " ".join(said)


def _write_notice(
    book: Workbook,
    styles: _Styles,
    texts: Texts,
    jobs: list[Job],
    remarks: list[dict[str, Any]],
) -> None:
    """The sheet of the notice: the words as they are, and the words that could stand there."""
    name = texts.t(f"actions.name.{NOTICE}")
    sheet: Worksheet = book.add_worksheet(name[:31])
    lead = f"{texts.t('workbook.all', n=len(remarks))} {texts.t('workbook.wording_lead')}"
    _begun(sheet, styles, texts, (name, lead), _COLUMNS_OF_THE_NOTICE)
    by = {job.code: job.by for job in jobs}
    for at, one in enumerate(remarks, 4):
        detail = f"detail.notice_{one['detail']}"
        quotes = (texts.t("format.quoted", words=words) for words in one["quotes"])
        said = [
            texts.t(f"checks.{one['check']}.title"),
            texts.t(detail) if detail in texts else one["detail"],
            ", ".join(dict.fromkeys(one["clauses"])),
            "\n".join(quotes) or texts.t("remarks.silent"),
            quoted_words(one["wording"]),
        ]
        shown = [
            "\n".join(clean(line, _LONGEST_WORDING) for line in text.split("\n")) for text in said
        ]
        sheet.set_row(at, _height(list(zip(shown, _COLUMNS_OF_THE_NOTICE.values(), strict=False))))
        for place, text in enumerate(shown):
            sheet.write_string(at, place, text, styles.wrapped)
        sheet.write_datetime(at, 5, by[one["check"]], styles.day)
        sheet.write_blank(at, 6, None, styles.input)
    sheet.autofilter(3, 0, 3 + len(remarks), len(_COLUMNS_OF_THE_NOTICE) - 1)
    sheet.freeze_panes(4, 1)
    _for_paper(sheet)


def _for_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.hide_gridlines(2)
