"""What a notice says of the contact persons of organisations who have left, apart from all others."""

from __future__ import annotations

import re

from audit.notice.model import Notice, RetentionPeriod

__all__ = ["about_departed", "period_of_departed"]

_PERSON_OF_A_FIRM = re.compile(r"yhteyshenkilö|kontaktperson|contact person", re.IGNORECASE)
_WHO_LEFT = re.compile(
    r"lähte|lähti|poistu|vaihtu|jättä|lopetta|lakan|lakka|ei enää|lämna|slutat|slutar|byt|upphör|inte längre|"
    r"\bleft\b|leaves|leaving|depart|ceas|no longer|stops? ",
    re.IGNORECASE,
)
#: Others whose data a sentence may be about as well: then it is no rule for those who left alone.
_OTHERS = re.compile(
    r"asiakkaan ja|asiakkaiden ja|asiakastied|\bja asiak|kundens och|kunduppgift|\boch kund|customers? and|"
    r"customer data|\band customer",
    re.IGNORECASE,
)


def about_departed(rule: RetentionPeriod) -> bool:
    """
    Whether a rule is about contact persons who left, and about nobody else.

    >>> text = "Yhteyshenkilön tiedot poistetaan vuoden kuluttua siitä, kun hän on lähtenyt."
    >>> about_departed(RetentionPeriod(id="S1", kind="fixed", period="P1Y", text=text))
    True
    >>> text = "Yhteyshenkilön tiedot poistetaan vuoden kuluttua siitä, kun hän on lakannut toimimasta."
    >>> about_departed(RetentionPeriod(id="S1", kind="fixed", period="P1Y", text=text))
    True
    """
    text = rule.text or ""
    told = _PERSON_OF_A_FIRM.search(text) and _WHO_LEFT.search(text)
    return bool(told) and _OTHERS.search(text) is None


def period_of_departed(notice: Notice) -> RetentionPeriod | None:
    """The rule by which contact persons may be kept for some time after they left."""
    return next((r for r in notice.retention if r.kind == "fixed" and about_departed(r)), None)
