"""A command in a process of its own that need not start Python and import everything again."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path
from subprocess import CompletedProcess

from build import main
from tandem.house import ROOT
from tandem.spoken import used

SURROUNDINGS = ("LC_ALL", "LC_MESSAGES", "LANG")


def surroundings(**environment: str) -> dict[str, str]:
    """This process's, but for its language."""
    kept = {name: value for name, value in os.environ.items() if name not in SURROUNDINGS}
    return {**kept, "LC_ALL": "C.UTF-8", **environment}


def forked(*arguments: str, cwd: Path, **environment: str) -> CompletedProcess[str]:
    """``build.py`` called with these arguments in a copy of this process; ``run`` in test_cli.py starts a fresh one."""
    used(ROOT / "templates")  # the copies then know what the templates ask for
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _become(arguments, cwd, surroundings(**environment), out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        said = [(file.seek(0), file.read().decode("utf-8"))[1] for file in (out, err)]
    return CompletedProcess(arguments, os.waitstatus_to_exitcode(status), *said)


def _become(arguments: tuple[str, ...], cwd: Path, environment: dict[str, str], out: int, err: int) -> None:
    code: object = 1
    try:
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environment)
        for number, (name, file) in enumerate((("stdout", out), ("stderr", err)), 1):
            os.dup2(file, number)
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))
        code = main(arguments)
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)
