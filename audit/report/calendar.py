"""``deadlines.ics``: what is to be done by when, for anybody's calendar. No names and no keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from audit.report.actions import action_of, do_by
from audit.report.retention import Schedule
from audit.report.texts import Texts, clean

__all__ = ["render_calendar"]

_REVIEW = timedelta(days=365)
"""After which the notice and the register are to be held against each other again."""


class _Deadline(NamedTuple):
    """One entry of the calendar."""

    key: str
    on: date
    summary: str
    text: str = ""


def render_calendar(
    data: dict[str, Any], schedule: Schedule, evidence_kept_days: int, lang: str
) -> str:
    """
    The deadlines of an audit as iCalendar (RFC 5545), the same for the same findings.

    ``data`` is what ``findings.as_data`` gives.
    """
    from icalendar import Calendar, Event

    texts = Texts(lang)
    register = clean(data["register"], 80)
    made = datetime.combine(date.fromisoformat(data["as_of"]), time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//register-audit//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", texts.t("calendar.name", register=register))
    for deadline in sorted(_deadlines(data, schedule, evidence_kept_days, texts)):
        event = Event()
        named = f"{data['register']}\x1f{data['as_of']}\x1f{deadline.key}"
        event.add("uid", f"{sha256(named.encode()).hexdigest()[:32]}@register-audit")
        event.add("dtstamp", made)
        event.add("dtstart", deadline.on)
        event.add("dtend", deadline.on + timedelta(days=1))
        event.add("summary", deadline.summary)
        event.add("description", deadline.text)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _deadlines(
    data: dict[str, Any], schedule: Schedule, evidence_kept_days: int, texts: Texts
) -> Iterator[_Deadline]:
    as_of = date.fromisoformat(data["as_of"])
    codes = sorted({f["check"] for f in data["findings"] if f["result"] == "nonconformity"})
    for code in codes:
        action = texts.t(f"actions.name.{action_of(code).key}")
        summary = f"{action}: {texts.t(f'checks.{code}.title')}"
        yield _Deadline(code, do_by(code, as_of), summary, texts.t(f"checks.{code}.remedy"))
    if lapsed := sum(n for _, n in schedule.lapsed):
        summary = texts.t("calendar.lapsed", n=lapsed)
        yield _Deadline("lapsed", as_of, summary, texts.t("calendar.due_why"))
    pieces = dict(schedule.due)
    for month, day in schedule.first_days:
        yield _Deadline(
            f"due {month}",
            date.fromisoformat(day) + timedelta(days=1),
            texts.t("calendar.due", n=pieces[month]),
            texts.t("calendar.due_why"),
        )
    for waiver in data.get("waivers", ()):
        if waiver["state"] == "applied":
            on = date.fromisoformat(waiver["expires"])
            yield _Deadline(
                f"waiver {waiver['names']}", on, texts.t("calendar.waiver", what=waiver["names"])
            )
    until = {c["attested_until"] for c in data["clauses"] if c.get("attested_until")}
    for day in sorted(until):
        yield _Deadline(f"attested {day}", date.fromisoformat(day), texts.t("calendar.attested"))
    forget = as_of + timedelta(days=evidence_kept_days)
    yield _Deadline("forget", forget, texts.t("calendar.forget"))
    yield _Deadline("review", as_of + _REVIEW, texts.t("calendar.review"))
