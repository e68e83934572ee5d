"""Folders that hold what nobody meant: names without letters, links, depth, files without end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from data.catalog import load_catalog
from data.checking.problems import SAID_AT_MOST, StudyError, printable
from data.load import UNFORESEEN, load_study
from data.reading.raw import LIMITS, Limits
from data.reading.table import read_table
from data.sources.listing import MOST_STUDIES, MOST_WATCHED, marks
from data.sources.texts import LARGEST_TEXT


@pytest.fixture
def nothing(tmp_path):
    """A folder without studies in the place of the shipped ones."""
    (tmp_path / "nothing").mkdir()
    return tmp_path / "nothing"


def test_a_file_name_in_an_old_encoding(folder):
    (folder.path / os.fsdecode(b"M\xfcnchen.txt")).write_text("x")
    assert folder.load().id == "base"


def test_a_folder_name_in_an_old_encoding_can_be_shown(folder, nothing):
    name = folder.path.with_name(os.fsdecode(b"M\xfcnchen"))
    shutil.copytree(folder.path, name)
    catalog = load_catalog(folder.path.parent, nothing)
    assert [study.id for study in catalog.studies] == ["base"]
    (broken,) = catalog.broken
    assert broken.id == r"M\xfcnchen"
    json.dumps([problem.sentence for problem in broken.problems]).encode("utf-8")
    broken.problems[0].sentence.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\nb", r"a\nb"), ("a\x1b[31mb", r"a\x1b[31mb"), ("a\u202eb", r"a\u202eb"), ("é b", "é b")],
)
def test_names_are_written_out(name, shown):
    assert printable(name) == shown


def nest(path, depth: int) -> None:
    """Folders within folders, deeper than a path can be written."""
    here = os.open(path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


def test_folders_within_folders(folder):
    nest(folder.path, 1500)
    try:
        assert folder.load().id == "base"
        assert len(marks(folder.path.parent)) < 20
    finally:
        subprocess.run(["rm", "-rf", folder.path / "a"], check=True)


def test_an_unrelated_file_is_not_read(folder):
    before = folder.load().version
    with (folder.path / "scan.bin").open("wb") as large:
        large.truncate(20 * 2**30)
    (folder.path / "closed").symlink_to("/nowhere")
    assert folder.load().version == before


@pytest.mark.parametrize(
    ("name", "size", "part"),
    [("patients.csv", LIMITS.size, "larger than 192 MB"), ("study.toml", LARGEST_TEXT, "1 MB")],
)
def test_a_file_that_is_too_large_is_refused(folder, name, size, part):
    with (folder.path / name).open("r+b") as large:
        large.truncate(size + 1)
    (sentence,) = folder.sentences()
    assert part in sentence


def test_a_file_that_says_it_is_empty_and_never_ends(folder, monkeypatch):
    monkeypatch.setattr("data.sources.folder.LIMITS", Limits(megabytes=100 / 2**20))
    # Of every file, and the patients' first.
    sentence, *others = folder.sentences()
    assert others
    assert all("the file is larger" in one for one in others)
    assert sentence.startswith("patients.csv: the file is larger")


def test_cells_are_counted_while_they_are_read(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n" + ",\n" * 20)
    with pytest.raises(StudyError, match="row 6: its table takes more than"):
        read_table(tmp_path / "a.csv", limits=Limits(memory=0.0007))


def test_levels_beyond_counting_are_refused(folder):
    levels = ", ".join(f'"L{i}"' for i in range(201))
    folder.change("study.toml", '"Stage C", {', f'{levels}, "Stage C", {{')
    assert any("entries and 200 at most" in sentence for sentence in folder.sentences())


@pytest.mark.parametrize("error", [MemoryError, RecursionError, ValueError, KeyError])
def test_whatever_is_raised_the_others_are_shown(folder, nothing, monkeypatch, error):
    shutil.copytree(folder.path, folder.path.with_name("aaa"))

    def stumble(path):
        if path.parent.name == "aaa":
            raise error("SECRET")
        return before(path)

    from data.sources import folder as module

    before = module.read_toml
    monkeypatch.setattr("data.sources.folder.read_toml", stumble)
    catalog = load_catalog(folder.path.parent, nothing)
    assert [study.id for study in catalog.studies] == ["base"]
    (problem,) = catalog.broken[0].problems
    assert problem.fault.startswith(UNFORESEEN)
    assert error.__name__ in problem.fault
    assert "SECRET" not in problem.sentence


def test_an_entry_that_cannot_be_looked_at_hides_nobody(folder, nothing, monkeypatch):
    (folder.path.parent / "zlink").symlink_to("/nowhere/closed")
    is_dir = type(folder.path).is_dir

    def refuse(path):
        if path.name == "zlink":
            raise PermissionError(13, "Permission denied", str(path))
        return is_dir(path)

    monkeypatch.setattr("pathlib.Path.is_dir", refuse)
    catalog = load_catalog(folder.path.parent, nothing)
    assert [study.id for study in catalog.studies] == ["base"]
    assert [one.id for one in catalog.broken] == ["zlink"]
    assert "Permission denied" in catalog.broken[0].problems[0].sentence


def test_more_folders_than_a_switcher_lists(tmp_path, nothing):
    for i in range(MOST_STUDIES + 3):
        (tmp_path / "own" / f"s{i:04}").mkdir(parents=True)
    catalog = load_catalog(tmp_path / "own", nothing)
    assert len(catalog.broken) == MOST_STUDIES
    assert "203 folders" in catalog.notes[0]


def test_the_watch_walks_no_disk(tmp_path):
    own = tmp_path / "own"
    (own / "study" / "published").mkdir(parents=True)
    (own / "study" / "published" / "cells.csv").write_text("a")
    (own / "disk").symlink_to("/")
    (own / "self").symlink_to("self")
    names = {mark[0] for mark in marks(own)}
    assert str(own / "study" / "published" / "cells.csv") in names
    assert not any(name.startswith(f"{own}/disk/") for name in names)


def test_the_watch_is_bounded_and_sees_what_is_added(tmp_path):
    for study in range(12):
        (tmp_path / f"s{study}").mkdir()
        for i in range(600):
            (tmp_path / f"s{study}" / str(i)).touch()
    before = marks(tmp_path)
    assert len(before) < MOST_WATCHED + 502
    (tmp_path / "s0" / "new").touch()
    assert marks(tmp_path) != before


def test_a_study_in_a_linked_folder_is_read_and_watched(folder, tmp_path, nothing):
    own = tmp_path / "linked"
    own.mkdir()
    (own / "base").symlink_to(folder.path)
    assert [study.id for study in load_catalog(own, nothing).studies] == ["base"]
    assert str(own / "base" / "patients.csv") in {mark[0] for mark in marks(own)}
    assert load_study(own / "base").n


@pytest.mark.parametrize("name", ["study.toml", "patients.csv", "table-2.csv"])
@pytest.mark.parametrize("there", ["outside", "/dev/zero", "nowhere", "itself"])
def test_a_link_that_leads_out_of_the_folder_is_refused(folder, tmp_path, name, there):
    kept = tmp_path / name
    (folder.path / name).rename(kept)
    target = {"outside": kept, "nowhere": tmp_path / "nowhere", "itself": name}.get(there, there)
    (folder.path / name).symlink_to(target)
    (sentence,) = folder.sentences()
    assert sentence.startswith(f"{name}: it is a link that leads out of the study's folder.")


def test_a_linked_folder_in_the_folder_is_refused(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (folder.path / "patients.csv").rename(tmp_path / "other" / "patients.csv")
    (folder.path / "in").symlink_to(tmp_path / "other")
    folder.change("study.toml", 'file = "patients.csv"', 'file = "in/patients.csv"')
    (sentence,) = folder.sentences()
    assert "in/patients.csv: it is a link that leads out" in sentence


def test_a_link_within_the_folder_is_followed(folder):
    """As where a cluster mounts a folder."""
    (folder.path / "..data").mkdir()
    (folder.path / "patients.csv").rename(folder.path / "..data" / "patients.csv")
    (folder.path / "patients.csv").symlink_to("..data/patients.csv")
    assert folder.load().n == 6


@pytest.mark.parametrize("name", ["study.toml", "patients.csv", "table-2.csv"])
def test_a_pipe_is_not_waited_for(folder, name):
    (folder.path / name).unlink()
    os.mkfifo(folder.path / name)
    (sentence,) = folder.sentences()
    assert sentence.startswith(f"{name}: it is no file but a pipe or a device")


@pytest.mark.parametrize("count", [2_001, 300_000])
def test_more_columns_than_anybody_declares_are_refused(folder, count):
    header = ",".join(f"c{i}" for i in range(count))
    (folder.path / "patients.csv").write_text(f"patient,{header}\nP1{',' * count}\n")
    (sentence,) = folder.sentences()
    assert sentence == (
        f"patients.csv: the table has {count + 1} columns, and 2000 are the most that are read. "
        "Leave out those that the study does not name."
    )


def test_empty_cells_beyond_the_table_are_no_columns(tmp_path):
    (tmp_path / "a.csv").write_text("a,b" + "," * 5000 + "\n1,2" + "," * 5000 + "\n")
    assert read_table(tmp_path / "a.csv").columns == ("a", "b")


def test_a_sentence_names_twelve_columns_and_counts_the_others(folder):
    header = ",".join(f"c{i}" for i in range(1000))
    (folder.path / "patients.csv").write_text(f"{header}\n" + "1," * 999 + "1\n")
    first, *_ = folder.sentences()
    assert "has c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, … and 988 more" in first


def test_no_study_has_more_sentences_than_anybody_reads(folder):
    text = (folder.path / "study.toml").read_text()
    more = "".join(f"key{i} = 1\n" for i in range(1000))
    (folder.path / "study.toml").write_text(more + text)
    sentences = folder.sentences()
    assert len(sentences) == SAID_AT_MOST + 1
    assert "800 more faults were found" in sentences[-1]
