"""What one value in a content file may be: dates, whole euros, places, addresses, words. Typed here, never guessed.

Each type turns text into a value or raises a PydanticCustomError whose type is the problem's stable code and whose
context holds what the sentence needs. Words raise one for each language that is at fault.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from babel import UnknownLocaleError
from msgspec import Struct
from pydantic import (
    BeforeValidator,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from tandem.formats import PartialDate, day_suggested
from tandem.language import LANGUAGE_CODE, Words, locale
from tandem.places import Places

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no package that happens to be there judges for us

MAX_SUMMARY = 300
MAX_PROSE = 50_000  # some twenty pages; Python-Markdown's time grows with the square of what strangers may send
ID = re.compile(r"(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])$)(?=.{1,100}$)[a-z0-9]+(?:-[a-z0-9]+)*")  # not Windows's own
ADDRESS = re.compile(r"/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*")
_PLAIN_ADDRESS = re.compile(r"[a-z]+://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~/%-]*)?")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\u00a0-]{4,24}", re.ASCII)
_TAG = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63},[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_SPACES = re.compile(r"[ \t\n]+")  # a no-break space is a letter of the text and stays
_VISIBLE = re.compile(r"[^\s\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufe00-\ufe0f]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


class Knowledge(Struct, frozen=True):
    """What a value is judged against: the site's languages and its register of places."""

    languages: tuple[str, ...]
    places: Places


def _wrong(code: str, **values: str) -> PydanticCustomError:
    return PydanticCustomError(code, code, values)


def _known(info: ValidationInfo) -> Knowledge:
    assert isinstance(info.context, Knowledge)
    return info.context


def _line(value: Any) -> str:
    """One line of text: folded, trimmed, not empty."""
    if not isinstance(value, str):
        raise _wrong("type.text")
    spaced = "\n" in value or "  " in value or "\t" in value
    line = _SPACES.sub(" ", value).strip() if spaced else value.strip()
    if not _VISIBLE.search(line):
        raise _wrong("value.empty")
    return line


def _prose(value: Any) -> str:
    """Markdown: kept as written but for the blank lines around it."""
    if not isinstance(value, str):
        raise _wrong("type.text")
    if not _VISIBLE.search(value):
        raise _wrong("value.empty")
    return value.strip("\n").rstrip() + "\n"


def _whole(value: Any) -> int:
    text = _line(value)
    if not re.fullmatch(r"[0-9]{1,12}", text):
        digits = re.sub(r"[\s\u00a0\u202f.,]|€|euroa?|eur", "", text, flags=re.IGNORECASE)
        suggestion = digits if re.fullmatch(r"[0-9]{1,12}", digits) and not re.search(r"[.,]\d{1,2}\b", text) else ""
        raise _wrong("number.invalid", value=text, suggestion=suggestion)
    return int(text)


_TRUTHS = {
    **dict.fromkeys(("yes", "on", "1", "kyllä", "joo", "ja", "true", "tosi", "sant"), "true"),
    **dict.fromkeys(("no", "off", "0", "ei", "nej", "false", "epätosi", "falskt"), "false"),
}


def _truth(value: Any) -> bool:
    text = _line(value)
    if text not in ("true", "false"):
        raise _wrong("boolean.invalid", value=text, suggestion=_TRUTHS.get(text.lower(), ""))
    return text == "true"


def _day(value: Any) -> datetime.date:
    text = _line(value)
    try:
        day = _moment(text)
    except ValueError:
        day = PartialDate(1)
    if not day.day:
        suggestion = day_suggested(text)
        raise _wrong("date.invalid", value=text, suggestion=suggestion if suggestion.count("-") == 2 else "")
    return day.first


_moment = lru_cache(maxsize=4096)(PartialDate.parse)  # the same few days stand in many files


def _partial(value: Any) -> PartialDate:
    text = _line(value)
    try:
        return _moment(text)
    except ValueError:
        raise _wrong("date.partial_invalid", value=text, suggestion=day_suggested(text)) from None


def _place(value: Any, info: ValidationInfo) -> str:
    text = _line(value)
    languages, places = _known(info).languages, _known(info).places
    code = places.code(text)
    if not code:
        near = places.nearest(text)
        number = places.code(near)
        name = places.municipalities[number].called(languages[0]) if near == number != "" else near
        raise _wrong("place.unknown", value=text, suggestion=name, number=number)
    return code


def _language(value: Any, info: ValidationInfo) -> str:
    text = _line(value)
    languages = _known(info).languages
    if text not in languages:
        raise _wrong("language.unknown", value=text, known=", ".join(languages))
    return text


def _language_code(value: Any) -> str:
    text = _line(value)
    try:
        if LANGUAGE_CODE.fullmatch(text):
            locale(text)
            return text
    except (UnknownLocaleError, ValueError):
        pass
    raise _wrong("language.code", value=text)


def _matching(pattern: re.Pattern[str], code: str) -> Callable[[Any], str]:
    """A line of text that matches ``pattern``, else the problem ``code``."""

    def judged(value: Any) -> str:
        text = _line(value)
        if not pattern.fullmatch(text):
            raise _wrong(code, value=text)
        return text

    return judged


_id = _matching(ID, "id.invalid")
_phone = _matching(_PHONE, "phone.invalid")
_tag = _matching(_TAG, "tag.invalid")


