"""
The roles of a table's records: what the pass keeps of them, and what checks then see.

Dates are typed in the pass (see ``projection``). Of states, flags, words, countries and firms the
pass keeps the text, and each different text is read once, in Python, the same on every engine.
What is kept of the people themselves is ``identities``' business.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from audit.categories.headers import words
from audit.engine.duckdb import Engine, quoted
from audit.engine.ended import ended_by_days
from audit.engine.identities import (
    SPACE,
    customer_number,
    customer_place,
    email,
    identities,
    old_values,
    other_number,
    removed,
)
from audit.engine.plausible import unusual
from audit.engine.remarks import NOTED, NOTED_LEFT, NOTED_OWES, noted
from audit.register.columns.concepts import may_mean
from audit.register.kinds.model import PEOPLE, kinds, schema
from audit.register.model import Role, Table
from audit.register.roles import BESIDE, SECOND
from audit.register.states import (
    hold_end,
    says_closed,
    says_ended,
    says_hold,
    says_left,
    says_no,
    says_unsubscribed,
)
from audit.register.web.names import TELLING
from audit.register.words import UNREAD, as_told, purpose_and_channel, read_word, says_yes

__all__ = ["by_email", "create_view", "hide_keys", "kept", "key_place", "plain"]


def kept(table: Table, *, matched: bool) -> Iterator[str]:
    """The SQL of what the pass keeps for the roles that are no dates."""
    key = key_place(table)
    yield f"{'CAST(NULL AS VARCHAR)' if key is None else f'c{key}'} AS record_key"
    at_customer = customer_place(table)
    if at_customer is None and table.kind == "customers":
        at_customer = key
    # In one spelling, once: every check that joins tables reads it.
    if at_customer == key is not None:
        yield f"{other_number(f'c{key}')} AS other_key"
    elif at_customer is not None:
        yield f"{customer_number(f'c{at_customer}')} AS customer_key"
    for role, at in _texts(table):
        if role is Role.CUSTOMER_REFERENCE:
            continue
        text = f"c{at}"
        if role is Role.USER_NAME and table.columns[at].category == "name":
            names = [f"c{n}" for n, c in enumerate(table.columns) if c.category == "name"]
            text = f"nullif(trim(concat_ws(' ', {', '.join(names)})), '')" if names[1:] else text
        if role.type == "url":  # there may be millions of addresses, and few tell anything
            telling = f"(contains(c{at}, '=') OR contains(c{at}, '%40')) AND regexp_matches(c{at}, {quoted(TELLING)})"
            text = f"CASE WHEN {telling} THEN c{at} END"
        yield f"{text} AS {role.value}_text"
    if kinds()[table.kind].people:
        yield from identities(table, matched=matched)
    yield from unusual(table)
    yield from noted(table)
    if matched and (cells := by_email(table)):
        yield f"{email(cells)} AS customer_email"


def by_email(table: Table) -> list[str]:
    """The e-mail cells by which records are a customer's, where no customer's number is given."""
    kind = kinds()[table.kind]
    if kind.people or kind.scope != "register":
        return []
    if table.with_role(Role.CUSTOMER_REFERENCE) is not None:
        return []
    return [f"c{n}" for n, column in enumerate(table.columns) if column.category == "email"]


def key_place(table: Table) -> int | None:
    """The place of the column that tells the records apart; an account's id may do."""
    places = (table.with_role(role) for role in (Role.RECORD_KEY, Role.USER_ID))
    return next((place for place in places if place is not None), None)


#: What a record's key is in no evidence: it would say who it is.
_PERSONAL = frozenset({"name", "email", "phone", "personal_identity_code", "postal_address"})


def named_by(table: Table) -> int | None:
    """The place of the column whose values name records in the evidence, if there is one."""
    at = table.with_role(Role.RECORD_KEY)
    return None if at is None or table.columns[at].category in _PERSONAL else at


