"""What `make warehouse` writes can be opened, and holds the patients that it says."""

from __future__ import annotations

from data.cohort import Cohort
from data.load import load_study
from data.warehouse.question import Question, Who
from data.warehouse.sandbox import write_sandbox
from tests.callbacks.counted.conftest import bare
from tests.callbacks.counted.same import rows_apart
from tests.data.warehouse.test_pages import Held
from tests.shipped import load_catalog

# Files without permutations, of which counts have the limit only.
WITHOUT_CHANCE = (
    ("overview", "baseline.csv"),
    ("overview", "flow.csv"),
    ("survival", "km.csv"),
    ("survival", "survival-summary.csv"),
    ("survival", "logrank.csv"),
    ("arms", "competing.csv"),
    ("arms", "response.csv"),
)


def test_both_studies_open(tmp_path, monkeypatch):
    write_sandbox(tmp_path, 1000, "soramic")
    for name in ("registry", "soramic"):
        monkeypatch.setenv(f"{name.upper()}_URL", f"duckdb://{tmp_path / 'tables' / name}")
    simulated = load_study(tmp_path / "studies" / "registry")
    shipped = load_study(tmp_path / "studies" / "soramic-in-a-database")
    assert (simulated.n, shipped.n) == (1000, 177)
    held = Held(bare(load_catalog().study("soramic")), bare(shipped))
    for page, panel in WITHOUT_CHANCE:
        assert rows_apart(*held.rows(page, "bclc=c", panel)) == [], panel
    for study in (simulated, shipped):
        everybody = Who(Cohort(study.id, study.default_set.id))
        assert study.counted.count(Question(everybody, ((),)))[0].total == study.n
