"""Two versions side by side: exactly the changed records, in one safe file that needs nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tandem.review import Range
from tandem.versions import _inside
from tests.process import forked
from tests.repo import Repo

HELMI = "projects/helmi.yaml"
_VOID = {"meta", "br"}


class Page(HTMLParser):
    """What tests ask of a review: records and how each changed, tags that do not close, the words of each element."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source, self.lang = source, ""
        self.records: list[tuple[str, str]] = []
        self.open: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.marks: list[tuple[str, str, str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src", "srcset", "action", "data") if name in given]
        lang = given.get("lang") or (self.open[-1][1] if self.open else "")
        if tag == "html":
            self.lang = lang
        if tag == "article":
            self.records.append((given["data-record"], given["data-how"]))
        if tag not in _VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        for tag, lang in self.open:
            if tag in ("ins", "del"):
                self.marks.append((tag, lang, data))

    @property
    def text(self) -> str:
        return re.sub(r"<[^>]+>", "", self.source)


@pytest.fixture
def repo(base: Path) -> Repo:
    repo = Repo.around(base)
    repo.write("../.gitignore", "/review.html\n.cache/\n")
    repo.commit("2021-01-01")
    return repo


def reviewed(repo: Repo, range: str = "HEAD~1..HEAD", language: str = "en", content: str = "content") -> Page:
    done = forked("review", range, "--content", content, "--lang", language, cwd=repo.folder)
    assert (done.returncode, done.stderr) == (0, "")
    page = Page((repo.folder / "review.html").read_text("utf-8"))
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "svg", "video"}
    assert not re.search(r"url\(|@import", page.source)
    return page


def test_exactly_the_changed_records_are_listed_and_how_each_changed(repo: Repo) -> None:
    repo.write("projects/uusi.yaml", "name: {fi: Uusi, sv: Ny}\nsummary: {fi: Yksi., sv: En.}\nlead: Espoo\n")
    repo.change("rounds.yaml", "fi: valtiovarainministeriö", "fi: ministeriö")
    repo.change("themes.yaml", "- id: varhaiskasvatus", "- {id: uusi, name: {fi: Uusi, sv: Ny}}\n- id: varhaiskasvatus")
    repo.change("fi/tietoa.md", "Kirjoita", "Soita")
    repo.change("site.yaml", "as_of: 2026-11-21", "as_of: 2026-12-01")
    repo.change("municipalities.csv", "16387", "16400")
    repo.git("mv", str(repo.content / HELMI), str(repo.content / "projects" / "perla.yaml"))
    for file in ("fi/tietoa.md", "sv/tietoa.md"):
        repo.change(file, "helmi.yaml", "perla.yaml")
    (repo.content / "projects" / "rutiinit.yaml").unlink()
    for code in ("fi", "sv"):
        (repo.content / code / "news" / "avustus.md").unlink()
    repo.commit("2021-02-02")
    assert reviewed(repo).records == [
        ("site", "changed"),
        ("project/perla", "renamed"),
        ("project/rutiinit", "removed"),
        ("project/uusi", "added"),
        ("round/2020", "changed"),
        ("theme/uusi", "added"),
        ("page/tietoa", "changed"),
        ("article/avustus", "removed"),
        ("municipality/020", "changed"),
    ]
    assert reviewed(repo, "HEAD..HEAD").records == []


def test_a_change_of_form_lists_no_record_but_names_the_file(repo: Repo) -> None:
    repo.change(HELMI, "lead: Porvoo\npartners: [Kimitoön,", 'partners: ["Kimitoön",')
    text = (repo.content / HELMI).read_text("utf-8")
    repo.write(
        HELMI, "# huomautus\nlead:   'Porvoo'\n" + text.replace("yhdellä lomakkeella", "yhdellä\n    lomakkeella")
    )
    repo.change("fi/messages.po", "Etusivu", "Alkusivu")
    repo.commit("2021-02-02")
    page = reviewed(repo)
    assert page.records == []
    assert "content/projects/helmi.yaml" in page.text
    assert "content/fi/messages.po" in page.text


def test_languages_stand_side_by_side_each_marked_as_it_is(repo: Repo) -> None:
    repo.change(HELMI, "yhdellä lomakkeella", "samalla lomakkeella")
    repo.change(HELMI, "viisi minuuttia", "kuusi minuuttia")
    repo.change(HELMI, "tar fem minuter", "tar sex minuter")
    repo.commit("2021-02-02")
    page = reviewed(repo, language="sv")
    assert page.lang == "sv"
    assert page.marks == [
        ("del", "fi", "yhdellä"), ("ins", "fi", "samalla"), ("del", "fi", "viisi"), ("ins", "fi", "kuusi"),
        ("del", "sv", "fem"), ("ins", "sv", "sex"),
    ]  # fmt: skip
    heads = re.findall(r'<th scope="col" lang="(\w+)">(\w+)</th>', page.source)
    assert heads == [("fi", "Suomi"), ("sv", "Svenska")]
    assert page.source.count("Det här språket har inte ändrats") == 1
    assert "räcker när man söker" in page.text  # the Swedish text beside the Finnish one that changed
    assert "Ministeriets pressmeddelande" not in page.text


def test_facts_that_changed_stand_in_a_table_old_and_new(repo: Repo) -> None:
    repo.change(HELMI, "amount: 42000", "amount: 43000")
    repo.change(HELMI, 'partners: [Kimitoön, "020", Honkajoki]', 'partners: [Kimitoön, "020"]')
    repo.change(HELMI, "sources:\n", "sources:\n  - {url: 'https://uusi.fi/', title: {fi: Uusi, sv: Ny}}\n")
    repo.change(HELMI, "updated: 2021-02-05\n", "")
    repo.commit("2021-02-02")
    page = reviewed(repo)
    facts = re.findall(
        r"<code>([\w.]+)</code></th>\s*<td[^>]*>(?:<del>)?(.*?)(?:</del>)?</td>\s*<td[^>]*>(?:<ins>)?(.*?)(?:</ins>)?</td>",
        page.source.split("Changed facts")[1],
    )
    assert facts == [
        ("partners", "Kimitoön, 020, Honkajoki", "Kimitoön, 020"),
        ("funding.1.amount", "42000", "43000"),
        ("sources.1.url", "–", "https://uusi.fi/"),
        ("updated", "2021-02-05", "–"),
    ]


def test_items_that_change_places_are_a_change_of_order(repo: Repo) -> None:
    first, second = "  - {fi: Yksi, sv: Ett}\n", "  - {fi: Kaksi, sv: Två}\n"
    repo.change(HELMI, "goals:\n", "goals:\n" + first + second)
    repo.commit("2021-02-02")
    repo.change(HELMI, first + second, second + first)
    repo.commit("2021-02-03")
    page = reviewed(repo)
    assert page.records == [("project/helmi", "changed")]
    assert page.marks == [("del", "en", "1, 2, 3"), ("ins", "en", "2, 1, 3")]


def test_the_files_on_the_disk_can_be_the_head(repo: Repo) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.write("projects/uusi.yaml", "name: {fi: Uusi, sv: Ny}\nsummary: {fi: Yksi., sv: En.}\nlead: Espoo\n")
    page = reviewed(repo, "HEAD..")
    assert page.records == [("project/helmi", "changed"), ("project/uusi", "added")]
    assert "the files on the disk" in page.text


def test_only_the_objects_of_git_are_needed(repo: Repo) -> None:
    """A pull request's commit that is nowhere checked out; three dots leave out what the main line did meanwhile."""
    repo.git("checkout", "-q", "-b", "proposal")
    repo.change(HELMI, "yhdellä", "samalla")
    proposal = repo.commit("2021-02-02")
    repo.git("checkout", "-q", "main")
    repo.change("rounds.yaml", "finansministeriet", "Finansministeriet")
    repo.commit("2021-02-03")
    repo.git("branch", "-q", "-D", "proposal")
    before = repo.git("status", "--porcelain")
    assert reviewed(repo, f"main...{proposal}").records == [("project/helmi", "changed")]
    assert reviewed(repo, f"main..{proposal}").records == [("project/helmi", "changed"), ("round/2020", "changed")]
    assert repo.git("status", "--porcelain") == before


def test_what_the_check_finds_stands_beside_the_text_it_is_about(repo: Repo) -> None:
    repo.change(HELMI, "sv: En enda blankett räcker när man söker dagvårdsplats.", f"sv: {'x ' * 200}")
    repo.change(HELMI, "lead: Porvoo", "lead: Porvo")
    repo.change("rounds.yaml", '- id: "2020"', '- id: "2022"')
    repo.commit("2021-02-02")
    page = reviewed(repo, language="fi")
    assert page.records == [("project/helmi", "changed"), ("round/2022", "renamed")]
    article = page.source.split('data-record="round')[0]
    assert "tuntematon kunta ”Porvo”" in article
    assert "<strong>virhe</strong>" in article
    assert "tarkoititko ”Porvoo” (638)?" in article
    assert re.search(r"<code>summary</code>.*?</tr>\s*<tr>\s*<td class=\"beside\".*?text\.too_long", article, re.DOTALL)
    assert "round.unknown" in article
    assert str(repo.folder) not in page.source
    assert "content/projects/helmi.yaml:" in page.text


def test_what_breaks_in_untouched_records_is_told_at_the_end(repo: Repo) -> None:
    repo.change("rounds.yaml", '- id: "2020"', '- id: "2022"')
    repo.commit("2021-02-02")
    page = reviewed(repo)
    assert page.records == [("round/2022", "renamed")]
    assert "round.unknown" in page.source.split("What the change breaks elsewhere")[1]


@pytest.mark.parametrize(
    ("file", "record"),
    [
        (HELMI, "project/helmi"), ("rounds.yaml", "rounds.yaml"), ("site.yaml", "site"),
        ("fi/tietoa.md", "page/tietoa"),
        ("municipalities.csv", "municipalities.csv"),
    ],
)  # fmt: skip
def test_content_that_cannot_be_read_is_shown_with_its_problems(repo: Repo, file: str, record: str) -> None:
    (repo.content / file).write_text('---\na: "b\n---\n: [', "utf-8")
    repo.commit("2021-02-02")
    page = reviewed(repo)
    assert page.records == [(record, "changed")]
    assert "cannot be read in one of the versions" in page.text
    assert f"content/{file}:" in page.text
    repo.git("checkout", "-q", "HEAD~1", "--", ".")
    repo.commit("2021-02-03")
    assert reviewed(repo).records == [(record, "changed")]


def test_hostile_content_is_shown_and_never_obeyed(repo: Repo, tmp_path: Path) -> None:
    evil = '"</td><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} \\u202eesrever"'
    repo.write("projects/paha.yaml", f"name: {{fi: {evil}, sv: {evil}}}\nsummary: {{fi: a, sv: b}}\nlead: {evil}\n")
    secret = tmp_path / "secret.txt"
    secret.write_text("name: {fi: SALAISUUS, sv: HEMLIGHET}\n", "utf-8")
    (repo.content / "projects" / "linkki.yaml").symlink_to(secret)
    (repo.content / "kansio").symlink_to(tmp_path)
    repo.commit("2021-02-02")
    page = reviewed(repo)
    assert "script" not in page.tags
    assert "&lt;script&gt;alert(1)" in page.source
    assert "{{ 7*7 }}" in page.source
    assert "\u202e" not in page.source
    assert "\\u202e" in page.source
    assert "SALAISUUS" not in page.source
    assert "file.symlink" in page.source


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/x", "a//b", ".", "a/.", "C:x", "a\\b"])
def test_a_name_that_would_leave_the_folder_is_left_out(path: str) -> None:
    assert not _inside(path)
    assert _inside("projects/helmi.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("main..topic", Range("main", "topic")),
        ("main...topic", Range("main", "topic", forked=True)),
        ("main..", Range("main", "")),
        ("v1.0..HEAD~2", Range("v1.0", "HEAD~2")),
        ("main", None),
        ("..HEAD", None),
        ("main...", None),
        ("a..b..c", None),
        ("", None),
    ],
)
def test_a_range_names_two_versions(text: str, expected: Range | None) -> None:
    assert Range.parse(text) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ["main"],
        ["nowhere..HEAD"],
        ["HEAD..nowhere"],
        ["HEAD..", "--out", "nowhere/review.html"],
        ["--output=x..HEAD"],
        ["--", "--help..HEAD"],
        ["HEAD\n..HEAD"],
    ],
)
def test_called_wrongly_is_exit_code_2_and_no_file(repo: Repo, arguments: list[str]) -> None:
    done = forked("review", "--content", "content", *arguments, cwd=repo.folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not (repo.folder / "review.html").exists()


def test_without_a_repository_it_says_so(base: Path) -> None:
    done = forked("review", "HEAD..", "--content", "content", "--lang", "fi", cwd=base.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "sisältökansio ei ole git-versionhallinnassa" in done.stderr


def test_the_same_versions_give_the_same_bytes_wherever_they_are_read(repo: Repo, tmp_path: Path) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    first = reviewed(repo).source
    target = tmp_path / "clone"
    repo.git("clone", "-q", f"file://{repo.folder}", str(target))
    assert reviewed(Repo(target, target / "content")).source == first
