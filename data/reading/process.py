"""A process that reads for the server: what it is told, and how much it may take."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What Python needs to start; nothing that the server was told.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "SYSTEMROOT")


def environment() -> dict[str, str]:
    """The environment of such a process."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    # Every thread of a library reserves memory.
    return kept | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}


def hold_back(memory: int, seconds: int) -> None:
    """Take no more than so many bytes and seconds; where the system knows of such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or most <= hard:
            # macOS knows the first of them and does not let it be set.
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (most, hard))
    # Where memory runs out all the same, this process goes, and not the server.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
