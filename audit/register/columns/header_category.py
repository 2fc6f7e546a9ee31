"""The data category that a column's header names."""

from __future__ import annotations

from functools import cache

from audit.categories import categories
from audit.categories.headers import Named, best_name, is_general, words
from audit.vocabulary import load

__all__ = ["category_named"]

_LABELS = frozenset({"label"})
_LABEL_SCORE = 0.9
_LAST = 0.75
"""The score of a phrase that ends a header: one before its end says less than the field's own name."""


@cache
def category_named(header: str) -> Named | None:
    """
    The category of a header, the phrase that names it and how surely.

    >>> category_named("Sähköposti").key, category_named("E-mail 1 - Label").key
    ('email', 'technical')
    >>> category_named("Väri ja koko") is None
    True
    >>> category_named("default_address.id").key, category_named("default_address.zip").key
    ('technical', 'postal_address')
    >>> category_named("shipping_address.name").key, category_named("shipping_address.zip").key
    ('name', 'postal_address')
    """
    said = words(header).split()
    if len(said) > 1 and said[-1] in _LABELS:
        # "E-mail 1 - Label" says whose address it is, and is none.
        return Named("technical", said[-1], _LABEL_SCORE)
    lexicon = {key: item.headers for key, item in categories().items()}
    above, _, last = header.rpartition(".")
    if above and words(last) in load("generic")["of_objects"] and best_name(above, lexicon):
        # "default_address.id" tells one address from another, and is none.
        return Named("technical", words(last), _LABEL_SCORE)
    if words(last) in lexicon["name"]:
        # Of "shipping_address.name" the address is where it stands: it says who lives there.
        of = best_name(above, {"postal_address": lexicon["postal_address"]}) if above else None
        if of is not None and of.score >= _LABEL_SCORE:
            return Named("name", words(last), _LABEL_SCORE)
    named = best_name(header, lexicon)
    if above and not is_general(words(last)) and (named is None or named.score < _LAST):
        field = best_name(last, lexicon)  # of "leverans.ort" the last word tells
        return field if field is not None and field.score >= _LABEL_SCORE else named
    return named
