"""The source of weir's Grafana dashboards."""
