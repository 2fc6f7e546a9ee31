"""
What a notice declares, in the words that the register's records are read into.

A notice says "ulkoistuskumppanit (taloushallinto)" and a log "Tilitoimisto Luku Oy"; both are read
with the same lexicons (``vocabulary/parties.toml``, ``words.toml``), the notice by key and text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from audit.categories._text import fold
from audit.categories.lexicon import (
    all_words,
    first_word,
    is_firm,
    lexicon,
    party_name,
    words_inside,
)
from audit.notice.declared.beside import named_with_what_for
from audit.notice.declared.logged import collected
from audit.notice.declared.names import proper_names
from audit.notice.extract.firms import firms_in
from audit.notice.lexicon import of_any
from audit.notice.lexicon import says as says_in
from audit.notice.model import DisclosurePurpose, Exhaustive, Notice, Recipient
from audit.notice.nominative import nominatives
from audit.vocabulary import load

__all__ = [
    "access_rules",
    "allowed_disclosures",
    "closed_disclosures",
    "closing_clauses",
    "denied_purposes",
    "disclosure_purposes",
    "firms_as_sources",
    "kinds_of_recipient",
    "known_parties",
    "named_parties",
    "on_sources",
    "own_purposes",
    "persons_own_sources",
    "recipient_kinds",
    "says",
    "sources",
]


class Keyed(Protocol):
    """A declared value with its key and the notice's words."""

    @property
    def key(self) -> str:
        """The reader's key."""
        ...

    @property
    def text(self) -> str:
        """The words of the notice."""
        ...


_SAID: Mapping[str, Callable[[Notice], bool]] = {
    "recipients": lambda notice: bool(notice.recipients),
    "disclosure_purposes": lambda notice: bool(
        notice.disclosure_purposes
        or notice.purposes
        or (notice.recipients and closed_disclosures(notice))
    ),
    "sources": lambda notice: bool(notice.sources),
    "transfers": lambda notice: notice.transfers.statement != "unstated",
    "cookies": lambda notice: notice.cookies.used is not None or bool(notice.third_party_services),
    "collected": lambda notice: bool(collected(notice).keys),
}


def says(notice: Notice, matter: str) -> bool:
    """Whether the notice says anything of a matter; of one of several, apart by ``|``."""
    return any(_SAID[one](notice) for one in matter.split("|"))


def recipient_kinds(notice: Notice) -> frozenset[str]:
    """
    The kinds of parties that the notice's recipients are of, in whichever row they stand.

    Own staff are no recipients (Art. 4(9)); a broad word includes what ``covers`` says.
    """
    covers = load("parties")["covers"]
    # "Shopify International Ltd" is one system's supplier, and no sort of suppliers.
    # "Our partners in Switzerland", of transfers, are among those that the recipients' row has.
    broad = _told_kinds(notice, firms=False, moved=False) - _of_one_system(notice)
    found = {covered for kind in broad for covered in covers.get(kind, ())}
    return frozenset(_told_kinds(notice) | found)


def _told_kinds(
    notice: Notice, *, firms: bool = True, moved: bool = True, services: bool = False
) -> set[str]:
    """
    The kinds that the notice itself names, without what a broad word includes.

    With ``services`` those of the services that it names as well, which are no kinds of others.
    """
    others = [item for item in notice.recipients if item.role != "staff"]
    others = [item for item in others if firms or not is_firm(item.text)]
    of_transfers = set(notice.transfers.clauses)
    others = [item for item in others if moved or not of_transfers.issuperset(item.clauses)]
    each = [kinds_of_recipient(item, notice) for item in others]
    named = (first_word("parties", item.text) for item in others if services and _is_called(item))
    each += [{kind} - _OF_VISITS for kind in named if kind is not None]
    each += [
        _words("parties", [item]) for item in allowed_disclosures(notice) if item.key != "other"
    ]
    # "Our payment service provider" is no service provider of just any kind.
    kinds = {kind for one in each for kind in (one - _BROAD or one)}
    if any(item.role == "authority" for item in others):
        kinds.add("authority")
    return kinds


