"""Who receives the data, in the notice's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from audit.notice.extract.acting import acting, provider
from audit.notice.extract.firms import Firm, firms_in
from audit.notice.extract.named import (
    OF_OTHERS,
    Named,
    Party,
    all_pieces,
    is_form_of,
    is_verbless,
    joined,
    word_end,
)
from audit.notice.extract.pieces import pieces
from audit.notice.extract.runs import ANY, run_of_names, without_any
from audit.notice.extract.services import services_in, used_in
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, entries, pattern, patterns
from audit.notice.model import Certainty, Recipient
from audit.notice.passages import Passage
from audit.notice.topics import topics_of

__all__ = ["recipients"]

_PARTS_OF_SERVICES = frozenset(("Google Analytics Demographics",))
_MANY_OF_A_KIND = frozenset(
    ("other", "it_provider", "authority", "post", "trade", "health_care", "association", "property",
     "school", "payment", "rescue", "subcontractor", "booking", "printing")
)  # fmt: skip
"""Keys under which several parties can stand beside one another."""
_OTHER_NAME = re.compile(r"[A-Z]\w+ \($")
"""Before a name in brackets: the name by which the same service goes as well."""
_GENERIC = frozenset((ANY, "subcontractor", "partner", "trade"))
_ALSO_SOURCES = frozenset(("update_service", "partner"))
_OURS = ("controller", "contact", "title", "register_name", "dpo")
_MOST_NAME_WORDS = 5
_TO = frozenset(("recipients", "disclosures"))
_LEAST_OF_FIRM = 5  # letters of the name of a firm
_WORD = re.compile(r"\w+")
_FORM = re.compile(
    r",? (?:inc|llc|ltd|limited|gmbh|pbc|corp|oyj?|ab)\.?$|\.(?:com|net|org|io|fi|se|eu)$"
)
"""What stands behind a firm's name: "Netlify, Inc." or "netlify.com" beside "Netlify" is no other party."""
_STEM = 4  # letters in which two words for one party begin alike
_PLAIN = frozenset(("name", "date_of_birth", "email", "phone", "postal_address", "gender"))
"""What no party is called: "Family Name, Date of Birth"."""
_BEFORE = 2  # words before a head that can belong to it


def recipients(passages: Sequence[Passage], language: Language) -> list[Party]:
    """Parties that receive or process the data, each once a register."""
    found: dict[tuple[str, str, int | None], Party] = {}
    texts: dict[str, list[tuple[str, int | None]]] = {}  # by each of their words
    titled = [p.title.lower() for p in passages[:1]]  # "Team Koe Ab: behandling av personuppgifter"
    ours = " ".join([*titled, *(p.lower for p in passages if p.about(*_OURS))])
    item = -1  # the block of an item of which a sentence has been read
    for passage in passages:
        own = passage.about("recipients", "disclosures") or _is_led_in(passage, language)
        # "Molnhem — servers. EU region (Ireland).": an item begins with who it is of.
        own &= passage.block != item
        ended = passage.kind == "item" and passage.words.rstrip().endswith(".")
        item = passage.block if ended else -1
        words = passage.lower
        kinds = {(key, register) for key, _, register in found}
        if OF_OTHERS.intersection(passage.topics) and not own:
            continue
        for named in _each_once(_recipients_in(passage, words, language, own=own), words, language):
            if (named.how == "name" or any(firms_in(named.text))) and _is_ours(
                named.text, ours, words, language
            ):
                continue
            if _is_no_name(named, ours, language):
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
            text = named.text.lower()
            if named.key not in _MANY_OF_A_KIND and (named.key, passage.register) in kinds:
                continue  # the accountant of an earlier sentence, in other words
            if _is_told(_FORM.sub("", text), passage.register, texts) or any(
                of in (None, passage.register) and is_form_of(text, told)
                for each in texts.values()
                for told, of in each
            ):
                continue  # "Google" beside "Google Analytics" is no other party
            for word in set(_WORD.findall(text)):
                texts.setdefault(word, []).append((text, passage.register))
            found.setdefault((named.key, text, passage.register), Party(value, passage.register))
    return without_any(list(found.values()))


