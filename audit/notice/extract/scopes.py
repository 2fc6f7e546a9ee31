"""What a rule on retention is about, by what the notice says that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from audit.notice.extract.retention import Rule
from audit.notice.lexicon import Language, load, pattern, patterns
from audit.notice.model import DataCategory, RetentionPeriod

__all__ = ["collective", "resolved"]

_OTHER = "other:"
_LEAST_STEM = 5  # letters by which a word of a rule is told to be one of the contents
_STEM = 7


def collective(words: str, language: Language) -> tuple[str, ...]:
    """The categories that a word for documents can stand for: accounting records, logs."""
    stands_for: dict[str, list[str]] = load("any", "scopes")["stands_for"]
    return tuple(
        dict.fromkeys(
            key
            for name, expression in patterns(language, "scopes").items()
            if expression.search(words)
            for key in stands_for[name]
        )
    )


def resolved(
    rules: Iterable[Rule], held: Sequence[DataCategory], language: Language
) -> tuple[RetentionPeriod, ...]:
    """The rules, each about categories that are held, where its words stand for several of them."""
    return tuple(
        rule.value.model_copy(update={"applies_to": _scope(rule, held, language)}) for rule in rules
    )


def _scope(rule: Rule, held: Sequence[DataCategory], language: Language) -> tuple[str, ...] | str:
    keys = [item.key for item in held]
    said = rule.value.applies_to
    named = () if said == "all" else tuple(said)
    group = collective(rule.about, language)
    if rule.value.event == "fiscal_year_end" and "invoicing" in named:
        group += ("payment",)
    both = dict.fromkeys((*named, *(key for key in group if key in keys)))
    if group and len(both) > len([key for key in named if key not in keys]):
        both = {key: None for key in both if key in keys}
    general = pattern(language, "retention", "general").search(rule.about)
    if named or not general:
        both |= dict.fromkeys(_own_words(rule.about, held))
    return tuple(both) or "all"


def _own_words(about: str, held: Sequence[DataCategory]) -> list[str]:
    """Things listed in the notice's own words that a rule takes up."""
    stems = _stems(about)
    return [item.key for item in held if item.key.startswith(_OTHER) and stems & _stems(item.text)]


def _stems(words: str) -> set[str]:
    return {
        word[:_STEM] for word in re.findall(r"[^\W\d_]+", words.lower()) if len(word) >= _LEAST_STEM
    }
