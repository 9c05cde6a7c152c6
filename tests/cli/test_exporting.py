"""The story for other programs, as the command line writes it."""

from __future__ import annotations

import json
from pathlib import Path

from made_runs import OTHER, TEXT, put, whence

from whence.codec import decode_story


class TestExport:
    def test_writes_the_file_that_is_named(self, tmp_path: Path) -> None:
        a, b = put(tmp_path, "a.txt", TEXT), put(tmp_path, "b.txt", OTHER)
        out = tmp_path / "story.json"
        done = whence("export", str(a), str(b), "--to", "json", "-o", str(out))
        assert (0, "", "") == (done.status, done.out, done.err)
        assert 2 == len(decode_story(out.read_bytes()).reports)

    def test_writes_to_standard_output_without_one(self, tmp_path: Path) -> None:
        done = whence("export", str(put(tmp_path, "a.txt", TEXT)), "--to", "annotations")
        assert 0 == done.status
        assert "AnnotationCollection" == json.loads(done.out)["type"]

    def test_a_place_that_cannot_be_written_is_said_and_nothing_is_done(self, tmp_path: Path) -> None:
        done = whence("export", str(put(tmp_path, "a.txt", TEXT)), "--to", "csv", "-o", str(tmp_path / "no" / "where.csv"))
        assert 2 == done.status
        assert "could not be written" in done.err

    def test_reports_and_a_story_at_once_are_refused(self, tmp_path: Path) -> None:
        done = whence("export", str(put(tmp_path, "a.txt", TEXT)), "--story", "s1", "--to", "csv")
        assert 2 == done.status
        assert "one of the two" in done.err

    def test_a_story_of_a_library_is_written_as_its_reports_are(self, tmp_path: Path) -> None:
        a, b = put(tmp_path, "a.txt", TEXT), put(tmp_path, "b.txt", OTHER)
        place = str(tmp_path / "library")
        assert 0 == whence("add", str(a), str(b), "--library", place).status
        story = json.loads(whence("stories", "--library", place, "--jsonl").out.splitlines()[0])["id"]
        done = whence("export", "--story", story, "--library", place, "--to", "csv", "--table", "reports")
        assert 0 == done.status
        assert 3 == len(done.out.splitlines())
