"""What covers a place of a text: looked up among thousands of spans without trying each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from audit.notice.document import Place

__all__ = ["Overlaps"]

Kept = TypeVar("Kept")


class Overlaps(Generic[Kept]):
    """
    Things by the places at which they stand, each place ``[start, end)``.

    >>> Overlaps([((0, 5), "a"), ((5, 9), "b"), ((3, 7), "c")]).at((4, 6))
    ['a', 'c', 'b']
    """

    def __init__(self, placed: Iterable[tuple[Place, Kept]]) -> None:
        self._placed = sorted(placed, key=lambda each: each[0])
        self._starts = [start for (start, _), _ in self._placed]
        self._reach = list(accumulate((end for (_, end), _ in self._placed), max))

    def at(self, place: Place) -> list[Kept]:
        """Whatever shares a character with a place, in the order of the text."""
        start, end = place
        found = []
        for number in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._reach[number] <= start:
                break  # nothing that begins before reaches the place
            if self._placed[number][0][1] > start:
                found.append(self._placed[number][1])
        return found[::-1]
