"""
The checks: one file each, named by what it finds, in folders by the GDPR's principles.

Adding one takes one file here and one file of cases in ``tests/checks/``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from audit.catalogue import Check

__all__ = ["catalogue"]


@cache
def catalogue() -> Mapping[str, Check]:
    """Every check by code, in the order of the codes."""
    found: dict[str, Check] = {}
    for module in pkgutil.walk_packages(__path__, prefix=f"{__name__}."):
        for value in vars(import_module(module.name)).values():
            declared = getattr(value, "check", None)
            if isinstance(declared, Check) and value.__module__ == module.name:
                if declared.code in found:
                    raise ValueError(f"two checks have the code {declared.code}")
                found[declared.code] = declared
    return MappingProxyType(dict(sorted(found.items())))
