"""Sets of words, written as they are read."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``, which white space separates."""
    return frozenset(words.split())


WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set("january february march april may june july august september october november december")
ARMED = word_set(
    "soldier soldiers troop troops serviceman servicemen conscript conscripts commando commandos policeman policemen "
    "police fighter fighters rebel rebels insurgent insurgents guerrilla guerrillas separatist separatists militant "
    "militants militia militias militiaman militiamen paramilitary paramilitaries mercenary mercenaries combatant "
    "combatants gunman gunmen terrorist terrorists extremist extremists jihadist jihadists jihadi jihadis sniper "
    "snipers bomber bombers attacker attackers assailant assailants"
)
"""Those who bear arms, on whichever side."""
