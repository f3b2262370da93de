"""An index is read with the same answers on another processor than it was built on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
# what oneDNN, torch, FAISS and MKL may use of the processor: as if it had no AVX-512 and no AMX
OLDER = {
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "FAISS_OPT_LEVEL": "AVX2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
}
QUESTIONS = [
    "Which golfer signed the golf bag?",
    "Where did Takaichi and Trump hold their first summit?",
    "小泉进次郎在美国会见了谁?",
    "What is the capital of Peru?",
]
ASK = """
import json, sys
from index.encoder.bert import native_bf16
from qa import Archive
archive = Archive.open(sys.argv[1])
answers = [archive.answer(question) for question in sys.argv[2:]]
print(json.dumps([native_bf16(), [
    [a.answered, a.text, a.sentence,
     # the passages nearest to a refused question are nearly equally near
     [(c.article_id, c.start, c.end) for c in a.citations if a.answered]]
    for a in answers
]]))
"""


def answers(index: Path, environment: dict[str, str]) -> tuple[bool, list[list[Any]]]:
    """Return whether bf16 was used, and the answers."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK, str(index), *QUESTIONS],
        env={**os.environ, **environment}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    native, found = json.loads(done.stdout.splitlines()[-1])
    return native, found


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="caps x86 instructions")
def test_answers_are_the_same_without_avx512(real_index: Path) -> None:
    """Built with what this processor has, bf16 where it is native; asked as on an older one."""
    _, expected = answers(real_index, {})
    native, found = answers(real_index, OLDER)
    assert not native
    assert found == expected
    assert [answered for answered, *_ in found] == [True, True, True, False]
