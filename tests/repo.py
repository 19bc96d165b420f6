"""A real git repository to change: days, authors and surroundings are given, so every run makes the same commits."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tandem.coverage import Coverage
from tandem.flow import House, examine, survey

_WHO = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@dataclass
class Repo:
    """A repository around the content folder ``content``, which may lie deeper than the repository."""

    folder: Path
    content: Path

    @classmethod
    def around(cls, content: Path, folder: Path | None = None) -> Repo:
        repo = cls(folder or content.parent, content)
        repo.git("init", "-q", "-b", "main")
        return repo

    def git(self, *arguments: str, day: str = "2021-01-01", data: bytes = b"") -> str:
        date = f"{day}T12:00:00+02:00"
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **_WHO,
            "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",  # never what counts
            "GIT_COMMITTER_DATE": date,
        }
        done = subprocess.run(["git", *arguments], cwd=self.folder, env=environment, input=data, capture_output=True)
        assert done.returncode == 0, (arguments, done.stderr)
        return os.fsdecode(done.stdout).strip()

    def commit(self, day: str) -> str:
        """Commits everything; returns the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", day=day)
        return self.git("rev-parse", "HEAD")

    def write(self, file: str, text: str) -> None:
        path = self.content / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.content / file).read_text("utf-8")
        assert old in text
        self.write(file, text.replace(old, new))

    def survey(self, cache: Path | None = None) -> Coverage:
        """How far the languages are one, by the history of this repository."""
        house = House(self.content, self.folder / "_site", cache=cache or self.folder / ".cache")
        return survey(house, examine(house))

    def behind(self, cache: Path | None = None) -> dict[str, str]:
        """``project helmi summary sv`` → ``2021-02-02 1a2b3c4`` (``now`` where not committed)."""
        coverage = self.survey(cache)
        assert coverage.history == "known", coverage.history
        return {
            f"{' '.join(work.key)} {work.field} {one.language}": (
                f"{one.since.day} {one.since.commit[:7]}" if one.since.day else "now"
            )
            for work in coverage.work
            for one in work.behind
        }
