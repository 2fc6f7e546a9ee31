"""Parties as a passage names them: items of a run of names, and what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from audit.notice.extract.firms import firms_in
from audit.notice.extract.pieces import pieces
from audit.notice.extract.services import services_in
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import Recipient, Source

__all__ = [
    "OF_OTHERS",
    "Named",
    "Party",
    "all_pieces",
    "first_named",
    "is_form_of",
    "is_verbless",
    "joined",
    "word_end",
]

OF_OTHERS = frozenset(
    ("rights", "right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "right_withdraw", "complaint", "other_rights",
     "controller", "contact", "dpo", "register_name", "date", "changes")
)  # fmt: skip
"""Topics of sections in which neither recipients nor sources are told."""
_SAYS_LITTLE = ("other", "partner", "service_provider")
"""Keys of parties of which a name in brackets says who is meant."""
_MOST_WORDS = 7
_MOST_OF_NAME = 3  # words before a dash
_MOST_OF_FIRM = 6
_MOST_OF_CLAUSE = 12  # words that say who of all is meant
_LEAST_SHARED = 2  # kinds of party that can share their noun
_LEAST_STEM = 7  # letters that a word keeps in whatever form it stands
_MOST_ENDING = 4  # letters in which the shorter of two forms of one word may end apart
_MOST_LONGER = 6  # letters that the longer one may have more: "-lle", "-illemme"
_GOES_ON = re.compile(r"[;,]\s*(?:and|or|och|samt|eller|ja|sekä|tai)\s*[.;]?\s*$", re.IGNORECASE)
"""How an item ends in a list that is one sentence."""
_WHY = re.compile(
    r"(?P<name>\W*(?:[^\W\d_][^,;:]*?\s+[—–]|(?:[a-zåäö]+ )?[A-ZÅÄÖ][^,;:]*?(?:\s+-|\s?:)))\s+(?P<why>\S.*)",
    re.DOTALL,
)
_AND_WHY = re.compile(
    r"(?:,? (?:Inc|LLC|Ltd|PBC|SAS|Limited)\.?)?\s*(?:\([^()]*\))?\s*,\s+(?=[a-zåäö])"
)
"""Behind a name: a comma and what it is there for, "Formpost, Inc., messages of the form"."""
_NAME = re.compile(r"(?<=[(, ])[A-ZÅÄÖ][\w&-]+(?: [A-ZÅÄÖ][\w&-]+){0,2}(?=\s*(?:[,)]|$))")
"""A name in brackets: "carriers (Parcel, Quick Post)"."""


@dataclass(frozen=True, slots=True)
class Party:
    """A recipient or a source as read, and its register."""

    value: Recipient | Source
    register: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """A party by the kind that its words name, at ``[start, end)`` of the passage."""

    key: str
    text: str
    start: int
    end: int
    how: str = "lexicon"


def is_form_of(word: str, other: str) -> bool:
    """
    Whether two single words are forms of one.

    >>> is_form_of("alihankkijat", "alihankkijoillemme"), is_form_of("vakuutusyhtiö", "vakuutuskassa")
    (True, False)
    """
    from rapidfuzz.distance import Prefix

    shorter, longer = sorted((len(word), len(other)))
    return (
        word.isalpha()
        and other.isalpha()
        and longer - shorter <= _MOST_LONGER
        and Prefix.similarity(word, other) >= max(_LEAST_STEM, shorter - _MOST_ENDING)
    )


def word_end(words: str, end: int) -> int:
    """Where the word ends in which a match ends, hyphens included."""
    while end < len(words) and (words[end].isalnum() or words[end] in "-_"):
        end += 1
    return end


def all_pieces(words: str, offset: int, language: Language, lexicon: str) -> Iterator[Named]:
    """Every item of a run without a verb."""
    words = without_reason(_GOES_ON.sub("", words), language)
    lower = words.lower() if len(words.lower()) == len(words) else words
    for a, b in pieces(lower) if (whole := _one(words, lower, language)) is None else [whole]:
        described = _described(lower, a, b, language)
        single = described or whole is not None
        for start, end in [(a, b)] if single else joined(lower, a, b, language):
            inner = _in_brackets(words, start, end, language, lexicon)
            yield from (replace(n, start=offset + n.start, end=offset + n.end) for n in inner)
            text = " ".join(words[start:end].split()).strip(" .:;-–•")
            text = re.sub(r"\s*\(.*?\)?$", "", text) or text
            text = text if described else _bare(text, language)
            for begins in ("leads", "preposition"):  # "on request the police", "to the insurer"
                if before := pattern(language, "parties", begins).match(text.lower()):
                    text = text[before.end() :]
            if (
                not described and len(text.split()) > _MOST_WORDS
            ):  # "your employer where it pays for the membership"
                text = pattern(language, "parties", "aside").split(text, maxsplit=1)[0].strip()
            most = _MOST_OF_CLAUSE if described else _MOST_WORDS
            if not any(map(str.isalpha, text)) or len(text.split()) > most:
                continue
            if len(services_in(text)) > 1:
                continue  # "Google Maps & Google Drive": each is named by itself
            if _names_nobody(text.lower(), language):
                continue
            piece = lower[start:end]
            key = next(
                (k for k, expr in patterns(language, lexicon).items() if expr.search(piece)),
                "other",
            )
            if inner and key in _SAYS_LITTLE:
                continue  # what stands in the brackets says who is meant
            how = "lexicon" if key != "other" else "structure"
            yield Named(key, text, offset + start, offset + end, how)


def _one(words: str, lower: str, language: Language) -> tuple[int, int] | None:
    """The whole of a run whose parts share their noun: "hosting, e-mail and payment providers"."""
    parts = [place for a, b in pieces(lower) for place in joined(lower, a, b, language)]
    head = pattern(language, "parties", "heads")
    if len(parts) < _LEAST_SHARED or not head.search(lower, *parts[-1]):
        return None
    named = any(
        words[a].isupper()
        or head.search(lower, a, b)
        or pattern(language, "parties", "article").match(lower, a, b)
        or any(kind.search(lower, a, b) for kind in patterns(language, "recipients").values())
        for a, b in parts[:-1]
    )
    return None if named else (parts[0][0], parts[-1][1])


def _described(lower: str, start: int, end: int, language: Language) -> bool:
    """Whether an item says of anybody who is meant: "companies that print our letters"."""
    anybody = pattern(language, "parties", "any_kind").match(lower, start, end)
    return anybody is not None and bool(
        pattern(language, "parties", "aside").match(lower, anybody.end(), end)
    )


def _names_nobody(said: str, language: Language) -> bool:
    """Whether words that stand where parties do are a clause, or say by which means."""
    return bool(
        pattern(language, "parties", "nobody").match(said)
        or pattern(language, "parties", "means").search(said)
    )


def _bare(text: str, language: Language) -> str:
    """
    A party without the joint before it and the clause behind it.

    >>> _bare("and the police if a bicycle is stolen", "en"), _bare("Kela", "fi")
    ('the police', 'Kela')
    """
    lower = f" {text.lower()}"
    if joint := pattern(language, "parties", "and").match(lower):
        text = text[joint.end() - 1 :]
    if clause := pattern(language, "parties", "aside").search(text.lower(), 1):
        text = text[: clause.start()].rstrip(" ,") or text
    return text


def without_reason(words: str, language: Language) -> str:
    """
    The name of a party without what it is there for: *Stripe — payments (cards)*, *Stripe: payments*.

    >>> without_reason("Parcel Post — delivery of plants", "en")
    'Parcel Post'
    >>> without_reason("Talousapu Neula Oy: kirjanpito ja laskutus", "fi")
    'Talousapu Neula Oy'
    >>> without_reason("Accounts – Saldo Oy", "en"), without_reason("Payment: Klarna, Quick Card", "en")
    ('Accounts – Saldo Oy', 'Payment: Klarna, Quick Card')
    """
    found = _WHY.match(words)
    if found is None:
        return words
    name = found["name"].rstrip(" —–-:")
    most = _MOST_OF_FIRM if any(firms_in(name)) else _MOST_OF_NAME
    if len(name.split()) > most or _names_parties(name, found["why"], language):
        return words
    return name


def first_named(words: str, language: Language) -> str:
    """
    The party at the beginning of an item, with or without a comma before what it is there for.

    >>> first_named("Stripe, payments with cards", "en"), first_named("Stripe, the accountant", "en")
    ('Stripe', 'Stripe, the accountant')
    """
    named = [firm.end for firm in firms_in(words) if not words[: firm.start].strip(" –-•")]
    named += [end for _, start, end in services_in(words) if not words[:start].strip(" –-•")]
    for end in sorted(named, reverse=True):
        behind = _AND_WHY.match(words, end)
        kinds = patterns(language, "recipients").values()
        if behind and not any(kind.search(words.lower(), behind.end()) for kind in kinds):
            return words[:end]
    return without_reason(words, language)


def _names_parties(label: str, said: str, language: Language) -> bool:
    """Whether it is what stands behind a label that names parties, and the label their kind or purpose."""
    if services_in(label) or any(firms_in(label)):
        return False  # "Talousapu Neula Oy: kirjanpito"
    called = label.strip(" —–-:").split()
    if len(called) > 1 and all(word[0].isupper() for word in called) and said[:1].islower():
        return False  # "Ropo Capital – laskujen lähettäminen ja perintä"
    if any(firms_in(said)) or services_in(said):
        return True
    kinds = patterns(language, "recipients").values()
    kind = any(kind.search(label.lower()) for kind in kinds)
    if not kind and any(kind.search(said.lower()) for kind in kinds):
        return True
    items = [said[a:b].split() for a, b in pieces(said)]
    if kind and len(called) == 1 and len(items) > 1 and len(items[0]) <= _MOST_OF_NAME:
        # "Suppliers: IT support, accountants and others": the label is the kind of those listed.
        return any(each.search(" ".join(items[0]).lower()) for each in kinds)
    return all(
        len(item) <= _MOST_OF_NAME and all(word[0].isupper() for word in item) for item in items
    )


def _in_brackets(words: str, start: int, end: int, language: Language, lexicon: str) -> list[Named]:
    """The parties that brackets name behind a word for their kind."""
    bracket = re.compile(r"\(([^()]*)\)").search(words, start, end)
    if bracket is None:
        return []
    called = words[start : bracket.start()]
    if pattern(language, "parties", "means").search(called.lower().strip(" .:;-–•")):
        return []  # "by message (WhatsApp)" says how, and not from whom
    found = []
    before = words[start : bracket.start()]
    told = any(firms_in(before)) or services_in(before)  # "Fortnox (bookkeeping)" is no bookkeeper
    for key, expression in () if told else patterns(language, lexicon).items():
        for match in expression.finditer(words.lower(), bracket.start(1), bracket.end(1)):
            stop = word_end(words, match.end())
            found.append(Named(key, words[match.start() : stop], match.start(), stop))
            break
    who = _is_of_kind(called, language, lexicon)
    leads = pattern(language, "parties", "leads").match(words.lower(), bracket.start(1))
    first = leads.end() if leads else bracket.start(1)
    for match in _NAME.finditer(words, bracket.start(1), bracket.end(1)):
        fills = match.span() == (first, bracket.end(1))
        if match.end() == bracket.end(1) and not (fills and (who or leads)):
            continue  # of a longer list the last may be a place
        begins = match.start() == first or words[: match.start()].rstrip().endswith((",", "("))
        if not begins or _is_place(match[0].lower(), language):
            continue
        if all(match.start() >= one.end or match.end() <= one.start for one in found):
            found.append(Named("other", match[0], *match.span(), "structure"))
    return found


def _is_place(name: str, language: Language) -> bool:
    """Whether a name in brackets is that of a country, or of what guards a transfer to one."""
    places = any(
        pattern(language, "transfers", key).match(name) for key in ("third", "out", "within")
    )
    return places or any(one.match(name) for one in patterns(language, "safeguards").values())


def _is_of_kind(called: str, language: Language, lexicon: str) -> bool:
    """
    Whether words before a bracket only say in general what the party in it is there for.

    "AWS (Frankfurt)" and "the supplier of the system (Netherlands)" say where, "the maker of the
    site (Netroom Oy)" says who.
    """
    kinds = [key for key, one in patterns(language, lexicon).items() if one.search(called.lower())]
    if kinds:
        return set(kinds) <= set(_SAYS_LITTLE)
    said = called.split()
    generic = pattern(language, "parties", "a_party").search(called.lower().strip())
    return generic is not None or (len(said) > 1 and said[-1][0].islower())


def joined(words: str, start: int, end: int, language: Language) -> list[tuple[int, int]]:
    """The parts of an item that "and" joins, unless a hyphen says that they share a word."""
    found = []
    begin = start
    names = list(pattern(language, "parties", "one_name").finditer(words, start, end))
    for match in pattern(language, "parties", "and").finditer(words, start, end):
        if words[: match.start()].rstrip().endswith("-") or words[match.end() :].startswith("-"):
            continue
        if any(name.start() < match.start() < name.end() for name in names):
            continue  # "the Tax and Customs Board" is one
        if _depth(words[start : match.start()]):
            continue
        found.append((begin, match.start()))
        begin = match.end()
    return [(a, b) for a, b in [*found, (begin, end)] if words[a:b].strip()]


def _depth(words: str) -> int:
    return words.count("(") - words.count(")")


def is_verbless(words: str, language: Language) -> bool:
    """Whether a passage is a list of names rather than a sentence."""
    # "Or the site on which it was left": what a clause tells of an item makes no sentence of the list.
    aside = pattern(language, "parties", "aside")
    if words.rstrip().endswith(".") and "," not in words:
        # A sentence of one clause, or a party and what tells which: "bodies that require reports."
        which = pattern(language, "parties", "any_kind").match(words) and aside.search(words)
        words = words[: which.start()] if which else words
        return not pattern(language, "parties", "verb").search(words)
    told = re.split(r"([,;.])", words)
    bare = "".join(words if words in ",;." else aside.split(words, maxsplit=1)[0] for words in told)
    return not pattern(language, "parties", "verb").search(bare)
