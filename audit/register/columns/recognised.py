"""
What each column holds, told by its header and by the first thousand records together.

The ground is always shown, and a mapping in the plan wins over all of this. What the head of the
file decides is how the scan looks, never what it finds: every cell is still examined.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from audit.categories import Category, Group, categories
from audit.categories.headers import Named, words
from audit.register.columns.company import among_others, with_animals, without_tables_name
from audit.register.columns.concepts import (
    may_mean,
    means,
    says_only_when,
    tells_person,
)
from audit.register.columns.content import (
    ENOUGH_CELLS,
    gainsaid,
    named_people,
    proved_by_content,
    reached_by,
    told_by_content,
)
from audit.register.columns.header_category import category_named
from audit.register.columns.header_roles import (
    CLEAR,
    by_meaning,
    fitting_role,
    role_of_any,
    role_of_kind,
)
from audit.register.columns.holds import beside_holds, with_marks_of_debt
from audit.register.columns.numbers import BARE_NUMBER, has_numbers, is_number, record_key
from audit.register.columns.odd_dates import with_dates_not_understood, with_order_of_others
from audit.register.columns.reasons import with_reasons_in_remarks
from audit.register.columns.second import is_about_a_person, second_role, share_said
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
from audit.register.roles import ENDS
from audit.register.states import says_ended
from audit.vocabulary import load

__all__ = ["recognise_columns"]

_WORDS_OF_PROSE, _SEEN = 4, 2000  # characters of a cell
_MANY_NOTES = 20  # different cells that are notes, though most records have a short one: *ok*
_UNTOLD = "neither header nor content tells"


def recognise_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], kind: str
) -> tuple[Column, ...]:
    """Category and role of each column, with the ground on which they were given."""
    # What a column is, the beginning of a cell tells; a page in one took minutes to be looked at.
    cells = [[row[n].strip()[:_SEEN] for row in rows if row[n].strip()] for n in range(len(header))]
    told = [
        _column(name, cells[n], kind) for n, name in enumerate(without_tables_name(header, kind))
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
    if column.ground == _UNTOLD:
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
_OF_A_PERSON = frozenset({"record id", "contact id", "contact record id", "id"})

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


def _column(name: str, cells: list[str], kind: str) -> Column:
    """What one column holds: of the grounds that tell it, the strongest."""
    own, named, role = role_of_kind(name, cells, kind), category_named(name), role_of_any(name)
    if own is not None and not _is_of_a_thing(own, named):
        return _with_role_of_kind(name, own, cells, kind)
    if role is None or role.score < CLEAR or fitting_role(role, None, cells) is None:
        role = by_meaning(name, cells, None, named) or role
    fitting = fitting_role(role, named, cells)
    return (
        _proved(name, named, fitting, cells)
        or _of_whom_is_reached(name, named, cells)
        or _said_to_be_notes(name, role, fitting, cells)
        or (_gainsaid(name, named, cells, kind) if named is not None else _looked_at(name, cells))
        or (_with_category(name, named, fitting, cells) if named is not None else None)
        or _with_role(name, role, fitting)
        or _prose(name, cells)
        or _of_the_entry(name, kind)
        or Column(header=name, ground=_UNTOLD)
    )


def _is_of_a_thing(own: Named, named: Named | None) -> bool:
    """Whether what is loosely called an account is something else by its name: *Rek.tunnus*."""
    if own.score >= CLEAR or Role(own.key).type != "account" or named is None:
        return False
    return named.score >= CLEAR and named.key == "car_registration"


def _proved(
    name: str, named: Named | None, fitting: Role | None, cells: list[str]
) -> Column | None:
    """A column whose cells prove what they are, whatever its header says."""
    if fitting is Role.FREE_TEXT and len(set(cells)) < ENOUGH_CELLS:
        return None  # what the same few notes say is no more than what they say
    proved = proved_by_content(cells)
    if proved is None or not _outweighs(proved[0], named, cells):
        return None
    category, share = proved
    agrees = named is not None and named.key == category.key
    ground = f"header and content: “{named.phrase}”" if named and agrees else f"content: {share}"
    return Column(header=name, category=category.key, ground=ground, certainty=Certainty.CERTAIN)


def _of_whom_is_reached(name: str, named: Named | None, cells: list[str]) -> Column | None:
    """A column of recipients, some by address and some by number, which are nobody's names."""
    if named is not None and named.key != "name":
        return None
    # "Vem": some by address, and who has none by a number or a name.
    return _by_content(name, reached_by(cells, 0.5) if means(name, "who") else reached_by(cells))


def _said_to_be_notes(
    name: str, role: Named | None, fitting: Role | None, cells: list[str]
) -> Column | None:
    """A column that is headed as notes are, where its cells tell nothing else."""
    if fitting is not Role.FREE_TEXT or told_by_content(cells) is not None:
        return None
    ground = f"header: “{role.phrase if role else ''}”"
    return Column(header=name, role=fitting, ground=ground, certainty=Certainty.LIKELY)


