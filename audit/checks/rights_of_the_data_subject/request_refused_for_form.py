"""Rights of the data subject: requests turned away for their form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.checks.rights_of_the_data_subject._kinds import kind_of, requests_by_kind
from audit.finding import Basis, Grade

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "RIG10",
    criterion="GDPR Art. 12(2), 12(6)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    needs=("refusal_reason|outcome",),
    at="refusal_reason",
    about="rights",
    examines=requests_by_kind,
)
def request_refused_for_form(requests: ir.Table) -> ir.Table:
    """
    Requests that were refused or left waiting for a signature, a form, paper or a language.

    A request is valid in any form and in any language that the controller can be expected to
    understand; a remark beside it ("not signed") tells as well as the reason does; only reasonable doubt about who is asking may be settled, by what is needed for
    that. What the notice demands does not change it (Otavamedia 6097/161/21, Sivakka 24.5.2021).

    | outcome | refusal_reason | result        |
    | ------- | -------------- | ------------- |
    | refused | form           | nonconformity |
    | pending | form           | nonconformity |
    | form    |                | nonconformity |
    | refused | law            | conformity    |
    | granted | form           | conformity    |

    A `remark` counts where nothing says that the request was granted or taken back.

    Grade: major, since the person was denied a right.

    Remedy: handle the request without the signature or the form, and tell the person. Sending the
    form once more is not enough.
    """
    for_form = is_any(requests.refusal_reason, ("form",)) | is_any(requests.outcome, ("form",))
    for_form = for_form | is_any(requests.remark, ("form",))
    done = is_any(requests.outcome, ("granted", "withdrawn"))
    return requests.mutate(
        detail=ibis.literal("turned away for its form"), topic=kind_of(requests)
    ).filter(for_form, ~done)
