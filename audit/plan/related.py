"""
What the files of a folder tell of one another: whose ids a log has, the list of accounts says.

A log may call its users *Kod* or *Vem*, and a list of accounts its ids *uid*: where the cells of a column
are the other's ids, that is what they are, however it is headed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from audit.plan.model import Mapping as Mapped
from audit.plan.model import PlannedSource
from audit.register.accounts import read_account
from audit.register.files import Found
from audit.register.model import Certainty, Role

__all__ = ["with_accounts_related"]

_FEWEST = 3  # different ids
_SHARE = 0.6  # of a column's cells

Draft = Callable[[PlannedSource, Found, str], PlannedSource]


def with_accounts_related(
    sources: Sequence[PlannedSource], found: Mapping[str, Found], draft: Draft
) -> tuple[PlannedSource, ...]:
    """
    The sources, with the users of logs and the ids of accounts where only the other file tells them.

    ``found`` has what was read of each source by its name in the plan, and ``draft`` plans one of
    them anew as a table of another kind.
    """
    listed = _ids(sources, found, "access_list")
    logged = _ids(sources, found, "access_log")
    return tuple(_related(one, found.get(one.shown), listed, logged, draft) for one in sources)


def _related(
    source: PlannedSource,
    found: Found | None,
    listed: AbstractSet[str],
    logged: AbstractSet[str],
    draft: Draft,
) -> PlannedSource:
    if found is None or _at(source, Role.USER_ID) is not None:
        return source
    if source.kind == "access_list":
        return _with_users(source, found, logged, _FEWEST_USED)
    if source.kind not in ("access_log", "other") or len(listed) < _FEWEST:
        return source
    told = _with_users(source, found, listed, _SHARE)
    if told is source or source.kind == "access_log":
        return told
    as_log = _with_users(draft(source, found, "access_log"), found, listed, _SHARE)
    return as_log if _at(as_log, Role.EVENT_ON) is not None else source


# Of a list of accounts some may not have been used.
_FEWEST_USED = 0.5


def _with_users(
    source: PlannedSource, found: Found, known: AbstractSet[str], least: float
) -> PlannedSource:
    """The source, with its one column of known ids as the users."""
    header = found.head.header
    shares = {
        name: _share([row[n] for row in found.head.rows if n < len(row)], known)
        for n, name in enumerate(header)
        if name in source.columns and source.columns[name].role in _UNTOLD
    }
    told = [name for name, share in shares.items() if share >= least]
    if len(told) != 1:
        return source
    as_told = {
        "role": Role.USER_ID,
        "category": source.columns[told[0]].category or "technical",
        "ground": "content: the ids of accounts",
        "certainty": Certainty.LIKELY,
    }
    column: Mapped = source.columns[told[0]].model_copy(update=as_told)
    return source.model_copy(update={"columns": {**source.columns, told[0]: column}})


_UNTOLD = (None, Role.RECORD_KEY, Role.CUSTOMER_REFERENCE, Role.USER_ID)


def _share(cells: Sequence[str], known: AbstractSet[str]) -> float:
    """The share of filled cells that are known ids; 0 where too few different ones are."""
    ids = [read_account(cell)[0] for cell in cells if cell.strip()]
    if len(known & set(ids)) < _FEWEST:
        return 0.0
    return sum(one in known for one in ids) / len(ids)


def _ids(
    sources: Sequence[PlannedSource], found: Mapping[str, Found], kind: str
) -> AbstractSet[str]:
    """Every id in the first records of the sources of a kind."""
    ids: set[str] = set()
    for source in sources:
        one = found.get(source.shown)
        at = _at(source, Role.USER_ID)
        if source.kind != kind or one is None or at not in one.head.header:
            continue
        n = one.head.header.index(at)
        ids |= {read_account(row[n])[0] for row in one.head.rows if n < len(row) and row[n].strip()}
    return ids


def _at(source: PlannedSource, role: Role) -> str | None:
    """The header of the column with a role."""
    return next((name for name, one in source.columns.items() if one.role is role), None)
