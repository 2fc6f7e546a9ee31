"""
What each column holds, told by its header and by the first thousand records together.

The ground is always shown, and a mapping in the plan wins over all of this. What the head of the
file decides is how the scan looks, never what it finds: every cell is still examined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from audit.categories import Category, Group, categories
from audit.categories._text import normalise
from audit.categories.headers import Named, best_name, without_date_words, words
from audit.register.concepts import (
    is_persons_number,
    kind_by_meaning,
    role_by_meaning,
    tells_person,
)
from audit.register.dates import is_placeholder, needs_order, read_date, reading_of
from audit.register.kinds import kinds
from audit.register.model import Certainty, Column, Role
from audit.register.told_roles import beside_holds, with_told_roles
from audit.register.words import UNREAD, read_flag, read_word
from audit.vocabulary import load

__all__ = ["recognise_columns", "recognise_kind"]

_CLEAR = 0.9
"""A share of cells, or a score of a header, that leaves little doubt."""
_LOOSE, _TELLING_PHRASE = 0.65, 6
# Lists that the controller keeps by hand, with headers of several words: "Mihin luovutettu (yritys)".
_OWN_LISTS = frozenset(
    """
    disclosures processors access_list access_log source_log cookie_inventory requests erasures
    restrictions objections consents publication_list
    """.split()
)
_WORDS_OF_A_NAME = 3
_PLAIN = str.maketrans("äöåéü", "aoaeu")
_ENOUGH_CELLS = 3
_PROOF_CELLS = 200
_ENOUGH_TO_TELL = 5
_TELLING = 0.8
_WORDS_OF_PROSE = 4
_TELLING_ROLES = 2
_TELLING_SHARE = 4  # one header of so many
# Dates for which a list may say "yes" or "no": that it was signed, that it was told.
_SAID_YES = frozenset(
    {
        Role.UNDERTAKING_ON,
        Role.AGREEMENT_ON,
        Role.INFORMED_ON,
        Role.EXTENSION_TOLD_ON,
        Role.RECIPIENTS_TOLD_ON,
    }
)
_LABELS = frozenset({"label"})
_PEOPLE = frozenset(
    """
    members people audience henkilöt jäsenet potilaat asukkaat vuokralaiset oppilaat vieraat
    lahjoittajat patienter medlemmar hyresgäster boende elever gäster patients tenants residents
    guests donors students pupils
    """.split()
)
_DATED_ROLES = [role for role in Role if role.type == "date"]


def recognise_kind(
    file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]] = ()
) -> str:
    """
    The kind of table, by its file's name, else by what its headers name, else by its content.

    >>> recognise_kind("asiakkaat_2026-11", ["Nro"]), recognise_kind("export", ["Laskunumero"])
    ('customers', 'invoices')
    >>> recognise_kind("access_log", []), recognise_kind("kayttooikeudet", [])
    ('access_log', 'access_list')
    >>> recognise_kind("taulukko 1", ["Pyynnön laji", "Saapunut", "Vastattu"])
    'requests'
    """
    folded = {words(name) for name in header}
    told = (
        _kind_by_name(words(file_stem).split())
        or _kind_by_telling_headers(folded)
        or _kind_by_keys(folded)
        or _kind_by_roles(folded)
        or _kind_by_compound(words(file_stem).split())
        or kind_by_meaning(file_stem)
    )
    if told == "access_list" and _holds_customers(header, folded):
        return "customers"
    numbered = any(map(is_persons_number, header))
    numbered |= bool(folded & set(load("tables")["numbers"]["people"]))
    if told is None and (numbered or any(_category(name) == "customer_number" for name in header)):
        return "customers"
    return told or _kind_by_people(header, rows)


def _kind_by_name(tokens: Sequence[str]) -> str | None:
    """The kind by the words of a file's name."""
    # The last word of a name is what it is: "asiakkaiden laskut" are invoices. A word for people
    # comes after the others: "unsubscribed members" are no customers.
    names = [
        "".join(tokens[first:last])  # "access_log" is an "accesslog"
        for last in range(len(tokens), 0, -1)
        for first in range(max(0, last - _WORDS_OF_A_NAME), last)
    ]
    known = (_names().get(name) for name in sorted(names, key=_are_people))
    found = next(filter(None, known), None)
    # "Förbud mot nyhetsbrev", "list of customers": what stands before is what it is.
    cut = next((n for n, token in enumerate(tokens) if n and token in _BETWEEN), None)
    before = _kind_by_name(tokens[:cut]) if cut is not None else None
    return before or found


_BETWEEN = frozenset("mot för av om över of on for to from against about by".split())


