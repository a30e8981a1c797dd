"""Which model on which machine, and where it is looked for; nothing is ever fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcripts.options import SpeechOptions, is_demo, model_folder, resolve
from transcripts.types import TranscriptError


def _model(folder: Path, *, without: str = "") -> Path:
    folder.mkdir(parents=True)
    for name in ("model.bin", "tokenizer.json", "config.json"):
        if name != without:
            (folder / name).write_text("{}")
    return folder


def test_gpu_takes_the_large_model() -> None:
    chosen = resolve(SpeechOptions(), cuda=True, cores=8)

    assert (chosen.model, chosen.device, chosen.compute_type) == ("large-v3-turbo", "cuda", "float16")


def test_without_gpu_the_small_model_runs_on_all_cores() -> None:
    chosen = resolve(SpeechOptions(), cuda=False, cores=6)

    assert (chosen.model, chosen.device, chosen.compute_type) == ("small", "cpu", "int8")
    assert chosen.cpu_threads == 6


def test_what_a_person_chose_stays() -> None:
    asked = SpeechOptions(model="medium", device="cpu", compute_type="float32", batch_size=2, cpu_threads=1)

    assert resolve(asked, cuda=True, cores=8) == asked


def test_name_is_looked_for_in_the_folder_of_models(tmp_path: Path) -> None:
    folder = _model(tmp_path / "small")

    assert model_folder(SpeechOptions(model="small", models_dir=tmp_path)) == folder


def test_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = _model(tmp_path / "mi-modelo")

    assert model_folder(SpeechOptions(model=str(folder))) == folder


def test_name_that_is_not_installed_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="coach models get large-v3-turbo"):
        model_folder(SpeechOptions(model="large-v3-turbo", models_dir=tmp_path))


@pytest.mark.parametrize("file", ["model.bin", "tokenizer.json", "config.json"])
def test_folder_that_lacks_a_file_names_it(tmp_path: Path, file: str) -> None:
    folder = _model(tmp_path / "roto", without=file)

    with pytest.raises(TranscriptError, match=f"falta {file}"):
        model_folder(SpeechOptions(model=str(folder)))


def test_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="No existe la carpeta"):
        model_folder(SpeechOptions(model=str(tmp_path / "nada")))


def test_demo_model_is_known_by_its_mark(tmp_path: Path) -> None:
    folder = _model(tmp_path / "demo")
    assert not is_demo(folder)

    (folder / "DEMO").touch()
    assert is_demo(folder)
