"""A hundred thousand patients for each one: nobody is written out, and shares stay the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from numpy.testing import assert_allclose

from callbacks.memory import Memory
from data.address import default_view
from data.study import Study
from data.warehouse.counts import Counted, Counts
from tests.views import BY_ID

TIMES = 100_000


@dataclass(frozen=True, eq=False)
class Many:
    """What a study answers, of so many more patients."""

    few: Counted

    def __getattr__(self, name: str):
        return getattr(self.few, name)

    @property
    def n(self) -> int:
        return TIMES * self.few.n

    def count(self, question) -> tuple[Counts, ...]:
        return tuple(
            replace(
                one,
                n=one.n * TIMES,
                sums={names: total * TIMES for names, total in one.sums.items()},
                sum_counts={names: n * TIMES for names, n in one.sum_counts.items()},
            )
            for one in self.few.count(question)
        )


@pytest.fixture(scope="module")
def results(two_arms):
    few = two_arms.studies[1]
    studies = (few, replace(few, counted=Many(few.counted)))

    def made(page: str, **options: str) -> list:
        return [_context(study, page, options) for study in studies]

    return made


def _context(study: Study, page: str, options: dict[str, str]):
    served = BY_ID[page]
    view = default_view(study, page).with_options(**options)
    read, notes = served.page.read_options(study, view)
    assert not notes
    context = served.asked_of(study)(Memory((study,)), study, view, read)
    assert served.words(context).sentence
    return context.result


def test_curves(results):
    few, many = results("survival")
    assert many.n == TIMES * few.n
    for one, other in zip(few.groups, many.groups, strict=True):
        assert_allclose(other.curve.survival, one.curve.survival)
        assert other.median.value == one.median.value


def test_the_effect(results):
    few, many = results("arms")
    assert_allclose(many.cox.coef, few.cox.coef, atol=0.01)
    assert many.cox.n_events == TIMES * few.cox.n_events
    assert_allclose(many.restricted_mean.value, few.restricted_mean.value)


def test_balance_and_models(results):
    few, many = results("arms", show="balance", adjust="stage,site", stratify="marker")
    for one, other in zip(few.balances, many.balances, strict=True):
        assert_allclose(other.mean, one.mean)
        assert other.n.tolist() == (one.n * TIMES).tolist()
    assert_allclose(many.adjusted.adjusted.coef, few.adjusted.adjusted.coef, atol=0.05)


def test_subgroups(results):
    few, many = results("subgroups")
    assert_allclose(many.screen.survival, few.screen.survival)
    assert many.screen.n.tolist() == (few.screen.n * TIMES).tolist()
    assert many.found >= few.found


def test_factors(results):
    few, many = results("prognostic", model="stage,sex")
    assert_allclose(many.multivariable.coef, few.multivariable.coef, atol=0.05)
    assert_allclose(many.multivariable.concordance, few.multivariable.concordance, atol=0.01)