def _are_people(name: str) -> bool:
    return name in _PEOPLE or name in {word.translate(_PLAIN) for word in _PEOPLE}


def _kind_by_compound(tokens: Sequence[str]) -> str | None:
    """The kind by the head of a compound, which comes last: *reklamförbud* are bans."""
    for token in reversed(tokens):
        heads = [name for name in _names() if len(name) >= _SHORTEST_HEAD and token.endswith(name)]
        if heads:
            return _names()[max(heads, key=len)]
    return None


_SHORTEST_HEAD = 5


def _holds_customers(header: Sequence[str], folded: set[str]) -> bool:
    """Whether a list of *accounts* or *users* is of the service's customers, not of who serves them."""
    roles = load("tables")["kinds"]["access_list"]["roles"]
    if any(folded & set(roles[role]) for role in _OF_STAFF):
        return False
    held = {_category(name) for name in header}
    return "email" in held and len(held & _OF_CUSTOMERS) >= _TELLING_ROLES


_OF_STAFF = ("undertaking_on", "employed_until", "designated", "account_owner", "access_until")
_OF_CUSTOMERS = frozenset(
    {
        *("phone", "postal_address", "organisation", "job_title", "order_history", "invoicing"),
        *("date_of_birth", "marketing_preferences", "payment", "customer_number", "membership"),
    }
)


def _kind_by_keys(folded: set[str]) -> str | None:
    """Invoices and orders, by the headers of their numbers."""
    known_kinds = load("tables")["kinds"]
    both = ("invoices", "orders")
    return next((kind for kind in both if folded & set(known_kinds[kind]["keys"])), None)


@cache
def _names() -> dict[str, str]:
    """The kinds by the names of files, also without the dots that file names often lose."""
    named: dict[str, str] = {}
    for kind, known in load("tables")["kinds"].items():
        for name in known["names"]:
            named.setdefault(words(name).replace(" ", ""), kind)
    plain = {name.translate(_PLAIN): kind for name, kind in named.items()}
    return plain | named


def _kind_by_telling_headers(folded: set[str]) -> str | None:
    """The kind of which there are the most headers that hardly another kind has."""
    told = {
        kind: len(folded & set(known.get("telling", ())))
        for kind, known in load("tables")["kinds"].items()
    }
    kind, count = max(told.items(), key=lambda item: item[1])
    if not count or sum(other == count for other in told.values()) > 1:
        return None
    # A list of customers may well have a column for their consent; that makes it no list of consents.
    of_register = kinds()[kind].scope == "register" and count >= _TELLING_ROLES
    return kind if of_register or count * _TELLING_SHARE >= len(folded) else None


def _kind_by_people(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Customers, or contact persons, where names stand beside what people are reached by."""
    held = {column.category for column in recognise_columns(header, rows, "other")}
    if "name" not in held or not held & {"email", "phone", "postal_address"}:
        return "other"
    return "contacts" if {"job_title", "organisation"} <= held else "customers"


def _kind_by_roles(folded: set[str]) -> str | None:
    """The kind, other than customers, whose own headers most of the columns carry."""
    # A list of restrictions is one of those and little else; other lists may have two such columns.
    named = {
        kind: (
            sum(bool(folded & set(phrases)) for phrases in known.get("roles", {}).values()),
            -len(known.get("roles", {})),
        )
        for kind, known in load("tables")["kinds"].items()
        if kind not in ("customers", "contacts")
    }
    kind, (count, roles) = max(named.items(), key=lambda item: item[1])
    tied = sum(other == (count, roles) for other in named.values()) > 1
    if tied or count < _TELLING_ROLES:
        return None
    least = _OF_ITS_OWN if _has_its_own(kind, folded) else 2
    return kind if count * least >= len(folded) else None


_OF_ITS_OWN = 3
"""One of so many headers, where one of them stands in no other kind of table."""


def _has_its_own(kind: str, folded: set[str]) -> bool:
    """Whether a header is named by this kind's lists alone: *lähetyspvm* heads messages sent."""
    known = load("tables")["kinds"]
    own = {phrase for phrases in known[kind].get("roles", {}).values() for phrase in phrases}
    elsewhere = {
        phrase
        for other, item in known.items()
        if other != kind
        for phrases in item.get("roles", {}).values()
        for phrase in phrases
    }
    return kinds()[kind].scope == "governance" and bool(folded & (own - elsewhere))


def recognise_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], kind: str
) -> tuple[Column, ...]:
    """Category and role of each column, with the ground on which they were given."""
    cells = [[row[n].strip() for row in rows if row[n].strip()] for n in range(len(header))]
    found = [_column(name, cells[n], kind) for n, name in enumerate(header)]
    found = with_told_roles(beside_holds(found), cells, kind)
    key = _record_key(header, rows, found, kind)
    for n, column in enumerate(found):
        if n == key:
            role: Role | None = Role.RECORD_KEY
        elif _is_number(column) or _has_numbers(column, cells[n]):
            role = Role.CUSTOMER_REFERENCE
        else:
            continue
        # The register's own number of a record is technical; the notice need not declare it.
        category = (
            "technical"
            if column.category in (None, "customer_number", "technical") or _is_number(column)
            else column.category
        )
        found[n] = column.model_copy(update={"role": role, "category": category})
    return _one_each(found, [len(of_column) for of_column in cells])


