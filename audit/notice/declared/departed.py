"""What a notice says apart of those who died, and of contact persons who have left their organisations."""

from __future__ import annotations

from audit.notice.lexicon import says
from audit.notice.model import Notice, RetentionPeriod

__all__ = ["about_departed", "of_deaths", "period_of_departed"]


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


def of_deaths(rule: RetentionPeriod) -> bool:
    """Whether a rule counts from somebody's death, of which the end of a membership says nothing."""
    return rule.event == "unspecified" and says("rules", "died", rule.said)


def period_of_departed(notice: Notice) -> RetentionPeriod | None:
    """The rule by which contact persons may be kept for some time after they left."""
    return next((r for r in notice.retention if r.kind == "fixed" and about_departed(r)), None)
