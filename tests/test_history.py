"""Which language is behind, since when and by which commit: read from real repositories, in both directions."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repo import Repo

HELMI = "projects/helmi.yaml"
FI, SV = "Päiväkotipaikkaa haetaan yhdellä lomakkeella.", "En enda blankett räcker när man söker dagvårdsplats."


@pytest.fixture
def repo(base: Path) -> Repo:
    """The base site, committed on the first of January."""
    repo = Repo.around(base)
    repo.write("../.gitignore", ".cache/\n_site/\n")
    repo.commit("2021-01-01")
    return repo


def test_texts_that_began_in_one_commit_are_in_step(repo: Repo) -> None:
    assert repo.behind() == {}
    coverage = repo.survey()
    assert coverage.total.in_step == coverage.total.texts > 15


@pytest.mark.parametrize(("written", "changed", "late"), [("lomakkeella", "fi", "sv"), ("blankett", "sv", "fi")])
def test_the_language_that_did_not_change_is_behind_whichever_it_is(
    repo: Repo, written: str, changed: str, late: str
) -> None:
    repo.change(HELMI, written, f"{written} {changed}")
    commit = repo.commit("2021-02-02")
    assert repo.behind() == {f"project helmi summary {late}": f"2021-02-02 {commit[:7]}"}


def test_both_changed_in_one_commit_are_in_step(repo: Repo) -> None:
    repo.change(HELMI, "lomakkeella", "kaavakkeella")
    repo.change(HELMI, "blankett", "formulär")
    repo.commit("2021-02-02")
    assert repo.behind() == {}


def test_behind_since_the_first_change_that_is_lacking_not_the_last(repo: Repo) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    first = repo.commit("2021-02-02")
    repo.change(HELMI, "samalla", "ainoalla")
    repo.commit("2021-03-03")
    assert repo.behind() == {"project helmi summary sv": f"2021-02-02 {first[:7]}"}


def test_the_language_changed_later_leaves_the_other_behind(repo: Repo) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    repo.change(HELMI, "En enda", "Samma")
    later = repo.commit("2021-03-03")
    assert repo.behind() == {"project helmi summary fi": f"2021-03-03 {later[:7]}"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"fi: {FI}", f"fi:   {FI}   "),  # white space
        (f"fi: {FI}", f"fi: {FI.replace(' ', '  ')}"),
        (f"fi: {FI}", f"fi: {FI.replace(' ', chr(0xA0))}"),
        (f"fi: {FI}", f'fi: "{FI}"'),  # quoting
        (f"sv: {SV}", f"sv: '{SV}'"),
        (f"fi: {FI}", "fi: >-\n    " + FI.replace(" ", "\n    ")),  # folding
        (f"sv: {SV}", "sv: |\n    " + SV.replace("när", "\n    när")),
        (f"  fi: {FI}\n  sv: {SV}", f"  sv: {SV}\n  fi: {FI}"),  # order
        (f"  fi: {FI}\n  sv: {SV}", f'  "fi": {FI}\n  # huomautus – anmärkning\n  sv: {SV}'),
        (f"fi: {FI}", f"fi: {unicodedata.normalize('NFD', FI)}"),  # composition
        (f"summary:\n  fi: {FI}\n  sv: {SV}", f"summary: {{fi: {FI}, sv: {SV}}}"),
    ],
)
def test_a_change_of_form_is_no_change(repo: Repo, old: str, new: str) -> None:
    repo.change(HELMI, old, new)
    assert repo.behind() == {}
    repo.commit("2021-02-02")
    assert repo.behind() == {}


def test_keys_and_items_that_moved_are_no_change(repo: Repo) -> None:
    goals = "goals:\n  - fi: Hakeminen vie viisi minuuttia.\n    sv: Ansökan tar fem minuter.\n"
    repo.change(HELMI, goals, goals + "  - {fi: Toinen, sv: Den andra}\n")
    repo.commit("2021-01-02")
    repo.change(HELMI, goals + "  - {fi: Toinen, sv: Den andra}\n", "")
    text = (repo.content / HELMI).read_text("utf-8")
    moved = goals.replace("goals:\n", "goals:\n  - {fi: Uusi, sv: Ny}\n  - {fi: Toinen, sv: Den andra}\n")
    repo.write(HELMI, text + moved)
    repo.commit("2021-02-02")
    assert repo.behind() == {}


def test_an_item_that_moved_and_changed_is_still_known(repo: Repo) -> None:
    repo.change(
        HELMI, "goals:\n  - fi: Hakeminen vie viisi", "goals:\n  - {fi: Uusi, sv: Ny}\n  - fi: Hakeminen vie kuusi"
    )
    commit = repo.commit("2021-02-02")
    assert repo.behind() == {"project helmi goals.2 sv": f"2021-02-02 {commit[:7]}"}


def test_a_source_is_known_by_its_address(repo: Repo) -> None:
    """Two sources may share a title in one language without being one."""
    source = (
        "  - url: https://vm.fi/digikannustin\n    title: {fi: Ministeriön tiedote, sv: Ministeriets pressmeddelande}\n"
    )
    repo.change(HELMI, source, source.replace("digikannustin", "muu").replace("pressmeddelande", "nyhet (på finska)"))
    repo.commit("2021-02-02")
    assert repo.behind() == {}


def test_a_translation_that_arrives_later_brings_into_step(repo: Repo) -> None:
    repo.write("projects/vain.yaml", "untranslated: [sv]\nname: {fi: Vain}\nsummary: {fi: Yksi.}\nlead: Porvoo\n")
    repo.commit("2021-02-02")
    assert repo.behind() == {}
    repo.write("projects/vain.yaml", "name: {fi: Vain, sv: Bara}\nsummary: {fi: Yksi., sv: En.}\nlead: Porvoo\n")
    repo.commit("2021-03-03")
    assert repo.behind() == {}


def test_what_was_changed_and_changed_back_is_as_it_was(repo: Repo) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    repo.change(HELMI, "samalla", "yhdellä")
    repo.commit("2021-03-03")
    assert repo.behind() == {}


def test_pages_and_news_are_two_files_and_one_text(repo: Repo) -> None:
    repo.change("fi/tietoa.md", "Kirjoita toimitukselle.", "Soita toimitukselle.")
    repo.change("sv/news/avustus.md", "Pärlan fick", "Projektet Pärlan fick")
    commit = repo.commit("2021-02-02")
    when = f"2021-02-02 {commit[:7]}"
    assert repo.behind() == {"page tietoa body sv": when, "article avustus title fi": when}
    repo.change("sv/tietoa.md", "Skriv till redaktionen.", "Ring redaktionen.")
    repo.change("sv/news/avustus.md", "Projektet Pärlan fick", "Pärlan fick")
    repo.commit("2021-03-03")
    assert list(repo.behind()) == ["page tietoa body fi"]


def test_rounds_themes_and_settings_are_followed_item_by_item(repo: Repo) -> None:
    repo.change("rounds.yaml", "finansministeriet", "Finansministeriet")
    repo.change("themes.yaml", "- id: varhaiskasvatus", "- {id: uusi, name: {fi: Uusi, sv: Ny}}\n- id: varhaiskasvatus")
    repo.change("themes.yaml", "fi: Päätöksenteko,", "fi: Päätökset,")
    repo.change("site.yaml", "sv: Kommunernas digiprojekt", "sv: Kommunala digiprojekt")
    repo.commit("2021-02-02")
    assert list(repo.behind()) == ["round 2020 funder fi", "site title fi", "theme paatoksenteko name sv"]


def test_a_renamed_project_keeps_its_history(repo: Repo) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    commit = repo.commit("2021-02-02")
    repo.git("mv", str(repo.content / HELMI), str(repo.content / "projects" / "perla.yaml"))
    repo.change("fi/news/avustus.md", "[helmi]", "[perla]")
    repo.change("fi/tietoa.md", "helmi.yaml", "perla.yaml")
    repo.change("sv/tietoa.md", "helmi.yaml", "perla.yaml")
    still = {"project perla summary sv": f"2021-02-02 {commit[:7]}"}
    assert repo.behind() == still  # before the rename is committed, and after
    repo.commit("2021-03-03")
    assert repo.behind() == still
    repo.git("mv", str(repo.content / "projects" / "perla.yaml"), str(repo.content / HELMI))
    repo.change(HELMI, "Ansökan tar fem", "Ansökan tar sex")
    repo.commit("2021-04-04")
    assert list(repo.behind()) == ["project helmi summary sv", "project helmi goals.1 fi"]


def test_a_page_renamed_with_both_halves_keeps_its_history(repo: Repo) -> None:
    repo.change("sv/tietoa.md", "Om webbplatsen", "Om den här webbplatsen")
    commit = repo.commit("2021-02-02")
    for code in ("fi", "sv"):
        (repo.content / code / "ohje").mkdir()
        repo.git("mv", str(repo.content / code / "tietoa.md"), str(repo.content / code / "ohje" / "me.md"))
        repo.change(f"{code}/ohje/me.md", "../projects", "../../projects")
    repo.change("site.yaml", ", tietoa]", "]")
    repo.commit("2021-03-03")
    assert repo.behind() == {"page ohje/me title fi": f"2021-02-02 {commit[:7]}"}


def test_checked_settles_what_was_committed_on_that_day_or_before(repo: Repo) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    for day, settled in (("2021-02-01", False), ("2021-02-02", True), ("2021-02-03", True)):
        repo.git("checkout", "-q", "--", ".")
        repo.change(HELMI, "updated:", f"checked: {{summary: {day}}}\nupdated:")
        assert (repo.behind() == {}) is settled, day
    repo.commit("2021-02-04")
    assert repo.behind() == {}
    repo.change(HELMI, "räcker när", "räcker då")
    later = repo.commit("2021-03-03")
    assert repo.behind() == {"project helmi summary fi": f"2021-03-03 {later[:7]}"}


def test_checked_works_for_a_list_an_item_a_page_a_round_and_the_site(repo: Repo) -> None:
    repo.change(HELMI, "viisi minuuttia", "kuusi minuuttia")
    repo.change("fi/tietoa.md", "toimitukselle", "meille")
    repo.change("rounds.yaml", "finansministeriet", "Finansministeriet")
    repo.change("site.yaml", "sv: Kommunernas digiprojekt", "sv: Kommunala digiprojekt")
    repo.commit("2021-02-02")
    assert len(repo.behind()) == 4
    repo.change(HELMI, "updated:", "checked: {goals: 2021-02-02}\nupdated:")
    repo.change("sv/tietoa.md", "slug: om", "slug: om\nchecked: {body: 2021-02-02}")
    repo.change("rounds.yaml", "  decided:", "  checked: {funder: 2021-02-02}\n  decided:")
    repo.change("site.yaml", "navigation:", "checked: {title: 2021-02-02}\nnavigation:")
    assert repo.behind() == {}
    repo.change(HELMI, "{goals: 2021-02-02}", "{goals.1: 2021-02-02}")
    assert repo.behind() == {}
    repo.change(HELMI, "{goals.1: 2021-02-02}", "{goal: 2021-02-02}")
    assert list(repo.behind()) == ["project helmi goals.1 sv"]


def test_an_uncommitted_edit_counts_as_now(repo: Repo) -> None:
    repo.change(HELMI, "En enda", "Bara en")
    assert repo.behind() == {"project helmi summary fi": "now"}
    repo.change(HELMI, "yhdellä", "samalla")
    assert repo.behind() == {}
    repo.git("add", "-A")  # staged or not makes no difference
    assert repo.behind() == {}
    repo.git("reset", "-q")
    repo.write("projects/uusi.yaml", "name: {fi: Uusi, sv: Ny}\nsummary: {fi: Yksi., sv: En.}\nlead: Porvoo\n")
    assert repo.behind() == {}


def test_a_merge_is_one_change_of_the_main_line(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "proposal")
    repo.change("fi/tietoa.md", "toimitukselle", "meille")
    repo.commit("2021-02-01")
    repo.change("sv/tietoa.md", "redaktionen", "oss")
    repo.commit("2021-02-02")
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-03")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "x", "proposal", day="2021-02-04")
    merge = repo.git("rev-parse", "HEAD")
    assert repo.behind() == {"project helmi summary sv": f"2021-02-04 {merge[:7]}"}


def test_versions_that_cannot_be_read_are_passed_over(repo: Repo) -> None:
    good = (repo.content / HELMI).read_text("utf-8")
    repo.write(HELMI, good.replace("yhdellä", "samalla") + "\n  : [broken")
    repo.commit("2021-02-02")
    (repo.content / HELMI).write_bytes(b"\xff\xfe")
    repo.commit("2021-02-03")
    repo.write(HELMI, good.replace("yhdellä", "samalla"))
    mended = repo.commit("2021-02-04")
    assert repo.behind() == {"project helmi summary sv": f"2021-02-04 {mended[:7]}"}


def test_without_git_or_without_history_it_says_so_and_guesses_nothing(base: Path, tmp_path: Path) -> None:
    alone = Repo(base.parent, base)
    coverage = alone.survey()
    assert (coverage.history, coverage.known, coverage.best) == ("no_repository", False, coverage.total.complete)
    repo = Repo.around(base)
    assert repo.survey().history == "no_commits"
    repo.write("../other.txt", "x")
    repo.git("add", "other.txt")
    repo.git("commit", "-q", "-m", "x")
    assert repo.survey().history == "untracked"


def test_git_that_is_not_installed_is_said(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert repo.survey().history == "no_git"


def test_a_shallow_clone_knows_nothing_until_it_is_whole(repo: Repo, tmp_path: Path) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    target = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(target))
    clone = Repo(target, target / "content")
    coverage = clone.survey()
    assert (coverage.history, [work for work in coverage.work if work.behind]) == ("shallow", [])
    clone.git("fetch", "-q", "--unshallow")
    assert list(clone.behind()) == ["project helmi summary sv"]


def test_a_partial_clone_is_not_completed_over_the_network(repo: Repo, tmp_path: Path) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    repo.git("config", "uploadpack.allowFilter", "true")
    target = tmp_path / "partial"
    repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.folder}", str(target))
    assert Repo(target, target / "content").survey().history == "incomplete"


def test_content_may_lie_deep_and_the_reader_stand_anywhere(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "repo" / "ä ö" / "-x"
    deep.mkdir(parents=True)
    shutil.move(base, deep / "content")
    repo = Repo.around(deep / "content", tmp_path / "repo")
    repo.commit("2021-01-01")
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    monkeypatch.chdir("/")
    assert list(repo.behind(tmp_path / "cache")) == ["project helmi summary sv"]
    monkeypatch.chdir(deep / "content" / "projects")
    assert list(repo.behind(tmp_path / "cache")) == ["project helmi summary sv"]


def test_neither_the_users_configuration_nor_a_hooks_variables_change_the_answer(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    expected = repo.behind()
    home = tmp_path / "home"
    home.mkdir()
    hostile = "[diff]\n\trelative = true\n\trenames = false\n\texternal = false\n[core]\n\tpager = false\n"
    hostile += "[log]\n\tshowRoot = false\n\tdiffMerges = off\n\tshowSignature = true\n[color]\n\tui = always\n"
    (home / ".gitconfig").write_text(hostile)
    with (repo.folder / ".git" / "config").open("a") as file:
        file.write(hostile)
    for name, value in {
        "HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_DIR": "/nonexistent", "GIT_WORK_TREE": "/",
        "GIT_INDEX_FILE": "/nonexistent", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "log.showRoot",
        "GIT_CONFIG_VALUE_0": "false", "GIT_PAGER": "false", "GIT_TRACE": "1", "LC_ALL": "fi_FI.UTF-8",
        "TZ": "Asia/Tokyo", "GIT_LITERAL_PATHSPECS": "0", "GIT_EXTERNAL_DIFF": "false",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert repo.behind(tmp_path / "fresh") == expected


def test_reading_the_history_writes_nothing_into_the_repository(repo: Repo, tmp_path: Path) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    cache = tmp_path.parent / "elsewhere"
    before = {path: path.stat().st_mtime_ns for path in repo.folder.rglob("*")}
    repo.behind(cache)
    assert {path: path.stat().st_mtime_ns for path in repo.folder.rglob("*")} == before


HOSTILE = [
    "content/projects/a\nb.yaml", "content/projects/\x01c0ffee 2021-01-01.yaml", "content/projects/:100644 100644.yaml",
    "content/projects/-rf.yaml", 'content/projects/"quoted".yaml', "content/projects/ä ö\t.yaml",
    "content/projects/\\udcff.yaml", "\nfirst", ":", "*", "content/fi/$(touch x).md",
]  # fmt: skip


def test_hostile_file_names_are_only_names(repo: Repo, tmp_path: Path) -> None:
    """Every byte git can hold in a name: written straight into the history, since no editor would."""
    blob = repo.git("hash-object", "-w", "--stdin", data=b"name: {fi: x, sv: y}\n")
    listing = b"".join(f"100644 {blob}\t".encode() + name.encode("utf-8") + b"\0" for name in HOSTILE)
    listing += f"100644 {blob}\tcontent/projects/".encode() + b"\xff\xfe.yaml\0"
    repo.git("update-index", "-z", "--index-info", data=listing)
    repo.git("commit", "-q", "-m", "x", day="2021-01-15")
    repo.git("rm", "-q", "--cached", "-r", ".")
    repo.change(HELMI, "yhdellä", "samalla")
    commit = repo.commit("2021-02-02")
    assert repo.behind() == {"project helmi summary sv": f"2021-02-02 {commit[:7]}"}
    assert not (repo.folder / "x").exists()


def test_a_handful_of_processes_however_many_files(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        words = f"{{fi: Hanke {number}, sv: Projekt {number}}}"
        repo.write(f"projects/hanke-{number}.yaml", f"name: {words}\nsummary: {words}\nlead: Porvoo\n")
    repo.commit("2021-02-02")
    started: list[object] = []
    begin: Callable[..., None] = subprocess.Popen.__init__

    def counted(self: subprocess.Popen[bytes], *arguments: object, **named: object) -> None:
        started.append(arguments)
        begin(self, *arguments, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", counted)
    assert repo.behind() == {}
    assert len(started) <= 3


def test_what_is_kept_is_disposable_and_gives_the_same_answer(repo: Repo, tmp_path: Path) -> None:
    repo.change(HELMI, "yhdellä", "samalla")
    repo.commit("2021-02-02")
    cache = tmp_path / "cache"
    cold = repo.survey(cache)
    file = cache / "history.json"
    whole = file.read_bytes()
    assert repo.survey(cache) == cold
    assert file.read_bytes() == whole
    for damaged in (b"", b"{}", whole[:-5], whole.replace(b"summary", b"results"), b"\xff" + whole, b"0" + whole):
        file.write_bytes(damaged)
        assert repo.survey(cache) == cold
        assert file.read_bytes() == whole
    file.unlink()
    file.mkdir()
    assert repo.survey(cache) == cold


def test_what_is_kept_follows_every_edit_and_every_commit(repo: Repo) -> None:
    repo.behind()
    repo.change(HELMI, "yhdellä", "samalla")
    assert repo.behind() == {"project helmi summary sv": "now"}
    commit = repo.commit("2021-02-02")
    assert repo.behind() == {"project helmi summary sv": f"2021-02-02 {commit[:7]}"}
    repo.git("commit", "-q", "--amend", "-m", "y", day="2021-02-05")
    commit = repo.git("rev-parse", "HEAD")
    assert repo.behind() == {"project helmi summary sv": f"2021-02-05 {commit[:7]}"}
    repo.git("reset", "-q", "--hard", "HEAD~1")
    assert repo.behind() == {}