def _is_led_in(passage: Passage, language: Language) -> bool:
    """Whether an item stands in a list that is led in by to whom data is given, whatever its heading."""
    return (
        passage.kind == "item"
        and pattern(language, "disclosing", "leads_in").search(passage.lead) is not None
        and pattern(language, "disclosing", "denies").search(passage.lead) is None
    )


def _is_no_name(named: Named, ours: str, language: Language) -> bool:
    """Whether what stands where parties do is a clause, a part of an address, or the controller."""
    text = named.text.lower()
    if named.key == "other" and pattern(language, "parties", "no_name").match(text):
        return True
    if named.how not in ("grammar", "structure"):
        return False
    if _is_data(text, language, plain=text != named.text):
        return True  # "we share what is needed, usually name and gender"
    is_address = re.search(r"^\d+ |\d{3}", text) is not None
    of_firm = any(firms_in(named.text)) or all(word[0].isupper() for word in named.text.split())
    return is_address or (len(text) >= _LEAST_OF_FIRM and of_firm and text in ours)


def _is_data(text: str, language: Language, *, plain: bool = False) -> bool:
    """Whether words name a category of data, and but an adverb beside it; with capitals, a ``plain`` one."""
    named = keys_of(text, language)
    if plain and not {hit.key for hit in named} <= _PLAIN:
        return False  # "Facebook" is a party as well
    rest = re.sub(r"\W", "", text[: named[0].start] + text[named[-1].end :]) if named else text
    return bool(named) and (not rest or text.split(maxsplit=1)[0].endswith("ly"))


def _is_told(
    name: str, register: int | None, texts: Mapping[str, Sequence[tuple[str, int | None]]]
) -> bool:
    """Whether a name stands in that of a party which was named before, for this register or for all."""
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    first = next(iter(_WORD.findall(name)), "")
    return any(of in (None, register) and whole.search(text) for text, of in texts.get(first, ()))


def _each_once(named: Iterable[Named], words: str, language: Language) -> list[Named]:
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
        and not any(_is_named_by(one, other, words, language) for other in found)
    ]


def _is_named_by(one: Named, other: Named, words: str, language: Language) -> bool:
    """Whether a service right behind a word for its kind says who is meant: "payment service Klarna"."""
    between = words[one.end : other.start]
    if one is not other and between == " (" and words[other.end : other.end + 1] == ")":
        return any(firms_in(other.text))  # "the supplier of the system (Netroom Oy)"
    if one is other or other.key != other.text.lower().replace(" ", "_"):
        return False
    return between == " " or bool(pattern(language, "parties", "such_as").fullmatch(between))


def _is_ours(name: str, ours: str, words: str, language: Language) -> bool:
    """Whether a firm is the controller itself, wherever it is named with its address, or as "we"."""
    said = name.lower().split()
    if "controller" in topics_of(name):
        return (
            True  # where headings have run into the text: "Controller Example Ltd, High Street 1"
        )
    return any(word in ours for word in (said[0], *said[-2:-1])) or bool(
        pattern(language, "identity", "controller").search(words)
    )


def _recipients_in(
    passage: Passage, words: str, language: Language, *, own: bool
) -> Iterator[Named]:
    own = own or any(_TO.intersection(topics_of(head)) for head in passage.columns)
    # "LinkedIn profile" in a list of data is no recipient; a sentence tells what is used.
    uses = pattern(language, "parties", "uses").search(words)
    listed = passage.about("contents") and (
        (passage.kind != "sentence" and not uses) or is_verbless(words, language)
    )
    to_us = pattern(language, "parties", "given_to_us").search(words)
    if own or not (listed or to_us or passage.about("sources")):
        yield from _services(passage, language)
    yield from provider(passage, language)
    if passage.kind == "row" and passage.cells and (passage.columns or own):
        named = [n for n, head in enumerate(passage.columns) if _TO.intersection(topics_of(head))]
        for number in named or ([0] if own else []):
            cell, (start, _) = passage.cell(number)
            if not services_in(cell):
                yield from all_pieces(cell, start - passage.start, language, "recipients")
        return
    if passage.kind == "item" and _says_why(passage, words, language):
        return
    on_behalf = any(
        pattern(language, "parties", key).search(words) for key in ("on_behalf", "may_give")
    ) or (pattern(language, "parties", "provides").search(words) and any(firms_in(passage.words)))
    if own and (run := run_of_names(passage, words, language)) is not None:
        yield from all_pieces(*run, language, "recipients")
        return
    if not own and pattern(language, "parties", "hosted").search(words):
        yield from _called(passage, language)
    if (own or (on_behalf and not to_us)) and not pattern(language, "parties", "no_party").search(
        words
    ):
        yield from _by_heads(passage, words, language, own=own)
    if (
        own
        and (colon := words.find(": ")) > 0
        and pattern(language, "parties", "lists").search(words, 0, colon)
        and is_verbless(words[colon:], language)
    ):
        # "These may include: Parcel Post, the insurer": what a sentence leads in is a list.
        yield from all_pieces(passage.words[colon + 2 :], colon + 2, language, "recipients")


