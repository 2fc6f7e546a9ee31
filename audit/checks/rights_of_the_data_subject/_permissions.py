"""What people's own records say of publishing them: yes or no, for all, or channel by channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.checks._people import matches, yes
from audit.checks._shared import together

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["permitted_by_record", "says_who_may"]

#: By where an entry was published, the column of the permission for it.
_BY_CHANNEL = {"web": "web_consent", "social": "social_media_consent", "print": "print_consent"}
_GENERAL = "publication_consent"
_ALL = (_GENERAL, *_BY_CHANNEL.values())


def says_who_may(table: ir.Table) -> ir.BooleanValue:
    """Whether a record says of any channel whether the person may be published there."""
    told = [table[name].notnull() for name in _ALL]
    return told[0] | told[1] | told[2] | told[3]


def permitted_by_record(
    entries: ir.Table, people: ir.Table, owners: dict[str, ir.Table | None]
) -> ir.Table | None:
    """
    By entry whose person's list asks for such a permission, ``allowed`` and ``refused``.

    The permission for the entry's channel goes before a general one; an entry that does not say where
    it was published is allowed by any. A blank allows nothing. None without such lists.
    """
    # What the list of publications says itself goes first.
    entries = entries.filter(
        entries.publication_consent.isnull(), ~yes(entries.consented_on <= entries.published_on)
    )
    lists = [_told(kind, table) for kind, table in owners.items() if table is not None]
    if not lists:
        return None
    pairs = matches(people, ("publication_list",), tuple(owners))
    pairs = pairs.filter(pairs.certain).select("place", "row", *_OTHER)
    found = entries.select("place", "row", "published_in").inner_join(pairs, ["place", "row"])
    found = found.inner_join(together(lists), list(_OTHER))
    channels = [(found.published_in == word, word) for word in _BY_CHANNEL]
    either = [yes(found[name]) for name in _BY_CHANNEL.values()]
    spoken = [found[name].notnull() for name in _BY_CHANNEL.values()]
    anywhere = ibis.cases((spoken[0] | spoken[1] | spoken[2], either[0] | either[1] | either[2]))
    mark = ibis.cases(
        *((at, ibis.coalesce(found[_BY_CHANNEL[word]], found[_GENERAL])) for at, word in channels),
        else_=ibis.coalesce(found[_GENERAL], anywhere),
    )
    asked = ibis.cases(
        *(
            (at, found[f"asks_{_BY_CHANNEL[word]}"] | found[f"asks_{_GENERAL}"])
            for at, word in channels
        ),
        else_=found[f"asks_{_GENERAL}"],
    )
    found = found.mutate(mark=mark, asked=yes(asked) | mark.notnull())
    found = found.filter(found.asked)
    found = found.group_by("row").agg(
        yes_said=yes(found.mark).cast("int8").max(), no_said=yes(~found.mark).cast("int8").max()
    )
    return found.select("row", allowed=found.yes_said > 0, refused=found.no_said > 0)


_OTHER = ("other_kind", "other_place", "other_row")


def _told(kind: str, table: ir.Table) -> ir.Table:
    """The permissions of each record, and which of them its list asks for at all."""
    asks = table.group_by("place").agg(
        **{f"asks_{name}": table[name].notnull().cast("int8").max() for name in _ALL}
    )
    asks = asks.select(at_place="place", **{f"asks_{n}": asks[f"asks_{n}"] > 0 for n in _ALL})
    told = table.select(
        "place", other_kind=ibis.literal(kind), other_row="row", **{n: table[n] for n in _ALL}
    )
    told = told.inner_join(asks, told.place == asks.at_place)
    return told.select(
        "other_kind", "other_row", *_ALL, *(f"asks_{n}" for n in _ALL), other_place="place"
    )