def _is_number(column: Column) -> bool:
    """Whether a column has the number by which the register tells its customers, members, patients."""
    if column.category == "customer_number":
        return True
    named = words(column.header) in load("tables")["numbers"]["people"]
    named |= column.category in _NUMBERED and is_persons_number(column.header)
    return named and column.role in _OF_NO_OTHER


_NUMBERED = (None, "technical", "membership", "job_title")
_OF_NO_OTHER = (None, Role.CUSTOMER_REFERENCE, Role.RECORD_KEY)


def _has_numbers(column: Column, cells: list[str]) -> bool:
    """Whether a column that is headed *Asiakas* or *Kund* has customers' numbers, and no names."""
    return (
        column.category in (None, "name", "job_title", "membership", "organisation")
        and column.role is None
        and tells_person(column.header)
        and bool(cells)
        and all(_NUMBER.fullmatch(cell) for cell in cells)
    )


_NUMBER = re.compile(r"'?[A-Za-z]{0,3}[- ]?[0-9]{1,12}")


def _column(name: str, cells: list[str], kind: str) -> Column:  # noqa: PLR0911 - a ladder of grounds
    own = _role_of_kind(name, cells, kind)
    if own is not None:
        return _with_role_of_kind(name, own, cells)
    named, role = _named(name), _best_role(name, load("roles"))
    if role is None or role.score < _CLEAR:
        role = _by_meaning(name, cells, None, named) or role
    proved = _proved_by_content(cells)
    if proved is not None and _outweighs(proved[0], named):
        category, share = proved
        agrees = named is not None and named.key == category.key
        ground = (
            f"header and content: “{named.phrase}”" if named and agrees else f"content: {share}"
        )
        return Column(
            header=name, category=category.key, ground=ground, certainty=Certainty.CERTAIN
        )
    as_role = _role(role, named, cells)
    if as_role is Role.FREE_TEXT and _told_by_content(cells) is None:
        return Column(
            header=name,
            role=as_role,
            ground=f"header: “{role.phrase if role else ''}”",
            certainty=Certainty.LIKELY,
        )
    if named is not None and (other := _gainsaid(named, cells, kind)) is not None:
        return Column(
            header=name,
            category=other,
            ground=f"header: “{named.phrase}”, but content",
            certainty=Certainty.LIKELY,
        )
    if named is None and (looked := _told_by_content(cells)) is not None:
        key, share = looked
        return Column(
            header=name, category=key, ground=f"content: {share}", certainty=Certainty.LIKELY
        )
    if named is not None:
        fits = categories()[named.key].fits
        doubtful = (
            fits is not None and cells and sum(fits(c.strip("'")) for c in cells) * 2 < len(cells)
        )
        certainty = Certainty.UNSURE if doubtful else _certainty(named)
        return Column(
            header=name,
            category=named.key,
            role=as_role,
            ground=f"header: “{named.phrase}”",
            certainty=certainty,
        )
    if as_role is not None and role is not None:
        return Column(
            header=name,
            category="technical",
            role=as_role,
            ground=f"header: “{role.phrase}”",
            certainty=_certainty(role),
        )
    if len(cells) >= _ENOUGH_CELLS and sum(len(c.split()) for c in cells) >= _WORDS_OF_PROSE * len(
        cells
    ):
        return Column(
            header=name, role=Role.FREE_TEXT, ground="content: prose", certainty=Certainty.LIKELY
        )
    return Column(header=name, ground="neither header nor content tells")


def _gainsaid(named: Named, cells: list[str], kind: str) -> str | None:
    """What a column is that shops head *Name* or *_website*, though its cells are neither."""
    if len(cells) < _ENOUGH_CELLS:
        return None
    if named.key == "name" and all(_ORDER_NAME.fullmatch(cell) for cell in cells):
        return "order_history" if kind in ("orders", "invoices") else "technical"
    if named.phrase in _OF_THE_WEB and not any("." in cell for cell in cells):
        return "technical"
    return None


