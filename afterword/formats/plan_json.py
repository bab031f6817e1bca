"""A plan as JSON, for the shell."""

from __future__ import annotations

from typing import Any

from afterword.domain.step import Plan, Step


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The plan as what JSON can hold; dates and moments in ISO 8601."""
    return {
        "status": plan.status.value,
        "quiet_until": plan.quiet_until.isoformat() if plan.quiet_until else None,
        "advisories": list(plan.advisories),
        "next": step_as_json(plan.next) if plan.next else None,
        "steps": [step_as_json(step) for step in plan.steps],
    }


def step_as_json(step: Step) -> dict[str, Any]:
    """One step; the person by name, the round by label."""
    return {
        "id": step.id,
        "kind": step.kind.value,
        "channel": step.channel.value if step.channel else None,
        "to": step.to.name if step.to else None,
        "round": step.round.label if step.round else None,
        "opens": step.opens.isoformat(),
        "due": step.due.isoformat(),
        "overdue_at": step.overdue_at.isoformat() if step.overdue_at else None,
        "state": step.state.value,
        "reason": step.reason,
        "ended_by": step.ended_by,
    }
