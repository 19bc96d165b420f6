"""What the form editor asks of a record: one field for each key of the model, with its name and help in one language.

A field says which control the editor shows (Sveltia CMS: ``widget``) and what it may hold. Every value is text, as in
the files: the form never makes a number of ``020``. Keys that a person seldom edits by hand (``checked``) are left out,
and so stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import WithJsonSchema

from tandem import fields
from tandem.columns.column import AMOUNT_IS, Glossary
from tandem.explain import Help
from tandem.fields import Clean
from tandem.model import Checked, Qualifier, Record
from tandem.problem import Speech

Field = dict[str, Any]
Option = dict[str, str]
FACTS = (fields.Whole, fields.Day, fields.Moment)  # stand without quotation marks
NOTHING: Mapping[str, tuple[Option, ...]] = MappingProxyType({})


class Asker:
    """Makes fields in one language. ``options``: keys whose values are chosen from the site's own lists."""

    def __init__(
        self, language: str, languages: tuple[str, ...], options: Mapping[str, tuple[Option, ...]] = NOTHING
    ) -> None:
        self.languages, self.options = languages, options
        self._help, self._words, self._said = Help(language), Glossary(language), Speech(language).all("editor")

    def fields(self, record: type[Record]) -> list[Field]:
        """The fields of a record, in the model's order."""
        return list(self._fields(record))

    def _fields(self, record: type[Record]) -> Iterator[Field]:
        hints = get_type_hints(record, include_extras=True)
        for name, info in record.model_fields.items():
            asked = None if info.exclude else self._control(name, _bare(hints[name]))
            if asked:
                yield {
                    "name": name,
                    "label": _capital(self._help.label(name)),
                    "hint": asked.pop("about", None) or self._help.say(info.description or ""),
                    "required": info.is_required(),
                    **asked,
                }

    def _control(self, name: str, kind: Any) -> Field | None:
        """The control for a type of the model; None where the form does not ask."""
        if clean := _clean(kind):
            return self._text(clean)
        if kind == fields.Truth:
            return {"widget": "boolean", "default": False}
        if kind == Qualifier:
            known = [{"value": code, "label": self._words.say(english)} for code, english in AMOUNT_IS]
            return {"widget": "select", "options": known, "about": self._said["help.choice"]}
        if isinstance(kind, type) and issubclass(kind, Record):
            return {"widget": "object", "fields": self.fields(kind)}
        if get_origin(kind) is tuple:
            return self._list(name, _bare(get_args(kind)[0]))
        if name in self.options:
            return self._chosen(name)
        if get_origin(kind) is dict:  # of each language, a list
            return {"widget": "object", "fields": [self._in(code, {"widget": "list"}) for code in self.languages]}
        if kind == Checked:
            return None
        pattern = _pattern(kind)
        control: Field = {"widget": "string", "use_emoji_autocomplete": False}
        return {**control, **({"pattern": [pattern, self._said["pattern"]]} if pattern else {})}

    def _list(self, name: str, item: Any) -> Field:
        if clean := _clean(item):
            return {**self._text(clean), "widget": "list", "summary": _summary(self.languages)}
        if isinstance(item, type) and issubclass(item, Record):
            return {"widget": "list", "fields": self.fields(item)}
        if item == fields.Language:
            known = tuple({"value": code, "label": self._words.in_language(code)} for code in self.languages)
            return {"widget": "select", "multiple": True, "options": list(known)}
        if name in self.options:
            return {**self._chosen(name), "multiple": True}
        return {"widget": "list"}

    def _chosen(self, name: str) -> Field:
        return {"widget": "select", "options": list(self.options[name]), "about": self._said["help.choice"]}

    def _text(self, clean: Clean) -> Field:
        """Words: a text in each language."""
        long = clean.kind == "prose" or clean.limit
        control: Field = {"widget": "text" if long else "string", "use_emoji_autocomplete": False}
        if clean.limit:
            control["maxlength"] = clean.limit
        if clean.kind == "slug":
            control["pattern"] = [f"^{fields.ID.pattern}$", self._said["pattern"]]
        about = {"about": self._said["help.prose"]} if clean.kind == "prose" else {}
        return {"widget": "object", "fields": [self._in(code, control) for code in self.languages], **about}

    def _in(self, code: str, control: Field) -> Field:
        return {"name": code, "label": _capital(self._words.in_language(code)), "required": False, **control}


def facts(record: type[Record]) -> Iterator[str]:
    """The keys of a record, and of those inside it, whose values stand without quotation marks."""
    hints = get_type_hints(record, include_extras=True)
    for name, info in record.model_fields.items():
        kind = _bare(hints[name])
        inner = _bare(get_args(kind)[0]) if get_origin(kind) is tuple else kind
        if kind in FACTS and not info.exclude:
            yield name
        elif isinstance(inner, type) and issubclass(inner, Record):
            yield from facts(inner)


def _bare(kind: Any) -> Any:
    """A type without None."""
    if get_origin(kind) in (Union, UnionType):
        kept = [one for one in get_args(kind) if one is not type(None)]
        return kept[0] if len(kept) == 1 else kind
    return kind


def _clean(kind: Any) -> Clean | None:
    metadata = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((one for one in metadata if isinstance(one, Clean)), None)


def _pattern(kind: Any) -> str:
    """What a text must look like, as a regular expression of JavaScript; empty where anything goes."""
    metadata = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    told = next((one.json_schema or {} for one in metadata if isinstance(one, WithJsonSchema)), {})
    day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" if told.get("format") == "date" else ""
    return str(told.get("pattern") or day)


def _summary(languages: tuple[str, ...]) -> str:
    return " – ".join(f"{{{{fields.{code}}}}}" for code in languages)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
