"""``deadlines.ics``: what is to be done by when, for anybody's calendar. No names and no keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from audit.report.actions import action_of, actions, do_by
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
    yield from _actions(data, as_of, texts)
    if lapsed := sum(n for _, n in schedule.lapsed):
        summary = texts.t("calendar.lapsed", n=lapsed)
        yield _Deadline("lapsed", as_of, summary, texts.t("calendar.due_why"))
    pieces = dict(schedule.due)
    for month, day in schedule.first_days:
        yield _Deadline(
            f"due {month}",
            # What fell due between the export and the audit is to be erased now.
            max(as_of, date.fromisoformat(day) + timedelta(days=1)),
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


def _actions(data: dict[str, Any], as_of: date, texts: Texts) -> Iterator[_Deadline]:
    """One entry for each day and action: what is to be done there, how often and in which tables."""
    found: dict[tuple[date, str], dict[str, Counter[str]]] = {}
    for finding in data["findings"]:
        if finding["result"] == "nonconformity":
            code = finding["check"]
            checks = found.setdefault((do_by(code, as_of), action_of(code).key), {})
            table = texts.t("remarks.place") if finding["unit"] == "notice" else finding["table"]
            checks.setdefault(code, Counter())[clean(table, 60)] += max(finding["count"], 1)
    for (day, action), checks in found.items():
        total = sum(sum(places.values()) for places in checks.values())
        said = [
            texts.t(
                "calendar.work",
                what=texts.t(f"checks.{code}.title"),
                places=", ".join(
                    texts.t("calendar.place", table=table, n=n)
                    for table, n in sorted(places.items())
                ),
                remedy=texts.t(f"checks.{code}.remedy"),
            )
            for code, places in sorted(checks.items())
        ]
        who = texts.t(f"actions.people.{actions()[action].who}")
        said.insert(0, f"{texts.t('actions.who')}: {who}.")
        name = texts.t(f"actions.name.{action}")
        summary = f"{name}: {texts.plural('calendar.places', total)}"
        yield _Deadline(f"{action} {day.isoformat()}", day, summary, "\n".join(said))
