"""What a claim is asked of: an application over the shipped studies and all made-up ones."""

from __future__ import annotations

import csv
import io
from shutil import copytree

import pytest

import app
from settings import Settings
from tests.cases import FOLDER
from tests.studies.claims import write_claims
from tests.studies.edges import write_studies


@pytest.fixture(scope="session")
def asked(tmp_path_factory):
    """A client of an application over the shipped studies, the cases and three more."""
    root = write_studies(tmp_path_factory.mktemp("claims"))
    copytree(FOLDER, root, dirs_exist_ok=True)
    # One patient of this one progressed on the day after death.
    late = write_claims(
        root,
        {'id = "klinik"': 'id = "klinik-late"'},
        patients=("620,1,350,1,350,1", "349,1,350,1,350,1"),
    )
    late.rename(root / "klinik-late")
    write_claims(root)
    return app.create_app(Settings(studies_dir=root)).server.test_client()


@pytest.fixture(scope="session")
def words(asked):
    """The lines that a page says, with plain blanks, by its address."""

    def lines(address: str) -> list[str]:
        answer = asked.get(f"/words/{address}")
        assert answer.status_code == 200, answer.text
        return answer.text.replace("\u00a0", " ").splitlines()

    return lines


@pytest.fixture(scope="session")
def sentence(words):
    """The first line of a page."""
    return lambda address: words(address)[0]


@pytest.fixture(scope="session")
def rows(asked):
    """The rows of a file, by the address of its page; cells as text."""

    def read(address: str, **cells: str) -> list[dict]:
        answer = asked.get(f"/download/{address}")
        assert answer.status_code == 200, answer.text
        found = list(csv.DictReader(io.StringIO(answer.text)))
        return [one for one in found if all(one[name] == text for name, text in cells.items())]

    return read
