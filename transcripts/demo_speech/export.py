"""Checkpoint -> Hugging Face folder -> CTranslate2 int8 folder that unmodified faster-whisper loads."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.model import MELS, POSITIONS, TEXT_POSITIONS
from transcripts.demo_speech.tokenizer import Vocabulary, vocabulary
from transcripts.demo_speech.windows import WINDOW_S
from transcripts.options import DEMO_MARK

_FEATURES = {
    "chunk_length": int(WINDOW_S),
    "feature_size": MELS,
    "hop_length": 160,
    "n_fft": 400,
    "sampling_rate": 16000,
}
# A byte that never occurs in UTF-8, as the byte-level alphabet writes it.
_SPARE_BYTE = "ÿ"
FILES = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json")


def export(checkpoint: Path, tokenizer_path: Path, out: Path) -> None:
    """Write the five files of the model and its demo mark into `out`; other files there (the card) stay."""
    import torch

    content = torch.load(checkpoint, map_location="cpu")
    tokenizer = Tokenizer.from_file(str(tokenizer_path))
    with tempfile.TemporaryDirectory() as folder:
        staged, converted = Path(folder) / "hf", Path(folder) / "ct2"
        _save_hugging_face(content, tokenizer, tokenizer_path, staged)
        _convert(staged, converted)
        shutil.copy(tokenizer_path, converted / "tokenizer.json")
        _mark_multilingual(converted / "vocabulary.json", tokenizer)
        out.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(converted / name, out / name)
    (out / DEMO_MARK).write_text(
        "Solo entiende las voces sintéticas de las llamadas de muestra.\n", encoding="utf-8"
    )


def _save_hugging_face(
    content: dict[str, Any], tokenizer: Tokenizer, tokenizer_path: Path, folder: Path
) -> None:
    from transformers import GenerationConfig, PreTrainedTokenizerFast, WhisperForConditionalGeneration

    ids, shape = vocabulary(tokenizer), content["shape"]
    model = WhisperForConditionalGeneration(_config(shape, ids))
    missing = model.load_state_dict(_weights(content["weights"], shape["positions"]), strict=False)
    if missing.missing_keys or missing.unexpected_keys:
        raise DemoSpeechError(f"los pesos no encajan en Whisper: {missing}; entrene de nuevo")
    marks = {"bos_token_id": ids.end, "eos_token_id": ids.end, "pad_token_id": ids.end}
    last = shape["decoder_layers"] - 1
    model.generation_config = GenerationConfig(  # type: ignore[no-untyped-call]
        suppress_tokens=[],
        # Only the bare blank: silence may end at once.
        begin_suppress_tokens=[tokenizer.token_to_id("Ġ")],
        lang_to_id={"<|es|>": ids.spanish},
        alignment_heads=[[last, head] for head in range(shape["guided"])],
        decoder_start_token_id=ids.start,
        **marks,
    )
    model.save_pretrained(folder)
    end = "<|endoftext|>"
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_file=str(tokenizer_path), eos_token=end, bos_token=end, unk_token=end
    ).save_pretrained(folder)
    (folder / "preprocessor_config.json").write_text(json.dumps(_FEATURES), encoding="utf-8")


def _config(shape: dict[str, int], ids: Vocabulary) -> Any:
    from transformers import WhisperConfig

    return WhisperConfig(
        vocab_size=ids.size,
        num_mel_bins=MELS,
        d_model=shape["width"],
        encoder_layers=shape["encoder_layers"],
        decoder_layers=shape["decoder_layers"],
        encoder_attention_heads=shape["heads"],
        decoder_attention_heads=shape["heads"],
        encoder_ffn_dim=4 * shape["width"],
        decoder_ffn_dim=4 * shape["width"],
        max_source_positions=POSITIONS,
        max_target_positions=TEXT_POSITIONS,
        bos_token_id=ids.end,
        eos_token_id=ids.end,
        pad_token_id=ids.end,
        decoder_start_token_id=ids.start,
        suppress_tokens=None,
        begin_suppress_tokens=None,
        scale_embedding=False,
        activation_function="gelu",
    )


def _weights(trained: dict[str, Any], positions: int) -> dict[str, Any]:
    """The weights by Hugging Face's names, the encoder's tail position repeated for all the padding."""
    import torch

    named = {f"model.{name}": value for name, value in trained.items() if not name.startswith("phonemes.")}
    place = "model.encoder.embed_positions.weight"
    tail = named[place][-1:].expand(POSITIONS - positions, -1)
    named[place] = torch.cat([named[place][:positions], tail], 0).clone()
    named["proj_out.weight"] = named["model.decoder.embed_tokens.weight"]
    return named


def _convert(source: Path, target: Path) -> None:
    from ctranslate2.converters import TransformersConverter

    TransformersConverter(str(source), copy_files=["preprocessor_config.json"]).convert(
        str(target), quantization="int8", force=True
    )


def _mark_multilingual(path: Path, tokenizer: Tokenizer) -> None:
    """Rename a byte token that is never used to "": CTranslate2 4.8 takes that for a multilingual vocabulary.

    Without it language="es" would be ignored with a warning on every call.
    """
    names = json.loads(path.read_text(encoding="utf-8"))
    spare = tokenizer.token_to_id(_SPARE_BYTE)
    if spare is None or names[spare] != _SPARE_BYTE:
        raise DemoSpeechError(f"{path.name}: falta el byte {_SPARE_BYTE!r}; repita el tokenizador")
    names[spare] = ""
    path.write_text(json.dumps(names, ensure_ascii=False, indent=0), encoding="utf-8")
