"""The results as a page of Markdown."""

from __future__ import annotations

from datetime import date
from statistics import median

from tests.bench.clicks import QUIET, RUNS
from tests.bench.timing import Timing

OURS = "here"
SIZES = (34, 177, 10_000, 1_000_000)
TITLES = {
    "curves": "Kaplan–Meier and log-rank test of 2 groups",
    "screen": "Screen: 25 variables × 3 endpoints",
    "regression": "Cox regression, 5 covariates",
    "permutations": "Permutation tests of the screen, one endpoint",
}
GOALS = {
    ("curves", 1_000_000): 60,
    ("screen", 177): 300,
    ("regression", 34): 25,
    ("regression", 177): 25,
    ("regression", 10_000): 25,
    ("regression", 1_000_000): 18,
}
PAGE_GOALS = {
    "Survival": "≤ 10 ms, with ranges ≤ 30 ms",
    "Subgroups": "with ranges ≤ 300 ms",
    "Response": "≤ 40 ms, with ranges ≤ 120 ms",
    "Dosimetry": "≤ 40 ms",
}
HOW = f"""\
## How

- *{OURS}* is this project; ratios say how many times longer the others take.
- Simulated patients from one seed, follow-up in whole days from 0 to 3650, about nine of ten with
  the event. All get the same patients. Before anything is timed, lifelines must find the same
  log-rank p-values (to 1e-8), coefficients (to 0.001) and medians (but for its missing midpoint
  rule) at 177 patients. What R finds is compared in the tests, not here.
- The contenders take turns within one run of the program, so that a slow moment of the machine
  hits all of them. Given are the median and, in brackets, the extremes of the single runs; ratios
  are of medians. The first run of each only warms up. What takes less than 20 milliseconds runs up
  to 20 times in a turn; what takes more than 5 seconds runs once or twice and has no warm-up.
- The machine is shared: other programs ran beside. Between runs of the program times differed by
  a factor of two, ratios by about a third, which for small cohorts can decide about a goal.
- Cox regressions start from a data frame and include everything. In the other work the times are
  sorted before, and the levels of variables coded, because the dashboard does both once per study
  and every view starts there. *raw times* begins with times not sorted; lifelines and R always do.
- *Kaplan–Meier and log-rank*: curve with 95% limits and median with limits for both groups, and
  the test. Log-log limits, which lifelines has.
- *Screen*: n, events, median and survival at 365 and 730 days with limits for the 68 levels of 25
  variables (2 to 4 levels), for 3 endpoints, and 75 log-rank tests.
- *Cox regression*: Efron's ties, standard errors, Wald limits, the three global tests; lifelines
  with its defaults. lifelines also computes baseline hazards with its fit; this project does not
  need them.
- *Permutations*: raw and Westfall–Young adjusted p-values of 25 variables with a new seed each
  time, by 10,000 permutations up to 2,000 patients and by the limit of their distribution above;
  with a seed seen before, as in the dashboard, the orders of up to about 200 patients are
  remembered and it takes half as long. Neither lifelines nor `survival` has this test; 250,000
  single log-rank tests would take them minutes at the smallest size.
- R runs in a process of its own and times itself; input is loaded before, and each of its times is
  the mean over at least 0.1 seconds.
- Peak memory is the largest resident size of a process that does nothing else, before the work
  (Python, libraries and all columns of the patients) and after it.
- The *callback* is everything the server does for one view of the Survival page: read the request,
  select patients, compute, draw the figure, serialise the answer. *Uncached* starts with nothing
  remembered but the studies.
- *Each page*: the same for the other pages as they open, with one filter on NCT01900002 and two on
  SORAMIC. There every number that the publication does not fix is computed in twenty more data
  sets, for which the goal of a page may be exceeded threefold.
- *From a click*: Chromium at 1440 × 900, both servers under gunicorn with two workers. The bare app
  is one radio button, one callback and one `dcc.Graph` with the two-armed figure of the Survival
  page. They take turns, a click each, {RUNS} of them; the last change is that of any element,
  attribute or text before the page was quiet for {QUIET} ms.
- *From a key*: Chromium at 1920 × 1080, a deck of every page presented from the board. Once it has
  been fetched, each → is timed to the first task after the frame that it changed.
- *Large studies*: a simulated study of 30 variables, 2 arms and 3 endpoints, 5 adverse events a
  patient and at most 500,000, on a server as `make run` starts it, once its workers have loaded
  what they load while they already serve. Each page is asked over HTTP for
  views that nobody has asked for; the median of three. Growth is the slope of log time over log
  patients from 100,000 to a million: 1 grows as the patients. In lifelines the same curves and
  log-rank test of two arms, and one Cox regression, are computed from a data frame.
- *Start, memory and transfer*: the server as `make run` starts it, with two workers and the shipped
  studies. Ready is when `/readyz` answers, counted from the command; the median of five starts and
  the extremes. A page is loaded by Chromium with an empty cache, then once more; its bytes are
  those on the wire, headers included. The first answer is on the screen when the page's sentence
  and numbers are, its figure when plotly has drawn it. Memory is read afterwards.
"""


