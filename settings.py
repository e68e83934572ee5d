"""What an administrator can set, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Configuration of one server.

    Attributes
    ----------
    host, port : str, int
        Where the server listens.
    studies_dir : Path or None
        Folder with further studies; None for the shipped ones only.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    studies_dir: Path | None = None


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read ``HOST``, ``PORT`` and ``STUDIES_DIR``.

    Raises
    ------
    ValueError
        If ``PORT`` is no port number; the sentence names the variable and the fix.
    """
    port = environ.get("PORT", "").strip() or str(Settings.port)
    if not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise ValueError(f"PORT is “{port}”. Set it to a number from 1 to 65535.")
    folder = environ.get("STUDIES_DIR", "").strip()
    return Settings(
        host=environ.get("HOST", "").strip() or Settings.host,
        port=int(port),
        studies_dir=Path(folder) if folder else None,
    )