_ORDER_NAME = re.compile(r"#?[A-Za-z]{0,6}[-#]?[0-9]{2,}(?:-[0-9]{1,4})?")
_OF_THE_WEB = frozenset({"web site", "website", "website url", "web page", "web address"})


def _role_of_kind(name: str, cells: list[str], kind: str) -> Named | None:
    """The role that the header names in a table of this kind, unless the cells gainsay it."""
    known = load("tables")["kinds"].get(kind, {}).get("roles", {})
    named = _best_role(name, known)
    if named is None or named.score < _CLEAR:
        named = _by_meaning(name, cells, kind, None) or named
    if named is not None and _role(named, None, cells) is None:
        # "Maksettu" may head days or sums: what the cells gainsay is asked for under another role.
        known = {role: phrases for role, phrases in known.items() if role != named.key}
        named = _best_role(name, known)
    if named is None or named.score < (_LOOSE if kind in _OWN_LISTS else _CLEAR):
        return None
    if named.score < _CLEAR and len(named.phrase) < _TELLING_PHRASE:
        return None
    if _is_key_rather(name, Role(named.key), cells, kind):
        return None
    return named if _role(named, None, cells) is not None else None


def _by_meaning(
    name: str, cells: list[str], kind: str | None, category: Named | None
) -> Named | None:
    """The role that the header's words mean, where no phrase and no category is as sure of it."""
    if category is not None and category.score >= _CLEAR and category.key != "technical":
        return None
    if kind is not None and words(name) in load("tables")["kinds"].get(kind, {}).get("keys", ()):
        return None  # the number of each record
    found = role_by_meaning(name, kind)
    return found if found is not None and _role(found, None, cells) is not None else None


def _best_role(name: str, lexicon: Mapping[str, Sequence[str]]) -> Named | None:
    """The role that the header names; *Saapunut pvm* is *saapunut*, for what has days."""
    named, bare = best_name(name, lexicon), without_date_words(name)
    if (named is not None and named.score >= _CLEAR) or not bare or bare == words(name):
        return named
    dated = {role.value: lexicon[role] for role in _DATED_ROLES if role in lexicon}
    again = best_name(bare, dated)
    return again if again is not None and again.score >= _CLEAR else named


def _is_key_rather(name: str, role: Role, cells: list[str], kind: str) -> bool:
    """Whether a column such as *Pyyntö* has the records' numbers, and says none of the role's words."""
    if role.type != "word" or words(name) not in load("tables")["kinds"][kind]["keys"]:
        return False
    return bool(cells) and all(read_word(role.value, cell) == UNREAD for cell in cells)


def _with_role_of_kind(name: str, own: Named, cells: list[str]) -> Column:
    """A column of a role that its table's kind has; it may hold a person's data all the same."""
    category, named, proved = "technical", _named(name), _proved_by_content(cells)
    if proved is not None and not proved[0].bare_number:
        category = proved[0].key
    elif named is not None and named.score >= _CLEAR and _is_about_a_person(Role(own.key)):
        category = named.key
    return Column(
        header=name,
        category=category,
        role=Role(own.key),
        ground=f"header: “{own.phrase}”",
        certainty=_certainty(own),
    )


def _is_about_a_person(role: Role) -> bool:
    """Whether a column of a role is data about a person, which the notice must declare."""
    return role.type in ("key", "text") or role in (
        Role.BIRTH_DATE,
        Role.MARKETING_CONSENT,
        Role.TEXT_MESSAGE_CONSENT,
    )


def _outweighs(category: Category, named: Named | None) -> bool:
    """Whether the content's word goes before the header's: a bare number proves too little."""
    sure = named is not None and named.score >= _CLEAR and named.key != category.key
    return not (sure and category.bare_number)


def _category(name: str) -> str | None:
    named = _named(name)
    return named.key if named else None


@cache
def _named(name: str) -> Named | None:
    said = words(name).split()
    if len(said) > 1 and said[-1] in _LABELS:
        # "E-mail 1 - Label" says whose address it is, and is none.
        return Named("technical", said[-1], _CLEAR)
    return best_name(name, {key: item.headers for key, item in categories().items()})


def _certainty(named: Named) -> Certainty:
    return Certainty.CERTAIN if named.score >= _CLEAR else Certainty.LIKELY


