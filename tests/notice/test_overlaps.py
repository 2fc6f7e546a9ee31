"""What covers a place is what a look at every span would find."""

from __future__ import annotations

from random import Random

from audit.notice.overlaps import Overlaps


def test_the_same_is_found_as_by_trying_each():
    """Spans of every length, within one another and beside, and none at all."""
    random = Random(5)
    for many in (0, 1, 7, 60):
        placed = []
        for number in range(many):
            start = random.randrange(100)
            placed.append(((start, start + random.randrange(1, 30)), number))
        standing = Overlaps(placed)
        for start in range(0, 120, 3):
            end = start + random.randrange(1, 20)
            tried = [number for (a, b), number in placed if a < end and start < b]
            assert sorted(standing.at((start, end))) == tried
            assert not standing.at((200, 210))
