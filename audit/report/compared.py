"""The words for what changed between two audits: the same on a terminal and in a notebook."""

from __future__ import annotations

from collections.abc import Iterator

from audit.report.compare import STATES, Change, Comparison
from audit.report.noticed import NoticeChange
from audit.report.texts import Texts, clean

__all__ = [
    "counts_of",
    "is_as_before",
    "moved_clauses",
    "pieces_of",
    "remarks",
    "state_of",
    "title_of",
    "where_of",
]


def counts_of(found: Comparison, texts: Texts) -> str:
    """The two days, and how many findings became what."""
    counts = ", ".join(f"{texts.t(f'compare.{s}')} {texts.number(found.count(s))}" for s in STATES)
    return f"{texts.date(found.old)} → {texts.date(found.new)}: {counts}."


def moved_clauses(found: Comparison, texts: Texts) -> str:
    """The clauses whose state changed; blank where none did."""
    moved = ", ".join(
        f"{c.clause} {texts.t(f'states.{c.before}')} → {texts.t(f'states.{c.after}')}"
        for c in found.clauses
    )
    return texts.t("compare.clauses", clauses=moved) if moved else ""


def title_of(change: Change, texts: Texts) -> str:
    """What was found; a check of your own has no words of ours, and goes by its code."""
    key = f"checks.{change.check}.title"
    return texts.t(key) if key in texts else change.check


def pieces_of(change: Change, texts: Texts) -> str:
    """How many places came and went; blank where none did."""
    counted = (("appeared", change.appeared), ("disappeared", change.disappeared))
    return ", ".join(f"{texts.t(f'compare.{key}')}: {texts.number(n)}" for key, n in counted if n)


def is_as_before(change: Change) -> bool:
    """Whether neither the register nor what people accept changed about a finding."""
    return change.state == "unchanged" and change.accepted in (None, "waived")


def remarks(found: Comparison, texts: Texts) -> Iterator[str]:
    """What else differs between the two, and what the figures therefore do not say."""
    if found.registers[0] != found.registers[1]:
        names = [clean(name, 80) for name in found.registers]
        yield texts.t("compare.registers", old=names[0], new=names[1])
    if not found.complete:
        yield texts.t("compare.incomplete")
    yield from _of_the_tables(found, texts)
    yield from _of_the_notice(found.notice, texts)
    if found.attested_before:
        yield texts.t("compare.attested_before", clauses=", ".join(found.attested_before))
    if found.counted_only:
        yield texts.t("compare.counted_only")
    elif any(change.by_count for change in found.changes):
        yield texts.t("compare.by_count")


def _of_the_tables(found: Comparison, texts: Texts) -> Iterator[str]:
    """What was supplied of the register, that had not been or had been before."""
    for key in ("tables_added", "tables_removed"):
        if tables := [clean(name, 80) for name in getattr(found, key)]:
            yield texts.t(f"compare.{key}", tables=", ".join(tables))
    for key in ("columns_added", "columns_removed", "columns_recast"):
        if columns := [f"{clean(t, 80)}: {clean(c, 80)}" for t, c in getattr(found, key)]:
            yield texts.t(f"compare.{key}", columns=", ".join(columns))
    if found.shorter:
        counted = (
            f"{clean(t, 80)} {texts.number(n)} → {texts.number(m)}" for t, n, m in found.shorter
        )
        yield texts.t("compare.shorter", tables=", ".join(counted))
    if found.unread:
        yield texts.t("compare.unread", tables=", ".join(clean(t, 80) for t in found.unread))


def _of_the_notice(notice: NoticeChange, texts: Texts) -> Iterator[str]:
    """How the notice differs."""
    if not notice.same:
        yield texts.t("compare.notice")
    for key in ("words", "promises", "added", "removed"):
        if clauses := getattr(notice, key):
            yield texts.t(f"compare.notice_{key}", clauses=", ".join(clauses))
    if notice.header:
        parts = (texts.t(f"compare.header_{name}") for name in notice.header)
        yield texts.t("compare.notice_header", parts=", ".join(parts))


def state_of(change: Change, texts: Texts) -> str:
    """What became of a finding, and of what people accepted about it."""
    parts = [texts.t(f"became.{change.state}")]
    if change.by_count and change.state in ("unchanged", "changed"):
        parts.append(texts.t("compare.counted"))
    if change.first_look:
        parts.append(texts.t("compare.first_look"))
    if change.accepted:
        parts.append(texts.t(f"compare.{change.accepted}"))
    if change.grade_before and change.grade_after and change.grade_before != change.grade_after:
        parts.append(
            " → ".join(texts.t(f"grades.{g}") for g in (change.grade_before, change.grade_after))
        )
    return ", ".join(parts)


def where_of(change: Change, texts: Texts) -> str:
    """Table, column and data."""
    table = change.table or texts.t("remarks.place")
    category = texts.category(change.category) if change.category else None
    return " · ".join(clean(part, 80) for part in (table, change.column, category) if part)
