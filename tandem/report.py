"""Coverage for machines: ``/data/parity.json``, which is also ``status --format json``; the badge; the ratchet.

The document::

    {"as_of": "2026-11-21",           the day the site speaks of
     "languages": ["fi", "sv"],
     "texts": 395,                    texts in all; one field of one record each
     "complete": 394,                 those in every language
     "percent": 99.7,                 of the texts; tenths, never rounded up
     "history": "known",              else why it is not known which are in step: "not_read" (the site was built
                                      without --history), "shallow", "no_git", "no_repository", "refused",
                                      "no_commits", "untracked", "incomplete"
     "in_step": 390,                  complete, and no language behind another; null where the history is not known
     "percent_in_step": 98.7,         likewise
     "differing_facts": 0,            problems in which the languages' facts differ (codes parity.…)
     "by_language": {"fi": {"present": 395, "missing": 0, "untranslated": 0, "behind": 1}, …},
                                      texts in this language; lacking; declared untranslated; behind (or null)
     "by_field": [{"kind": "project", "field": "summary", "texts": 48, "complete": 48, "percent": 100.0,
                   "in_step": 47, "by_language": {…}}, …],
                                      kinds: site, project, round, theme, page, article
     "by_municipality": [{"code": "638", "name": {"fi": "Porvoo", "sv": "Borgå"}, "projects": 4, "texts": …, …}, …],
                                      the projects it takes part in; a joint project counts in each
     "work": [{"kind": "project", "id": "helmi", "field": "goals.1", "file": "projects/helmi.yaml",
               "missing": [], "untranslated": ["sv"],
               "behind": [{"language": "sv", "since": "2021-03-05", "commit": "95a6…"}]}, …],
                                      texts that need work; since and commit are null for what is not committed
     "differing": [{"file": "projects/helmi.yaml", "line": 14, "code": "parity.…"}, …]}

Files are named below the content folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from tandem.changes import Behind
from tandem.coverage import Coverage, Tally, Work, tenths
from tandem.formats import share
from tandem.language import native_name
from tandem.site import Site

FORMAT = 1  # of the ratchet's file


def document(coverage: Coverage, site: Site) -> dict[str, Any]:
    """Everything that is known, as JSON has it."""
    municipalities = site.places.municipalities
    return {
        "as_of": site.settings.as_of.isoformat(),
        "languages": list(coverage.languages),
        "history": coverage.history,
        **_tally(coverage.total, coverage),
        "percent_in_step": tenths(coverage.total.in_step, coverage.total.texts) / 10 if coverage.known else None,
        "differing_facts": len(coverage.differing),
        "by_field": [
            {"kind": kind, "field": field, **_tally(tally, coverage)}
            for (kind, field), tally in coverage.fields.items()
        ],
        "by_municipality": [
            {
                "code": place.code,
                "name": {code: municipalities[place.code].called(code) for code in coverage.languages},
                "projects": place.projects,
                **_tally(place.tally, coverage),
            }
            for place in coverage.places
        ],
        "work": [_work(one) for one in coverage.work],
        "differing": [
            {"file": p.where.file.removeprefix(f"{site.folder}/"), "line": p.where.line, "code": p.code}
            for p in coverage.differing
        ],
    }


def _tally(tally: Tally, coverage: Coverage) -> dict[str, Any]:
    return {
        "texts": tally.texts,
        "complete": tally.complete,
        "percent": tenths(tally.complete, tally.texts) / 10,
        "in_step": tally.in_step if coverage.known else None,
        "by_language": {
            code: {
                "present": tally.present(code),
                "missing": tally.missing.get(code, 0),
                "untranslated": tally.untranslated.get(code, 0),
                "behind": tally.behind.get(code, 0) if coverage.known else None,
            }
            for code in coverage.languages
        },
    }


def _work(work: Work) -> dict[str, Any]:
    return {
        "kind": work.key[0],
        "id": work.key[-1],
        "field": work.field,
        "file": work.file,
        "missing": list(work.missing),
        "untranslated": list(work.untranslated),
        "behind": [_behind(one) for one in work.behind],
    }


def _behind(behind: Behind) -> dict[str, Any]:
    since = behind.since
    day = since.day.isoformat() if since.day else None
    return {"language": behind.language, "since": day, "commit": since.commit or None}


def as_json(data: Mapping[str, Any]) -> str:
    """JSON as it is published: readable, in one fixed order."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_WIDTH = 6.6  # pixels a character, on average, at 11 px; the texts are fitted to it, so no font need be there


def badge(coverage: Coverage) -> bytes:
    """A small picture of the figure, the same for readers of every language: ``Suomi + Svenska 99,7 %``.

    No font, style sheet or script from elsewhere; white on #0b3d5c and on #555 is at least 7:1 (WCAG 1.4.6).
    """
    languages = " + ".join(native_name(code) for code in coverage.languages)
    figure = share(tenths(coverage.total.complete, coverage.total.texts), coverage.languages[0])
    left, right = (round(len(text) * _WIDTH) + 14 for text in (languages, figure))
    return _BADGE.format(
        name=escape(f"{languages}: {figure}"),
        languages=escape(languages),
        figure=escape(figure),
        width=left + right,
        left=left,
        right=right,
        middle=left / 2,
        end=left + right / 2,
        long=left - 14,
        short=right - 14,
    ).encode()


_BADGE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" viewBox="0 0 {width} 20" role="img">
<title>{name}</title>
<rect width="{width}" height="20" rx="3" fill="#555"/>
<path d="M{left} 0h{right}v20h-{right}z" fill="#0b3d5c"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle" aria-hidden="true">
<text x="{middle}" y="14" textLength="{long}">{languages}</text>
<text x="{end}" y="14" textLength="{short}">{figure}</text>
</g>
</svg>
"""


def figures(coverage: Coverage, old: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a ratchet remembers: counts out of all texts, from which any share follows exactly.

    ``old``: what it remembered, to be kept of what is not known now.
    """
    total = coverage.total
    return {
        "format": FORMAT,
        "complete": [total.complete, total.texts],
        "in_step": [total.in_step, total.texts] if coverage.known else old["in_step"] if old else None,
        "present": {code: [total.present(code), total.texts] for code in coverage.languages},
        "differing_facts": len(coverage.differing),
    }


def remembered(text: str) -> dict[str, Any] | None:
    """The figures a ratchet's file holds; None where it holds none."""
    try:
        kept = json.loads(text)
        shares = [kept["complete"], *kept["present"].values(), *([kept["in_step"]] if kept["in_step"] else [])]
        counts = [count for share in shares for count in share] + [kept["differing_facts"]]
        good = kept["format"] == FORMAT and all(len(share) == 2 for share in shares)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return kept if good and all(isinstance(count, int) and count >= 0 for count in counts) else None


def worse(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Which figures got worse, by name: a share that fell, or differing facts that grew. What is unknown did not."""
    names = [name for name in ("complete", "in_step") if _fell(old[name], new[name])]
    names += [code for code in old["present"] if _fell(old["present"][code], new["present"].get(code))]
    return (*names, *(["differing_facts"] if new["differing_facts"] > old["differing_facts"] else []))


def _fell(old: Sequence[int] | None, new: Sequence[int] | None) -> bool:
    return bool(old and new) and _exact(new) < _exact(old)


def _exact(share: Sequence[int] | None) -> Fraction:
    part, whole = share or (0, 0)
    return Fraction(part, whole) if whole else Fraction(1)
