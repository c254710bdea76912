"""Panels of rows and columns."""

from dataclasses import dataclass

from grafana_foundation_sdk.builders import common as builders
from grafana_foundation_sdk.builders import table as table_builder
from grafana_foundation_sdk.models import dashboard

from .looks import NEUTRAL
from .panel import Face, Query, dressed, override


@dataclass(frozen=True)
class Label:
    """A column that holds a label, and where a click on it leads."""

    name: str
    title: str
    link_title: str = ""
    link: str = ""


@dataclass(frozen=True)
class Value:
    """A column that holds the value of a query."""

    title: str
    expr: str
    unit: str
    thresholds: dashboard.ThresholdsConfig = NEUTRAL
    mapping: dashboard.ValueMap | None = None


@dataclass(frozen=True)
class Hidden:
    """A query whose labels make columns, and whose value says nothing."""

    expr: str


def table(
    face: Face, labels: list[Label], values: list[Value | Hidden], sort_by: str, descending: bool = True
) -> dashboard.Panel:
    """One row for each set of labels, with a column for each of them and for the value of each query."""
    queries = [Query(value.expr) for value in values]
    # Grafana calls the value so where there is one query, and adds the query's name where there are several.
    fields = ["Value"] if len(values) == 1 else [f"Value #{chr(ord('A') + place)}" for place in range(len(values))]
    shown = {name: value for name, value in zip(fields, values, strict=True) if isinstance(value, Value)}
    titles = {label.name: label.title for label in labels} | {name: value.title for name, value in shown.items()}
    builder = (
        table_builder.Panel()
        .show_header(True)
        .sort_by([builders.TableSortByFieldState().display_name(sort_by).desc(descending)])
    )
    panel = dressed(builder, face, queries, instant=True, table=True)
    panel.transformations = [
        dashboard.DataTransformerConfig(id_val="merge", options={}),
        dashboard.DataTransformerConfig(
            id_val="organize",
            options={
                "excludeByName": {"Time": True} | {name: True for name in fields if name not in shown},
                "indexByName": {name: place for place, name in enumerate(titles)},
                "renameByName": titles,
            },
        ),
    ]
    panel.field_config.defaults.custom = {"align": "auto", "cellOptions": {"type": "auto"}, "filterable": True}
    panel.field_config.overrides = [
        *(_link(label) for label in labels if label.link),
        *(_look(value) for value in shown.values()),
        *panel.field_config.overrides,
    ]
    return panel


def _link(label: Label) -> dashboard.DashboardFieldConfigSourceOverrides:
    return override("byName", label.title, links=[{"title": label.link_title, "url": label.link}])


def _look(value: Value) -> dashboard.DashboardFieldConfigSourceOverrides:
    properties: dict[str, object] = {"unit": value.unit, "thresholds": value.thresholds}
    if value.mapping is not None:
        properties |= {"mappings": [value.mapping], "custom__cellOptions": {"type": "color-background"}}
    elif len(value.thresholds.steps) > 1:
        properties |= {"custom__cellOptions": {"type": "color-text"}}
    return override("byName", value.title, **properties)
