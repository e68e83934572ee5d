"""Inputs that several pages share; each writes its value into the link under its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import dcc, html

from data.address import View
from data.study import Study


def control_id(name: str, part: str) -> dict:
    """The id of an input whose value stands in the link under ``name``."""
    return {"type": "control", "name": name, "part": part}


def endpoint_control(study: Study, view: View) -> html.Div:
    """The switch between the study's endpoints."""
    return html.Div(
        dmc.SegmentedControl(
            id=control_id("endpoint", "value"),
            data=[{"value": e.id, "label": e.label} for e in study.endpoints],
            value=view.endpoint,
            size="sm",
            transitionDuration=0,
            **{"aria-label": "Endpoint"},
        ),
        className="scroll-x endpoints",
        title=endpoint_meanings(study),
    )


def endpoint_meanings(study: Study) -> str:
    """What the labels of the endpoints stand for, one a line; for the pointer upon them."""
    return "\n".join(f"{one.label}: {one.name}" for one in study.endpoints)


def labelled_select(
    label: str, name: str, choices: Mapping[str, str], value: str, *, inside: bool = False
) -> html.Label | html.Div:
    """A choice among a few words with its label before it.

    Parameters
    ----------
    choices : mapping of value to words
    inside : bool
        Within the options, where the label stands above.
    """
    select = dmc.Select(
        id=control_id(name, "value"),
        data=[{"value": key, "label": words} for key, words in choices.items()],
        value=value,
        allowDeselect=False,
        size="xs" if inside else "sm",
        className="" if inside else "choice",
        comboboxProps={"withinPortal": not inside},
        **{"aria-label": label},
    )
    if inside:
        return html.Div([html.Span(label, className="field-label"), select])
    return html.Label([label, select], className="inline-label")


def options_popover(fields: list) -> dmc.Popover:
    """The "Options" button with what stands behind it."""
    return dmc.Popover(
        [
            dmc.PopoverTarget(
                html.Button(
                    "Options",
                    className="quiet-link",
                    id="options-button",
                    **{"aria-haspopup": "dialog"},
                )
            ),
            dmc.PopoverDropdown(
                html.Div(fields, className="options", role="dialog", **{"aria-label": "Options"})
            ),
        ],
        width=340,
        position="bottom-end",
        shadow="none",
        # The roles would stand on a wrapper that is no button; the button says it itself.
        withRoles=False,
        trapFocus=True,
        returnFocus=True,
    )


def segmented(label: str, name: str, choices: Sequence, value: str) -> html.Div:
    """A choice among two or three words, all of them visible."""
    data = [
        {"value": c, "label": c} if isinstance(c, str) else {"value": c[0], "label": c[1]}
        for c in choices
    ]
    return html.Div(
        [
            html.Span(label, className="field-label"),
            dmc.SegmentedControl(
                id=control_id(name, "value"),
                data=data,
                value=value,
                size="xs",
                fullWidth=True,
                transitionDuration=0,
                **{"aria-label": label},
            ),
        ]
    )


@dataclass(frozen=True)
class ExportIds:
    """The ids of the buttons that save a page's figure, and of what they fill."""

    buttons: str
    svg: str
    png: str
    store: str


def export_ids(page_id: str) -> ExportIds:
    """The ids for the figure of a page."""
    names = ("exports", "svg", "png", "exported")
    return ExportIds(*(f"{page_id}-{name}" for name in names))


def export_buttons(page_id: str, places: Iterable[str] = ()) -> html.Span:
    """Buttons that save the figure of a page with all that a reader of it must know.

    Parameters
    ----------
    places : iterable of str
        The ids of the elements whose tables are saved where there is no figure. The buttons are
        shown when there is something to save; see assets/save.js.
    """
    ids = export_ids(page_id)
    return html.Span(
        [
            "Figure: ",
            html.Button("SVG", id=ids.svg, className="link"),
            html.Button("PNG", id=ids.png, className="link"),
            dcc.Store(id=ids.store),
        ],
        id=ids.buttons,
        className="export-buttons",
        hidden=True,
        **{"data-places": " ".join(places)},
    )
