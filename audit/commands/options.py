"""What the commands share: the languages, and the exit statuses."""

from __future__ import annotations

from enum import StrEnum

from audit.commands.shown import language
from audit.errors import PlanInvalid

__all__ = ["AUDITED", "INTERRUPTED", "NONCONFORMING", "NOT_AUDITED", "Lang", "lang_of"]

AUDITED, NONCONFORMING, NOT_AUDITED, INTERRUPTED = 0, 1, 2, 130


class Lang(StrEnum):
    """Languages of what is shown."""

    FI = "fi"
    SV = "sv"
    EN = "en"


def lang_of(said: str) -> Lang:
    """The language that an option names; raises ``PlanInvalid`` if it is none of ours."""
    if said not in tuple(Lang):
        raise PlanInvalid("--lang", said, "reports are not in that language", "say fi, sv or en")
    language.set(said)
    return Lang(said)
