"""GitHub's issue forms for those who never see a file: what they ask, in Finnish and in Swedish, made from the model.

A filled form comes back as Markdown: a heading with each question's label, and the answer below it. Labels and help are
the catalogs' (``fields.*.po``), so form, schema and messages use the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from tandem.columns.column import Glossary
from tandem.explain import Help
from tandem.model import Contact, Grant, Period, Project, Record, Reference
from tandem.read import Loc
from tandem.scribe import scribe

LANGUAGES = ("fi", "sv")  # of the forms
NO_ANSWER = "_No response_"  # what GitHub writes for a question left empty
MOST = 70_000  # characters of a filled form; GitHub itself takes 65 536

# What a new project is asked: its place in the file. A text is asked in each language.
_NEW = (
    ("name",), ("summary",), ("lead",), ("partners",), ("funding", 0, "round"), ("funding", 0, "amount"),
    ("funding", 0, "decided"), ("period", "start"), ("period", "end"), ("themes",), ("description",),
    ("sources", 0, "url"), ("sources", 0, "title"),
)  # fmt: skip
_REQUIRED = frozenset({"name", "summary", "lead"})
_WORDS = frozenset({"name", "summary", "description", "results", "title"})
TEXTS = _WORDS - {"title"}
_LONG = frozenset({"summary", "description", "results"})
LISTS = frozenset({"partners", "themes"})
# What a correction may change.
CORRECTED: tuple[Loc, ...] = (
    ("name",), ("summary",), ("description",), ("results",), ("lead",), ("municipality_count",),
    ("funding", 0, "amount"), ("funding", 0, "decided"), ("period", "start"), ("period", "end"), ("updated",),
)  # fmt: skip
_RECORDS: dict[str, type[Record]] = {"funding": Grant, "period": Period, "sources": Reference, "contacts": Contact}
# Words of the forms themselves (catalogs, context ``form``).
KEYS = ("project", "field", "value", "reason")


class Question(Struct, frozen=True):
    """One question: its label (which comes back as a heading), its help, where the answer belongs in the file."""

    id: str
    label: str
    help: str
    loc: Loc
    long: bool = False
    required: bool = False
    options: tuple[str, ...] = ()


class Form(Struct, frozen=True):
    """A form in one language. ``kind``: ``new`` or ``correction``; ``sentences``: name, description and preface."""

    kind: str
    language: str
    sentences: tuple[str, str, str]
    questions: tuple[Question, ...]

    @property
    def file(self) -> str:
        return f".github/ISSUE_TEMPLATE/{self.kind}.{self.language}.yml"

    def text(self) -> str:
        """The form as GitHub reads it."""
        name, about, preface = self.sentences
        body: list[Any] = [{"type": "markdown", "attributes": {"value": preface}}]
        body += [_element(question) for question in self.questions]
        head = "# Made from the model by `python build.py generate`. Change the catalogs, not this file.\n"
        return head + scribe({"name": name, "description": about, "title": f"{name}: ", "body": body})


def _element(question: Question) -> dict[str, Any]:
    kind = "dropdown" if question.options else "textarea" if question.long else "input"
    attributes: dict[str, Any] = {"label": question.label, "description": question.help}
    if question.options:
        attributes["options"] = list(question.options)
    rules = {"validations": {"required": "true"}} if question.required else {}
    return {"type": kind, "id": question.id, "attributes": attributes, **rules}


def forms(said: Mapping[str, Mapping[str, str]]) -> tuple[Form, ...]:
    """Every form. ``said``: language → words of the catalogs, context ``form``."""
    return tuple(form for code in LANGUAGES for form in (_new(code, said[code]), _correction(code, said[code])))


def _sentences(kind: str, said: Mapping[str, str]) -> tuple[str, str, str]:
    return said[f"{kind}.name"], said[f"{kind}.about"], said[f"{kind}.preface"]


def _new(language: str, said: Mapping[str, str]) -> Form:
    questions = tuple(question for loc in _NEW for question in _questions(loc, language, said))
    return Form("new", language, _sentences("new", said), questions)


def _questions(loc: Loc, language: str, said: Mapping[str, str]) -> list[Question]:
    """One question, or, of a text, one for each language."""
    field = str(loc[-1])
    help, words = Help(language), Glossary(language)
    told = _help(loc, help, said)
    id = "-".join(str(step) for step in loc if isinstance(step, str))
    name = _capital(help.label(field) if loc[0] != "sources" else said[f"source.{field}"])
    if field not in _WORDS:
        return [Question(id, name, told, loc, required=field in _REQUIRED)]
    return [
        Question(
            f"{id}-{code}",
            f"{name} ({words.in_language(code)})",
            told,
            (*loc, code),
            field in _LONG,
            field in _REQUIRED,
        )
        for code in LANGUAGES
    ]


def _help(loc: Loc, help: Help, said: Mapping[str, str]) -> str:
    field = str(loc[-1])
    if field in LISTS:
        return said[f"help.{field}"]
    record = _RECORDS.get(str(loc[0]), Project)
    return help.say(record.model_fields[field].description or "")


def _correction(language: str, said: Mapping[str, str]) -> Form:
    options = tuple(option(loc, language) for loc in CORRECTED)
    words = Glossary(language)
    questions = [
        Question("project", said["project"], said["project.help"], ("project",), required=True),
        Question("field", said["field"], said["field.help"], ("field",), required=True, options=options),
        *(
            Question(
                f"value-{code}", f"{said['text']} ({words.in_language(code)})", said["text.help"], ("text", code), True
            )
            for code in LANGUAGES
        ),
        Question("value", said["value"], said["value.help"], ("value",)),
        Question("source", said["reason"], said["reason.help"], ("reason",)),
    ]
    return Form("correction", language, _sentences("correction", said), tuple(questions))


def option(loc: Loc, language: str) -> str:
    """How a field is called in a list to choose from."""
    return _capital(Help(language).label(str(loc[-1])))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def answers(body: str, form: Form) -> dict[Loc, str] | None:
    """What was answered, by the place it belongs to; None where the text is not of this form.

    The headings must come in the form's order, so a heading written inside an answer is a part of that answer.
    """
    found: dict[Loc, str] = {}
    rest = body.strip()
    for number, question in enumerate(form.questions):
        head = f"### {question.label}"
        if not (rest == head or rest.startswith(f"{head}\n")):
            return None
        rest = rest[len(head) :]
        after = [re.escape(one.label) for one in form.questions[number + 1 : number + 2]]
        end = re.search(rf"^### {after[0]}$", rest, re.MULTILINE) if after else None
        if after and not end:
            return None
        answer = (rest[: end.start()] if end else rest).strip()
        rest = rest[end.start() :] if end else ""
        if answer and answer != NO_ANSWER:
            found[question.loc] = answer
    return found


def recognised(body: str, known: Sequence[Form]) -> tuple[Form, dict[Loc, str]] | None:
    """The form a text is of, and what was answered."""
    for form in known:
        found = answers(body, form)
        if found is not None:
            return form, found
    return None