def _says_why(passage: Passage, words: str, language: Language) -> bool:
    """Whether an item says when or what for data is given, as it does or as its list is led in."""
    occasion = pattern(language, "parties", "on_occasion").match(words)
    leads = pattern(language, "parties", "leads_purposes").search(passage.lead)
    return leads is not None or (occasion is not None and not any(firms_in(passage.words)))


def _called(passage: Passage, language: Language) -> Iterator[Named]:
    """Services that a sentence calls by their names: "sent by the service Formpost"."""
    places = {m.span("who") for one in _calls(language) for m in one.finditer(passage.words)}
    for first, end in sorted(places):
        opening, _, rest = passage.words[first:end].partition(" ")
        verb = rest and pattern(language, "parties", "verb").fullmatch(opening.lower())
        start = end - len(rest) if verb else first  # "Käytämme Formpost -palvelua"
        yield Named("other", passage.words[start:end], start, end, "name")


@cache
def _calls(language: Language) -> tuple[re.Pattern[str], ...]:
    """What calls a service by its name, in which capitals count."""
    return tuple(map(re.compile, entries(language, "parties", "calls")))


def _by_heads(passage: Passage, words: str, language: Language, *, own: bool) -> Iterator[Named]:
    """The parties of a sentence, by the nouns that name their kinds."""
    of_sources = passage.about("sources") and not own
    specific = False
    firms = [] if of_sources else list(firms_in(passage.words))
    taken: list[tuple[int, int]] = []
    for key, expression in patterns(language, "recipients").items():
        if (of_sources and key not in _ALSO_SOURCES) or (key == "service_provider" and specific):
            continue  # of a provider whose kind is named, the kind is said already
        told: set[str] = set()  # how the words begin: a bank, twice
        for match in expression.finditer(words):
            near = words[max(0, match.start() - 40) : match.start()]
            if (
                pattern(language, "parties", "denied_party").search(near)
                or pattern(language, "parties", "whose_data").match(words, match.end())
                or _is_nameless(words, match, language, generic=key in _GENERIC)
            ):
                continue
            begin = match.start()
            while begin and (words[begin - 1].isalnum() or words[begin - 1] == "-"):
                begin -= 1  # a stem inside a compound stands for the whole word
            if key not in _MANY_OF_A_KIND and match[0][:_STEM] in told:
                continue
            told.add(match[0][:_STEM])
            start = _phrase_start(words, begin, language)
            end = word_end(words, match.end())
            specific = True
            end = max([end, *(f.end for f in firms if end < f.start <= end + 1)])
            taken.append((start, end))
            yield Named(key, " ".join(passage.words[start:end].split()), start, end)
    yield from acting(passage, words, taken, language, own=own)
    yield from _called(passage, language) if own else ()
    for firm in firms:
        near = words[max(0, firm.start - 40) : firm.start]
        known = any(firm.start < b and firm.end > a for a, b in taken)
        of_firms = own or not passage.about("sources", "contents", "purpose")
        if of_firms and not known and not pattern(language, "parties", "denied_party").search(near):
            how = "grammar" if own else "name"
            yield Named(_kind_of(firm, language), firm.name, firm.start, firm.end, how)
    if own and not of_sources:
        yield from _without_form(passage, words, language, firms, taken)


