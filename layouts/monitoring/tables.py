"""The tables of the monitoring as HTML: now, the boundary, and how often the rule stops."""

from __future__ import annotations

import numpy as np

from analysis.monitoring import ABOVE
from layouts.charts.swatch import swatch
from layouts.monitoring import numbers
from layouts.monitoring.context import Monitored, MonitoringContext
from layouts.monitoring.options import CUTS
from layouts.monitoring.words import probability_words, verdict
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.theme import Theme
from layouts.shared.words import percent, percent_interval, span

# True rates of which the page tells what the rule does.
TRUE_RATES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def monitoring_side(context: MonitoringContext, theme: Theme) -> str:
    """What the rule says now, and its boundary."""
    if context.obstacle:
        return ""
    return joined(now_table(context, theme), boundary_table(context))


def now_table(context: MonitoringContext, theme: Theme) -> str:
    """Each arm after all of its patients."""
    heads = (
        "Events / n",
        "Rate (95 % CrI)",
        f"P({context.side} {context.options.rate} %)",
        "Rule",
    )
    rows = joined(_row(context, one, theme) for one in context.groups)
    return tag(
        "table",
        tag("caption", "After all patients"),
        tag("thead", tag("tr", tag("td"), [tag("th", head, scope="col") for head in heads])),
        tag("tbody", rows),
        class_="side-table monitoring-now",
    )


def _row(context: MonitoringContext, one: Monitored, theme: Theme) -> str:
    place, beside = one.position, context.across.html
    count = f"{one.share.events}/{one.share.n}"
    next_key, order_key = numbers.predictive(place), numbers.orders(place)
    details = [
        f"Stop after {context.options.after} more patients: "
        f"{probability_words(one.predictive)}"
        f"{context.across.bracket(next_key, probability_words(one.predictive), probability_words)}",
        f"Stop at some look, over all orders: {probability_words(one.orders)}"
        f"{context.across.bracket(order_key, probability_words(one.orders), probability_words)}",
    ]
    first = tag(
        "tr",
        tag(
            "th", swatch(place, theme) if len(context.groups) > 1 else None, one.label, scope="row"
        ),
        tag("td", count, beside(numbers.events(place), f"{one.share.events}", "{:.0f}".format)),
        tag(
            "td",
            tag("b", percent(one.mean) if one.told else "–"),
            BREAK,
            tag("span", f"({percent_interval(one.lower, one.upper)})", class_="interval"),
        ),
        tag(
            "td",
            probability_words(one.probability),
            beside(
                numbers.probability(place),
                probability_words(one.probability),
                probability_words,
            ),
            data_statistic="probability",
        ),
        tag("td", tag("b", verdict(context, one)), data_statistic="verdict"),
    )
    if not one.told:
        return first
    more = tag("td", joined(tag("span", text, class_="detail") for text in details), colspan="5")
    return joined(first, tag("tr", more, class_="more"))


def boundary_steps(context: MonitoringContext) -> list[tuple[int, int, int]]:
    """Looks with one boundary: first and last number of patients, and the events."""
    limits = context.limits
    made: list[list[int]] = []
    for n, events in zip(limits.n[limits.can_stop], limits.events[limits.can_stop], strict=True):
        if made and made[-1][2] == events:
            made[-1][1] = int(n)
        else:
            made.append([int(n), int(n), int(events)])
    return [tuple(one) for one in made]


def boundary_table(context: MonitoringContext) -> str:
    """How many events stop the trial, by how many patients were treated."""
    found = boundary_steps(context)
    word = "or more" if context.limits.stops == ABOVE else "or fewer"
    caption = f"Stop where P is more than {CUTS[context.options.cut]}"
    if not found:
        said = f"No number of events stops a trial of {context.limits.n[-1]} patients."
        return tag("p", said, class_="rail-note")
    rows = joined(
        tag(
            "tr",
            tag("th", f"{first}" if first == last else span(str(first), str(last)), scope="row"),
            tag("td", f"{events} {word}" if events else "0"),
        )
        for first, last, events in found
    )
    head = tag(
        "tr",
        tag("th", "Patients treated", scope="col"),
        tag("th", "Events that stop", scope="col"),
    )
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", head),
            tag("tbody", rows),
            class_="side-table monitoring-boundary",
        ),
        class_="monitoring-limits",
        tabindex="0",
        role="region",
        aria_label="Stopping boundary",
    )


def operating_table(context: MonitoringContext) -> str:
    """How often the rule stops a trial, and after how many patients, for some true rates."""
    if context.obstacle:
        return ""
    found = context.operating
    most = int(context.limits.n[-1])
    rows = joined(
        tag(
            "tr",
            tag("th", percent(rate), scope="row"),
            tag("td", probability_words(stops)),
            tag("td", probability_words(early)),
            tag("td", f"{treated:.1f}"),
            class_="at-reference" if np.isclose(rate, context.rule.reference) else None,
        )
        for rate, stops, early, treated in zip(
            found.rate, found.stops, found.early, found.expected, strict=True
        )
    )
    heads = ("True rate", "P(stop)", "P(stop early)", "Mean patients")
    return tag(
        "table",
        tag("caption", f"What the rule does in a trial of {most} patients, by the true rate"),
        tag("thead", tag("tr", [tag("th", head, scope="col") for head in heads])),
        tag("tbody", rows),
        class_="side-table monitoring-operating",
    )