def kinds_of_recipient(item: Recipient, notice: Notice) -> set[str]:
    """What kinds of party the words for one recipient tell, and those that say what it is for."""
    told = named_with_what_for(item, notice.clauses)
    if _is_called(item):
        # "Posti" and "Google Analytics" are each one party, and no sort of parties.
        return set()
    kinds = _words("parties", [item]) | set(all_words("parties", told))
    # A cloud service's provider provides that, and not whatever runs on computers.
    provides = kinds - {_OF_SYSTEMS} if says_in("beside", "provider", item.text) else kinds
    explicit = says_in("beside", "of_systems", item.text)
    return kinds if explicit else provides or kinds


def _is_called(item: Recipient) -> bool:
    """Whether a recipient is one service by its name, and no kind of party: *Posti*, not *employer*."""
    name = fold(item.text).replace(" ", "_")
    return item.key == name and name not in load("parties")["kinds"]


def _of_one_system(notice: Notice) -> set[str]:
    """``it_service``, where the notice speaks of the supplier of one system, and of no others."""
    told = [item for item in notice.recipients if _OF_SYSTEMS in kinds_of_recipient(item, notice)]
    one = all(says_in("beside", "provider", item.text) for item in told)
    return {_OF_SYSTEMS} if told and one else set()


_OF_SYSTEMS = "it_service"
# Whoever counts the site's visitors, or advertises to them, may be named; that tells no purpose.
_OF_VISITS = frozenset({"analytics", "advertising"})
_BROAD = frozenset({"acting_company", "partner"})


def named_parties(notice: Notice) -> frozenset[str]:
    """The names of parties that the notice mentions, in one spelling."""
    texts = [item.text for item in notice.recipients if item.role != "staff"]
    keys = {item.key for item in notice.recipients if item.role != "staff"} - {"other"}
    # "Google Analytics" is Google's, whatever the firm is called in a list.
    texts += [key.partition("_")[0] for key in keys if key.startswith(_OF_FAMILIES)]
    texts += [key.replace("_", " ") for key in keys]
    # "To Traficom and Ajovarma Oy for tests" names two, in whatever clause on recipients.
    clauses = {
        name for item in (*notice.recipients, *allowed_disclosures(notice)) for name in item.clauses
    }
    texts += [clause.quote for clause in notice.clauses if clause.id in clauses and clause.quote]
    # "Our carrier Rahtirinki Oy" names the firm as well.
    texts += [firm.name for text in texts for firm in firms_in(text)]
    # "Traficom och Ajovarma Oy" may be one firm, or an authority and a firm.
    texts += [part for text in texts for part in _TWO.split(text)[1:]]
    if notice.language == "fi":
        texts += [
            name for text in texts if len(text) <= _LONGEST_NAME for name in nominatives(text)
        ]
    # "The shop that sent the parcel" is a shop.
    texts += [_ASIDE.split(text)[0] for text in texts if _ASIDE.search(text)]
    texts += [text[4:] for text in texts if text.startswith(("the ", "The ", "our ", "Our "))]
    # A whole sentence is no name.
    return frozenset(party_name(text) for text in texts if len(text) <= _LONGEST_NAME) - {""}


def known_parties(notice: Notice) -> frozenset[str]:
    """Those, and whom the notice names where it speaks of its sources and of transfers."""
    said = on_sources(notice)
    said += [notice.transfers.text] if notice.transfers.statement in ("yes", "conditional") else []
    return named_parties(notice) | frozenset(map(party_name, proper_names(said)))


_LONGEST_NAME = 80
_ASIDE = re.compile(r"\s(?:that|who|which|joka|jotka|som|vilken)\s")
_OF_FAMILIES = ("google_", "microsoft_", "meta_", "amazon_")
_TWO = re.compile(r"\s(?:ja|och|and|sekä|samt|tai|eller|or)\s|, ")


def allowed_disclosures(notice: Notice) -> list[DisclosurePurpose]:
    """The matters for which the notice gives data out, without those that it denies."""
    return [item for item in notice.disclosure_purposes if not item.denied]


def disclosure_purposes(notice: Notice) -> frozenset[str]:
    """The purposes for which the notice says that data may be given out, whoever gets it."""
    found = _purposes(allowed_disclosures(notice)) - denied_purposes(notice)
    if notice.exhaustive.recipients is Exhaustive.YES and _MARKETING in found:
        # The newsletter goes out through the firm that the notice names for it, and through no other.
        besides = [
            of_any("beside", "newsletter").sub(" ", item.text)
            for item in allowed_disclosures(notice)
        ]
        if not any(_MARKETING in all_words("purpose", text) for text in besides):
            found -= {_MARKETING}
    return frozenset(found)


