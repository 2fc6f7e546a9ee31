"""Transparency: consent that nobody asks for."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import find, passages, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT07",
    criterion="GDPR Art. 6(1)(a), 7, 13(2)(c); SVPL 917/2014 200 §, 205 §",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def consent_missing_where_needed(notice: Notice) -> Iterator[Remark]:
    """
    Notices of marketing cookies or electronic marketing that know no consent.

    Cookies that are not strictly necessary, and e-mail or text messages to consumers, need consent
    whatever the notice says; consent needs a way to withdraw it. A notice that names consent as a
    basis, or asks for it before cookies, is not found here.

    | clauses                             | legal_bases       | result        |
    | ----------------------------------- | ----------------- | ------------- |
    | Lähetämme uutiskirjeen asiakkaille. | contract          | nonconformity |
    | Lähetämme uutiskirjeen luvallasi.   | contract, consent | conformity    |
    | Laskutamme työn.                    | contract          | conformity    |

    Remedy: ask for consent before marketing cookies and electronic marketing, and say how it is
    withdrawn.
    """
    if any(basis.key == "consent" for basis in notice.legal_bases):
        return
    cookies = notice.cookies
    # Its own heading on consent is where the notice should have said so.
    heading = pattern("heading_consent", notice.language)
    own = [p.clause for p in passages(notice) if heading.search(p.heading)]
    if cookies.used and cookies.consent != "asked":
        for found in find(notice, "nonessential_cookies"):
            yield remark(notice, *own, *(() if own else (found.passage.clause,)), detail="cookies")
            break
    for found in find(notice, "electronic_marketing"):
        if not pattern("consent_words", notice.language).search(found.passage.text):
            yield remark(notice, found=found, detail="marketing")
            break
