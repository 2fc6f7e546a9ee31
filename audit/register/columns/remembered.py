"""
What was found out about a column's cells, kept while its table is held against every kind.

Cells are personal data: they are let go of as soon as the table has been recognised.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

__all__ = ["forget_columns", "remembered"]

_Found = TypeVar("_Found")
_MOST = 2048
_kept: list[Callable[[], None]] = []


def remembered(
    look: Callable[[tuple[str, ...]], _Found],
) -> Callable[[tuple[str, ...]], _Found]:
    """The same function, which looks at a column's cells once for all the kinds of tables."""
    once = lru_cache(maxsize=_MOST)(look)
    _kept.append(once.cache_clear)
    return once


def forget_columns() -> None:
    """Let go of every column that was looked at."""
    for clear in _kept:
        clear()
