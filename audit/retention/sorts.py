"""
Sorts of records that a notice keeps for a time of their own: tickets, enquiries, camps, complaints.

What tables of a sort are called and what the rules about them begin with is data:
``vocabulary/sorts_kept.toml``.
"""

from __future__ import annotations

import re
from itertools import pairwise

from audit.categories.headers import PLAIN, without_date_words, words
from audit.notice.lexicon import says
from audit.notice.model import RetentionPeriod
from audit.register.columns.concepts import may_mean, names_number
from audit.register.kinds.model import kinds
from audit.register.model import Column, Role, Table
from audit.register.roles import ENDS
from audit.retention.lists import lists_of, speaks_of_all, subject_of
from audit.vocabulary import load

__all__ = [
    "day_of_its_sort",
    "has_a_subject",
    "is_of_a_sort",
    "names_whose",
    "same_sort",
    "says_end",
    "words_in_common",
]

_END_EVENTS = frozenset(role.value for role in ENDS)
_ENDS = ("close", "end", "answer", "action")
_UNTIL = frozenset("till tom to until asti saakka".split())
"""Words that only lead to something: *Anmäld till listan* ends nothing."""
_PARTICLES = frozenset("ut in av upp ned bort till tillbaka".split())
_WORD = re.compile(r"\w+")


def same_sort(rule: RetentionPeriod, table: Table) -> bool:
    """
    Whether a rule is about records of the sort of which a table is, by what both are called.

    >>> rule = RetentionPeriod(id="S1", kind="fixed", period="P1Y", text="Support tickets: one year.")
    >>> same_sort(rule, Table(file="a", name="zendesk_export", columns=()))
    True
    >>> same_sort(rule, Table(file="a", name="customers", columns=()))
    False
    """
    if kinds()[table.kind].scope != "register":
        return False  # requests are of no sort of tickets
    sorts = _sorts_of(rule)
    tokens = words(table.name).split()
    if any(_begins(tokens, load("sorts_kept")[sort]["table"]) for sort in sorts):
        return True
    return _are_called_alike(rule, table.kind, tokens)


def _are_called_alike(rule: RetentionPeriod, kind: str, tokens: list[str]) -> bool:
    """
    Whether a list of no known sort is called what a rule is about: "Shift lists", *shift list 2026*.

    >>> rule = RetentionPeriod(id="S1", kind="fixed", period="P6M", text="Mittarilukemat: 6 kuukautta.")
    >>> _are_called_alike(rule, "other", ["lukemat"]), _are_called_alike(rule, "other", ["mittarit"])
    (False, True)
    >>> rule = RetentionPeriod(id="S1", kind="fixed", period="P2Y", text="Contact details: 24 months.")
    >>> _are_called_alike(rule, "contacts", ["contacts"])  # which every list of people has
    False
    """
    if kind not in _OF_ANY_SORT or lists_of(rule) or speaks_of_all(rule):
        return False
    if kind == "contacts" and says("departed", "contact_person", rule.said):
        return False  # contact persons are of no sort
    named = [token for token in tokens if not _is_general(token)]
    return any(_is_one_word(a, b) for a in _subject(rule) for b in named)


_OF_ANY_SORT = frozenset({"other", "customers", "contacts", "orders"})


def words_in_common(rule: RetentionPeriod, table: Table) -> int:
    """
    How many words of a rule's subject a table is called by.

    >>> rule = RetentionPeriod(id="S1", kind="fixed", period="P6M", text="Open applications: 6 months.")
    >>> [words_in_common(rule, Table(file="a", name=n, columns=())) for n in ("open applications", "candidates")]
    [2, 0]
    """
    tokens = words(table.name).split()
    return sum(any(_is_one_word(one, other) for other in tokens) for one in _subject(rule))


def has_a_subject(rule: RetentionPeriod) -> bool:
    """Whether a rule is about something of its own: neither data in general nor a group of people."""
    return any(len(word) >= _SAME_LETTERS for word in _subject(rule))


def _subject(rule: RetentionPeriod) -> list[str]:
    """The words of a rule's subject that say what it is about."""
    said = _DETAILS_OF_ANYBODY.sub(" ", subject_of(rule.said))
    return [word for word in _WORD.findall(said) if not _is_general(word)]


# Every list of people has those: the rule is of no list of contacts.
_DETAILS_OF_ANYBODY = re.compile(
    r"\b(?:contact (?:details?|data|info\w*)|yhteystie(?:to|do)\w*|kontakt(?:uppgift|data|info)\w*)",
    re.IGNORECASE,
)


def _is_general(word: str) -> bool:
    """Whether a word is said of any data, any list or any group of people."""
    groups = (stem for group in load("groups_kept").values() for stem in group["is"])
    general = load("generic")["of_any_rule"]
    whole = {stem for stem in general if len(stem) <= _WHOLE}  # "muut", but no "muuttoarviot"
    stems = (stem for stem in general if stem not in whole)
    return word in whole or word.startswith((*stems, *groups)) or word.isdigit()


def _is_one_word(one: str, other: str) -> bool:
    """
    Whether two words are forms of one: the shorter is all in the longer, but for an ending.

    >>> _is_one_word("adopters", "adoptions"), _is_one_word("säsongsgästernas", "säsongsplats")
    (True, False)
    >>> _is_one_word("hire", "hires"), _is_one_word("bookings", "book")
    (True, False)
    """
    common, least = _in_common(one, other), min(len(one), len(other))
    alike = common >= _LONG and least - common <= _ENDING
    few = max(len(one), len(other)) - least <= _PLURAL or least >= _LONG
    return alike or (common >= _SAME_LETTERS and common == least and few)


