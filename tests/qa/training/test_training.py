"""From data to windows to weights; the whole way on a tiny encoder."""

import json
import lzma
import random
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from index.errors import ArchiveError
from qa.reader.span_model import SpanModel
from qa.training.data.batches import BATCH_TOKENS, batches, encode
from qa.training.data.contexts import load, passages, positive, read_records
from qa.training.data.groups import groups, schedule, with_simplified
from qa.training.data.negatives import Negatives, ranked_by_retriever
from qa.training.model.loss import NOTHING, relative, shared_loss, window_loss
from qa.training.model.state import (
    Progress,
    add_to_average,
    load_average,
    load_checkpoint,
    remembered_plan,
    save_checkpoint,
)
from qa.training.run import command as training
from qa.training.run import training as training_run
from tests.support.fakes import FakeEncoder
from tests.support.tiny_models import WORDS, save_tiny_reader, tiny_encoder, tiny_tokenizer

TEXT = "Anna Smith signed the treaty in Berlin. It was in 1999. The cup was won by Boris. " * 8
RECORDS = [
    {
        "title": f"part {n // 2}",
        "context": TEXT + f"The end of number {n}.",
        "questions": [
            {"id": "1", "question": "Who signed?", "answers": [{"text": "Anna Smith", "start": 0}]},
            {"id": "2", "question": "Which number?", "answers": [
                {"text": f"number {n}", "start": len(TEXT) + 11},
                {"text": "not there", "start": 3},
            ]},
        ],
    }
    for n in range(4)
]  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for part in ("train", "dev"):
        (tmp_path / part).mkdir()
        with lzma.open(tmp_path / part / "en-tiny.jsonl.xz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(record) + "\n" for record in RECORDS)
    return tmp_path


def test_squad_json_gives_the_same_records_as_lines(data: Path, tmp_path: Path) -> None:
    squad = {
        "data": [
            {
                "title": record["title"],
                "paragraphs": [
                    {
                        "context": record["context"],
                        "qas": [
                            {
                                "id": q["id"],
                                "question": q["question"],
                                "answers": [
                                    {"text": a["text"], "answer_start": a["start"]}
                                    for a in q["answers"]
                                ],
                            }
                            for q in record["questions"]
                        ],
                    }
                ],
            }
            for record in RECORDS
        ]
    }
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(squad))
    assert list(read_records(path)) == list(read_records(data / "train" / "en-tiny.jsonl.xz"))


@pytest.mark.parametrize("content", [b"no json", b"{}", b'{"data": [{}]}'])
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"odd\.json is neither"):
        list(read_records(path))


def test_windows_hold_their_answers_and_negatives_do_not(data: Path) -> None:
    contexts, questions = load([data / "train" / "en-tiny.jsonl.xz"], tiny_tokenizer())
    assert len(questions) == 8
    assert all(len(q.answers) == 1 for q in questions)  # the one that is not there is left out
    rng = random.Random(1)
    negatives = Negatives(contexts, {})
    for number, question in list(enumerate(questions)) * 5:
        context = contexts[question.context]
        window = positive(question, context, rng)
        assert window is not None
        assert window.answers
        for start, end in window.answers:
            assert window.start <= start < end <= window.end
        other = negatives.draw(number, question, rng)
        if other is not None:
            text = contexts[other.context].text[other.start : other.end]
            assert context.text[slice(*question.answers[0])] not in text


def test_passages_cover_a_context_in_order_without_overlap(data: Path) -> None:
    contexts, _ = load([data / "train" / "en-tiny.jsonl.xz"], tiny_tokenizer())
    found = passages(contexts[0])
    text = contexts[0].text
    assert len(found) > 1
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())
    assert all(text[b - 1] == "." for _, b in found)


def test_traditional_chinese_is_also_read_simplified(tmp_path: Path) -> None:
    answers = [{"text": "學習", "start": 2}]
    asked = [{"id": "1", "question": "誰學習？", "answers": answers}]
    record = {"title": "t", "context": "漢語學習很難。", "questions": asked}
    path = tmp_path / "zh-tiny.jsonl"
    path.write_text(json.dumps(record), "utf-8")
    contexts, questions = with_simplified(*load([path], tiny_tokenizer()))
    assert [c.text for c in contexts] == ["漢語學習很難。", "汉语学习很难。"]
    assert [q.text for q in questions] == ["誰學習？", "谁学习？"]
    assert questions[1].context == 1


