"""What a text mentions that no translation may change: figures, dates, places, authorities, contacts, links.

``read`` takes one text to its mentions; ``differences`` compares two texts' mentions and says what one has and the
other has not.
"""

from __future__ import annotations

from tandem.mentions.compare import Difference, differences
from tandem.mentions.lexicon import NAMED, Lexicon
from tandem.mentions.mention import Mention, Value
from tandem.mentions.reader import Contents, read

__all__ = ["NAMED", "Contents", "Difference", "Lexicon", "Mention", "Value", "differences", "read"]
