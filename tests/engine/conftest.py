"""The engine's tests sieve every table, as large ones are."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _sieved() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("audit.engine.scan._SMALL", -1)
        yield
