"""How good and how fast Sayso is, beside others on the same texts in the same run: ``make bench``.

accuracy.py      readings against annotations and coded answers     answers.py    FA-KES: what counts as an answer found
mpqa.py          chains of sources     plover.py   types of events    swap.py      parties' names exchanged
geo.py           places                tempeval.py  dates             given.py     the plain code alone
related.py       stories, echoes and figures over reports             claimdiff.py  what one claim does to another
rte.py           what follows          ecb.py        events in ECB+   clusters.py   how well things are put together
growth.py        how linking grows, and desk.py how long its pages take, each measured by itself
speed.py         words per second, memory and cold start            systems.py    what is timed, a process each
floors.py        figures that may only rise                         goals.py      what is to be reached
page.py, chart.py    docs/benchmarks.md, and the figures in README.md
"""
