"""What a picture that the server has drawn holds: its words, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from layouts.tables.text_width import text_width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """A text with the pixels that it covers, by the widths of its letters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def texts(svg: str) -> list[Box]:
    """Every text of a picture; what is no XML fails."""
    return [_box(one) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def words(svg: str) -> str:
    """All words of a picture, lines joined by blanks."""
    return " ".join(" ".join(box.text for box in texts(svg)).replace("\u00a0", " ").split())


def _box(text: ElementTree.Element) -> Box:
    parts = [
        (one.text or "", float(one.get("font-size")), one.get("font-weight") is not None)
        for one in text.iter(f"{SVG}tspan")
    ]
    width = sum(text_width(said, size, bold=bold) for said, size, bold in parts)
    size = max(size for _, size, _ in parts)
    x, y = float(text.get("x")), float(text.get("y"))
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
    said = "".join(part for part, _, _ in parts)
    # From the top of a capital to the bottom of a "p".
    return Box(said, left, left + width, y - 0.73 * size, y + 0.22 * size)


def overlapping(svg: str) -> list[tuple[str, str]]:
    """Texts that lie upon each other, in pairs."""
    boxes = sorted(texts(svg), key=lambda box: box.top)
    found = []
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            if other.top >= one.bottom:
                break
            if one.left < other.right and other.left < one.right:
                found.append((one.text, other.text))
    return found


def beyond(svg: str) -> list[str]:
    """Texts that leave the picture."""
    root = ElementTree.fromstring(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    return [
        box.text
        for box in texts(svg)
        if box.left < 0 or box.right > width or box.top < 0 or box.bottom > height
    ]
