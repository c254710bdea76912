"""What all panels have: title, description, unit, thresholds, queries."""

from dataclasses import dataclass, field

from grafana_foundation_sdk.builders import prometheus
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import dashboard
from grafana_foundation_sdk.models.prometheus import PromQueryFormat, QueryEditorMode

from .looks import PLAIN

DATASOURCE = dashboard.DataSourceRef(type_val="prometheus", uid="${datasource}")


@dataclass(frozen=True)
class Query:
    """One query of a panel. The legend names its series by their labels, as in {{stream}}."""

    expr: str
    legend: str = ""


@dataclass(frozen=True)
class Face:
    """What a panel says, how large it is, and how it shows numbers."""

    title: str
    description: str
    unit: str
    width: int
    height: int = 8
    thresholds: dashboard.ThresholdsConfig = PLAIN
    mappings: tuple[dashboard.ValueMap, ...] = ()
    decimals: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    no_value: str | None = None
    links: tuple[dashboard.DashboardLink, ...] = ()
    overrides: tuple[dashboard.DashboardFieldConfigSourceOverrides, ...] = field(default=())


def override(matcher: str, options: object, **properties: object) -> dashboard.DashboardFieldConfigSourceOverrides:
    """What some fields look like. A property is named as in Grafana, with __ for a dot."""
    return dashboard.DashboardFieldConfigSourceOverrides(
        matcher=dashboard.MatcherConfig(id_val=matcher, options=options),
        properties=[
            dashboard.DynamicConfigValue(id_val=name.replace("__", "."), value=value)
            for name, value in properties.items()
        ],
    )


def dressed(
    builder: Builder[dashboard.Panel],
    face: Face,
    queries: list[Query],
    color: dashboard.FieldColorModeId = dashboard.FieldColorModeId.THRESHOLDS,
    instant: bool = False,
    table: bool = False,
) -> dashboard.Panel:
    """The panel that a builder for its kind makes, with its face and its queries."""
    panel = builder.build()
    # Without it Grafana takes the panel for one of version 6, and migrates it.
    panel.plugin_version = "10.1.0"
    panel.title = face.title
    panel.description = face.description
    panel.datasource = DATASOURCE
    panel.grid_pos = dashboard.GridPos(w=face.width, h=face.height)
    panel.targets = [
        _target(chr(ord("A") + number), query, instant, table).build() for number, query in enumerate(queries)
    ]
    defaults = panel.field_config.defaults
    defaults.unit = face.unit
    defaults.thresholds = face.thresholds
    defaults.mappings = list(face.mappings)
    defaults.decimals = face.decimals
    defaults.min_val = face.at_least
    defaults.max_val = face.at_most
    defaults.no_value = face.no_value
    defaults.color = dashboard.FieldColor(mode=color)
    if face.links:
        defaults.links = list(face.links)
    panel.field_config.overrides = list(face.overrides)
    return panel


def _target(name: str, query: Query, instant: bool, table: bool) -> prometheus.Dataquery:
    target = prometheus.Dataquery().ref_id(name).expr(query.expr).datasource(DATASOURCE)
    target.editor_mode(QueryEditorMode.CODE).legend_format(query.legend)
    target.format(PromQueryFormat.TABLE if table else PromQueryFormat.TIME_SERIES)
    return target.instant() if instant else target.range()
