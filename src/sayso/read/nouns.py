"""Nouns that tell what a phrase without a name speaks of: general words only, no party, people or country."""

from __future__ import annotations

from sayso.read.wordsets import word_set

PERSON_ROLES = word_set("""
    activist adviser advisor aide ambassador analyst anchor attorney author bishop captain cardinal chairman
    chairperson chairwoman chief citizen cleric colonel columnist commander commentator commissioner coordinator
    correspondent delegate deputy diplomat director doctor driver editor employee envoy expert eyewitness farmer
    father fighter founder general governor guard head imam inspector investigator journalist judge king lawmaker
    lawyer leader lieutenant magistrate major man manager mayor medic member minister mother negotiator neighbor
    neighbour nurse observer officer official owner paramedic pilot policeman politician pope premier president
    priest prince princess prisoner professor prosecutor queen rapporteur rebel refugee relative reporter
    representative rescuer researcher resident scholar scientist secretary senator sheik sheikh shopkeeper soldier
    speaker spokesman spokesperson spokeswoman student surgeon survivor teacher veteran victim villager volunteer
    witness woman worker writer
    """)

GROUP_NOUNS = word_set("""
    administration agency alliance army assembly association authority battalion body branch brigade broadcaster
    bureau cabinet campaign center centre channel charity church coalition command commission committee company
    congress council country court daily defence defense delegation department directorate division embassy
    faction federation force foundation front fund government group headquarters hospital institute institution
    judiciary kingdom league magazine media military militia ministry mission monitor monitoring movement nation
    network newspaper ngo observatory office opposition organisation organization outlet palace paper parliament
    party police portal presidency press project radio regime school secretariat senate service side site state
    station team television tribunal union unit university watch watchdog website
    """)

# A paper or a picture speaks for whoever gave it out.
DOCUMENT_NOUNS = word_set("""
    announcement article briefing bulletin cable communique communiqué declaration dispatch document documents
    email footage image images interview letter memo message news photo photos picture pictures post posting posts
    recording release remarks report reports resolution statement statements story summary survey text tweet
    tweets video videos
    """)
