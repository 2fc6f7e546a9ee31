"""
What each column holds, told by its header and by the first thousand records together.

The ground is always shown, and a mapping in the plan wins over all of this. What the head of the
file decides is how the scan looks, never what it finds: every cell is still examined.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.columns.alone import UNTOLD, column_alone
from audit.register.columns.company import among_others, with_animals, without_tables_name
from audit.register.columns.concepts import (
    may_mean,
    says_only_when,
)
from audit.register.columns.header_category import category_named
from audit.register.columns.header_roles import (
    CLEAR,
)
from audit.register.columns.holds import beside_holds, with_marks_of_debt
from audit.register.columns.numbers import BARE_NUMBER, has_numbers, is_number, record_key
from audit.register.columns.odd_dates import with_dates_not_understood, with_order_of_others
from audit.register.columns.reasons import with_reasons_in_remarks
from audit.register.columns.second import second_role, share_said
from audit.register.columns.told_of_accounts import with_told_of_accounts
from audit.register.columns.told_of_lists import with_told_of_lists
from audit.register.columns.told_of_logs import with_told_of_logs
from audit.register.columns.told_of_orders import with_told_of_orders
from audit.register.columns.told_of_people import with_told_of_people
from audit.register.columns.told_of_the_rest import with_told_of_the_rest
from audit.register.columns.told_roles import with_told_roles
from audit.register.dates import needs_order, read_date
from audit.register.kinds.model import headers_of, kinds
from audit.register.model import Certainty, Column, Role
from audit.register.states import says_ended

__all__ = ["recognise_columns"]

_SEEN = 2000  # characters of a cell


def recognise_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], kind: str
) -> tuple[Column, ...]:
    """Category and role of each column, with the ground on which they were given."""
    # What a column is, the beginning of a cell tells; a page in one took minutes to be looked at.
    cells = [[row[n].strip()[:_SEEN] for row in rows if row[n].strip()] for n in range(len(header))]
    told = [
        column_alone(name, cells[n], kind)
        for n, name in enumerate(without_tables_name(header, kind))
    ]
    named = [one.model_copy(update={"header": header[n]}) for n, one in enumerate(told)]
    of_record = [_of_a_record(column, kind) for column in named]
    found = with_animals(among_others(of_record, kind), cells)
    found = with_told_roles(beside_holds(found), cells, kind)
    found = with_told_of_people(with_reasons_in_remarks(found, rows, kind), cells, kind)
    found = with_marks_of_debt(with_told_of_accounts(found, cells, kind), cells, kind)
    found = with_told_of_logs(with_told_of_lists(found, cells, kind), cells, kind)
    found = with_told_of_orders(found, rows, kind)
    key = record_key(header, rows, found, kind)
    for n, column in enumerate(found):
        if n == key:
            found[n] = _with_number(column, Role.RECORD_KEY)
        elif is_number(column) or has_numbers(column, cells[n]):
            found[n] = _with_number(column, Role.CUSTOMER_REFERENCE)
    found = _with_customers_of_contracts(found, kind, key)
    found = _with_records_of_people(found, cells, kind, key)
    found = [with_dates_not_understood(one, cells[n], kind) for n, one in enumerate(found)]
    found = with_told_of_the_rest(with_order_of_others(found, cells), rows, cells, kind)
    return _one_each(found, cells, kind)


def _with_number(column: Column, role: Role) -> Column:
    """The column as numbers of records; the notice need not declare the register's own ones."""
    own = column.category in _OF_THE_REGISTER or is_number(column)
    told: dict[str, object] = {"role": role, "category": "technical" if own else column.category}
    if column.ground == UNTOLD:
        of_what = "the record" if role is Role.RECORD_KEY else "people"
        told |= {"ground": f"number of {of_what}", "certainty": Certainty.LIKELY}
    return column.model_copy(update=told)


def _with_records_of_people(
    found: list[Column], cells: Sequence[Sequence[str]], kind: str, key: int | None
) -> list[Column]:
    """The columns, where *Record ID* beside a list's own number is that of the person's record."""
    told = any(column.role is Role.CUSTOMER_REFERENCE for column in found)
    if key is None or told or kind in _OF_THEIR_OWN:
        return found
    # A shop's order has a name, *#1001*, and an *Id* of its own.
    named = _OF_A_PERSON - {"id"} if kind in _OF_SALES else _OF_A_PERSON
    for n, column in enumerate(found):
        numbered = bool(cells[n]) and all(map(BARE_NUMBER.fullmatch, cells[n]))
        if n != key and column.role is None and words(column.header) in named and numbered:
            found[n] = _with_number(column, Role.CUSTOMER_REFERENCE)
    return found