def _without_form(
    passage: Passage,
    words: str,
    language: Language,
    firms: Sequence[Firm],
    taken: Sequence[tuple[int, int]],
) -> Iterator[Named]:
    """
    The parties of a closed list that have no firm's form, but a name of their own or a purpose.

    "Data is given only to the keeper of the Kennel register (chips) and the photo lab for prints".
    """
    gives = pattern(language, "disclosing", "gives").search(words)
    only = pattern(language, "disclosing", "only").search(words)
    if not gives or not only or pattern(language, "disclosing", "denies").search(words):
        return
    begin = max(word_end(words, gives.end()), only.end())
    for a, b in pieces(words[begin:]):
        for start, end in joined(words, begin + a, begin + b, language):
            bracket = words.find("(", start, end)
            last = bracket if bracket > start else end
            leads = pattern(language, "parties", "towards").match(words, start)
            first = leads.end() if leads else start
            purpose = pattern(language, "parties", "for_what").search(words, first, last)
            last = purpose.start() if purpose else last
            name = " ".join(passage.words[first:last].split()).strip(" .,;:")
            of_own = any(word[0].isupper() for word in name.split())
            fits = pattern(language, "parties", "receiving").search(name.lower())
            fits = None if pattern(language, "parties", "nobody").match(name.lower()) else fits
            most = _MOST_NAME_WORDS if of_own else _BEFORE if purpose else 0
            if not fits or len(name.split()) > most:
                continue
            known = [(firm.start, firm.end) for firm in firms] + ([] if of_own else [*taken])
            if any(first < b and last > a for a, b in known):
                continue
            kinds = patterns(language, "recipients").items()
            key = next((key for key, one in kinds if one.search(name.lower())), "other")
            yield Named(key, name, first, last, "grammar")


def _is_named_elsewhere(words: str, match: re.Match[str], language: Language) -> bool:
    """Whether a word for any provider leads in a list of them, or takes one up: "that provider"."""
    taken_up = pattern(language, "parties", "takes_up").search(words, 0, match.start())
    # "We use providers: Pilvi runs the servers, Kirje sends the mail".
    led = bool(words[: match.start()].strip()) and ": " in words[match.end() :]
    above = pattern(language, "parties", "named_above").match(words, match.end())
    return led or words.rstrip().endswith(":") or taken_up is not None or above is not None


def _is_nameless(words: str, match: re.Match[str], language: Language, *, generic: bool) -> bool:
    """
    Whether a word for a party names none of those who get data.

    Somebody may get numbers alone: "the caterer gets the number of meals without names". A word for
    any party may only lead in the list of them, or take one up.
    """
    if generic and _is_named_elsewhere(words, match, language):
        return True
    stop = words.find(",", match.end())
    clause = words[match.end() : stop if stop >= 0 else len(words)]
    return bool(pattern(language, "parties", "nameless").search(clause))


def _kind_of(firm: Firm, language: Language) -> str:
    """What a firm is by its name alone."""
    lower = firm.name.lower()
    return next(
        (k for k, e in patterns(language, "recipients").items() if e.search(lower)), "other"
    )


def _phrase_start(words: str, start: int, language: Language) -> int:
    """Where the noun phrase begins that ends in a head: with what describes it."""
    before = list(re.finditer(r"[\w-]+", words[:start]))
    begin = start
    for match in reversed(before[-_BEFORE:]):
        between = words[match.end() : begin]
        cut = words[match.start() - 1 : match.start()] == ":"  # the ending of a name: "Oy:n"
        if (
            cut
            or between.strip()
            or not pattern(language, "parties", "describes").fullmatch(match[0])
        ):
            break
        begin = match.start()
    return begin


def _services(passage: Passage, language: Language) -> Iterator[Named]:
    """Outside services by their names; a part of a service is that service."""
    for name, start, end in used_in(passage.words, language):
        other = _OTHER_NAME.search(passage.words[:start])
        if name in _PARTS_OF_SERVICES or (other and not keys_of(other[0].lower(), language)):
            continue
        yield Named(name.lower().replace(" ", "_"), name, start, end)
