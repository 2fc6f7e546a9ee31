"""
The clauses that are about one ground of a hold, one right, or one use that may be forbidden.

"A correction is made without delay" is held against requests for correction alone: a late answer
about something else says nothing against it, and where nobody asked for a correction there is
nothing that shows it. What a check found and examined it tells by topic; which topics a clause is
about, the notice's ``holds``, ``rights`` and ``objections`` tell. A clause that is tied to none of
them is held against whatever the check is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from audit.finding import Finding, Result, Topic
from audit.notice.model import Notice

__all__ = ["Judged", "Topical"]

_NOTHING = "nothing_of_the_kind"
_UNTOLD = "kind_untold"

#: Rights that nobody asks the controller for: of them no request tells anything.
_NOT_ASKED_FOR = ("complaint", "not_subject_to_automated_decision")
#: Uses that checks know by another name: all but surveys are marketing to them.
_KNOWN_AS = {"distance_selling": "direct_marketing", "other_marketing": "direct_marketing"}
_EMPTY = frozenset((_NOTHING, "no_records", "no_such_column"))


class Judged(NamedTuple):
    """What the findings say of one clause."""

    findings: list[Finding]
    unasked: frozenset[str] = frozenset()
    """Checks that found nothing of the clause's kind to look at, where others did."""


@dataclass(frozen=True, kw_only=True)
class Topical:
    """What each clause is about, by the lists of the notice."""

    keys: Mapping[tuple[str, str], frozenset[str]]
    """By list and clause, the topics of the clause."""

    @classmethod
    def of(cls, notice: Notice) -> Topical:
        """The clauses of a notice that are tied to topics."""
        keys: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        said: Iterable[tuple[str, str, tuple[str, ...]]] = (
            *(("holds", hold.key, hold.clauses) for hold in notice.holds),
            *(("rights", r.key, r.clauses) for r in notice.rights if r.key not in _NOT_ASKED_FOR),
            *(("objections", _KNOWN_AS.get(o.key, o.key), o.clauses) for o in notice.objections),
        )
        for about, key, clauses in said:
            for clause in clauses:
                keys[about, clause].add(key)
        return cls(keys={of: frozenset(found) for of, found in keys.items()})

    def judged(self, clause: str, findings: Sequence[Finding]) -> Judged:
        """
        The findings as far as they are about the clause.

        A check with nothing to look at is not missed where another had something: where nothing
        was refused, that corrections are made without delay may still show.
        """
        found = [self._judged(clause, finding) for finding in findings]
        tied = {f.check for f in findings if f.about and (f.about, clause) in self.keys}
        asked = tied or {f.check for f in found if f.unit != "notice"}
        empty = {f.check for f in found if f.reason == _NOTHING}
        empty -= {f.check for f in found if not _is_empty(f)}
        if not asked - empty:
            return Judged(found)
        return Judged([f for f in found if f.check not in empty], frozenset(empty))

    def cited(self, finding: Finding) -> Finding:
        """A finding with the clauses that its pieces are about: others are not deviated from."""
        if finding.about is None or finding.result is Result.CONFORMITY:
            return finding
        found = {topic.key for topic in finding.topics if topic.count}
        every = frozenset(found)
        about = (c for c in finding.clauses if self.keys.get((finding.about, c), every) & found)
        return replace(finding, clauses=tuple(about))

    def _judged(self, clause: str, finding: Finding) -> Finding:
        """One finding as far as it is about the topics of the clause."""
        keys = self.keys.get((finding.about or "", clause))
        if keys is not None:
            return _of_topics(finding, keys)
        if finding.about in (None, "holds"):  # a hold is looked for in every record
            return finding
        examined = sum(topic.examined for topic in finding.topics)
        if examined or finding.count:
            return replace(finding, examined=examined)
        return finding.unassessed(_NOTHING)


def _of_topics(finding: Finding, keys: frozenset[str]) -> Finding:
    """A finding as far as it is about some topics."""
    count, examined = _counted(topic for topic in finding.topics if topic.key in keys)
    if count:
        return replace(finding, count=count, examined=max(count, examined))
    # Of what the register does not tell, nobody knows whether it is about these.
    doubts, others = _counted(topic for topic in finding.topics if topic.key is None)
    if doubts and finding.result is Result.NOT_ASSESSED:
        return finding
    if not examined:
        return finding.unassessed(_UNTOLD if doubts or others else _NOTHING)
    return finding.cleared(examined, Result.OBSERVATION if doubts else Result.CONFORMITY)


def _counted(topics: Iterable[Topic]) -> tuple[int, int]:
    """Pieces and records of some topics together."""
    listed = list(topics)
    return sum(topic.count for topic in listed), sum(topic.examined for topic in listed)


def _is_empty(finding: Finding) -> bool:
    """Whether a check had nothing to look at there, for whatever reason."""
    return finding.result is Result.NOT_ASSESSED and finding.reason in _EMPTY