def create_view(engine: Engine, table: Table, place: int, dates: Sequence[str]) -> None:
    """Show ``records_<place>`` with the columns of the kind's schema; what is missing is blank."""
    at = dict(_texts(table))
    own = {role for role in at if role.type not in ("state", *_PLAIN)} - set(SECOND.values())
    there = {
        name for (name,) in engine.rows(f"SELECT name FROM pragma_table_info('scanned_{place}')")
    }
    owes = f"coalesce({NOTED_OWES}, FALSE)" if NOTED_OWES in there else _NOT_NOTED
    held = f"({_held(engine, place, at)} OR {owes})"
    columns = [
        f"{place} AS place",
        f'scanned_{place}.rowid + 1 AS "row"',  # a table of states that is joined has one, too
        f"{_day(table.extracted_on)} AS taken_on",
        "record_key",
        f"{held} AS on_hold",
    ]
    ends = _ends_told(engine, place, at)
    columns += _days_of(dates, ends)
    columns += [
        f"{plain(role)} AS {role.value}"
        for role in at
        if role.type in _PLAIN and role not in (Role.CUSTOMER_REFERENCE, Role.OLD_VALUE)
    ]
    ended = _ended(engine, place, at, table, there)
    by_days = ended_by_days(engine, place, at, dates, people=kinds()[table.kind].people)
    columns.append(f"({ended} OR {by_days}) AS ended")
    columns += [name for name in PEOPLE if name in there]
    columns += removed(table) if "emptied_at" in there else []
    columns += _noted(there, at)
    if Role.OLD_VALUE in at:
        columns += old_values(f"{Role.OLD_VALUE}_text")
    columns.append(f"{_customer(there)} AS customer")
    both = _says_channel_too(table, at)
    apart = {both, Role.LEGAL_GROUND} if _tells_safeguards(table, at) else {both}
    joins = ends + "".join(_read(engine, place, role) for role in sorted(own - apart))
    if both is not None:
        joins += _read(engine, place, both, partial(purpose_and_channel, both), ("channel",))
        columns.append(f"read_{both.value}.channel AS channel")
    if table.recording and Role.RECORDING not in at:
        columns.append(f"{quoted(table.recording)} AS recording")
    if Role.SUBJECT_GROUP in kinds()[table.kind].roles and _states_group(at):
        joins += _read(engine, place, Role.STATUS, partial(_word_of, Role.SUBJECT_GROUP))
        columns.append("read_status.said AS subject_group")
    if _tells_safeguards(table, at):
        joins += _read(engine, place, Role.LEGAL_GROUND, _ground_and_safeguard, ("safeguard",))
        columns.append("read_legal_ground.safeguard AS safeguard")
    for role in sorted(own):
        if _ELSEWHERE.get(role) not in at:
            columns.append(f"read_{role.value}.said AS {role.value}")
        columns += [
            f"read_{role.value}.{name} AS {role.value}_{name}" for name in BESIDE.get(role.type, ())
        ]
    for role, second in _seconds(at):  # where the first says nothing that can be read
        joins += _read(engine, place, second, partial(_word_of, role))
        first, other = f"read_{role.value}.said", f"read_{second.value}.said"
        columns.append(f"coalesce(nullif({first}, '{UNREAD}'), {other}, {first}) AS {role.value}")
    joined, reasons = _reasons(engine, place, at, held, owes)
    joins += joined
    columns += reasons
    engine.run(
        f"CREATE OR REPLACE VIEW shown_{place} AS SELECT {', '.join(columns)} FROM scanned_{place}{joins}"
    )
    shown = {
        name for (name,) in engine.rows(f"SELECT name FROM pragma_table_info('shown_{place}')")
    }
    whole = schema(table.kind, (Role(role) for role in dates))
    # In the schema's order: a union goes by the place of a column, not by its name.
    ordered = ", ".join(
        f'"{name}"' if name in shown else f'CAST(NULL AS {_SQL.get(kind, kind)}) AS "{name}"'
        for name, kind in whole.items()
    )
    engine.run(f"CREATE OR REPLACE VIEW records_{place} AS SELECT {ordered} FROM shown_{place}")


