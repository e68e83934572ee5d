"""What the times were measured on; no names of hosts or folders."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "scipy", "pandas", "lifelines", "dash")


def describe(r_version: str) -> list[str]:
    """One line each: processor, memory, system, languages and libraries."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        f"Processor: {_processor()}, {os.cpu_count()} cores seen, one thread for linear algebra",
        f"Memory: {_memory_gib():.0f} GiB",
        f"System: {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        f"Libraries: {libraries}",
        f"R: {r_version}" if r_version else "R: not there, so its columns are missing",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