_MARKETING = "direct_marketing"


def own_purposes(notice: Notice) -> frozenset[str]:
    """
    What the declared recipients are for, and the purposes of the whole notice.

    The latter only where the list of disclosures is not closed.
    """
    told = _told_kinds(notice, services=True)
    kinds = recipient_kinds(notice) | told
    named = _purposes(allowed_disclosures(notice))
    stated = named | kinds
    told = (told | stated) - (kinds - told)
    found = kinds | named | {purpose for purpose, of in _OF_RECIPIENTS.items() if of & told}
    if notice.exhaustive.disclosure_purposes is not Exhaustive.YES:
        found |= _words("purpose", notice.purposes)
    return frozenset(found - denied_purposes(notice))


def denied_purposes(notice: Notice) -> frozenset[str]:
    """The purposes for which the notice says that nobody gets the data."""
    denied = [item for item in notice.disclosure_purposes if item.denied]
    return frozenset(_purposes(denied) - _purposes(allowed_disclosures(notice)))


#: Purposes that a declared recipient implies, by another name than the recipient's kind.
_OF_RECIPIENTS = {
    "technical": {"it_service", "hosting", "technical"},
    "hosting": {"it_service", "technical"},
    "installation": {"installer", "subcontractor"},
    "subcontracting": {"subcontractor", "installer"},
    "warranty": {"manufacturer"},
    "direct_marketing": {"newsletter", "advertising"},
    "customer_relationship": {"customer_service"},
    "legal_obligation": {"authority"},
}


def closing_clauses(notice: Notice) -> tuple[str, ...]:
    """The clauses behind every category that the notice lists: those that open or close the list."""
    sets = [
        set(item.clauses)
        for item in notice.data_categories
        if item.scope == "register" and item.listed and item.clauses
    ]
    return tuple(sorted(set.intersection(*sets))) if sets else ()


def closed_disclosures(notice: Notice) -> bool:
    """Whether the notice says that nobody else gets the data: a closed list of either sort."""
    return Exhaustive.YES in (notice.exhaustive.recipients, notice.exhaustive.disclosure_purposes)


def sources(notice: Notice) -> dict[str, frozenset[str]]:
    """
    The declared sources, each with the categories that it is limited to; none means any.

    A source that two clauses declare is limited where both limit it.
    """
    found: dict[str, frozenset[str]] = {}
    for item in notice.sources:
        for key in _words("source", [item]):
            limits = frozenset(item.limited_to)
            before = found.get(key)
            found[key] = (
                limits
                if before is None
                else (before | limits if before and limits else frozenset())
            )
    return found


def persons_own_sources(notice: Notice) -> frozenset[str]:
    """The keys under which the notice has the person as a source: "omaiselta itseltään" is one."""
    own = [item for item in notice.sources if item.key == "data_subject"]
    return frozenset(_words("source", own))


def firms_as_sources(notice: Notice) -> frozenset[str]:
    """The names of firms that the notice gives as sources, in one spelling."""
    texts = on_sources(notice)
    named = [firm.name for text in texts for firm in firms_in(text)]
    named += [text for text in texts if is_firm(text)] + sorted(proper_names(texts))
    return frozenset(party_name(one) for one in named)


def on_sources(notice: Notice) -> list[str]:
    """What the notice says of its sources: each as read, and the clauses that name them."""
    clauses = {name for item in notice.sources for name in item.clauses}
    quoted = [clause.quote for clause in notice.clauses if clause.id in clauses]
    return [*(item.text for item in notice.sources), *quoted]


def access_rules(notice: Notice) -> frozenset[str]:
    """The keys of the rules on who may touch the data in systems, or anywhere."""
    return frozenset(rule.key for rule in notice.access_rules)


def _words(name: str, items: Iterable[Keyed]) -> set[str]:
    known = {key for key, _ in lexicon(name)}
    found: set[str] = set()
    for item in items:
        if item.key in known:
            found.add(item.key)
        found.update(all_words(name, item.key))
        found.update(all_words(name, item.text))
    return found


def _purposes(items: Iterable[DisclosurePurpose]) -> set[str]:
    """The purposes that the notice's own words name, inside a compound as well."""
    items = list(items)
    found = _words("purpose", items)
    return found.union(*(words_inside("purpose", item.text) for item in items))