def _role(role: Named | None, named: Named | None, cells: list[str]) -> Role | None:
    """The role that the header names, unless it names a category better or the cells gainsay it."""
    if role is None:
        return None
    found = Role(role.key)
    if named is not None and named.key != "technical" and named.score > role.score:
        return None
    if found in _DATED_ROLES and cells:
        numbers = reading_of(cells).numbers
        dates = sum(
            needs_order(cell)
            or read_date(cell, numbers=numbers) is not None
            or is_placeholder(cell)
            or (found in _SAID_YES and read_flag(cell) is not None)
            for cell in cells
        )
        return found if dates * 2 >= len(cells) else None
    if found.type == "amount" and cells:
        return found if sum(map(_is_amount, cells)) * 2 >= len(cells) else None
    return found


def _is_amount(cell: str) -> bool:
    return any(character.isdigit() for character in cell) and read_date(cell) is None


def _proved_by_content(cells: list[str]) -> tuple[Category, str] | None:
    """The category of which nearly every cell wholly is, where the category has a form."""
    if len(cells) < _ENOUGH_CELLS:
        return None
    cells = cells[:_PROOF_CELLS]
    for category in categories().values():
        if category.find is None:
            continue
        misses, allowed = 0, len(cells) - _CLEAR * len(cells)
        for cell in cells:
            misses += not _wholly(category, cell)
            if misses > allowed:
                break
        else:
            return category, f"{len(cells) - misses} of the first {len(cells)} cells"
    return None


def _told_by_content(cells: list[str]) -> tuple[str, str] | None:
    """
    The category that nearly every cell looks like, by a form too weak to prove one of them.

    A column of one value, or of a few, tells nothing: three different ones at least, but for lists
    of two or three words such as a gender's.
    """
    cells = [normalise(cell).strip(" '\t") for cell in cells[:_PROOF_CELLS]]
    if len(cells) < _ENOUGH_TO_TELL or len(set(cells)) < 2:  # noqa: PLR2004 - one value is a default
        return None
    found = {
        key: sum(map(category.tells, cells))
        for key, category in categories().items()
        if category.tells is not None
    }
    for key, category in categories().items():
        if category.group in (Group.SPECIAL, Group.CRIME_AND_CREDIT) and category.find is not None:
            found[key] = sum(next(category.find(cell), None) is not None for cell in cells)
    key, count = max(found.items(), key=lambda item: item[1])
    return (
        (key, f"{count} of the first {len(cells)} cells")
        if count >= _TELLING * len(cells)
        else None
    )


def _wholly(category: Category, cell: str) -> bool:
    text = normalise(cell).strip(" '\t")
    assert category.find is not None
    return any(match.start == 0 and match.end == len(text) for match in category.find(text))


def _record_key(
    header: Sequence[str], rows: Sequence[Sequence[str]], found: list[Column], kind: str
) -> int | None:
    """The column that tells the table's records apart."""
    known = load("tables")["kinds"].get(kind, {"keys": []})["keys"]
    named = [n for n, name in enumerate(header) if words(name) in known]
    named += [
        n
        for n, c in enumerate(found)
        if _is_number(c) and kind in ("customers", "contacts", "other")
    ]
    named += [
        n
        for n, name in enumerate(header)
        if words(name)
        in (
            "id",
            "nro",
            "numero",
            "no",
            "nr",
            "number",
            "tunnus",
            "rivi",
            "tunniste",
            "key",
            "record id",
        )
    ]
    if kind in ("orders", "invoices"):  # what a shop calls an order stands on each of its lines
        orders = [n for n, c in enumerate(found) if c.ground.endswith("but content")]
        named = [n for n in orders if found[n].category == "order_history"] + named
    named = [n for n in named if found[n].role in (None, Role.FREE_TEXT)]
    for n in named:
        values = [row[n].strip() for row in rows]
        if values and all(values) and len(set(values)) == len(values):
            return n
    whole = [n for n in named if all(row[n].strip() for row in rows)]
    return next(iter([*whole, *named]), None)


def _one_each(found: list[Column], filled: Sequence[int]) -> tuple[Column, ...]:
    """A role stands once in a table, on the surest, then the fullest column; free text may stand often."""
    taken: dict[Role, int] = {}
    for n, column in enumerate(found):
        if column.role is None or column.role is Role.FREE_TEXT:
            continue
        first = taken.setdefault(column.role, n)
        if first != n:
            sure = Certainty.CERTAIN
            better = (column.certainty is sure, filled[n]) > (
                found[first].certainty is sure,
                filled[first],
            )
            loser, taken[column.role] = (first, n) if better else (n, first)
            if column.role is not Role.CUSTOMER_REFERENCE:
                found[loser] = found[loser].model_copy(update={"role": None})
    return tuple(found)
