"""Integrity and confidentiality: accounts that several people use."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among
from audit.checks.integrity_and_confidentiality._access import is_service, open_on
from audit.finding import Basis, Grade, Result
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "SEC01",
    criterion="the notice; GDPR Art. 32(1)(b), 5(1)(f)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    at="user_id",
)
def shared_account(access_list: ir.Table, as_of: date) -> ir.Table:
    """
    Open accounts that are not one person's.

    An account is shared if the list says so, if several people or nobody in particular stand beside
    it, if two rows give one id to two people, or if its id is a place or a task ("myynti", "kassa")
    and no person's name stands beside it; with a name it is an observation, unless the list calls
    the account personal. So is a word with a number, or an id of another form than the others, beside
    which nobody stands in a list that names the others: nobody can tell whose it is. Where a list
    of many names nearly all holders, one without is nobody's. Two ids of one person are fine, and so
    is a service's account.

    Audited on 2026-11-22:

    | user_id   | user_id_kind | user_name   | user_name_kind | account_kind | access_until | result        |
    | --------- | ------------ | ----------- | -------------- | ------------ | ------------ | ------------- |
    | aino.koe  |              | aino koe    | person         |              |              | conformity    |
    | kassa     | shared       |             |                |              |              | nonconformity |
    | kassa1    | shared       | aino koe    | person         |              |              | observation   |
    | myynti    | shared       |             |                |              | 2025-01-31   | conformity    |
    | tiski     |              | koko väki   | nobody         |              |              | nonconformity |
    | svc_kopio | service      |             |                |              |              | conformity    |
    | ratatalli |              |             |                |              |              | observation   |

    Grade: major.

    Remedy: give each user an id of their own, and close the shared one. Changing its password is
    not enough.
    """
    # A list that has no ids, and says of an account that it is nobody's, tells of it as well.
    nobodys = among(access_list.user_name_kind, {"several", "nobody"})
    without_ids = access_list.filter(access_list.user_id.notnull()).count() == 0
    nobodys &= access_list.user_name.notnull() & without_ids
    accounts = access_list.filter(
        access_list.user_id.notnull() | nobodys, open_on(access_list, as_of)
    )
    # One id, two people: the names differ.
    people = accounts.filter(among(accounts.user_name_kind, {"person"}))
    twice = people.group_by(shared_id=people.user_id).agg(names=people.user_name.nunique())
    twice = twice.filter(twice.names > 1).select("shared_id")
    # The house writes ids as "aino.koe", each with a name: one that is no such id, and has none.
    house = people.agg(
        dotted=people.user_id.contains(".").sum().fill_null(0).cast("int64"),
        named=people.count().cast("int64"),
        whole=people.user_name.contains(" ").sum().fill_null(0).cast("int64"),
    )
    accounts = accounts.cross_join(house).mutate(service=is_service(accounts))
    theirs = accounts.filter(~accounts.service)
    accounts = accounts.cross_join(theirs.agg(open_ones=theirs.count().cast("int64")))
    of_several = accounts.user_id.isin(twice.shared_id)
    own_name = _is_made_of_its_name(accounts)  # "s.sijainen" of Saana Sijainen
    nobody = among(accounts.user_name_kind, {"several", "nobody"}) & ~own_name
    said = among(accounts.account_kind, {"shared"}) | nobody
    generic = among(accounts.user_id_kind, {"shared"}) & ~own_name
    personal = among(accounts.account_kind, {"personal", "owner"})
    # "Pesula Vastaanotto" beside "vastaanotto" names the place once more, and nobody.
    word = accounts.user_id
    for digit in "0123456789":
        word = word.replace(digit, "")
    echoed = generic & accounts.user_name.contains(word).fill_null(False)
    named = among(accounts.user_name_kind, {"person"}) & ~echoed
    nameless = accounts.user_name.isnull() & accounts.user_id_kind.isnull()
    nameless &= (accounts.dotted > 0) & (accounts.dotted * 2 >= accounts.named)
    untold = accounts.account_kind.isnull() | among(accounts.account_kind, {"unread"})
    nameless &= ~accounts.user_id.contains(".") & untold
    # Where the list names people, a counter's number beside no name is asked about.
    listed = accounts.filter(among(accounts.user_name_kind, {"person"})).count() > 0
    numbered = among(accounts.user_id_kind, {"numbered"}) & accounts.user_name.isnull() & listed
    result = ibis.cases(
        (_of_no_holder(accounts) & ~personal, str(Result.NONCONFORMITY)),
        (said | of_several, str(Result.NONCONFORMITY)),
        (generic & named & ~personal, str(Result.OBSERVATION)),
        (generic & ~named, str(Result.NONCONFORMITY)),
        (nameless, str(Result.OBSERVATION)),
        (numbered & ~personal, str(Result.OBSERVATION)),
    )
    detail = ibis.cases((of_several, "one id of several people"), else_="no one person's account")
    found = accounts.mutate(result=result, detail=detail)
    return found.filter(found.result.notnull(), ~found.service)


def _is_made_of_its_name(accounts: ir.Table) -> ir.BooleanValue:
    """Whether an id is the initial and the surname of who stands beside it, a word though that may be."""
    surname = accounts.user_id.substr(2)
    by_initial = accounts.user_id.re_search("^[a-zåäöé][.][a-zåäöé-]{2,}$")
    names = accounts.user_name.contains(" ") & accounts.user_name.contains(surname)
    return (by_initial & names).fill_null(False)


def _of_no_holder(accounts: ir.Table) -> ir.BooleanValue:
    """
    Whether a list that names the holders has none for an account, or one word that is no name.

    Beside "Aino Koe" and "Onni Koe" a "Vahtikoppi" is a place.
    """
    mostly = (accounts.named >= _MANY) & (accounts.named * 5 >= accounts.open_ones * 4)
    blank = accounts.user_name.isnull() & accounts.user_id_name.isnull()
    whole = accounts.whole * 10 >= accounts.named * 9
    a_word = among(accounts.user_name_kind, {"person"}) & ~accounts.user_name.contains(" ")
    a_word &= ~among(accounts.user_name, frozenset(load("names")["first"].split()))
    return (mostly & (blank | (a_word & whole))).fill_null(False)


_MANY = 8
