"""A dashboard from its rows."""

from dataclasses import dataclass

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import dashboard

from .links import OPERATIONS, OVERVIEW, STREAM, to_dashboard
from .variables import About, variables

_TITLES = {OVERVIEW: "weir: overview", STREAM: "weir: stream", OPERATIONS: "weir: operations"}
_COLUMNS = 24


@dataclass(frozen=True)
class Row:
    """A heading, and panels that fill lines of 24 columns from left to right."""

    title: str
    panels: list[dashboard.Panel]


def sheet(uid: str, description: str, about: About, rows: list[Row]) -> dashboard.Dashboard:
    made = (
        builders.Dashboard(_TITLES[uid])
        .uid(uid)
        .description(description)
        .tags(["redis", "weir"])
        .readonly()
        .timezone("browser")
        .tooltip(dashboard.DashboardCursorSync.CROSSHAIR)
        .time("now-1h", "now")
        .refresh("30s")
        .version(1)
        .variables(variables(about))
        .build()
    )
    made.links = [to_dashboard(other, title) for other, title in _TITLES.items() if other != uid]
    made.panels = _laid_out(rows)
    return made


def _laid_out(rows: list[Row]) -> list[dashboard.Panel | dashboard.RowPanel]:
    """Everything at its place, numbered from 1."""
    laid: list[dashboard.Panel | dashboard.RowPanel] = []
    y = 0
    for row in rows:
        heading = dashboard.GridPos(x=0, y=y, w=_COLUMNS, h=1)
        laid.append(dashboard.RowPanel(title=row.title, grid_pos=heading, id_val=len(laid) + 1))
        x, y, height = 0, y + 1, 0
        for panel in row.panels:
            place = panel.grid_pos or dashboard.GridPos()
            if x + place.w > _COLUMNS:
                x, y, height = 0, y + height, 0
            place.x, place.y = x, y
            x, height = x + place.w, max(height, place.h)
            panel.id_val = len(laid) + 1
            laid.append(panel)
        y += height
    return laid
