"""The page and its parts: whole, safe to open, and true to the data."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from audit.checks import catalogue
from audit.errors import ArgumentUnusable
from audit.register.roles import Role
from audit.report.actions import do_by
from audit.report.html import FRAGMENTS, render_fragment, render_html
from audit.report.sentences import told
from audit.report.texts import LANGUAGES, Texts
from audit.report.view import View

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202etxt.exe\u2066",
    "\x00\x08\x1b[2J",
    "</style></bdi></table>",
    "&lt;b&gt;",
    "ä" * 10_000,
)
VOID = {"meta", "br", "wbr", "col", "path", "rect", "circle"}
LOADING = {
    "script",
    "img",
    "link",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "base",
    "form",
}


class Page(HTMLParser):
    """Reads a page: its elements, its text, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def conforming(data: dict[str, Any]) -> dict[str, Any]:
    """The same audit, had nothing been found."""
    data["findings"] = [f for f in data["findings"] if f["result"] == "conformity"]
    data["summary"] |= {"major": 0, "minor": 0, "observations": 0, "not_assessed": 0, "evidence": 0}
    data["clauses"] = [c | {"state": "conforms_on_supplied"} for c in data["clauses"][:2]]
    data["ledgers"][0] |= {"quarantined": [], "repaired": [], "lines": 1201, "accounted": 1201}
    return data


@pytest.fixture(params=LANGUAGES)
def lang(request):
    return request.param


def test_the_page_loads_nothing_and_runs_nothing(data, examples, provenance, lang):
    page = render_html(data, examples, provenance, lang)
    read = Page(page)
    assert not LOADING & {tag for tag, _ in read.elements}
    assert not re.search(r"https?:|//\w|@import|url\((?!#)|javascript:", page, re.IGNORECASE)
    for _, attributes in read.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert (attributes.get("href") or "#").startswith("#")
    assert "default-src 'none'" in page


