"""The file that says who may see which study: what it grants, and what is said of its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from callbacks.server.asker import Asker
from callbacks.server.rights import LARGEST, read_rights
from data.checking.problems import StudyError

SOUND = """\
[every_study]
groups = ["study office"]

[studies.edges]
users = ["anna", "Jörg Weiß"]
groups = ["oncology"]

[studies.soramic]
everybody = true

[studies.closed]
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "access.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture(scope="module")
def rights(tmp_path_factory):
    return read_rights(written(tmp_path_factory.mktemp("rights"), SOUND), with_groups=True)


@pytest.mark.parametrize(
    ("user", "groups", "seen"),
    [
        ("anna", (), {"edges", "soramic"}),
        ("Jörg Weiß", (), {"edges", "soramic"}),
        ("bert", ("oncology",), {"edges", "soramic"}),
        ("bert", ("study office",), {"edges", "soramic", "closed", "made-later"}),
        ("bert", ("cardiology",), {"soramic"}),
        # A name is what the proxy writes, letter by letter; a group is no user.
        ("Anna", (), {"soramic"}),
        ("oncology", ("anna",), {"soramic"}),
        ("", ("study office", "oncology"), set()),
    ],
)
def test_who_is_named_sees_and_nobody_else(rights, user, groups, seen):
    one = Asker(user, frozenset(groups))
    ids = ("edges", "soramic", "closed", "made-later")
    assert {name for name in ids if rights.may_see(one, name)} == seen


FAULTS = [
    ("", "access.toml: it names nobody. Write [studies.<id>] with users or groups."),
    (
        "[study.edges]\nusers = []",
        "access.toml, key “study”: there is no such key. Write studies.",
    ),
    (
        '[studies.edges]\nuser = ["anna"]',
        "access.toml, key “studies.edges.user”: there is no such key. Write users.",
    ),
    (
        '[studies.edges]\nusers = "anna"',
        'access.toml, key “studies.edges.users”: it is no list. Write users = ["…", "…"].',
    ),
    (
        "[studies.edges]\nusers = [7]",
        "access.toml, key “studies.edges.users”: the entry 7 is no text. Write it in quotes.",
    ),
    (
        '[studies.edges]\nusers = ["*"]',
        "access.toml, key “studies.edges.users”: “*” is a name as any other. "
        "Write everybody = true.",
    ),
    (
        '[studies.edges]\ngroups = ["(null)"]',
        "access.toml, key “studies.edges.groups”: “(null)” stands for nobody, whom no proxy can "
        "name. Take it away.",
    ),
    (
        '[studies.edges]\nusers = ["anna, bert"]',
        "access.toml, key “studies.edges.users”: the entry “anna, bert” has a comma, which no "
        "name from a header has. Write each name in quotes of its own.",
    ),
    (
        '[studies.edges]\nusers = [" anna"]',
        "access.toml, key “studies.edges.users”: the entry “ anna” is no name. Write it without "
        "blanks around it, with at most 256 characters.",
    ),
    (
        "[studies.edges]\neverybody = 1",
        "access.toml, key “studies.edges.everybody”: it is neither true nor false. "
        "Write everybody = true.",
    ),
    (
        "studies = 3",
        "access.toml, key “studies”: it is no table. Write [studies.<id>] for each study.",
    ),
    (
        "[studies]\nedges = true",
        "access.toml, key “studies.edges”: it is no table. Write [studies.edges], and users or "
        "groups below it.",
    ),
    (
        "every_study = true",
        "access.toml, key “every_study”: it is no table. Write [every_study], and users or groups "
        "below it.",
    ),
    (b"[studies.\xff]", "access.toml: the file is not UTF-8. Save it as UTF-8."),
    (b"#" * (LARGEST + 1), "access.toml: the file is larger than 1 MB. Name groups, not users."),
]


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_a_fault_is_named_with_its_key_and_remedy(tmp_path, text, sentence):
    with pytest.raises(StudyError) as raised:
        read_rights(written(tmp_path, text), with_groups=True)
    assert str(raised.value) == sentence


def test_what_is_no_toml_is_named_with_its_line(tmp_path):
    with pytest.raises(StudyError, match=r"access.toml: it is no TOML: .*line 2.*Mend it there"):
        read_rights(written(tmp_path, "[studies.edges]\nusers = [anna]"), with_groups=True)


def test_all_faults_are_named_at_once(tmp_path):
    text = '[studies.a]\nuser = ["x"]\n[studies.b]\ngroups = [1, 2]'
    with pytest.raises(StudyError) as raised:
        read_rights(written(tmp_path, text), with_groups=True)
    assert len(raised.value.problems) == 3


def test_groups_without_a_header_are_a_fault(tmp_path):
    with pytest.raises(StudyError, match=r"groups are named and GROUPS_HEADER is not set"):
        read_rights(written(tmp_path, SOUND), with_groups=False)


def test_a_file_that_is_not_there_is_one_too(tmp_path):
    with pytest.raises(StudyError, match=r"access.toml: the file cannot be read \(No such file"):
        read_rights(tmp_path / "access.toml", with_groups=True)
