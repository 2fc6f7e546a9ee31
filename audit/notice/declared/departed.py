"""What a notice says of the contact persons of organisations who have left, apart from all others."""

from __future__ import annotations

from audit.notice.lexicon import says
from audit.notice.model import Notice, RetentionPeriod

__all__ = ["about_departed", "period_of_departed"]


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
    told = says("departed", "contact_person", rule.said) and says("departed", "left", rule.said)
    return told and not says("departed", "others", rule.said)


def period_of_departed(notice: Notice) -> RetentionPeriod | None:
    """The rule by which contact persons may be kept for some time after they left."""
    return next((r for r in notice.retention if r.kind == "fixed" and about_departed(r)), None)
