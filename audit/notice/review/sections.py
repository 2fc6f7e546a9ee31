"""Defects of sections that are empty, and of what is said of profiling and cookies."""

from __future__ import annotations

from audit.notice.review.cookies import consent_is_asked, uses_nonessential_cookies
from audit.notice.review.facts import Facts, Said
from audit.notice.review.phrases import find, pattern

__all__ = [
    "automated_decision_right",
    "cookies_without_consent",
    "empty_automated",
    "empty_section",
    "logic_missing",
    "no_profiling_contradicted",
]

_NEAR = 40  # characters from what is automated to the word that denies it


def logic_missing(facts: Facts) -> Said:
    """Whether profiling is declared without its logic and consequences."""
    return (
        facts.automated == "declared"
        and not _profiling_is_denied(facts)
        and not _near_automation(facts, "automated_logic")
    )


def no_profiling_contradicted(facts: Facts) -> Said:
    """Whether profiling is denied and described."""
    if facts.automated != "declared_none" and not _profiling_is_denied(facts):
        return False
    denies = pattern("no_profiling", facts.whole.language)
    return any(not denies.search(f.quote) for f in find(facts.whole, "profiling_act"))


def _profiling_is_denied(facts: Facts) -> bool:
    """Whether a sentence denies profiling itself, and not decisions by automated means alone."""
    denials = find(facts.whole, "no_profiling")
    return any("profil" in found.quote.lower() for found in denials)


def _blank_headings(facts: Facts) -> list[str]:
    """Headings with nothing under them, nor anywhere else what they would have said."""
    sections = facts.notices[0].sections
    if not sections:
        return [c.heading for c in facts.whole.clauses if c.heading and not c.quote.strip()]
    answered = _answered(facts)
    # In a list of registers each stands alone on its line.
    names = {notice.register_name.casefold() for notice in facts.notices}
    return [
        section.heading
        for section in sections
        if section.blank
        and section.topics
        and not set(section.topics) <= answered
        and not _leads_on(facts, section.heading)
        and section.heading.casefold() not in names
        and ": " not in section.heading  # "The contact person is: Anna Prov" says it itself
    ]


def _answered(facts: Facts) -> set[str]:
    """Topics of headings that may only lead on: what they are about is told elsewhere."""
    told = {"title", "registers"}
    notices = facts.notices
    if any(notice.register_name for notice in notices):
        told.add("register_name")
    if any(rule.kind != "missing" for _, rule in facts.rules):
        told.add("retention")
    if facts.rights:
        told.add("rights")
    if facts.bases:
        told |= {"legal_basis", "purpose"}
    if any(notice.recipients for notice in notices):
        told |= {"recipients", "disclosures"}
    if any(notice.sources for notice in notices):
        told.add("sources")
    if facts.categories:
        told.add("contents")
    if any(notice.dated for notice in notices):
        told |= {"date", "changes"}
    if sum("protection" in section.topics for section in notices[0].sections) > 1:
        told.add("protection")
    return told


def _leads_on(facts: Facts, heading: str) -> bool:
    """Whether a heading without words of its own is the title of those below it."""
    return all(clause.heading != heading for clause in facts.whole.clauses)


def empty_automated(facts: Facts) -> Said:
    """Whether the heading on automated decisions stands above nothing."""
    automated = pattern("heading_automated", facts.whole.language)
    blank = any(notice.automated_decisions.section_blank for notice in facts.notices)
    return blank or any(automated.search(heading) for heading in _blank_headings(facts))


def empty_section(facts: Facts) -> Said:
    """The other headings that stand above nothing."""
    automated = pattern("heading_automated", facts.whole.language)
    return ", ".join(h for h in dict.fromkeys(_blank_headings(facts)) if not automated.search(h))


def cookies_without_consent(facts: Facts) -> Said:
    """Whether cookies for statistics or marketing are set without asking."""
    whole = facts.whole
    if facts.says("inferred_consent") or consent_is_asked(whole) or whole.cookies.used is False:
        return False
    return uses_nonessential_cookies(whole) is not None or facts.says("browser_settings")


def automated_decision_right(facts: Facts) -> Said:
    """Whether decisions are automated, and the right against them is not told."""
    decides = facts.automated == "declared" and _decides(facts)
    known = "not_subject_to_automated_decision" in facts.rights
    return decides and not known and not _near_automation(facts, "human_review")


def _decides(facts: Facts) -> bool:
    """Whether something is decided by automated means: no denial, and no choice of what is offered."""
    language = facts.whole.language
    denies = pattern("no_profiling", language)
    chooses = pattern("chooses_offers", language)
    for found in find(facts.whole, "automated_decision"):
        denied = denies.search(found.quote)
        # Far behind the decision a "not" is of what follows from it; before it, it denies it.
        before = denied and not denied[0].lower().startswith(("automa", "profil"))
        if denied and (before or len(denied[0]) <= _NEAR):
            continue
        if not chooses.search(found.quote):
            return True
    return False


def _near_automation(facts: Facts, name: str) -> bool:
    """Whether such a phrase stands where automation is spoken of."""
    language = facts.whole.language
    heading = pattern("heading_automated", language)
    about = pattern("profiling", language), pattern("automated_decision", language)
    return any(
        heading.search(found.passage.heading) or any(words.search(found.quote) for words in about)
        for found in find(facts.whole, name)
    )
