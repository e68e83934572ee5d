"""Starts the server as the image does, asks it everything, and stops it; run as its own program.

    python visit.py plan.json

prints what happened as JSON. It needs nothing but Python, because it runs where the tests and
their libraries are out of reach. Output of the server goes through a pipe: there is no disk.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 60


def ask(port: int, method: str, path: str, body=None) -> dict:
    """One request; a long answer is cut to what a test looks at."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Content-Type": "application/json", "X-Cohort-Explorer": "yes"}
    headers = headers if body is not None else {}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read()
    return {
        "path": path,
        "status": answer.status,
        "size": len(text),
        "text": text[:3000].decode("utf-8", "replace"),
        "failed": b"could not be computed" in text,
    }


def healthy(check: list[str], environ: dict) -> bool:
    return subprocess.run(check, env=environ, stderr=subprocess.DEVNULL).returncode == 0


def refused(path: str) -> bool:
    """Whether the system keeps this program from writing there."""
    try:
        Path(path, "written").write_text("x")
    except OSError:
        return True
    return False


def network() -> bool:
    """Whether there is a way to anywhere else: an address that is never given to anybody."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
    return True


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    environ, folder = plan["environ"], plan["folder"]
    said = {
        "uid": os.getuid(),
        "home": "HOME" in environ,
        "network": network(),
        "refused": {path: refused(path) for path in plan["read_only"]},
    }
    start = time.monotonic()
    server = subprocess.Popen(
        plan["command"], cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        while not healthy(plan["check"], environ):
            if server.poll() is not None or time.monotonic() - start > PATIENCE:
                break
            time.sleep(0.05)
        said["ready"] = time.monotonic() - start
        if server.poll() is None:
            port = int(environ["PORT"])
            said["answers"] = [ask(port, *one) for one in plan["requests"]]
            said["written"] = [str(p) for f in plan["writable"] for p in Path(f).rglob("*")]
    finally:
        server.send_signal(signal.SIGTERM)
        said["log"] = server.communicate(timeout=PATIENCE)[0].decode("utf-8", "replace")
        said["code"] = server.returncode
    print(json.dumps(said))


if __name__ == "__main__":
    main()
