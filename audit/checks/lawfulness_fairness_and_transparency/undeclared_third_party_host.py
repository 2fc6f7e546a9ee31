"""Lawfulness and transparency: outside hosts that a visitor's browser is sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among, any_of, contains_any
from audit.finding import Basis, Grade, Result
from audit.notice.declared.site import named_hosts, own_domains, services
from audit.notice.declared.words import closed_disclosures
from audit.notice.model import Exhaustive, Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "COO03",
    criterion="the notice; GDPR Art. 13(1)(e), 5(1)(a)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("host",),
    at="host",
    promised="cookies|recipients",
)
def undeclared_third_party_host(web_requests: ir.Table, notice: Notice) -> ir.Table:
    """
    Requests to outside hosts of which the notice says nothing.

    Whoever is asked for a font, a map or a script gets the visitor's IP address. A service that the
    notice names covers its own hosts: Google Analytics does not cover the tag manager, the fonts or
    the advertising. Where nothing says whose a host is, a known service's is another's, and so is one
    outside the controller's own domain, if the notice tells it. Where the notice says that nobody else gets data, it is a nonconformity, else an
    observation.

    With a notice that names Google Analytics, tells of statistics and says that is the whole list:

    | host                     | host_service       | first_party | result        |
    | ------------------------ | ------------------ | ----------- | ------------- |
    | www.koe.example          |                    | true        | conformity    |
    | www.google-analytics.com | google_analytics   | false       | conformity    |
    | www.googletagmanager.com | google_tag_manager | false       | nonconformity |
    | mainos.example           |                    | false       | nonconformity |
    | cdn.example              |                    |             | conformity    |

    Grade: minor.

    Remedy: keep fonts, scripts and maps on your own server, or load them only with consent; say in
    the notice who gets the visitor's data. A longer banner is not enough.
    """
    named = services(notice)
    closed = closed_disclosures(notice) or notice.cookies.exhaustive is Exhaustive.YES
    result = Result.NONCONFORMITY if closed else Result.OBSERVATION
    outside = (~web_requests.first_party).fill_null(False)
    # A list without a word on whose a host is: a known service's is another's, whatever its name.
    untold = web_requests.first_party.isnull()
    outside = outside | (untold & web_requests.host_service.notnull())
    if own := own_domains(notice):
        here = [(web_requests.host == one) | web_requests.host.endswith(f".{one}") for one in own]
        outside = outside | (untold & ~any_of(here))
    third = web_requests.filter(web_requests.host.notnull(), outside.fill_null(False))
    told = among(third.host_service, named) | (
        third.host_service.isnull() & contains_any(third.host, named_hosts(notice))
    )
    return third.filter(~told).mutate(result=ibis.literal(str(result)))