def _noted(there: Container[str], at: Container[Role]) -> list[str]:
    """Whether post came back, as the notes tell it where no column of its own does."""
    told = NOTED in there and Role.POST_RETURNED not in at
    return [f"{NOTED} AS {Role.POST_RETURNED.value}"] if told else []


#: Where what a column says may come from another.
_ELSEWHERE = {**SECOND, Role.HOLD_REASON: Role.HOLD}


def _seconds(at: Container[Role]) -> list[tuple[Role, Role]]:
    return [(role, second) for role, second in SECOND.items() if role in at and second in at]


def _states_group(at: Container[Role]) -> bool:
    """Whether only a state may tell what a person is to the register: *member*, *volunteer*."""
    return Role.STATUS in at and Role.SUBJECT_GROUP not in at


def _says_channel_too(table: Table, at: dict[Role, int]) -> Role | None:
    """The role of the column that may name channels as well, *SMS-reklam*, where no other does."""
    if Role.CHANNEL in at or Role.CHANNEL not in kinds()[table.kind].roles:
        return None
    return next((r for r in (Role.OBJECTION_PURPOSE, Role.CONSENT_PURPOSE) if r in at), None)


def _tells_safeguards(table: Table, at: Container[Role]) -> bool:
    """Whether only a column of grounds may say on what a transfer rests."""
    known = kinds()[table.kind].roles
    return Role.LEGAL_GROUND in at and Role.SAFEGUARD in known and Role.SAFEGUARD not in at


def _ground_and_safeguard(text: str) -> tuple[str | None, str | None]:
    """The ground of a disclosure, and what of Chapter V the same words name."""
    word = read_word(Role.SAFEGUARD.value, text)
    # A contract, a consent and a statute are grounds of the disclosure itself.
    return read_word(Role.LEGAL_GROUND.value, text), word if word in _OF_A_TRANSFER else None


_OF_A_TRANSFER = frozenset(
    {
        *("standard_contractual_clauses", "old_standard_contractual_clauses"),
        *("binding_corporate_rules", "adequacy", "data_privacy_framework", "privacy_shield"),
        "technical_necessity",
    }
)


def _customer(there: Container[str]) -> str:
    if "other_key" in there:
        return "CASE WHEN other_key IS NULL THEN record_key ELSE nullif(other_key, '') END"
    named = [name for name in ("customer_key", "customer_email") if name in there]
    return named[0] if named else "CAST(NULL AS VARCHAR)"


def hide_keys(engine: Engine, table: Table, place: int, rows: Iterable[int]) -> None:
    """Forget the keys of the rows given, but for whose record it is."""
    kept_as = ""
    if any(sql.endswith(" AS other_key") for sql in kept(table, matched=False)):
        kept_as = ", other_key = coalesce(other_key, record_key, '')"
    engine.run(
        f"UPDATE scanned_{place} SET record_key = NULL{kept_as} "
        f"WHERE rowid + 1 IN ({', '.join(map(str, rows))})"
    )


def _texts(table: Table) -> list[tuple[Role, int]]:
    """The roles whose text the pass keeps, with their places."""
    found: dict[Role, int] = {}
    for place, column in enumerate(table.columns):
        role = column.role
        if role is Role.FREE_TEXT and Role.REMARK in kinds()[table.kind].roles:
            role = Role.REMARK  # what stands beside a request may tell why it was turned away
        if role is not None and role.type not in ("date", "note") and role is not Role.RECORD_KEY:
            found.setdefault(role, place)
    # Where a day is missing, its column may say that no agreement is needed, or that there is none.
    signed = table.with_role(Role.AGREEMENT_ON)
    if signed is not None and Role.AGREEMENT_STATE in kinds()[table.kind].roles:
        found.setdefault(Role.AGREEMENT_STATE, signed)
    key = table.with_role(Role.RECORD_KEY)
    if key is not None and table.kind == "access_list":
        found.setdefault(Role.USER_ID, key)  # an account's number may be its name
    return list(found.items())


