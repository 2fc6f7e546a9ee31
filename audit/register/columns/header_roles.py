"""
The role that a column's header names, held against the column's cells.

A header names a role in a phrase of the vocabulary, or by what its words mean; days that are no
days and sums without a number say that it names another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

from audit.categories.headers import Named, best_name, without_date_words, words
from audit.register.columns.concepts import may_mean, means, roles_by_meaning
from audit.register.dates import is_placeholder, needs_order, read_date, reading_of
from audit.register.kinds.model import headers_of
from audit.register.model import Role
from audit.register.roles import CONSENTS, ENDS, SIGNS_OF_LIFE
from audit.register.words import UNREAD, read_flag, read_word, reader
from audit.vocabulary import load

__all__ = ["CLEAR", "best_role", "by_meaning", "fitting_role", "role_of_any", "role_of_kind"]

CLEAR = 0.9
"""A score of a header that leaves little doubt."""
_LOOSE, _TELLING_PHRASE = 0.65, 6
# Lists that the controller keeps by hand, with headers of several words: "Mihin luovutettu (yritys)".
_OWN_LISTS = frozenset(
    """
    disclosures processors access_list access_log source_log cookie_inventory requests erasures
    restrictions objections consents publication_list collection send_log
    """.split()
)
# Dates for which a list may say "yes" or "no": that it was signed, that it was told.
_SAID_YES = frozenset(
    {
        Role.UNDERTAKING_ON,
        Role.AGREEMENT_ON,
        Role.INFORMED_ON,
        Role.EXTENSION_TOLD_ON,
        Role.RECIPIENTS_TOLD_ON,
        Role.PUBLICATION_BAN,
    }
)
# What an agreement's state, or what a firm acts as, says in a few words, and with no day.
_STATES = frozenset({Role.AGREEMENT_STATE, Role.ACTS_AS})
# Whether somebody is subscribed is no day: that is when it began.
_NO_DAYS = frozenset({Role.SUBSCRIBED})
# What is said in words is no column of numbers or days, whatever heads it.
_SAID_IN_WORDS = frozenset({"word", "country", "party", "person", "category", "host"})
_DATED_ROLES = [role for role in Role if role.type == "date"]
_LASTING = [role for role in Role if role.type == "days"]
_IN_DAYS = re.compile(
    r"[\s_(\[,]+(?:in )?(?:vrk|pv|päiv\w*|vuorokau\w*|dygn|dagar|days?)[)\]]?$", re.IGNORECASE
)


def role_of_kind(name: str, cells: list[str], kind: str) -> Named | None:
    """The role that the header names in a table of this kind, unless the cells gainsay it."""
    known = headers_of(kind)
    named = best_role(name, known)
    if named is None or named.score < CLEAR:
        meant = by_meaning(name, cells, kind, None)
        named = named if meant is not None and _is_the_customers(name, meant) else meant or named
    if named is not None and fitting_role(named, None, cells) is None:
        # "Maksettu" may head days or sums: what the cells gainsay is asked for under another role.
        known = {role: phrases for role, phrases in known.items() if role != named.key}
        named = best_role(name, known)
    if named is None or named.score < (_LOOSE if kind in _OWN_LISTS else CLEAR):
        return None
    if named.score < CLEAR and len(named.phrase) < _TELLING_PHRASE:
        return None
    if _is_key_rather(name, Role(named.key), cells, kind):
        return None
    named = _of_whom_rather(named, cells)
    if named.key == Role.USER_ID and kind == "access_log" and _is_of_customers(name):
        return None
    return named if fitting_role(named, None, cells) is not None else None


def _of_whom_rather(named: Named, cells: list[str]) -> Named:
    """
    What a ban is of, or whose it is: headers such as *gäller* say either, and the cells which.

    >>> _of_whom_rather(Named(Role.OBJECTION_PURPOSE, "gäller", 1.0), ["person", "hela företaget"]).key
    <Role.OBJECTION_SCOPE: 'objection_scope'>
    """
    others = _EITHER.get(Role(named.key), ())
    if not others or any(reader(Role(named.key))(cell)[0] != UNREAD for cell in cells):
        return named
    for other in others:
        if sum(reader(other)(cell)[0] != UNREAD for cell in cells) * 2 > len(cells):
            return named._replace(key=other)
    return named


# "Suostumus" may say to what somebody agreed, or whether.
_EITHER = {
    Role.OBJECTION_PURPOSE: (Role.OBJECTION_SCOPE, Role.PERMISSION),
    Role.OBJECTION_SCOPE: (Role.OBJECTION_PURPOSE, Role.PERMISSION),
    Role.CONSENT_PURPOSE: (Role.PERMISSION,),
}


def _is_of_customers(name: str) -> bool:
    """
    Whether who signed in was a customer, a member or the like, and nobody with a right of access.

    >>> _is_of_customers("customer_user"), _is_of_customers("User name"), _is_of_customers("Account")
    (True, False, False)
    """
    of_many = (of["is"] for of in load("groups_kept").values() if of.get("many", False))
    stems = tuple(stem for stems in of_many for stem in stems)
    return any(token.startswith(stems) for token in words(name).split())


def by_meaning(
    name: str, cells: list[str], kind: str | None, category: Named | None
) -> Named | None:
    """The role that the header's words mean, where no phrase and no category is as sure of it."""
    if category is not None and category.score >= CLEAR and category.key != "technical":
        return _last_event(name, cells, category)
    if words(name) in load("generic")["login_locks"]:
        return None
    if kind is not None and words(name) in load("tables")["kinds"].get(kind, {}).get("keys", ()):
        return None  # the number of each record
    # Of "avslag.upplyst om klagan" the first word is what it belongs to.
    meant = chain(roles_by_meaning(name, kind), roles_by_meaning(_leaf(name), kind))
    fitting = (r for r in meant if fitting_role(r, None, cells) and _says_so(Role(r.key), cells))
    found = next(fitting, None) or _last_of_theirs(name, cells, kind)
    if found is not None or kind not in _OWN_LISTS or not cells:
        return found
    loosely = roles_by_meaning(name, kind, loosely=True)
    return next((r for r in loosely if _is_borne_out(Role(r.key), cells)), None)


