"""Which language a text is in, told from its commonest words and its word endings. Says nothing of short texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

LEAST = 5  # words; fewer say too little: a name, a title
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŠšŽž]+")  # the letters of Finnish and Swedish text, foreign names included

_FINNISH = """
ja on ei että tai sekä myös mutta kun jos niin kuin joka jotka jonka joita joiden jossa joissa jolla joilla jolta jolle
jota josta jotta mikä mitä miten missä milloin oli olivat ovat ole olla olisi ollut voi voivat voidaan saa sai saivat
saada pitää tulee tuli tämä tämän tätä tässä tällä nämä näiden näitä näissä näihin se sen sitä siitä siinä siihen sille
sillä ne niiden niitä niissä niille hän kanssa mukaan mukana välillä jälkeen ennen aikana kautta avulla osana kaikki
kaikkien kaikissa muut muiden muissa muun muassa uusi uuden uudet uusia lisää lisäksi vain vielä nyt siis kuten
esimerkiksi hanke hankkeen hankkeessa hankkeet hankkeita hankkeiden avustus avustusta avustuksen avustukset vuosi
vuoden vuonna kaupunki kaupungin kunta kunnan kunnat kuntien kunnille tieto tiedot tietoa tavoitteena tavoite yhteensä
enintään vähintään noin yli alle ilman eri sama toinen toisen yhdessä yhteisen paremmin sekä eivät ettei vaan koska
jokainen jokaisen jonkin itse omaa omia ensin tähän tästä niistä näistä kun kuka keille joilta useita monta
"""
_SWEDISH = """
och att det som ett en den de är av för på med till från har inte om kan ska skall vid eller men alla samt under efter
genom mellan där när hur vad vem vi ni man sin sina sitt dess deras detta denna dessa också även enligt hos utan över
inom mot upp ut än bara varje mycket många flera någon något några ingen inget inga blir blev bli vara varit hade skulle
kunde måste bör får fick gör ger gavs ges finns fanns projekt projektet projekten projektets understöd understödet stad
staden stadens kommun kommunen kommuner kommunerna kommunernas året år mål målet totalt sammanlagt högst minst cirka ny
nya nytt mer mera både samma olika följande tidigare senare eftersom därför vilken vilket vilka bland tillsammans så sig
andra annat utöver förutom i
"""
_ENGLISH = """
the and of to is are was were be been with that this these those from by which their its it you your we our they will
would can could should has have had not an or as into between through about when where what who how other more than
"""
COMMON: Mapping[str, frozenset[str]] = {
    "fi": frozenset(_FINNISH.split()),
    "sv": frozenset(_SWEDISH.split()),
    "en": frozenset(_ENGLISH.split()),
}
"""Words so common in a language that they may open any sentence in it."""

_ELSEWHERE = {own: frozenset().union(*(words for code, words in COMMON.items() if code != own)) for own in COMMON}

_ENDINGS = {
    "fi": re.compile(
        r"(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|nen|isen|ist[aä]|ien|iden|jen|een|iin|aan|ään|uus|yys|uuden|yyden|"
        r"vat|vät|taan|tään|daan|dään|mme|nsa|nsä|kin|mus|mys|os|ös|tus|tys)$"
    ),
    "sv": re.compile(
        r"(?:å|(?:ning|ningen|ningar|ningarna|het|heten|heter|else|elsen|erna|arna|orna|ande|ende|tion|tionen|lig|ligt|"
        r"liga|isk|iskt|iska|are|aren|skap|ets|ens|ats|ades|ade|sk|ade|iv|iva|ering|eringen)$)"
    ),
}
_DOUBTFUL = 0.5  # what an ending weighs beside a common word
_LEAD = 3.0  # how many times stronger the winner must be


def score(words: Iterable[str], language: str) -> float:
    """How much in ``words`` (lower case) speaks for ``language``."""
    common = COMMON[language]
    ending = _ENDINGS.get(language)
    points = 0.0
    for word in words:
        if word in common:
            points += 1
        elif ending and len(word) > 4 and ending.search(word):
            points += _DOUBTFUL
    return points


def nowhere_else(words: frozenset[str], language: str) -> bool:
    """Whether ``words`` have none of the commonest words of any other language."""
    return words.isdisjoint(_ELSEWHERE[language])


def clearly(words: frozenset[str], language: str) -> bool:
    """Whether ``words`` (as written) are so plainly in ``language`` that no other need be asked."""
    if nowhere_else(words, language):
        return not words.isdisjoint(COMMON[language])
    return len(COMMON[language] & words) > _LEAD * max(len(COMMON[code] & words) for code in COMMON if code != language)


def language_of(words: Collection[str]) -> str:
    """The language ``words`` are in (``fi``, ``sv``, ``en``), or an empty string where that is not plain."""
    if len(words) < LEAST:
        return ""
    lower = [word.lower() for word in words]
    points = sorted(((score(lower, code), code) for code in COMMON), reverse=True)
    (best, code), (second, _) = points[:2]
    return code if best >= 2 and best >= _LEAD * second else ""
