"""
The catalogue for people who work with Great Expectations.

One expectation class for each family of checks, whose metric scans the batch as the project scans a
file and calls the same checks on it. A suite, a validation definition and a checkpoint are compiled
from plan and notice; validation results become this project's findings again, and a page.

>>> from audit.expectations import suite_of, validate            # doctest: +SKIP
>>> results = validate("audit.yaml", as_of="2026-11-22")         # doctest: +SKIP
>>> findings_of(results)                                         # doctest: +SKIP

Great Expectations takes seconds to import. It is imported by what needs it, and by nothing else of
the project: findings and the page are made without it. Where it is there already, the expectations
are made known to it at once: of a suite that it reads it would leave out those that it does not know.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.expectations.families import FAMILIES
    from audit.expectations.findings import findings_of
    from audit.expectations.page import render_results
    from audit.expectations.suite import suite_of, validate, write_suite

__all__ = ["FAMILIES", "findings_of", "render_results", "suite_of", "validate", "write_suite"]

_MODULES = {
    "FAMILIES": "families",
    "findings_of": "findings",
    "render_results": "page",
    "suite_of": "suite",
    "validate": "suite",
    "write_suite": "suite",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        _make_known()
        return getattr(import_module(f"audit.expectations.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'audit.expectations' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


def _make_known() -> None:
    if "great_expectations" in sys.modules:
        import_module("audit.expectations.families")


_make_known()
