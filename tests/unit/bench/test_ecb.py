"""ECB+: what is taken from its files, and what of it is found."""

from dataclasses import replace

import pytest
from bench import ecb
from bench.ecb import Document, Mention
from tests.unit.bench.builders import NOTHING_FOUND
from tests.unit.ledger.builders import Builder, received

XML = """<Document doc_name="5_1ecb.xml">
<token t_id="1" sentence="0" number="0">Shells</token><token t_id="2" sentence="0" number="1">fell</token>
<token t_id="3" sentence="0" number="2">,</token><token t_id="4" sentence="0" number="3">Orr</token>
<token t_id="5" sentence="0" number="4">did</token><token t_id="6" sentence="0" number="5">n't</token>
<token t_id="7" sentence="0" number="6">deny</token><token t_id="8" sentence="0" number="7">.</token>
<token t_id="9" sentence="1" number="0">They</token><token t_id="10" sentence="1" number="1">left</token>
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
<NEG_ACTION_REPORTING m_id="2"><token_anchor t_id="6"/><token_anchor t_id="7"/></NEG_ACTION_REPORTING>
<HUMAN_PART_PER m_id="3"><token_anchor t_id="4"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="4"><token_anchor t_id="10"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="9" RELATED_TO="" TAG_DESCRIPTOR="fall"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="1" note="ACT1"><source m_id="1"/><target m_id="9"/></CROSS_DOC_COREF></Relations>
</Document>"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / ecb.TOPICS / "5").mkdir(parents=True)
    (tmp_path / ecb.TOPICS / "6").mkdir()
    for path in ("5/5_1ecb.xml", "5/5_2ecbplus.xml", "6/6_1ecb.xml"):
        (tmp_path / ecb.TOPICS / path).write_text(XML, "utf-8")
    (tmp_path / ecb.SENTENCES).write_text("Topic,File,Sentence Number\n5,1ecb,0\n5,2ecbplus,1\n", "utf-8")
    return tmp_path


def test_documents_of_the_topics_that_are_asked_for(folder):
    found = ecb.documents(folder, [5])
    assert [(d.name, d.subtopic) for d in found] == [("5_1ecb", "5ecb"), ("5_2ecbplus", "5ecbplus")]
    assert {d.text for d in found} == {"Shells fell, Orr didn't deny.\nThey left"}


def test_actions_in_checked_sentences_are_mentions_each_in_a_chain(folder):
    first, second = ecb.documents(folder, [5])
    assert first.mentions == (Mention("fell", "ACT1"), Mention("n't deny", "5_1ecb 2"))
    assert second.mentions == (Mention("left", "5_2ecbplus 4"),)


def report(name, subtopic, *mentions):
    return Document(name, subtopic, "…", tuple(Mention(*mention) for mention in mentions))


def test_mentions_are_one_event_in_one_story_with_one_stem():
    text = "Shells fell on the fish market of Orvane on 4 May 2031, the ministry said."
    read = []
    for n in (1, 2):
        build = Builder(received(text, location=f"{n}.txt"))
        build.reading = replace(build.reading, article=replace(build.reading.article, id=f"a{n}"))
        build.says("the ministry", "Shells fell on the fish market of Orvane")
        build.place("Orvane")
        build.date("4 May 2031", "2031-05-04")
        read.append(build.reading)
    apart = replace(NOTHING_FOUND, article=replace(NOTHING_FOUND.article, id="a3"))
    documents = [
        report("5_1ecb", "5ecb", ("shelled", "A"), ("denied", "B")),
        report("5_2ecb", "5ecb", ("was shelled", "A"), ("denied", "B")),
        report("5_3ecbplus", "5ecbplus", ("shelled", "C")),
    ]
    figures = ecb.figures(list(zip(documents, [*read, apart], strict=True)))
    assert set(figures.values()) == {100.0}

    wrong = [replace(documents[0], mentions=(Mention("shelled", "A"), Mention("fell", "A"))), *documents[1:]]
    figures = ecb.figures(list(zip(wrong, [*read, apart], strict=True)))
    assert figures["articles, B-cubed"] == 100
    assert figures["events, B-cubed"] < 100
    assert figures["events, CoNLL"] == figures["events, CoNLL with the subtopics given"]
    assert figures["events, CoNLL"] == pytest.approx(
        (figures["events, MUC"] + figures["events, B-cubed"] + figures["events, CEAF-e"]) / 3
    )
