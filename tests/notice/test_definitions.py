"""A notice in numbered paragraphs that begins with what its words mean."""

from __future__ import annotations

from pathlib import Path

from audit.notice.reading import read_published

PAGE = """<html><body><h1>Privacy notice</h1>
<h2>Definitions and interpretation</h2><table>
<tr><td>Data</td><td>what you send to us, such as your photo and your diet;</td></tr>
<tr><td>User</td><td>anybody who opens the Website, for as long as it is open.</td></tr></table>
<h2>Data that is given to us by you</h2><p>1. We collect the following data:</p>
<ul><li>name</li><li>email addresses</li></ul>
<h2>Keeping Data secure</h2>
<p>1. If you suspect any misuse, please let us know immediately by e-mail.</p>
<h2>Data retention</h2><p>1. Unless a longer retention period is required or permitted by law, we will only
hold your Data for the period necessary to fulfil the purposes outlined in this notice.</p>
<h2>Your rights</h2><p>1. You may ask us to erase your data.</p></body></html>"""


def test_what_words_mean_is_nothing_that_is_done(tmp_path: Path) -> None:
    """Neither a category nor a period is read from a definition, and a number is no sentence."""
    path = tmp_path / "notice.html"
    path.write_text(PAGE, "utf-8")
    notice = read_published(path).notice
    assert {item.key for item in notice.data_categories} == {"name", "email"}
    (rule,) = notice.retention
    assert rule.text.startswith("Unless a longer retention period")
    assert notice.recipients == ()
    assert not [c.quote for c in notice.clauses if c.quote == "1."]
