"""rows -> relations: echoes, parties, stories, relations between claims, warnings and findings.

Pure functions over records of ``sayso.types``. What two articles have to do with one another depends on these two
alone, so that the result does not depend on the order in which they arrive.
"""
