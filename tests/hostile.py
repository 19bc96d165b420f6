"""What strangers may write. Texts: anywhere a text may stand, they stay harmless text. Files: refused, with a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TEXTS = (
    # HTML that would run, or break out of where it stands
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea></style></noscript><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "` onerror=alert(1) `",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)>",
    "<math><annotation-xml><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<form action=https://evil.example/><button>x</button></form>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<plaintext>",
    "<xmp><b>",
    "<object data=x></object><embed src=x>",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<b style=position:fixed>x</b>",
    "</main></body></html>",
    "<!-- hidden",
    "--><b>x</b>",
    "<![CDATA[x]]>",
    "]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    # entities and numbers of letters
    "&lt;b&gt; &amp;amp; &nbsp;",
    "&#0; &#x110000; &unknown;",
    "\\u003cscript\\u003e \\x3c",
    # templates, in every syntax the workshop has
    "{{ 7*7 }}",
    "{% raw %}{{ frame }}{% endraw %}{# x #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${{ github.token }}",
    "${HOME} $(id) `id`",
    "#{7*7} <%= 7*7 %> [[ 7*7 ]]",
    "%s %(title)s %d {0} {title}",
    # spreadsheets
    '=HYPERLINK("https://evil.example/";"x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "x;=1+1",
    'x","=1+1',
    # lines, workflow commands, terminals
    "::error file=x::y",
    "%0d%0aSet-Cookie: x=y",
    "Content-Type: text/html",
    # Markdown
    "[x](javascript:alert(1))",
    "![x](data:text/html,x)",
    "<javascript:alert(1)>",
    "**a* _b_ `c` [d",
    "> > > > >",
    # paths and names that are special somewhere
    "../../etc/passwd",
    "..\\..\\windows",
    "/dev/null",
    "CON",
    "nul.txt",
    ".git/config",
    # what YAML or a database might take for something else
    "null",
    "~",
    "true",
    "012",
    "1e309",
    "NaN",
    "' OR 1=1; --",
    # letters that deceive
    "İstanbul ß ﬁ ǆ",
    "a\u0308o\u0308",
    "𝕌𝕟𝕚 😀 👩‍👩‍👧",
    "A" * 120,
    "O’Brien “quoted” «quoted» ‚quoted‘",
    # what parsers of addresses and numbers stumble over
    "https://[x",
    "https://x.fi:99999/",
    "４２ €",
    "9" * 290,
    "<!-- ei näy --> näkyy",
    # a formula behind a sign that looks alike
    "＝1+1",
)

# What would cost a reader of Markdown hours, or its stack: each is marked up, in time, and nothing of it runs.
TANGLES = (
    "[", "![", "[a](", "![](", "![a](<", "[a][", "<", "<a ", "</", "<!", "<?", "<!--", "<![CDATA[", "<x y='", "<b>",
    "<div>\n\n", "*_", "**_*", "`a", "\\", "&", "> ", "- ", "1. ", "* a\n  * b\n\n", "a\n-\n", "a\n===\n", "[x]:\n",
    "|a|b|\n", "a|b\n-|-\n", "~~~\n", "# a\n", "(", "&#", "<script>", "    a\n",
)  # fmt: skip


@dataclass(frozen=True)
class Refused:
    """A file that is refused. ``code``: of a problem it causes."""

    name: str
    path: str
    content: bytes
    code: str


def _yaml(name: str, text: str, code: str) -> Refused:
    return Refused(name, "projects/vieras.yaml", text.encode("utf-8", "surrogatepass"), code)


_GOOD = "name: {fi: Vieras hanke, sv: Främmande projekt}\nsummary: {fi: Lyhyt., sv: Kort.}\nlead: Porvoo\n"


def _with(line: str) -> str:
    return _GOOD + line + "\n"


def _register(name: str, old: str, new: str, code: str) -> Refused:
    """The base site's municipalities with one cell of the first changed."""
    text = (Path(__file__).parent / "base" / "content" / "municipalities.csv").read_text("utf-8")
    assert old in text
    return Refused(name, "municipalities.csv", text.replace(old, new, 1).encode(), code)


