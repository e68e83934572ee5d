"""nginx as docs/operations.md sets it up, in front of a real server, without any privilege."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 20
# Whom root becomes.
NOBODY = 65534
USER, PASSWORD = "somebody", "a word"
MISSING = "The test behind a proxy needs nginx: install it, or set NGINX to its path."
AROUND = """daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr warn;
events {{}}
http {{
  access_log off;
  {temporary}
  {server}
}}
"""
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def nginx_path() -> str | None:
    """The program: as named, or where systems keep it."""
    return os.environ.get("NGINX") or shutil.which(
        "nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    )


def example() -> str:
    """The server of docs/operations.md."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    (found,) = re.findall(r"^```nginx\n(.*?)^```$", text, re.M | re.S)
    return found


def on_this_machine(text: str, port: int, behind: str, users: Path) -> str:
    """The example on a port of this machine: without certificates, before another server."""
    changes = {
        r"listen 443 ssl;": f"listen 127.0.0.1:{port};",
        r"ssl_certificate +/certificates/server\.pem;": "",
        r"ssl_certificate_key +/certificates/server\.key;": "",
        r"/certificates/users;": f"{users};",
        r"proxy_pass http://dashboard:8050;": f"proxy_pass {behind};",
    }
    for pattern, now in changes.items():
        text, found = re.subn(pattern, now, text)
        assert found == 1, f"The example in docs/operations.md says “{pattern}” {found} times."
    return text


@contextmanager
def in_front_of(behind: str, port: int) -> Iterator[str]:
    """The address of an nginx before a server; all that it writes lies in one folder."""
    folder = Path(tempfile.mkdtemp(prefix="hcc-nginx-"))
    try:
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        server = on_this_machine(example(), port, behind, folder / "users")
        temporary = "\n  ".join(f"{kind}_temp_path {folder}/{kind};" for kind in KINDS)
        configuration = AROUND.format(folder=folder, temporary=temporary, server=server)
        (folder / "nginx.conf").write_text(configuration)
        nobody = {}
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        with (folder / "log").open("w") as log:
            command = [nginx_path(), "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]
            process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd="/", env={"PATH": os.environ["PATH"]}, **nobody
            )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(process, address, folder / "log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)
    finally:
        shutil.rmtree(folder)


def _wait(process: subprocess.Popen, address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"nginx does not answer:\n{log.read_text()}") from None
            time.sleep(0.05)
