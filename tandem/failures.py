"""What stopped a command though the content is not to blame: the disk, the search program, a folder that is not ours.

Such a failure is an exception, since no editor can mend it in the content; here it becomes a sentence and exit code 2.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from tandem.house import House, shown
from tandem.lay import Moved
from tandem.pinned import NotFetched
from tandem.problem import Speech
from tandem.render import PageFailed
from tandem.search import SearchFailed
from tandem.whose import Foreign

_REASONS = {
    errno.ENOSPC: "disk.full",
    errno.EDQUOT: "disk.full",
    errno.EACCES: "disk.denied",
    errno.EPERM: "disk.denied",
    errno.EROFS: "disk.read_only",
    errno.EIO: "disk.broken",
    errno.ENOENT: "disk.gone",
    errno.EBUSY: "disk.busy",
    errno.EMFILE: "disk.many",
    errno.ENFILE: "disk.many",
    errno.EADDRINUSE: "port.taken",
}


def told(failure: Exception, house: House, speech: Speech, writes: bool) -> tuple[str, int | None]:
    """What to say and the exit code; None where the fault is ours. ``writes``: the command was to write the site."""
    if isinstance(failure, Foreign):
        return speech.say("word", "foreign", {"out": shown(house.out)}), 2
    if isinstance(failure, SearchFailed):
        return speech.say("word", "search_failed", {"reason": str(failure)}), 1
    if isinstance(failure, NotFetched):
        return speech.say("word", "editor_missing", {"file": str(failure)}), 1
    if isinstance(failure, Moved):
        sentence = speech.say("word", "moved", {"file": failure.path})
    elif isinstance(failure, OSError) and failure.errno is not None:
        sentence = refused(failure, speech)
    elif isinstance(failure, PageFailed):
        return speech.say("word", "bug", {"page": failure.address}), None
    else:
        return "", None
    return sentence + ("\n" + speech.say("word", "stopped", {"out": shown(house.out)}) if writes else ""), 2


def refused(failure: OSError, speech: Speech) -> str:
    """What the system refused to do with which file, and why, as far as it says so."""
    key = _REASONS.get(failure.errno or 0)
    reason = speech.say("word", key, {}) if key else os.strerror(failure.errno or 0)
    if not isinstance(failure.filename, (str, os.PathLike)):
        return speech.say("word", "interrupted", {"reason": reason})
    return speech.say("word", "interrupted_at", {"reason": reason, "file": shown(Path(failure.filename))})
