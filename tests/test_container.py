"""What the Dockerfile copies is all that the product needs, and it runs as the image runs it.

No container engine is needed: the files that the image would hold are put together as the
Dockerfile says, and its own commands run there, without the rest of the project, with no network,
no home, no right to write and no privilege. Where the machine does not let a test take these
away, it says which of them were not.
"""

from __future__ import annotations

import compileall
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pandas
import pytest

from callbacks.pages import PAGES
from tests.image.asked import requests
from tests.image.closed_room import APART, closed_room, isolation
from tests.image.dockerfile import (
    ROOT,
    UID,
    copied,
    environment,
    health_check,
    instructions,
    is_ignored,
    only,
    stand_ins,
    taken_away,
)
from tests.studies.edges import write_studies

PORT = 8050
# Python runs this before anything else: what the image lacks is not there.
WITHOUT = """
import sys


class Without:
    def find_spec(self, name, path=None, target=None):
        if name in {names}:
            raise ModuleNotFoundError(name)


sys.meta_path.insert(0, Without())
"""


@pytest.mark.parametrize(
    "needed",
    [
        "app.py",
        "settings.py",
        "gunicorn.conf.py",
        "assets/base.css",
        "data/catalog.py",
        "requirements.lock",
    ],
)
def test_what_is_needed_reaches_the_builder(needed):
    assert not is_ignored(Path(needed))


@pytest.mark.parametrize(
    "path",
    [
        ".git/config",
        ".venv/bin/python",
        ".env",
        "tests/test_app.py",
        "docs/operations.md",
        "data/reconstruction/solve.py",
        "data/README.md",
        "README.md",
        "Makefile",
        "Dockerfile",
        "docker-compose.yml",
        "layouts/frame/__pycache__/shell.cpython-311.pyc",
        ".ci/run",
        "requirements-dev.lock",
        "data/studies/own/.DS_Store",
        ".hypothesis/x",
        "studies/own/x.csv",
    ],
)
def test_what_is_not_needed_does_not(path):
    assert is_ignored(Path(path))


def test_the_image_holds_code_and_shipped_studies_only():
    kinds = {path.suffix for path in copied()}
    assert kinds <= {".py", ".css", ".js", ".woff2", ".txt", ".toml", ".csv", ".gz", ".md"}
    rooms = {path.parts[0] for path in copied()}
    assert rooms == {
        "app.py",
        "settings.py",
        "gunicorn.conf.py",
        "analysis",
        "assets",
        "callbacks",
        "data",
        "layouts",
    }


def test_the_image_runs_without_root_and_with_hashed_libraries():
    assert only("USER") == f"{UID}:{UID}"
    assert json.loads(only("CMD"))[0] == "gunicorn"
    runs = " ".join(rest for name, rest in instructions() if name == "RUN")
    assert "--require-hashes" in runs
    bases = [rest for name, rest in instructions() if name == "FROM"]
    assert all(base.startswith("${PYTHON}") for base in bases)
    assert ("ARG", "PYTHON=python:3.11-slim") in instructions()


def modules_taken_away() -> list[str]:
    """What cannot be imported in the image though the lock holds it."""
    libraries, parts = taken_away()
    owners = packages_distributions().items()
    whole = [name for name, of in owners if {one.lower() for one in of} & set(libraries)]
    site = Path(pandas.__file__).parents[1]
    found = {part: sorted(path for path in site.glob(part) if path.is_dir()) for part in parts}
    assert all(found.values()), found
    places = [path.relative_to(site) for paths in found.values() for path in paths]
    return [*whole, *(".".join(place.parts) for place in places)]


def test_what_the_image_lacks_is_known_by_the_names_of_its_modules():
    """Otherwise the visit below would run with it, and prove nothing."""
    assert {"matplotlib", "PIL", "fontTools", "plotly.express", "plotly.graph_objs.bar"} <= set(
        modules_taken_away()
    )


def test_the_compose_file_takes_away_what_is_not_needed():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    for line in (
        "read_only: true",
        "cap_drop: [ALL]",
        'security_opt: ["no-new-privileges:true"]',
        "mem_limit:",
        "pids_limit:",
        ":/studies:ro",
    ):
        assert re.search(rf"^ +(- )?.*{re.escape(line)}", text, re.M), line
    base = dict(rest.split("=", 1) for name, rest in instructions() if name == "ARG")["PYTHON"]
    assert f"PYTHON: ${{PYTHON_IMAGE:-{base}}}" in text
    assert re.search(r"^    tmpfs:\n      - /tmp:", text, re.M)
    for variable in (
        *("AUTH_HEADER", "TRUSTED_PROXIES", "PASSWORD_HASH"),
        *("ACCESS_FILE", "GROUPS_HEADER", "AUDIT_LOG", "AUDIT_PURPOSE_HEADER"),
        *("URL_PREFIX", "UPLOADS"),
    ):
        assert re.search(rf"^      {variable}: \${{{variable}:-}}$", text, re.M)


