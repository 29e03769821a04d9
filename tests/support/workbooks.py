"""Writes small workbooks for tests: one sheet of texts, numbers, and numbers shown as times."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACK}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACK}/relationships"><Relationship Id="r1" '
    f'Type="{_DOCS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCS}"><sheets>'
    '<sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACK}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_DOCS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>',
}
"""The parts around the sheet; style 1 is a date with its time, style 2 a length ``[h]:mm:ss``."""

Shown = tuple[float, int]
"""A number and its style."""


def write_workbook(path: Path, rows: Sequence[Sequence[str | Shown]]) -> None:
    """Write a workbook.

    Args:
        path: Where to.
        rows: Its rows, texts or numbers with their styles.
    """
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    path.write_bytes(workbook_around(sheet_of(lines)))


def sheet_of(lines: str) -> bytes:
    """The XML of a sheet.

    Args:
        lines: The XML of its rows.

    Returns:
        The whole.
    """
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'.encode()


def workbook_around(sheet: bytes) -> bytes:
    """A workbook whose one sheet is given.

    Args:
        sheet: The XML of the sheet.

    Returns:
        The whole archive.
    """
    book = BytesIO()
    with ZipFile(book, "w", ZIP_DEFLATED) as parts:
        for name, text in _PARTS.items():
            parts.writestr(name, text)
        parts.writestr("xl/worksheets/sheet1.xml", sheet)
    return book.getvalue()


def _cell(cell: str | Shown) -> str:
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    number, style = cell
    return f'<c s="{style}"><v>{number}</v></c>'
