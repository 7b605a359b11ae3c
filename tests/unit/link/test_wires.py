"""Credits to agencies, and who speaks for which outlet."""

import time

import pytest

from sayso.link.wires import speaks_for, wire

BODY = "A ferry sank off Karvel on Tuesday and 12 people are missing, the harbour master said."
MORE = "\n\n".join([BODY] * 12)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"Ferry sinks\n\nAFP  Saturday 9 Jul 2016\n\n{BODY}", "AFP"),
        (f"Ferry sinks AP, 9 July 2016 {BODY}", "AP"),
        (f"Ferry sinks\n\nQZN  Saturday 9 Jul 2016\n\n{BODY}", "QZN"),
        (f"Ferry sinks\n\nKARVEL (Reuters) - {BODY}", "Reuters"),
        (f"Ferry sinks\n\nKarvel, July 9 (Xinhua) -- {BODY}", "Xinhua"),
        (f"Ferry sinks\n\nKARVEL (QZN) — {BODY}", "QZN"),
        (f"Ferry sinks\n\nKarvel, SANA-{BODY}", "SANA"),
        (f"Ferry sinks\n\nKARVEL/ANSA {BODY}", "ANSA"),
        (f"Ferry sinks\n\nBy Kyodo News\n\n{BODY}", "Kyodo"),
        (f"Ferry sinks\n\nBy QZN\n\n{BODY}", "QZN"),
        (f"Ferry sinks\n\n{MORE} ---Reuters", "Reuters"),
        (f"Ferry sinks\n\n{MORE} --REUTERS\n", "Reuters"),
        (f"Ferry sinks\n\n{MORE} (With EFE and Yonhap)\n\nLast Update: Tuesday", "EFE"),
        (f"Ferry sinks\n\n{MORE} (Agence France-Presse)", "AFP"),
        (f"Ferry sinks\n\n{MORE}\n\nSource: Anadolu Agency", "Anadolu"),
        (f"Ferry sinks\n\n{MORE} Source Karvel Island News Agency", "Karvel Island News Agency"),
        (f"Ferry sinks\n\n{MORE} Source HarbourTV and agencies", "agencies"),
        (f"Ferry sinks\n\n{MORE} Agencies contributed to this report.\n\nRead also", "agencies"),
        (f"Ferry sinks\n\n{MORE} (Agencies, TASS)", "TASS"),
        (f"Ferry sinks\n\n{MORE} REUTERS", "Reuters"),
        (f"Ferry sinks\n\n{MORE}\n\nAFP\n", "AFP"),
    ],
)
def test_credits_are_found_where_they_stand(text: str, agency: str) -> None:
    assert wire(text, "Harbour Post") == agency


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        f"Ferry sinks\n\n{BODY} AFP reported that divers were at work.",
        f"Ferry sinks\n\nThe captain told Reuters on 9 July 2016 was a bad day. {BODY}",
        f"Ferry sinks\n\n{BODY} (AFP photo)\n\n{MORE}",
        f"Ferry sinks\n\n{BODY} The captain spoke to AFP",
        f"Ferry sinks\n\n12 July 2016. REUTERS/Ana Lind\n\n{BODY}",
        f"Ferry sinks\n\nThe Harbour Rescue Union (HRU) - a body of volunteers - has 40 boats. {BODY}",
        f"Ferry sinks, aid agencies\n\n9 July 2016 {BODY}",
        f"Ferry sinks\n\n{MORE} (Source: Harbour Rescue Union)",
        f"Ferry sinks\n\n{MORE} Our Standards: The Thomson Reuters Trust Principles.",
    ],
)
def test_what_is_no_credit_is_none(text: str) -> None:
    assert wire(text, "Harbour Post") is None


@pytest.mark.parametrize("outlet", ["sana", "SANA", "Syrian Arab News Agency", "www.sana.sy"])
def test_an_agency_has_no_wire_of_its_own(outlet: str) -> None:
    text = f"Ferry sinks\n\nKarvel, SANA-{BODY}"
    assert wire(text, outlet) is None
    assert wire(f"{text} ---TASS", outlet) == "TASS"


@pytest.mark.parametrize(
    ("claimant", "outlet"),
    [
        ("SANA", "sana"),
        ("the state news agency SANA", "sana"),
        ("the Syrian Arab News Agency", "sana"),
        ("The official Syrian Arab News Agency", "sana"),
        ("the Syrian Arab News Agency (SANA)", "sana"),
        ("the League's official television station Al-Karveliya", "karveliya"),
        ("Syria's official SANA news agency", "sana"),
        ("a SANA correspondent", "sana"),
        ("Press TV", "presstv"),
        ("Iran's Press TV", "presstv"),
        ("Al-Karveliya", "karveliya"),
        ("the Harbour Post newspaper", "harbourpost"),
        ("Harbour Post Online", "Harbour Post"),
        ("Reuters", "https://www.reuters.com/"),
        ("the Karvelian Fars news agency", "fars"),
        ("the Ostrish National News Agency", "nna"),
        ("Harbour Post Arabic", "harbourpost"),
        ("AP", "Associated Press"),
        ("state television KTV", "ktv"),
        ("Télénord", "telenord"),
    ],
)
def test_the_names_of_an_outlet(claimant: str, outlet: str) -> None:
    assert speaks_for(claimant, outlet)
    assert speaks_for(outlet, claimant)


@pytest.mark.parametrize(
    ("claimant", "outlet"),
    [
        (None, "sana"),
        ("SANA", None),
        ("", ""),
        ("the state news agency", "sana"),
        ("the Southern Alliance of National Ancestors", "sana"),
        ("the Harbour Rescue Union", "harbourpost"),
        ("Karvel Times", "Kitley Times"),
        ("the National News Agency", "The National"),
        ("Al-Watan", "Al-Bayan"),
        ("Mayor of Karvel", "Karvel News"),
    ],
)
def test_others_do_not_speak_for_it(claimant: str | None, outlet: str | None) -> None:
    assert not speaks_for(claimant, outlet)


@pytest.mark.parametrize("text", ["AFP, " * 100_000, "Aa " * 100_000, "(" * 200_000, "Ab-" * 100_000, "By " * 100_000])
def test_hostile_texts_take_no_time(text: str) -> None:
    begun = time.perf_counter()
    wire(text, text)
    assert time.perf_counter() - begun < 1
