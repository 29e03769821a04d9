"""Texts that callers, files and pastes may hold and that nothing may obey."""

from __future__ import annotations

from typing import Final

HOSTILE: Final = {
    "markup": "[/] [/bold] [bold unclosed [ [link=https://x.example]x[/link]",
    "action": "[@click=app.quit]click[/] [@click=app.bell()]me",
    "escapes": "\x1b[31mred\x1b]0;title\x07\x1b]52;c;aGk=\x07\x1b[2J\x1b[?1049l\x9b6n",
    "strings": "\x1bPq#0\x1b\\ \x1b_Gf=24\x1b\\ \x1b^x\x1b\\ \x1bXy\x9c \x90q\x9c\x9d0;t\x9c",
    "controls": "an\x00be\x01co\x07do\x08em\x0bfa\x0cgo\x7fha\x85is\x90jo",
    "lines": "first\r\nthen\rnext\n\n\tmore\u2028still\u2029last",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c \ufeff",
    "joiners": "an\u200dbe\u200cco\u200bdo\u00adem\u2060fa\u034fgo\u180eha"
    "\u115fis\u3164jo\ufe0eki\U000e0041",
    "marks": "Z" + "\u0301\u0327\u20d7" * 40 + "algo",
    "other-marks": "e" + "\u0489\u20dd" * 30 + "o" + "\u0e49" * 30 + "u" + "\u064b\u05b0" * 30,
    "emoji": "❤️ ⚠️ 👩‍💻 👍🏽 1️⃣ 🇺🇸",
    "wide": "汉字漢字한글 ｆｕｌｌ",
    "variables": "<court.phone> {name} $v %s %(x)s {{x}} ‹court phone?›",
    "surrogate": "half \ud83d of one",
    "number": "9" * 400 + " 1e999 0x10 1_000 ١٢٣ ² NaN -inf",
    "search": '"a OR NEAR(b c, 2) * - ^d {e f}: g AND NOT caller:x -court:" %_\\',
    "sql": "'; DROP TABLE ticket; -- \" OR 1=1 /* ?1 :x @y",
    "formula": "=cmd|' /C calc '!A0",
    "formulas": "\t=1+1 \r+1 -1 @SUM( A1 ) ＝1 \u200b=2",
    "path": "../../etc/passwd /dev/null C:\\CON ~root $(id) `id` ; rm -rf x",
    "mail": "Pat\r\nBcc: all@court.example\r\n\r\n<b>body</b> =?x?=",
    "html": "<script>alert(1)</script> &amp; <img src=x onerror=alert(1)> ]]>",
    "long": "long" * 2_500,
}
"""Each kind by its name."""
