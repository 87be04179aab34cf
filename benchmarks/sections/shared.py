"""What several sections need: how a cost is shown, and how costs grow with size."""

from __future__ import annotations

import math
from collections.abc import Mapping

from measure import Costs
from plan import Plan
from report import Target, at_most, seconds


def growth(what: str, plan: Plan, costs: Mapping[str, Costs], limit: float | None) -> list[Target]:
    """How CPU time grows: the exponent between the smallest size from 100k and the greatest."""
    sizes = sorted((plan.sizes[name], name) for name in costs if plan.sizes[name] >= 100_000)
    if len(sizes) < 2:
        return []
    (few, small), (many, great) = sizes[0], sizes[-1]
    exponent = math.log(costs[great].cpu / costs[small].cpu) / math.log(many / few)
    promise = f"{what}: growth exponent from {small} to {great}"
    if limit is None:
        return [Target(promise + " (no target)", f"{exponent:.2f}", None)]
    return [at_most(f"{promise} at most {limit}", exponent, limit)]


def shown(costs: Costs) -> str:
    """CPU seconds, and whether the process had to be stopped."""
    return f"over {seconds(costs.cpu)}, stopped" if costs.stopped else seconds(costs.cpu)
