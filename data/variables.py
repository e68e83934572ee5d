"""``[[variables]]`` of ``study.toml``: the columns that patients can be filtered or split by."""

from __future__ import annotations

from data.checking.keys import Keys, shown
from data.checking.problems import doubled, use_one_of
from data.checking.slug import slug
from data.coding import Coding
from data.grammar import GRAMMAR
from data.sections.evidence import SOURCES
from data.study import LONGEST_DAYS, Level, LevelGroup, Variable

KINDS = ("categorical", "ordinal", "number")
# More than anybody compares, or a menu can list.
MOST_LEVELS = 200


def _level(entry, reader: Keys) -> Level | None:
    if isinstance(entry, str):
        entry = {"value": entry}
    if not isinstance(entry, dict):
        reader.fault(
            "levels",
            f"the level {shown(entry)} is not a text",
            'Put it in quotes, or write {value = "…"}',
        )
        return None
    inner = Keys(entry, f"{reader.where}.levels", reader.problems)
    value = inner.take("value", str)
    label = inner.take("label", str, value)
    phrase = inner.take("phrase", str, "")
    made = Level(inner.slug("id", slug(label) or slug(value)), value, label, phrase)
    inner.finish()
    return made


def declare_variable(
    reader: Keys, endpoint_ids: tuple[str, ...], reserved: frozenset[str]
) -> Variable:
    """Read one entry.

    Parameters
    ----------
    endpoint_ids : tuple of str
        What ``published`` may name.
    reserved : frozenset of str
        Words that the link grammar uses beside its own.
    """
    column = reader.take("column", str)
    label = reader.take("label", str)
    kind = reader.choice("kind", KINDS)
    variable_id = reader.slug("id", slug(column))
    if variable_id in GRAMMAR | reserved:
        reader.fault("id", f"“{variable_id}” is a word of the link grammar", "Choose another id")
    entries = [_level(entry, reader) for entry in reader.at_most("levels", MOST_LEVELS)]
    levels = tuple(level for level in entries if level)
    cuts = reader.numbers("cuts", MOST_LEVELS)
    _check_levels(reader, kind, levels, cuts)
    per, log = reader.number("per"), reader.take("log", bool, False)
    _check_step(reader, kind, per, log)
    variable = Variable(
        id=variable_id,
        column=column,
        label=label,
        kind=kind,
        group=reader.take("group", str),
        levels=levels,
        level_groups=_level_groups(reader, levels),
        missing=reader.choice("missing", ("exclude", "level"), "exclude"),
        cuts=cuts,
        prespecified=reader.take("prespecified", bool, False),
        published=_published(reader, endpoint_ids),
        after_baseline=reader.take("after_baseline", bool, False),
        landmark_days=reader.whole("landmark_days", None, 1, LONGEST_DAYS),
        meaning=reader.take("meaning", str, ""),
        unit=reader.take("unit", str, ""),
        featured=reader.take("featured", bool, False),
        decimals=reader.whole("decimals", 0, 0, 6),
        per=per,
        log=log,
        source=reader.choice("source", ("", *SOURCES), ""),
        source_note=reader.take("source_note", str, ""),
        coding=_coding(reader, kind),
    )
    reader.finish()
    return variable


def _level_groups(reader: Keys, levels: tuple[Level, ...]) -> tuple[LevelGroup, ...]:
    """``groups``: names for any of several levels."""
    known = [level.id for level in levels]
    made = []
    for label, ids in reader.take("groups", dict, {}).items():
        if not isinstance(ids, list) or any(not isinstance(one, str) for one in ids):
            fix = 'Write it as { "Any hepatitis C" = ["c-only", "b-and-c"] }'
            reader.fault("groups", f"{shown(label)} is not a list of level ids", fix)
            continue
        unknown = [one for one in ids if one not in known]
        if unknown:
            fix = use_one_of(known) if known else "Declare the levels of the variable"
            reader.fault("groups", f"{shown(label)} names no level {shown(unknown[0])}", fix)
        elif not label.strip() or label in [level.label for level in levels]:
            fault = f"{shown(label)} is no name of its own"
            reader.fault("groups", fault, "Give the group a name that no level has")
        elif not 1 < len(set(ids)) < len(known):
            fault = f"{shown(label)} is one level, or all of them"
            reader.fault("groups", fault, "Name two levels or more, and not every one")
        else:
            made.append(LevelGroup(label, tuple(one for one in known if one in ids)))
    return tuple(made)


def _coding(reader: Keys, kind: str) -> Coding:
    recoded, valid = reader.pairs("map"), reader.bounds("valid")
    if valid and kind != "number":
        reader.fault("valid", "only a number has bounds", 'Remove it, or write kind = "number"')
    return Coding(reader.codes("missing_codes"), tuple(recoded.items()), valid)


def _published(reader: Keys, endpoint_ids: tuple[str, ...]) -> tuple[str, ...]:
    published = reader.texts("published", [])
    for endpoint_id in published:
        if endpoint_id not in endpoint_ids:
            reader.fault(
                "published",
                f"there is no endpoint {shown(endpoint_id)}",
                use_one_of(endpoint_ids),
            )
    return published


def _check_step(reader: Keys, kind: str, per: float | None, log: bool) -> None:
    """A step or a logarithm is of a number, and one of them is enough."""
    for key, given in (("per", per is not None), ("log", log)):
        if given and kind != "number":
            reader.fault(
                key, "only a number enters a regression so", 'Remove it, or write kind = "number"'
            )
    if per is not None and log:
        reader.fault("per", "the number is per doubling already", "Remove per or log")


def _check_levels(reader: Keys, kind: str, levels: tuple[Level, ...], cuts) -> None:
    if kind == "number":
        if levels:
            reader.fault("levels", "a number has no levels", "Remove them, or use cuts = [ … ]")
        if list(cuts) != sorted(set(cuts)):
            reader.fault("cuts", "the cuts do not rise", "Write them in rising order")
        return
    if cuts:
        reader.fault("cuts", "only a number has cuts", 'Remove them, or write kind = "number"')
    if not levels and not reader.table.get("levels"):
        reader.fault("levels", "no level is declared", "List every value in clinical order")
    for attribute in ("id", "value"):
        names = [getattr(level, attribute) for level in levels]
        for name in doubled(names):
            fix = 'Give one of them its own: {value = "…", id = "…"}'
            reader.fault("levels", f"two levels share the {attribute} “{name}”", fix)
