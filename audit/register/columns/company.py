"""
What a column is in the company of the others of its table.

*Nimike* is an item on an order and a job on a payroll; a *due date* is an invoice's, or a task's;
and where each header of a table begins with the table's own name, that word tells none apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from audit.categories._lexicon import OF_ANIMALS
from audit.categories._phrases import common
from audit.categories.headers import is_general, words
from audit.register.columns.concepts import means
from audit.register.model import Certainty, Column
from audit.vocabulary import load

__all__ = ["GROUND_OF_ANIMALS", "among_others", "with_animals", "without_tables_name"]

_OF_NOTES = frozenset({"comment", "note", "message", "kommentti", "viesti", "kommentar"})
_SHARED_BY = 4
"""Headers that begin with the same word, for it to be the table's name."""
_DUE = frozenset(
    {"due date", "due on", "eräpäivä", "eräpvm", "förfallodatum", "förfallodag"}
    | {"påminnelse", "påminnelsedatum"}
)
_OF_MONEY = frozenset({"invoicing", "payment", "order_history", "bank_account"})
_OF_SALES = frozenset({"invoices", "orders", "collection"})
#: The ground of a column that tells of animals, not of people.
GROUND_OF_ANIMALS = "content: of animals"
_TITLES = frozenset({"title", "titel"})  # of what was sold, beside its price and number
_OF_STAFF = frozenset({"employment", "personal_identity_code"})


def without_tables_name(header: Sequence[str], kind: str = "") -> list[str]:
    """
    The headers without the word for notes that several begin with, which is their table's name.

    Nor with what a program calls a record of the ``kind``: *order.status*.

    A general word that is left, *parent* or *type*, is of the comment, and names nothing.

    >>> without_tables_name(["comment_ID", "comment_author", "comment_date", "comment_parent", "user"])
    ['', 'author', 'date', '', 'user']
    >>> without_tables_name(["Comment", "Comment date"])
    ['Comment', 'Comment date']
    >>> without_tables_name(["order.status", "customer.id"], "orders")
    ['status', 'customer.id']
    """
    header = [_within(name, kind) for name in header]
    said = [words(name).split() for name in header]
    first = Counter(tokens[0] for tokens in said if len(tokens) > 1)
    of_table = {word for word, times in first.items() if times >= _SHARED_BY} & _OF_NOTES
    return [
        _left(tokens) if len(tokens) > 1 and tokens[0] in of_table else name
        for name, tokens in zip(header, said, strict=True)
    ]


def _within(name: str, kind: str) -> str:
    above, _, field = name.partition(".")
    known = load("generic")["of_the_record"].get(kind, ()) if field.strip() else ()
    return field if words(above) in known else name


def _left(tokens: Sequence[str]) -> str:
    left = " ".join(tokens[1:])
    return "" if is_general(left) else left


def among_others(columns: Sequence[Column], kind: str) -> list[Column]:
    """The columns, where what one of them is depends on which others its table has."""
    found = list(columns)
    held = Counter(column.category for column in found)
    for n, column in enumerate(found):
        said = words(column.header)
        others = held - Counter([column.category])
        of_money = _OF_MONEY & set(others)
        if said == "nimike" and not of_money & {"order_history"} and _OF_STAFF & set(others):
            found[n] = _as("job_title", column)
        if said in _TITLES and others["order_history"] > 1 and not {"name", "email"} & set(others):
            found[n] = _as("order_history", column)
        task = said in _DUE and kind not in _OF_SALES and not of_money
        if task or (kind == "send_log" and _is_a_message(column)):
            found[n] = _as("technical", column)
    return found


def _is_a_message(column: Column) -> bool:
    """Whether a column says which message was sent, *Uutiskirje*, and not what somebody allows."""
    preferred = column.category == "marketing_preferences" and column.role is None
    return preferred and any(means(column.header, what) for what in ("message", "marketing"))


def with_animals(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, where a vet's or a kennel's table says of what animals it is: theirs are the illnesses."""
    kinds = frozenset(common()["animals"])
    of_kind = [
        len(said) >= _ENOUGH_ANIMALS
        and sum(cell.casefold() in kinds for cell in said) > len(said) // 2
        for said in cells
    ]
    if not any(of_kind):
        of_kind = [words(column.header) in _animal_headers() for column in columns]
        if not _are_animals(columns):
            return list(columns)
    theirs = {"category": None, "ground": GROUND_OF_ANIMALS, "certainty": Certainty.LIKELY}
    return [
        column.model_copy(update=theirs) if kind or column.category in OF_ANIMALS else column
        for column, kind in zip(columns, of_kind, strict=True)
    ]


_ENOUGH_ANIMALS = 3


@cache
def _animal_headers() -> frozenset[str]:
    return frozenset(load("words")["animals"]["headers"] + load("words")["animals"]["others"])


def _are_animals(columns: Sequence[Column]) -> bool:
    """Whether the headers tell: a microchip or a pet's name, or two such as *breed* and *neutered*."""
    said = {words(column.header) for column in columns}
    sure = said.intersection(load("words")["animals"]["headers"])
    return bool(sure) or len(said & _animal_headers()) > 1


def _as(category: str, column: Column) -> Column:
    ground = f"{column.ground}, and the other columns"
    return column.model_copy(
        update={"category": category, "ground": ground, "certainty": Certainty.LIKELY}
    )
