"""Words that show what a capitalised word beside them is: a place, a person, or neither. No word names a party."""

from __future__ import annotations

from sayso.wordsets import word_set

REGION_WORDS = word_set(
    """province provinces governorate governorates region oblast county counties parish district state countryside
    suburbs suburb outskirts prefecture"""
)
TOWN_WORDS = word_set("city town village cities towns villages municipality port capital hamlet township borough")
SITE_WORDS = word_set(
    """neighborhood neighbourhood neighborhoods neighbourhoods quarter camp camps airport airbase airfield field fields
    crossing hill hills mountain mountains valley dam bridge hospital prison junction area areas river delta
    lake"""
)
# A street or a square is a site of its own, wherever the town lies that it is called by.
STREETS = word_set("street st road rd avenue ave drive lane boulevard highway square roundabout crossroads")
KIND_WORDS = REGION_WORDS | TOWN_WORDS | SITE_WORDS | STREETS
DISTRICT_WORDS = word_set("county counties parish district borough")
DIRECTIONS = word_set(
    """north south east west northern southern eastern western central northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern rural greater upper lower inner outer old downtown"""
)
# "in X" is said of places; "from X" of persons too, so that a small place needs more than that.
WITHIN = word_set("in at near around outside inside into within across throughout between nearby")
# Before a name that nobody knows, these are said of places only.
INSIDE = word_set("in near outside around")
SIDES = word_set("northern southern eastern western rural downtown")
TOWARDS = word_set("to from on over toward towards against via through leaving entering")
# What is said to have been done to a bare name was done to a place, more often than not.
TAKING = word_set("struck hit bombed shelled captured seized retook recaptured stormed besieged entered left reached")
# What has a country's adjective before it when it lies there: "Turkish border".
LANDS = word_set("border borders territory territories soil airspace coast desert lands waters")
# What follows the name of a place without being of one name with it: "Texas Gov. X", "Damascus Police".
OFFICES = word_set(
    """president premier prime minister ministry chancellor king queen prince emir governor gov senator sen
    representative rep mayor mp congressman congresswoman attorney secretary ambassador envoy general gen police
    army government sheriff councilman councilwoman councillor council resident residents native man woman
    democrat republican"""
)
# What goes before the name of a person.
TITLES = word_set(
    """mr mrs ms miss dr prof professor sir lord lady judge justice president premier minister chancellor king queen
    prince senator sen representative rep mayor governor gov congressman general gen colonel col major maj
    captain capt lieutenant lt sergeant sgt officer sheriff detective deputy chief commander coach pastor rev
    reverend father bishop pope st secretary ambassador spokesman spokeswoman attorney councilman councilwoman
    brother sister"""
)
# Words that stand capitalised at the start of a sentence, in a headline or before names, and are no names of places.
NO_NAMES = word_set(
    """the a an this that these those each every some many most all both no its his her their our monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb apr jun jul aug sep sept oct nov dec
    mr mrs ms dr i he she it they we you and or but of in on at to from by for with as
    after before new here there when while if so not who what meanwhile earlier later yesterday today however
    also since both only even then now still once again despite inside under during yes well though although
    because why how where which whose unlike like until till among amid without within beyond along near about
    above across against around between throughout toward instead perhaps maybe nearly almost just more less
    another other such few several one two three four five former late current fellow visiting nearby suburban
    says say said my your let historic metro keep"""
)
# Words of the language that some town somewhere is called by, too.
WORDS_TOO = word_set(
    """right man men police best same time post mobile reading orange split nice bath date van central university
    center centre home beach bay island lake river long green white black king queen prince union liberty
    freedom independence hope church school house republic general major normal army force victoria bar ball
    battle bed bell big born bor buy can come cross deal enterprise eye fair far felt file fish ford gas gap god
    golf guide hall hard hit hot jet job justice lady law lead less let look male mark moose more much must name
    need ng old page park pass peace people pop port price progress ready rest rib rich ridge road rock rose
    royal safe sale salt see seven short show side six smart start station stop story strong summer sun sure ten
    third three tours trust two wall war water way why wide win winter word work world worth young zero congress
    senate parliament first second english arab delta news main earth industry council section drugs metro front
    market silver interstate district sept college abbey christian love
    commerce health agriculture defence defense interior trade energy"""
)

# Words of names that things happen in, and that are none of places.
NOT_WITHIN = word_set(
    """operation war council congress parliament senate house court university college school assembly league cup games
    summit conference party committee ministry agency times post news olympics christmas easter ramadan eid
    internet god facebook twitter english arabic french act agreement treaty department association company inc
    corp group championship festival day week year week series division class grade chapter section article room
    study report survey european asian african latin"""
) | NO_NAMES | WORDS_TOO  # fmt: skip
COMMON = NO_NAMES | WORDS_TOO | DIRECTIONS | KIND_WORDS  # no names by themselves
LINKS = word_set("of and de la del du le da do upon on y the")  # within a name: "Isle of Man"
BESIDE = KIND_WORDS | DIRECTIONS | NO_NAMES | WITHIN | TOWARDS  # before or after a name, and not of it

# What is of something, but not in a place by that: "Chamber of Commerce".
BODIES = word_set(
    "chamber department ministry board bureau court office secretary minister house bank school church army"
)