def page(machine, times, left_out, memory, callbacks, pages, clicks, slides, start, large) -> str:
    """The whole page.

    Parameters
    ----------
    machine : list of str
    times : dict from (work, n) to dict of Timing by contender
    left_out : dict from (work, n, contender) to str
    memory : dict from work to (float, float)
    callbacks : dict from (study, n) to dict of Timing
    pages : dict from (page, study) to Timing
    clicks : dict from str to pair of lists of float
        Milliseconds of a click here and in a bare Dash app.
    slides : list of float
        Milliseconds from a key to the next slide of a deck, painted.
    start : dict from str to str
    large : list of str
        The section about large studies.
    """
    others = [
        name for name in ("lifelines", "R") if any(name in by_name for by_name in times.values())
    ]
    lines = [
        "# Benchmark",
        "",
        f"Written by `make bench` on {date.today().isoformat()}.",
        "",
        *[f"- {line}" for line in machine],
        "",
    ]
    for work, title in TITLES.items():
        lines += ["", f"## {title}", "", *_table(work, others, times, left_out)]
    lines += ["", "## Peak memory at 1,000,000 patients", "", *_memory_table(memory)]
    lines += ["", "## Server time of a Survival callback", "", *_callback_table(callbacks)]
    lines += ["", "## Server time of each page, uncached", "", *_page_table(pages)]
    lines += ["", "## From a click to the last change on the screen", "", *_click_table(clicks)]
    lines += ["", "## From a key to the next slide, painted", "", *_slide_table(slides)]
    lines += ["", "## Start, memory and transfer of the server", ""]
    lines += markdown(["", "measured"], [list(pair) for pair in start.items()])
    return "\n".join([*lines, "", *large, "", HOW])


def _table(work, others, times, left_out):
    raw = ["raw times"] if work == "curves" else []
    compared = [OURS, *raw, *others]
    header = ["patients", *compared, *(f"{name} ÷ {OURS}" for name in others), "goal"]
    rows = []
    for n in SIZES:
        by_name = times.get((work, n), {})
        cells = [
            _span(by_name[name]) if name in by_name else left_out.get((work, n, name), "–")
            for name in compared
        ]
        ratios = [
            f"{by_name[name].median / by_name[OURS].median:.0f}×"
            if OURS in by_name and name in by_name
            else "–"
            for name in others
        ]
        rows.append([f"{n:,}", *cells, *ratios, _goal(work, n)])
    return markdown(header, rows)


def _goal(work, n):
    if (work, n) == ("permutations", 177):
        return "under 0.5 s"
    return f"lifelines ≥ {GOALS[work, n]}×" if (work, n) in GOALS else ""


def _memory_table(memory):
    header = ["work", "process with the patients", "peak", "the work's own"]
    rows = [
        [name, f"{before:,.0f} MB", f"{after:,.0f} MB", f"{after - before:,.0f} MB"]
        for name, (before, after) in memory.items()
    ]
    return markdown(header, rows)


def _callback_table(callbacks):
    header = [
        "study",
        "patients",
        "callback, uncached",
        "goal",
        "the same, remembered",
        "of which curves and test",
        "these in lifelines",
    ]
    rows = [
        [
            study,
            str(n),
            _span(by_name["uncached"]),
            "≤ 10 ms",
            _span(by_name["remembered"]),
            _span(by_name["numbers"]),
            _span(by_name["lifelines"]),
        ]
        for (study, n), by_name in callbacks.items()
    ]
    return markdown(header, rows)


def _page_table(pages):
    studies = list(dict.fromkeys(study for _, study in pages))
    labels = dict.fromkeys(label for label, _ in pages)
    return markdown(
        ["page", *studies, "goal"],
        [
            [label, *(_span(pages[label, study]) for study in studies), PAGE_GOALS.get(label, "")]
            for label in labels
        ],
    )


def _click_table(clicks):
    def spread(times):
        return f"{median(times):.0f} ms ({min(times):.0f}–{max(times):.0f})"

    return markdown(
        ["click", OURS, "a bare Dash app", "ratio", "goal"],
        [
            [name, spread(here), spread(bare), f"{median(here) / median(bare):.1f}×", "≤ 2×"]
            for name, (here, bare) in clicks.items()
        ],
    )


def _slide_table(slides):
    spread = f"{median(slides):.0f} ms ({min(slides):.0f}–{max(slides):.0f})"
    return markdown(
        ["deck", "key to painted", "goal"], [[f"{len(slides) + 1} views", spread, "≤ 100 ms"]]
    )


def markdown(header, rows):
    return [
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def _span(timing: Timing) -> str:
    """Median and extremes in one unit."""
    factor, unit = (1000, "ms") if timing.median < 1 else (1, "s")
    median, low, high = (
        _number(factor * seconds) for seconds in (timing.median, timing.low, timing.high)
    )
    return f"{median} {unit}, one run" if timing.runs == 1 else f"{median} {unit} ({low}–{high})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
