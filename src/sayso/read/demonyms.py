"""What the people and things of each country are called in English: "Syrian" speaks of Syria without being a place."""

from __future__ import annotations

_TABLE = """
AD Andorran; AE Emirati; AF Afghan, Afghani; AG Antiguan; AL Albanian; AM Armenian; AO Angolan; AR Argentine,
Argentinian; AT Austrian; AU Australian; AZ Azerbaijani, Azeri; BA Bosnian; BB Barbadian; BD Bangladeshi; BE
Belgian; BF Burkinabe; BG Bulgarian; BH Bahraini; BI Burundian; BJ Beninese; BN Bruneian; BO Bolivian; BR
Brazilian; BS Bahamian; BT Bhutanese; BW Botswanan; BY Belarusian; BZ Belizean; CA Canadian; CD Congolese; CF
Central African; CH Swiss; CI Ivorian; CL Chilean; CM Cameroonian; CN Chinese; CO Colombian; CR Costa Rican;
CU Cuban; CV Cape Verdean; CY Cypriot; CZ Czech; DE German; DJ Djiboutian; DK Danish, Dane; DO Dominican; DZ
Algerian; EC Ecuadorian, Ecuadorean; EE Estonian; EG Egyptian; ER Eritrean; ES Spanish, Spaniard; ET
Ethiopian; FI Finnish, Finn; FJ Fijian; FR French; GA Gabonese; GB British, Briton; GD Grenadian; GE Georgian;
GH Ghanaian; GM Gambian; GN Guinean; GR Greek; GT Guatemalan; GY Guyanese; HN Honduran; HR Croatian, Croat; HT
Haitian; HU Hungarian; ID Indonesian; IE Irish; IL Israeli; IN Indian; IQ Iraqi; IR Iranian; IS Icelandic; IT
Italian; JM Jamaican; JO Jordanian; JP Japanese; KE Kenyan; KG Kyrgyz; KH Cambodian; KM Comoran; KP North
Korean; KR South Korean; KW Kuwaiti; KZ Kazakh, Kazakhstani; LA Laotian; LB Lebanese; LK Sri Lankan; LR
Liberian; LS Basotho; LT Lithuanian; LU Luxembourgish; LV Latvian; LY Libyan; MA Moroccan; MD Moldovan; ME
Montenegrin; MG Malagasy; MK Macedonian; ML Malian; MM Burmese; MN Mongolian; MR Mauritanian; MT Maltese; MU
Mauritian; MV Maldivian; MW Malawian; MX Mexican; MY Malaysian; MZ Mozambican; NA Namibian; NE Nigerien; NG
Nigerian; NI Nicaraguan; NL Dutch; NO Norwegian; NP Nepalese, Nepali; NZ New Zealander; OM Omani; PA
Panamanian; PE Peruvian; PG Papuan; PH Filipino, Philippine; PK Pakistani; PL Polish, Pole; PS Palestinian; PT
Portuguese; PY Paraguayan; QA Qatari; RO Romanian; RS Serbian, Serb; RU Russian; RW Rwandan; SA Saudi; SC
Seychellois; SD Sudanese; SE Swedish, Swede; SG Singaporean; SI Slovenian; SK Slovak; SL Sierra Leonean; SN
Senegalese; SO Somali; SR Surinamese; SS South Sudanese; SV Salvadoran; SY Syrian; TD Chadian; TG Togolese; TH
Thai; TJ Tajik; TL Timorese; TM Turkmen; TN Tunisian; TR Turkish, Turk; TT Trinidadian; TW Taiwanese; TZ
Tanzanian; UA Ukrainian; UG Ugandan; US American; UY Uruguayan; UZ Uzbek; VE Venezuelan; VN Vietnamese; XK
Kosovar; YE Yemeni; ZA South African; ZM Zambian; ZW Zimbabwean
"""


def _countries() -> dict[str, str]:
    found = {}
    for entry in _TABLE.split(";"):
        code, _, words = entry.strip().partition(" ")
        for word in words.split(","):
            found[" ".join(word.split())] = code
            found[" ".join(word.split()) + "s"] = code
    return found


COUNTRY_OF = _countries()
"""Demonym, as capitalised in English, to ISO 3166 code: {"Syrian": "SY", "Syrians": "SY", …}."""
