"""Builds killed at random moments, as `benchmarks/kills.py` does hundreds of times (docs/reliability.md)."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import Kills


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_and_the_next_is_clean(tmp_path: Path) -> None:
    kills = Kills(tmp_path, projects=25)
    kills.run(4, seed=2)
    assert kills.wrong == []
    assert kills.tally["killed"] == 4
    assert kills.tally["next build clean"] >= 4
