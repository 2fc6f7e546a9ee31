"""Transparency: sections that are empty, or answer another question."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import passages, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT32",
    criterion="GDPR Art. 12(1), 13(2)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def section_empty_or_misfiled(notice: Notice) -> Iterator[Remark]:
    """
    Notices with a heading and nothing under it, or with something that belongs elsewhere.

    A blank is no denial: it leaves open whether there is nothing to say or nobody said it. A
    section on consent that names a contract, or one on objection that speaks of access, hides
    both.

    | heading     | text                                   | result        |
    | ----------- | -------------------------------------- | ------------- |
    | Profilointi |                                        | nonconformity |
    | Suostumus   | Käsittely perustuu sopimukseen.        | nonconformity |
    | Suostumus   | Pyydämme suostumuksen uutiskirjeeseen. | conformity    |

    Remedy: write "none" where there is none, and move what belongs elsewhere.
    """
    for clause in notice.clauses:
        if clause.heading and not clause.quote.strip():
            yield remark(notice, clause.id, detail="empty", heading=clause.heading)
    for heading, words in (
        ("heading_consent", "consent_words"),
        ("heading_objection", "objection_words"),
    ):
        title = pattern(heading, notice.language)
        own = [p for p in passages(notice) if title.search(p.heading)]
        if heading == "heading_consent" and any(
            basis.key == "consent" and p.clause in basis.clauses
            for basis in notice.legal_bases
            for p in own
        ):
            continue  # a row of consent that only names what it is asked for
        said, none = pattern(words, notice.language), pattern("answered_none", notice.language)
        if own and not any(said.search(p.text) or none.search(p.text) for p in own):
            yield remark(notice, own[0].clause, detail="misfiled", heading=own[0].heading)
