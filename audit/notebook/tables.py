"""Tables of the notebooks: whole, in words, without an index that tells nobody anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from audit.report.findings import as_data
from audit.report.texts import Texts, clean
from audit.result import Audit, Fragment

if TYPE_CHECKING:
    import pandas as pd

    from audit.finding import Finding
    from audit.plan import Plan
    from audit.register.model import Table

__all__ = [
    "columns_table",
    "findings_table",
    "fragment",
    "listed",
    "pieces_table",
    "resolved",
    "sources_table",
    "table",
    "title",
    "titled",
]

_LONGEST = 400
_NOTHING = "–"


def table(
    frame: pd.DataFrame, lang: str = "en", *, caption: str = "", at_most: int = 1000
) -> Fragment:
    """
    A DataFrame as a table of the report: every row, numbers to the right, no index.

    What the index says, where it has a name, are the first columns. Beyond ``at_most`` rows it says
    how many more there are.
    """
    texts = Texts(lang)
    named = [name for name in frame.index.names if name is not None]
    shown = frame.reset_index() if named else frame
    heads = [str(name).replace("_", " ") for name in shown.columns]
    numbers = {at for at, kind in enumerate(shown.dtypes) if kind.kind in "iuf"}
    rows = [
        [None if _is_blank(cell) else cell for cell in row]
        for row in shown.head(at_most).itertuples(index=False, name=None)
    ]
    body = listed(texts, heads, rows, caption=caption or ", ".join(heads), numbers=numbers)
    more = len(shown) - len(rows)
    if more > 0:
        body += _aside(texts.t("actions.more", n=more))
    return fragment(body, lang)


def _is_blank(cell: object) -> bool:
    """Whether pandas means nothing by it: None, NaN, NaT, and what is blank."""
    return cell is None or cell == "" or cell != cell  # noqa: PLR0124 - NaN differs from itself


def listed(
    texts: Texts,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    caption: str,
    numbers: Collection[int] = (),
) -> str:
    """A table as HTML; its first column names the row. Whatever stands in it is escaped."""
    named = "".join(
        f'<th scope="col"{_number(at, numbers)}>{_head(head)}</th>' for at, head in enumerate(heads)
    )
    lines = []
    for row in rows:
        cells = [
            f'<th scope="row"{_number(at, numbers)}>{_cell(texts, cell)}</th>'
            if at == 0
            else f"<td{_number(at, numbers)}>{_cell(texts, cell)}</td>"
            for at, cell in enumerate(row)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    said = escape(clean(caption))
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{said}"><table class="figures">'
        f'<caption class="unseen">{said}</caption><thead><tr>{named}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _number(at: int, numbers: Collection[int]) -> str:
    return ' class="n"' if at in numbers else ""


def _cell(texts: Texts, cell: object) -> str:
    if isinstance(cell, Fragment):  # marked up already
        return str(cell)
    if cell is None or cell == "":
        return _NOTHING
    if isinstance(cell, bool):
        return texts.t(f"notebook.{'yes' if cell else 'no'}")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return texts.number(cell) if isinstance(cell, int) else _text(cell)


def _head(said: object) -> str:
    """The words over a column: broken between words only, so the column is as wide as the longest."""
    return f'<bdi style="overflow-wrap:normal">{escape(clean(said, _LONGEST))}</bdi>'


def _text(said: object) -> str:
    return f"<bdi>{escape(clean(said, _LONGEST))}</bdi>"


def _aside(words: str) -> str:
    return f'<p class="aside">{escape(words)}</p>'


def titled(texts: Texts, code: str) -> Fragment:
    """What a check finds, in words, with its code behind them to be copied."""
    key = f"checks.{code}.title"  # a check of your own has no words of ours
    if key not in texts:
        return Fragment(f"<code>{escape(clean(code))}</code>")
    return Fragment(f"{escape(texts.t(key))} <small><code>{escape(clean(code))}</code></small>")


def findings_table(findings: Iterable[Finding], lang: str = "en") -> Fragment:
    """Findings by their titles: how grave, where, and how many places; the gravest first."""
    texts = Texts(lang)
    t = texts.t
    ordered = sorted(findings, key=lambda f: (f.grade or "", -f.count, f.check, f.table))
    rows = [
        (
            titled(texts, one.check),
            t(f"grades.{one.grade}") if one.grade else texts.known("results", one.result),
            t("remarks.place") if one.unit == "notice" else one.table,
            one.column,
            texts.category(one.category) if one.category else None,
            one.count,
        )
        for one in ordered
    ]
    heads = [
        t("compare.finding"),
        t("notebook.result"),
        *(t(f"notebook.{name}") for name in ("table", "column", "category")),
        t("verdict.evidence"),
    ]
    caption = t("section.findings")
    return fragment(listed(texts, heads, rows, caption=caption, numbers={5}), lang)


def pieces_table(audit: Audit, lang: str = "en") -> Fragment:
    """How many pieces of evidence each check gave, by what they mean and by table."""
    texts = Texts(lang)
    t = texts.t
    names = {(one["source"], one.get("sheet")): one["name"] for one in _tables_of(audit)}
    counted = audit.evidence().groupby(["check", "result", "source", "table"], dropna=False).size()
    rows = [
        (
            titled(texts, check),
            texts.known("results", result),
            names.get((source, None if _is_blank(sheet) else sheet), source),
            int(n),
        )
        for (check, result, source, sheet), n in counted.items()
    ]
    heads = [
        *(t(f"notebook.{name}") for name in ("check", "result", "table")),
        t("notebook.places"),
    ]
    caption = t("findings.evidence_caption")
    return fragment(listed(texts, heads, rows, caption=caption, numbers={3}), lang)


def _tables_of(audit: Audit) -> list[dict[str, Any]]:
    return list(as_data(audit.conclusion)["tables"])


def fragment(body: str, lang: str) -> Fragment:
    """A piece of HTML with the report's styles, as the fragments of the report are."""
    style = files("audit.report").joinpath("templates", "style.css").read_text("utf-8")
    return Fragment(f'<style>{style}</style>\n<div class="ra fragment" lang="{lang}">{body}</div>')


