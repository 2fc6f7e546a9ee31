"""Financial years, and until when the law requires their vouchers and books to be kept."""

from __future__ import annotations

from datetime import date

import pytest

from audit.plan import Plan
from audit.plan.financial_years import FinancialYear, minimum_until, years


@pytest.mark.parametrize(
    ("ended", "voucher", "book"),
    [
        (date(2024, 3, 31), date(2030, 12, 31), date(2034, 3, 31)),
        (date(2017, 6, 30), date(2023, 12, 31), date(2027, 6, 30)),
        (date(2020, 2, 29), date(2026, 12, 31), date(2030, 2, 28)),
        (date(1999, 12, 31), date(2005, 12, 31), date(2009, 12, 31)),
    ],
)
def test_minimums_are_counted_from_the_end_of_the_financial_year(ended, voucher, book):
    """Vouchers from the end of its calendar year, books from its own end."""
    assert (minimum_until("voucher", ended), minimum_until("book", ended)) == (voucher, book)


def test_long_short_and_changed_years():
    """An end alone begins the day after the year before; a run has years of twelve months."""
    plan = Plan.model_validate(
        {
            "financial_years": [
                {"start": "2014-01-01", "end": "2015-12-31", "yearly": True},
                "2016-06-30",
                "2017-12-31",
                "2021-12-31",
            ]
        }
    )
    assert [(str(one.start), str(one.end)) for one in years(plan.financial_years)] == [
        ("2014-01-01", "2014-12-31"),
        ("2015-01-01", "2015-12-31"),
        ("2016-01-01", "2016-06-30"),
        ("2016-07-01", "2017-12-31"),
        ("2021-01-01", "2021-12-31"),  # what lies between was not told
    ]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"end": date(2020, 12, 31), "yearly": True}, "needs `start`"),
        ({"start": date(2021, 1, 1), "end": date(2020, 12, 31)}, "after"),
        ({"start": date(2019, 1, 1), "end": date(2020, 12, 31)}, "eighteen months"),
    ],
)
def test_impossible_years_are_refused(said, problem):
    """What is no financial year is said to be none."""
    with pytest.raises(ValueError, match=problem):
        FinancialYear.model_validate(said)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"deletion_cycle": "P13M"}, "a year at most"),
        ({"event_from": {"tomorrow": {"latest_of": ["last_order"]}}}, "no notice counts"),
        ({"event_from": {"last_order": {"latest_of": ["orders.colour"]}}}, "orders.ordered_on"),
        (
            {"event_from": {"last_order": {"latest_of": ["visit"], "confirmed_by": "A"}}},
            "a name and a day",
        ),
    ],
)
def test_what_the_plan_says_of_erasing_is_whole(said, problem):
    """A wrong rule is refused with what is wrong."""
    with pytest.raises(ValueError, match=problem):
        Plan.model_validate(said)
