"""Markdown to safe HTML. The only room with Python-Markdown and the sanitiser."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import nh3

from tandem.language import slugify
from tandem.plain import plain

if TYPE_CHECKING:  # read where a text needs it; most do not
    import markdown

MAX_NESTING = 40  # quotes and lists inside each other; Python-Markdown recurses
_EXTENSIONS = ("tables", "fenced_code", "sane_lists")
# Parts of Python-Markdown, and the signs without one of which in a text they have nothing to do there. Most texts have
# few; leaving out what has nothing to do takes half of the time away and changes no letter (tests/test_markup.py).
_NEEDS: dict[str, tuple[str, ...]] = {
    "preprocessors fenced_code_block": ("`", "~"),
    "preprocessors html_block": ("<", "&"),
    "blockprocessors hashheader": ("#",),
    "blockprocessors quote": (">",),
    "blockprocessors reference": ("[",),
    "blockprocessors table": ("|",),
    "inlinePatterns backtick": ("`",),
    "inlinePatterns escape": ("\\",),
    "inlinePatterns reference": ("[",),
    "inlinePatterns link": ("[",),
    "inlinePatterns image_link": ("[",),
    "inlinePatterns image_reference": ("[",),
    "inlinePatterns short_reference": ("[",),
    "inlinePatterns short_image_ref": ("[",),
    "inlinePatterns autolink": ("<",),
    "inlinePatterns automail": ("<",),
    "inlinePatterns linebreak": ("  ", "\t"),
    "inlinePatterns html": ("<",),
    "inlinePatterns entity": ("&",),
    "inlinePatterns em_strong": ("*", "_"),
}
_SIGNS = tuple(dict.fromkeys(sign for signs in _NEEDS.values() for sign in signs))
_TAGS = {
    "a", "abbr", "blockquote", "br", "caption", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "hr", "img",
    "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"},
    "img": {"alt", "src", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align"}, "th": {"align"},
}  # fmt: skip
_SANITISER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    clean_content_tags={"script", "style"},
)
_H1, _H56 = re.compile(r"<(/?)h1\b"), re.compile(r"<(/?)h[56]\b")
_TH = re.compile(r"<th(?=[ >])")
_HREF = re.compile(r'(<a href=")([^"]*)(")')
_SRC = re.compile(r'(<img [^>]*?src=")([^"]*)(")')
_ID = re.compile(r'<h[234] id="([^"]*)"')
_ALIGN = re.compile(r'<(t[dh])([^>]*) align="(left|right|center)"')

_LEAD = re.compile(r"(?:[ \t>*+-]|[0-9]+\.(?=[ \t]))*")
_BRACKETS = re.compile(r"\]\(|[\[\]<>)]|\n[ \t]*\n")
_APART = re.compile(
    r"^[ \t]{0,3}\[[^\]\n]*\]:.*$|^(?=\S).*\n(?:=+|-+)[ \t]*$", re.MULTILINE
)  # definitions, underlined headings


class Marked(NamedTuple):
    """Safe HTML, the addresses it links to as written, and the ids of its headings."""

    html: str
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


NOT_MARKED = Marked("")
NONE: Mapping[str, Marked] = {}
_before: dict[str, Marked] = {}
_since: dict[str, Marked] = {}


@lru_cache(maxsize=64)
def _converter(prefix: str, signs: frozenset[str]) -> markdown.Markdown:
    """Python-Markdown for texts that have no other of ``_SIGNS`` than these."""
    import markdown
    from markdown.extensions.toc import TocExtension

    toc = TocExtension(slugify=lambda value, separator: prefix + (slugify(value) or "osa"), marker="")
    made = markdown.Markdown(extensions=[toc, *_EXTENSIONS], output_format="html")
    for part, needed in _NEEDS.items():
        if signs.isdisjoint(needed):
            room, _, name = part.partition(" ")
            getattr(made if room != "blockprocessors" else made.parser, room).deregister(name)
    return made


def converter(text: str, prefix: str = "") -> markdown.Markdown:
    """Python-Markdown with all that ``text`` may need; ids of headings begin with ``prefix``."""
    return _converter(prefix, frozenset(sign for sign in _SIGNS if sign in text))


@lru_cache(maxsize=512)
def mark(text: str, prefix: str = "") -> Marked:
    """``text`` as HTML; headings get ids (after ``prefix``) and start at h2, since the page's title is the h1.

    Raw HTML is sanitised, not trusted: whatever is not in the short list of tags goes, text stays. ``links`` are
    those the author wrote, unsafe ones too, so that a check can name them.
    """
    if not text:
        return NOT_MARKED
    if html_ := plain(text):
        return Marked(html_)
    key = hashlib.sha256(f"{prefix}\0{text}".encode()).hexdigest()
    if key not in _before:
        _since[key] = _before[key] = converted(text, prefix)
    return _before[key]


def recall(kept: Mapping[str, Marked]) -> None:
    """What other runs of this very program made of texts, by ``news``'s keys."""
    _before.update(kept)


