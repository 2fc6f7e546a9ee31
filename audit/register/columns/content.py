"""
What the cells of a column say of it: the category that they prove, look like or gainsay.

The head of a file decides here how the scan looks, never what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from audit.categories import Category, categories, forms
from audit.categories._phrases import says_nothing, values_of
from audit.categories._text import fold, normalise
from audit.categories.headers import Named
from audit.categories.lexicon import is_firm
from audit.register.columns.remembered import remembered
from audit.register.columns.told_roles import are_days
from audit.register.countries import read_country
from audit.register.words import UNREAD
from audit.vocabulary import load

__all__ = [
    "ENOUGH_CELLS",
    "gainsaid",
    "named_people",
    "proved_by_content",
    "reached_by",
    "told_by_content",
]

_CLEAR = 0.9
"""A share of cells that leaves little doubt."""
ENOUGH_CELLS = 3
"""Cells without which content says nothing."""
_MOST = 0.5
_PROOF_CELLS = 200
_ENOUGH_TO_TELL = 5
_TELLING = 0.8
_OF_ONE_LIST = ("health", "diet_allergy")


def gainsaid(named: Named, cells: list[str], kind: str) -> str | None:
    """What a column is that is headed *Name*, *Role*, *VAT* or *_website*, though its cells are not."""
    if len(cells) < ENOUGH_CELLS:
        return "technical" if _is_of_addresses(named, cells) else None
    if named.key == "email" and (proved := proved_by_content(cells)) is not None:
        return proved[0].key  # phone numbers, where the columns were mixed up
    if named.key in _OF_TAXES and _are_identities(tuple(cells[:_PROOF_CELLS])):
        return "personal_identity_code"
    if named.phrase in _OF_ADDRESS and all(map(_is_address, cells)):
        return "name"  # *Mr*, as somebody is addressed, is nobody's job
    if named.phrase == "huoltaja" and _are_few(cells):
        return "name"  # of who services the car, over and over, not of a child's guardian
    return _otherwise(named, cells, kind)


def _is_of_addresses(named: Named, cells: list[str]) -> bool:
    """Whether a header says something of e-mail, as *Email suppressions* does, and no cell is one."""
    beside = named.key == "email" and named.score < _CLEAR
    return beside and bool(cells) and not any(map(_AT.search, cells))


_NEVER_DAYS = frozenset(
    {
        *("gender", "language", "marital_status", "name", "nationality", "organisation"),
        *("job_title", "email", "phone", "postal_address"),
    }
)
_OF_ADDRESS = frozenset({"title", "titel", "titteli", "anrede"})


def _is_address(cell: str) -> bool:
    return fold(cell).rstrip(".") in load("generic")["titles"]


def _otherwise(named: Named, cells: list[str], kind: str) -> str | None:
    if named.key == "postal_address":  # the *Osoite* to which a message went
        at_all = all("@" in cell for cell in cells)  # of few, one that is mistyped is a tenth
        reached = reached_by(cells, _MOST if at_all else _CLEAR)
        if reached is not None:
            return reached[0]
    of_orders = named.phrase == "reference" and kind == "orders"
    if of_orders or (named.key == "name" and all(map(_ORDER_NAME.fullmatch, cells))):
        return "order_history" if kind in ("orders", "invoices") else "technical"
    if named.phrase in _OF_A_CARD and _are_cards_of_its_own(cells):
        return "technical"
    if named.key == "organisation" and all(map(_SUM.fullmatch, cells)):
        return "order_history" if named.phrase.startswith(("vat", "tax")) else None
    if named.phrase in _OF_AN_ACCOUNT and not any(map(_may_be_a_banks, cells)):
        return "customer_number"
    # "Lämnade kön" is when somebody left the queue.
    dated = named.key in _NEVER_DAYS and are_days(cells[:_PROOF_CELLS])
    return "technical" if dated or _says_less(named, cells) else None


_AT = re.compile(r"@|\(at\)|\[at\]|#|\.[a-z]{2,}$", re.IGNORECASE)


def _says_less(named: Named, cells: list[str]) -> bool:
    """Whether cells under *Role*, *_website* or *Languages* are no person's."""
    of_an_account = named.key == "job_title" and all(map(_is_account_role, cells))
    # A region has a capital letter; what a program writes of a record's state has none: "complete".
    of_a_record = named.phrase == "state" and all(map(_STATE.fullmatch, cells))
    of_no_site = named.phrase in _OF_THE_WEB and not any("." in cell for cell in cells)
    said_of_records = of_an_account or of_a_record
    of_addresses = named.key == "email" and not any(map(_AT.search, cells))  # "bounces", "ok"
    said_of_records |= of_addresses
    return said_of_records or of_no_site or (named.key == "language" and all(map(_is_pair, cells)))