_LONG, _ENDING, _WHOLE = 5, 4, 4
_PLURAL = 2


def names_whose(header: str) -> bool:
    """
    Whether a header says whose a record is, and no more.

    >>> names_whose("Customer"), names_whose("Muuttopäivä")
    (True, False)
    """
    tokens = words(header).split()
    return bool(tokens) and all(_is_general(token) or names_number(token) for token in tokens)


def is_of_a_sort(rule: RetentionPeriod) -> bool:
    """Whether a rule is about records of a sort."""
    return bool(_sorts_of(rule))


def _sorts_of(rule: RetentionPeriod) -> frozenset[str]:
    subject = _WORD.findall(subject_of(rule.said))
    known = load("sorts_kept")
    return frozenset(sort for sort, said in known.items() if _begins(subject, said["rule"]))


def _begins(tokens: list[str], stems: list[str]) -> bool:
    # Names of files do without dots and rings: *kundtjanst*.
    folded = [token.translate(PLAIN) for token in tokens]
    whole = {stem.rstrip("|").translate(PLAIN) for stem in stems if stem.endswith("|")}
    plain = tuple(stem.translate(PLAIN) for stem in stems if not stem.endswith("|"))
    return any(token in whole or token.startswith(plain) for token in folded)


def day_of_its_sort(rule: RetentionPeriod, table: Table) -> int | None:
    """
    The place of the day of each record that a rule about its sort counts from, by its header.

    The end where the rule says that something ends, is closed or is answered; else the first day.
    """
    told = _behind_subject(rule)
    said = _said(told)
    # "Hämtats ut" is said of what is headed *Uthämtad*.
    said += [behind + w for w, behind in pairwise(told) if behind in _PARTICLES]
    days = [n for n, column in enumerate(table.columns) if _is_day(column)]
    if (named := _named_in(said, table)) is not None:
        return named
    ends = [n for n in days if _is_end(table.columns[n])]
    ended = rule.event in _END_EVENTS
    if ended or any(may_mean(word, concept) for word in said for concept in _ENDS):
        # Of a job's days the last is when it was done, whatever it is headed.
        done = table.with_role(Role.VISIT) if table.kind == "orders" else None
        return done if done is not None else ends[-1] if ends else None
    return next((n for n in days if n not in ends), None)


def says_end(rule: RetentionPeriod) -> bool:
    """
    Whether a rule says that what it is about ends, is closed or is answered.

    >>> def said(text): return says_end(RetentionPeriod(id="S1", kind="fixed", period="P2Y", text=text))
    >>> said("Serviceärenden: två år från att ärendet avslutats"), said("Offers: two years.")
    (True, False)
    """
    said = _said(_behind_subject(rule))
    return any(may_mean(word, concept) for word in said for concept in ("close", "end"))


def _behind_subject(rule: RetentionPeriod) -> list[str]:
    """The words of a rule behind those that say what it is about."""
    subject = _WORD.findall(subject_of(rule.said))
    return _WORD.findall(rule.said.casefold())[len(subject) :]


def _said(told: list[str]) -> list[str]:
    """The words that may say what happens: that records "poistetaan" ends the records, not their matter."""
    return [word for word in told if word not in _UNTIL and not may_mean(word, "erase")]


def _named_in(said: list[str], table: Table) -> int | None:
    """
    The place of the column whose header says what a rule counts from: *Hämtad*, "efter att den hämtats".

    Of several, the one that has most letters in common with a word of the rule, and an end at that:
    *Avtal t.o.m.* rather than *Avtal fr.o.m.*
    """
    found = {}
    for n, column in enumerate(table.columns):
        dated = _is_day(column) and column.role is not None and column.role.type == "date"
        free = column.role is None and column.category in (None, "technical")
        if dated or (free and not names_number(column.header)):
            of = without_date_words(column.header) or words(column.header)
            common = max((_named_by(a, b) for a in of.split() for b in said), default=0)
            # "Ärendet gäller" says of what, and "Avslutat" when.
            found[n] = (common >= _SAME_LETTERS and dated, common, column.role in ENDS)
    best = max(found, key=lambda n: found[n], default=None)
    return best if best is not None and found[best][1] >= _SAME_LETTERS else None


_SAME_LETTERS = 4


def _named_by(token: str, word: str) -> int:
    """
    How many letters of a header's word a rule's word has: from its beginning, or of its last part.

    >>> _named_by("hämtad", "hämtats"), _named_by("päätös", "korvauspäätöksestä"), _named_by("tila", "sopimustila")
    (5, 5, 0)
    """
    stem = token[: max(_LONG, len(token) - 1)]
    inside = len(token) >= _LONG and word.find(stem) >= _SAME_LETTERS
    return max(_in_common(token, word), len(stem) if inside else 0)


def _in_common(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _is_end(column: Column) -> bool:
    """Whether a header says that something ended, was answered or was done."""
    said = [token for token in words(column.header).split() if token not in _UNTIL]
    return any(may_mean(one, concept) for one in (" ".join(said), *said[-1:]) for concept in _ENDS)


def _is_day(column: Column) -> bool:
    """Whether a column has days, by its role or by its header: *Enquiry date*, *Solved at*, *Slut*."""
    if column.role is Role.BIRTH_DATE:
        return False  # nothing is kept from somebody's birth on
    if column.role is not None and column.role.type == "date":
        return True
    if column.role is not None and column.role.type != "flag":
        return False
    headed = without_date_words(column.header) != words(column.header)
    return headed or words(column.header).endswith((" at", " on")) or _is_end(column)