def plain(role: Role) -> str:
    """SQL for what a role's text holds as it stands: a text or a key without its margins, a sum."""
    raw = f"{role.value}_text"
    text = f"nullif(trim({raw}, {SPACE}), '')"
    return _amount(raw, text) if role.type == "amount" else text


_PLAIN = ("text", "amount", "key")
_SQL = {"string": "VARCHAR", "int64": "BIGINT", "decimal(18, 2)": "DECIMAL(18, 2)"}


def _amount(raw: str, text: str) -> str:
    """A sum as exports write it: ``1 234,50 €``, ``1,234.50``, ``-12``; NULL if it is none."""
    # Most are digits with two decimals at most, which are read in a quarter of the time.
    simple = f"regexp_full_match({raw}, '-?[0-9]+(?:[.,][0-9]{{1,2}})?')"
    bare = f"regexp_replace({text}, '[^0-9,.−-]', '', 'g')"
    bare = f"replace({bare}, '−', '-')"
    comma_last = f"(strpos({bare}, ',') > 0 AND regexp_matches({bare}, ',[0-9]{{1,2}}$'))"
    plain = (
        f"CASE WHEN {comma_last} THEN replace(replace({bare}, '.', ''), ',', '.') "
        f"ELSE replace({bare}, ',', '') END"
    )
    read = f"CASE WHEN {simple} THEN replace({raw}, ',', '.') ELSE {plain} END"
    return f"try_cast({read} AS DECIMAL(18, 2))"


def _day(day: date | None) -> str:
    return f"DATE '{day.isoformat()}'" if day else "CAST(NULL AS DATE)"


def _ended(
    engine: Engine, place: int, at: dict[Role, int], table: Table, there: Container[str]
) -> str:
    """Whether a record is marked as ended: by its state, and a contact person by a note that says so."""
    ends = (Role.CONTRACT_END, Role.CUSTOMER_RELATIONSHIP_END)
    of_customer = any(table.with_role(role) is not None for role in ends)
    says = says_left if table.kind == "contacts" and not of_customer else says_ended
    says = says_closed if table.kind == "access_list" else says
    ended = _said(engine, place, at, Role.STATUS, says)
    inactive = _said(engine, place, at, Role.INACTIVE, _says_gone(table))
    told = [ended, inactive, _said(engine, place, at, Role.ACTIVE, says_no)]
    if table.kind == "mailing_list":
        told.append(_said(engine, place, at, Role.SUBSCRIBED, says_unsubscribed))
    if NOTED_LEFT in there and not of_customer and Role.LEFT_ON not in at:
        told.append(f"coalesce({NOTED_LEFT}, FALSE)")
    return f"({' OR '.join(told)})"


def _says_gone(table: Table) -> Callable[[str], bool]:
    """What a mark of who is gone says: yes, or under *Reason for cancellation* whatever reason there is."""
    at = table.with_role(Role.INACTIVE)
    said = words(table.columns[at].header).split() if at is not None else ()
    why = any(may_mean(word, "reason") for word in said)
    return _gives_reason if why else says_yes


def _gives_reason(text: str) -> bool:
    return not says_no(text) and any(map(str.isalnum, text))


def _held(engine: Engine, place: int, at: dict[Role, int]) -> str:
    """Whether erasure is suspended: by the column of holds, or where there is none by a reason."""
    role = Role.HOLD if Role.HOLD in at else Role.HOLD_REASON
    return _said(engine, place, at, role, says_hold)


