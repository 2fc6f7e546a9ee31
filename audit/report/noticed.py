"""How the notice differs between two audits, and how the states of its clauses do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["ClauseChange", "NoticeChange", "changed_states", "notice_change"]

Data = Mapping[str, Any]
_HEADER = ("register_name", "controller", "dated", "closed_list", "declared", "retention")
"""What an audit quotes of a notice besides its clauses; what was remarked of it is no part of it."""


@dataclass(frozen=True, kw_only=True)
class NoticeChange:
    """What a notice says otherwise than the earlier one; all empty where it is the same file."""

    file: bool = False
    """Whether the file is another, though what is quoted of it may be the same."""
    words: tuple[str, ...] = ()
    """Clauses, by id, whose words changed."""
    promises: tuple[str, ...] = ()
    """Clauses of the same words that are now understood to promise something else."""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    """What else changed: ``dated``, ``retention``, ``declared``, ``closed_list``, …"""

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self == NoticeChange()


@dataclass(frozen=True, kw_only=True)
class ClauseChange:
    """A clause whose state is another than it was."""

    clause: str
    before: str
    after: str


def notice_change(old: Data, new: Data, files: tuple[str | None, str | None]) -> NoticeChange:
    """
    Compare what two audits quote of the notice; ``files`` are the SHA-256 of the notices' files.

    A clause that only has another number is the same clause.
    """
    before, after = _clauses(old), _clauses(new)
    moved = set(before.values()) & set(after.values())
    gone = {name: said for name, said in before.items() if said not in moved}
    came = {name: said for name, said in after.items() if said not in moved}
    both = [name for name in gone if name in came]
    words = tuple(name for name in both if gone[name][0] != came[name][0])
    return NoticeChange(
        file=None not in files and files[0] != files[1],
        words=words,
        promises=tuple(name for name in both if name not in words),
        added=tuple(name for name in came if name not in gone),
        removed=tuple(name for name in gone if name not in came),
        header=tuple(k for k in _HEADER if old["notice"].get(k) != new["notice"].get(k)),
    )


def changed_states(old: Data, new: Data) -> tuple[ClauseChange, ...]:
    """The clauses that say the same in both and whose state changed."""
    before = {_said(clause): clause["state"] for clause in old["clauses"]}
    return tuple(
        ClauseChange(clause=clause["id"], before=before[_said(clause)], after=clause["state"])
        for clause in new["clauses"]
        if before.get(_said(clause), clause["state"]) != clause["state"]
    )


def _clauses(data: Data) -> dict[str, tuple[str, str, str, str]]:
    return {clause["id"]: _said(clause) for clause in data["clauses"]}


def _said(clause: Data) -> tuple[str, str, str, str]:
    """The words of a clause, and what they promise; a blank clause is told by its heading too."""
    return clause["quote"], clause["promise"], clause["heading"], " ".join(clause["same_as"])
