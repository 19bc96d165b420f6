"""A filled form to a content file: a new project, or one changed in exactly one place. Whatever is wrong is answered.

Forms come from anybody. What they hold is text to us: quoted in the file, fenced in the answer, never run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tandem.examined import examine
from tandem.forms import CORRECTED, LISTS, MOST, TEXTS, Form, forms, option, recognised
from tandem.house import House
from tandem.language import slugify
from tandem.load import shown
from tandem.problem import Problem, Speech
from tandem.read import Loc, decoded, scalars
from tandem.schema import modeline
from tandem.scribe import block, quoted, scribe
from tandem.site import Site
from tandem.trial import trial


@dataclass(frozen=True)
class Reply:
    """What becomes of a form: a file to write, or faults to answer. ``language``: that of the form.

    A fault: the question's label (or the file and line), what is wrong, and what to do.
    """

    language: str
    path: str = ""
    text: str = ""
    faults: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[tuple[str, str, str], ...] = field(default=())


def every_form() -> tuple[Form, ...]:
    return forms({code: Speech(code).all("form") for code in ("fi", "sv")})


def reply(house: House, body: str) -> Reply | None:
    """None where the text is no form of ours."""
    source = decoded(body[: MOST + 1].encode("utf-8", "replace"), "form")
    if len(body) > MOST:
        form = next((one for one in every_form() if body.lstrip().startswith(f"### {one.questions[0].label}")), None)
        return _refused(form, "too_long", limit=str(MOST)) if form else None
    found = recognised(source.text if not isinstance(source, Problem) else re.sub(r"\r\n?", "\n", body), every_form())
    if found is None:
        return None
    form, answers = found
    speech = Speech(form.language)
    if isinstance(source, Problem):
        return Reply(form.language, faults=(("", speech.message(source), speech.hint(source)),))
    site = examine(house).site
    if site is None:
        return _refused(form, "closed")
    return _new(house, site, form, answers) if form.kind == "new" else _corrected(house, site, form, answers)


def _refused(form: Form, key: str, label: str = "", **values: str) -> Reply:
    return Reply(form.language, faults=((label, Speech(form.language).say("form", key, values), ""),))


def _new(house: House, site: Site, form: Form, answers: Mapping[Loc, str]) -> Reply:
    tree: dict[str, Any] = {}
    for loc, answer in answers.items():
        value: Any = answer
        if loc[0] in LISTS:
            value = [item.strip() for item in re.split(r"[,;\n]", answer) if item.strip()]
        elif loc[0] != "description":
            value = " ".join(answer.split())
        _put(tree, loc, value)
    id = slugify(next((answers[loc] for loc in answers if loc[0] == "name"), ""))[:80].strip("-")
    path = f"projects/{id}.yaml"
    if not id:
        return _refused(form, "no_name", form.questions[0].label)
    if (house.content / path).exists():
        return _refused(form, "exists", form.questions[0].label, id=id)
    return _judged(house, form, path, f"{modeline('project')}\n{scribe(tree)}")


def _put(tree: dict[str, Any], loc: Loc, value: Any) -> None:
    key, *rest = loc
    if not rest:
        tree[str(key)] = value
    elif isinstance(rest[0], int):
        items = tree.setdefault(str(key), [{}])
        _put(items[0], tuple(rest[1:]), value)
    else:
        _put(tree.setdefault(str(key), {}), tuple(rest), value)


def _corrected(house: House, site: Site, form: Form, answers: Mapping[Loc, str]) -> Reply:
    labels = {question.loc: question.label for question in form.questions}
    asked = answers.get(("project",), "").strip("` ")
    id = _project(site, asked)
    if not id:
        return _refused(form, "no_project", labels[("project",)], value=asked)
    loc = next((one for one in CORRECTED if option(one, form.language) == answers.get(("field",))), ())
    changes = {(*loc, at[1]): text for at, text in answers.items() if at[0] == "text"}
    facts = {loc: " ".join(answers[("value",)].split())} if ("value",) in answers else {}
    wanted, other = (changes, facts) if loc and loc[-1] in TEXTS else (facts, changes)
    if not loc or not wanted or other:
        return _refused(form, "no_value", labels[("field",)])
    path = f"projects/{id}.yaml"
    text = (house.content / path).read_text("utf-8")
    if len(loc) == 1 and wanted is changes and not re.search(rf"^{loc[0]}:", text, re.MULTILINE):
        entry = {code: wanted[(*loc, code)] for code in site.languages if (*loc, code) in wanted}
        return _judged(house, form, path, text.rstrip("\n") + "\n" + scribe({str(loc[0]): entry}))
    for place, value in wanted.items():
        new = replaced(text, place, value)
        if new is None:
            return _refused(form, "by_hand", labels[("field",)], file=f"{shown(house.content)}/{path}")
        text = new
    return _judged(house, form, path, text)


def _project(site: Site, asked: str) -> str:
    """The project somebody means: by its id, or by the address of its page in any language."""
    last = asked.rstrip("/").rpartition("/")[2]
    for id, project in site.projects.items():
        if last in (id, *(dict(project.slug).values())):
            return id
    return ""


def replaced(text: str, loc: Loc, value: str) -> str | None:
    """YAML ``text`` with another value at ``loc``, all else as it was to the letter; None where that cannot be."""
    read = scalars(text)
    if read is None:
        return None
    tree, places = read
    if loc not in places:
        if loc[0] in tree or isinstance(loc[-1], int) or len(loc) > 2:
            return None
        entry: dict[str, Any] = {}
        _put(entry, loc, value)
        return text.rstrip("\n") + "\n" + scribe(entry)
    place = places[loc]
    line = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    if place.style in ("|", ">"):
        was = text[place.start : place.end]
        written = block(value, len(line) - len(line.lstrip(" -")) + 2) + "\n" * (len(was) - len(was.rstrip("\n")) - 1)
    else:
        flow = re.search(r"[\[{][^\]}]*$", line)
        written = quoted(" ".join(value.split()), str(loc[-1]), flow=bool(flow))
    new = text[: place.start] + written + text[place.end :]
    wanted = deepcopy(tree)
    at: Any = wanted
    for step in loc[:-1]:
        at = at[step]
    read_again = scalars(new)
    if read_again is None:
        return None
    now: Any = read_again[0]
    for step in loc:
        now = now[step]
    at[loc[-1]] = now
    return new if read_again[0] == wanted and now.split() == value.split() else None


def _judged(house: House, form: Form, path: str, text: str) -> Reply:
    speech = Speech(form.language)
    problems = trial(house, {path: text})
    told = {
        level: tuple(_fault(problem, speech, text) for problem in problems if problem.level == level)
        for level in ("error", "warning")
    }
    if told["error"]:
        return Reply(form.language, faults=told["error"], notes=told["warning"])
    return Reply(form.language, path, text, notes=told["warning"])


def _fault(problem: Problem, speech: Speech, text: str) -> tuple[str, str, str]:
    line = text.split("\n")[problem.where.line - 1 : problem.where.line]
    return "".join(line).strip()[:100], speech.message(problem), speech.hint(problem)


def answer(said: Reply, content: Path, branch_url: str) -> str:
    """The comment under the issue, in the form's language. Whatever came from outside stands in fences."""
    speech = Speech(said.language)
    if said.faults:
        lines = [speech.say("form", "answer.faults", {}), "", *_fenced(said.faults, speech)]
    else:
        file = f"{shown(content)}/{said.path}"
        lines = [speech.say("form", "answer.done", {"file": f"`{file}`"}), ""]
        lines += [branch_url, ""] if branch_url else []
        lines += [speech.say("form", "answer.notes", {}), "", *_fenced(said.notes, speech)] if said.notes else []
    return "\n".join(lines).rstrip() + "\n"


def _fenced(faults: tuple[tuple[str, str, str], ...], speech: Speech) -> list[str]:
    text = "\n\n".join("\n".join(part for part in fault if part) for fault in faults)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return [f"{fence}text", text, fence]