def _ours(value: Any, info: ValidationInfo) -> Any:
    """A value the program gives: no key of a content file, where values are judged with Knowledge."""
    if info.context is not None:
        raise _wrong("key.unknown")
    return value


def _address(value: Any) -> str:
    text = _line(value)
    if not ADDRESS.fullmatch(text) or text == "/":
        raise _wrong("address.invalid", value=text)
    return text


def web_address(text: str, schemes: tuple[str, ...] = ("https", "http")) -> bool:
    """Whether ``text`` is an absolute web address with a host, no password and no spaces."""
    if _PLAIN_ADDRESS.fullmatch(text):  # as nearly all are
        return text.partition(":")[0] in schemes
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises ValueError where the port is no port
    except ValueError:
        return False
    sound = bool(parts.hostname) and "@" not in parts.netloc and not re.search(r"[\s<>\"\\^`{|}]", text)
    return sound and parts.scheme in schemes


def _url(value: Any) -> str:
    text = _line(value)
    if not web_address(text):
        raise _wrong("url.invalid", value=text)
    return text


def _base_url(value: Any) -> str:
    text = _url(value)
    parts = urlsplit(text)
    if not text.endswith("/") or parts.query or parts.fragment or not re.fullmatch(r"[A-Za-z0-9._~/-]*", parts.path):
        raise _wrong("url.base", value=text)
    return text


def _email(value: Any) -> str:
    text = _line(value)
    if not _EMAIL.fullmatch(text):
        meant = re.sub(r"\s*(\(at\)|\[at\]|\(ät\))\s*", "@", text)
        raise _wrong("email.invalid", value=text, suggestion=meant if _EMAIL.fullmatch(meant) else "")
    return text


class Clean:
    """How the texts of a Words value are taken: a line, a paragraph, an address part, Markdown."""

    def __init__(self, kind: str, limit: int = 0) -> None:
        self.kind, self.limit = kind, limit
        self.taken = {"slug": _id, "prose": _prose}.get(kind, _line)

    def _text(self, value: Any) -> str:
        if self.kind == "line" and isinstance(value, str) and "\n" in value and _PARAGRAPHS.search(value.strip()):
            raise _wrong("text.paragraphs")
        text = self.taken(value)
        if self.limit and len(text) > self.limit:
            raise _wrong("text.too_long", length=str(len(text)), limit=str(self.limit))
        return text

    def _words(self, value: Any, info: ValidationInfo) -> Words:
        if isinstance(value, Words):
            return value
        languages: tuple[str, ...] = _known(info).languages
        if not isinstance(value, Mapping) or not value:
            raise _wrong("type.words", languages=", ".join(languages))
        texts: dict[str, str] = {}
        faults: list[InitErrorDetails] = []
        for language, text in value.items():
            try:
                if language not in languages:
                    raise _wrong("language.unknown", key="yes", value=language, known=", ".join(languages))
                texts[language] = self._text(text)
            except PydanticCustomError as error:
                faults.append(InitErrorDetails(type=error, loc=(language,), input=text))
        if faults:
            raise ValidationError.from_exception_data("Words", faults)
        return Words.of(texts, languages)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._words)

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        text: dict[str, Any] = {"type": "string", "minLength": 1}
        if self.limit:
            text["maxLength"] = self.limit
        if self.kind == "slug":
            text["pattern"] = f"^{ID.pattern}$"
        return {"type": "object", "additionalProperties": text, "minProperties": 1}


_DIGITS = {"type": ["integer", "string"], "pattern": "^[0-9]{1,12}$", "minimum": 0}
_YEAR_MONTH_DAY = {"type": ["string", "integer"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}

Line = Annotated[str, BeforeValidator(_line), WithJsonSchema({"type": "string", "minLength": 1})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema(_DIGITS)]
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"type": "boolean"})]
Day = Annotated[datetime.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[PartialDate, BeforeValidator(_partial), WithJsonSchema(_YEAR_MONTH_DAY)]
Place = Annotated[str, BeforeValidator(_place), WithJsonSchema({"type": ["string", "integer"]})]
Language = Annotated[str, BeforeValidator(_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}$"})]
LanguageCode = Annotated[str, BeforeValidator(_language_code), WithJsonSchema({"type": "string"})]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{ID.pattern}$"})]
Address = Annotated[
    str, BeforeValidator(_address), WithJsonSchema({"type": "string", "pattern": f"^{ADDRESS.pattern}$"})
]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
BaseUrl = Annotated[str, BeforeValidator(_base_url), WithJsonSchema({"type": "string", "format": "uri"})]
Email = Annotated[str, BeforeValidator(_email), WithJsonSchema({"type": "string", "format": "email"})]
Phone = Annotated[
    str, BeforeValidator(_phone), WithJsonSchema({"type": "string", "pattern": r"^\+?[0-9][0-9 ()-]{4,24}$"})
]
Tag = Annotated[str, BeforeValidator(_tag), WithJsonSchema({"type": "string", "pattern": f"^{_TAG.pattern}$"})]

Ours = Annotated[str, BeforeValidator(_ours)]

LineWords = Annotated[Words, Clean("line")]
SummaryWords = Annotated[Words, Clean("line", MAX_SUMMARY)]
ProseWords = Annotated[Words, Clean("prose", MAX_PROSE)]
SlugWords = Annotated[Words, Clean("slug")]