def test_the_plan_and_the_batches_are_the_same_each_time(data: Path) -> None:
    contexts, questions = load([data / "train" / "en-tiny.jsonl.xz"], tiny_tokenizer())
    order = schedule(contexts, questions, seed=3)
    assert sorted(order) == list(range(len(questions)))
    plan = groups(order, contexts, questions, {}, seed=3)
    again = schedule(contexts, questions, seed=3)
    assert plan == groups(again, contexts, questions, {}, seed=3)
    found = [
        list(batches(encode(plan, contexts, tiny_tokenizer()), random.Random(1))) for _ in range(2)
    ]
    for one, other in zip(*found, strict=True):
        assert torch.equal(one.ids, other.ids)
        assert one.ids.numel() <= BATCH_TOKENS
        assert one.valid.any(1).all()


def test_marked_tokens_are_the_answers_tokens(data: Path) -> None:
    contexts, questions = load([data / "train" / "en-tiny.jsonl.xz"], tiny_tokenizer())
    plan = groups(range(len(questions)), contexts, questions, {}, seed=1)
    words = {number: word for word, number in tiny_tokenizer().get_vocab().items()}
    rows = [rows[0] for rows in encode(plan, contexts, tiny_tokenizer())]
    first, last = rows[0].spans[0]
    assert last - first == 1  # Anna Smith: capitals are not in the tiny vocabulary
    assert all(words[i] == "<unk>" for i in rows[0].ids[first : last + 1])


def scores_of(*starts: list[float]) -> torch.Tensor:
    """(windows, length, 2) with the same scores for starts and ends; position 0 is the null."""
    logits = torch.tensor(starts)[..., None].expand(-1, -1, 2)
    valid = torch.ones(logits.shape[:2], dtype=torch.bool)
    valid[:, 0] = False
    return relative(logits, valid)


def test_scores_are_relative_to_the_null() -> None:
    assert scores_of([2.0, 5.0, 1.0])[0, :, 0].tolist() == [NOTHING, 3.0, -1.0]


def test_window_loss_is_the_cross_entropy_with_the_null() -> None:
    scores = scores_of([0.0, 1.0, 2.0], [0.0, 1.0, 2.0])
    spans = torch.tensor([[[2, 2]], [[-1, -1]]])
    total = torch.tensor([0.0, 1.0, 2.0]).logsumexp(0)
    expected = ((2 * total - 4) + 2 * total) / 2
    assert window_loss(scores, spans).item() == pytest.approx(expected.item(), rel=1e-5)


def test_any_acceptable_answer_will_do() -> None:
    scores = scores_of([0.0, 4.0, 4.0])
    one = window_loss(scores, torch.tensor([[[1, 1], [-1, -1]]]))
    both = window_loss(scores, torch.tensor([[[1, 1], [2, 2]]]))
    assert (one - both).item() == pytest.approx(0.6931, abs=1e-3)


def test_shared_loss_compares_windows_and_counts_the_null_once() -> None:
    scores = scores_of([0.0, 1.0], [0.0, 3.0], [0.0, 9.0])
    spans = torch.tensor([[[1, 1]], [[-1, -1]], [[1, 1]]])
    group = torch.tensor([0, 0, 1])  # the last is alone: not counted
    total = torch.tensor([0.0, 1.0, 3.0]).logsumexp(0)
    found = shared_loss(scores, spans, group)
    assert found.item() == pytest.approx((2 * total - 2).item(), rel=1e-5)
    worse = scores_of([0.0, 1.0], [0.0, 5.0], [0.0, 9.0])
    assert shared_loss(worse, spans, group) > found


def test_a_checkpoint_brings_everything_back(tmp_path: Path) -> None:
    def trained(steps: int, path: Path | None = None, resume: bool = False) -> nn.Module:
        torch.manual_seed(1)
        model = nn.Linear(4, 2)
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.1, fused=True)
        at = load_checkpoint(path, model, optimizer) if path and resume else Progress()
        for step in range(at.steps, steps):
            model(torch.full((1, 4), float(step))).sum().backward()
            optimizer.step()
            optimizer.zero_grad()
        if path and not resume:
            save_checkpoint(path, model, optimizer, Progress(steps, 10, 0.5, 3.0))
        return model

    path = tmp_path / "checkpoint.safetensors"
    trained(3, path)
    resumed, straight = trained(5, path, resume=True), trained(5)
    assert torch.equal(resumed.weight, straight.weight)
    assert [p.name for p in tmp_path.iterdir()] == ["checkpoint.safetensors"]


