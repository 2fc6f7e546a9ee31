"""One expectation for each family of checks: what of the notice a batch is expected to keep."""

from __future__ import annotations

from audit.expectations.expectation import OfFamily

__all__ = [
    "FAMILIES",
    "ExpectAccountability",
    "ExpectAccuracy",
    "ExpectDataMinimisation",
    "ExpectIntegrityAndConfidentiality",
    "ExpectLawfulnessFairnessAndTransparency",
    "ExpectPurposeLimitation",
    "ExpectRightsOfTheDataSubject",
    "ExpectStorageLimitation",
]


class ExpectAccountability(OfFamily):
    """Expect the controller's own records to show what the notice promises of them (Art. 5(2))."""


class ExpectAccuracy(OfFamily):
    """Expect the data to be plausible, up to date and held once for each person (Art. 5(1)(d))."""


class ExpectDataMinimisation(OfFamily):
    """Expect no data that the notice does not declare (Art. 5(1)(c))."""


class ExpectIntegrityAndConfidentiality(OfFamily):
    """Expect access by named, bound and present people only, and no credentials (Art. 5(1)(f))."""


class ExpectLawfulnessFairnessAndTransparency(OfFamily):
    """Expect sources, recipients, transfers and cookies to be those declared (Art. 5(1)(a))."""


class ExpectPurposeLimitation(OfFamily):
    """Expect disclosures for the purposes that the notice states (Art. 5(1)(b))."""


class ExpectRightsOfTheDataSubject(OfFamily):
    """Expect requests, objections and erasures to be carried out in time (Art. 12–22)."""


class ExpectStorageLimitation(OfFamily):
    """Expect no record past the retention period that the notice declares (Art. 5(1)(e))."""


#: The class of each family of checks.
FAMILIES: dict[str, type[OfFamily]] = {
    each.family: each
    for each in (
        ExpectAccountability,
        ExpectAccuracy,
        ExpectDataMinimisation,
        ExpectIntegrityAndConfidentiality,
        ExpectLawfulnessFairnessAndTransparency,
        ExpectPurposeLimitation,
        ExpectRightsOfTheDataSubject,
        ExpectStorageLimitation,
    )
}