def test_the_page_is_well_formed_and_names_its_language(data, examples, provenance, lang):
    read = Page(render_html(data, examples, provenance, lang))
    assert read.all("html") == [{"lang": lang}]
    assert {a["lang"] for a in read.all("blockquote") + read.all("span") if "lang" in a} == {"fi"}
    ids = [a["id"] for _, a in read.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in read.elements:
        named = (attributes.get("aria-labelledby") or "").split()
        linked = [h[1:] for h in [attributes.get("href") or ""] if h]
        assert set(named + linked) <= set(ids)


def test_tables_have_captions_and_scopes_and_pictures_have_words(data, examples, provenance, lang):
    read = Page(render_html(data, examples, provenance, lang))
    assert len(read.all("table")) == len(read.all("caption")) > 5
    assert all(cell.get("scope") in ("col", "row") for cell in read.all("th"))
    pictures = [a for a in read.all("svg") if a.get("role") == "img"]
    assert len(pictures) == len(read.all("title")) - 1 == len(read.all("desc")) == 3
    assert all(a.get("aria-hidden") == "true" for a in read.all("svg") if a not in pictures)


def test_headings_go_down_one_step_at_a_time(data, examples, provenance):
    read = Page(render_html(data, examples, provenance, "fi"))
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", FRAGMENTS)
def test_every_fragment_stands_alone_in_every_language(name, data, examples, lang):
    fragment = render_fragment(name, data, examples, lang)
    read = Page(fragment)
    assert read.all("div")[0] == {"class": "ra fragment", "lang": lang}
    assert Texts(lang).t(f"section.{name}") in read.text
    assert not LOADING & {tag for tag, _ in read.elements}


def test_the_page_is_made_of_the_fragments(data, examples, provenance):
    page = render_html(data, examples, provenance, "fi")
    # A part alone has no other part to lead to.
    places = r"ra-(?:[A-Z]{3}\d\d|do-\d+|actions)"
    page = re.sub(rf'<a href="#{places}">(.*?)</a>', r"<span>\1</span>", page)
    page = re.sub(r' id="ra-(?:[A-Z]{3}\d\d|do-\d+)"', "", page)
    texts = Texts("fi")
    page = page.replace(texts.t("actions.lead"), texts.t("actions.lead_alone"))
    for name in FRAGMENTS:
        fragment = render_fragment(name, data, examples, "fi")
        assert fragment[fragment.index("<section") : fragment.rindex("</section>")] in page


def test_every_style_is_scoped(data, examples):
    style = re.search(
        r"<style>(.*?)</style>", render_fragment("ledger", data, examples, "fi"), re.DOTALL
    )
    assert style
    rules = re.sub(r"/\*.*?\*/", "", style[1], flags=re.DOTALL)
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@;]+?)\s*\{", rules)
    assert len(selectors) > 60
    for selector in selectors:
        for one in re.split(r",(?![^(]*\))", selector):
            assert one.strip().startswith((".ra", ":root:has(> .ra.page)")), one


def test_an_unknown_fragment_raises(data, examples):
    with pytest.raises(ArgumentUnusable, match="give one of verdict"):
        render_fragment("../page", data, examples, "fi")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_are_shown_as_words(hostile, data, examples, provenance):
    calm = Page(render_html(data, examples, provenance, "fi"))
    for finding in data["findings"]:
        finding["table"] = hostile
        if "column" in finding:
            finding["column"] = hostile
    for rows in examples.values():
        for row in rows:
            row |= {
                "column": hostile,
                "record_key": hostile if row["record_key"] else None,
                "detail": hostile,
            }
    table = data["tables"][0]
    table |= {"name": hostile, "source": hostile}
    for column in table["columns"]:
        column |= {"header": hostile, "ground": f"header: “{hostile}”"}
    data["ledgers"][0] |= {"source": hostile, "encoding": hostile}
    data["left_out"].append({"file": hostile, "reason": hostile})
    data["assumptions"] = [f"columns_recognised:{hostile}", f"ambiguous_dates:{hostile}:{hostile}"]
    data["notice"] |= {"controller": hostile, "register_name": hostile, "dated": hostile}
    data["register"] = hostile
    provenance["inputs"][0] |= {"path": hostile}
    page = render_html(data, examples, provenance, "fi")
    read = Page(page)
    assert not LOADING & {tag for tag, _ in read.elements}
    assert not [a for _, a in read.elements if any(name.startswith("on") for name in a)]
    assert len(read.all("style")) == len(calm.all("style"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    assert "ä" * 201 not in page
    if hostile.startswith("{{"):
        assert "{{ 7 * 7 }}" in read.text
    assert page.encode("utf-8")


def test_clauses_are_quoted_without_their_markup(data, examples):
    data["clauses"][0]["quote"] = (
        "Rekisteri <script>alert(1)</script> <b>sisältää</b>&nbsp;&lt;i&gt;\u202e nämä"
    )
    read = Page(render_fragment("findings", data, examples, "fi"))
    assert "Rekisteri alert(1) sisältää <i> nämä" in read.text
    assert not read.all("i")


@pytest.mark.parametrize("promise", ["Kaikki poistetaan ajallaan.", "All is erased in time."])
def test_a_promise_in_the_notices_own_words_is_not_said_twice(data, examples, promise):
    """In English a promise stands below a Finnish clause only where somebody put it into English."""
    data["clauses"][0] |= {"quote": "Kaikki poistetaan ajallaan.", "promise": promise}
    text = Page(render_fragment("clauses", data, examples, "en")).text
    assert text.count(promise) == 1
    assert "Kaikki poistetaan ajallaan." in text


def test_the_verdict_is_one_plain_sentence(data, examples, lang):
    said = {
        "fi": "Rekisterin 1 200 tietueen tarkastuksessa löytyi 2 vakavaa poikkeamaa ja 1 lievä poikkeama (tilanne 22.11.2026).",
        "sv": "Vid granskningen av 1 200 poster i registret hittades 2 allvarliga avvikelser och 1 mindre avvikelse (läget den 22.11.2026).",
        "en": "The audit of 1,200 records of the register found 2 major nonconformities and 1 minor nonconformity (as of 22 November 2026).",
    }
    assert said[lang] in Page(render_fragment("verdict", data, examples, lang)).text


def test_an_incomplete_audit_says_so_first(data, examples, provenance, lang):
    texts = Texts(lang)
    sentence = "asiakkaat_b.csv cannot be read: it is no text; export it again."
    data |= {"complete": False, "failures": [{"source": "asiakkaat_b.csv", "sentence": sentence}]}
    verdict = Page(render_fragment("verdict", data, examples, lang)).text
    assert (
        verdict.index(texts.t("verdict.incomplete"))
        < verdict.index(told(sentence, lang)[0])
        < verdict.index("1 minor" if lang == "en" else "22")
    )
    assert texts.t("verdict.complete") not in verdict
    page = Page(render_html(data, examples, provenance, lang))
    assert page.text.startswith(texts.t("page.kind_incomplete"))
    assert told(sentence, lang)[0] in Page(render_fragment("limits", data, examples, lang)).text


def test_an_audit_that_found_nothing_says_how_little_that_means(data, provenance, lang):
    texts = Texts(lang)
    clean = conforming(data)
    read = Page(render_html(clean, {}, provenance, lang))
    assert texts.t("verdict.nothing_caution", assessed=texts.part(2, 3)) in read.text
    assert texts.t("actions.none") in read.text
    assert texts.t("verdict.breach") not in read.text
    assert texts.t("checks.SEC07.conforms", ok=6000, n=6000).replace("\xa0", " ") in read.text


def test_what_was_observed_is_not_counted_as_conforming(data, examples):
    text = Page(render_fragment("findings", data, examples, "en")).text
    assert "(cells 5,997 of 6,000)" in text


def test_actions_come_by_grade_and_then_by_count(data, examples):
    text = Page(render_fragment("actions", data, examples, "en")).text
    places = [
        text.index(Texts("en").t(f"checks.{code}.remedy")) for code in ("MIN04", "MIN01", "STO01")
    ]
    assert places == sorted(places)
    assert "25 (of 6,000 cells examined)" in text
    assert "the whole column, filled cells 80" in text
    assert "A1 , A2" in text
    assert "and further: 5" in text
    assert "row 7" in text


def test_the_basis_says_what_is_certain_and_what_is_the_auditors_conclusion(data, examples):
    data["findings"].append(
        data["findings"][3]
        | {"check": "SEC07", "category": "payment_card", "fingerprint": "x", "clauses": []}
    )
    text = Page(render_fragment("findings", data, examples, "en")).text
    assert (
        "Deviates from the notice. Also evidence bearing on Finnish Data Protection Act 1050/2018 29 §; GDPR Art. 87"
        in text
    )
    assert (
        "Evidence bearing on GDPR Art. 32, 5(1)(f). Whether it is infringed is the auditor's conclusion."
        in text
    )
    assert "The notice has no clause" in text
    assert (
        Texts("en").t("verdict.breach")
        in Page(render_fragment("verdict", data, examples, "en")).text
    )


def test_the_evidence_is_located_and_the_rest_is_counted(data, examples):
    read = Page(render_fragment("findings", data, examples, "en"))
    assert "the check character agrees" in read.text
    assert "might be kept until 21 September 2024" in read.text
    assert "The other 5 places are in the work list remediation.xlsx." in read.text
    assert "10 vuotta asiakkuuden päättymisestä." in read.text


def test_clauses_show_their_state_and_the_share_assessed(data, examples):
    text = Page(render_fragment("clauses", data, examples, "en")).text
    assert "2 of 3 were assessed, which is 67%" in text
    assert "The same words as in clauses: C29." in text
    assert "The notice leaves this blank." in text
    assert "no promise 1" in text


def test_the_data_map_says_of_each_column_whether_it_is_declared(data, examples):
    text = Page(render_fragment("data_map", data, examples, "en")).text
    for words in (
        "Nimi name declared",
        "date of birth not declared 80",
        "technical",
        "free text read cell by cell",
        "not recognised not known",
    ):
        assert words in text


def test_what_holds_of_every_column_of_a_table_is_said_once(data, examples):
    """One ground of all, and columns with nothing else in their cells, need no column of their own."""
    [table] = data["tables"]
    grounds = len(table["columns"])
    mixed = Page(render_fragment("data_map", data, examples, "en")).text
    assert mixed.count(Texts("en").t("data_map.cells_found")) == 1
    data["findings"] = []
    for column in table["columns"]:
        column |= {"ground": "plan", "cells_found": 0}
    text = Page(render_fragment("data_map", data, examples, "en")).text
    assert text.count(Texts("en").wording("plan")) == 1 < grounds
    assert Texts("en").t("data_map.cells_found") not in text
    table["columns"][0]["ground"] = "content: prose"
    text = Page(render_fragment("data_map", data, examples, "en")).text
    assert text.count(Texts("en").wording("plan")) == grounds - 1


def test_columns_that_deviate_stand_before_the_others(data, examples):
    """Where many are as the notice says they are folded; where few are, or none deviates, nothing is."""
    texts = Texts("en")
    column = {"category": "name", "role": None, "declared": True, "ground": "plan", "filled": 4}
    well = [column | {"header": f"Fine{n}", "cells_found": 0} for n in range(4)]
    bad = column | {"header": "Bad", "category": "health", "declared": False, "cells_found": 0}
    data["findings"] = []
    for columns, folded in (([*well, bad], 4), ([*well[:2], bad], 0), (well, 0)):
        data["tables"][0]["columns"] = columns
        page = render_fragment("data_map", data, examples, "en")
        assert (texts.t("data_map.others", n=4) in Page(page).text) is bool(folded)
        rows = re.findall(r'<th scope="row"><bdi>(\w+)', page)
        assert sorted(rows) == sorted(one["header"] for one in columns)
        assert rows[0] == ("Bad" if folded else "Fine0")


def test_a_folder_that_nobody_planned_gives_the_page_no_name(data, examples):
    """The notice's own name does, and the plan's; the folder's stands among the facts."""
    texts = Texts("fi")
    planned = {"plan": {"name": "audit.yaml", "sha256": "0"}}
    named = texts.t("page.title", register="asiakasrekisteri")
    notice = texts.t("page.title", register="Asiakasrekisteri")
    assert f"<h1>{notice}</h1>" in render_html(data, examples, {}, "fi")
    data["notice"]["register_name"] = ""
    unplanned = render_html(data, examples, {"plan": None}, "fi")
    assert f"<h1>{texts.t('page.title_unnamed')}</h1>" in unplanned
    assert "<dd><bdi>asiakas" in unplanned
    assert f"<h1>{named}</h1>" in render_html(data, examples, planned, "fi")


def test_a_long_name_is_broken_where_its_words_meet():
    """A column's or a file's name that is one word; a word of prose stays whole, and what is escaped too."""
    from audit.report.html import _isolated

    assert _isolated("CustomerFirstName") == "<bdi>Customer<wbr>First<wbr>Name</bdi>"
    assert _isolated("uns_members.csv x<y") == "<bdi>uns_<wbr>members.<wbr>csv x&lt;y</bdi>"
    assert _isolated("FirstName") == "<bdi>FirstName</bdi>"
    assert _isolated("sähköpostiosoitteet") == "<bdi>sähköpostiosoitteet</bdi>"


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_column_with_a_task_is_called_by_it(role, data, examples):
    """What the plan says of a column is no unknown, in any language; a technical one has a task too."""
    data["tables"][0]["columns"] = [
        {"header": "X", "category": None, "role": role, "declared": None, "ground": "plan"}
        | {"filled": 4, "cells_found": 0}
    ]
    data["findings"] = []
    for lang in LANGUAGES:
        texts = Texts(lang)
        text = Page(render_fragment("data_map", data, examples, lang)).text
        assert texts.t("data_map.unknown") not in text
        assert texts.t("declared.unknown") not in text
        named = texts.t("data_map.free_text" if role == "free_text" else f"roles.{role}")
        assert f"X {named}" in text


def test_what_conforms_is_told_once_a_check(data, examples):
    """However many tables conform: one line with the sums, and the tables after it."""
    [one] = [f for f in data["findings"] if f["check"] == "SEC07"]
    for name in ("laskut", "tilaukset"):
        data["tables"].append(data["tables"][0] | {"name": name})
        data["findings"].append(one | {"table": name, "fingerprint": name})
    text = Page(render_fragment("findings", data, examples, "fi")).text
    said = Texts("fi").t("checks.SEC07.conforms", ok=18_000, n=18_000)
    assert text.count(" ".join(said.split())) == 1
    assert "SEC07 kaikki 3 taulua" in text
    data["tables"].append(data["tables"][0] | {"name": "muut"})
    text = Page(render_fragment("findings", data, examples, "fi")).text
    assert "SEC07 asiakkaat , laskut , tilaukset" in text


def test_what_the_notice_does_not_lack_is_named_and_folded(data, examples, lang):
    """A line for all of it, not one for each check; what was found or observed is not among it."""
    [one] = [f for f in data["findings"] if f["check"] == "SEC07"]
    notice = one | {"unit": "notice", "table": None, "examined": 21, "count": 21}
    family = "lawfulness_fairness_and_transparency"
    for code in ("NOT01", "NOT02", "NOT05"):
        data["criteria"].append(data["criteria"][0] | {"code": code, "family": family})
        data["findings"].append(notice | {"check": code, "fingerprint": code})
    seen = notice | {"check": "NOT05", "result": "observation", "fingerprint": "o", "count": 1}
    data["findings"].append(seen)
    html = render_fragment("findings", data, examples, lang)
    texts, text = Texts(lang), Page(html).text
    assert text.count(texts.t("findings.not_found", n=2)) == 1
    listed = html.partition('<ul class="plain absent">')[2].partition("</ul>")[0]
    assert listed.count("<li>") == 2
    assert texts.t("checks.NOT01.title") in Page(f"<ul>{listed}</ul>").text
    assert "NOT05" not in listed


def test_one_reason_for_many_checks_is_one_row(data, examples):
    """The checks that the same lack leaves unassessed in the same tables stand together."""
    [one] = [f for f in data["findings"] if f["result"] == "not_assessed"]
    data["findings"].append(one | {"check": "MIN02", "fingerprint": "y"})
    read = Page(render_fragment("limits", data, examples, "fi"))
    assert read.text.count("asiakkaat : Kenttä7") == 1
    for code in ("MIN05", "MIN02"):
        assert Texts("fi").t(f"checks.{code}.question") in read.text


def test_the_day_of_the_export_is_said_where_it_is_not_the_audits(data, examples, lang):
    texts = Texts(lang)
    data["tables"][0]["extracted_on"] = "2026-11-22"
    said = texts.t("verdict.exported", date=texts.date("2026-11-22"))
    assert said not in Page(render_fragment("verdict", data, examples, lang)).text
    data["as_of"] = "2027-03-31"
    assert said in Page(render_fragment("verdict", data, examples, lang)).text


def test_a_name_in_the_foot_of_the_paper_ends_no_style(data, examples, provenance):
    data["notice"]["register_name"] = '"}}body{display:none}</style><b>*/'
    page = render_html(data, examples, provenance, "fi")
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    foot = style[style.rindex("@bottom-left") :]
    assert foot.count('"') == 4
    assert foot.count("{") == 2
    assert "<" not in foot


def test_the_limits_say_what_and_why(data, examples):
    text = Page(render_fragment("limits", data, examples, "fi")).text
    for words in (
        "Mitä sarake sisältää? MIN05 asiakkaat : Kenttä7",
        "kuva.pdf : tiedoston muotoa ei osata lukea",
        "vanha.csv : Vanha vienti",
        "asiakkaat, Päättyi",
    ):
        assert words in text


def test_the_ledger_accounts_for_every_line(data, examples):
    text = Page(render_fragment("ledger", data, examples, "en")).text
    for words in (
        "encoding cp1252, delimiter tab",
        "they add up",
        "79 fewer cells than headers",
        "stray quotation mark was read as text: lines 4",
    ):
        assert words in text
    data["ledgers"][0]["accounted"] = 1200
    assert "3 missing" in Page(render_fragment("ledger", data, examples, "en")).text


def test_a_long_quarantine_is_cut_and_counted(data, examples):
    data["ledgers"][0]["quarantined"] = [{"line": n, "reason": "too_few_cells"} for n in range(350)]
    read = Page(render_fragment("ledger", data, examples, "en"))
    assert "More in evidence.parquet: 250." in read.text


def test_an_empty_manifest_and_an_empty_audit_still_make_a_page(data, lang):
    data |= {
        "findings": [],
        "clauses": [],
        "tables": [],
        "ledgers": [],
        "left_out": [],
        "assumptions": [],
        "notice": {},
    }
    data["summary"] = dict.fromkeys(data["summary"], 0)
    read = Page(render_html(data, {}, {}, lang))
    assert Texts(lang).t("ledger.none") in read.text
    assert Texts(lang).t("clauses.none") in read.text


def test_the_page_is_the_same_each_time(data, examples, provenance):
    assert render_html(data, examples, provenance, "fi") == render_html(
        data, examples, provenance, "fi"
    )


def test_importing_it_is_cheap():
    code = "import sys, audit.report.html; print(sorted({'jinja2', 'markupsafe', 'ibis', 'duckdb', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wording_for_the_notice_is_offered_only_where_it_may_mend(data, examples, lang):
    """A sentence in the notice's language for what the controller may choose to hold; none for codes."""
    page = render_fragment("findings", data, examples, lang)
    of_check = dict(
        re.findall(
            r'<code class="code">(MIN\d\d|SEC\d\d|STO\d\d)</code>(.*?)</article>', page, re.DOTALL
        )
    )
    assert "Rekisteri sisältää lisäksi seuraavia tietoja: syntymäaika" in of_check["MIN01"]
    assert "MIN04" in of_check
    for code in of_check.keys() - {"MIN01", "MIN02"}:
        assert 'class="amend"' not in of_check[code]


def test_a_task_for_each_action_and_day_the_most_urgent_first(data, examples, provenance):
    """What to do is grouped, and each matter leads to its finding on the page."""
    view = View(data, examples)
    days = [task.by for task in view.tasks]
    assert days == sorted(days)
    assert len({(task.action.key, task.by) for task in view.tasks}) == len(view.tasks)
    told = [group.code for task in view.tasks for group in task.groups]
    assert sorted(told) == sorted(group.code for group in view.actions)
    read = Page(render_html(data, examples, provenance, "en"))
    linked = {a["href"] for a in read.all("a")}
    assert {f"#ra-{code}" for code in told} <= linked


def test_what_may_be_a_breach_is_seen_to_at_once():
    day = date(2026, 11, 25)
    breaches = [code for code, check in catalogue().items() if check.criterion.breach]
    assert breaches
    assert {code: do_by(code, day) for code in breaches} == dict.fromkeys(breaches, day)


def test_no_waiver_stops_the_72_hours(data, examples, lang):
    """A finding that may be a breach is shown as one, also where the plan accepts it for now."""
    texts = Texts(lang)
    found = next(f for f in data["findings"] if f["result"] == "nonconformity")
    found |= {"check": "SEC07", "result": "waived"}
    text = Page(render_fragment("verdict", data, examples, lang)).text
    assert texts.t("verdict.breach") in text
    title, accepted = texts.t("checks.SEC07.title"), texts.t("results.waived")
    assert f"{title}: {accepted}" in text.replace(" :", ":")


def test_the_first_screen_says_what_to_do(data, examples, provenance, lang):
    """The three most urgent actions and what may be a breach, each leading to its place."""
    page = render_html(data, examples, provenance, lang)
    verdict = page[page.index('id="ra-verdict"') : page.index('id="ra-actions"')]
    leads = re.findall(r'href="#(ra-[^"]+)"', verdict)
    tasks = View(data, examples).tasks
    assert leads[: min(3, len(tasks))] == [f"ra-do-{n}" for n in range(1, min(3, len(tasks)) + 1)]
    assert all(f'id="{place}"' in page for place in leads)
    assert verdict.index(Texts(lang).t("verdict.first")) < verdict.index(
        Texts(lang).t("verdict.counting", n=data["summary"]["evidence"])
    )


def test_a_finding_that_is_led_to_unfolds(data, examples, provenance):
    """Browsers unfold what a link leads into, if its target stands within what is folded."""
    page = render_html(data, examples, provenance, "fi")
    targets = re.findall(r'<details><summary><h4>.*?</summary>\s*<p id="(ra-[A-Z]{3}\d\d)"', page)
    assert set(targets) == {f"ra-{group.code}" for group in View(data, examples).actions}


def test_a_partial_audit_says_so(data, examples, lang):
    texts = Texts(lang)
    said = texts.t("verdict.partial", done=len(data["criteria"]), all=len(data["criteria"]) + 7)
    assert said not in Page(render_fragment("verdict", data, examples, lang)).text
    data["checks_left_out"] = 7
    assert said in Page(render_fragment("verdict", data, examples, lang)).text


def test_a_clause_of_which_all_was_only_observed_has_no_tick(data, examples):
    clause = data["clauses"][0]
    clause |= {"state": "conforms_on_supplied", "same_as": ()}
    clause |= {"examined": [{"unit": "notice", "conforming": 0, "examined": 1}]}
    for finding in data["findings"]:
        finding["clauses"] = []
    assert View(data, examples).shown_state(clause) == "conforms_on_supplied"
    seen = next(f for f in data["findings"] if f["result"] == "observation")
    seen["clauses"] = [clause["id"]]
    view = View(data, examples)
    assert view.shown_state(clause) == "observed"
    assert "observed" in {segment.key for segment in view.coverage.segments}
    clause["examined"][0]["conforming"] = 1
    assert view.shown_state(clause) == "conforms_on_supplied"


def test_the_verdict_tells_the_notice_from_the_data(data, examples, lang):
    """A register whose text alone deviates is not said to hold deviating data."""
    texts = Texts(lang)
    found = next(f for f in data["findings"] if f["result"] == "nonconformity")
    data["findings"] = [found | {"unit": "notice"}]
    data["summary"] |= {"major": 1, "minor": 0}
    text = Page(render_fragment("verdict", data, examples, lang)).text
    assert texts.t("verdict.all_of_the_notice") in text
    data["summary"] |= {"records": 0}
    text = Page(render_fragment("verdict", data, examples, lang)).text
    assert texts.t("verdict.all_of_the_notice") not in text
