"""Contacts are officials' published work contacts; no other personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tandem.checks.facts import Facts, records, words_of, writings
from tandem.model import Writing
from tandem.problem import Problem

# Finnish personal identity code: ddmmyy, a sign of the century, an individual number, a check character
# (Act 661/2009; further signs of the century by decree 690/2022).
# That no letter stands before it is asked after the first digit, so that a search need only look for digits.
_IDENTITY = re.compile(r"([0-9](?<!\w[0-9])\d{5})[-+ABCDEFUVWXY](\d{3})([0-9A-FHJ-NPR-Y])\b", re.ASCII)
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# fmt: off
_PRIVATE = frozenset({
    "elisanet.fi", "gmail.com", "googlemail.com", "hotmail.com", "hotmail.fi", "icloud.com", "kolumbus.fi", "live.com",
    "live.fi", "luukku.com", "me.com", "outlook.com", "pp.inet.fi", "proton.me", "protonmail.com", "saunalahti.fi",
    "suomi24.fi", "welho.com", "yahoo.com",
})
# fmt: on


def identity_codes(text: str) -> Iterator[str]:
    """The parts of ``text`` that are valid Finnish personal identity codes."""
    for match in _IDENTITY.finditer(text):
        if _CHECK[int(match[1] + match[2]) % 31] == match[3]:
            yield match[0]


def no_identity_codes(facts: Facts) -> Iterator[Problem]:
    site = facts.site
    for key, record in records(facts):
        for loc, words in words_of(record):
            for language, text in words:
                for found in identity_codes(text):
                    where = site.origin(*key).where_in((*loc, language), found)
                    yield Problem("privacy.identity_code", where, hint="privacy.identity_code")
    for kind, id, language, text, origin in writings(site):
        for found in identity_codes(text):
            yield Problem("privacy.identity_code", origin.document.where_in_body(found), hint="privacy.identity_code")
        group: Mapping[str, Writing] = site.pages if kind == "page" else site.articles
        for name in ("title", "summary"):
            for found in identity_codes(getattr(group[id], name).own(language)):
                yield Problem("privacy.identity_code", origin.where_in((name,), found), hint="privacy.identity_code")


def contacts_are_work_contacts(facts: Facts) -> Iterator[Problem]:
    for id, project in facts.site.projects.items():
        for number, contact in enumerate(project.contacts):
            if contact.email and contact.email.rpartition("@")[2].lower() in _PRIVATE:
                where = facts.site.origin("project", id).where("contacts", number, "email")
                yield Problem(
                    "privacy.private_email", where, {"value": contact.email}, "privacy.private_email", "warning"
                )
