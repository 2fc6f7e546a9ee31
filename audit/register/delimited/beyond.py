"""A further table that begins beyond the start of a file, from which its tables were told."""

from __future__ import annotations

from collections.abc import Sequence

from audit.register.delimited.header import begins_table
from audit.register.delimited.shape import Profile, are_unlike, are_words

__all__ = ["AHEAD", "Beyond"]

AHEAD = 11
"""Lines below a header by which it is told."""
_FEWEST_BELOW = 3


class Beyond:
    """Whether what is read is of the table any more; once it is not, nothing below it is."""

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.header, self.begun = tuple(header), False
        self.typed = Profile(rows, len(self.header)).typed()

    def may_begin(self, cells: Sequence[str]) -> bool:
        """Whether a record as wide as the table, with no blank line above it, may head another."""
        return len(self.typed) > 1 and are_words(cells)

    def begins(self, cells: Sequence[str], after: Sequence[Sequence[str]], *, apart: bool) -> bool:
        """
        Whether a record heads another table, with ``after`` below it.

        >>> people = Beyond(["Nro", "Nimi"], [["1", "Aino"], ["2", "Eero"]])
        >>> people.begins(["Lasku", "Summa"], [["901", "10,50"]] * 5, apart=True)
        True
        >>> people.begun = False
        >>> people.begins(["3", "Elli"], [["4", "Onni"]] * 5, apart=True)
        False
        """
        below = [row for row in after if "".join(row).strip()]
        like = [row for row in below if len(row) == len(cells)]
        if not all(cell.strip() for cell in cells) or tuple(cells) == self.header:
            return False
        if len(like) < _FEWEST_BELOW or len(like) * 2 < len(below):
            return False
        # As wide as the table, and with the same in its columns, it is a heading among its records.
        same = len(cells) == len(self.header)
        typed = Profile(like, len(cells)).typed()
        if same and (typed == self.typed if apart else not are_unlike(self.typed, typed)):
            return False
        self.begun = begins_table(cells, like, apart=apart)
        return self.begun
