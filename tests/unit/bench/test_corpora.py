"""Which texts figures are of."""

import json

from bench import corpora


def test_a_corpus_hash_tells_names_and_bytes_apart(tmp_path):
    def digest(**files):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        return corpora.hash_of(folder, sorted(folder.iterdir(), reverse=True))

    same, renamed, changed, moved = digest(a="x", b=""), digest(a="x", c=""), digest(a="y", b=""), digest(a="", b="x")
    assert len({same, renamed, changed, moved}) == 4
    assert digest(b="", a="x") == same


def test_a_report_is_given_as_intake_makes_it(tmp_path):
    from sayso.config import Config
    from sayso.intake import receive

    rows = [{"title": "A bridge", "text": "It fell."}, {"title": "", "text": "It fell again."}]
    table = tmp_path / "t.jsonl"
    table.write_text("".join(f"{json.dumps(r)}\n" for r in rows), "utf-8")

    assert [item.article.text for item in receive([table], Config())] == [corpora.text_of(r) for r in rows]
