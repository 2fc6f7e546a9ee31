"""What a rule on retention is about, by what the notice says that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from audit.notice.extract.categories import listed_categories
from audit.notice.extract.events import UNSPECIFIED
from audit.notice.extract.retention import Rule
from audit.notice.extract.terms import books, collective
from audit.notice.lexicon import Language, pattern
from audit.notice.model import DataCategory, RetentionPeriod
from audit.notice.overlaps import Overlaps
from audit.notice.passages import Passage

__all__ = ["resolved"]

_OTHER = "other:"
_LEAST_STEM = 5  # letters by which a word of a rule is told to be one of the contents
_STEM = 7


def resolved(
    rules: Iterable[Rule],
    held: Sequence[DataCategory],
    passages: Sequence[Passage],
    language: Language,
    name: str = "",
) -> tuple[RetentionPeriod, ...]:
    """
    The rules, each about categories that are held, where its words stand for several of them.

    ``name`` is that of the register: data that bears it, "toimeksiantotiedot" of a
    "toimeksiantorekisteri", is all of it.
    """
    found = list(rules)
    beside = _beside(found, listed_categories(passages, language), passages)
    told = [
        rule.value.model_copy(
            update={
                "applies_to": "all"
                if _bears_name(rule, name, language)
                else beside.get(number) or _scope(rule, held, language)
            }
        )
        for number, rule in enumerate(found)
    ]
    return tuple(
        rule
        for number, rule in enumerate(told)
        if not any(
            found[number].row != found[earlier].row and _is_repeated(rule, other)
            for earlier, other in enumerate(told[:number])
        )
    )


def _is_repeated(rule: RetentionPeriod, other: RetentionPeriod) -> bool:
    """Whether a period has been told before, of the same data: in a table, and in words under it."""
    events = {rule.event, other.event}
    return (
        rule.kind == other.kind
        and rule.kind in ("fixed", "indefinite")
        and rule.period == other.period
        and not isinstance(rule.applies_to, str)
        and not isinstance(other.applies_to, str)
        and set(rule.applies_to) <= set(other.applies_to)
        and (len(events) == 1 or UNSPECIFIED in events)
    )


def _bears_name(rule: Rule, name: str, language: Language) -> bool:
    """Whether a rule is about data that is called as the register is, and about nothing else."""
    if "- " in name:
        return False  # a register of customers and wages holds more than wages
    stems = {
        pattern(language, "registers", "tail").sub("", word)
        for word in re.findall(r"[^\W\d_]+", name.lower())
        if pattern(language, "registers", "word").search(word)
    }
    named = pattern(language, "retention", "of_register").fullmatch(rule.about.strip())
    return named is not None and named[named.lastindex or 0] in stems


def _beside(
    rules: Sequence[Rule], listed: Sequence[DataCategory], passages: Sequence[Passage]
) -> dict[int, tuple[str, ...]]:
    """
    The categories of rules that stand beside what they are about, by the number of the rule.

    Where each set of data is followed by its own period ("Orders. We keep them for two years."),
    paragraph by paragraph or heading by heading, a rule that names no data of its own is about
    the set beside it.
    """
    standing = Overlaps(((each.start, each.end), each) for each in passages)
    for unit in ("block", "part"):
        units: dict[int, list[int]] = {}
        sets: dict[int, dict[str, None]] = {}
        for number, rule in enumerate(rules):
            if (at := _unit(rule.start, standing, unit)) is not None:
                units.setdefault(at, []).append(number)
        for item in listed:
            if (
                item.found is not None
                and (at := _unit(item.found.span[0], standing, unit)) is not None
            ):
                sets.setdefault(at, {})[item.key] = None
        both = [at for at in units if at in sets]
        if len(both) > 1 and len(both) * 2 >= len(units):
            return {
                number: tuple(sets[at])
                for at in both
                for number in units[at]
                if rules[number].value.applies_to == "all" or rules[number].assumed
            }
    return {}


def _unit(place: int, standing: Overlaps[Passage], unit: str) -> int | None:
    """The number of the paragraph, or of the part, in which a place is; none in a table."""
    passage = next(iter(standing.at((place, place + 1))), None)
    if passage is None or passage.kind == "row":
        return None
    return passage.block if unit == "block" else passage.part


def _scope(rule: Rule, held: Sequence[DataCategory], language: Language) -> tuple[str, ...] | str:
    if pattern(language, "retention", "of_people").match(rule.about.strip()):
        return "all"
    keys = [item.key for item in held]
    said = rule.value.applies_to
    named = () if said == "all" else tuple(said)
    if "postal_address" in named and "postal_address" not in keys and "email" in keys:
        # None but e-mail addresses are held: "the address" is that of a mailbox.
        named = tuple("email" if key == "postal_address" else key for key in named)
    general = pattern(language, "retention", "general").search(rule.about)
    group = collective(rule.about, language, named=bool(named or general))
    if not {"order_history", "communication", "payment"}.intersection(keys):
        # Only beside purchases is an account a thing of its own; else it is all that is held.
        group = tuple(key for key in group if key != "login_credentials")
    both = dict.fromkeys((*named, *(key for key in group if key in keys)))
    if group and len(both) > len([key for key in named if key not in keys]):
        both = {key: None for key in both if key in keys}
    if named or not general:
        both |= dict.fromkeys(_own_words(rule.about, held, language))
    if list(both) == list(dict.fromkeys(keys)) and len(both) == 1:
        return "all"  # the register holds nothing else
    return tuple(both) or books(rule.about, language) or _of_label(rule, language) or "all"


def _of_label(rule: Rule, language: Language) -> tuple[str, ...]:
    """
    A thing that no key names, where a row or a label says that the rule is of it, or papers of a body.

    Without it the six years of "gift forms", or the ten of "minutes", would be those of all data.
    """
    of_body = pattern(language, "retention", "papers").search(rule.about)
    label = rule.label or (rule.about.strip(" .,;:") if of_body else "")
    if not label or pattern(language, "retention", "general").search(label):
        return ()
    if not (of_body or pattern(language, "retention", "records").search(label)):
        return ()
    return (f"{_OTHER}{label}",)


def _own_words(about: str, held: Sequence[DataCategory], language: Language) -> list[str]:
    """Things listed in the notice's own words that a rule takes up."""
    stems = _stems(about, language)
    return [
        item.key
        for item in held
        if item.key.startswith(_OTHER) and stems & _stems(item.text, language)
    ]


def _stems(words: str, language: Language) -> set[str]:
    """The beginnings of words that name a thing; "data" is no name of any."""
    general = pattern(language, "retention", "general")
    return {
        word[:_STEM]
        for word in re.findall(r"[^\W\d_]+", words.lower())
        if len(word) >= _LEAST_STEM and not general.fullmatch(word)
    }
