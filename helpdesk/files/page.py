"""A report as one page for the printer: letter size, grayscale, nothing fetched, nothing run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from helpdesk.domain.safe_text import line
from helpdesk.domain.tables import Figure, Table, Unit, said

_WIDE: Final = 8
"""More columns than this lie across the sheet."""

_LONGEST: Final = 10_000
_NOTHING_FETCHED: Final = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
_STYLE: Final = """
@page { size: letter %s; margin: 0.6in 0.6in 0.7in;
  @bottom-left { content: "%s"; font: 8pt sans-serif; color: #444; }
  @bottom-right { content: "page " counter(page) " of " counter(pages);
    font: 8pt sans-serif; color: #444; } }
* { box-sizing: border-box; }
body { font: 10pt/1.35 "Liberation Sans", Arial, Helvetica, sans-serif; color: #000;
  background: #fff; margin: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
h1 { font-size: 15pt; margin: 0 0 4pt; }
h2 { font-size: 11pt; margin: 14pt 0 4pt; break-after: avoid; }
p { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%%; margin: 8pt 0; font-size: %spt;
  font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tfoot { display: table-row-group; font-weight: bold; }
tr { break-inside: avoid; }
th, td { padding: 2pt 4pt; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { border-bottom: 1pt solid #000; vertical-align: bottom; }
td { border-bottom: 0.5pt solid #bbb; }
tbody tr:nth-child(even) td { background: #f2f2f2; }
tfoot td { border-top: 1pt solid #000; }
.n { text-align: right; }
td.n { white-space: nowrap; }
footer { margin-top: 8pt; font-size: 9pt; color: #222; }
dl { margin: 0; font-size: 9pt; columns: 2; column-gap: 18pt; }
dt { font-weight: bold; break-after: avoid; }
dd { margin: 0 0 4pt; break-inside: avoid; }
@media screen { body { max-width: 10in; margin: 0.5in auto; padding: 0 0.3in; } }
"""


def table_as_page(table: Table, told: Mapping[str, object]) -> str:
    """Write a report as one HTML page that holds all it needs.

    Args:
        table: The report.
        told: What it is of, by name, for its foot.

    Returns:
        The page: header lines, table with its total, foot, and what columns mean.
    """
    shown = table.for_people()
    across = "landscape" if len(shown.columns) > _WIDE else "portrait"
    size = max(6.0, min(9.5, 13.2 - 0.4 * len(shown.columns)))
    title = table.header[0] if table.header else table.title
    style = _STYLE % (across, _in_css(title), f"{size:g}")
    return "\n".join((
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        _NOTHING_FETCHED,
        f"<title>{_line(title)}</title>",
        f"<style>{style}</style></head><body>",
        f"<header><h1>{_line(title)}</h1>",
        *(f"<p>{_line(each)}</p>" for each in table.header[1:]),
        "</header>",
        *_table(shown),
        *_foot(table, told),
        *_meanings(shown),
        "</body></html>\n",
    ))  # fmt: skip


def _table(table: Table) -> Iterator[str]:
    classes = ["" if unit == "text" else ' class="n"' for unit in table.units]
    yield "<table><thead><tr>"
    for name, css in zip(table.headings, classes, strict=True):
        yield f'<th scope="col"{css}>{_line(name)}</th>'
    yield "</tr></thead><tbody>"
    for row in table.rows:
        yield f'<tr class="row">{_cells(row, table.units, classes)}</tr>'
    yield "</tbody>"
    if table.total:
        yield f"<tfoot><tr>{_cells(table.total, table.units, classes)}</tr></tfoot>"
    yield "</table>"
    if not table.rows:
        yield "<p>No rows.</p>"


def _cells(row: Sequence[Figure], units: Sequence[Unit], classes: Sequence[str]) -> str:
    return "".join(
        f"<td{css}>{_line(said(figure, unit))}</td>"
        for figure, unit, css in zip(row, units, classes, strict=True)
    )


def _foot(table: Table, told: Mapping[str, object]) -> Iterator[str]:
    yield "<footer>"
    for each in table.footer:
        yield f"<p>{_line(each)}</p>"
    if told:
        yield f"<p>made {_line(str(told['made_at']))} by {_line(str(told['who']))}</p>"
    yield "</footer>"


def _meanings(table: Table) -> Iterator[str]:
    meant = [table.meant[name] for name in table.columns if name in table.meant]
    if meant:
        yield "<section><h2>What the columns mean</h2><dl>"
        for each in meant:
            yield f"<dt>{_line(each.heading)}</dt><dd>{_line(each.words)}</dd>"
        yield "</dl></section>"


def _line(text: str) -> str:
    return escape(line(text, _LONGEST))


def _in_css(text: str) -> str:
    """A text inside a string of the style sheet, where quotes and marks must not end it."""
    return "".join(sign if sign.isalnum() or sign in " ,.:-" else " " for sign in line(text, 120))