def news() -> Mapping[str, Marked]:
    """What has been converted since this was last asked, by a digest of the text."""
    if not _since:
        return NONE
    found = dict(_since)
    _since.clear()
    return found


def converted(text: str, prefix: str = "") -> Marked:
    """The same by Python-Markdown and the sanitiser, whatever the text."""
    bounded = _bounded(text)
    raw = converter(bounded, prefix).reset().convert(bounded)
    if "<h" in raw:
        raw = _H1.sub(r"<\1h2", _H56.sub(r"<\1h4", raw))
    raw = raw.replace('style="text-align: ', 'align="').replace(';">', '">')
    safe = _SANITISER.clean(raw)
    safe = safe.replace("<pre>", '<pre tabindex="0">')  # what scrolls must take the keyboard
    if "<table>" in safe:
        safe = _TH.sub('<th scope="col"', _ALIGN.sub(r'<\1\2 class="\3"', safe))
        safe = safe.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    links = tuple(html.unescape(match[2]) for match in _HREF.finditer(raw)) if "<a " in raw else ()
    images = tuple(html.unescape(match[2]) for match in _SRC.finditer(raw)) if "<img " in raw else ()
    return Marked(safe.strip() + "\n", links, images, tuple(_ID.findall(safe)) if "<h" in safe else ())


def may_link(text: str) -> bool:
    """Whether there may be a link or an image in a text: whatever Markdown makes one of has one of these signs."""
    return "[" in text or "<" in text


def targets(marked: Marked) -> tuple[str, ...]:
    """Each address that ``linked`` will ask for, once."""
    if not marked.links and not marked.images:
        return ()
    found = (match[2] for pattern in (_HREF, _SRC) for match in pattern.finditer(marked.html))
    return tuple(dict.fromkeys(map(html.unescape, found)))


def linked(marked: Marked, resolve: Callable[[str], str]) -> str:
    """The HTML with each link and image address replaced by what ``resolve`` makes of it."""

    def replaced(match: re.Match[str]) -> str:
        return match[1] + html.escape(resolve(html.unescape(match[2]))) + match[3]

    if not marked.links and not marked.images:
        return marked.html
    return _SRC.sub(replaced, _HREF.sub(replaced, marked.html))


def _bounded(text: str) -> str:
    """``text`` without the absurd nesting that would exhaust Python-Markdown's recursion, or everybody's patience."""

    def flat(line: str) -> str:
        lead = _LEAD.match(line)
        return line[lead.end() :] if lead and lead.end() > 2 * MAX_NESTING else line

    if text.count("[") + text.count("<") > MAX_NESTING:
        text = _parted(text)
    if len(_APART.findall(text)) > MAX_NESTING:
        text = _APART.sub(r"\n\n\g<0>\n\n", text)
    return "\n".join(map(flat, text.split("\n")))


def _parted(text: str) -> str:
    """A new paragraph wherever forty brackets stand open, since for each of them Python-Markdown reads the whole
    paragraph; and no tag opens while forty stand open, since for each it reads the whole text."""
    depth = {"[": 0, "](": 0, "<": 0}

    def seen(match: re.Match[str]) -> str:
        sign = match[0]
        if sign in depth:
            depth[sign] += 1
        elif sign == "]":
            depth["["] = max(0, depth["["] - 1)
        elif sign == ")":
            depth["]("] = 0
        elif sign == ">":
            depth["<"] = 0
        else:  # a paragraph ends
            depth["["] = depth["]("] = 0
        many = sign in depth and depth[sign] > MAX_NESTING
        if many and (sign != "<" or depth[sign] % MAX_NESTING == 0):
            depth["["] = depth["]("] = 0
            return "\n\n" + sign.replace("<", "&lt;")
        return "&lt;" if many else sign

    return _BRACKETS.sub(seen, text)
