"""Files to plain trees of text: YAML, and Markdown with front matter. The only room that knows YAML.

Every scalar is text, exactly as written; what it means is for the model to say, so ``020`` stays ``020``, ``NO``
stays ``NO`` and ``12:30`` stays ``12:30``. Content is untrusted: no tags, anchors, aliases, merge keys or second
documents, no duplicate keys, bounded size and depth. A tree carries no positions; ``where`` parses the text
again for them, since only a file with a fault is ever asked.
"""

from __future__ import annotations

from tandem.read.document import Document, Reading, Unread, read_page, read_yaml, scalars
from tandem.read.source import MAX_BYTES, Source, decoded, read_bytes, read_source
from tandem.read.walk import MAX_DEPTH, Loc, Scalar, Tree

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "Document", "Loc", "Reading", "Scalar", "Source", "Tree", "Unread", "decoded",
    "read_bytes", "read_page", "read_source", "read_yaml", "scalars",
]  # fmt: skip