LAUGHS = "a: &a [x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(20)
)

REFUSED = (
    # YAML
    _yaml("an anchor", "name: &x {fi: A, sv: B}\n", "yaml.anchor"),
    _yaml("an alias", "name: {fi: A, sv: B}\nsummary: *x\n", "yaml.anchor"),
    _yaml("a merge key", _with("<<: {lead: Lahti}"), "yaml.anchor"),
    _yaml("a merge of an alias", "a: &a {lead: Lahti}\n<<: *a\n", "yaml.anchor"),
    _yaml("a billion laughs", LAUGHS, "yaml.anchor"),
    _yaml("a tag that runs", "name: !!python/object/apply:os.system ['id']\n", "yaml.tag"),
    _yaml("a tag of a date", _with("updated: !!timestamp 2021-01-01"), "yaml.tag"),
    _yaml("a tag of bytes", "name: !!binary aGVsbG8=\n", "yaml.tag"),
    _yaml("a local tag", "name: !include ../site.yaml\n", "yaml.tag"),
    _yaml("two documents", _GOOD + "---\n" + _GOOD, "yaml.documents"),
    _yaml("a key twice", _with("lead: Lahti"), "yaml.duplicate_key"),
    _yaml("10,000 levels of lists", "[" * 10_000, "yaml.depth"),
    _yaml("10,000 levels of mappings", "{a: " * 10_000, "yaml.depth"),
    _yaml("10,000 levels of indented lists", "- " * 10_000 + "x", "yaml.depth"),
    _yaml("a list for a key", "? [a, b]\n: x\n", "yaml.key"),
    _yaml("a tab", "name:\n\tfi: A\n", "yaml.tab"),
    _yaml("a list where a project should be", "- a\n- b\n", "type.mapping"),
    _yaml("a number where a project should be", "42\n", "type.mapping"),
    _yaml("NUL", "name: {fi: A\0, sv: B}\n", "file.character"),
    _yaml("an escape of NUL", 'name: {fi: "A\\0", sv: B}\n', "yaml.escape"),
    _yaml("a bell", "name: {fi: A\a, sv: B}\n", "file.character"),
    _yaml("an escape to the terminal", "name: {fi: A\x1b[2J, sv: B}\n", "file.character"),
    _yaml("an escape of it", 'name: {fi: "A\\e[2J", sv: B}\n', "yaml.escape"),
    _yaml("a lone surrogate", "name: {fi: A\ud800, sv: B}\n", "file.encoding"),
    _yaml("an escape of one", 'name: {fi: "A\\ud800", sv: B}\n', "yaml.escape"),
    _yaml("the sign of direction that hides code", "name: {fi: A\u202eB, sv: B}\n", "file.character"),
    _yaml("an escape of it in quotes", 'name: {fi: "A\\u202eB", sv: B}\n', "yaml.escape"),
    _yaml("an isolate of direction", "name: {fi: A\u2066B, sv: B}\n", "file.character"),
    _yaml("a line separator", "name: {fi: A\u2028B, sv: B}\n", "file.character"),
    _yaml("an escape of half a pair", 'name: {fi: "A\\uD83D", sv: B}\n', "yaml.escape"),
    _yaml("a byte order mark inside", "name: {fi: A\ufeffB, sv: B}\n", "file.character"),
    _yaml("a sign that is no letter", "name: {fi: A\uffffB, sv: B}\n", "file.character"),
    Refused("Latin-1", "projects/vieras.yaml", "name: {fi: Pää, sv: Å}\n".encode("latin-1"), "file.encoding"),
    Refused("UTF-16", "projects/vieras.yaml", "name: {fi: A, sv: B}\n".encode("utf-16"), "file.encoding"),
    Refused("UTF-32", "projects/vieras.yaml", "name: {fi: A, sv: B}\n".encode("utf-32"), "file.encoding"),
    Refused("2 MiB", "projects/vieras.yaml", b"#" * (2 << 20), "file.too_large"),
    Refused("a program", "projects/vieras.yaml", b"\x7fELF\x02\x01\x01" + bytes(64), "file.character"),
    # facts
    _yaml("a municipality that is none", _GOOD.replace("Porvoo", "Atlantis"), "place.unknown"),
    _yaml("a place with a path", _GOOD.replace("Porvoo", "../Porvoo"), "place.unknown"),
    _yaml("euros with a letter", _with("funding: [{round: '2020', amount: 1O0}]"), "number.invalid"),
    _yaml("euros in Devanagari", _with("funding: [{round: '2020', amount: १०}]"), "number.invalid"),
    _yaml("euros beyond counting", _with(f"funding: [{{round: '2020', amount: {'9' * 5000}}}]"), "number.invalid"),
    _yaml("euros in full-width figures", _with("funding: [{round: '2020', amount: ４２}]"), "number.invalid"),
    _yaml("euros of 4,301 figures in quotes", _with(f"municipality_count: '{'1' * 4301}'"), "number.invalid"),
    _yaml("euros with an underline", _with("funding: [{round: '2020', amount: 1_000}]"), "number.invalid"),
    _yaml("euros below nothing", _with("funding: [{round: '2020', amount: -5}]"), "number.invalid"),
    _yaml("euros without end", _with("funding: [{round: '2020', amount: .inf}]"), "number.invalid"),
    _yaml("a day that never was", _with("updated: 2021-02-30"), "date.invalid"),
    _yaml("the year nought", _with("updated: 0000-01-01"), "date.invalid"),
    _yaml("a day in full-width figures", _with("updated: ２０２１-01-01"), "date.invalid"),
    _yaml("a year of five figures", _with("period: {start: 99999}"), "date.partial_invalid"),
    _yaml("a period backwards", _with("period: {start: 2022, end: 2021}"), "period.reversed"),
    _yaml("a round that is none", _with("funding: [{round: __proto__, amount: 1}]"), "id.invalid"),
    _yaml("a theme that is none", _with("themes: [constructor]"), "theme.unknown"),
    _yaml("a key of the language", _with("__class__: x"), "key.unknown"),
    _yaml("a language that is none", "name: {fi: A, sv: B, xx: C}\nsummary: {fi: A, sv: B}\n", "language.unknown"),
    _yaml("a text of 10,000 letters", _GOOD.replace("Lyhyt.", "A" * 10_000), "text.too_long"),
    _yaml("a text of two paragraphs", _GOOD.replace("Lyhyt.", '"A\\n\\nB"'), "text.paragraphs"),
    _yaml("a text of spaces", _GOOD.replace("Lyhyt.", '"  "'), "value.empty"),
    _yaml("a text of zero width", _GOOD.replace("Lyhyt.", '"\u200b\u200b"'), "value.empty"),
    _yaml("a name of marks alone", _GOOD.replace("Vieras hanke", '"\u0301\u0301"'), "value.empty"),
    # addresses
    _yaml("a slug upwards", _with("slug: {fi: ../../x, sv: y}"), "id.invalid"),
    _yaml("a slug with a slash", _with("slug: {fi: a/b, sv: y}"), "id.invalid"),
    _yaml("a slug in capitals", _with("slug: {fi: Vieras, sv: y}"), "id.invalid"),
    _yaml("a slug with a letter of Greek", _with("slug: {fi: vierαs, sv: y}"), "id.invalid"),
    _yaml("a slug with NFD", _with("slug: {fi: a\u0308, sv: y}"), "id.invalid"),
    _yaml("a slug of dots", _with("slug: {fi: .., sv: y}"), "id.invalid"),
    _yaml("a slug with a percent sign", _with("slug: {fi: '%2e%2e', sv: y}"), "id.invalid"),
    _yaml("a slug Windows keeps for itself", _with("slug: {fi: con, sv: y}"), "id.invalid"),
    _yaml("a slug of 300 letters", _with(f"slug: {{fi: {'a' * 300}, sv: y}}"), "id.invalid"),
    _yaml("a slug that is another's", _with("slug: {fi: helmi, sv: y}"), "address.clash"),
    _yaml("an alias upwards", _with("aliases: [/fi/../../x/]"), "address.invalid"),
    _yaml("an alias on another host", _with("aliases: ['//evil.example/']"), "address.invalid"),
    _yaml("an alias with a scheme", _with("aliases: ['javascript:alert(1)']"), "address.invalid"),
    _yaml("an alias that is a page", _with("aliases: [/fi/]"), "alias.clash"),
    _yaml("an alias over the data", _with("aliases: [/data/projects.json]"), "address.invalid"),
    _yaml("a link that runs", _with("links: [{url: 'javascript:alert(1)', title: {fi: A, sv: B}}]"), "url.invalid"),
    _yaml("a link with data", _with("links: [{url: 'data:text/html,x', title: {fi: A, sv: B}}]"), "url.invalid"),
    _yaml("a link to a file", _with("links: [{url: 'file:///etc/passwd', title: {fi: A, sv: B}}]"), "url.invalid"),
    _yaml("a link of half an address", _with("links: [{url: 'https://[x', title: {fi: A, sv: B}}]"), "url.invalid"),
    _yaml("a link to port 99999", _with("links: [{url: 'https://x.fi:99999/', title: {fi: A, sv: B}}]"), "url.invalid"),
    _yaml(
        "a link with a name and password",
        _with("links: [{url: 'https://a:b@x.fi/', title: {fi: A, sv: B}}]"),
        "url.invalid",
    ),
    _yaml("a link with a space", _with("links: [{url: 'https://x.fi/ a', title: {fi: A, sv: B}}]"), "url.invalid"),
    _yaml(
        "a link with a quotation mark",
        _with("links: [{url: 'https://x.fi/\"><b>', title: {fi: A, sv: B}}]"),
        "url.invalid",
    ),
    _yaml(
        "Markdown with a link that runs",
        _with("description: {fi: '[x](javascript:alert(1))', sv: '[x](javascript:alert(1))'}"),
        "link.scheme",
    ),
    _yaml(
        "Markdown with a link to data",
        _with("description: {fi: '[x](data:text/html,y)', sv: '[x](data:text/html,y)'}"),
        "link.scheme",
    ),
    _yaml(
        "Markdown with a link upwards",
        _with("description: {fi: '[x](../../../etc/passwd)', sv: '[x](../../../etc/passwd)'}"),
        "link.broken",
    ),
    _yaml(
        "Markdown with a picture of another host",
        _with("description: {fi: '![x](https://evil.example/x.png)', sv: '![x](https://evil.example/x.png)'}"),
        "image.missing",
    ),
    _yaml(
        "Markdown with half an address",
        _with("description: {fi: '[x](<https://[y>)', sv: '[x](<https://[y>)'}"),
        "url.invalid",
    ),
    _yaml(
        "Markdown longer than anybody reads",
        _with(f"description: {{fi: {'a' * 60_000}, sv: b}}"),
        "text.too_long",
    ),
    # people
    _yaml("an identity code", _GOOD.replace("Lyhyt.", "Tunnus 131052-308T."), "privacy.identity_code"),
    # the register
    _register("a latitude that is no number", "61.167", "nan", "csv.value"),
    _register("a latitude beyond counting", "61.167", "1e309", "csv.value"),
    _register("a latitude off the globe", "61.167", "90.1", "csv.value"),
    _register("a population of 4,301 figures", "16387", "9" * 4301, "csv.value"),
    _register("a population of 400 figures", "16387", "9" * 400, "csv.value"),
    _register("a population in full-width figures", "16387", "４２", "csv.value"),
    _register("a population below nothing", "16387", "-5", "csv.value"),
    _register("a day written as a week", "2007-01-01", "2007W011", "csv.value"),
    _register("a locative with a full stop", "Akaassa", "Akaassa.", "csv.value"),
    _register("a locative in no such case", "Akaassa", "X", "csv.value"),
    _register("a locative with its language", "Akaassa", "Akaassa (FI)", "csv.value"),
    _register("a cell of 131,073 characters", "Akaassa", "a" * 131_073, "csv.syntax"),
    _register("a quotation mark that never closes", "Akaassa", '"Akaassa', "csv.syntax"),
    _register("a municipality merged into itself", "2007-01-01,,", "2007-01-01,2008-01-01,020", "csv.merged"),
    # file names
    Refused("a name in capitals", "projects/Vieras.yaml", _GOOD.encode(), "file.name"),
    Refused("a name with a space", "projects/vieras hanke.yaml", _GOOD.encode(), "file.name"),
    Refused("a name in NFD", "projects/va\u0308ri.yaml", _GOOD.encode(), "file.name"),
    Refused("a name with a sign of direction", "projects/a\u202eb.yaml", _GOOD.encode(), "file.name"),
    Refused("a name with a newline", "projects/a\nb.yaml", _GOOD.encode(), "file.name"),
    Refused("a name with a quotation mark", "projects/a\"b'.yaml", _GOOD.encode(), "file.name"),
    Refused("a name of markup", "projects/<b>.yaml", _GOOD.encode(), "file.name"),
    Refused("a name Windows keeps for itself", "projects/con.yaml", _GOOD.encode(), "file.name"),
    Refused("a name of 200 letters", f"projects/{'a' * 200}.yaml", _GOOD.encode(), "file.name"),
    Refused("a name that begins with a hyphen", "projects/-rf.yaml", _GOOD.encode(), "file.name"),
    Refused("another ending", "projects/vieras.yml", _GOOD.encode(), "file.unexpected"),
    Refused("a program among projects", "projects/vieras.py", b"import os", "file.unexpected"),
    Refused("a folder among projects", "projects/x/vieras.yaml", _GOOD.encode(), "file.unexpected"),
    Refused("a page without its twin", "fi/vieras.md", b"---\ntitle: X\n---\nX\n", "page.twin"),
    Refused("a page without front matter", "fi/vieras.md", b"X\n", "page.front_matter"),
    Refused("a page whose front matter never ends", "fi/vieras.md", b"---\ntitle: X\n", "page.front_matter_open"),
    Refused("a page whose front matter is laughs", "fi/vieras.md", f"---\n{LAUGHS}---\nX\n".encode(), "yaml.anchor"),
)


