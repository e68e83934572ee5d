"""What makes another patient like one, as a study declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from data.window import Window


@dataclass(frozen=True)
class Similar:
    """How patients like a given one are looked for.

    Attributes
    ----------
    order : tuple of str
        Variable ids, the one that is kept longest first.
    windows : mapping of variable id to Window
        How near a number must be.
    endpoint : str
        Id of the endpoint that is shown; empty for the study's first.
    """

    order: tuple[str, ...] = ()
    windows: Mapping[str, Window] = field(default_factory=lambda: MappingProxyType({}))
    endpoint: str = ""
