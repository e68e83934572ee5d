"""What the Dockerfile copies is all that the product needs, and it runs as the image runs it.

No container engine is needed: the files that the image would hold are put together as the
Dockerfile says, and its own commands run there, without the rest of the project, with no network,
no home, no right to write and no privilege. Where the machine does not let a test take these
away, it says which of them were not.
"""

from __future__ import annotations

import compileall
import functools
import json
import os
import py_compile
import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from callbacks.pages import PAGES
from tests.fuzz.test_pages import page_body
from tests.studies.edges import write_studies
from tests.views import PANELS

ROOT = Path(__file__).parents[1]
UID = 10001
PORT = 8050


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest), continued lines joined, without comments."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", text)
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def last_stage() -> list[tuple[str, str]]:
    """The instructions that make the image itself."""
    every = instructions()
    start = max(i for i, (name, _) in enumerate(every) if name == "FROM")
    return every[start:]


def only(name: str) -> str:
    (rest,) = (rest for found, rest in last_stage() if found == name)
    return rest


def environment() -> dict[str, str]:
    return dict(part.split("=", 1) for part in shlex.split(only("ENV")))


def health_check() -> list[str]:
    return json.loads(only("HEALTHCHECK").partition("CMD")[2])


def is_ignored(path: Path) -> bool:
    """Whether .dockerignore keeps a file from the builder: the last line that fits decides."""
    names = [str(part) for part in (path, *path.parents)][:-1]
    ignored = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        keeps, pattern = pattern.startswith("!"), pattern.lstrip("!")
        if any(_fits(name, pattern) for name in names):
            ignored = not keeps
    return ignored


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return any(_fits(tail, pattern[3:]) for tail in _tails(name))
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch, parts, wanted))


def _tails(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[i:]) for i in range(len(parts))]


def copied() -> list[Path]:
    """The files of the project that are in the image, relative to its folder."""
    sources = [
        word
        for name, rest in last_stage()
        if name == "COPY" and not rest.startswith("--from")
        for word in rest.split()[:-1]
    ]
    found = []
    for source in sources:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        assert files, f"The Dockerfile copies {source}, which is not there."
        found += [file.relative_to(ROOT) for file in files]
    return [path for path in found if not is_ignored(path)]


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
    assert re.search(r"^    tmpfs:\n      - /tmp:", text, re.M)
    for variable in (
        *("AUTH_HEADER", "TRUSTED_PROXIES", "PASSWORD_HASH"),
        *("ACCESS_FILE", "GROUPS_HEADER", "AUDIT_LOG", "AUDIT_PURPOSE_HEADER"),
    ):
        assert re.search(rf"^      {variable}: \${{{variable}:-}}$", text, re.M)


@functools.cache
def isolation() -> str:
    """Empty if this machine lets a test take privileges away, otherwise why it does not."""
    if os.geteuid() != 0:
        return "the tests do not run as root"
    missing = [tool for tool in ("unshare", "setpriv", "mount", "ip") if not shutil.which(tool)]
    if missing:
        return f"{', '.join(missing)} not found"
    done = subprocess.run(
        ["unshare", "-m", "-n", "--pid", "--fork", "sh", "-c", "mount -o remount,bind,ro /"],
        capture_output=True,
        text=True,
    )
    return done.stderr.strip() if done.returncode else ""


def closed(path: Path) -> Path | None:
    """The uppermost folder on the way to a path that other users may not pass."""
    for folder in [*reversed(path.parents), path]:
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


def closed_room(stage: Path) -> str:
    """A shell script: the tree alone, on a disk that cannot be written, without a network.

    Python and its libraries are kept where they are; the project's folder and any closed folder
    above Python (a home of root) are emptied for the program.
    """
    keep = sorted({Path(sys.prefix), Path(sys.base_prefix)})
    empty = sorted({ROOT, *(folder for path in keep if (folder := closed(path)))})
    empty = [one for one in empty if not any(other in one.parents for other in empty)]
    lines = [
        "set -e",
        "ip link set lo up",
        "mount -t tmpfs -o mode=755 t /mnt",
        "mkdir /mnt/app /mnt/studies /mnt/visit",
    ]
    for name in ("app", "studies", "visit"):
        lines += [f"mount --bind {shlex.quote(str(stage / name))} /mnt/{name}"]
    lines += [
        f"mkdir /mnt/{i} && mount --bind {shlex.quote(str(path))} /mnt/{i}"
        for i, path in enumerate(keep)
    ]
    lines += [f"mount -t tmpfs -o mode=755 t {shlex.quote(str(path))}" for path in empty]
    for i, path in enumerate(keep):
        if any(one in path.parents for one in empty):
            place = shlex.quote(str(path))
            lines += [f"mkdir -p {place} && mount --bind /mnt/{i} {place}"]
    lines += [
        *(f"mount -o remount,bind,ro /mnt/{name}" for name in ("app", "studies", "visit")),
        *(f"mount -o remount,bind,ro {shlex.quote(str(path))}" for path in (*empty, "/mnt", "/")),
        "mount -t tmpfs -o size=16m,mode=1777,noexec,nosuid,nodev t /tmp",
        # A project that lies in /tmp has its Python there; the program may not lose it.
        *(
            f"mkdir -p {shlex.quote(str(path))} && mount --bind /mnt/{i} {shlex.quote(str(path))}"
            for i, path in enumerate(keep)
            if Path("/tmp") in path.parents
        ),
        "mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev t /dev/shm",
        "cd /",
        f"exec setpriv --reuid {UID} --regid {UID} --clear-groups --inh-caps=-all "
        "--bounding-set=-all --no-new-privs env -i "
        f"{shlex.quote(sys.executable)} -I -B /mnt/visit/visit.py /mnt/visit/plan.json",
    ]
    return "\n".join(lines)


def requests(app, studies) -> list:
    """Every page of every study with picture and files, and all that a browser loads for it."""
    index = app.server.test_client().get("/").text
    parts = re.findall(r'(?:src|href)="(/[^"]+)"', index)
    made = [("GET", path) for path in ("/healthz", "/readyz", "/_dash-layout", *parts)]
    made += [("GET", "/_dash-dependencies"), ("GET", "/assets/fonts/inter-latin-wght-normal.woff2")]
    for study in studies:
        search = f"?study={study.id}"
        for page in PAGES:
            made.append(("GET", f"/{page.id}{search}"))
            for what in ("view", "picture"):
                asked = page_body(app, page.id, {"search": search, "wanted": "png"}, what)
                made.append(("POST", "/_dash-update-component", asked))
        asked = page_body(app, "survival", {"search": search, "wanted": "method"}, "drawer")
        made.append(("POST", "/_dash-update-component", asked))
        made += [("GET", f"/download/{panel}.csv{search}") for panel in PANELS]
    return made


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
    shutil.copy(ROOT / "tests" / "container_visit.py", stage / "visit" / "visit.py")
    alone = not isolation()
    place = Path("/mnt") if alone else stage
    libraries = Path(sys.executable).parent
    environ = environment() | {"PORT": str(PORT), "STUDIES_DIR": str(place / "studies")}
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
        command = [
            "unshare",
            "--mount",
            "--net",
            "--pid",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            closed_room(stage),
        ]
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
