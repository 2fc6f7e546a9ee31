"""
The recognisers: one file per data category.

Adding one takes one file here, with one upper-case constant that is a ``Category`` (or a ``Form``
of one that is there), and one file of cases in ``tests/categories/``. Nothing needs to be
registered.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import MappingProxyType

from audit.categories.model import Category, Form, Group, Match

__all__ = ["Category", "Form", "Group", "Match", "categories", "forms"]


@cache
def categories() -> Mapping[str, Category]:
    """Every category by key, in the order of the keys, each with its further forms."""
    found = {c.key: c for c in _constants().values() if isinstance(c, Category)}
    for form in forms().values():
        found[form.category] = _with(found[form.category], form)
    return MappingProxyType({key: found[key] for key in sorted(found)})


@cache
def forms() -> Mapping[str, Form]:
    """The further forms, by the name of their file."""
    found = {name: form for name, form in _constants().items() if isinstance(form, Form)}
    return MappingProxyType(found)


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


def _with(category: Category, form: Form) -> Category:
    """The category, found in one more form."""
    candidates = [candidate for candidate in (category.candidate, form.candidate) if candidate]
    tells = [tell for tell in (category.tells, form.tells) if tell]
    return replace(
        category,
        candidate="|".join(candidates) or None,
        words=category.words + form.words,
        find=_either(category.find, form.find) if category.find else form.find,
        tells=(lambda text: any(tell(text) for tell in tells)) if tells else None,
    )


def _either(
    first: Callable[[str], Iterator[Match]], second: Callable[[str], Iterator[Match]]
) -> Callable[[str], Iterator[Match]]:
    def find(text: str) -> Iterator[Match]:
        yield from first(text)
        yield from second(text)

    return find
