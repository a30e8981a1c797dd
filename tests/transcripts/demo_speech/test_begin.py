import struct
from pathlib import Path

import numpy as np
import pytest

from transcripts.demo_speech.begin import exported_weights, read_variables
from transcripts.demo_speech.errors import DemoSpeechError

MODEL = Path(__file__).parents[3] / "models" / "whisper-demo-es"


def text(name: str) -> bytes:
    return struct.pack("<H", len(name) + 1) + name.encode() + b"\0"


def variable(name: str, values: np.ndarray, kind: int) -> bytes:
    shape = struct.pack(f"<B{values.ndim}I", values.ndim, *values.shape)
    return text(name) + shape + struct.pack("<BI", kind, values.nbytes) + values.tobytes()


def model_file(path: Path, version: int) -> Path:
    weights, scales = np.array([[127, -64], [10, 0]], np.int8), np.array([254.0, 10.0], np.float32)
    parts = [variable("w/weight", weights, 1), variable("w/weight_scale", scales, 0)]
    head = struct.pack("<I", version) + text("WhisperSpec") + struct.pack("<II", 3, len(parts))
    path.write_bytes(head + b"".join(parts) + struct.pack("<I", 0))
    return path


def test_a_row_of_int8_becomes_what_it_stood_for(tmp_path: Path) -> None:
    found = read_variables(model_file(tmp_path / "model.bin", version=6))
    assert list(found) == ["w/weight"]
    assert found["w/weight"] == pytest.approx(np.array([[0.5, -64 / 254], [1.0, 0.0]]))


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DemoSpeechError, match="formato 7"):
        read_variables(model_file(tmp_path / "model.bin", version=7))


def test_the_shipped_model_gives_every_weight_that_training_goes_on_from() -> None:
    weights = exported_weights(MODEL, 500)
    assert weights["encoder.embed_positions.weight"].shape == (501, 192)
    assert weights["decoder.layers.1.encoder_attn.v_proj.weight"].shape == (192, 192)
    assert "encoder.layers.3.self_attn.v_proj.bias" in weights
    assert "encoder.layers.3.self_attn.k_proj.bias" not in weights
    assert len([name for name in weights if name.endswith("fc1.weight")]) == 6
    norm = weights["encoder.layer_norm.weight"]
    assert np.isfinite(norm).all()
    assert norm.std() > 0
