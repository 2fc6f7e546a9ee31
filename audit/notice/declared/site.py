"""What a notice declares of the web site: its services, their hosts, its own domains, its cookies' purposes."""

from __future__ import annotations

import re

from audit.categories._text import fold
from audit.categories.lexicon import (
    all_words,
)
from audit.notice.declared.words import allowed_disclosures
from audit.notice.lexicon import of_any
from audit.notice.model import Notice
from audit.vocabulary import load

__all__ = ["cookie_purposes", "named_hosts", "own_domains", "services"]


def services(notice: Notice) -> frozenset[str]:
    """
    The outside services of the website that the notice names; see ``vocabulary/cookies.toml``.

    The longer name goes first: "Google Analytics" is not all of Google, "Google" alone is.
    """
    # A source of data is no service of the site: "from LinkedIn".
    topics = {clause.id: {*clause.topics} for clause in notice.clauses}
    texts = [
        f"{one.name} {one.text}"
        for one in notice.third_party_services
        if any(topics.get(name) != {"sources"} for name in one.clauses) or not one.clauses
    ]
    texts += [item.text for item in notice.recipients]
    texts += [item.text for item in allowed_disclosures(notice)]
    own = [clause for clause in notice.clauses if clause.id in notice.cookies.clauses]
    said = [one for clause in own for one in re.split(r"(?<=[.;!?])\s+", clause.quote)]
    texts += [
        one for one in said if not of_any("cookies", "denies").search(one)
    ]  # "with consent, Matomo's cookies"
    text = f" {fold(' | '.join(texts))} "
    known = load("cookies")["services"]
    names = sorted(
        ((name, key) for key, one in known.items() for name in one["names"]),
        key=lambda item: -len(item[0]),
    )
    found = set()
    for name, key in names:
        if name in text:
            found.add(key)
            text = text.replace(name, " ")
    families = {key for key in known if "google" in found and key.startswith("google_")}
    return frozenset(found | families)


def named_hosts(notice: Notice) -> tuple[str, ...]:
    """Words of the services' names that the notice gives, long enough to stand in a host's name."""
    words = {
        word
        for one in notice.third_party_services
        for word in re.findall(r"[a-z0-9][a-z0-9-]{3,}", fold(one.name))
    }
    return tuple(sorted(words - _COMMON))


def own_domains(notice: Notice) -> tuple[str, ...]:
    """
    The controller's own domains, by its e-mail address; none of a mail provider's.

    >>> from audit.notice.sketch import sketch
    >>> own_domains(sketch({"controller": {"name": "Koe Oy", "email": "tieto@posti.koe.example"}}))
    ('koe.example',)
    """
    found = set(re.findall(r"@([a-z0-9.-]+\.[a-z]+)", fold(notice.controller.email or "")))
    own = found - set(load("generic")["mail_providers"])
    return tuple(sorted({".".join(domain.split(".")[-2:]) for domain in own}))


_COMMON = {"analytics", "google", "service", "cloud", "media", "online", "pixel", "tag", "manager"}


def cookie_purposes(notice: Notice) -> frozenset[str]:
    """What the notice says its cookies are for, in the words of ``purpose``."""
    said = [purpose.replace("_", " ") for purpose in notice.cookies.purposes]
    found = {key for text in said for key in all_words("purpose", text)}
    own = [clause for clause in notice.clauses if clause.id in notice.cookies.clauses]
    necessary = of_any("cookies", "necessary")
    if any(necessary.search(clause.words) for clause in own):
        found.add("essential")
    if any(of_any("cookies", "functional").search(clause.words) for clause in own):
        found.add("preferences")
    return frozenset(found)
