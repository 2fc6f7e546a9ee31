"""What a cookie of an inventory is for, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.checks._shared import among, readable

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["ESSENTIAL", "is_called", "with_purpose"]

ESSENTIAL = {"essential", "technical", "security", "payment"}
_COOKIE_PURPOSES = {
    "essential", "technical", "preferences", "analytics", "direct_marketing", "personalisation",
    "profiling", "market_research", "user_experience", "customer_relationship",
}  # fmt: skip


def with_purpose(cookies: ir.Table) -> ir.Table:
    """
    The cookies with ``whose`` (an outside service, or blank) and ``for_`` (a purpose, or blank).

    What is known of a cookie by its name goes before what the inventory says of it: a tracker is
    not made essential by calling it so.
    """
    whose = ibis.coalesce(cookies.cookie_name_service.nullif("own"), cookies.host_service)
    stated = readable(cookies.purpose)
    stated = ibis.ifelse(among(stated, _COOKIE_PURPOSES), stated, ibis.null("string"))
    told = ibis.cases((cookies.essential.fill_null(False), "essential"), else_=ibis.null("string"))
    unneeded = ibis.cases(
        ((~cookies.essential).fill_null(False), "not_essential"), else_=ibis.null("string")
    )
    purpose = ibis.coalesce(cookies.cookie_name_purpose, told, stated, unneeded)
    return cookies.mutate(whose=whose, for_=purpose)


def is_called(name: ir.StringValue, one: str) -> ir.BooleanValue:
    """Whether a cookie is one that a notice names: as it is, or with the number of a site behind it."""
    found = ibis.literal(False)
    plain = one.lower().strip("*_.")
    for spelt in (plain, f"_{plain}", f"__{plain}"):  # Markdown takes an underscore for emphasis
        found = found | (name.lower() == spelt)
        found = found | name.lower().startswith(f"{spelt}_") | name.lower().startswith(f"{spelt}.")
    return found
