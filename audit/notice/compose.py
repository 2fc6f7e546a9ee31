"""What the extractors read, composed into the model: one notice per register, still without clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.notice.document import Document, Place
from audit.notice.extract.automated import automated_decisions
from audit.notice.extract.categories import closed, data_categories
from audit.notice.extract.cookies import cookies
from audit.notice.extract.dates import Dated, dated
from audit.notice.extract.firms import purposes_in_words
from audit.notice.extract.others import (
    access_rules,
    data_subjects,
    disclosure_purposes,
    holds,
    objections,
    purposes,
    services,
)
from audit.notice.extract.parties import recipients
from audit.notice.extract.retention import retention_rules
from audit.notice.extract.rights import rights
from audit.notice.extract.scopes import resolved
from audit.notice.extract.sources import sources
from audit.notice.extract.statements import legal_bases
from audit.notice.extract.transfers import transfers
from audit.notice.identity import authority_of, controller_of, register_name_of
from audit.notice.lexicon import Language, pattern
from audit.notice.model import CategoryList, Declared, Exhaustive, Notice, Recipient, Source
from audit.notice.outline import Part
from audit.notice.passages import Passage

__all__ = ["Composed", "compose"]


@dataclass(slots=True)
class Composed:
    """The notices, and where the words stand that speak of something without being a value."""

    notices: list[Notice] = field(default_factory=list)
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    """By kind, such as ``date`` or ``right.access``: every place that speaks of it."""

    def kinds(self) -> Iterator[tuple[str, Place]]:
        """What stands where: the kinds of ``lexicon/any/checks.toml`` with their places."""
        for kind, places in self.places.items():
            for place in places:
                yield kind, place
        for notice in self.notices:
            for name, value in notice.declared():
                if value.found is not None:
                    yield _kind(name.partition("[")[0], value), value.found.span


_NAMES = {
    "data_categories": "category",
    "legal_bases": "legal_basis",
    "rights": "right",
    "recipients": "recipient",
    "sources": "source",
    "disclosure_purposes": "disclosure_purpose",
    "holds": "hold",
    "objections": "objection",
    "access_rules": "access",
    "purposes": "purpose",
    "data_subjects": "subjects",
    "third_party_services": "service",
    "automated_decisions": "automated",
}


def _kind(name: str, value: Declared) -> str:
    """The kind of a value: its field, with what tells it from others of the field."""
    kind = _NAMES.get(name, name)
    detail = getattr(value, "statement", None) or getattr(value, "kind", None)
    if kind in ("transfers", "retention"):
        return f"{kind}.{detail}"
    if kind == "category" and getattr(value, "scope", "") == "website":
        return "category.website"
    key = getattr(value, "key", None)
    return f"{kind}.{key}" if key else kind


def compose(
    document: Document,
    parts: Sequence[Part],
    passages: Sequence[Passage],
    names: Sequence[str],
    language: Language,
) -> Composed:
    """Extract every field, once for each register that the notice describes."""
    composed = Composed()
    name, named_at = register_name_of(parts, passages, language)
    when = dated(document, parts, passages, language)
    controller, controller_at = controller_of(passages, language)
    authority, authority_at = authority_of(passages, language)
    read_rights = rights(passages, language)
    blank = any("automated" in part.topics and not part.blocks and not part.says for part in parts)
    automated, automated_at = automated_decisions(passages, language, blank=blank)
    composed.places = {
        "register_name": tuple(named_at),
        "date": ((when.start, when.end),) if when else (),
        "controller": tuple(controller_at),
        "authority": tuple(authority_at),
        "automated": tuple(automated_at),
        "formality": read_rights.formal,
        "answer_time": read_rights.answered,
        **{f"right.{key}": places for key, places in read_rights.places.items()},
    }
    told = [p for p in passages if not p.about("definitions")]  # what a word means, nobody does
    for number in range(max(1, len(names))):
        register = number if names else None
        own = [p for p in told if p.register in (None, register)]
        called = names[number] if names else name
        notice, places = _of_register(own, register, language, called)
        composed.notices.append(
            notice.model_copy(
                update={
                    "register_name": called,
                    "dated": when.iso if when else None,
                    "effective_from": _day(when),
                    "controller": controller,
                    "authority": authority,
                    "rights": read_rights.values,
                    "automated_decisions": automated,
                }
            )
        )
        for kind, found in places.items():
            composed.places[kind] = (*composed.places.get(kind, ()), *found)
    return composed


def _day(when: Dated | None) -> object:
    from datetime import date

    return date.fromisoformat(when.iso) if when and len(when.iso) == len("2020-01-01") else None


def _of_register(
    own: Sequence[Passage], register: int | None, language: Language, name: str
) -> tuple[Notice, dict[str, tuple[Place, ...]]]:
    """The fields of one register; what is said of none in particular is said of each."""
    from audit.notice.model import Controller

    moved, moved_at = transfers(own, language, register)
    listed, leads = closed(own, language)
    shut, shut_at = disclosure_purposes(own, language)
    worded, only = purposes_in_words(own, language)
    parties = [party.value for party in recipients(own, language)]
    origins = [party.value for party in sources(own, language)]
    held = data_categories(own, language)
    notice = Notice(
        register_name="",
        language=language,
        controller=Controller(name=""),
        exhaustive=CategoryList(
            data_categories=listed,
            disclosure_purposes=Exhaustive.YES
            if shut_at or only or _gives_no_more(own, language)
            else Exhaustive.UNCLEAR,
            sources=_openness(own, language, "sources"),
            recipients=_openness(own, language, "recipients"),
        ),
        purposes=tuple(purposes(own, language)),
        legal_bases=tuple(ground.value for ground in legal_bases(own, language)),
        data_subjects=tuple(data_subjects(own, language)),
        data_categories=tuple(held),
        retention=resolved(retention_rules(own, language), held, own, language, name),
        recipients=tuple(party for party in parties if isinstance(party, Recipient)),
        sources=tuple(party for party in origins if isinstance(party, Source)),
        disclosure_purposes=(*shut, *worded),
        transfers=moved,
        holds=tuple(holds(own, language)),
        objections=tuple(objections(own, language)),
        access_rules=tuple(access_rules(own, language)),
        cookies=cookies(own, language),
        third_party_services=tuple(services(own, language)),
    )
    places = {
        f"transfers.{moved.statement}": tuple(moved_at),
        "closed": tuple((p.start, p.end) for p in leads),
        "disclosure_purpose": tuple(shut_at),
    }
    return notice, places


def _gives_no_more(own: Sequence[Passage], language: Language) -> bool:
    """Whether nothing is given out but what was told, to whom and for what: "No other disclosures"."""
    said = (p.lower for p in own if p.about("recipients", "disclosures"))
    return any(map(pattern(language, "closing", "disclosures").search, said))


def _openness(own: Sequence[Passage], language: Language, topic: str) -> Exhaustive:
    """Whether a list says that there is more, or nothing else: only words that say so close it."""
    words = " ".join(p.lower for p in own if p.about(topic))
    # Recipients are often closed where disclosures are spoken of.
    near = (topic, "disclosures") if topic == "recipients" else (topic,)
    # In prose without headings the sentence that closes a list stands by itself.
    heard = (p for p in own if p.about(*near) or not p.topics)
    said = (one for p in heard for one in (p.lower, p.lead, p.title.lower()))
    if any(map(pattern(language, "closing", topic).search, said)):
        return Exhaustive.YES
    if pattern(language, "openness", topic).search(words):
        return Exhaustive.NO
    return Exhaustive.UNCLEAR