def title(audit: Audit, lang: str) -> Fragment:
    """The head of the owner's page, in the report's words."""
    texts, data = Texts(lang), as_data(audit.conclusion)
    register = clean(data["notice"].get("register_name") or data["register"], 80)
    name = escape(texts.t("page.title", register=register))
    lead = f"{texts.t('page.lead')} {texts.t('page.as_of')}: {texts.date(data['as_of'])}."
    return fragment(f'<h1>{name}</h1><p class="lead">{escape(lead)}</p>', lang)


# --- the plan ------------------------------------------------------------------------------------


def resolved(plan: Plan) -> list[Table]:
    """The tables of a plan with what each of their columns is taken for."""
    from audit.engine.workspace import workspace
    from audit.plan import resolve

    with workspace() as scratch:
        return [resolve(plan, source, "audit.yaml", scratch).table for source in plan.sources]


def sources_table(plan: Plan, lang: str = "en") -> Fragment:
    """The sources of a plan, and the files that are none with the reason."""
    texts = Texts(lang)
    caption = texts.t("notebook.sources")
    body = listed(
        texts,
        [texts.t(f"notebook.{key}") for key in ("source", "kind", "columns")],
        [
            (source.shown, texts.known("kinds", source.kind or "other"), len(source.columns))
            for source in plan.sources
        ],
        caption=caption,
        numbers={2},
    )
    if plan.left_out:
        from audit.categories import withheld

        body += listed(
            texts,
            [texts.t("notebook.left_out"), texts.t("limits.why")],
            [
                (withheld(name), texts.known("left_out", reason))
                for name, reason in plan.left_out.items()
            ],
            caption=texts.t("notebook.left_out"),
        )
    return fragment(body, lang)


def columns_table(plan: Plan, lang: str = "en", *, unsure_only: bool = False) -> Fragment:
    """
    What each column is taken for and on what ground, a table of the register at a time.

    With ``unsure_only`` the columns that nobody and nothing is certain of, which are opened.
    """
    texts = Texts(lang)
    parts = []
    for found in resolved(plan):
        unsure = [column for column in found.columns if column.certainty != "certain"]
        shown = unsure if unsure_only else found.columns
        if not shown:
            continue
        counted = texts.t("notebook.columns_of", n=len(found.columns), unsure=len(unsure))
        inside = column_list(texts, found.name, shown)
        parts.append(
            f"<details{' open' if unsure_only else ''}><summary><b>{_text(found.name)}</b> "
            f"{escape(counted)}</summary>{inside}</details>"
        )
    return fragment("".join(parts) or _aside(texts.t("notebook.all_certain")), lang)


def column_list(texts: Texts, name: str, columns: Iterable[Any]) -> str:
    """The columns of one table: what each holds, what it is for, how surely, and why."""
    heads = ("column", "category", "role", "certainty", "ground")
    return listed(
        texts,
        [texts.t(f"notebook.{key}") for key in heads],
        [
            (
                column.header,
                texts.category(column.category),
                texts.known("roles", column.role) if column.role else None,
                texts.t(f"notebook.{column.certainty}"),
                texts.wording(column.ground),
            )
            for column in columns
        ],
        caption=f"{texts.t('notebook.columns')}: {name}",
    )
