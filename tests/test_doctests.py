"""The examples in the package's docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import audit

MODULES = sorted(found.name for found in walk_packages(audit.__path__, "audit."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    """Each example of a module gives what stands below it."""
    failed, _ = doctest.testmod(import_module(name))
    assert not failed


def test_recognisers_have_examples() -> None:
    """A recogniser shows what it finds and what it does not."""
    from audit.categories import Category, Form

    for name in MODULES:
        if not name.startswith("audit.categories."):
            continue
        module = import_module(name)
        for constant, value in vars(module).items():
            if constant.isupper() and isinstance(value, Category | Form) and value.find:
                example = doctest.DocTestFinder().find(module)
                assert sum(len(found.examples) for found in example) >= 2, name
