"""What the people and things of each country are called in English: "Syrian" speaks of Syria without being a place."""

from __future__ import annotations

from collections.abc import Iterator

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

_NAMES = """
AD Andorra; AE United Arab Emirates, UAE, Emirates; AF Afghanistan; AG Antigua and Barbuda, Antigua; AL
Albania; AM Armenia; AO Angola; AR Argentina; AT Austria; AU Australia; AZ Azerbaijan; BA Bosnia and
Herzegovina, Bosnia; BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG Bulgaria; BH Bahrain; BI
Burundi; BJ Benin; BN Brunei; BO Bolivia; BR Brazil; BS Bahamas; BT Bhutan; BW Botswana; BY Belarus; BZ
Belize; CA Canada; CD Democratic Republic of the Congo, Congo, DR Congo, DRC; CF Central African Republic; CG
Republic of the Congo, Congo-Brazzaville; CH Switzerland; CI Ivory Coast, Côte d’Ivoire; CL Chile; CM
Cameroon; CN China; CO Colombia; CR Costa Rica; CU Cuba; CV Cabo Verde, Cape Verde; CY Cyprus; CZ Czechia,
Czech Republic; DE Germany; DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic; DZ Algeria; EC
Ecuador; EE Estonia; EG Egypt; ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FR France; GA Gabon; GB
United Kingdom, UK, Britain, Great Britain; GD Grenada; GE Georgia; GH Ghana; GM Gambia; GN Guinea; GQ
Equatorial Guinea; GR Greece; GT Guatemala; GW Guinea-Bissau; GY Guyana; HN Honduras; HR Croatia; HT Haiti; HU
Hungary; ID Indonesia; IE Ireland; IL Israel; IN India; IQ Iraq; IR Iran; IS Iceland; IT Italy; JM Jamaica; JO
Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH Cambodia; KM Comoros; KP North Korea; KR South Korea; KW Kuwait;
KZ Kazakhstan; LA Laos; LB Lebanon; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; LT Lithuania; LU
Luxembourg; LV Latvia; LY Libya; MA Morocco; MC Monaco; MD Moldova; ME Montenegro; MG Madagascar; MK North
Macedonia, Macedonia; ML Mali; MM Myanmar, Burma; MN Mongolia; MR Mauritania; MT Malta; MU Mauritius; MV
Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia; NE Niger; NG Nigeria; NI Nicaragua; NL
Netherlands, Holland; NO Norway; NP Nepal; NZ New Zealand; OM Oman; PA Panama; PE Peru; PG Papua New Guinea;
PH Philippines; PK Pakistan; PL Poland; PS Palestine; PT Portugal; PY Paraguay; QA Qatar; RO Romania; RS
Serbia; RU Russia, Russian Federation; RW Rwanda; SA Saudi Arabia; SC Seychelles; SD Sudan; SE Sweden; SG
Singapore; SI Slovenia; SK Slovakia; SL Sierra Leone; SN Senegal; SO Somalia; SR Suriname; SS South Sudan; SV
El Salvador; SY Syria; SZ Eswatini; TD Chad; TG Togo; TH Thailand; TJ Tajikistan; TL Timor Leste, East Timor;
TM Turkmenistan; TN Tunisia; TO Tonga; TR Turkey, Türkiye; TT Trinidad and Tobago, Trinidad; TW Taiwan; TZ
Tanzania; UA Ukraine; UG Uganda; US United States, US, USA, America, United States of America; UY Uruguay; UZ
Uzbekistan; VA Vatican; VE Venezuela; VN Vietnam; VU Vanuatu; WS Samoa; XK Kosovo; YE Yemen; ZA South Africa;
ZM Zambia; ZW Zimbabwe
"""


def _entries(table: str) -> Iterator[tuple[str, str]]:
    """The words of a table, each with its code."""
    for entry in table.split(";"):
        code, words = entry.split(None, 1)
        for word in words.split(","):
            yield " ".join(word.split()), code


COUNTRY_OF = {word + end: code for word, code in _entries(_TABLE) for end in ("", "s")}
"""Demonym, as capitalised in English, to ISO 3166 code: {"Syrian": "SY", "Syrians": "SY", …}."""
CODE_OF = dict(_entries(_NAMES))
"""Name of a country as reports write it to ISO 3166 code."""
