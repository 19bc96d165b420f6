"""Tandem: a static bilingual site generator. This is the map of the house.

Content flows one way, and ``flow.py`` is the corridor to read first::

    read → load → check → plan → (stop here if anything is wrong) → render → write

Each room may import only rooms above it in ``ROOMS`` (held by ``tests/test_house.py``):

=============  ====================================================================================
problem        Where, Problem; how a problem looks (text, github, json)
language       languages, words in each language, alphabetical order (å ä ö last), catalogs
formats        money, numbers, dates, periods: Babel, with the patterns Finland's Swedish needs
places         the register of municipalities: names in, codes out; mergers followed
fields         what one value may be: dates, whole euros, places, words. Typed, never guessed
slips          libyaml's complaints, told apart as an editor made them
read           YAML, CSV, Markdown → plain trees of text with places. The only room that knows YAML
markup         Markdown → safe HTML. The only room with Python-Markdown and the sanitiser
model          the immutable records, typed and documented; JSON Schema comes from them
site           the whole site as one frozen value, and where each record was written
shape          one tree → one record, or problems with their places
register       the CSV files → the register of places
writings       Markdown pages and news: the languages' files paired into one record
load           the content folder → Site + problems
index          who takes part in what; sums with each joint grant counted once
address        the address of every page; every claim on an address
checks         rules over the whole site, one family a file
page           Page, its frame, its twin
pages          one file per kind of page: Site → Pages with complete, frozen views
plan           all Pages, before the first byte is rendered
assets         static/ under names that change with their bytes
render         Page → bytes. The only room with Jinja
exports        what machines read: sitemap, robots
schema         JSON Schema of the content files, from the model
draft          a new content file, commented in the editor's language
jobs           work spread over processes
search         the search index: a record for each page, and the words people use for it
ledger         what we wrote, so that only that is ever removed
write          bytes to disk: staged beside the output, then swapped in
flow           the corridor
serve          the site on one's own machine, rebuilt on every save
=============  ====================================================================================

The door is ``build.py``: commands, printing, exit codes. Problems are values in a list, never exceptions, for
anything an editor can cause; an exception that reaches the door is our bug.
"""

ROOMS = (
    "problem",
    "language",
    "formats",
    "places",
    "fields",
    "slips",
    "read",
    "markup",
    "model",
    "site",
    "shape",
    "register",
    "writings",
    "load",
    "index",
    "address",
    "checks",
    "page",
    "pages",
    "plan",
    "assets",
    "render",
    "exports",
    "schema",
    "draft",
    "jobs",
    "search",
    "ledger",
    "write",
    "flow",
    "serve",
)
