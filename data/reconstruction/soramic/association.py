"""How many responders a characteristic may have and still be unrelated to response."""

from __future__ import annotations

import numpy as np
from scipy.stats import chi2_contingency, fisher_exact


def unrelated(total: int, responders: int, with_label: int, least: float) -> tuple[int, int]:
    """Fewest and most responders among patients with a label for which p stays above `least`.

    Both the chi-square test without continuity correction and Fisher's exact test must stay
    above, whichever the paper used.

    Parameters
    ----------
    total, responders : int
        Patients with a known label, and how many of them responded.
    with_label : int
        Patients with the label.
    """
    fitting = []
    for count in range(max(0, with_label - (total - responders)), min(with_label, responders) + 1):
        table = np.array(
            [
                [count, with_label - count],
                [responders - count, total - responders - with_label + count],
            ]
        )
        smaller = min(chi2_contingency(table, correction=False).pvalue, fisher_exact(table).pvalue)
        if smaller > least:
            fitting.append(count)
    return fitting[0], fitting[-1]