def _are_cards_of_its_own(cells: Sequence[str]) -> bool:
    """
    Whether numbers are of cards that the register gives out itself.

    >>> _are_cards_of_its_own(["K-1042"]), _are_cards_of_its_own(["21000004001", "21000004002", "21000004003"])
    (True, True)
    >>> _are_cards_of_its_own(["4111111111111111", "5555555555554444", "4012888888881881"])
    False
    """
    if not all(_CARD_OF_ITS_OWN.fullmatch(cell) for cell in cells):
        return False
    if all(len(cell) <= _SHORT_CARD for cell in cells):
        return True
    proved = sum(_wholly(categories()["payment_card"], cell) for cell in cells)
    return proved * _BY_CHANCE <= len(cells)


_BY_CHANCE = 3


def _are_few(cells: list[str]) -> bool:
    """Whether few people's names, and no words for relatives, stand in many records."""
    relatives = values_of("family")
    few = len(cells) >= _MANY and len(set(cells)) * _TIMES <= len(cells)
    return few and not any(cell.casefold() in relatives for cell in cells)


_MANY, _TIMES = 15, 5


def _is_pair(cell: str) -> bool:
    """Whether a cell names two languages, one into the other; *sv-FI* is one, as a country has it."""
    pair = _PAIR.fullmatch(cell)
    return pair is not None and pair[1].casefold() != pair[2].casefold() and not _LOCALE.match(cell)


_PAIR = re.compile(r"([^\W\d_]{2,12}) ?(?:[-–—>→/»]|->|=>| (?:to|into|till) ) ?([^\W\d_]{2,12})")
_LOCALE = re.compile(r"[a-z]{2,3}[-_][A-Z]{2}$")
# What accounting systems call the customer's number, and others the bank's.
_OF_AN_ACCOUNT = frozenset({"account number", "account no", "account nr", "a c no", "account ref"})


def _may_be_a_banks(cell: str) -> bool:
    """Whether a cell may be a bank's number: an IBAN, or eight digits and more."""
    digits = sum(map(str.isdigit, cell))
    mostly = digits * 4 >= len(cell) * 3 and not any(map(str.isalpha, cell))
    return digits >= _DIGITS_OF_A_BANKS and (mostly or _IBAN.match(cell) is not None)


_DIGITS_OF_A_BANKS = 7
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}")


def _is_account_role(cell: str) -> bool:
    """Whether a cell says what may be done with an account: *customer*, *subscriber*."""
    known = load("words")["account_role"]["account"]
    return all(fold(part) in known for part in re.split("[,;|]", cell))


_ORDER_NAME = re.compile(r"#?[A-Za-z]{0,6}[-#]?[0-9]{2,}(?:-[0-9]{1,4})?")
# A library's, a gym's or a season's card has a number as well; no payment card's is so short, and
# of others a tenth has the check digit by chance.
_OF_A_CARD = frozenset(
    {
        "kortti nro",
        "kortin numero",
        "korttinumero",
        "kortnummer",
        "kort nr",
        "card number",
        "card no",
    }
)
_CARD_OF_ITS_OWN = re.compile(r"[A-Za-z]{0,4}[- ]?[0-9]{1,19}")
_SHORT_CARD = 14  # characters
# The VAT of an order, not the number by which a firm is registered for it.
_SUM = re.compile(r"[-+]?[0-9]{1,6}(?:[.,][0-9]{1,4})? ?(?:%|€|EUR|SEK|kr)?")
_STATE = re.compile(r"[a-zåäö]+(?:[_ -][a-zåäö]+)*")
_OF_THE_WEB = frozenset({"web site", "website", "website url", "web page", "web address"})


def proved_by_content(cells: list[str]) -> tuple[Category, str] | None:
    """The category of which nearly every cell wholly is, where the category has a form."""
    return _proved(tuple(cells[:_PROOF_CELLS])) if len(cells) >= ENOUGH_CELLS else None


