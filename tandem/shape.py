"""One tree to one record: pydantic judges, and each of its complaints becomes a Problem with a place."""

from __future__ import annotations

import difflib
import types
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError

from tandem.fields import MAX_SUMMARY, Knowledge
from tandem.language import Words
from tandem.model import Record
from tandem.problem import Problem
from tandem.read import Loc, Tree
from tandem.site import Origin

R = TypeVar("R", bound=Record)

# pydantic's own kinds of error, as ours
_CODES = {
    "missing": "key.missing",
    "extra_forbidden": "key.unknown",
    "model_type": "type.mapping",
    "dict_type": "type.mapping",
    "tuple_type": "type.list",
    "list_type": "type.list",
    "literal_error": "choice.unknown",
}


def shape(model: type[R], tree: Tree, origin: Origin, knowledge: Knowledge) -> tuple[R | None, list[Problem]]:
    """The record ``tree`` describes and what is wrong with it.

    With problems the record is what remains when the faulty keys are left out, so that later rules can still
    judge the rest; it is never published. None when not even that is possible.
    """
    try:
        return model.model_validate(tree, context=knowledge), []
    except ValidationError as error:
        found = [_problem(model, tree, fault, origin) for fault in error.errors(include_url=False)]
        return _salvage(model, tree, error, knowledge), found


def _salvage(model: type[R], tree: Tree, error: ValidationError, knowledge: Knowledge) -> R | None:
    if not isinstance(tree, dict):
        return None
    faulty = {fault["loc"][0] for fault in error.errors(include_url=False) if fault["loc"]}
    rest = {key: value for key, value in tree.items() if key not in faulty}
    for name, field in model.model_fields.items():
        if field.is_required() and name not in rest:
            rest[name] = Words.of(dict.fromkeys(knowledge.languages, "–"))
    try:
        return model.model_validate(rest, context=knowledge)
    except ValidationError:
        return None


def _problem(model: type[Record], tree: Tree, fault: Any, origin: Origin) -> Problem:
    loc: Loc = tuple(fault["loc"])
    values = {key: str(value) for key, value in (fault.get("ctx") or {}).items()}
    code = _code(fault)
    on_key = values.pop("key", "") == "yes"
    hint = code
    if code == "key.missing":
        values, loc = {"key": str(loc[-1])}, loc[:-1]
    elif code == "key.unknown":
        on_key = True
        values, hint = _unknown_key(model, loc)
    elif code == "choice.unknown":
        values = {"value": str(fault["input"]), "choices": ", ".join(_choices(model, loc))}
    elif code in ("type.list", "type.mapping"):
        hint, on_key = code if loc else "type.top", bool(loc)
    elif code == "value.empty":
        on_key = not _written(tree, loc)
    elif code == "text.too_long":
        hint = code if values["limit"] == str(MAX_SUMMARY) else "text.split"
    elif "suggestion" in values:
        hint = f"{code}.suggest" if values["suggestion"] else code
    return Problem(code, origin.where(*loc, key=on_key), values, hint)


def _code(fault: Any) -> str:
    code = str(_CODES.get(fault["type"], fault["type"]))
    if "." not in code:
        raise AssertionError(f"no sentence for pydantic's {code!r} at {fault['loc']}")
    if code == "choice.unknown" and not isinstance(fault["input"], str):
        return "type.text"
    return "value.empty" if code == "choice.unknown" and not fault["input"] else code


def _written(tree: Tree, loc: Loc) -> bool:
    for step in loc:
        tree = tree[step]
    return bool(tree)


def _unknown_key(model: type[Record], loc: Loc) -> tuple[dict[str, str], str]:
    known = sorted(name for name, field in _model_at(model, loc[:-1]).model_fields.items() if not field.exclude)
    written = str(loc[-1])
    close = difflib.get_close_matches(_IN_ENGLISH.get(written.casefold(), written.casefold()), known, n=1, cutoff=0.6)
    if close:
        return {"key": written, "suggestion": close[0]}, "key.unknown.suggest"
    return {"key": written, "known": ", ".join(known)}, "key.unknown"


# What an editor writes who thinks in Finnish or in Swedish.
_IN_ENGLISH = {
    "nimi": "name", "namn": "name", "tiivistelmä": "summary", "sammanfattning": "summary", "tavoitteet": "goals",
    "mål": "goals", "kuvaus": "description", "beskrivning": "description", "tulokset": "results",
    "resultat": "results", "vetäjä": "lead", "kumppanit": "partners", "partner": "partners",
    "rahoitus": "funding", "finansiering": "funding", "summa": "amount", "belopp": "amount", "aika": "period",
    "tid": "period", "teemat": "themes", "teman": "themes", "yhteystiedot": "contacts", "kontakter": "contacts",
    "linkit": "links", "länkar": "links", "lähteet": "sources", "källor": "sources", "luonnos": "draft",
    "utkast": "draft", "otsikko": "title", "rubrik": "title", "päivä": "date", "datum": "date",
}  # fmt: skip


def _model_at(model: type[Record], loc: Loc) -> type[Record]:
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = _find(model.model_fields[step].annotation, _record) or model
    return model


def _choices(model: type[Record], loc: Loc) -> tuple[str, ...]:
    field = _model_at(model, loc[:-1]).model_fields[str(loc[-1])]
    return _find(field.annotation, lambda a: get_args(a) if get_origin(a) is Literal else None) or ()


def _record(annotation: Any) -> type[Record] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, Record) else None


T = TypeVar("T")


def _find(annotation: Any, wanted: Callable[[Any], T | None]) -> T | None:
    """The first part of a type annotation that ``wanted`` accepts."""
    if (found := wanted(annotation)) is not None:
        return found
    if get_origin(annotation) in (Annotated, Union, types.UnionType, tuple):
        for part in get_args(annotation):
            if (found := _find(part, wanted)) is not None:
                return found
    return None
