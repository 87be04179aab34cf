"""The words of a written copy about what it leaves out of a store that is too large to be written whole."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import Both, Number

LEFT_OUT: Final[Both] = (
    "This question is left out of the copy: its answer was not there after {seconds} seconds.",
    "本副本略去了这个问题：{seconds} 秒内没有得到答案。",
)
ASK_YOURSELF: Final[Both] = (
    "It is answered where there is more time, from the store that this is a copy of:",
    "时间充裕时，可直接向本副本所依据的存储库提问：",
)
OR_SERVED: Final[Both] = (
    "or on the pages of a server, which `bri-kg serve` starts.",
    "也可用 `bri-kg serve` 启动服务器，在其网页上提问。",
)
REST_OF_LIST: Final[Number] = (
    ("1 more is left out of this copy; `bri-kg serve` shows it.", "本副本另略去 1 项，可用 `bri-kg serve` 查看。"),
    (
        "{count} more are left out of this copy; `bri-kg serve` shows them.",
        "本副本另略去 {count} 项，可用 `bri-kg serve` 查看。",
    ),
)  # fmt: skip
ROWS_WRITTEN: Final[Both] = (
    "CSV and JSON hold the first {most} rows; `bri-kg ask` gives them all.",
    "CSV 和 JSON 含前 {most} 行；`bri-kg ask` 可给出全部。",
)
