"""The application as a whole: starts with good and bad studies, answers, and stays quiet."""

from __future__ import annotations

import logging

import pytest

import app as application
from callbacks.server.serving import LARGEST_REQUEST
from data.catalog import load_catalog
from settings import Settings
from tests.studies.edges import PATIENTS, TOML


def test_the_server_is_healthy_only_on_its_own_path(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "OK")
    assert client.get("/health-that-is-made-up").text != "OK"


def test_the_page_says_its_language_and_width(client):
    page = client.get("/").text
    assert '<html lang="en">' in page
    assert 'name="viewport"' in page
    assert "<title>HCC Cohort Explorer</title>" in page


def test_the_page_loads_nothing_from_elsewhere(client):
    page = client.get("/").text
    assert "https://" not in page
    assert "http://" not in page


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies"])
def test_what_the_browser_asks_first_is_there(client, path):
    assert client.get(path).status_code == 200


def test_a_broken_study_is_logged_without_its_cells(studies_dir, caplog):
    with caplog.at_level(logging.DEBUG):
        application.create_app(Settings(studies_dir=studies_dir))
    assert "The study broken could not be loaded" in caplog.text
    (broken,) = load_catalog(studies_dir).broken
    assert any("-3" in problem.sentence for problem in broken.problems)
    assert "-3" not in caplog.text
    assert "SECRET" not in caplog.text


def test_a_variable_called_like_an_option_of_a_page_is_refused(tmp_path, caplog):
    """A link could not say which of the two it means."""
    toml = TOML.replace('column = "marker"', 'column = "marker"\nid = "landmarks"')
    (tmp_path / "edges").mkdir()
    (tmp_path / "edges" / "study.toml").write_text(toml, "utf-8")
    (tmp_path / "edges" / "patients.csv").write_text(PATIENTS, "utf-8")
    assert load_catalog(tmp_path).study("edges")
    application.create_app(Settings(studies_dir=tmp_path))
    assert "The study edges could not be loaded" in caplog.text


def test_a_missing_folder_of_studies_is_logged_and_not_fatal(tmp_path, caplog):
    made = application.create_app(Settings(studies_dir=tmp_path / "nowhere"))
    assert "does not exist" in caplog.text
    assert made.server.test_client().get("/_dash-layout").status_code == 200


def test_a_request_larger_than_any_view_is_refused(client):
    body = b"x" * (LARGEST_REQUEST + 1)
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 413


def test_two_applications_in_one_process_share_no_callback(dash_app, studies_dir):
    again = application.create_app(Settings(studies_dir=studies_dir))
    assert set(again.callback_map) == set(dash_app.callback_map)
    assert again.callback_map is not dash_app.callback_map


def test_gunicorn_serves_what_warm_has_warmed():
    assert application.server is application.app.server
    assert application.server.test_client().get("/healthz").text == "OK"


def test_answers_travel_compressed(client):
    answer = client.get("/_dash-layout", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_the_access_log_would_hold_no_filter():
    """The query says whom somebody looked at; ``q`` and ``r`` are gunicorn's names for it."""
    import runpy
    from pathlib import Path

    config = runpy.run_path(str(Path(application.__file__).parent / "gunicorn.conf.py"))
    assert "%(U)s" in config["access_log_format"]
    assert not any(name in config["access_log_format"] for name in ("%(q)s", "%(r)s"))
    assert config["preload_app"] is True
    assert config["control_socket_disable"] is True
