"""Nouns that tell what a phrase without a name speaks of: general words only, no party, people or country."""

from __future__ import annotations

from sayso.wordsets import word_set

PERSON_ROLES = word_set("""
    activist adviser advisor aide ambassador analyst anchor attorney author ayatollah bishop captain cardinal
    chairman chairperson chairwoman chief citizen cleric clerk colonel columnist commander commentator commissioner
    coordinator correspondent deacon delegate deputy diplomat director doctor driver editor employee envoy expert
    eyewitness farmer father fighter founder general governor guard gunman head imam inspector insurgent
    investigator journalist judge king lawmaker lawyer leader lieutenant magistrate major man manager mayor medic
    member militant minister monk mother mufti mullah negotiator neighbor neighbour nun nurse observer officer
    official owner paramedic pastor patriarch pilot policeman politician pope premier president priest prince
    princess prisoner professor prosecutor queen rabbi rapporteur rebel refugee relative reporter representative
    rescuer researcher resident scholar scientist secretary senator sheik sheikh shopkeeper soldier speaker
    spokesman spokesperson spokeswoman student surgeon survivor teacher veteran victim villager volunteer witness
    woman worker writer
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

# What gives out what others say.
MEDIA_NOUNS = word_set(
    "agency broadcaster channel daily magazine media newspaper outlet paper portal radio television tv"
)

# What writes of itself as "this paper".
PAPERS = word_set("daily magazine newspaper paper portal website weekly")

# A paper or a picture speaks for whoever gave it out.
DOCUMENT_NOUNS = word_set("""
    account accounts announcement article briefing bulletin cable communique communiqué count data declaration
    dispatch document documents email estimate estimates figure figures footage image images interview letter memo
    message news photo photos picture pictures post posting posts recording release remarks report reports
    resolution statement statements statistics story summary survey tally text toll tweet tweets video videos
    """)
# What is said to tell something, besides papers, pictures and bodies, and that nobody calls "he".
THINGS = word_set("""
    agreement airline alert analysis audit bank bill bloc blog book bulletin call case cell census chart chronology
    city claim clan club complaint computer couple crew crowd database deal decree diary draft family file film firm
    fleet gang guide history hotel hotline index indictment inquiry inscription investigation jury law lawsuit
    leaflet line list log majority map minority model movie note order page pair panel piece place plan play poem
    poll poster probe program programme proposal proverb review rule ruling rumor rumour sign song squad study
    system tank theory town treaty tribe trio unit verdict version village warning
    """)
# Words that any of them may be taken up by; "the government" is no other party's second name.
GENERIC_GROUPS = word_set(
    """
    agency association body broadcaster channel charity center centre company coalition daily foundation group
    institution magazine monitor monitoring movement network newspaper ngo observatory organisation organization
    outlet paper party portal project service site station team union watch watchdog website
    """
)

# Bodies of which a text has one: "the Council" is "the Hill Council". Any state or side has an army, police, a party.
OF_ONE = word_set(
    "alliance assembly association brigade commission committee council directorate federation foundation guard league "
    "mission monitor network observatory office register society tribunal union"
)
# Bodies that are called by what they are for: "the Council for Truce".
FOR_ALL = word_set(
    "association center centre commission committee council directorate federation foundation ministry network "
    "observatory office society union"
)
# Bodies that none of these nouns takes up.
STATE_BODIES = word_set(
    "ministry government police court parliament cabinet senate congress hospital department embassy palace presidency "
    "university"
)
# What may be said of a body that was named before: "the monitoring group", "the jihadist organisation".
MODIFIERS = word_set(
    "the this that same his her its their our local independent monitor monitoring human rights war conflict news "
    "media state opposition armed rebel militant jihadist extremist terrorist islamist terror activist advocacy "
    "aid relief humanitarian charity first second other"
)
# People after whom bodies are named: "the Highland Guard", "the Free Workers".
NAMING = word_set("""
    citizen citizens farmer farmers fighter fighters guard guards insurgent insurgents officer officers observer
    observers
    partisan partisans rebel rebels student students veteran veterans volunteer volunteers worker workers
    """)
# People who fight or govern: as a plural they are a side that speaks, not sources without a name.
PARTIES = word_set("rebel rebels militant militants insurgent insurgents gunman gunmen leader leaders")
# Who is known by an office, though no name is given: "the governor", "a spokesman for the council".
OFFICES = word_set("""
    ambassador ayatollah bishop chairman chairperson chairwoman chief commissioner cardinal deputy director envoy
    governor head imam king leader mayor minister mufti patriarch pope premier president prince princess queen
    rapporteur secretary senator speaker spokesman spokesperson spokeswoman
    """)
# Who tells without being named, besides people by their occupation.
SOURCES = word_set("source insider local eyewitness people person")
# Whoever or whatever may speak.
SPEAKERS = PERSON_ROLES | GROUP_NOUNS | DOCUMENT_NOUNS | SOURCES
# What may be said of anybody who was called something else before: "General Sand … the officer".
ANYONE = word_set("official officer man woman leader commander chief politician diplomat expert veteran member")
# Who writes for an outlet speaks for it.
STAFF = word_set("correspondent reporter newsroom")
FEMALE = word_set("woman women girl mother wife widow queen princess nun spokeswoman chairwoman mrs ms lady she her")
MALE = word_set("man boy father husband king prince monk imam spokesman chairman mr sir lord he him his")
