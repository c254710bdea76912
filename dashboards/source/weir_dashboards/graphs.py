"""Panels over time."""

from grafana_foundation_sdk.builders import common as builders
from grafana_foundation_sdk.builders import statetimeline, timeseries
from grafana_foundation_sdk.models import common, dashboard
from grafana_foundation_sdk.models.dashboard import FieldColorModeId

from .panel import Face, Query, dressed, override

# For the bounds of an estimate, and for limits.
DASHED = {"custom__lineStyle": {"dash": [4, 6], "fill": "dash"}, "color": {"mode": "fixed", "fixedColor": "text"}}


def dashed(*queries: str) -> tuple[dashboard.DashboardFieldConfigSourceOverrides, ...]:
    """Dashed lines for the series of some queries, A being the first."""
    return tuple(override("byFrameRefID", name, **DASHED) for name in queries)


def colored(*colors: tuple[str, str]) -> tuple[dashboard.DashboardFieldConfigSourceOverrides, ...]:
    """A colour for each series whose legend ends in a word."""
    return tuple(
        override("byRegexp", f"/(^|.* ){name}$/", color={"mode": "fixed", "fixedColor": color})
        for name, color in colors
    )


def graph(face: Face, *queries: Query, lines: bool = True, stacked: bool = False) -> dashboard.Panel:
    """Lines, or bars for what was counted, under each other or stacked. What is absent is a gap."""
    has_limits = len(face.thresholds.steps) > 1
    builder = (
        timeseries.Panel()
        .draw_style(common.GraphDrawStyle.LINE if lines else common.GraphDrawStyle.BARS)
        .line_width(1)
        .fill_opacity(40 if stacked or not lines else 0)
        .show_points(common.VisibilityMode.AUTO)
        .span_nulls(False)
        .stacking(builders.StackingConfig().mode(common.StackingMode.NORMAL if stacked else common.StackingMode.NONE))
        .thresholds_style(
            builders.GraphThresholdsStyleConfig().mode(
                common.GraphTresholdsStyleMode.DASHED if has_limits else common.GraphTresholdsStyleMode.OFF
            )
        )
        .legend(
            builders.VizLegendOptions()
            .display_mode(common.LegendDisplayMode.TABLE)
            .placement(common.LegendPlacement.BOTTOM)
            .show_legend(True)
            .calcs(["lastNotNull", "max"])
            .sort_by("Last *")
            .sort_desc(True)
        )
        .tooltip(builders.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI).sort(common.SortOrder.DESCENDING))
    )
    panel = dressed(builder, face, list(queries), FieldColorModeId.PALETTE_CLASSIC)
    if face.at_least is None:
        panel.field_config.defaults.min_val = 0
    return panel


def timeline(face: Face, *queries: Query) -> dashboard.Panel:
    """States over time: a line for each series, coloured by what its numbers mean."""
    builder = (
        statetimeline.Panel()
        .show_value(common.VisibilityMode.AUTO)
        .merge_values(True)
        .row_height(0.85)
        .line_width(0)
        .fill_opacity(75)
        .align_value(common.TimelineValueAlignment.LEFT)
        .legend(
            builders.VizLegendOptions()
            .display_mode(common.LegendDisplayMode.LIST)
            .placement(common.LegendPlacement.BOTTOM)
            .show_legend(True)
            .calcs([])
        )
        .tooltip(builders.VizTooltipOptions().mode(common.TooltipDisplayMode.SINGLE).sort(common.SortOrder.NONE))
    )
    return dressed(builder, face, list(queries))