def _last_event(name: str, cells: list[str], category: Named) -> Named | None:
    """The day of the last invoice and the like, where a header names the invoices' category too."""
    if not cells or not may_mean(name, "last") or not _is_borne_out(Role.LAST_INVOICE, cells):
        return None
    found = next((r for r in roles_by_meaning(name) if r.key in SIGNS_OF_LIFE), None)
    return found and Named(found.key, found.phrase, category.score)


def _last_of_theirs(name: str, cells: list[str], kind: str | None) -> Named | None:
    """
    The last time that a trade did what it does, called as no other trade calls it.

    >>> days = ["1.2.2026", "3.2.2026", "4.5.2026"]
    >>> _last_of_theirs("Viim. kalibrointi", days, "customers").key == Role.VISIT
    True
    >>> _last_of_theirs("Last synced", days, "customers") is None
    True
    """
    first, _, rest = words(name).partition(" ")
    if kind != "customers" or not rest or not means(first, "last") or rest.isdigit():
        return None
    named = role_of_any(name)
    if (named is not None and named.score >= CLEAR) or any(roles_by_meaning(name)):
        return None
    tokens = rest.split()
    known = any(may_mean(token, concept) for token in tokens for concept in _NO_WORK)
    if known or any(t.startswith(tuple(load("generic")["done_to_entries"])) for t in tokens):
        return None
    days = len(cells) >= _FEWEST_DAYS and _is_borne_out(Role.VISIT, cells)
    return Named(Role.VISIT, words(name), CLEAR) if days else None


_FEWEST_DAYS = 3
_NO_WORK = (
    "invoiced",
    "pay",
    "message",
    "send",
    "marketing",
    "campaign",
    "restrict",
    "ban",
    "seen",
)


