"""What a notebook says of validation results: numbers and words agree, in each language."""

from __future__ import annotations

import pytest

from audit.finding import Finding, Grade, Result
from audit.notebook.validated import found_words
from audit.report.texts import Texts


def found(result: Result, count: int, grade: Grade | None = None) -> Finding:
    return Finding(
        check="STO01", result=result, grade=grade, table="asiakkaat", count=count, examined=9
    )


@pytest.mark.parametrize(
    ("lang", "one", "many"),
    [
        ("fi", "1 lievä poikkeama, 1 tapaus", "1 vakava poikkeama, 1 lievä poikkeama, 3 tapausta"),
        (
            "sv",
            "1 mindre avvikelse, 1 ställe",
            "1 allvarlig avvikelse, 1 mindre avvikelse, 3 ställen",
        ),
        (
            "en",
            "1 minor nonconformity, 1 place",
            "1 major nonconformity, 1 minor nonconformity, 3 places",
        ),
    ],
)
def test_one_is_one_and_many_are_many(lang, one, many):
    texts = Texts(lang)
    minor = found(Result.NONCONFORMITY, 1, Grade.MINOR)
    major = found(Result.NONCONFORMITY, 2, Grade.MAJOR)
    assert found_words([minor], texts).replace("\N{NO-BREAK SPACE}", " ") == one
    assert found_words([minor, major], texts).replace("\N{NO-BREAK SPACE}", " ") == many
    assert found_words([found(Result.CONFORMITY, 0)], texts) == ""
    assert ": 1" in found_words([found(Result.OBSERVATION, 4)], texts)