def test_the_average_is_the_mean_of_the_weights(tmp_path: Path) -> None:
    model = nn.Linear(2, 1, bias=False)
    for value in (1.0, 2.0, 6.0):
        nn.init.constant_(model.weight, value)
        add_to_average(tmp_path / "average.safetensors", model)
    weights, count = load_average(tmp_path / "average.safetensors")
    assert count == 3
    assert weights["weight"].tolist() == [[3.0, 3.0]]


def test_the_rate_rises_then_falls() -> None:
    rates = [training_run.rate_at(done / 100) for done in range(101)]
    assert rates[0] == 0
    assert max(rates) == pytest.approx(training_run.RATE, rel=0.05)
    assert rates[100] == pytest.approx(training_run.RATE * training_run.FLOOR)
    halved = [training_run.rate_at(done / 100, training_run.RATE / 2) for done in range(101)]
    assert halved == pytest.approx([rate / 2 for rate in rates])
    assert rates[4:] == sorted(rates[4:], reverse=True)


def test_one_command_from_data_to_weights(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_encoder(tmp_path)
    encoder, out = tmp_path / "encoder", tmp_path / "out"
    monkeypatch.setattr(training_run, "AVERAGED_FROM", 0.0)
    monkeypatch.setattr(training, "SentenceEncoder", lambda name: FakeEncoder())
    command = ["--data", str(data), "--out", str(out), "--encoder", str(encoder)]
    training.main([*command, "--processes", "1", "--minutes", "1"])
    last = json.loads((out / "log.jsonl").read_text().splitlines()[-1])
    assert last["share"] == 1
    assert set(last["dev"]) == {"en-tiny"}
    before = (out / "reader.safetensors").read_bytes()
    training.main([*command, "--processes", "1", "--minutes", "1"])  # nothing is left to do
    assert (out / "reader.safetensors").read_bytes() == before
    model = SpanModel.load(out / "reader.safetensors", encoder)
    (window,) = model.read("who won ?", [" ".join(WORDS)])
    assert len(window.start) == len(WORDS)


def test_a_folder_without_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"holds no \.json"):
        training.files_in(tmp_path)


def test_ranked_negatives_are_the_nearest_passages_without_the_answer(
    data: Path, encoder: FakeEncoder
) -> None:
    contexts, questions = load([data / "train" / "en-tiny.jsonl.xz"], tiny_tokenizer())
    ranked = ranked_by_retriever([1, 3], contexts, questions, encoder)
    assert set(ranked) == {1, 3}
    for number, windows in ranked.items():
        question = questions[number]
        answer = contexts[question.context].text[slice(*question.answers[0])]
        assert windows
        assert all(answer not in contexts[w.context].text[w.start : w.end] for w in windows)
        assert not any(w.answers for w in windows)
    # "Which number?" lies nearest to the other contexts' ends, which name a number too
    first = ranked[1][0]
    assert "number" in contexts[first.context].text[first.start : first.end]


def test_reviews_get_no_negatives_from_other_reviews(data: Path, encoder: FakeEncoder) -> None:
    path = data / "train" / "en-amazon.jsonl.xz"
    (data / "train" / "en-tiny.jsonl.xz").rename(path)
    contexts, questions = load([path], tiny_tokenizer())
    assert ranked_by_retriever([0, 1], contexts, questions, encoder) == {}


def test_training_goes_on_from_given_weights(tmp_path: Path) -> None:
    model = tiny_encoder(tmp_path)
    with torch.no_grad():
        model.qa_outputs.weight.fill_(0.5)
    start = save_tiny_reader(model, tmp_path / "start.safetensors")
    fresh = training_run.build_model(tmp_path / "encoder")
    going_on = training_run.build_model(tmp_path / "encoder", start)
    assert torch.equal(going_on.qa_outputs.weight, model.qa_outputs.weight)
    assert not torch.equal(fresh.qa_outputs.weight, model.qa_outputs.weight)


def test_two_processes_train_one_model(data: Path, tmp_path: Path) -> None:
    tiny_encoder(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    contexts, questions = load([data / "train" / "en-tiny.jsonl.xz"], tiny_tokenizer())
    order = list(range(len(questions))) * 40  # enough for a batch each
    remembered_plan(
        out / "plan.json", lambda: (contexts, groups(order, contexts, questions, {}, seed=3))
    )
    command = [sys.executable, "-m", "qa.training", "--data", str(data), "--out", str(out)]
    command += ["--encoder", str(tmp_path / "encoder"), "--processes", "2", "--minutes", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    last = json.loads((out / "log.jsonl").read_text().splitlines()[-1])
    assert last["share"] == 1
    assert last["steps"] > 0
