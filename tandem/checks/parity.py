"""Two languages are two halves of one thing: every text has both, unless the record says it does not."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.checks.facts import Facts, records, words_of
from tandem.problem import Problem
from tandem.read import Loc


def every_text_has_every_language(facts: Facts) -> Iterator[Problem]:
    site = facts.site
    for key, record in records(facts):
        declared = getattr(record, "untranslated", ())
        for loc, words in words_of(record):
            for language in site.lacking(words):
                if language not in declared:
                    values = {"field": _field(loc), "language": language}
                    where = site.origin(*key).where(*loc, key=isinstance(loc[-1], str))
                    optional = "untranslated" in type(record).model_fields
                    hint = "language.missing" if optional else "language.missing.here"
                    yield Problem("language.missing", where, values, hint)
    for id, article in site.articles.items():
        for number, source in enumerate(article.sources):
            for language in site.lacking(source.title):
                if language not in article.untranslated:
                    origin = site.origin_of("article", id, "sources")
                    values = {"field": _field(("sources", number, "title")), "language": language}
                    yield Problem(
                        "language.missing",
                        origin.where("sources", number, "title", key=True),
                        values,
                        "language.missing",
                    )


def _field(loc: Loc) -> str:
    """The way to a text as a person counts it: ``goals.1`` is the first goal."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in loc)


def untranslated_is_true(facts: Facts) -> Iterator[Problem]:
    """A record that says a language is lacking, and lacks nothing, keeps a notice on its page for no reason."""
    site = facts.site
    for id, project in site.projects.items():
        lacking = {language for _, words in words_of(project) for language in site.lacking(words)}
        for number, language in enumerate(project.untranslated):
            if language not in lacking:
                where = site.origin("project", id).where("untranslated", number)
                yield Problem(
                    "untranslated.needless", where, {"language": language}, "untranslated.needless", "warning"
                )
    for kind, group in (("page", site.pages), ("article", site.articles)):
        for id, writing in group.items():
            for origin in (site.origins[kind, id, code] for code in site.languages if (kind, id, code) in site.origins):
                for number, language in enumerate(origin.listed("untranslated")):
                    if language in writing.untranslated and (kind, id, language) in site.origins:
                        where, values = origin.where("untranslated", number), {"language": language}
                        yield Problem("untranslated.needless", where, values, "untranslated.needless", "warning")
