"""The kind of a table by its name and its columns together, where either alone would mislead."""

from __future__ import annotations

from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.columns.concepts import kind_by_meaning
from audit.register.kinds.by_columns import is_made_up_as, kind_by_one_column
from audit.register.kinds.by_name import kind_by_compound

__all__ = ["kind_of_one_shape", "kind_of_what_is_theirs"]

# Lists that all say whose, when and what: their columns tell one from another less than their names.
_OF_ONE_SHAPE = frozenset({"objections", "consents", "restrictions", "erasures", "send_log"})
_OF_DEEDS = frozenset(
    {
        *_OF_ONE_SHAPE,
        *("disclosures", "requests", "publication_list", "send_log", "source_log", "access_log"),
    }
)


def kind_of_one_shape(
    file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> str | None:
    """
    The kind by the name, of lists that all say whose, when and what: *Datum, Kundnr, Gäller*.

    >>> kind_of_one_shape("Reklamspärr", ["Datum", "Kundnr", "Gäller"], [])
    'objections'
    >>> kind_of_one_shape("kunder", ["Datum", "Kundnr", "Gäller"], []) is None
    True
    """
    tokens = words(file_stem).split()
    # "suostumusloki_verkkokauppa": what it is a log of, and where.
    each = (kind_by_meaning(file_stem), *map(kind_by_meaning, tokens))
    named = kind_by_compound(tokens) or next(filter(None, each), None)
    if named not in _OF_ONE_SHAPE or not header or not is_made_up_as(named, header, rows):
        return None
    return named


def kind_of_what_is_theirs(
    file_stem: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> str | None:
    """
    What a list is that is named by people first: *contact origins*, *donors wall*; None for people.

    >>> kind_of_what_is_theirs("contact origins", ["Patron ID", "Date", "Origin"], [])
    'source_log'
    >>> kind_of_what_is_theirs("contact persons", ["Name", "E-mail"], []) is None
    True
    """
    tokens = [token for token in words(file_stem).split() if not token.isdigit()]
    last = kind_by_meaning(tokens[-1]) if len(tokens) > 1 else None
    last = last or kind_by_meaning(file_stem)  # "where members came from"
    if last in _OF_DEEDS and header and is_made_up_as(last, header, rows):
        return last
    one = kind_by_one_column(header, rows)
    return one if one == "publication_list" or (one and len(tokens) > 1) else None
