"""Hostile input made by machine: what is fuzzed, with what, and what must hold whatever comes. See docs/fuzzing.md."""