def _leaf(name: str) -> str:
    """What a header with the way to it, *reply.sent on*, says at its end; else nothing."""
    return name.rpartition(".")[2] if _WITH_ITS_WAY.match(name) else ""


_WITH_ITS_WAY = re.compile(r"[^.]{3,}(?:\.[^. ][^.]*)+$")


def _is_the_customers(name: str, meant: Named) -> bool:
    """Whether *customer until*, in a list of contact persons, is of the customer and no departure."""
    of_any = role_of_any(name)
    told = of_any is not None and of_any.score >= CLEAR and of_any.key in ENDS
    return told and meant.key == Role.LEFT_ON and not may_mean(name, "left")


# Columns that say one of a few words: a requester's name, or a number, is no kind of request.
_OF_FEW_WORDS = frozenset(
    {
        Role.REQUEST_KIND,
        Role.OUTCOME,
        Role.OBJECTION_PURPOSE,
        Role.MESSAGE_KIND,
        Role.EVENT_KIND,
        Role.INVOICE_STATE,
        Role.COLLECTION_STATE,
        Role.RECORDING,
    }
)


def _says_so(role: Role, cells: list[str]) -> bool:
    if role in CONSENTS:  # "Tarjousviestit" may be how many, or what they were
        return sum(read_flag(cell) is not None for cell in cells) * 2 >= len(cells)
    if (role not in _OF_FEW_WORDS and role is not Role.SUBJECT_GROUP) or not cells:
        return True
    read = reader(role)
    if role is Role.SUBJECT_GROUP:  # "Ryhmä 3" is where somebody sits
        return any(read(cell)[0] != UNREAD for cell in cells)
    return sum(read(cell)[0] != UNREAD for cell in cells) * 2 >= len(cells)


def _is_borne_out(role: Role, cells: list[str]) -> bool:
    """Whether the cells are of the role: days, sums, or words that it knows."""
    if role.type == "date":
        return sum(read_date(cell) is not None for cell in cells) >= CLEAR * len(cells)
    if role.type in ("word", "country"):
        read = reader(role)
        return sum(read(cell)[0] != UNREAD for cell in cells) >= CLEAR * len(cells)
    return False


def best_role(name: str, lexicon: Mapping[str, Sequence[str]]) -> Named | None:
    """
    The role that the header names; *Saapunut pvm* is *saapunut*, for what has days, and *erovuosi* *eropvm*.

    *Voimassaolo (vrk)* says in which unit a length of time stands.

    >>> best_role("Voimassaolo (vrk)", {"lifetime": ["voimassaolo"]}).score
    1.0
    """
    lasting = {role.value: lexicon[role] for role in _LASTING if role in lexicon}
    if lasting and _IN_DAYS.search(name):
        return best_name(_IN_DAYS.sub("", name), lasting) or best_name(name, lexicon)
    named, bare = best_name(name, lexicon), without_date_words(name)
    if (named is not None and named.score >= CLEAR) or not bare:
        return named
    as_day = _as_day(name)
    if as_day != name:
        return best_role(as_day, lexicon)
    if bare == words(name):
        return named
    dated = {role.value: lexicon[role] for role in _DATED_ROLES if role in lexicon}
    again = best_name(bare, dated)
    return again if again is not None and again.score >= CLEAR else named


def _as_day(name: str) -> str:
    """
    The header of a column of years, as it were one of days.

    >>> _as_day("Erovuosi"), _as_day("utträdesår"), _as_day("Year left"), _as_day("Vuosi")
    ('Eropvm', 'utträdesdatum', 'Date left', 'Vuosi')
    """
    for year, day in _YEARS:
        name = year.sub(day, name)
    return name


_YEARS = (
    (re.compile(r"(?<=\w)vuosi$"), "pvm"),
    (re.compile(r"(?<=\ws)år$"), "datum"),
    (re.compile(r"(?<=\w[ _])year$"), "date"),
    (re.compile(r"^Year(?=[ _]\w)"), "Date"),
)


