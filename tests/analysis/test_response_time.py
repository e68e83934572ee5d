"""Time to response among responders, and the groups of a landmark analysis."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.response_time import NOT_YET, RESPONDED, UNKNOWN, cumulative_share, landmark_groups


def test_cumulative_share_by_hand():
    time, share = cumulative_share([3, 1, np.nan, 3, 5])
    assert time.tolist() == [1, 3, 5]
    assert share.tolist() == [0.25, 0.75, 1.0]


def test_no_responder_has_no_curve():
    time, share = cumulative_share([np.nan])
    assert (len(time), len(share)) == (0, 0)


def test_a_response_on_the_landmark_counts_and_a_later_one_does_not():
    groups = landmark_groups([1, 1, 1, 0, 1], [90, 91, 92, np.nan, np.nan], 91)
    assert groups.tolist() == [RESPONDED, RESPONDED, NOT_YET, NOT_YET, UNKNOWN]


def test_a_day_of_somebody_who_never_responded_does_not_count():
    assert landmark_groups([0], [10], 91).tolist() == [NOT_YET]


def test_without_days_the_assessment_counts():
    assert landmark_groups([1, 0], None, 112).tolist() == [RESPONDED, NOT_YET]


DAYS = st.lists(st.tuples(st.booleans(), st.one_of(st.just(np.nan), st.integers(0, 400))))


@given(DAYS, st.integers(1, 400), st.integers(0, 200))
def test_a_later_landmark_loses_no_responder(patients, landmark, more):
    responder = [one[0] for one in patients]
    day = [one[1] for one in patients]
    early = landmark_groups(responder, day, landmark)
    late = landmark_groups(responder, day, landmark + more)
    assert not ((early == RESPONDED) & (late != RESPONDED)).any()
    assert ((early == UNKNOWN) == (late == UNKNOWN)).all()
    assert not ((early == RESPONDED) & ~np.array(responder, bool)).any()
