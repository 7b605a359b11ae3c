"""How good and how fast Sayso is, beside others on the same texts in the same run: ``make bench``.

accuracy.py      readings against annotations and coded answers     answers.py    what counts as an answer found
speed.py         words per second, memory and cold start            systems.py    what is timed, a process each
floors.py        figures that may only rise                         page.py, chart.py    docs/benchmarks.md
"""
