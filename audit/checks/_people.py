"""
Who is who across files: by the customer's number, else by e-mail, phone, or name and address.

Numbers are those of the register, so two that are equal are the same customer and two that differ
are two. Where one of the records has no number, the other identities decide, each in one spelling;
boxes that nobody in particular reads, such as ``info@``, match nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["pairs", "rows_among"]

_IDENTITIES = (("email",), ("phone",), ("name", "address"))


def pairs(left: ir.Table, right: ir.Table, *dates: str) -> ir.Table:
    """
    The rows of ``left`` that are about the same person as a record of ``right``.

    One row a match: ``row`` of the left, and the columns of the right that ``dates`` names. A table
    without identities, such as orders, is matched by number alone.
    """
    found = _joined(left.filter(left.customer.notnull()), right, ("customer",), dates)
    if "email" not in left.columns or "email" not in right.columns:
        return found
    for identity in _IDENTITIES:
        # Either may lack the number; two joins, since an OR in a join compares each with each.
        found = found.union(
            _joined(left.filter(left.customer.isnull()), right, identity, dates),
            _joined(left, right.filter(right.customer.isnull()), identity, dates),
            distinct=True,
        )
    return found


def rows_among(left: ir.Table, right: ir.Table) -> ir.Table:
    """The row numbers of ``left`` whose person has a record in ``right``, each once."""
    return pairs(left, right).select("row").distinct()


def _joined(
    left: ir.Table, right: ir.Table, identity: tuple[str, ...], dates: tuple[str, ...]
) -> ir.Table:
    ours = left.select("row", *identity)
    theirs = right.select(*identity, *dates).filter(*(right[name].notnull() for name in identity))
    theirs = theirs.rename({f"other_{name}": name for name in identity})
    same = [ours[name] == theirs[f"other_{name}"] for name in identity]
    return ours.inner_join(theirs, same).select("row", *dates)
