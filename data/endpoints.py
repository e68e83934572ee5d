"""``[[endpoints]]`` of ``study.toml``: what is counted, and from which cells."""

from __future__ import annotations

from collections.abc import Mapping

from data.checking.keys import Keys, shown
from data.checking.problems import use_one_of
from data.outcomes import CENSORED, DAYS_PER_UNIT, EVENT, Timing
from data.study import Endpoint


def declare_endpoints(
    top: Keys, of_causes: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Endpoint, ...]:
    """Read every endpoint; a study has at least one.

    Parameters
    ----------
    of_causes : mapping of endpoint id to tuple of str, optional
        Cells that stand for some cause of its event.
    """
    entries = top.tables("endpoints")
    if not entries:
        top.fault("endpoints", "no endpoint is declared", "Add at least one [[endpoints]]")
    endpoints = tuple(_endpoint(entry, of_causes or {}) for entry in entries)
    own = tuple(one.id for one in endpoints if not one.timing.first_of)
    for entry, endpoint in zip(entries, endpoints, strict=True):
        parts = endpoint.timing.first_of
        for name in parts:
            if name not in own:
                fault = f"there is no endpoint {shown(name)} with columns of its own"
                entry.fault("first_of", fault, use_one_of(own))
        if len(set(parts)) == 1:
            entry.fault("first_of", "one endpoint has no first", "Name two endpoints or more")
    return endpoints


def _endpoint(reader: Keys, of_causes: Mapping[str, tuple[str, ...]]) -> Endpoint:
    endpoint_id = reader.slug("id")
    label = reader.take("label", str)
    name = reader.take("name", str)
    event_name = reader.take("event_name", str)
    time, event, timing = _timing(reader, of_causes.get(endpoint_id, ()))
    endpoint = Endpoint(
        id=endpoint_id,
        label=label,
        name=name,
        event_name=event_name,
        time_column=time,
        event_column=event,
        curve=reader.take("curve", str, name),
        origin=reader.take("origin", str, "the start"),
        population=reader.take("population", str, ""),
        competing=reader.take("competing", str, ""),
        later_origin=reader.take("later_origin", bool, False),
        context=reader.take("context", str, ""),
        primary=reader.take("primary", bool, False),
        timing=timing,
    )
    reader.finish()
    return endpoint


def _timing(reader: Keys, of_causes: tuple[str, ...]) -> tuple[str, str, Timing]:
    """Columns of times and of events, and how they are read: one of four ways."""
    if "first_of" in reader.table:
        _only(reader, "first_of", ("time", "event", "unit", "start", "end", "event_date"))
        return "", "", Timing(first_of=reader.texts("first_of"))
    codes = reader.codes("missing_codes")
    if "start" not in reader.table:
        time, event = reader.take("time", str), reader.take("event", str)
        unit = reader.choice("unit", ("", *DAYS_PER_UNIT), "")
        return time, event, Timing(unit, *_values(reader, of_causes), missing_codes=codes)
    start = reader.take("start", str)
    _only(reader, "start", ("time", "unit"))
    if "event_date" in reader.table:
        _only(reader, "event_date", ("event", "end", "event_values", "censored_values"))
        dates = _columns(reader, "event_date")
        last = reader.take("last_contact", str)
        timing = Timing(start=start, event_dates=dates, missing_codes=codes)
        return last, next(iter(dates), ""), timing
    end, event = reader.take("end", str), reader.take("event", str)
    timing = Timing("", *_values(reader, of_causes), start=start, missing_codes=codes)
    return end, event, timing


def _values(reader: Keys, of_causes: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands for an event and for a censored patient; 1 and 0 where neither is declared."""
    events, censored = reader.codes("event_values"), reader.codes("censored_values")
    if of_causes and events and set(events) != set(of_causes):
        fault = "these are not the values of its causes"
        reader.fault("event_values", fault, "Leave it out: every value of a cause is an event")
    events = events or of_causes
    if not events and not censored:
        return (EVENT,), (CENSORED,)
    both = sorted(set(events) & set(censored))
    if both:
        fault = f"{shown(both[0])} stands for an event and for a censored patient"
        reader.fault("censored_values", fault, "Take it out of one of the two lists")
    return events, censored


def _columns(reader: Keys, key: str) -> tuple[str, ...]:
    """One column or a list of columns."""
    if isinstance(reader.table.get(key), list):
        return reader.texts(key)
    return (reader.take(key, str),)


def _only(reader: Keys, key: str, others: tuple[str, ...]) -> None:
    """Keys that mean nothing beside another one."""
    for other in others:
        if other in reader.table:
            reader.seen.add(other)
            reader.fault(other, f"the key has no meaning beside {key}", "Remove one of the two")
