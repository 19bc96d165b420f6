"""The content folder to a Site and all that is wrong with it. Never stops at the first fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from tandem.fields import ID, Knowledge
from tandem.house import below
from tandem.house import shown as shown  # who loads a folder names it
from tandem.language import LANGUAGE_CODE
from tandem.model import Project, Round, Settings, Term, Theme
from tandem.places import Places
from tandem.problem import Problem, Where
from tandem.read import Document, Reading, Source, read_page, read_source, read_yaml
from tandem.register import load_places
from tandem.shape import shape
from tandem.sheet import Table, read_csv
from tandem.shelf import Gist, Shelf
from tandem.sift import Judges, Sieve, sieve_of, sifted
from tandem.site import Key, Origin, Site
from tandem.writings import Half, pair_articles, pair_pages

I = TypeVar("I", Round, Theme)  # noqa: E741
FIRST_LANGUAGES = ("fi", "sv")
TOP = ("site.yaml", "projects", "rounds.yaml", "themes.yaml", "terms.yaml", "municipalities.csv", "regions.csv")


@dataclass(frozen=True)
class Loaded:
    """A site (None where not even its settings could be understood), its problems, the ids that exist at all."""

    site: Site | None
    problems: tuple[Problem, ...]


def load(
    content: Path,
    drafts: bool = False,
    name: str = "",
    jobs: int = 1,
    shelf: Shelf | None = None,
    judges: Judges | None = None,
) -> Loaded:
    """Everything below ``content``. ``drafts``: whether records marked as drafts are part of the site.

    ``name``: what to call the folder in problems, where that is not its path. ``jobs``: how many processes read
    projects. ``shelf``: where sound projects are laid by; ``judges`` makes who says that a project is sound.
    """
    loader = _Loader(content, name or shown(content), jobs, shelf or Shelf(), judges)
    site = loader.site(drafts)
    return Loaded(site, tuple(loader.problems))


@dataclass
class _Loader:
    content: Path
    folder: str
    jobs: int = 1
    shelf: Shelf = field(default_factory=Shelf)
    judges: Judges | None = None
    gists: dict[str, Gist] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    origins: dict[Key, Origin] = field(default_factory=dict)

    def site(self, drafts: bool) -> Site | None:
        settings = self.settings()
        languages = settings.languages if settings else FIRST_LANGUAGES
        known = Knowledge(languages, self.places(languages))
        terms = tuple(self.terms(known))
        sieve = sieve_of(self.name, known, self.shelf, self.judges, settings, terms)
        projects = {id: p for id, p in self.projects(sieve) if drafts or not p.draft}
        rounds = {record.id: record for record in self.items("rounds", Round, known)}
        themes = {record.id: record for record in self.items("themes", Theme, known)}
        halves = [half for language in languages for half in self.halves(language)]
        pages, problems = pair_pages([h for h in halves if not h.news], known, self.origins)
        self.problems += problems
        articles, problems = pair_articles([h for h in halves if h.news], known, self.origins)
        self.problems += problems
        catalogs = {language: self.catalog(language) for language in languages}
        self.strangers(languages)
        self.judged(known)
        if settings is None:
            return None
        return Site(
            settings=settings,
            places=known.places,
            projects=projects,
            rounds=rounds,
            themes=themes,
            pages={id: page for id, page in sorted(pages.items()) if drafts or not page.draft},
            articles={id: article for id, article in sorted(articles.items()) if drafts or not article.draft},
            catalogs=catalogs,
            origins=self.origins,
            folder=self.folder,
            terms=terms,
            gists=self.gists,
            shelf=self.shelf,
        )

    def source(self, path: Path) -> Source | None:
        """The file's text, or None with a problem noted."""
        read = read_source(path, self.name(path))
        if isinstance(read, Problem):
            self.problems.append(read)
            return None
        return read

    def name(self, path: Path) -> str:
        text, root = path.as_posix(), f"{self.content.as_posix()}/"
        below = text.removeprefix(root) if text.startswith(root) else path.relative_to(self.content).as_posix()
        return f"{self.folder}/{below}"

    def document(self, path: Path) -> Document | None:
        source = self.source(path)
        return self.accepted(read_yaml(source)) if source else None

    def accepted(self, reading: Reading) -> Document | None:
        document, problems = reading
        self.problems += problems
        return document

    def required(self, name: str) -> Path | None:
        path = self.content / name
        if path.is_file() or path.is_symlink():
            return path
        self.problems.append(Problem("file.missing", Where(f"{self.folder}/{name}"), hint="file.missing"))
        return None

    def settings(self) -> Settings | None:
        path = self.required("site.yaml")
        document = self.document(path) if path else None
        if document is None:
            return None
        self.origins["site",] = Origin(document)
        written = document.data.get("languages") if isinstance(document.data, dict) else None
        codes = [c for c in written if isinstance(c, str)] if isinstance(written, list) else []
        languages = tuple(dict.fromkeys(c for c in codes if LANGUAGE_CODE.fullmatch(c)))
        known = Knowledge(languages or FIRST_LANGUAGES, Places())
        settings, problems = shape(Settings, document.data, Origin(document), known)
        self.problems += problems
        if settings and not settings.languages:
            self.problems.append(Problem("value.empty", document.where("languages"), hint="value.empty"))
        return settings if settings and settings.languages else None

    def places(self, languages: tuple[str, ...]) -> Places:
        tables = [self.table("municipalities.csv"), self.table("regions.csv")]
        municipalities, regions = tables
        if municipalities is None or regions is None:
            return Places()
        places, problems = load_places(municipalities, regions, languages)
        self.problems += problems
        return places

    def judged(self, known: Knowledge) -> None:
        """Where the register of municipalities is itself at fault, places it lacks are no news."""
        register = f"{self.folder}/municipalities.csv"
        if not known.places.municipalities or any(problem.where.file == register for problem in self.problems):
            self.problems = [problem for problem in self.problems if problem.code != "place.unknown"]

    def table(self, name: str) -> Table | None:
        path = self.required(name)
        source = self.source(path) if path else None
        if source is None:
            return None
        table, problems = read_csv(source)
        self.problems += problems
        return table if all(problem.code != "csv.syntax" for problem in problems) else None

    def files(self, folder: str, ending: str) -> Iterator[Path]:
        """Files with ``ending`` in a content folder, sorted; others are problems, hidden ones are passed over."""
        root = self.content / folder
        if root.is_symlink():
            self.problems.append(Problem("file.symlink", Where(self.name(root)), hint="file.symlink"))
            return
        for name, entry in below(root):
            path = root / name
            if entry.is_symlink():
                self.problems.append(Problem("file.symlink", Where(self.name(path)), hint="file.symlink"))
            elif path.suffix == ending and entry.is_file():
                if all(ID.fullmatch(part) for part in name.removesuffix(ending).split("/")):
                    yield path
                else:
                    self.problems.append(Problem("file.name", Where(self.name(path)), {"name": path.name}, "file.name"))
            elif entry.is_file() and name != "messages.po":
                self.problems.append(
                    Problem("file.unexpected", Where(self.name(path)), {"ending": ending}, "file.unexpected")
                )

    def projects(self, sieve: Sieve) -> Iterator[tuple[str, Project]]:
        here: list[Path] = []
        nested: list[Path] = []
        for path in self.files("projects", ".yaml"):
            (here if path.parent == self.content / "projects" else nested).append(path)
        for path in nested:
            values = {"ending": ".yaml", "folder": f"{self.folder}/projects"}
            self.problems.append(Problem("file.unexpected", Where(self.name(path)), values, "file.nested"))
        for path, one in zip(here, sifted(here, sieve, self.jobs), strict=True):
            self.problems += one.problems
            self.origins["project", path.stem] = Origin(one.document)
            if one.gist:
                self.gists[path.stem] = one.gist
            if one.project:
                yield path.stem, one.project

    def items(self, name: str, model: type[I], known: Knowledge) -> Iterator[I]:
        """The records of a list file such as rounds.yaml."""
        path = self.required(f"{name}.yaml")
        document = self.document(path) if path else None
        if document is None:
            return
        if document.data and not isinstance(document.data, list):
            self.problems.append(Problem("type.list", document.where(), hint="type.list"))
            return
        kind = name.removesuffix("s")
        self.origins[name,] = Origin(document)
        for number, tree in enumerate(document.data):
            origin = Origin(document, (number,))
            record, problems = shape(model, tree, origin, known)
            self.problems += problems
            id = record.id if record else tree.get("id") if isinstance(tree, dict) else None
            if not isinstance(id, str) or not id:
                continue
            if (kind, id) in self.origins:
                values = {"id": id, "line": str(self.origins[kind, id].where("id").line)}
                self.problems.append(Problem("id.duplicate", origin.where("id"), values, "id.duplicate"))
                continue
            self.origins[kind, id] = origin
            if record:
                yield record

    def terms(self, known: Knowledge) -> Iterator[Term]:
        """The term list, which a site may do without."""
        path = self.content / "terms.yaml"
        document = self.document(path) if path.is_file() or path.is_symlink() else None
        if document is None:
            return
        if document.data and not isinstance(document.data, list):
            self.problems.append(Problem("type.list", document.where(), hint="type.list"))
            return
        for number, tree in enumerate(document.data):
            record, problems = shape(Term, tree, Origin(document, (number,)), known)
            self.problems += problems
            if record:
                yield record

    def halves(self, language: str) -> Iterator[Half]:
        for path in self.files(language, ".md"):
            source = self.source(path)
            document = self.accepted(read_page(source)) if source else None
            id = path.relative_to(self.content / language).as_posix().removesuffix(".md")
            yield Half(id, language, document, self.name(path))

    def catalog(self, language: str) -> Catalog:
        path = self.required(f"{language}/messages.po")
        source = self.source(path) if path else None
        if source is None:
            return Catalog(language)
        try:
            catalog = read_po(source.text.splitlines(keepends=True), locale=language, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            line = int(getattr(error, "lineno", 0) or 0) + 1
            self.problems.append(Problem("catalog.syntax", Where(source.file, line), hint="catalog.syntax"))
            return Catalog(language)
        self.origins["catalog", language] = Origin(Document(source.file, {}))
        return catalog

    def strangers(self, languages: tuple[str, ...]) -> None:
        """What stands at the top of content/ and belongs to nothing: a mistyped folder, a language the site lacks."""
        for path in sorted(self.content.iterdir()) if self.content.is_dir() else ():
            if path.is_dir() and LANGUAGE_CODE.fullmatch(path.name) and path.name not in languages:
                values = {"value": path.name, "known": ", ".join(languages)}
                self.problems.append(Problem("language.folder", Where(self.name(path)), values, "language.folder"))
            elif path.name not in TOP and path.name not in languages and not path.name.startswith("."):
                values = {"known": ", ".join([*TOP, *languages])}
                self.problems.append(Problem("file.unexpected", Where(self.name(path)), values, "file.top"))
