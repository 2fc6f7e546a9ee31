"""
``deadlines.ics``: what is to be done by when, for anybody's calendar. No names and no keys.

What is to be done at once stands on the next working day: the audit's own day has gone by, or is a
Sunday, when somebody takes the file into a calendar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from audit.report.actions import action_of, actions, do_by, working_day_after
from audit.report.retention import Schedule
from audit.report.texts import Texts, clean
from audit.report.view import View

__all__ = ["render_calendar"]

_REVIEW = timedelta(days=365)
"""After which the notice and the register are to be held against each other again."""
_HOURS_OF_A_BREACH = timedelta(days=2)
"""The last whole day of the 72 hours of GDPR Art. 33(1), whenever on its day the audit was read."""
_IN_THE_MORNING, _ON_THE_DAY_BEFORE = timedelta(hours=8), timedelta(hours=-16)


class _Deadline(NamedTuple):
    """One entry of the calendar."""

    key: str
    on: date
    summary: str
    text: str
    alarms: tuple[timedelta, ...] = ()
    """From the beginning of the day on."""


def render_calendar(
    data: dict[str, Any], schedule: Schedule, evidence_kept_days: int, lang: str
) -> str:
    """
    The deadlines of an audit as iCalendar (RFC 5545), the same for the same findings.

    ``data`` is what ``findings.as_data`` gives.
    """
    from icalendar import Alarm, Calendar, Event

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
        for trigger in deadline.alarms:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", deadline.summary)
            alarm.add("trigger", trigger)
            event.add_component(alarm)
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _deadlines(
    data: dict[str, Any], schedule: Schedule, evidence_kept_days: int, texts: Texts
) -> Iterator[_Deadline]:
    as_of = date.fromisoformat(data["as_of"])
    soon, view = working_day_after(as_of), View(data, {})
    yield from _breaches(view, as_of, texts)
    yield from _actions(data, as_of, texts)
    why = texts.t("calendar.due_why")
    if lapsed := sum(n for _, n in schedule.lapsed):
        summary = texts.t("calendar.lapsed", n=lapsed)
        yield _Deadline("lapsed", soon, summary, why, (_IN_THE_MORNING,))
    pieces = dict(schedule.due)
    for month, first in schedule.first_days:
        day = date.fromisoformat(first) + timedelta(days=1)
        # What fell due between the export and the audit is to be erased now.
        on = day if day > as_of else soon
        yield _Deadline(f"due {month}", on, texts.t("calendar.due", n=pieces[month]), why)
    yield from _stated(view, texts)
    forget = as_of + timedelta(days=evidence_kept_days)
    command = f"register-audit forget {texts.t('calendar.folder')}"
    text = f"{texts.t('calendar.forget_why')}\n{command}"
    yield _Deadline("forget", forget, texts.t("calendar.forget"), text)
    review, text = texts.t("calendar.review"), texts.t("calendar.review_why")
    yield _Deadline("review", as_of + _REVIEW, review, text)


def _breaches(view: View, as_of: date, texts: Texts) -> Iterator[_Deadline]:
    """What may be a personal data breach, once: the 72 hours wait for no working day."""
    if groups := view.breaches:
        titles = [f"• {texts.t(f'checks.{group.code}.title')}" for group in groups]
        text = "\n".join([texts.t("calendar.breach_why"), *titles])
        summary, on = texts.t("calendar.breach"), as_of + _HOURS_OF_A_BREACH
        yield _Deadline("breach", on, summary, text, (_ON_THE_DAY_BEFORE, _IN_THE_MORNING))


def _stated(view: View, texts: Texts) -> Iterator[_Deadline]:
    """When what somebody accepted or stated ends."""
    for waiver in view.data.get("waivers", ()):
        if waiver["state"] == "applied":
            titles = dict.fromkeys(
                f"{texts.t(f'checks.{code}.title')} ({clean(place.table, 60)})"
                if place.table
                else texts.t(f"checks.{code}.title")
                for code, place in view.excused(waiver)
            )
            summary = texts.t("calendar.waiver", what="; ".join(titles) or clean(waiver["names"]))
            on, text = date.fromisoformat(waiver["expires"]), texts.t("calendar.waiver_why")
            yield _Deadline(f"waiver {waiver['names']}", on, summary, text)
    until: dict[str, list[str]] = {}
    for clause in view.data["clauses"]:
        if day := clause.get("attested_until"):
            until.setdefault(day, []).append(clause["id"])
    for day, clauses in sorted(until.items()):
        text = texts.t("calendar.attested_why", clauses=", ".join(clauses))
        summary = texts.t("calendar.attested")
        yield _Deadline(f"attested {day}", date.fromisoformat(day), summary, text)


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
        key, text = f"{action} {day.isoformat()}", "\n".join(said)
        if day == as_of:
            yield _Deadline(key, working_day_after(as_of), summary, text, (_IN_THE_MORNING,))
        else:
            yield _Deadline(key, day, summary, text, (_ON_THE_DAY_BEFORE,))
