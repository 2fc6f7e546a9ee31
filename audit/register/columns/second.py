"""What a role makes of a column: whose data it is, how much says its words, and what a second one says."""

from __future__ import annotations

from collections.abc import Sequence

from audit.register.model import Role
from audit.register.roles import SECOND
from audit.register.words import UNREAD, reader

__all__ = ["is_about_a_person", "second_role", "share_said"]


def second_role(role: Role, cells: Sequence[str]) -> Role | None:
    """What another column of a role says, if anything: *Lifecycle stage* beside *Status*, of groups."""
    if role is Role.STATUS:
        return Role.SUBJECT_GROUP if share_said(Role.SUBJECT_GROUP, cells) > 0 else None
    return SECOND.get(role)


def share_said(role: Role, cells: Sequence[str]) -> float:
    """The share of a column's cells that say a word of a role, in tenths."""
    read = reader(role)
    known = sum(read(cell)[0] not in (None, UNREAD) for cell in cells)
    return round(known / len(cells), 1) if cells else 0.0


def is_about_a_person(role: Role, kind: str) -> bool:
    """Whether a column of a role is data about a person, which the notice must declare."""
    if kind == "orders" and role is Role.AMOUNT_OPEN:
        return True
    return role.type in ("key", "text") or role in (
        Role.BIRTH_DATE,
        Role.MARKETING_CONSENT,
        Role.TEXT_MESSAGE_CONSENT,
    )
