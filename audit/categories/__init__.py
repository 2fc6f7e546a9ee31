"""
The recognisers: one file per data category.

Adding one takes one file here, with one upper-case constant that is a ``Category``, and one file of
cases in ``tests/categories/``. Nothing needs to be registered.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from audit.categories.model import Category, Group, Match

__all__ = ["Category", "Group", "Match", "categories"]


@cache
def categories() -> Mapping[str, Category]:
    """Every category by key, in the order of the keys."""
    found: dict[str, Category] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        for name, value in vars(import_module(f"{__name__}.{module.name}")).items():
            if name.isupper() and isinstance(value, Category):
                found[value.key] = value
    return MappingProxyType(found)
