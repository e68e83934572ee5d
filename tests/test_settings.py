"""What an administrator sets, and what is said when it cannot be used."""

from pathlib import Path

import pytest

from settings import Settings, read_settings


def test_nothing_set_is_the_local_machine_with_the_shipped_studies():
    assert read_settings({}) == Settings("127.0.0.1", 8050, None)


def test_everything_set():
    environ = {"HOST": "0.0.0.0", "PORT": "80", "STUDIES_DIR": "/studies"}
    assert read_settings(environ) == Settings("0.0.0.0", 80, Path("/studies"))


@pytest.mark.parametrize("name", ["HOST", "PORT", "STUDIES_DIR"])
@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_variable_is_not_set(name, text):
    """Compose files pass variables that nobody filled in as empty texts."""
    assert read_settings({name: text}) == Settings()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5", "８０", "1e3", "²"])
def test_a_port_that_is_none_is_refused_in_words(port):
    with pytest.raises(ValueError, match=r"PORT is .*Set it to a number from 1 to 65535"):
        read_settings({"PORT": port})


def test_settings_read_the_environment_by_default(monkeypatch):
    monkeypatch.setenv("PORT", "9001")
    assert read_settings().port == 9001
