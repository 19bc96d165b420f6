"""The cells of a new project to its tree, as a content file has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from tandem.cells import Cell
from tandem.draft import SUMMARY
from tandem.explain import Help
from tandem.formats import day_suggested
from tandem.headings import Meaning
from tandem.intake.doubt import Cells, items, whole
from tandem.places import fold
from tandem.read import Loc
from tandem.site import Site


class Tree:
    """A project's tree from its row's cells, keys in the model's order."""

    def __init__(
        self,
        site: Site,
        cells: Cells,
        place: Cell,
        doubt: Callable[..., None],
        qualifier: Callable[[str], str],
    ) -> None:
        self.site, self.row, self.place, self.tell, self.qualifier = site, cells, place, doubt, qualifier
        self.languages = self.site.languages
        self.data: dict[str, Any] = {}
        self.cells: dict[Loc, Cell] = {}
        self.doubtful = False

    def put(self, loc: Loc, value: Any, cell: Cell) -> None:
        tree: Any = self.data
        for step, after in pairwise(loc):
            if isinstance(step, int):
                tree += [{}] * (step >= len(tree))
                tree = tree[step]
            else:
                tree = tree.setdefault(step, [] if isinstance(after, int) else {})
        if isinstance(tree, list):
            tree.append(value)
        else:
            tree[loc[-1]] = value
        for end in range(1, len(loc) + 1):
            self.cells.setdefault(loc[:end], cell)
        self.cells[loc] = cell

    def has(self, column: str, language: str = "") -> tuple[str, Cell] | None:
        """The cell of a column, where it says anything."""
        cell = self.row.get(Meaning(column, language))
        return cell if cell and cell[0] else None

    def any(self, column: str) -> tuple[str, Cell] | None:
        """The same fact may stand under a name of either language."""
        return next((cell for code in ("", *self.languages) if (cell := self.has(column, code))), None)

    def doubt(self, cell: tuple[str, Cell], key: str, **values: str) -> None:
        self.doubtful = True
        self.tell(cell, key, **values)

    def fill(self, id: str) -> None:
        lacking = self.words("name", required=True)
        slug = {code: _last(cell[0]) for code in self.languages if (cell := self.has("url", code))}
        if slug and any(text != id for text in slug.values()):
            self.data["slug"] = slug
        self.unofficial()
        draft = self.summary(lacking)
        for column in ("description", "results"):
            self.words(column)
        self.participants()
        self.funding()
        for end in ("start", "end"):
            if cell := self.any(f"period_{end}"):
                self.put(("period", end), day_suggested(cell[0]) or cell[0], cell[1])
        self.ids("themes", {id: dict(theme.name) for id, theme in self.site.themes.items()})
        if cell := self.any("sources"):
            for number, url in enumerate(re.split(r"[\s|;]+", cell[0])):
                self.put(("sources", number, "url"), url, cell[1])
                self.data["sources"][number]["title"] = dict.fromkeys(self.languages, _host(url))
        if cell := self.any("updated"):
            self.put(("updated",), day_suggested(cell[0]) or cell[0], cell[1])
        if lacking:
            self.data["untranslated"] = lacking
        if draft:
            self.data["draft"] = "true"

    def words(self, column: str, required: bool = False) -> list[str]:
        """A text in each language that has one; returns the languages of which the sheet has no column at all."""
        for code in self.languages:
            if cell := self.has(column, code):
                self.put((column, code), cell[0], cell[1])
            elif required and (empty := self.row.get(Meaning(column, code))):
                self.doubt(empty, "empty")
        return [code for code in self.languages if required and Meaning(column, code) not in self.row]

    def unofficial(self) -> None:
        if cell := self.has("name_unofficial"):
            for number, code in enumerate(items(cell[0])):
                self.put(("name_unofficial", number), code, cell[1])

    def summary(self, lacking: Sequence[str]) -> bool:
        """The summary; without one the project is a draft with the words of a new file."""
        self.words("summary")
        if "summary" in self.data:
            return False
        self.data["summary"] = {code: Help(code).say(SUMMARY) for code in self.languages if code not in lacking}
        return True

    def participants(self) -> None:
        lead = self.has("lead_code") or self.any("lead")
        places = self.has("municipality_codes") or self.any("municipalities")
        bodies = {code: items(cell[0], "|;\n") for code in self.languages if (cell := self.has("organisations", code))}
        led_by = {name for code in self.languages if (cell := self.has("lead", code)) for name in [cell[0]]}
        by_body = bool(led_by & {name for names in bodies.values() for name in names})
        if lead and not by_body:
            self.put(("lead",), lead[0], lead[1])
        first = self.site.places.code(lead[0]) if lead else ""
        known = 0
        for item in items(places[0]) if places else ():
            known += 1
            if places and (self.site.places.code(item) or item) != first:
                self.put(("partners", len(self.data.get("partners", ()))), item, places[1])
        if len({len(names) for names in bodies.values()}) > 1:
            self.doubt(self.any("organisations") or ("", self.place), "lists")
        for number, names in enumerate(zip(*bodies.values(), strict=False)):
            for code, name in zip(bodies, names, strict=True):
                cell = self.has("organisations", code)
                self.put(("organisations", number, "name", code), name, cell[1] if cell else self.place)
            if led_by & set(names):
                self.data["organisations"][number]["lead"] = "true"
        if (count := self.has("shared_by")) and whole(count[0]) != str(max(known, bool(lead))):
            self.put(("municipality_count",), whole(count[0]), count[1])

    def funding(self) -> None:
        count = self.has("grants")
        if count and whole(count[0]) not in ("0", "1"):
            self.doubt(count, "grants")
            return
        rounds = {id: dict(one.name) for id, one in self.site.rounds.items()}
        cell = self.has("round_ids") or self.any("rounds")
        round_ = self.one_of(cell, rounds) if cell else ""
        if cell and round_:
            self.put(("funding", 0, "round"), round_, cell[1])
        if cell := self.any("amount"):
            self.put(("funding", 0, "amount"), whole(cell[0]), cell[1])
        if (cell := self.any("amount_is")) and self.qualifier(cell[0]) != "exact":
            self.put(("funding", 0, "amount_is"), self.qualifier(cell[0]), cell[1])
        if cell := self.any("decided"):
            day = day_suggested(cell[0]) or cell[0]
            known = self.site.rounds[round_].decided if round_ in self.site.rounds else None
            if not known or known.isoformat() != day:
                self.put(("funding", 0, "decided"), day, cell[1])

    def ids(self, column: str, names: Mapping[str, Mapping[str, str]]) -> None:
        cell = self.has("theme_ids") or self.any(column)
        for item in items(cell[0]) if cell else ():
            id = self.one_of((item, cell[1]), names) if cell else ""
            if id and cell:
                self.put((column, len(self.data.get(column, ()))), id, cell[1])

    def one_of(self, cell: tuple[str, Cell], names: Mapping[str, Mapping[str, str]]) -> str:
        """The id that a cell names, by the id itself or by a name in any language; else a doubt."""
        for id, called in names.items():
            if fold(cell[0]) in {fold(id), *(fold(name) for name in called.values())}:
                return id
        self.doubt(cell, "unknown", value=cell[0], known=", ".join(names))
        return ""


def _last(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _host(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[/?#].*$", "", url) or url
