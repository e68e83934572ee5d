"""What is handed from one process to another: pickles with their length in front.

Both ends are this program. What foreign libraries read comes from a further process, and as text
(`data.reading.apart`), so that no library writes what is unpickled here.
"""

from __future__ import annotations

import io
import pickle
import struct
from types import MappingProxyType
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<Q")


class _Pickler(pickle.Pickler):
    """Knows the read-only mappings of a study, which Python does not pickle by itself."""

    def reducer_override(self, value):
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(value: dict) -> MappingProxyType:
    return MappingProxyType(value)


def packed(value: Any) -> bytes:
    """A value as bytes. Arrays that cannot be written to stay so."""
    out = io.BytesIO()
    _Pickler(out, protocol=5).dump(value)
    return out.getvalue()


def unpacked(raw: bytes) -> Any:
    """The value of such bytes."""
    return pickle.loads(raw)


def send(out: BinaryIO, raw: bytes) -> None:
    """Write bytes with their length in front."""
    out.write(_LENGTH.pack(len(raw)))
    out.write(raw)
    out.flush()


def receive(source: BinaryIO) -> bytes | None:
    """The next bytes; None at the end. EOFError where it is in the middle."""
    head = source.read(_LENGTH.size)
    if not head:
        return None
    (length,) = _LENGTH.unpack(head.ljust(_LENGTH.size, b"\0"))
    raw = source.read(length)
    if len(head) < _LENGTH.size or len(raw) < length:
        raise EOFError("the answer breaks off")
    return raw