def _gainsaid(name: str, named: Named, cells: list[str], kind: str) -> Column | None:
    """A column whose cells are something else than its header says."""
    other = gainsaid(named, cells, kind)
    if other is None:
        return None
    ground = f"header: “{named.phrase}”, but content"
    return Column(header=name, category=other, ground=ground, certainty=Certainty.LIKELY)


def _looked_at(name: str, cells: list[str]) -> Column | None:
    """The category that content tells where no header does; *Kund* may head who it is."""
    told = told_by_content(cells)
    if told is None and (tells_person(name) or words(name) in load("generic")["referees"]):
        told = named_people(cells)
    return _by_content(name, told)


def _by_content(name: str, told: tuple[str, str] | None) -> Column | None:
    """A column of the category that its content tells, and in how many cells; none where it tells none."""
    if told is None:
        return None
    key, share = told
    return Column(header=name, category=key, ground=f"content: {share}", certainty=Certainty.LIKELY)


def _with_category(name: str, named: Named, role: Role | None, cells: list[str]) -> Column:
    """A column of the category that its header names; unsure where most cells do not fit it."""
    if role in ENDS and named.key == "order_history":  # "membership cancelled at" is no order
        return _with_role(name, named, role) or Column(header=name, ground=_UNTOLD)
    fits = categories()[named.key].fits
    fitting = sum(fits(cell.strip("'")) for cell in cells) if fits is not None else len(cells)
    return Column(
        header=name,
        category=named.key,
        role=role,
        ground=f"header: “{named.phrase}”",
        certainty=Certainty.UNSURE if fitting * 2 < len(cells) else _certainty(named),
    )


def _with_role(name: str, role: Named | None, fitting: Role | None) -> Column | None:
    """A column whose header names a role and no category of personal data."""
    if role is None or fitting is None:
        return None
    return Column(
        header=name,
        category="technical",
        role=fitting,
        ground=f"header: “{role.phrase}”",
        certainty=_certainty(role),
    )


def _prose(name: str, cells: list[str]) -> Column | None:
    """A column of running text, of which its header says nothing."""
    if len(cells) < ENOUGH_CELLS or not (_is_long(cells) or _is_long(set(cells), _MANY_NOTES)):
        return None
    ground = "content: prose"
    return Column(header=name, role=Role.FREE_TEXT, ground=ground, certainty=Certainty.LIKELY)


def _is_long(cells: Collection[str], least: int = 1) -> bool:
    """Whether cells, of which there are enough, have as many words as sentences do."""
    in_all = sum(len(cell.split()) for cell in cells)
    return len(cells) >= least and in_all >= _WORDS_OF_PROSE * len(cells)


def _of_the_entry(name: str, kind: str) -> Column | None:
    """What programs keep of an entry in a list of people, or of sales, whose headers say little elsewhere."""
    said, kept = words(name), _KEPT_OF.get(kind)
    if kept is None or said not in load("generic")[kept]:
        return None
    ground = f"header: “{said}”"
    return Column(header=name, category="technical", ground=ground, certainty=Certainty.LIKELY)


_KEPT_OF = {
    "customers": "of_entries",
    "contacts": "of_entries",
    "orders": "of_sales",
    "invoices": "of_sales",
}


def _with_role_of_kind(name: str, own: Named, cells: list[str], kind: str) -> Column:
    """A column of a role that its table's kind has; it may hold a person's data all the same."""
    category, named, proved = "technical", category_named(name), proved_by_content(cells)
    if own.key in _VISITED:
        category = "cookies_usage"
    if proved is not None and not proved[0].bare_number:
        category = proved[0].key
    elif named is not None and named.score >= CLEAR and is_about_a_person(Role(own.key), kind):
        category = named.key
    role = Role(own.key)
    # Nobody signs in by an identity code, though "Tunnus" heads it, nor by a bank's *tilinumero*.
    other = category == "bank_account" or categories()[category].group is Group.IDENTITY_CODE
    return Column(
        header=name,
        category=category,
        role=None if other and role.type == "account" else role,
        ground=f"header: “{own.phrase}”",
        certainty=_certainty(own),
    )


_VISITED = (Role.PATH, Role.QUERY, Role.REFERER)


def _outweighs(category: Category, named: Named | None, cells: Sequence[str]) -> bool:
    """Whether the content's word goes before the header's: a bare number proves too little."""
    if named is None or named.key == category.key:
        return True
    if named.key == "name" and not any(map(_LETTER.search, cells)):
        return True  # "Mottagare" of text messages: numbers are nobody's name
    # "Ovikoodi 4711" in a second line of the address: each such cell is found by itself.
    said = category.group is Group.CREDENTIAL and all(" " in cell for cell in cells)
    return not said and not (named.score >= CLEAR and category.bare_number)


_LETTER = re.compile(r"[^\W\d_]")


def _certainty(named: Named) -> Certainty:
    return Certainty.CERTAIN if named.score >= CLEAR else Certainty.LIKELY


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
