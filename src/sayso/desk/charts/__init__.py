"""Charts drawn on the server as SVG: they need no script, print, and go into a file that is sent.

Each module draws one picture from plain records and gives a ``Drawing``. Colours and line styles are classes of
``static/charts.css``, so that a picture follows the page's light or dark and holds no style of its own. Who is who is
told by a shape as well as by a colour. All text of a picture is measured, so that tests can hold that none lies upon
another.
"""

from __future__ import annotations

from sayso.desk.charts.citations import Citation, citations
from sayso.desk.charts.drawing import Drawing
from sayso.desk.charts.figures import figures_over_time
from sayso.desk.charts.keys import Keys
from sayso.desk.charts.lanes import Cell, Lane, lanes
from sayso.desk.charts.origins import Copy, origins
from sayso.desk.charts.places import Spot, place_map

__all__ = [
    "Cell",
    "Citation",
    "Copy",
    "Drawing",
    "Keys",
    "Lane",
    "Spot",
    "citations",
    "figures_over_time",
    "lanes",
    "origins",
    "place_map",
]
