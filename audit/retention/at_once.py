"""Rules that keep nothing: "your data is deleted at once when you unsubscribe" is a period of no days."""

from __future__ import annotations

from audit.notice.lexicon import says
from audit.notice.model import Notice, RetentionPeriod
from audit.retention.events import event_role

__all__ = ["with_days_at_once"]


def with_days_at_once(notice: Notice) -> Notice:
    """The notice, its rules of erasure at once with a period of no days after their event."""
    if not any(map(_is_at_once, notice.retention)):
        return notice
    no_days = {"kind": "fixed", "period": "P0D"}
    rules = [
        rule.model_copy(update=no_days) if _is_at_once(rule) else rule for rule in notice.retention
    ]
    return notice.model_copy(update={"retention": tuple(rules)})


def _is_at_once(rule: RetentionPeriod) -> bool:
    """
    Whether a criterion is an event on which the data is erased that very day.

    >>> def told(text):
    ...     return _is_at_once(
    ...         RetentionPeriod(id="S1", kind="criteria", event="consent_withdrawal", text=text)
    ...     )
    >>> told("Poistamme tiedot heti, kun perut tilauksen."), told("As long as you subscribe.")
    (True, False)
    """
    return (
        rule.kind == "criteria"
        and event_role(rule) is not None
        and says("rules", "at_once", rule.said)
    )
