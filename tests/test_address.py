"""One address, one page: also on the later pages of long lists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tandem.address import PER_PAGE
from tandem.flow import examine
from tandem.house import House
from tandem.problem import Speech, as_text
from tests.cases import BASE

PROJECT = "name: {{fi: Hanke {0}, sv: Projekt {0}}}\nsummary: {{fi: Lyhyt., sv: Kort.}}\nlead: Porvoo\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A register of as many projects as one page of a list holds."""
    shutil.copytree(BASE, tmp_path / "content")
    projects = tmp_path / "content" / "projects"
    for number in range(len(list(projects.iterdir())), PER_PAGE):
        (projects / f"hanke-{number}.yaml").write_text(PROJECT.format(number), "utf-8")
    return tmp_path / "content"


def told(content: Path) -> list[str]:
    examined = examine(House(content, content.parent / "_site"))
    return [as_text(problem, Speech("en")) for problem in examined.problems if problem.level == "error"]


def test_a_project_may_be_called_2_while_the_list_is_one_page(content: Path) -> None:
    (content / "projects" / "hanke-9.yaml").rename(content / "projects" / "2.yaml")
    assert not any("address.clash" in one for one in told(content))


@pytest.mark.parametrize("taken", ["projects/2.yaml", "fi/kunnat/porvoo/2.md"])
def test_the_second_page_of_a_list_is_an_address_taken(content: Path, taken: str) -> None:
    for number in (1, 2):
        (content / "projects" / f"viela-{number}.yaml").write_text(PROJECT.format(f"viela {number}"), "utf-8")
    if taken.endswith(".yaml"):
        (content / taken).write_text(PROJECT.format("kaksi"), "utf-8")
    else:
        for half, title in (("fi", "Toinen"), ("sv", "Den andra")):
            file = content / half / "kunnat" / "porvoo" / "2.md"
            file.parent.mkdir(parents=True)
            file.write_text(f"---\ntitle: {title}\n---\n", "utf-8")
    assert any("address.clash" in one and "/2/" in one for one in told(content))
