from __future__ import annotations

import subprocess
import sys

import pytest
from tests.unit.intake.broken import REPORT

from sayso.intake.language import language_of

TEXTS = {
    "en": REPORT,
    "ar": "قال محافظ طارن يوم الأحد إن أربعة أشخاص على الأقل قتلوا عندما سقطت قذائف على السوق، ونفى متحدث باسم القيادة "
    "الشمالية أن تكون مدافعها قد أطلقت النار على البلدة وألقى باللوم على الميليشيا",
    "ru": "Губернатор Тарна сообщил в воскресенье, что не менее четырёх человек погибли, когда снаряды упали на рынок. "
    "Представитель северного командования отрицал, что его орудия стреляли по городу, и обвинил ополчение.",
    "fr": "Le gouverneur de Tarn a déclaré dimanche qu'au moins quatre personnes avaient été tuées par des obus tombés "
    "sur le marché. Un porte-parole du commandement du nord a nié que ses canons aient tiré sur la ville.",
    "nl": "De gouverneur van Tarn zei zondag dat ten minste vier mensen waren gedood toen granaten op de markt vielen. "
    "Een woordvoerder van het noordelijke commando ontkende dat zijn kanonnen op de stad hadden geschoten.",
    "tr": "Tarn valisi pazar günü pazara top mermilerinin düşmesi sonucu en az dört kişinin öldüğünü söyledi. Kuzey "
    "komutanlığının sözcüsü toplarının kasabaya ateş açtığını yalanladı ve milisleri suçladı.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_language_is_told(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "1234 5678", "!!!", "Tarn", "Oleg Tarn, Sunday"])
def test_too_little_to_tell(text: str) -> None:
    assert language_of(text) is None


def test_names_do_not_change_the_language() -> None:
    assert language_of(REPORT.replace("Tarn", "Дамаск")) == "en"


def test_plain_english_loads_no_identifier() -> None:
    code = "import sys; from sayso.intake import article_of; article_of(sys.argv[1]); print('py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, REPORT], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
