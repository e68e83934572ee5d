"""Which encoding the letters of a text have."""

from __future__ import annotations

import codecs
import re

from data.reading.alphabets import CENTRAL, MIXED, WESTERN, of_one_language
from data.reading.raw import refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Codecs of Python that turn no file into text, or take for ever.
_NO_FILES = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"}
# What West Europeans write; other encodings read as Windows-1252 look otherwise.
_WESTERN = re.compile("[^ -~\\sà-öø-ÿÀ-ÖØ-ÞßŒœŠšŽžŸ°²³µ±×·«»“”„‘’‚–—…€§£©®¹¼½¾¿¡ªº´]")
_RUN = re.compile("[À-ÿ]{3,}")
_OTHERS = ["cp1250", "cp1251", "cp1253", "cp1254", "gb18030", "big5", "cp932", "cp949"]
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
}
PLAIN = "utf-8"


def decoded(raw: bytes, declared: str | None, name: str) -> tuple[str, str]:
    """A text, and a clause about its encoding where that was found and is not UTF-8.

    StudyError if no encoding fits, or the declared one does not.
    """
    if declared is not None:
        return _as_declared(raw, declared, name), ""
    encoding, sure = _encoding(raw)
    text = raw.decode(encoding)
    if encoding in (PLAIN, "utf-8-sig"):
        return text, ""
    example = re.search(r"\w*[^\x00-\x7f]\w*", text)
    like = f", as in “{example[0][:30]}”" if example and encoding.startswith("cp") else ""
    called = _NAMES.get(encoding, encoding)
    if not sure:
        return text, f"its letters are taken for {called}{like}; the key encoding declares another"
    return text, f"its letters are in {called}{like}"


def _as_declared(raw: bytes, declared: str, name: str) -> str:
    try:
        codec = codecs.lookup(declared)
        usable = codec._is_text_encoding and codec.name not in _NO_FILES
    except (LookupError, ValueError):
        usable = False
    if not usable:
        fault = f"there is no encoding “{declared[:40]}”"
        raise refused(name, fault, "Write utf-8, cp1252, utf-16 or another that there is")
    mark = next((mark for mark, encoding in _MARKS if raw.startswith(mark)), None)
    if codec.name == "utf-8" and mark == codecs.BOM_UTF8:
        raw = raw[len(mark) :]
    try:
        return raw.decode(codec.name)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        called = _NAMES.get(codec.name, declared)
        fault = f"the file is not {called} (byte 0x{raw[start]:02x})"
        fix = f"Save it with encoding {called}, or correct the key encoding"
        raise refused(name, fault, fix, raw[:start].count(b"\n") + 1) from None


def _encoding(raw: bytes) -> tuple[str, bool]:
    """The encoding of a text, and whether that is sure."""
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)
    if marked:
        return (marked, True) if _fits(raw, marked) else (_any(raw), False)
    start = raw[:4096]
    if b"\0" in start:
        # Text of two bytes a letter without its mark: English letters leave one of them empty.
        order = "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
        if _fits(raw, order):
            return order, True
    if _fits(raw, PLAIN):
        return PLAIN, True
    if _fits(raw, "cp1252"):
        text = raw.decode("cp1252")
        if of_one_language(text, WESTERN):
            return "cp1252", True
        if of_one_language(text, MIXED):
            return "cp1252", False
    if _fits(raw, "cp1250") and of_one_language(raw.decode("cp1250"), CENTRAL):
        return "cp1250", True
    if _fits(raw, "cp1252"):
        strange = len(_WESTERN.findall(text))
        letters = len(re.findall("[À-ÿ]", text)) + strange
        in_runs = sum(len(run) for run in _RUN.findall(text))
        if not strange and in_runs <= letters / 5:
            return "cp1252", False
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000], cp_isolation=[*_OTHERS, "cp1252"]).best()
    if best and _fits(raw, best.encoding):
        return best.encoding, False
    return _any(raw), False


def _any(raw: bytes) -> str:
    """An encoding that turns every byte into something."""
    return "cp1252" if _fits(raw, "cp1252") else "latin-1"


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeError:
        return False
    return True
