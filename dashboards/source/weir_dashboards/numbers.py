"""Panels of present numbers."""

from grafana_foundation_sdk.builders import bargauge, stat
from grafana_foundation_sdk.builders import common as builders
from grafana_foundation_sdk.models import common, dashboard

from .panel import Face, Query, dressed


def _last() -> builders.ReduceDataOptions:
    return builders.ReduceDataOptions().values(False).calcs(["lastNotNull"]).fields("")


def number(face: Face, *queries: Query) -> dashboard.Panel:
    """Large numbers, each with its name where there are several; asked for now, so that none is an old one."""
    several = len(queries) > 1
    builder = (
        stat.Panel()
        .graph_mode(common.BigValueGraphMode.NONE)
        .color_mode(common.BigValueColorMode.BACKGROUND if not several else common.BigValueColorMode.VALUE)
        .justify_mode(common.BigValueJustifyMode.AUTO)
        .text_mode(common.BigValueTextMode.VALUE_AND_NAME if several else common.BigValueTextMode.VALUE)
        .orientation(common.VizOrientation.AUTO)
        .reduce_options(_last())
    )
    return dressed(builder, face, list(queries), instant=True)


def bars(face: Face, query: Query) -> dashboard.Panel:
    """A bar for each series, the longest first as the query sorts them."""
    builder = (
        bargauge.Panel()
        .display_mode(common.BarGaugeDisplayMode.BASIC)
        .value_mode(common.BarGaugeValueMode.COLOR)
        .orientation(common.VizOrientation.HORIZONTAL)
        .show_unfilled(True)
        .min_viz_height(16)
        .min_viz_width(8)
        .reduce_options(_last())
    )
    return dressed(builder, face, [query], instant=True)
