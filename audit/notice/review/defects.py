"""
The defects of a notice in the closed wordings of the label format, deduced from what was read.

Most follow from the facts: a right that is not granted, a period that is missing, a basis that is
not named. The others rest on phrases of the notice (``phrases.toml``). Where a notice describes
several registers, a defect of any of them is a defect of the notice, named once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from audit.notice.model import Clause, Notice
from audit.notice.review import retention, sections
from audit.notice.review.authority import outdated_details
from audit.notice.review.disclosures import contradicted_denials
from audit.notice.review.elements import (
    children_unaddressed,
    criminal_without_ground,
    joint_without_arrangement,
    lacking_rights,
    names_safeguard,
    sources_are_told,
    special_without_condition,
)
from audit.notice.review.facts import Facts, Rule, Said
from audit.notice.review.grounds import bases_are_linked, interest_is_described
from audit.notice.review.phrases import find, pattern
from audit.notice.review.provision import is_answered
from audit.notice.review.rights import denied_erasures, formalities, limited_access
from audit.notice.review.services import non_eea_services
from audit.notice.topics import topics_of

__all__ = ["WORDINGS", "known_defects"]

_GDPR = date(2018, 5, 25)


def known_defects(notices: Sequence[Notice], as_of: date) -> tuple[str, ...]:
    """The defects in the order of the closed list, with a detail after `` -- `` where there is one."""
    facts = Facts(tuple(notices), as_of)
    found = []
    for wording, rule in _RULES.items():
        if said := rule(facts):
            found.append(f"{wording} -- {said}" if isinstance(said, str) else wording)
    return tuple(found)


# --- rights and the duty to give ------------------------------------------------------------------


def _lacks(right: str) -> Rule:
    """A right of Article 13(2)(b) or (c) that the notice does not tell of."""
    return lambda facts: right in lacking_rights(facts.rights, facts.bases)


def _lacks_objection(facts: Facts) -> Said:
    return "legitimate_interests" in facts.bases and "objection" not in facts.rights


def _formal(facts: Facts) -> Said:
    return any(kind in ("signed", "in_person") for kind, _ in formalities(facts.whole))


def _restricted(facts: Facts) -> Said:
    denied = [
        found.words for found in (*limited_access(facts.whole), *denied_erasures(facts.whole))
    ]
    return denied[0] if denied else False


# --- transfers, special data, law -----------------------------------------------------------------


def _no_safeguards(facts: Facts) -> Said:
    stated = [notice.transfers for notice in facts.notices]
    happen = [one for one in stated if one.statement in ("conditional", "yes")]
    return (
        bool(happen)
        and not any(one.safeguards for one in happen)
        and not names_safeguard(facts.whole)
    )


def _service_beside(statement: str) -> Rule:
    def said(facts: Facts) -> Said:
        if not any(notice.transfers.statement == statement for notice in facts.notices):
            return False
        if statement == "unstated" and names_safeguard(facts.whole):
            return False
        if statement == "none" and any(n.transfers.statement == "yes" for n in facts.notices):
            return False  # what goes abroad is told of another register
        names = [service.words for service in non_eea_services(facts.whole, facts.as_of)]
        return ", ".join(names)

    return said


def _special(facts: Facts) -> Said:
    held = special_without_condition(facts.whole, facts.categories)
    return ", ".join(held).replace("_", " ")


def _criminal(facts: Facts) -> Said:
    return criminal_without_ground(facts.whole, facts.categories) is not None


# --- recipients, authority, age -------------------------------------------------------------------


def _no_recipients(facts: Facts) -> Said:
    none = all(not notice.recipients for notice in facts.notices)
    return none and not facts.says("no_disclosure", "to_nobody")


def _denial_contradicted(facts: Facts) -> Said:
    for notice in facts.notices:
        recipients = [r for r in notice.recipients if r.role != "staff"]
        # What one register denies, another may well do: each is looked at alone.
        outside = notice.model_copy(update={"recipients": tuple(recipients)})
        if next(contradicted_denials(outside), None) is not None:
            return True
    return False


def _outdated_authority(facts: Facts) -> Said:
    return any(bool(outdated_details(n, facts.as_of)[0]) for n in (*facts.notices, facts.whole))


def _undated(facts: Facts) -> Said:
    return not any(notice.dated for notice in facts.notices)


def _predates(facts: Facts) -> Said:
    dated = [notice.dated for notice in facts.notices if notice.dated]
    return bool(dated) and max(dated)[:10] < _GDPR.isoformat()[: len(max(dated))]


# --- bases, identity, content ---------------------------------------------------------------------


def _relationship_as_basis(facts: Facts) -> Said:
    """A relationship where a ground belongs: no ground at all, or none in that sentence."""
    named = list(find(facts.whole, "relationship_basis"))
    grounds = pattern("basis_words", facts.whole.language)
    law = pattern("statute_words", facts.whole.language)
    interest = pattern("legitimate_interest", facts.whole.language)
    return any(
        not facts.bases
        or not (
            grounds.search(one.quote)
            or law.search(one.quote)
            or interest.search(one.passage.heading)
        )
        for one in named
    ) or any(_is_relationship(facts.whole, clause) for clause in facts.whole.clauses)


def _is_relationship(notice: Notice, clause: Clause) -> bool:
    """Whether a sentence under a heading on grounds is a relationship and nothing else."""
    topics = topics_of(clause.heading)
    if "legal_basis" not in topics or "legitimate_interest" in topics:
        return False
    noun = pattern("relationship_noun", notice.language)
    return any(noun.search(part) for part in re.split(r"(?<=[.;])\s+", clause.quote))


def _no_basis(facts: Facts) -> Said:
    """Whether no ground is claimed; a relationship in its place is one defect more, and no ground."""
    return not facts.bases


def _contradictory_bases(facts: Facts) -> Said:
    """A basis that one passage claims and another denies."""
    return "consent" in facts.bases and facts.says("denied_basis")


def _unlinked_bases(facts: Facts) -> Said:
    for notice in facts.notices:
        keys = {basis.key for basis in notice.legal_bases}
        # Each item of a list is a clause of its own under the one heading.
        heads = dict.fromkeys(clause.heading for clause in notice.clauses)
        listed = any(_lists_bases(notice, heading) for heading in heads)
        if len(keys) > 1 and listed and not bases_are_linked(notice):
            return True
    return False


def _lists_bases(notice: Notice, heading: str) -> bool:
    words = pattern("basis_words", notice.language)
    own = " ".join(clause.quote for clause in notice.clauses if clause.heading == heading)
    return len({match[0][:5].lower() for match in words.finditer(own)}) > 1


def _undescribed_interest(facts: Facts) -> Said:
    for notice in facts.notices:
        for basis in notice.legal_bases:
            if basis.key == "legitimate_interests" and not interest_is_described(notice, basis):
                return True
    return False


def _incomplete_controller(facts: Facts) -> Said:
    """No channel that reaches it, wherever the notice has one but with the authority."""
    own = [notice.controller for notice in facts.notices]
    if any(one.phone or one.address or one.email for one in own):
        return False
    names = pattern("authority_words", facts.whole.language)
    details = pattern("channel", facts.whole.language)
    return not any(
        details.search(clause.quote)
        for clause in facts.whole.clauses
        if not names.search(f"{clause.heading} {clause.quote}")
    )


def _repealed(facts: Facts) -> Said:
    """Whether the repealed act is relied on, and not only said to have been replaced."""
    replaced = pattern("replaced_law", facts.whole.language)
    relied = any(not replaced.search(found.quote) for found in find(facts.whole, "repealed_act"))
    return relied or _in_headings(facts, "repealed_act")


def _wrong_section(facts: Facts) -> Said:
    """Groups of people under a heading on categories of data."""
    words = pattern("subject_words", facts.whole.language)
    heading = pattern("heading_categories", facts.whole.language)
    data = pattern("data_words", facts.whole.language)
    own = [c for c in facts.whole.clauses if heading.search(c.heading) and c.quote.strip()]
    for clause in own:
        said = " ".join(other.quote for other in own if other.heading == clause.heading)
        if words.search(said) and not data.search(said):
            return f"data-subject groups given under '{clause.heading}'"
    return False


def _no_sources(facts: Facts) -> Said:
    return not sources_are_told(facts.notices)


def _children(facts: Facts) -> Said:
    return bool(children_unaddressed(facts.whole))


def _joint(facts: Facts) -> Said:
    return joint_without_arrangement(facts.whole) is not None


_RULES: dict[str, Rule] = {
    "not stated whether providing data is a statutory or contractual requirement (Art. 13(2)(e))": (
        lambda facts: not is_answered(facts.whole)
    ),
    "right of access not mentioned (Art. 13(2)(b))": _lacks("access"),
    "right of rectification not mentioned (Art. 13(2)(b))": _lacks("rectification"),
    "right of erasure not mentioned (Art. 13(2)(b))": _lacks("erasure"),
    "right of restriction not mentioned (Art. 13(2)(b))": _lacks("restriction"),
    "right of portability not mentioned (Art. 13(2)(b))": _lacks("portability"),
    "right of objection not mentioned (Art. 13(2)(b))": _lacks_objection,
    "right to withdraw consent not mentioned (Art. 13(2)(c))": _lacks("withdraw_consent"),
    "right to lodge a complaint not mentioned (Art. 13(2)(d))": (
        lambda facts: "complaint" not in facts.rights
    ),
    "right not to be subject to automated decision-making not mentioned (Art. 13(2)(f), Art. 22)": (
        sections.automated_decision_right
    ),
    "transfer safeguards not described (Art. 13(1)(f))": _no_safeguards,
    "transfers outside the EEA not addressed although a non-EEA service is used (Art. 13(1)(f))": (
        _service_beside("unstated")
    ),
    "no-transfer statement contradicted by use of a non-EEA service (Art. 12(1), Art. 13(1)(f))": (
        _service_beside("none")
    ),
    "relies on the invalidated Privacy Shield (Art. 13(1)(f), Art. 46)": (
        lambda facts: facts.says("privacy_shield")
    ),
    "special-category data without an Art. 9(2) condition (Art. 9, Art. 13(1)(c))": (_special),
    "criminal-offence data without stating the ground (Art. 10, Data Protection Act 1050/2018 s. 7)": (
        _criminal
    ),
    "refers to the repealed Personal Data Act 523/1999 (outdated legal reference)": (_repealed),
    "signed paper request or personal visit demanded for exercising rights (Art. 12(2), Art. 12(6))": (
        _formal
    ),
    "data-subject right wrongly restricted (Art. 12(2), Art. 17, Art. 21)": _restricted,
    "retention period missing (Art. 13(2)(a))": retention.missing,
    "retention criterion too vague to determine the period (Art. 13(2)(a), Art. 5(1)(e))": retention.vague,
    "indefinite retention (Art. 5(1)(e), Art. 13(2)(a))": retention.of_kind("indefinite"),
    "retention ends only when the customer acts, no maximum period (Art. 5(1)(e), Art. 25(2))": (
        retention.until_customer_acts
    ),
    "retention period looks excessive for the stated purpose (Art. 5(1)(e))": retention.excessive,
    "contradictory retention statements (Art. 12(1), Art. 13(2)(a))": retention.contradictory,
    "retention by reference to a statute without the period (Art. 13(2)(a))": retention.by_statute,
    "no-disclosure statement contradicted by recipients named elsewhere (Art. 12(1), Art. 13(1)(e))": (
        _denial_contradicted
    ),
    "recipients or categories of recipients not stated (Art. 13(1)(e))": _no_recipients,
    "outdated supervisory authority address": _outdated_authority,
    "notice undated (accountability, Art. 5(2), Art. 12(1))": _undated,
    "notice predates application of the GDPR (25.5.2018) and was never updated (Art. 12(1), Art. 13)": (
        _predates
    ),
    "profiling or automated decisions declared without logic and consequences (Art. 13(2)(f))": (
        sections.logic_missing
    ),
    "no-profiling statement contradicted elsewhere (Art. 12(1), Art. 13(2)(f))": (
        sections.no_profiling_contradicted
    ),
    "heading on automated decision-making left empty (Art. 13(2)(f))": sections.empty_automated,
    "section heading left empty": sections.empty_section,
    "non-essential cookies without reference to consent (Act 917/2014 s. 205)": (
        sections.cookies_without_consent
    ),
    "consent inferred from use of the site is not valid (Art. 4(11), Art. 7)": (
        lambda facts: facts.says("inferred_consent")
    ),
    "legal basis not stated (Art. 13(1)(c))": _no_basis,
    "contradictory legal bases (Art. 12(1), Art. 13(1)(c))": _contradictory_bases,
    "legal bases listed but not linked to purposes (Art. 13(1)(c))": _unlinked_bases,
    "legitimate interest not described (Art. 13(1)(d))": _undescribed_interest,
    "customer/member relationship or 'pertinent connection' given as basis instead of an Art. 6(1) ground (Art. 13(1)(c))": (
        _relationship_as_basis
    ),
    "controller identity or contact details incomplete (Art. 13(1)(a))": _incomplete_controller,
    "categories of personal data vague or given in the wrong section (Art. 12(1), Art. 14(1)(d))": (
        _wrong_section
    ),
    "source of data not stated (Art. 14(2)(f) where applicable)": _no_sources,
    "children's data processed without child-appropriate information (Art. 12(1), recital 58)": (
        _children
    ),
    "joint controllers' arrangement not explained (Art. 26(2))": _joint,
}

WORDINGS = tuple(_RULES)
"""The closed list, in its order."""


def _in_headings(facts: Facts, name: str) -> bool:
    words = pattern(name, facts.whole.language)
    return any(words.search(section.heading) for section in facts.notices[0].sections)
