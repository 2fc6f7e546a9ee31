"""A reading in the short form in which notices are compared: keys, durations, wordings."""

from __future__ import annotations

from typing import Any

from audit.notice.lexicon import Language, pattern
from audit.notice.model import Certainty, Notice, Recipient, RetentionPeriod
from audit.notice.nominative import nominative
from audit.notice.reading import Reading

__all__ = ["as_labels"]

_NO_PARTY = frozenset(
    ("invoicing", "credit", "value_added_service", "hosting", "acting_company", "partner")
)
"""Named as an exception or in passing: a matter or a server rather than a party."""


def as_labels(reading: Reading, defects: tuple[str, ...] = ()) -> dict[str, Any]:
    """The labels of a notice: one entry per register, and what holds for the whole of it."""
    first = reading.notice
    return {
        "language": first.language,
        "registers": [_register(notice) for notice in reading.notices],
        "rights": [right.key for right in first.rights],
        "dated": first.dated,
        "automated_decision_making": _automated(reading),
        "known_defects": list(defects),
    }


def _automated(reading: Reading) -> str:
    said = {notice.automated_decisions.statement for notice in reading.notices}
    for statement in ("declared", "declared_none"):
        if statement in said:
            return statement
    return "unstated"


def _register(notice: Notice) -> dict[str, Any]:
    rules = _once([_rule(rule, notice.language) for rule in notice.retention])
    missing = {
        "duration": None,
        "kind": "missing",
        "trigger": None,
        "applies_to": "all",
        "quote": "",
    }
    return {
        "name": notice.register_name,
        "categories": list(dict.fromkeys(item.key for item in notice.data_categories)),
        "retention": rules or [missing],
        "legal_bases": [basis.key for basis in notice.legal_bases],
        "transfers_outside_eea": notice.transfers.statement,
        "recipients": _texts(
            [
                _called(item.text, notice)
                for item in notice.recipients
                if item.key not in _NO_PARTY
                or (item.key == "partner" and _is_told_of_recipients(item))
                or pattern(notice.language, "parties", "a_party").search(item.text.lower())
            ]
        ),
        "sources": _texts([_called(item.text, notice) for item in notice.sources]),
    }


def _is_told_of_recipients(item: Recipient) -> bool:
    """Whether a party stands where the notice tells to whom data goes, and not in passing."""
    return item.found is not None and item.found.certainty == Certainty.CERTAIN


def _rule(rule: RetentionPeriod, language: Language) -> dict[str, Any]:
    stated = rule.kind in ("fixed", "criteria")
    event = None if _ends_with_season(rule, language) else rule.event
    if rule.from_year_end:
        event = "fiscal_year_end"  # so the closed list calls the end of a year, whatever ends in it
    return {
        "duration": rule.period,
        "kind": rule.kind,
        "trigger": (event or "unspecified") if stated else None,
        "applies_to": "all" if rule.applies_to == "all" else list(rule.applies_to),
        "quote": rule.text,
    }


def _once(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rules, where a criterion that is told again, in other words, is no other rule."""
    told: dict[tuple[str, ...], dict[str, Any]] = {}
    for number, rule in enumerate(rules):
        again = "" if rule["kind"] == "criteria" else str(number)
        told.setdefault((again, str(rule["trigger"]), str(rule["applies_to"])), rule)
    return list(told.values())


def _ends_with_season(rule: RetentionPeriod, language: Language) -> bool:
    """Whether a rule counts from the end of a season, for which the closed list has no word."""
    if rule.event != "contract_end":
        return False
    words = rule.text.lower()
    bare = pattern(language, "retention", "season").sub(" ", words)
    return bare != words and not pattern(language, "events", "contract_end").search(bare)


def _called(party: str, notice: Notice) -> str:
    """What a party is called: Finnish sentences name it only in the case of a giver or a receiver."""
    return nominative(party) if notice.language == "fi" else party


def _texts(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))
