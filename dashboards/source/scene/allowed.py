"""The queries that may have no answer in the scene, and why. Each other one must have one."""

_NO_XNACK = "only the newest servers know XNACK, which gives entries back"

ALLOWED = {
    ("stream", "Consumers", "D"): "before Redis 7.2 nobody knows how long a consumer is inactive",
    ("stream", "Lag in entries", "D"): "from Redis 8 on the server's own lag is right where it is given",
    ("overview", "Poisoned, dangling and given back", "C"): _NO_XNACK,
    ("stream", "Poisoned, dangling and given back", "C"): _NO_XNACK,
    ("operations", "Share of the nodes", "B"): "only a cluster has slots",
}
