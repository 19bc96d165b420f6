"""Tandem: a static bilingual site generator. This is the map of the house.

Content flows one way, and ``flow.py`` is the corridor to read first::

    read → load → check → plan → (stop here if anything is wrong) → render → write

Each room may import only rooms above it in ``ROOMS`` (held by ``tests/test_house.py``):

=============  ====================================================================================
house          the folders a build reads and writes
kept           what is worked out once and kept in .cache/ for the next run
jobs           work spread over processes
progress       how far long work has come, for a person at a terminal
stages         how long each stage of a build took
problem        Where, Problem; how a problem looks (text, github, json)
language       languages, words in each language, alphabetical order (å ä ö last), catalogs
formats        money, numbers, dates, periods: Babel, with the patterns Finland's Swedish needs
places         the register of municipalities: names in, codes out; mergers followed
tongue         which language a text is in, told from its commonest words
verbatim       what in a text is no prose: code, addresses, tags
typography     how figures, ranges and quotations are set
hyphens        where a long word may be parted. The only room with Pyphen
mentions       what a text mentions that no translation may change, and how two texts differ in it
geography      degrees to the national map plane (ETRS-TM35FIN); the country's outline; map sheets
fields         what one value may be: dates, whole euros, places, words. Typed, never guessed
slips          libyaml's complaints, told apart as an editor made them
read           YAML and Markdown → plain trees of text with places. The only room that knows YAML
sheet          CSV → rows of text with places
plain          the plainest Markdown → HTML: paragraphs, flat lists, emphasis
markup         Markdown → safe HTML. The only room with Python-Markdown and the sanitiser
packed         how a record travels between processes and to disk
model          the immutable records, typed and documented; JSON Schema comes from them
explain        what each key of a content file is for, in each language
shelf          projects laid by: what was read and found sound once is not read again
site           the whole site as one frozen value, and where each record was written
texts          each text in a tree, and which of two versions' texts are one
shape          one tree → one record, or problems with their places
sift           projects' files read and judged by many processes: the sound ones are laid by
register       the CSV files → the register of places
writings       Markdown pages and news: the languages' files paired into one record
load           the content folder → Site + problems
index          who takes part in what; sums with each joint grant counted once
address        the address of every page; every claim on an address
checks         rules over the whole site, one family a file
columns        the columns of the open data: one table makes every file, schema and dictionary
git            commits, and files as they were. The only room that runs git
marked         Markdown made into HTML once, kept by the digest of the text
changes        when texts changed, and which language another has left behind
history        git → when each text last changed in each language, which language is behind
diff           two versions of a text, word by word
versions       every record of the content as it was in a commit, or is on the disk
compare        two versions, record by record: added, changed, removed, renamed
coverage       how far the two languages are one: counted here, shown elsewhere
report         coverage for machines: JSON, the badge, the ratchet
page           Page, its frame, its twin
linked         what a page says to machines: JSON-LD in schema.org's words
pages          one file per kind of page: Site → Pages with complete, frozen views
imprint        what a page says, as a digest
plan           all Pages, before the first byte is rendered
assets         static/ under names that change with their bytes
direct         templates compiled to Python that does no more than it must
spoken         templates of one language: its words put in when they are compiled
asked          every word the templates ask for, as a translator should see it
render         Page → bytes. The only room with templates
why            why a page is made anew, in one of eight reasons
schema         JSON Schema of the content files, from the model
pinned         programs of others, pinned by version and digest. The only room that runs npm
formfields     what the form editor asks of a record, from the model
editor         the form editor at /admin/, off unless site.yaml asks for it
feeds          Atom: what is new, in each language, of each municipality and theme
tables         the open data as CSV and JSON
workbook       the open data as XLSX. The only room with XlsxWriter
catalogue      what the files of open data are: a table schema (Frictionless), metadata (DCAT-AP)
exports        what machines read besides: sitemap, robots; where each file of the above goes
draft          a new content file, commented in the editor's language
scribe         a tree of text → YAML as an editor would write it
cells          XLSX and CSV → cells of text with places. The only room with openpyxl
headings       what the columns of a spreadsheet mean, in either language
intake         rows of a spreadsheet → new projects, and which cells are in doubt
messages       the catalogs of words, kept in step with what asks for them
tidy           the typography of every text, set in the content files themselves
search         the search index: a record for each page, and the words people use for it
ledger         what we wrote and how we left it, so that only that is ever removed
checksums      the SHA-256 of every file of a site, and the commit it was built from
served         a site as a web server gives it
lock           one build at a time into one folder
spare          a second tree of links to the site's files, in which the next site is laid down
whose          whose the files of an output folder are: ours by the ledger or by our mark, or somebody else's
memory         what the last build was made from, so that the next does only what it must
outlines       what the last build knew of the site but for the texts of a project's own page, kept for the next
running        what a process that goes on need not look up again between builds
examined       a site read and judged, with all that is wrong with it
write          bytes to disk: staged beside the output, then swapped in
lay            pages and files made over processes and laid down, then published
amend          the way of a small change: the pages of some projects alone
flow           the corridor
failures       what stopped a command though the content is not to blame, in words
sitediff       two built sites: which pages appear, change and disappear
github         what GitHub shows of a check: annotations on lines, the summary of a job
status         the state of the languages for a terminal, and whether it is good enough.
review         two versions of the content side by side, as one page of HTML
overlay        what is wrong, shown over the last good site
preview        a web server as GitHub Pages is one, with reloading and the overlay
serve          the site on one's own machine, rebuilt on every save
trial          content as it would be with some files changed, judged by every rule
forms          GitHub's issue forms, made from the model; what was answered in one
petition       a filled form → a content file, or the answer what is wrong
generated      files of the repository that are made from the model
commands       one file per command: how it is called, and doing it
arguments      the commands of the door and their arguments, and the language its user reads
=============  ====================================================================================

The door is ``build.py``: commands, printing, exit codes. Problems are values in a list, never exceptions, for
anything an editor can cause; an exception that reaches the door is our bug.
"""

ROOMS = (
    "house",
    "kept",
    "jobs",
    "progress",
    "stages",
    "problem",
    "language",
    "formats",
    "places",
    "tongue",
    "verbatim",
    "typography",
    "hyphens",
    "mentions",
    "geography",
    "fields",
    "slips",
    "read",
    "sheet",
    "plain",
    "markup",
    "packed",
    "model",
    "explain",
    "shelf",
    "site",
    "texts",
    "shape",
    "sift",
    "register",
    "writings",
    "load",
    "index",
    "address",
    "checks",
    "columns",
    "git",
    "marked",
    "changes",
    "history",
    "diff",
    "versions",
    "compare",
    "coverage",
    "report",
    "page",
    "linked",
    "pages",
    "imprint",
    "plan",
    "assets",
    "direct",
    "spoken",
    "asked",
    "render",
    "why",
    "schema",
    "pinned",
    "formfields",
    "editor",
    "feeds",
    "tables",
    "workbook",
    "catalogue",
    "exports",
    "draft",
    "scribe",
    "cells",
    "headings",
    "intake",
    "messages",
    "tidy",
    "search",
    "ledger",
    "checksums",
    "served",
    "lock",
    "spare",
    "whose",
    "memory",
    "outlines",
    "running",
    "examined",
    "write",
    "lay",
    "amend",
    "flow",
    "failures",
    "sitediff",
    "github",
    "status",
    "review",
    "overlay",
    "preview",
    "serve",
    "trial",
    "forms",
    "petition",
    "generated",
    "commands",
    "arguments",
)