@lru_cache(maxsize=4096)  # a table is held against every kind, and its headers stay the same
def role_of_any(name: str) -> Named | None:
    """The role that the header names, whatever the table's kind."""
    return best_role(name, load("roles"))


def _is_key_rather(name: str, role: Role, cells: list[str], kind: str) -> bool:
    """Whether a column such as *Pyyntö* has the records' numbers, and says none of the role's words."""
    if words(name) not in load("tables")["kinds"][kind]["keys"]:
        return False
    if role is Role.USER_NAME:  # "Employee ID"
        return True
    if role.type != "word":
        return False
    return bool(cells) and all(read_word(role.value, cell) == UNREAD for cell in cells)


def fitting_role(role: Named | None, named: Named | None, cells: list[str]) -> Role | None:
    """The role that the header names, unless it names a category better or the cells gainsay it."""
    if role is None:
        return None
    found = Role(role.key)
    if named is not None and named.key != "technical" and named.score > role.score:
        return None
    if found is Role.CUSTOMER_REFERENCE and cells and not any(cell.strip(" 0") for cell in cells):
        return None  # who bought as a guest is nobody's number 0
    return found if not cells or _may_hold(found, cells) else None


def _may_hold(role: Role, cells: list[str]) -> bool:
    """Whether cells may be of a role's type; half of them being days, or sums, is enough."""
    if role.type == "date":
        if role in _LEFT_OR_NO:  # "Left: no" says of most that they are there
            cells = [cell for cell in cells if read_flag(cell) is not False] or cells
        numbers = reading_of(cells).numbers
        dates = sum(
            needs_order(cell)
            or read_date(cell, numbers=numbers) is not None
            or is_placeholder(cell)
            or (role in _SAID_YES and read_flag(cell) is not None)
            for cell in cells
        )
        return dates * 2 >= len(cells)
    if role in _STATES or role is Role.PURPOSE:
        return _may_say(role, cells)
    if role.type == "amount":
        return sum(map(_is_amount, cells)) * 2 >= len(cells)
    if role.type == "state":
        return sum(read_date(cell) is None for cell in cells) * 2 >= len(cells)
    days = role in _NO_DAYS and all(read_date(cell) is not None for cell in cells)
    # "SMS" may head phone numbers.
    if days or (role in CONSENTS and all(map(_LONG_NUMBER.fullmatch, cells))):
        return False
    return role.type not in _SAID_IN_WORDS or not all(map(_is_number_or_day, cells))


_LONG_NUMBER = re.compile(r"[-+0-9 ()]{6,}")
_LEFT_OR_NO = (Role.EMPLOYED_UNTIL, Role.ACCESS_UNTIL, Role.LEFT_ON)


def _may_say(role: Role, cells: list[str]) -> bool:
    """Whether cells may say an agreement's state, or a purpose: "Where" it went is none."""
    if role is Role.PURPOSE:
        return not all(map(_is_number_or_day, cells)) and not all(map(_is_country, cells))
    days = any(read_date(cell) is not None for cell in cells)
    return not days and any(read_word(role.value, cell) != UNREAD for cell in cells)


def _is_country(cell: str) -> bool:
    from audit.register.countries import read_country

    return read_country(cell) != UNREAD


def _is_number_or_day(cell: str) -> bool:
    return not any(map(str.isalpha, cell)) or read_date(cell) is not None


def _is_amount(cell: str) -> bool:
    """Whether a cell may be a sum; letters before the digits are a currency, else a number's: *DM1*."""
    numbered = _A_NUMBER.fullmatch(cell)
    if numbered is not None and numbered[1].casefold() not in _CURRENCIES:
        return False
    return any(character.isdigit() for character in cell) and read_date(cell) is None


_A_NUMBER = re.compile(r"([^\W\d_]+)[-#]?[0-9]+")
_CURRENCIES = frozenset({"eur", "sek", "nok", "dkk", "kr", "usd", "gbp", "chf", "euro", "e"})