def reached_by(cells: list[str], least: float = _CLEAR) -> tuple[str, str] | None:
    """
    What people are reached by, where a column has e-mail addresses, and phone numbers or firms' domains.

    ``least`` is the share of the cells that must be one of these.

    >>> reached_by(["aino@koe.example", "040 123 4567", "onni@koe.example"])
    ('email', '3 of the first 3 cells')
    >>> reached_by(["aino@koe.example"] * 3) is None, reached_by(["Aino Koe"] * 3) is None
    (True, True)
    """
    cells = cells[:_PROOF_CELLS]
    if len(cells) < ENOUGH_CELLS:
        return None
    found = {
        key: sum(_wholly(categories()[key], cell) for cell in cells) for key in ("email", "phone")
    }
    firms = sum(map(_is_domain, cells))
    if (firms or least < _CLEAR) and found["email"] + firms >= least * len(cells):
        return "email", f"{found['email'] + firms} of the first {len(cells)} cells"
    if not all(found.values()) or sum(found.values()) < _CLEAR * len(cells):
        return None
    share = f"{sum(found.values())} of the first {len(cells)} cells"
    return max(found, key=lambda key: found[key]), share


def _is_domain(cell: str) -> bool:
    """Whether a cell stands for all addresses of a firm: *@firm.example*."""
    return re.fullmatch(r"[*]?@[^\s@]+\.[a-zA-Z]{2,}", cell) is not None


@remembered
def _proved(cells: tuple[str, ...]) -> tuple[Category, str] | None:
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
    return _of_people_and_firms(cells)


def _of_people_and_firms(cells: tuple[str, ...]) -> tuple[Category, str] | None:
    """Identity codes, where each other cell is a firm's: one field for whoever owes or buys."""
    people, firms = categories()["personal_identity_code"], categories()["organisation"]
    coded = others = 0
    for n, cell in enumerate(cells):
        coded += (of_person := _wholly(people, cell))
        others += not of_person and not _wholly(firms, cell)
        if others > len(cells) - _CLEAR * len(cells) or n + 1 - coded > len(cells) / 2:
            return None
    return people, f"{coded} of the first {len(cells)} cells"


def told_by_content(cells: list[str]) -> tuple[str, str] | None:
    """
    The category that nearly every cell looks like, by a form too weak to prove one of them.

    A column of one value, or of a few, tells nothing: three different ones at least, but for lists
    of two or three words such as a gender's.
    """
    return _looked(tuple(cells[:_PROOF_CELLS]))


@remembered
def _looked(of_column: tuple[str, ...]) -> tuple[str, str] | None:
    cells = [normalise(cell).strip(" '\t") for cell in of_column]
    cells = [cell for cell in cells if not says_nothing(cell)]
    if len(cells) < _ENOUGH_TO_TELL or len(set(cells)) < 2:  # noqa: PLR2004 - one value is a default
        return None
    found = {
        key: sum(_is_whole(category, cell) for cell in cells)
        for key, category in categories().items()
        if category.tells is not None
    }
    allowed = len(cells) - _TELLING * len(cells)
    for key, category in categories().items():
        if category.weighed and category.find is not None:
            misses = _misses([category], cells, allowed)
            found |= {key: max(len(cells) - misses, found.get(key, 0))} if misses <= allowed else {}
    if _misses([categories()[key] for key in _OF_ONE_LIST], cells, allowed) <= allowed:
        # Illnesses, allergies and diets stand in one column: what most of them are.
        most = {
            key: sum(_is_told(categories()[key], cell) for cell in cells) for key in _OF_ONE_LIST
        }
        found |= {max(most, key=lambda key: most[key]): len(cells)}
    found |= {"car_registration": len(cells)} if _are_plates(cells) else {}
    if found["language"] and all(map(_may_be_a_country, set(cells))):
        del found["language"]
    key, count = max(found.items(), key=lambda item: item[1])
    if count < _TELLING * len(cells) or _is_a_mark(categories()[key], cells):
        return None
    return key, f"{count} of the first {len(cells)} cells"


def _is_a_mark(category: Category, cells: Sequence[str]) -> bool:
    """Whether but one thing of a short list is said, over and over: the *x* of who was there is no gender."""
    said = {cell for cell in set(cells) if _is_whole(category, cell)}
    return category.tells is not None and len(said) == 1


