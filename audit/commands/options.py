"""What the commands share: the languages, and the exit statuses."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["AUDITED", "INTERRUPTED", "NONCONFORMING", "NOT_AUDITED", "Lang"]

AUDITED, NONCONFORMING, NOT_AUDITED, INTERRUPTED = 0, 1, 2, 130


class Lang(StrEnum):
    """Languages of what is shown."""

    FI = "fi"
    SV = "sv"
    EN = "en"
