"""A picture of the figures that have a goal: how much of what is allowed each takes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bench.figure import Figure

ROW, NAMES, LANE, RIGHT, TOP = 26, 470, 300, 90, 40
REACH = 1.5  # what is allowed, one and a half times: longer bars are cut there
# One picture for light and dark pages: it asks the reader's browser which of them it stands on.
STYLE = """
svg { background: #fff }
text { font: 13px sans-serif; fill: #1a1a1a }
.met { fill: #2f5d62 } .not { fill: #a8451f } .goal { stroke: #1a1a1a; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
  svg { background: #15191a }
  text { fill: #f0f0f0 } .met { fill: #7fc0c6 } .not { fill: #f0a27f } .goal { stroke: #f0f0f0 }
}
"""


def picture_of(figures: Sequence[Figure]) -> str:
    """The picture as SVG, a bar a figure; the dashed line is the goal."""
    judged = [figure for figure in figures if figure.goal is not None]
    height = TOP + ROW * len(judged) + 12
    width = NAMES + LANE + RIGHT
    goal = NAMES + LANE / REACH
    told = f"{sum(bool(figure.met) for figure in judged)} of {len(judged)} figures reach their goal"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{told}</title><style>{STYLE}</style>",
        f'<text x="{goal}" y="24" text-anchor="middle">what is allowed</text>',
        *(bar(figure, TOP + ROW * number) for number, figure in enumerate(judged)),
        f'<path class="goal" d="M{goal} 30V{height - 8}"/></svg>',
    ]
    return "\n".join(parts) + "\n"


def bar(figure: Figure, y: int) -> str:
    """A figure's name, its bar, and its part of what is allowed."""
    part = share(figure)
    length = min(part, REACH) / REACH * LANE
    kind = "met" if figure.met else "not"
    return (
        f'<text x="{NAMES - 10}" y="{y + 15}" text-anchor="end">{escape(figure.name)}</text>'
        f'<rect class="{kind}" x="{NAMES}" y="{y + 3}" width="{length:.1f}" height="16" rx="2"/>'
        f'<text x="{NAMES + LANE + 8}" y="{y + 15}">{part * 100:.0f} %</text>'
    )


def share(figure: Figure) -> float:
    """Which part of what is allowed a figure takes; of what is to be reached at least, the other way round."""
    judged, goal = figure.ratio if figure.ratio is not None else figure.value, figure.goal or 1.0
    if figure.at_least:
        return goal / judged if judged else REACH
    return judged / goal