def _with_customers_of_contracts(found: list[Column], kind: str, key: int | None) -> list[Column]:
    """
    The columns, where a list without names has a contract's number beside the customer's.

    Either may tell the records apart: *Pren.nr* and *Kundnr*.
    """
    other = [n for n, c in enumerate(found) if c.role is Role.CUSTOMER_REFERENCE and n != key]
    named = any(column.category in _SAYS_WHO for column in found)
    if kind != "customers" or key is None or len(other) != 1 or named:
        return found
    if _is_customers(found[key]) and not _is_customers(found[other[0]]):
        found[key] = _with_number(found[key], Role.CUSTOMER_REFERENCE)
        found[other[0]] = _with_number(found[other[0]], Role.RECORD_KEY)
    return found


def _is_customers(column: Column) -> bool:
    named = category_named(column.header)
    return named is not None and named.key == "customer_number" and named.score >= CLEAR


_SAYS_WHO = frozenset({"name", "email", "phone", "postal_address"})
_OF_THEIR_OWN = frozenset(
    {"customers", "contacts", "other", "web_log", "web_requests", "cookie_inventory"}
)
_OF_SALES = frozenset({"orders", "invoices"})
_OF_A_PERSON = frozenset({"record id", "post id", "contact id", "contact record id", "id"})

_OF_THE_REGISTER = (None, "customer_number", "technical", "communication")


def _of_a_record(column: Column, kind: str) -> Column:
    """The column, whose *Close date* ends an order or a deal, and not what a person has with the firm."""
    if kind in _NO_HOLDS and column.role in _OF_HOLDS:
        told = column.role in (Role.HOLD_REASON, Role.HOLD_STARTED_ON)
        category = column.category if told else None  # why, and since when
        return column.model_copy(update={"role": None, "category": category})
    if kind in _RUN_ON or column.role not in _OF_A_RELATIONSHIP:
        return column
    # A slip of the keys is read as the phrase that it names: "Close date" as "closed date".
    said = column.ground.partition("“")[2].rstrip("”") or column.header
    only_when = says_only_when(said) or says_only_when(column.header)
    only_when |= may_mean(column.header, "sale")  # "Deal closed on"
    return column.model_copy(update={"role": None}) if only_when else column


_NO_HOLDS = ("objections", "mailing_list", "send_log", "consents")
"""Kinds of tables that keep nobody from erasure: what stops there is mail."""
_OF_HOLDS = (Role.HOLD, Role.HOLD_UNTIL, Role.HOLD_REASON, Role.HOLD_STARTED_ON)
_RUN_ON = ("customers", "contacts", "mailing_list", "other")
"""Kinds of tables whose records begin and end as people's relationships do."""
_OF_A_RELATIONSHIP = frozenset(
    {Role.RELATIONSHIP_START, Role.CUSTOMER_RELATIONSHIP_END, Role.CONTRACT_END}
)


def _one_each(found: list[Column], cells: Sequence[Sequence[str]], kind: str) -> tuple[Column, ...]:
    """
    A role stands once in a table; free text may stand often.

    It stands on the surest column, then on the one whose cells say most words of the role (*Laji*
    rather than *Kampanja*), then on one whose header is the role's own phrase (of sums, the one that
    the vocabulary has first), then on the fullest; an account on one that has no people's names, which are written in two words.
    """
    known = headers_of(kind)

    def rank(n: int, role: Role) -> tuple[bool, bool, float, bool, int, int]:
        sure = found[n].certainty is Certainty.CERTAIN
        names = role.type == "account" and sum(" " in cell for cell in cells[n]) * 2 > len(cells[n])
        told = share_said(role, cells[n]) if role.type == "word" else 0.0
        if role.type == "state":  # of two states the one that says of some that they have ended
            told = float(any(map(says_ended, set(cells[n]))))
        # How a request stands (*Tila*) is no decision.
        told -= role is Role.OUTCOME and may_mean(found[n].header, "state")
        phrases, said = list(known.get(role, ())), words(found[n].header)
        own = said in phrases
        # "Avoinna" beside "Pääoma", which is what was owed at first, "Answered" beside "Closed": the
        # vocabulary has the other later.
        ordered = role.type == "amount" or role is Role.ANSWERED_ON
        late = phrases.index(said) if own and ordered else 0
        dated = role.type != "date" or any(
            read_date(cell) or needs_order(cell) for cell in cells[n]
        )
        return sure, not names and dated, told, own, -late, len(cells[n])

    taken: dict[Role, int] = {}
    for n, column in enumerate(found):
        if column.role is None or column.role is Role.FREE_TEXT:
            continue
        first = taken.setdefault(column.role, n)
        if first != n:
            better = rank(n, column.role) > rank(first, column.role)
            loser, taken[column.role] = (first, n) if better else (n, first)
            second = second_role(column.role, cells[loser])
            if second in kinds()[kind].roles and second not in taken:
                taken[second] = loser
                found[loser] = found[loser].model_copy(update={"role": second})
            elif column.role is not Role.CUSTOMER_REFERENCE:
                found[loser] = found[loser].model_copy(update={"role": None})
    return tuple(found)
