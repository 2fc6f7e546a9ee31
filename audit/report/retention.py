"""When records are to be erased, as the evidence tells: past due, due by month, held."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.register.query import fetched, quoted

__all__ = ["Schedule", "schedule_of"]

_UNTIL = r"regexp_extract(detail, 'allowed until (\d{4}-\d\d-\d\d)', 1)"
_STATE = "CASE \"check\" WHEN 'STO01' THEN 'past' WHEN 'STO04' THEN 'due' ELSE 'held' END"


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Records by the day until which they may be kept."""

    past: tuple[tuple[str, int], ...] = ()
    """Kept too long, by the year in which their time ended: ``2016``, records."""
    lapsed: tuple[tuple[str, int], ...] = ()
    """Fell due between the day the export was taken and the day of the audit, by month: whether they
    were erased nobody saw."""
    due: tuple[tuple[str, int], ...] = ()
    """Due from the day of the audit on, by month: ``2027-01``, records."""
    held: int = 0
    """Past their time, with a recorded ground for keeping them."""
    first_days: tuple[tuple[str, str], ...] = ()
    """By month, the first day after which a record is due: ``2027-01``, ``2027-01-15``."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.past or self.lapsed or self.due or self.held)


def schedule_of(evidence: Path, as_of: str) -> Schedule:
    """The schedule of an audit as of an ISO day, from its evidence; empty where that was deleted."""
    if not evidence.is_file():
        return Schedule()
    state = (
        f"CASE WHEN {_STATE} = 'due' AND min({_UNTIL}) < {quoted(as_of)} THEN 'lapsed' "
        f"ELSE {_STATE} END"
    )
    # A record may stand there once for each rule that applies to it: it is erased once.
    rows = fetched(
        f"SELECT state, until, count(*), min(day) FROM ("
        f"SELECT {state} AS state, min({_UNTIL}) AS day, "
        f"CASE WHEN {_STATE} = 'past' THEN substr(min({_UNTIL}), 1, 4) ELSE substr(min({_UNTIL}), 1, 7) "
        f"END AS until FROM read_parquet({quoted(str(evidence))}) "
        "WHERE \"check\" = 'STO01' AND result IN ('nonconformity', 'waived') "
        "OR \"check\" IN ('STO04', 'STO05') "
        f'GROUP BY {_STATE}, source, "table", "row") GROUP BY state, until ORDER BY state, until'
    )
    found: dict[str, list[tuple[str, int]]] = {
        "past": [],
        "lapsed": [],
        "due": [],
        "held": [],
    }
    for state, until, n, _ in rows:
        found[state].append((until, n))
    return Schedule(
        past=tuple(one for one in found["past"] if one[0]),
        lapsed=tuple(one for one in found["lapsed"] if one[0]),
        due=tuple(one for one in found["due"] if one[0]),
        held=sum(n for _, n in found["held"]),
        first_days=tuple((until, day) for state, until, _, day in rows if state == "due" and day),
    )
