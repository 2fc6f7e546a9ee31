"""Where the data comes from, in the notice's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.notice.document import Place
from audit.notice.extract.firms import firms_in
from audit.notice.extract.named import OF_OTHERS, Named, Party, all_pieces, is_verbless, word_end
from audit.notice.extract.pieces import pieces, single
from audit.notice.extract.services import used_in
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, pattern, patterns
from audit.notice.model import Certainty, Source
from audit.notice.passages import Passage
from audit.notice.topics import topics_of

__all__ = ["sources"]

_SAME = 18  # letters in which forms of one source begin alike
_TWO = 2  # columns of a table that only pairs what it tells
_MOST_OF_KIND = 3  # words of a kind of party
_LONG = 60  # characters of a sentence
_BY_THE_PERSON = frozenset(("customer_registration", "customer_report"))


def sources(passages: Sequence[Passage], language: Language) -> list[Party]:
    """Where the data comes from, each source once a register."""
    found: dict[tuple[str, int | None], Party] = {}
    for passage in passages:
        own = passage.about("sources") or any("sources" in topics_of(h) for h in passage.columns)
        words = passage.lower
        told = _speaks_of_sources(passage, words, language)
        if not (own or told):
            continue
        listed = set(passage.topics) & {"contents", "purpose"} and passage.kind == "item"
        if own and listed and not told:
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
            once = named.text.lower()[:_SAME] if named.key == "other" else named.key
            found.setdefault((once, passage.register), Party(value, passage.register))
    return list(found.values())


def _limits(words: str, named: Named, language: Language) -> tuple[str, ...]:
    """The categories that alone may come from a source, where the sentence says so."""
    if pattern(language, "parties", "contact_updates").search(words[: named.start]):
        return ("name", "email", "postal_address", "phone")
    bracket = _BRACKET.match(words, named.end)
    if bracket is None:
        return ()
    told = [hit.key for hit in keys_of(bracket["what"], language)]
    return tuple(dict.fromkeys(told)) if told else ()


# "From the population register (addresses)".
_BRACKET = re.compile(r"\s*\((?P<what>[^()]{3,80})\)")


def _speaks_of_sources(passage: Passage, words: str, language: Language) -> bool:
    if OF_OTHERS.intersection(passage.topics):
        return False
    return any(pattern(language, "parties", key).search(words) for key in ("obtained", "fronted"))


def _sources_in(passage: Passage, words: str, language: Language) -> Iterator[Named]:
    lists_data = pattern(language, "holding", "leads_in").search(passage.lead.lower())
    if lists_data or pattern(language, "parties", "no_source").search(words):
        return
    told = [n for n, head in enumerate(passage.columns) if "sources" in topics_of(head)]
    if told or (passage.columns and len(passage.cells) > _TWO):
        for number in told:  # what other columns hold is no source
            cell, (start, _) = passage.cell(number)
            yield from all_pieces(cell, start - passage.start, language, "sources")
        return
    occasions = pattern(language, "parties", "occasions").search(passage.lead)
    if occasions and not passage.about("contents"):
        return  # "from you, when:" leads in when, and not from whom
    begins = pattern(language, "parties", "occasion_begins").match(words)
    if passage.kind == "item" and begins and passage.about("sources"):
        # "When you fill in a form" says when, and at most that it is from whoever fills it in.
        person = pattern(language, "sources", "data_subject").search(words)
        if person is not None:
            yield Named("data_subject", passage.words[slice(*person.span())], *person.span())
        return
    listed = is_verbless(words, language) and not _says_from_whom(words, language)
    if passage.about("sources") and listed and not passage.about("contents"):
        yield from all_pieces(passage.words, 0, language, "sources")
        return
    yield from _in_a_sentence(passage, words, language)


def _tells_itself(passage: Passage, words: str, language: Language) -> bool:
    """
    Whether a sentence says that people tell what is held, and not from whom it is got.

    "You tell us of the work": what else it speaks of is no source.
    """
    person = patterns(language, "sources")["data_subject"].search(words)
    if person is None or passage.about("sources"):
        return False
    return not pattern(language, "parties", "from_whom").search(person[0])


def _says_from_whom(words: str, language: Language) -> bool:
    """Whether a sentence says in its own words that data is got: "contacts can be collected from ..."."""
    return len(words) > _LONG and bool(pattern(language, "parties", "obtained").search(words))


def _in_a_sentence(passage: Passage, words: str, language: Language) -> Iterator[Named]:
    """The sources of a sentence: by the words for their kinds, by firms, and by "from" whom."""
    keys = {k for k, e in patterns(language, "sources").items() if e.search(words)}
    for key, expression in patterns(language, "sources").items():
        match = expression.search(words)
        channel = key == "website" and not passage.about("sources")  # "sent through this website"
        if match and not channel and not (key == "data_subject" and keys & _BY_THE_PERSON):
            end = word_end(words, match.end())
            yield Named(
                key, " ".join(passage.words[match.start() : end].split()), match.start(), end
            )
    taken = [m.span() for e in patterns(language, "sources").values() for m in e.finditer(words)]
    for name in _names_in(passage, language) if passage.about("sources") else ():
        if not any(name.start < b and name.end > a for a, b in taken):
            taken.append((name.start, name.end))
            yield name
    fronted = pattern(language, "parties", "fronted").search(words)
    if _tells_itself(passage, words, language) or (fronted and not passage.about("sources")):
        return
    denied = (
        None if passage.about("sources") else pattern(language, "holding", "not_held").search(words)
    )
    for match in pattern(language, "parties", "from_whom").finditer(words):
        place = _with_name(passage.words, match.span("who"))
        if denied and denied.end() <= place[0]:
            continue  # "tietoja ei kerätä uskonnosta": of what nothing is collected is no source
        if any(place[0] < b and place[1] > a for a, b in taken):
            continue
        if pattern(language, "parties", "not_a_source").search(match["who"]):
            continue
        yield Named("other", " ".join(passage.words[slice(*place)].split()), *place, "grammar")
    yield from _for_example(passage, words, taken, language)


def _names_in(passage: Passage, language: Language) -> Iterator[Named]:
    """Firms, and services by their names: "through the service Parcelform"."""
    for firm in firms_in(passage.words):
        yield Named("other", firm.name, firm.start, firm.end, "grammar")
    for name, start, end in used_in(passage.words, language):
        yield Named("other", name, start, end, "name")


def _with_name(words: str, place: Place) -> Place:
    """A noun in small letters with the name right behind it: "bolaget Kreditkollen"."""
    behind = _OWN_NAME.match(words, place[1])
    return (place[0], behind.end()) if behind and words[place[0]].islower() else place


def _for_example(
    passage: Passage, words: str, taken: Sequence[Place], language: Language
) -> Iterator[Named]:
    """The names that a sentence gives as examples: "by sites like Giftwell or Parish Fund"."""
    given = pattern(language, "parties", "examples").search(words)
    if given and _tells_how(words, given.start(), language):
        return
    if given and passage.about("sources"):
        yield from _kinds_of(passage, words, given.end(), language)
    listed = keys_of(words, language)
    for name in _NAMES.finditer(passage.words, given.end()) if given else ():
        if any(hit.start <= name.start() and hit.end > name.end() for hit in listed):
            continue  # "such as IP address"
        if not any(name.start() < b and name.end() > a for a, b in taken):
            yield Named("other", name[0], *name.span(), "grammar")


def _tells_how(words: str, begin: int, language: Language) -> bool:
    """
    Whether examples stand right behind the person: they tell how, and not from whom else.

    "From the customer, e.g. by e-mail, in meetings and through social media services".
    """
    people = list(patterns(language, "sources")["data_subject"].finditer(words, 0, begin))
    return bool(people) and _BARE.fullmatch(words, people[-1].end(), begin) is not None


_BARE = re.compile(r"[\w’']*[\s,:(–-]*(?:\w+[\s,:(]*)?")


def _kinds_of(passage: Passage, words: str, begin: int, language: Language) -> Iterator[Named]:
    """The kinds of parties that a sentence lists as examples: "such as search engines and carriers"."""
    stop = words.find(".", begin)
    run = words[begin : stop if stop > 0 else len(words)]
    parts = [
        part
        for a, b in pieces(run)
        for part in single(words, begin + a, begin + b, language)
        if words[part[0]].isalpha() and passage.words[part[0]].islower()
    ]
    heads = pattern(language, "parties", "heads")
    if sum(bool(keys_of(words[a:b], language)) for a, b in parts) * 2 > len(parts):
        return  # "technical data such as IP address and browser type" lists what, and no parties
    if len(parts) < _TWO or not any(heads.search(words, *part) for part in parts):
        return
    for a, b in parts:
        if len(words[a:b].split()) <= _MOST_OF_KIND:
            yield Named("other", " ".join(passage.words[a:b].split()), a, b, "grammar")


_OWN_NAME = re.compile(r"(?: [A-ZÅÄÖ][\w&-]+)+")
_NAMES = re.compile(r"[A-ZÅÄÖ][\w&-]+(?: (?:(?:of|and|för|och) )?[A-ZÅÄÖ][\w&-]+)*")
"""A name of its own within a sentence."""
