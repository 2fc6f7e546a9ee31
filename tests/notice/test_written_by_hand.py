"""A notice written down by hand: a key that means nothing is said, with the one that was meant."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import NoticeInvalid
from audit.notice.model import DataCategory
from audit.notice.read import read_notice
from audit.plan import Plan
from audit.run import run

NOTICE = """\
register_name: Clients
language: en
controller: {name: Zephyr Pipes}
dated: 2025-03
data_categories: [{key: email, text: e-mail}, {key: "other:badge", text: badge}]
retention: [{id: A, kind: fixed, period: P5Y, event: last_order, applies_to: [email]}]
transfers: {statement: conditional, safeguards: [standard_contractual_clauses]}
"""


@pytest.mark.parametrize(
    ("said", "instead", "words"),
    [
        ("key: email", "key: emial", ("data_categories.0.key", "“emial”", "`email`")),
        ("[email]", "[emial]", ("retention.0.applies_to", "“emial”", "`email`")),
        ("last_order", "last_ordr", ("retention.0.event", "“last_ordr”", "`last_order`")),
        ("last_order", "signing", ("retention.0.event", "is one of", "last_order")),
        ("standard_contractual_clauses", "mallilauseke", ("transfers.safeguards", "is one of")),
        ("dated: 2025-03", "dated: 1.3.2025", ("dated", "YYYY-MM-DD")),
        ("dated: 2025-03", "dated: 2025-02-30", ("dated", "YYYY-MM-DD")),
        ("dated: 2025-03", "effective_from: 2025-02-30", ("effective_from", "YYYY-MM-DD")),
        ("statement: conditional", "statement: conditonal", ("statement", "`conditional`")),
        (NOTICE, "", ("line 1", "it is empty", "published notice")),
        (NOTICE, "title: kokous", ("line 1", "it is no notice")),
    ],
)
def test_a_mistake_in_a_notice_is_one_sentence(tmp_path, said, instead, words):
    path = tmp_path / "notice.yaml"
    path.write_text(NOTICE.replace(said, instead), "utf-8")
    plan = Plan.model_validate({"notice": "notice.yaml"}).model_copy(update={"folder": tmp_path})
    with pytest.raises(NoticeInvalid) as error:
        run(plan, date(2026, 11, 22), tmp_path / "evidence.parquet")
    told = str(error.value)
    assert all(word in told for word in words), told


def test_what_is_kept_for_a_time_is_declared(tmp_path):
    """Unless it is the website's, or nothing is listed at all."""
    path = tmp_path / "notice.yaml"
    path.write_text(NOTICE.replace("[email]", "[communication]"), "utf-8")
    notice = read_notice(path)
    assert notice.declared_categories() == {"email", "other:badge", "communication"}
    website = DataCategory(key="communication", text="chat", scope="website")
    listed = notice.model_copy(update={"data_categories": (*notice.data_categories, website)})
    assert listed.declared_categories() == {"email", "other:badge"}
    assert notice.model_copy(update={"data_categories": ()}).declared_categories() is None
    by_rule = notice.model_copy(update={"read_from": "notice.html"})
    assert by_rule.declared_categories() == {"email", "other:badge"}


def test_what_is_known_is_read(tmp_path):
    """Without its first line, too: the JSON Schema lets it be left out."""
    path = tmp_path / "notice.yaml"
    path.write_text(NOTICE.replace("2025-03", "2025-03-01"), "utf-8")
    assert read_notice(path).dated == "2025-03-01"
    path.write_text(NOTICE.replace("[email]", '["other:badge"]'), "utf-8")
    assert read_notice(path).retention[0].applies_to == ("other:badge",)
