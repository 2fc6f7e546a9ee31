"""Lists of those who serve the register's people, told apart from the lists of their accounts."""

from __future__ import annotations

from collections.abc import Sequence

from audit.plan.model import PlannedSource
from audit.register.kinds.model import kinds
from audit.register.model import Role

__all__ = ["with_staff_apart"]


def with_staff_apart(sources: Sequence[PlannedSource]) -> tuple[PlannedSource, ...]:
    """
    The sources, where what says of people that they left or signed stands apart from the accounts.

    Of the lists that say so, those with the accounts' own days and kinds are the lists of accounts;
    where there is no such list, each of them is one.
    """
    lists = [one for one in sources if one.kind in ("access_list", "staff")]
    most = max(map(_tells_of_accounts, lists), default=0)
    return tuple(
        _as_kind(one, "staff" if _tells_of_accounts(one) < most else "access_list")
        if one in lists
        else one
        for one in sources
    )


def _tells_of_accounts(source: PlannedSource) -> int:
    """How much a list says of accounts: 0 for one that tells only who left, or signed."""
    roles = {mapping.role for mapping in source.columns.values()}
    told = roles & {Role.EMPLOYED_UNTIL, Role.UNDERTAKING_ON}
    if source.kind == "staff":
        return 0
    granted = Role.ACCESS_FROM in roles
    if roles & _OF_ACCOUNTS or not told or (granted and Role.EMPLOYED_UNTIL not in roles):
        return 2
    return 1 if granted else 0  # whose start that is, it does not say


_OF_ACCOUNTS = frozenset(
    {
        Role.ACCESS_UNTIL,
        Role.LAST_LOGIN_ON,
        Role.ACCOUNT_KIND,
        Role.ACCOUNT_OWNER,
        Role.DESIGNATED,
    }
)


def _as_kind(source: PlannedSource, kind: str) -> PlannedSource:
    """The source as one of another kind, without the roles that the kind does not have."""
    if source.kind == kind:
        return source
    own = {*kinds()[kind].roles, Role.RECORD_KEY}
    columns = {
        header: one if one.role in own else one.model_copy(update={"role": None})
        for header, one in source.columns.items()
    }
    return source.model_copy(update={"kind": kind, "columns": columns})