def _reasons(
    engine: Engine, place: int, at: Container[Role], held: str, owes: str
) -> tuple[str, list[str]]:
    """A join and a column for why erasure is suspended, where no column of reasons tells it alone."""
    if Role.HOLD in at:  # its own words may tell the reason
        joined = _read(engine, place, Role.HOLD, partial(_word_of, Role.HOLD_REASON))
        return joined, [f"{_hold_reason(at, held)} AS hold_reason"]
    if Role.HOLD_REASON in at or owes == _NOT_NOTED:
        return "", []
    return "", [f"CASE WHEN {owes} THEN 'debt_collection' END AS hold_reason"]


_NOT_NOTED = "FALSE"


def _hold_reason(at: Container[Role], held: str) -> str:
    """SQL for the reason of a hold that is true where ``held`` is; none where the list asks for one."""
    if Role.HOLD_REASON not in at:
        return "read_hold.said"
    return f"coalesce(read_hold_reason.said, read_hold.said, CASE WHEN {held} THEN 'none' END)"


def _word_of(role: Role, text: str) -> tuple[str | None]:
    """What a text says in the words of another role than its column's, if anything."""
    word = read_word(role.value, text)
    return (None if word == UNREAD else word,)


def _said(
    engine: Engine, place: int, at: dict[Role, int], role: Role, says: Callable[[str], bool]
) -> str:
    """SQL that is true where the role's text says so; each different text is read once."""
    if role not in at:
        return "false"
    texts = _different(engine, place, role)
    engine.run(f"CREATE OR REPLACE TABLE said_{role}_{place} (said VARCHAR)")
    engine.insert(f"said_{role}_{place}", ([text] for text in texts if says(text)))
    # A blank says nothing: SQL's unknown would hide the record.
    return f"coalesce({role}_text IN (SELECT said FROM said_{role}_{place}), false)"


def _read(
    engine: Engine,
    place: int,
    role: Role,
    read: Callable[[str], tuple[object, ...]] | None = None,
    names: Sequence[str] = (),
) -> str:
    """A join with what each different text of the role says, and ``names`` what stands beside it."""
    read = read or as_told(role)
    kind = {"flag": "BOOLEAN", "days": "BIGINT"}.get(role.type, "VARCHAR")
    beside = "".join(f", {name} VARCHAR" for name in (*BESIDE.get(role.type, ()), *names))
    engine.run(f"CREATE OR REPLACE TABLE {role}_{place} (text VARCHAR, said {kind}{beside})")
    engine.insert(
        f"{role}_{place}", ((text, *read(text)) for text in _different(engine, place, role))
    )
    return f" LEFT JOIN {role}_{place} AS read_{role.value} ON {role.value}_text = read_{role.value}.text"


def _days_of(dates: Sequence[str], ends: str) -> Iterator[str]:
    """SQL of the dates, each with whether it was given; the end of a hold also from its words."""
    for role in dates:
        if role != Role.HOLD_UNTIL or not ends:
            yield role
        yield f"({role} IS NOT NULL OR {role}_unread) AS {role}_given"
    if ends:
        own = Role.HOLD_UNTIL.value if Role.HOLD_UNTIL in dates else "CAST(NULL AS DATE)"
        yield f"coalesce({own}, told_ends.until) AS {Role.HOLD_UNTIL.value}"


def _ends_told(engine: Engine, place: int, at: Container[Role]) -> str:
    """A join with the day until which a hold says in words that it stands; empty without holds."""
    role = next((role for role in (Role.HOLD_REASON, Role.HOLD) if role in at), None)
    if role is None:
        return ""
    engine.run(f"CREATE OR REPLACE TABLE ends_told_{place} (text VARCHAR, until DATE)")
    ends = ((text, hold_end(text)) for text in _different(engine, place, role))
    engine.insert(f"ends_told_{place}", [(text, end) for text, end in ends if end])
    return f" LEFT JOIN ends_told_{place} AS told_ends ON {role.value}_text = told_ends.text"


def _different(engine: Engine, place: int, role: Role) -> list[str]:
    rows = engine.rows(f"SELECT DISTINCT {role.value}_text FROM scanned_{place} ORDER BY 1")
    return [text for (text,) in rows if text and text.strip()]
