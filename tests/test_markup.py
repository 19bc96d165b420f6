"""Markdown: structure kept, nothing that runs let through."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.house import ROOT
from tandem.marked import Converted
from tandem.markup import Marked, converted, converter, linked, mark
from tandem.plain import plain


def test_headings_start_below_the_title_and_carry_anchors() -> None:
    marked = mark("# Yksi\n\n## Äänet ja Öljy\n\n##### Viisi\n")
    assert (
        marked.html == '<h2 id="yksi">Yksi</h2>\n<h2 id="aanet-ja-oljy">Äänet ja Öljy</h2>\n<h4 id="viisi">Viisi</h4>\n'
    )
    assert marked.anchors == ("yksi", "aanet-ja-oljy", "viisi")


def test_headings_of_a_second_text_on_a_page_take_a_prefix() -> None:
    assert mark("## Yksi", "results-").anchors == ("results-yksi",)


def test_the_same_heading_twice_has_two_anchors() -> None:
    assert mark("## Yksi\n\n## Yksi").anchors == ("yksi", "yksi_1")


def test_tables_have_column_headings_and_can_be_scrolled_by_keyboard() -> None:
    html = mark("| a | b |\n|---|--:|\n| 1 | 2 |").html
    assert '<div class="scroll" tabindex="0"><table>' in html
    assert html.count('<th scope="col"') == 2
    assert '<td class="right">2</td>' in html


def test_links_are_listed_as_written_and_made_ready() -> None:
    marked = mark("[a](tietoa.md#x) [b](https://x.fi/?a=1&b=2) ![c](/static/c.png)")
    assert marked.links == ("tietoa.md#x", "https://x.fi/?a=1&b=2")
    assert marked.images == ("/static/c.png",)
    ready = linked(marked, lambda link: {"tietoa.md#x": "/fi/tietoa/#x"}.get(link, link))
    assert 'href="/fi/tietoa/#x"' in ready
    assert 'href="https://x.fi/?a=1&amp;b=2"' in ready


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<svg onload=alert(1)><animate></svg>",
    "<math><annotation-xml><style>x</style></annotation-xml></math>",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<div onclick=alert(1)>x",
    "<!-- hidden --> <base href=https://evil.example>",
    "<form action=https://evil.example><input></form>",
    "</main><script>alert(1)</script>",
    "![x](javascript:alert(1))",
    "<a href='https://x.fi' target=_blank ping=x>x</a>",
    "<object data=x></object><embed src=x>",
    '`<script>` and ```<b onmouseover="x">```',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_gets_through(text: str) -> None:
    html = mark(text).html
    inside_tags = " ".join(re.findall(r"<[^>]*>", html))
    assert not re.search(
        r"script|style|iframe|svg|math|form|object|embed|base|\bon\w+=|javascript:|data:|ping|target", inside_tags
    )


@pytest.mark.parametrize(
    "text", [">" * 5000, "- " * 5000, "* " * 2000 + "x", "[" * 5000, "`" * 5001, "\n>" * 3000, "_*" * 4000]
)
def test_absurd_nesting_is_text_not_a_crash(text: str) -> None:
    assert isinstance(mark(text).html, str)


@given(st.text(alphabet="abc <>&\"'[]()!#*_`~|-+>\n\\:/=", max_size=200))
def test_any_text_becomes_some_html_without_script(text: str) -> None:
    assert "<script" not in mark(text).html


def test_braces_stay_as_typed() -> None:
    assert mark("{{ 7*7 }} {% raw %}").html == "<p>{{ 7*7 }} {% raw %}</p>\n"


PIECES = (
    "`", "``", "\n```\n", "\n~~~\n", "*", "**", "***", "_", "[a](b)", "[a][b]", "\n[b]: /x\n", "![a](b)", "<b>", "</b>",
    "<div>", "<https://x.fi>", "<a@b.fi>", "&amp;", "&", "\\*", "\\", "  \n", "\t\n", "\r\n", "\n", "\n\n", "- ", "1. ",
    "> ", "# ", "\n===\n", "\n---\n", "|", "\n|-|-|\n", "sana", "ä", " ", "    ", '"', "2020.", "{", "(", ")", "[", "]",
)  # fmt: skip
ALL_SIGNS = "`~<&#>[|\\  \t*_"


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_what_is_left_out_of_the_converter_changes_no_letter(text: str) -> None:
    assert converter(text).reset().convert(text) == converter(ALL_SIGNS).reset().convert(text)


PLAINER = (
    *("sana", "sana ", " sana", "ä", "*", "**", "*", "\n", "\n\n", "\n\n- ", "\n- ", "- ", ".", "*sana*", "**x y**"),
    *("– ", "2020. ", "1. ", "10", "# ", "#", "=", "\n===", "\n---", " ", "!", "(", ")", ":", '"', "'", "\u00a0"),
    *("\u2009", "\u3000", "é", "    ", "*a* *b*", "+ ", "-", "--", "---", "{", "https://x.fi", "_", "%", "/", "1."),
)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PLAINER), max_size=14).map("".join))
def test_the_plainest_texts_become_what_the_converter_and_the_sanitiser_make_of_them(text: str) -> None:
    assert plain(text) in (None, converted(text).html)


@pytest.mark.parametrize("file", sorted((Path(__file__).parent.parent / "content").rglob("*.yaml")), ids=str)
def test_so_do_the_registers_own_texts(file: Path) -> None:
    texts = re.findall(r"\|\n((?: {4}.*\n|\n)+)", file.read_text("utf-8"))
    for text in map(textwrap.dedent, texts):
        assert plain(text) in (None, converted(text).html)


def test_paragraphs_flat_lists_and_emphasis_need_no_converter() -> None:
    html = plain("Yksi, *kaksi* (3 %).\nToinen rivi.\n\n- a **b**\n- *c* 4\u00a0€\n\nLoppu.\n")
    assert html is not None
    assert html.startswith("<p>Yksi, <em>kaksi</em> (3 %).\nToinen rivi.</p>\n<ul>\n<li>a <strong>b</strong></li>")


@pytest.mark.parametrize(
    "text", ["[a](b)", "# a", "a\n- b", "- a\n  - b", "- a\n\n- b", "a_b_", "a *b", "&amp;", "1. a"]
)
def test_whatever_may_be_more_is_left_to_the_converter(text: str) -> None:
    assert plain(text) is None


def test_without_signs_nothing_of_the_converter_is_left_but_blocks_and_paragraphs() -> None:
    assert (len(converter("").inlinePatterns), len(converter(ALL_SIGNS).inlinePatterns)) == (0, 14)


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_what_is_kept_comes_back_as_it_was(text: str) -> None:
    with TemporaryDirectory() as folder:
        made = converted(text, "results-")
        Converted(Path(folder)).keep([{"key": made}])
        assert Converted(Path(folder)).remembered() == {"key": made}


def test_what_another_program_made_or_is_damaged_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Converted(tmp_path).keep([{"key": Marked("<p>a</p>")}])
    kept = tmp_path / "markdown.json"
    before = kept.read_bytes()
    kept.write_bytes(before.replace(b"<p>a", b"<p>b"))
    assert Converted(tmp_path).remembered() == {}
    kept.write_bytes(before)
    assert Converted(tmp_path).remembered()
    monkeypatch.setattr("tandem.marked.surroundings", lambda: ["another Python"])
    assert Converted(tmp_path).remembered() == {}


def test_what_was_made_with_another_room_of_the_program_is_not_taken(tmp_path: Path) -> None:
    """Ids of headings come from the room of languages."""
    shutil.copytree(ROOT / "tandem", tmp_path / "tandem", ignore=shutil.ignore_patterns("__pycache__"))
    lines = (
        "from pathlib import Path",
        "from tandem.marked import Converted, Marked",
        "before = Converted(Path('.cache'))",
        "print(len(before.known))",
        "before.keep([{'key': Marked('<p>a</p>')}])",
    )

    def known() -> int:
        command = [sys.executable, "-c", "\n".join(lines)]
        return int(subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout)

    assert [known(), known()] == [0, 1]
    with (tmp_path / "tandem" / "language.py").open("a") as room:
        room.write("# another\n")
    assert known() == 0