_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
_SHEET += "</worksheet>"
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50 + '">'
_ENTITIES += '<!ENTITY d "' + "&c;" * 50 + '"><!ENTITY e "' + "&d;" * 50 + '"><!ENTITY f "' + "&e;" * 50 + '">]>'
_FETCHED = '<!DOCTYPE x [<!ENTITY a SYSTEM "{}">]>'
_CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'

# A workbook's sheet replaced: each is refused, or read as plain text within the limits.
WORKBOOKS = {
    "a billion laughs": _ENTITIES + _SHEET.format(_CELL.format("&f;")),
    "a file of this machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + _SHEET.format(_CELL.format("&a;")),
    "a page of the web": '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>' + _SHEET.format(_CELL.format("&a;")),
    "a formula": _SHEET.format('<row r="1"><c r="A1"><f>HYPERLINK("https://evil.example")</f><v>1</v></c></row>'),
    "a row beyond a million": _SHEET.format('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    "a column beyond the last": _SHEET.format('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'),
    "a cell without a place": _SHEET.format('<row r="x"><c r="?"><v>1</v></c></row>'),
    "a number of 4,301 figures": _SHEET.format(f'<row r="1"><c r="A1"><v>{"9" * 4301}</v></c></row>'),
    "a number without end": _SHEET.format('<row r="1"><c r="A1"><v>1e999</v></c></row>'),
    "a text that is in no table": _SHEET.format('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
    "a day before the first": _SHEET.format('<row r="1"><c r="A1" t="d"><v>0000-00-00</v></c></row>'),
    "a truth that is none": _SHEET.format('<row r="1"><c r="A1" t="b"><v>x</v></c></row>'),
    "XML that never ends": "<worksheet" + "<a>" * 100_000,
    "no XML": "PK\x03\x04",
    "nothing": "",
}
