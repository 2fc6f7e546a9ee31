"""The categories of data that a notice says are held: in its contents, and wherever else it says so."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from audit.categories import Group, categories
from audit.notice.extract.about import subscribed_in
from audit.notice.extract.hits import Hit, found_at
from audit.notice.extract.periods import periods
from audit.notice.extract.terms import books, collective, keys_of, of_people, without_purposes
from audit.notice.extract.unnamed import unnamed
from audit.notice.lexicon import Language, pattern
from audit.notice.model import Certainty, DataCategory, Exhaustive, Found
from audit.notice.passages import Passage

__all__ = ["closed", "data_categories", "listed_categories"]

_ELSEWHERE = frozenset(
    ("rights", "right_access", "right_portability", "right_rectification", "right_erasure",
     "right_restriction", "right_objection", "right_withdraw", "complaint", "other_rights",
     "protection", "transfers", "controller", "contact", "dpo", "changes", "date", "register_name",
     "automated", "requirement", "recipients", "disclosures", "legal_basis")
)  # fmt: skip
_FROM_SOURCES = frozenset(
    ("ip_address", "cookies_usage", "device_browser", "credit", "photo_video", "location")
)
_SUBJECT = 15  # characters from the start of a sentence within which its subject stands
_MANY_COMMAS = 2
_LEADS_IN_ELSE = ("of_groups", "used_for")
"""What leads in people, or uses: "We hold data on the following people:", "We use it to:"."""
_MANY_LISTED = 3


def data_categories(passages: Sequence[Passage], language: Language) -> list[DataCategory]:
    """Every category that the notice declares, each with the words that declare it."""
    found = listed_categories(passages, language)
    listed = {item.key for item in found}
    found += _of_rules(passages, language, listed)
    for passage in passages:
        if not _contents(passage, language):
            found += [item for item in _mentioned(passage, language) if item.key not in listed]
    found += _of_holds(passages, language)
    # "No data on health; medical statements go to the authority": the one word settles the other.
    denied = [item for item in found if _is_denied(item, passages, language)]
    stated = {item.key for item in found if item.listed and item not in denied}
    dropped = {item.key for item in denied} - stated
    return _once([item for item in found if item not in denied and item.key not in dropped])


def _is_denied(item: DataCategory, passages: Sequence[Passage], language: Language) -> bool:
    """Whether a grave category stands only where it is denied: "no data on health is held"."""
    from audit.notice.extract.others import denied

    known = categories().get(item.key)
    if known is None or known.group not in _GRAVE or item.found is None:
        return False
    start, end = item.found.span
    own = next((p for p in passages if p.start <= start < p.end), None)
    if own is None:
        return False
    before = own.lower[: start - own.start]
    return denied(own.lower, start - own.start, end - own.start, language) and not _BUT.search(
        before
    )


_GRAVE = (Group.SPECIAL, Group.CRIME_AND_CREDIT, Group.IDENTITY_CODE)
_BUT = re.compile(
    r"\b(?:joilla|jolla|som inte har|who (?:do|does) not have|muita|muuta|andra|annat|other|else|kuin|än|than|utom|paitsi|only|vain)\b"
)


def listed_categories(passages: Sequence[Passage], language: Language) -> list[DataCategory]:
    """What the contents of the notice list, as often as they list it."""
    return [
        item
        for passage in passages
        for start, end in _contents(passage, language)
        for item in (*_of_whom(passage, language), *_listed(passage, start, end, language))
    ]


def _of_whom(passage: Passage, language: Language) -> Iterator[DataCategory]:
    """Relatives, where the heading of a list says that it is of them: "guardians of minors"."""
    named = keys_of(passage.title.lower(), language)
    if passage.kind == "row" or all(hit.key != "family" for hit in named):
        return
    place = (passage.start, passage.end)
    found = Found(how="heading", certainty=Certainty.LIKELY, span=place)
    yield DataCategory(key="family", text=passage.title, found=found)


def _of_holds(passages: Sequence[Passage], language: Language) -> list[DataCategory]:
    """What a hold on open invoices tells: invoices are held."""
    from audit.notice.extract.others import holds

    return [
        DataCategory(key="invoicing", text=hold.text, listed=False, found=hold.found)
        for hold in holds(passages, language)
        if hold.key == "open_invoice"
    ]


def _of_rules(
    passages: Sequence[Passage], language: Language, listed: set[str]
) -> list[DataCategory]:
    """Categories that only a rule on retention names: what is kept is held."""
    from audit.notice.extract.retention import retention_rules

    found = []
    for rule in retention_rules(passages, language):
        of_all = rule.value.applies_to == "all"
        about = books(rule.about, language) if of_all else tuple(rule.value.applies_to)
        if not about:
            continue
        group = collective(rule.about, language, named=True)
        if listed.intersection(group):
            continue  # what the records stand for is listed already
        if listed.intersection(about) and group:
            continue  # "accounting records on membership fees" are of what is listed
        found += [
            DataCategory(
                key=key,
                text=rule.value.text,
                listed=False,
                found=Found(how="context", certainty=Certainty.LIKELY, span=(rule.start, rule.end)),
            )
            for key in dict.fromkeys((*about, *subscribed_in(rule.value, language)))
            if key not in listed and not _is_mailbox(key, listed)
        ]
    return found


def _is_mailbox(key: str, held: Collection[str]) -> bool:
    """Whether "the address" of a rule is that of a mailbox: none but e-mail addresses are held."""
    return key == "postal_address" and "email" in held and key not in held


def _contents(passage: Passage, language: Language) -> list[tuple[int, int]]:
    """The places in a passage, counted in it, that list what is held."""
    if passage.kind == "row" and passage.columns:
        if passage.about("controller", "contact", "dpo"):
            return []  # "Name | Test Ltd", under "Data | Content", is of the controller
        from audit.notice.topics import topics_of

        wanted = [
            number
            for number, head in enumerate(passage.columns)
            if {"contents"} & set(topics_of(head))
        ]
        wanted = [number for number in wanted if not _is_of_purpose(passage, number, language)]
        # "Contact details | name, phone": what the first cell calls a set, the next one lists.
        wanted = [
            number for number in wanted[1:] if keys_of(passage.cell(number)[0].lower(), language)
        ] or wanted
        of_parties = any("recipients" in topics_of(head) for head in passage.columns)
        if not wanted and not of_parties and passage.about("contents"):
            wanted = [
                number
                for number, head in enumerate(passage.columns)
                if not {"retention", "legal_basis", "purpose", "recipients", "sources"}
                & set(topics_of(head))
            ]
        return [
            (passage.cells[number][0] - passage.start, passage.cells[number][1] - passage.start)
            for number in wanted
        ]
    leads_in = pattern(language, "holding", "leads_in").search(passage.lead.lower())
    # What cookies collect is told of the site, and not of the register.
    listed = passage.kind == "item" and leads_in is not None and not passage.about("cookies")
    return [(0, len(passage.words))] if listed or passage.about("contents") else []


def _is_of_purpose(passage: Passage, number: int, language: Language) -> bool:
    """Whether a column gives examples of the purpose in the one before it, and lists no data."""
    from audit.notice.topics import topics_of

    head = passage.columns[number].strip().lower()
    examples = pattern(language, "holding", "examples").fullmatch(head)
    return bool(examples and number and "purpose" in topics_of(passage.columns[number - 1]))


def _listed(passage: Passage, start: int, end: int, language: Language) -> Iterator[DataCategory]:
    """What a passage of the contents lists."""
    if passage.kind == "row" and pattern(language, "retention", "not_kept").search(passage.lower):
        return  # "Card data | not stored by us"
    words = _without_denied(passage.lower[start:end], language)
    if _denied(words, language) or pattern(language, "holding", "aside").search(words):
        return
    gathered = pattern(language, "holding", "gathered").search(passage.lead)
    if gathered is None and any(
        pattern(language, "holding", key).search(passage.lead) for key in _LEADS_IN_ELSE
    ):
        return
    whole = passage.kind != "row"  # a cell of the contents says what is held, whatever its row says
    kept = (
        whole
        and passage.about("retention")
        and pattern(language, "retention", "verbs").search(words)
    )
    if kept and (
        periods(words, language) or not pattern(language, "holding", "verbs").search(words)
    ):
        return
    sparing = passage.kind == "sentence" and not _is_list(words, language)
    named = keys_of(words, language, spelling=not sparing)
    if (
        whole
        and pattern(language, "retention", "verbs").search(words)
        and (runs := periods(words, language))
    ):
        # What stands behind a period is the event from which it runs.
        named = [hit for hit in named if hit.start < runs[0].start]
        sparing = sparing or words.count(",") < _MANY_COMMAS
    named = without_purposes(of_people(named, words, language), words, language)
    if pattern(language, "holding", "other_cards").search(words):
        named = [hit for hit in named if hit.key != "payment_card"]
    offset = passage.start + start
    for hit in named:
        sure = Certainty.LIKELY if sparing else Certainty.CERTAIN
        yield DataCategory(
            key=hit.key,
            text=" ".join(passage.words[start + hit.start : start + hit.end].split()),
            exhaustive=Exhaustive.NO if _is_open(words, language) else None,
            found=found_at(hit, offset, sure),
        )
    if not sparing and (not passage.inferred or _MANY_LISTED <= len(named) <= words.count(",") + 2):
        yield from unnamed(passage, start, words, language)


def _without_denied(words: str, language: Language) -> str:
    """The words with brackets blanked that only say what is not held, and such parts of a sentence."""

    def kept(match: re.Match[str]) -> str:
        said = match[0]
        bare = pattern(language, "holding", "not_in_brackets").match(said)
        return " " * len(said) if bare or _denied(said, language) else said

    words = re.sub(r"\([^()]*\)", kept, words)
    # "Contacts are held only when we work with a school": when it is so names nothing held.
    words = pattern(language, "holding", "only_when").sub(lambda m: " " * len(m[0]), words)
    # "We ask for a name but not for a code": each side of the turn speaks for itself.
    turns = [match.start() for match in pattern(language, "holding", "turns").finditer(words)]
    cuts = sorted({0, *turns, *(match.end() for match in re.finditer(";", words)), len(words)})
    parts = [words[a:b] for a, b in itertools.pairwise(cuts)]
    if all(_denied(part, language) for part in parts):
        return words
    return "".join(" " * len(part) if _denied(part, language) else part for part in parts)


def _is_list(words: str, language: Language) -> bool:
    """Whether a sentence of the contents is a list rather than a remark."""
    return (
        words.count(",") >= _MANY_COMMAS
        or ":" in words
        or bool(pattern(language, "holding", "verbs").search(words))
        or not pattern(language, "holding", "finite").search(words)
    )


def _mentioned(passage: Passage, language: Language) -> Iterator[DataCategory]:
    """What another part of the notice says is held."""
    words = _without_denied(passage.lower, language)
    if _denied(words, language):
        return
    if passage.about("cookies"):
        wanted = _of_cookies(passage, words, language)
        scope = "website"
    elif (
        passage.about("sources")
        and not (
            passage.about("disclosures", "recipients")
            and not pattern(language, "parties", "obtained").search(words)
        )
        # "How do you collect it? We collect personal data such as a name": there it is listed.
        and not pattern(language, "holding", "lists").search(words)
    ):
        named = keys_of(words, language)
        wanted = [
            hit
            for hit in named
            if hit.key in _FROM_SOURCES
            # "Asiakastieto Oy (luottotiedot)": brackets say what the source gives.
            and (hit.start < _SUBJECT or words[: hit.start].endswith("("))
        ]
        scope = "register"
    elif pattern(language, "holding", "verbs").search(words) and (
        not _tells_else(passage) and not _is_of_keeping(passage, words, language)
    ):
        serves = passage.about("purpose") and pattern(language, "holding", "serves")
        wanted = [
            hit
            for hit in keys_of(words, language)
            if not _is_use(words, hit, language) and not (serves and serves.match(words, hit.start))
        ]
        scope = "register"
    elif passage.about("legal_basis") and (
        processed := pattern(language, "holding", "processed").search(words)
    ):
        # "Pictures are processed with consent": on which ground, and so that they are.
        named = keys_of(words[: processed.start()], language)
        wanted = named if named and not words[: named[0].start].strip() else []
        scope = "register"
    else:
        return
    for hit in wanted:
        yield DataCategory(
            key=hit.key,
            text=" ".join(passage.words[hit.start : hit.end].split()),
            scope="website" if scope == "website" else "register",
            listed=scope == "website" and passage.kind == "item",
            exhaustive=Exhaustive.NO if scope == "website" else None,
            found=found_at(hit, passage.start, Certainty.LIKELY),
        )


def _tells_else(passage: Passage) -> bool:
    """Whether a passage is about something that names data without saying that it is held.

    In prose one sentence tells what is recorded and on which ground.
    """
    own = _ELSEWHERE.intersection(passage.topics)
    # "The following is asked for: name, phone" lists it under a heading on purposes and grounds as well.
    beside = passage.inferred or (passage.about("purpose") and ": " in passage.words)
    return bool(own - {"legal_basis"} if beside else own)


def _is_of_keeping(passage: Passage, words: str, language: Language) -> bool:
    """
    Whether a passage only says how long something is kept, which its rule tells better.

    "Clinical notes are stored with a supplier" tells no length, wherever it stands.
    """
    return (
        passage.about("retention")
        and pattern(language, "retention", "verbs").search(words) is not None
        and (
            bool(periods(words, language))
            or any(
                pattern(language, "retention", key).search(words)
                for key in ("strong", "criteria", "indefinite", "removes")
            )
        )
    )


def _of_cookies(passage: Passage, words: str, language: Language) -> list[Hit]:
    """What a section on cookies says is collected: never what it merely explains."""
    web = {"ip_address", "device_browser", "cookies_usage", "location"}
    collects = pattern(language, "holding", "collected").search(words + " " + passage.lead)
    found = []
    for hit in keys_of(words, language):
        if collects and hit.key in web:
            if not pattern(language, "holding", "setting").search(words[hit.start : hit.end + 25]):
                found.append(hit)
        elif collects and hit.key in {"date_of_birth", "gender", "interests"}:
            found.append(hit)
    return found


def _is_use(words: str, hit: Hit, language: Language) -> bool:
    """Whether a word names what the data is used for rather than what it is."""
    return bool(pattern(language, "holding", "use").search(words[hit.start : hit.end + 20]))


def _denied(words: str, language: Language) -> bool:
    return bool(pattern(language, "holding", "not_held").search(words))


def _is_open(words: str, language: Language) -> bool:
    return bool(pattern(language, "holding", "open").search(words))


def closed(passages: Sequence[Passage], language: Language) -> tuple[Exhaustive, list[Passage]]:
    """Whether the list of contents is closed, and the passages that say so."""
    own = [p for p in passages if p.about("contents")]
    if any(_is_open(p.lower, language) for p in own):
        return Exhaustive.NO, []
    # What leads a list in may stand on a line of its own, or be taken for the list's title.
    closes = pattern(language, "holding", "closes")
    leads = [p for p in own if closes.search(f"{p.title} {p.lead} {p.lower}".lower())]
    return (Exhaustive.YES, leads) if leads else (Exhaustive.UNCLEAR, [])


def _once(found: Sequence[DataCategory]) -> list[DataCategory]:
    """Each key once per data set, by its first and surest mention."""
    by_key: dict[tuple[str, str], DataCategory] = {}
    for item in found:
        first = by_key.setdefault((item.key, item.scope), item)
        if item.listed and not first.listed:
            by_key[item.key, item.scope] = item
    return list(by_key.values())
