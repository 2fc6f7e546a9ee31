"""Roles of a plan that no check can make use of: one that is given twice, one that its table has not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from audit.plan import PlannedSource
from audit.register.columns.concepts import is_contacts_number
from audit.register.kinds.model import kinds
from audit.register.model import Role
from audit.vocabulary import load

__all__ = ["OddRole", "odd_roles"]


@cache
def _of_any_kind() -> frozenset[Role]:
    """The roles that any table may have: they are told by the vocabulary of roles, not by a kind."""
    own = {role for kind in kinds().values() for role in kind.roles}
    return frozenset(Role) - own | frozenset(Role(name) for name in load("roles"))


class OddRole(NamedTuple):
    """A column whose role is not used as the plan says."""

    column: str
    role: Role
    other: str | None
    """The column that has the same role; None where tables of this kind have no such role."""
    kind: str

    @property
    def key(self) -> str:
        """As an assumption of the report."""
        return "role_foreign" if self.other is None else "role_twice"

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, for the command line."""
        if self.other is not None:
            return (
                f"“{self.other}” and “{self.column}” have the same role, `{self.role}`: "
                "one of them is not read; take the role from one"
            )
        return (
            f"“{self.column}” has the role `{self.role}`, which is not read in a table of "
            f"`kind: {self.kind}`; correct the role or the kind"
        )


def odd_roles(source: PlannedSource) -> Iterator[OddRole]:
    """The columns of a planned source whose role is another column's, or foreign to its kind."""
    kind = kinds().get(source.kind or "other", kinds()["other"])
    first: dict[Role, str] = {}
    for column, said in source.columns.items():
        role = said.role
        if role is None or role.type == "note":
            continue
        if role is Role.CUSTOMER_REFERENCE and is_contacts_number(column):
            continue  # beside the customer's number it is the contact person's
        if role in first:
            yield OddRole(column, role, first[role], kind.key)
        elif kind.key != "other" and role not in kind.roles and role not in _of_any_kind():
            yield OddRole(column, role, None, kind.key)
        first.setdefault(role, column)
