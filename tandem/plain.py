"""The plainest Markdown to HTML: paragraphs, flat lists, emphasis. Most texts of a register are no more than that.

It says what Python-Markdown and the sanitiser would, to the letter, at a fifteenth of the time (held against them by
``tests/test_markup.py``), and leaves every other text to them. It writes no tag and no address of the text's own.
"""

from __future__ import annotations

import re

# Not at the beginning of a line: what there makes a heading, a list, a quotation, code, or the line under a heading.
_START = r"(?![-+*=#:]|[0-9]+\.[ ])"
# Neither anywhere: HTML and its signs, links, code, escapes, tables, emphasis with underscores, tabs.
_WORDS = r"[^\s`~<>&\[\]|\\_](?:[^`~<>&\[\]|\\_\t\n]*[^\s`~<>&\[\]|\\_])?"
_PARAGRAPH = re.compile(rf"{_START}{_WORDS}(?:\n{_START}{_WORDS})*")
_EMPHASIS_FIRST = r"(?=\*{1,2}[^*\s])"
_ITEM = rf"- (?:{_START}|{_EMPHASIS_FIRST}){_WORDS}"
_LIST = re.compile(rf"{_ITEM}(?:\n{_ITEM})*")
_EMPHASIS = re.compile(r"(?<!\*)(\*\*?)(?=[^\s*])([^*\n]*[^\s*])\1(?!\*)")


def plain(text: str) -> str | None:
    """``text`` as safe HTML, or None where it may be more than paragraphs, flat lists and emphasis."""
    html: list[str] = []
    listed = False
    for block in text.strip("\n").split("\n\n"):
        if _PARAGRAPH.fullmatch(block):
            html.append(f"<p>{block}</p>\n")
            listed = False
        elif not listed and _LIST.fullmatch(block):
            html.append(f"<ul>\n<li>{block[2:].replace(chr(10) + '- ', f'</li>{chr(10)}<li>')}</li>\n</ul>\n")
            listed = True
        else:
            return None
    return _emphasised("".join(html))


def _emphasised(html: str) -> str | None:
    if "*" in html:
        html = _EMPHASIS.sub(_tagged, html)
        if "*" in html:  # a lone sign, or signs within signs
            return None
    return html.replace("\u00a0", "&nbsp;")


def _tagged(match: re.Match[str]) -> str:
    tag = "em" if match[1] == "*" else "strong"
    return f"<{tag}>{match[2]}</{tag}>"
