"""Who receives the data and where it comes from, in the notice's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from audit.notice.extract.firms import Firm, firms_in
from audit.notice.extract.pieces import pieces
from audit.notice.lexicon import Language, load, pattern, patterns
from audit.notice.model import Certainty, Recipient, Source
from audit.notice.passages import Passage
from audit.notice.topics import topics_of

__all__ = ["Party", "recipients", "services_in", "sources"]

_RIGHTS = frozenset(
    ("rights", "right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "right_withdraw", "complaint", "other_rights",
     "controller", "contact", "dpo", "register_name", "date", "changes")
)  # fmt: skip
_PARTS_OF_SERVICES = frozenset(("Google Analytics Demographics",))
_ENDING = r"(?::?(?:i?(?:n|ssa|ssä|sta|stä|lla|llä|lle|lta|ltä)|iin|iä|ia|s))?"
"""How Finnish and Swedish inflect the name of a service."""
_LEAST_INFLECTED = 5  # letters of such a name, so that no other word is taken for it
_MOST_WORDS = 7
_MANY_OF_A_KIND = frozenset(
    ("other", "it_provider", "authority", "post", "trade", "health_care", "association", "property",
     "school", "payment", "rescue", "subcontractor", "booking", "printing")
)  # fmt: skip
"""Keys under which several parties can stand beside one another."""
_BY_THE_PERSON = frozenset(("customer_registration", "customer_report"))
_ALSO_SOURCES = frozenset(("update_service", "partner"))
_NAME = re.compile(r"(?<=[(, ])[A-ZÅÄÖ][\w&-]+(?: [A-ZÅÄÖ][\w&-]+){0,2}(?=\s*[,)])")
"""A name in brackets: "carriers (Parcel, Quick Post)"."""
_OURS = ("controller", "contact", "title", "register_name", "dpo")
_MOST_NAME_WORDS = 5
_TO = frozenset(("recipients", "disclosures"))
_BEFORE = 2  # words before a head that can belong to it


@dataclass(frozen=True, slots=True)
class Party:
    """A recipient or a source as read, and its register."""

    value: Recipient | Source
    register: int | None


@dataclass(frozen=True, slots=True)
class _Named:
    key: str
    text: str
    start: int
    end: int
    how: str = "lexicon"


def recipients(passages: Sequence[Passage], language: Language) -> list[Party]:
    """Parties that receive or process the data, each once a register."""
    found: dict[tuple[str, str, int | None], Party] = {}
    texts: list[tuple[str, str, int | None]] = []
    ours = " ".join(p.lower for p in passages if p.about(*_OURS))
    for passage in passages:
        own = passage.about("recipients", "disclosures")
        words = passage.lower
        if _RIGHTS.intersection(passage.topics) and not own:
            continue
        for named in _each_once(_recipients_in(passage, words, language, own=own)):
            if named.how == "name" and _is_ours(named.text, ours, words, language):
                continue
            role = next(
                (
                    role
                    for role, expression in patterns(language, "roles").items()
                    if expression.search(f"{named.key} {named.text.lower()}")
                ),
                "unstated",
            )
            if role == "unstated" and pattern(language, "roles", "processor").search(words):
                role = "processor"  # the sentence says it of all that it names
            value = Recipient.model_validate(
                {
                    "key": named.key,
                    "text": named.text,
                    "role": role,
                    "row": "recipients" if passage.about("recipients") else "elsewhere",
                    "found": {
                        "how": "grammar" if named.how == "name" else named.how,
                        "certainty": Certainty.CERTAIN if own else Certainty.LIKELY,
                        "span": (passage.start + named.start, passage.start + named.end),
                    },
                }
            )
            once = named.text.lower() if named.key in _MANY_OF_A_KIND else named.key
            if any(
                register in (None, passage.register)
                and re.search(rf"(?<!\w){re.escape(named.text.lower())}(?!\w)", text)
                for _, text, register in texts
            ):
                continue  # "Google" beside "Google Analytics" is no other party
            texts.append((named.key, named.text.lower(), passage.register))
            found.setdefault((named.key, once, passage.register), Party(value, passage.register))
    return list(found.values())


def _each_once(named: Iterable[_Named]) -> list[_Named]:
    """Parties without those whose words stand within, or right beside, a longer name: "Klarna Bank Ab"."""
    found = list(named)
    return [
        one
        for one in found
        if not any(
            one is not other
            and other.start <= one.start
            and one.end <= other.end
            and len(one.text) < len(other.text)
            and one.text.lower() in other.text.lower()
            and len(other.text.split()) <= _MOST_NAME_WORDS
            for other in found
        )
        and not any(_is_named_by(one, other) for other in found)
    ]


def _is_named_by(one: _Named, other: _Named) -> bool:
    """Whether a service right behind a word for its kind says who is meant: "payment service Klarna"."""
    is_service = other.key == other.text.lower().replace(" ", "_")
    return is_service and one is not other and other.start - one.end == 1


def _is_ours(name: str, ours: str, words: str, language: Language) -> bool:
    """Whether a firm is the controller itself, wherever it is named with its address, or as "we"."""
    first = name.lower().split()[0]
    return first in ours or bool(pattern(language, "identity", "controller").search(words))


def _recipients_in(
    passage: Passage, words: str, language: Language, *, own: bool
) -> Iterator[_Named]:
    # "LinkedIn profile" in a list of data is no recipient; a sentence tells what is used.
    listed = passage.about("contents") and (
        passage.kind != "sentence" or _is_verbless(words, language)
    )
    if own or not (listed or passage.about("sources")):
        yield from _services(passage)
    if passage.kind == "row" and passage.cells and (passage.columns or own):
        named = [n for n, head in enumerate(passage.columns) if _TO.intersection(topics_of(head))]
        for number in named or ([0] if own else []):
            cell, (start, _) = passage.cell(number)
            if not services_in(cell):
                yield from _all_pieces(cell, start - passage.start, language, "recipients")
        return
    on_behalf = any(
        pattern(language, "parties", key).search(words) for key in ("on_behalf", "may_give")
    ) or (pattern(language, "parties", "provides").search(words) and any(firms_in(passage.words)))
    if own and _is_verbless(words, language):
        yield from _all_pieces(passage.words, 0, language, "recipients")
        return
    if (own or on_behalf) and not pattern(language, "parties", "no_party").search(words):
        yield from _by_heads(passage, words, language, own=own)


def _by_heads(passage: Passage, words: str, language: Language, *, own: bool) -> Iterator[_Named]:
    """The parties of a sentence, by the nouns that name their kinds."""
    of_sources = passage.about("sources") and not own
    specific = False
    firms = [] if of_sources else list(firms_in(passage.words))
    taken: list[tuple[int, int]] = []
    for key, expression in patterns(language, "recipients").items():
        if (of_sources and key not in _ALSO_SOURCES) or (key == "service_provider" and specific):
            continue  # of a provider whose kind is named, the kind is said already
        for match in expression.finditer(words):
            near = words[max(0, match.start() - 40) : match.start()]
            if pattern(language, "parties", "denied_party").search(near) or _is_nameless(
                words, match, language
            ):
                continue
            begin = match.start()
            while begin and (words[begin - 1].isalnum() or words[begin - 1] == "-"):
                begin -= 1  # a stem inside a compound stands for the whole word
            start = _phrase_start(words, begin, language)
            end = _word_end(words, match.end())
            specific = True
            end = max([end, *(f.end for f in firms if end < f.start <= end + 1)])
            taken.append((start, end))
            yield _Named(key, " ".join(passage.words[start:end].split()), start, end)
            if key not in _MANY_OF_A_KIND:
                break
    yield from _acting(passage, words, taken, language) if own else ()
    for firm in firms:
        near = words[max(0, firm.start - 40) : firm.start]
        known = any(firm.start < b and firm.end > a for a, b in taken)
        told = own or not passage.about("sources", "contents", "purpose")
        if told and not known and not pattern(language, "parties", "denied_party").search(near):
            how = "grammar" if own else "name"
            yield _Named(_kind_of(firm, language), firm.name, firm.start, firm.end, how)
    if own and not of_sources:
        yield from _without_form(passage, words, language, firms)


def _without_form(
    passage: Passage, words: str, language: Language, firms: Sequence[Firm]
) -> Iterator[_Named]:
    """
    The parties of a closed list that have a name of their own and no firm's form.

    "Data is given only to the keeper of the Kennel register (chips) and Laboratory Oy (samples)".
    """
    gives = pattern(language, "disclosing", "gives").search(words)
    only = pattern(language, "disclosing", "only").search(words)
    if not gives or not only or pattern(language, "disclosing", "denies").search(words):
        return
    begin = max(gives.end(), only.end())
    for a, b in pieces(words[begin:]):
        for start, end in _joined(words, begin + a, begin + b, language):
            bracket = words.find("(", start, end)
            last = bracket if bracket > start else end
            leads = pattern(language, "parties", "towards").match(words, start)
            first = leads.end() if leads else start
            purpose = pattern(language, "parties", "for_what").search(words, first, last)
            last = purpose.start() if purpose else last
            name = " ".join(passage.words[first:last].split()).strip(" .,;:")
            of_own = any(word[0].isupper() for word in name.split())
            fits = pattern(language, "parties", "receiving").search(name.lower())
            if not of_own or not fits or len(name.split()) > _MOST_NAME_WORDS:
                continue
            if any(first < firm.end and last > firm.start for firm in firms):
                continue
            kinds = patterns(language, "recipients").items()
            key = next((key for key, one in kinds if one.search(name.lower())), "other")
            yield _Named(key, name, first, last, "grammar")


def _is_nameless(words: str, match: re.Match[str], language: Language) -> bool:
    """Whether somebody gets numbers alone: "the caterer gets the number of meals without names"."""
    stop = words.find(",", match.end())
    clause = words[match.end() : stop if stop >= 0 else len(words)]
    return bool(pattern(language, "parties", "nameless").search(clause))


def _acting(
    passage: Passage, words: str, taken: Sequence[tuple[int, int]], language: Language
) -> Iterator[_Named]:
    """Whoever a sentence on recipients begins with, and says that they see or get the data."""
    match = pattern(language, "parties", "acting").match(words)
    if match is None or pattern(language, "parties", "nameless").search(words):
        return
    begin, end = match.span("who")
    for start, stop in _joined(words, begin, end, language):
        named = words[start:stop].strip()
        known = any(start < b and stop > a for a, b in taken)
        if not known and not pattern(language, "parties", "nobody_acts").match(named):
            text = re.sub(
                r"^(?:the|our|an?) ", "", passage.words[start:stop].strip(), flags=re.IGNORECASE
            )
            yield _Named("other", text, start, stop, "grammar")


def _kind_of(firm: Firm, language: Language) -> str:
    """What a firm is by its name alone."""
    lower = firm.name.lower()
    return next(
        (k for k, e in patterns(language, "recipients").items() if e.search(lower)), "other"
    )


def _word_end(words: str, end: int) -> int:
    while end < len(words) and (words[end].isalnum() or words[end] in "-_"):
        end += 1
    return end


def _phrase_start(words: str, start: int, language: Language) -> int:
    """Where the noun phrase begins that ends in a head: with what describes it."""
    before = list(re.finditer(r"[\w-]+", words[:start]))
    begin = start
    for match in reversed(before[-_BEFORE:]):
        between = words[match.end() : begin]
        if between.strip() or not pattern(language, "parties", "describes").fullmatch(match[0]):
            break
        begin = match.start()
    return begin


def _all_pieces(words: str, offset: int, language: Language, lexicon: str) -> Iterator[_Named]:
    """Every item of a run without a verb."""
    lower = words.lower() if len(words.lower()) == len(words) else words
    for a, b in pieces(lower):
        for start, end in _joined(lower, a, b, language):
            inner = _in_brackets(words, start, end, language, lexicon)
            yield from (replace(n, start=offset + n.start, end=offset + n.end) for n in inner)
            text = " ".join(words[start:end].split()).strip(" .:;-–•")
            text = re.sub(r"\s*\(.*?\)?$", "", text) or text
            if leads := pattern(language, "parties", "leads").match(text.lower()):
                text = text[leads.end() :]  # "on request the police"
            if not text or len(text.split()) > _MOST_WORDS:
                continue
            if pattern(language, "parties", "nobody").match(text.lower()):
                continue
            if pattern(language, "parties", "means").search(text.lower()):
                continue  # "by telephone" says how, and not from whom
            piece = lower[start:end]
            key = next(
                (k for k, expr in patterns(language, lexicon).items() if expr.search(piece)),
                "other",
            )
            if inner and key in ("other", "partner"):
                continue  # what stands in the brackets says who is meant
            how = "lexicon" if key != "other" else "structure"
            yield _Named(key, text, offset + start, offset + end, how)


def _in_brackets(
    words: str, start: int, end: int, language: Language, lexicon: str
) -> list[_Named]:
    """The parties that brackets name behind a word for their kind."""
    bracket = re.compile(r"\(([^()]*)\)").search(words, start, end)
    if bracket is None:
        return []
    found = []
    for key, expression in patterns(language, lexicon).items():
        for match in expression.finditer(words.lower(), bracket.start(1), bracket.end(1)):
            stop = _word_end(words, match.end())
            found.append(_Named(key, words[match.start() : stop], match.start(), stop))
            break
    for match in _NAME.finditer(words, bracket.start(1), bracket.end(1)):
        if all(match.start() >= one.end or match.end() <= one.start for one in found):
            found.append(_Named("other", match[0], *match.span(), "structure"))
    return found


def _joined(words: str, start: int, end: int, language: Language) -> list[tuple[int, int]]:
    """The parts of an item that "and" joins, unless a hyphen says that they share a word."""
    found = []
    begin = start
    for match in pattern(language, "parties", "and").finditer(words, start, end):
        if words[: match.start()].rstrip().endswith("-") or words[match.end() :].startswith("-"):
            continue
        if _depth(words[start : match.start()]):
            continue
        found.append((begin, match.start()))
        begin = match.end()
    return [(a, b) for a, b in [*found, (begin, end)] if words[a:b].strip()]


def _depth(words: str) -> int:
    return words.count("(") - words.count(")")


def _is_verbless(words: str, language: Language) -> bool:
    """Whether a passage is a list of names rather than a sentence."""
    return not pattern(language, "parties", "verb").search(words)


def _services(passage: Passage) -> Iterator[_Named]:
    """Outside services by their names; a part of a service is that service."""
    for name, start, end in services_in(passage.words):
        if name in _PARTS_OF_SERVICES:
            continue
        yield _Named(name.lower().replace(" ", "_"), name, start, end)


def services_in(words: str) -> list[tuple[str, int, int]]:
    """The services of the vocabulary that some words name, the longer name first, each once."""
    found: list[tuple[str, int, int]] = []
    taken: list[tuple[int, int]] = []
    lower = words.lower()
    for name in _services_by_length():
        if name.lower() not in lower:
            continue
        inflected = _ENDING if len(name) >= _LEAST_INFLECTED else ""
        expression = (
            rf"(?<![\w@.]){re.escape(name)}{inflected}(?![\w@]|-til|-konto| account|[- ]profi)"
        )
        places = [
            match.span()
            for match in re.finditer(expression, words, re.IGNORECASE)
            if all(match.end() <= a or match.start() >= b for a, b in taken)
        ]
        taken += places
        found += [(name, *place) for place in places[:1]]
    return found


@cache
def _services_by_length() -> list[str]:
    names: list[str] = load("any", "services")["names"]
    return sorted(names, key=len, reverse=True)


def sources(passages: Sequence[Passage], language: Language) -> list[Party]:
    """Where the data comes from, each source once a register."""
    found: dict[tuple[str, int | None], Party] = {}
    for passage in passages:
        own = passage.about("sources")
        words = passage.lower
        if not own and not _speaks_of_sources(passage, words, language):
            continue
        if own and set(passage.topics) & {"contents", "purpose"} and passage.kind == "item":
            continue
        for named in _sources_in(passage, words, language):
            value = Source.model_validate(
                {
                    "key": named.key,
                    "text": named.text,
                    "limited_to": _limits(words, named, language),
                    "found": {
                        "how": "grammar" if named.how == "name" else named.how,
                        "certainty": Certainty.CERTAIN if own else Certainty.LIKELY,
                        "span": (passage.start + named.start, passage.start + named.end),
                    },
                }
            )
            once = named.text.lower()[:12] if named.key == "other" else named.key
            found.setdefault((once, passage.register), Party(value, passage.register))
    return list(found.values())


def _limits(words: str, named: _Named, language: Language) -> tuple[str, ...]:
    """The categories that alone may come from a source, where the sentence says so."""
    if pattern(language, "parties", "contact_updates").search(words[: named.start]):
        return ("name", "email", "postal_address", "phone")
    return ()


def _speaks_of_sources(passage: Passage, words: str, language: Language) -> bool:
    if _RIGHTS.intersection(passage.topics):
        return False
    return bool(pattern(language, "parties", "obtained").search(words))


def _sources_in(passage: Passage, words: str, language: Language) -> Iterator[_Named]:
    if pattern(language, "parties", "no_source").search(words):
        return
    if passage.about("sources") and _is_verbless(words, language):
        yield from _all_pieces(passage.words, 0, language, "sources")
        return
    keys = {k for k, e in patterns(language, "sources").items() if e.search(words)}
    for key, expression in patterns(language, "sources").items():
        match = expression.search(words)
        if match and not (key == "data_subject" and keys & _BY_THE_PERSON):
            end = _word_end(words, match.end())
            yield _Named(
                key, " ".join(passage.words[match.start() : end].split()), match.start(), end
            )
    taken = [m.span() for e in patterns(language, "sources").values() for m in e.finditer(words)]
    for firm in firms_in(passage.words) if passage.about("sources") else ():
        if not any(firm.start < b and firm.end > a for a, b in taken):
            taken.append((firm.start, firm.end))
            yield _Named("other", firm.name, firm.start, firm.end, "grammar")
    for match in pattern(language, "parties", "from_whom").finditer(words):
        place = match.span("who")
        if any(place[0] < b and place[1] > a for a, b in taken):
            continue
        if pattern(language, "parties", "not_a_source").search(match["who"]):
            continue
        yield _Named("other", " ".join(passage.words[slice(*place)].split()), *place, "grammar")
