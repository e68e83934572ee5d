"""``make slides``: every part of every page of the shipped studies as slides, and as pictures.

The deck and the document are written into a folder and drawn with LibreOffice; what stands outside
a slide or on something else is listed, and ends in a failure. The pictures are to be looked at.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from callbacks.memory import Memory
from callbacks.pages import OPTION_NAMES, SERVED
from callbacks.slides.making import Asked, Maker
from layouts.office.deck import deck
from layouts.office.document import document
from tests.callbacks.slides.reading import faults, slides_of
from tests.shipped import load_catalog

PARTS = {
    "survival": ("", "by=arm", "curve=incidence"),
    "arms": (
        "",
        "show=balance",
        "show=adjusted",
        "show=time",
        "show=competing",
        "show=response",
        "show=power",
    ),
    "subgroups": ("", "show=medians"),
    "response": ("", "view=depth", "view=course", "view=by", "view=landmark"),
    "dosimetry": ("", "view=response", "view=survival", "view=toxicity"),
    "evidence": ("", "view=disagreements"),
}


def main(folder: Path) -> int:
    """Write and draw them; how many faults there are."""
    folder.mkdir(parents=True, exist_ok=True)
    catalog = load_catalog()
    pages = {one.page.id: one for one in SERVED}
    maker = Maker(catalog, Memory(catalog.studies), pages, OPTION_NAMES)
    found = 0
    for study in catalog.studies:
        views = [
            Asked(f"/{page}", f"?study={study.id}{f'&{part}' if part else ''}", "", "", "")
            for page in pages
            for part in PARTS.get(page, ("",))
        ]
        slides = [maker.slide(one) for one in views]
        start = time.perf_counter()
        raw = deck(slides, study.title)
        took = time.perf_counter() - start
        print(f"{study.id}: {len(slides)} slides, {took:.1f} s, {len(raw) // 1024} KB")
        (folder / f"{study.id}.pptx").write_bytes(raw)
        (folder / f"{study.id}.docx").write_bytes(document(slides, study.title))
        for one, slide in zip(views, slides_of(raw), strict=True):
            for fault in faults(slide):
                found += 1
                print(f"  {one.path}{one.query}: {fault}")
        for kind in ("pptx", "docx"):
            _draw(folder / f"{study.id}.{kind}")
    return found


def _draw(file: Path) -> None:
    """A PDF beside the file, and a picture of each of its pages."""
    office, pictures = shutil.which("soffice"), shutil.which("pdftoppm")
    if not office or not pictures:
        print("  not drawn: that needs LibreOffice (soffice) and poppler-utils (pdftoppm)")
        return
    folder = file.parent / f"{file.stem}-{file.suffix[1:]}"
    folder.mkdir(exist_ok=True)
    convert = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(convert, check=True, capture_output=True)
    pdf = folder / f"{file.stem}.pdf"
    subprocess.run([pictures, "-r", "72", "-png", str(pdf), str(folder / "page")], check=True)


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
