"""What Articles 9, 10, 12–14 and 26 ask a notice to say, and this one does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from audit.notice.model import Notice
from audit.notice.review.phrases import Found, find, mentions, passages, pattern

__all__ = [
    "SPECIAL",
    "children_unaddressed",
    "criminal_without_ground",
    "joint_without_arrangement",
    "lacking_rights",
    "names_safeguard",
    "sources_are_told",
    "special_without_condition",
]

SPECIAL = frozenset(
    """health diet_allergy religion union_membership political_opinion ethnic_origin sexual_life
    biometrics""".split()
)
"""Categories of Article 9(1); a diet or an allergy tells of health, or of belief."""
_OFTEN = 3  # mentions of a school, a club or a camp in a notice of one
_ITEM = 120  # characters of a passage that is one item: "health survey – consent"
_ALWAYS = ("access", "rectification", "erasure", "restriction")
_BY_GROUND = {
    "portability": ("consent", "contract"),
    "withdraw_consent": ("consent",),
}
"""Rights that a notice must tell of where it rests on one of these grounds."""


def lacking_rights(rights: Collection[str], bases: Collection[str]) -> Iterator[str]:
    """The rights of Article 13(2)(b) and (c) that are not told, by the grounds that are claimed.

    The rights to object and to complain have rules of their own.
    """
    for right in _ALWAYS:
        if right not in rights:
            yield right
    for right, grounds in _BY_GROUND.items():
        if right not in rights and any(ground in bases for ground in grounds):
            yield right


def special_without_condition(notice: Notice, held: Collection[str]) -> tuple[str, ...]:
    """The special categories that are held, where nothing near them names a condition of Article 9(2)."""
    special = tuple(sorted(SPECIAL.intersection(held)))
    if not special or mentions(notice, "article_nine", "health_care_act"):
        return ()
    words = pattern("special_words", notice.language)
    for found in find(notice, "special_category_condition"):
        # Either the sentence or the row that names the data names the condition.
        near = found.passage.text if len(found.passage.text) <= _ITEM else found.quote
        if words.search(near) or words.search(found.passage.heading):
            return ()
    return special


def criminal_without_ground(notice: Notice, held: Collection[str]) -> Found | None:
    """The first passage on data about offences, where none of them names the law that allows it."""
    named = list(find(notice, "criminal_words"))
    law = pattern("retention_ground", notice.language)
    declared = "criminal" in held or any("extract" in f.words or "ote" in f.words for f in named)
    if not declared or not named or any(law.search(found.quote) for found in named):
        return None
    return named[0]


def children_unaddressed(notice: Notice) -> tuple[Found, ...]:
    """
    The passages on children as a group, where nothing in the notice is told for them.

    Schools, clubs and camps have children as a group: they speak of them again, list what is held
    of them, or speak of guardians. A guardian's number in a list of patients makes no such group.
    """
    if mentions(notice, "child_information") or mentions(notice, "not_for_children"):
        return ()
    places = sum(
        len(pattern("children_places", notice.language).findall(f"{one.heading} {one.text}"))
        for one in passages(notice)
    )
    found = {one.passage.clause: one for one in find(notice, "children_as_subjects")}
    held = {one.passage.clause: one for one in find(notice, "children_held")}
    guardians = {one.passage.clause: one for one in find(notice, "guardian_words")}
    if (places or mentions(notice, "children_group")) and (len(found) > 1 or held):
        return tuple((found | held).values())
    return tuple((guardians | found).values()) if guardians and places >= _OFTEN else ()


def names_safeguard(notice: Notice) -> bool:
    """Whether a safeguard of Chapter V is named; consent is one only where transfers are spoken of."""
    abroad = pattern("abroad", notice.language)
    consent = pattern("special_category_condition", notice.language)
    return any(
        not consent.search(found.words)
        or abroad.search(found.quote)
        or abroad.search(found.passage.heading)
        for found in find(notice, "safeguard")
    )


def joint_without_arrangement(notice: Notice) -> Found | None:
    """The passage on joint controllers, where nothing says who of them answers for what."""
    if mentions(notice, "joint_arrangement"):
        return None
    return next(find(notice, "joint_controllers"), None)


def sources_are_told(notices: Sequence[Notice]) -> bool:
    """Whether the registers of a notice say where data comes from, or that people give it.

    Article 13 does not ask for sources: what people tell themselves comes from them.
    """
    if any("sources" in section.topics and not section.blank for section in notices[0].sections):
        return True
    if any(notice.sources for notice in notices):
        return True
    rights = pattern("heading_rights", notices[0].language)
    told = pattern("told_by_the_person", notices[0].language)
    if any(told.search(section.heading) for section in notices[0].sections):
        return True
    return any(
        not rights.search(found.passage.heading)
        for notice in notices
        for found in find(notice, "told_by_the_person")
    )
