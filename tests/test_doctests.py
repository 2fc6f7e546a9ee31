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
    from audit.categories import categories

    for key, category in categories().items():
        if category.find is not None:
            example = doctest.DocTestFinder().find(import_module(category.find.__module__))
            assert sum(len(found.examples) for found in example) >= 2, key
