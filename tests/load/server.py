"""The dashboard as a hospital serves it: gunicorn with its own settings, on a port of ours."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 120
SHOWN_IN_A_ROW = 20


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """A server from entering to leaving a ``with``.

    Parameters
    ----------
    studies_dir : Path or None
        Folder with further studies.
    no_disk : bool
        Nothing can be written, as on a full disk: every file may have 0 bytes, and there is no
        folder for temporary files.
    log : Path or None
        File for what the server says; None to let it through.
    """

    def __init__(self, studies_dir: Path | None = None, no_disk: bool = False, log=None):
        self.port = free_port()
        self._no_disk, self._log = no_disk, log
        self._environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self._environment.pop("STUDIES_DIR", None)
        if studies_dir is not None:
            self._environment["STUDIES_DIR"] = str(studies_dir)
        if no_disk:
            self._environment |= {"TMPDIR": "/nowhere", "HOME": "/nowhere"}

    def __enter__(self) -> Server:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:server"],
            cwd=ROOT,
            env=self._environment,
            stdout=self._log or subprocess.DEVNULL,
            stderr=self._log or None,
            preexec_fn=_write_nothing if self._no_disk else None,
        )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self) -> None:
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError("The server did not start; see what it says above.")
            with socket.socket() as client:
                if not client.connect_ex(("127.0.0.1", self.port)) and self.workers():
                    return
            time.sleep(0.1)
        raise RuntimeError(f"The server did not listen within {SECONDS_TO_START} seconds.")

    def until_shown(self, study: str) -> None:
        """Wait until all workers show a study, which is read while they serve others, and rest."""
        in_a_row, end = 0, time.monotonic() + SECONDS_TO_START
        while in_a_row < SHOWN_IN_A_ROW:
            if time.monotonic() > end:
                raise RuntimeError(f"{study} is not shown within {SECONDS_TO_START} seconds.")
            # A connection of its own each time, so that it is another worker's turn.
            client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_START)
            client.request("GET", f"/words/survival?study={study}")
            in_a_row = in_a_row + 1 if client.getresponse().status == 200 else 0
            client.close()
            time.sleep(0.1)
        self.until_rested()

    def until_rested(self) -> None:
        """Wait until the workers have loaded what they load after they began to serve."""
        end, before = time.monotonic() + SECONDS_TO_START, -1.0
        while time.monotonic() < end and self.seconds_worked() - before > 0.05:
            before = self.seconds_worked()
            time.sleep(0.5)

    def workers(self) -> list[int]:
        """Process ids of the workers that run now."""
        parent = self._process.pid
        found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [int(one) for one in found if _state(int(one)) not in ("", "Z")]

    def kill_worker(self) -> int:
        """End a worker without any warning, as the kernel does when memory is short."""
        pid = self.workers()[0]
        os.kill(pid, signal.SIGKILL)
        return pid

    def memory(self) -> float:
        """Memory of the parent and all workers in MB; what they share counts once."""
        return sum(map(_megabytes, (self._process.pid, *self.workers())))

    def seconds_worked(self) -> float:
        """Processor time of the workers that run now, in seconds."""
        return sum(map(_seconds, self.workers()))


def _write_nothing() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        # What read a study has ended meanwhile, and holds nothing.
        return 0.0
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("Pss:"))
    return int(kilobytes) / 1024


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
