"""
The recognisers: one file per data category.

Adding one takes one file here, with one upper-case constant that is a ``Category`` (or a ``Form``
of one that is there), and one file of cases in ``tests/categories/``. Nothing needs to be
registered.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import MappingProxyType

from audit.categories.model import Category, Form, Group, Match
from audit.categories.name import people_named

__all__ = [
    "Category",
    "Form",
    "Group",
    "Match",
    "categories",
    "finders",
    "forms",
    "holds_detail",
    "withheld",
]


@cache
def categories() -> Mapping[str, Category]:
    """Every category by key, in the order of the keys, each with its further forms."""
    found = {c.key: c for c in _constants().values() if isinstance(c, Category)}
    further: dict[str, list[Form]] = {}
    for form in forms().values():
        further.setdefault(form.category, []).append(form)
    for key, of_category in further.items():
        found[key] = _with(found[key], of_category)
    return MappingProxyType({key: found[key] for key in sorted(found)})


@cache
def forms() -> Mapping[str, Form]:
    """The further forms, by the name of their file."""
    found = {name: form for name, form in _constants().items() if isinstance(form, Form)}
    return MappingProxyType(found)


@cache
def finders() -> tuple[Callable[[str], Iterator[Match]], ...]:
    """What finds the categories that have a form: addresses, numbers, codes."""
    return tuple(c.find for c in categories().values() if c.find and c.candidate)


def holds_detail(text: str) -> bool:
    """Whether something with the form of a category stands in a text, without the scan's normalising."""
    return any(next(find(text), None) for find in finders())


def withheld(name: str, *, people: bool = True) -> str:
    """
    A name of a file, a sheet or a column without the details of somebody that stand in it.

    Names of ``people`` stay in that of a column, which is told to be none by what stands below it.

    >>> withheld("Aino Virtanen.csv"), withheld("Aino 010190-999W.csv"), withheld("aino@koe.example 2024-11-22"), withheld("20241122.csv")
    ('….csv', 'Aino ….csv', '… 2024-11-22', '20241122.csv')
    """
    found = list(people_named(name)) if people else []
    if _MAY_HOLD.search(name) is not None:
        found += [(m.start, m.end) for find in finders() for m in find(name)]
    kept, at = "", 0
    for start, end in sorted(found):
        if start >= at:
            kept += f"{name[at:start]}…"
        at = max(at, end)
    return kept + name[at:]


# No detail has a form without these, and hardly a name has them.
_MAY_HOLD = re.compile(r"@|(?:[0-9][^0-9]{0,3}){6}")


@cache
def _constants() -> Mapping[str, object]:
    """What each file declares, by its name."""
    return {
        module.name: value
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
        if not module.name.startswith("_")
        for name, value in vars(import_module(f"{__name__}.{module.name}")).items()
        if name.isupper() and isinstance(value, Category | Form)
    }


def _with(category: Category, of_category: Sequence[Form]) -> Category:
    """The category, found in further forms."""
    each: tuple[Category | Form, ...] = (category, *of_category)
    tells = [one.tells for one in each if one.tells]
    finds = [one.find for one in each if one.find]

    def find(text: str) -> Iterator[Match]:
        for one in finds:
            yield from one(text)

    return replace(
        category,
        candidate="|".join(one.candidate for one in each if one.candidate) or None,
        words=tuple(word for one in each for word in one.words),
        find=find,
        tells=(lambda text: any(tell(text) for tell in tells)) if tells else None,
    )