def _may_be_a_country(cell: str) -> bool:
    """
    Whether a cell may be a country: in Finnish it has its language's name, and a capital.

    Nobody is of El Salvador, *sv*, in registers that have *fi* and *en* beside it.
    """
    in_finnish = cell.isalpha() and cell.islower() and len(cell) > len("sv")
    return read_country(cell) != UNREAD and cell.casefold() != "sv" and not in_finnish


def _are_plates(cells: Sequence[str]) -> bool:
    """Whether a column has plates of vehicles: articles of one form share their letters, plates do not."""
    letters = [found[1] for cell in cells if (found := _PLATE.fullmatch(cell)) is not None]
    enough = len(letters) == len(cells) >= _ENOUGH_PLATES
    return enough and len(set(letters)) >= _CLEAR * len(set(cells))


_PLATE = re.compile(r"([A-ZÅÄÖ]{3})[- ]?(?:[0-9]{3}|[0-9]{2}[A-Z])")
_ENOUGH_PLATES = 10


@remembered
def _are_identities(of_column: tuple[str, ...]) -> bool:
    """Whether a column has people's identity numbers by their check digits, whatever it is called."""
    cells = [normalise(cell).strip(" '\t") for cell in of_column]
    if len(set(cells)) < _ENOUGH_TO_TELL:
        return False
    misses, allowed = 0, len(cells) - _TELLING * len(cells)
    for cell in cells:
        misses += not any(tells(cell) for tells in _tells_identity())
        if misses > allowed:
            return False
    return True


@cache
def _tells_identity() -> tuple[Callable[[str], bool], ...]:
    """What tells a person's identity number as a whole cell."""
    return tuple(
        form.tells
        for name, form in forms().items()
        if form.tells and form.category == "personal_identity_code" and name not in _OF_FIRMS_TOO
    )


_OF_TAXES = frozenset({"organisation", "customer_number", "technical", "membership", "employment"})
"""What may be headed as a number and be that by which a country knows its people: *tax number*."""
_OF_FIRMS_TOO = frozenset(
    f"{country}_identity_number" for country in ("croatian", "dutch", "icelandic", "latvian")
)


def named_people(cells: list[str]) -> tuple[str, str] | None:
    """
    That a column, headed by a word for people, has their names: words with capitals, or firms.

    A customer may be a person or a firm; either way the column has the customer's name.

    >>> named_people(["Aino Koe-Salo", "von Esimerk, Ulla", "Eero Koe"])
    ('name', '3 of the first 3 cells')
    >>> named_people(["Luku Oy", "Ulla Esimerk", "Koe Ky"])
    ('name', '3 of the first 3 cells')
    >>> named_people(["lasku", "ei tiedossa", "Koe"]) is None
    True
    """
    cells = cells[:_PROOF_CELLS]
    count = sum(_A_NAME.fullmatch(cell) is not None or is_firm(cell) for cell in cells)
    if len(cells) < ENOUGH_CELLS or count < _TELLING * len(cells):
        return None
    return "name", f"{count} of the first {len(cells)} cells"


# Of two to four words two begin with a capital: "von Esimerk, Ulla".
_CAPITAL = r"[A-ZÅÄÖÉÜ][^\W\d_]*\.?(?:[-'’][^\W\d_]+)*"
_A_NAME = re.compile(
    rf"(?:(?:von|af|de|van) )?{_CAPITAL},?(?: (?:von|af|de|van))?(?: {_CAPITAL}){{1,3}}"
)


def _misses(of: Sequence[Category], cells: Sequence[str], allowed: float) -> int:
    """The cells in which nothing of the categories is found; counted no further than is allowed."""
    misses = 0
    for cell in cells:
        misses += not any(_is_told(category, cell) for category in of)
        if misses > allowed:
            break
    return misses


def _is_told(category: Category, cell: str) -> bool:
    """Whether a cell says something of a category, by its words or as a whole."""
    assert category.find is not None
    wholly = category.tells is not None and category.tells(cell)
    return wholly or next(category.find(cell), None) is not None


def _is_whole(category: Category, cell: str) -> bool:
    """Whether a whole cell looks like one of the category, or is one by its form: *@aino*, and her address."""
    assert category.tells is not None
    return category.tells(cell) or (category.find is not None and _wholly(category, cell))


def _wholly(category: Category, cell: str) -> bool:
    text = normalise(cell).strip(" '\t")
    assert category.find is not None
    return any(match.start == 0 and match.end == len(text) for match in category.find(text))
