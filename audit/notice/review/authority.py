"""The supervisory authority's details, held against the dated table of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from audit.notice.model import Notice
from audit.notice.review.phrases import passages
from audit.vocabulary import load

__all__ = ["outdated_details"]


def outdated_details(notice: Notice, as_of: date) -> tuple[list[str], str, tuple[str, ...]]:
    """
    The printed details that no longer hold, the present ones, and the clauses.

    What the reader took apart is compared field by field; where it took nothing apart, addresses
    that once were the authority's are looked for in the text. A detail that the table does not
    know, such as a room or a second mailbox, is not judged.
    """
    entries = load("authorities")["authority"]
    present = [e for e in entries if _from(e) <= as_of <= e.get("valid_to", date.max)]
    past = [e for e in entries if e.get("valid_to", date.max) < as_of]
    if not present:
        return [], "", ()
    shown = str(present[0]["shown"])
    authority = notice.authority
    if authority is not None and (authority.street or authority.postal_code):
        printed = [(authority.street, "streets"), (authority.postal_code, "postal_codes")]
        old = [
            said
            for said, field in printed
            if said and _known(said, past, field) and not _known(said, present, field)
        ]
        # The clause that prints them goes first: it is the one to quote.
        printing = {p.clause for p in passages(notice) if any(one in p.text for one in old)}
        return old, shown, tuple(sorted(authority.clauses, key=lambda c: c not in printing))
    return _in_text(notice, past, present, shown)


def _from(entry: dict[str, Any]) -> date:
    return entry.get("valid_from", date.min)  # type: ignore[no-any-return]  # TOML has dates


def _known(said: str, entries: Iterable[dict[str, Any]], field: str) -> bool:
    return any(_plain(one) in _plain(said) for entry in entries for one in entry[field])


def _plain(text: str) -> str:
    return re.sub(r"[\s,.]+", "", text).casefold()


def _in_text(
    notice: Notice, past: list[dict[str, Any]], present: list[dict[str, Any]], shown: str
) -> tuple[list[str], str, tuple[str, ...]]:
    """Streets and post codes that were the authority's, in a passage that names it."""
    names = re.compile("|".join(n for e in (*past, *present) for n in e["names"]), re.IGNORECASE)
    for passage in passages(notice):
        if not names.search(passage.text) and not names.search(passage.heading):
            continue
        old = [
            one
            for entry in past
            for field in ("streets", "postal_codes")
            for one in entry[field]
            if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", passage.text)
            and not _known(one, present, field)
        ]
        if old:
            return old, shown, (passage.clause,)
    return [], shown, ()