@pytest.fixture(scope="module")
def visit(tmp_path_factory, dash_app, all_studies):
    """What happened to a server of the image's files and commands."""
    stage = tmp_path_factory.mktemp("image")
    for path in copied():
        (stage / "app" / path.parent).mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, stage / "app" / path)
    # Compiled as the image is: what cannot be written later would be compiled at every start.
    compileall.compile_dir(
        stage / "app", quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )
    write_studies(stage / "studies")
    (stage / "visit").mkdir()
    shutil.copy(ROOT / "tests" / "image" / "visit.py", stage / "visit" / "visit.py")
    empty = {Path(one).parts[0] for one in stand_ins()}
    lacking = WITHOUT.format(names=set(modules_taken_away()) - empty)
    for one in stand_ins():
        (stage / "visit" / one).parent.mkdir(exist_ok=True)
        (stage / "visit" / one).touch()
    (stage / "visit" / "sitecustomize.py").write_text(lacking, "utf-8")
    alone = not isolation()
    place = Path("/mnt") if alone else stage
    libraries = Path(sys.executable).parent
    environ = environment() | {"PORT": str(PORT), "STUDIES_DIR": str(place / "studies")}
    environ["PYTHONPATH"] = str(place / "visit")
    environ["PATH"] = f"{libraries}:/usr/bin:/bin"
    plan = {
        "environ": environ,
        "folder": str(place / "app"),
        "command": json.loads(only("CMD")),
        "check": [sys.executable, *health_check()[1:]],
        "requests": requests(dash_app, all_studies.studies),
        "read_only": ["/mnt/app", "/mnt/studies", "/", "/var/tmp"] if alone else [],
        "writable": ["/tmp", "/dev/shm"] if alone else [],
    }
    (stage / "visit" / "plan.json").write_text(json.dumps(plan), "utf-8")
    for folder, _, files in os.walk(stage):
        for name in files:
            os.chmod(os.path.join(folder, name), 0o444)
        os.chmod(folder, 0o555)
    if alone:
        command = [*APART, closed_room(stage)]
    else:
        script = stage / "visit" / "visit.py"
        command = [sys.executable, "-I", "-B", str(script), str(stage / "visit" / "plan.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    os.chmod(stage, 0o755)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_starts_answers_everything_and_stops(visit, capsys):
    assert len(visit["log"].splitlines()) == 2, visit["log"]
    broken, ready = visit["log"].splitlines()
    assert broken.startswith("The study broken could not be loaded")
    assert ready == f"HCC Cohort Explorer: http://0.0.0.0:{PORT}"
    assert visit["code"] == 0
    # A study without what a file holds is told so, with status 400.
    allowed = {"/download/": {200, 400}}
    wrong = [
        one for one in visit["answers"] if one["status"] not in allowed.get(one["path"][:10], {200})
    ]
    assert not wrong, wrong[0]
    assert not visit["home"]
    if isolation():
        with capsys.disabled():
            print(
                f"\nThe image's files were NOT run as another user, on a read-only disk and "
                f"without a network here: {isolation()}."
            )


def test_its_answers_are_the_dashboards(visit):
    by_path = {}
    for one in visit["answers"]:
        by_path.setdefault(one["path"], []).append(one)
    assert by_path["/healthz"][0]["text"] == by_path["/readyz"][0]["text"] == "OK"
    files = [one for path in by_path if path.startswith("/download/") for one in by_path[path]]
    served = [one for one in files if one["status"] == 200]
    assert len(served) > len(files) / 2
    assert all(one["text"].splitlines()[0].endswith("provenance") for one in served)
    pages = by_path["/_dash-update-component"]
    assert len(pages) == 3 * (2 * len(PAGES) + 1)
    assert not [one for one in pages if one["failed"]]


def test_its_slides_and_documents_need_no_more_than_the_image_has(visit):
    made = [one for one in visit["answers"] if one["path"].startswith("/board/")]
    assert [one["path"] for one in made] == ["/board/pptx", "/board/docx"]
    assert all(one["text"].startswith("PK") and one["size"] > 20_000 for one in made)


def test_it_ran_as_nobody_without_a_network_on_a_disk_that_cannot_be_written(visit, capsys):
    if isolation():
        with capsys.disabled():
            print(f"\nNOT tested on this machine: {isolation()}.")
        pytest.skip(isolation())
    assert visit["uid"] == UID
    assert visit["network"] is False
    assert visit["refused"] == dict.fromkeys(("/mnt/app", "/mnt/studies", "/", "/var/tmp"), True)
    python = Path(sys.prefix)
    # What lies in /tmp because the project does was not written by the program.
    own = (python, *python.parents)
    written = [Path(one) for one in visit["written"]]
    assert [one for one in written if one not in own and python not in one.parents] == []
