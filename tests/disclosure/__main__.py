"""Ten thousand questions to protected studies: ``make disclosure`` (REQUESTS=…)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from data.catalog import load_catalog
from tests.disclosure.attacker import Attacker
from tests.disclosure.guarded import guarded_app

requests = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    app = guarded_app(folder)
    catalog = load_catalog(folder)
    found = []
    for share, study in ((0.8, "guarded"), (0.2, "guarded-nct")):
        one = Attacker(app, catalog.study(study), folder / study)
        one.run(round(requests * share))
        found += one.found
        cohorts = len({rows for known in one.answered.values() for rows in known})
        print(f"{study}: {one.asked} requests, {cohorts} cohorts answered, {len(one.found)} found")
for line in found[:40]:
    print(line)
sys.exit(bool(found))
