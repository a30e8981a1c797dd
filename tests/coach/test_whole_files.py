"""A file is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.whole_files import whole_file


def test_it_takes_its_name_when_it_is_done_in_a_folder_of_its_own(tmp_path: Path) -> None:
    target = tmp_path / "nueva" / "lista.csv"
    with whole_file(target) as aside:
        aside.write_text("a", "utf-8")
        assert not target.exists()
    assert [path.name for path in target.parent.iterdir()] == ["lista.csv"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_is_half_written_goes_and_the_old_one_stays(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "lista.csv"
    target.write_text("vieja", "utf-8")

    def written_until_it_fails() -> None:
        with whole_file(target) as aside:
            aside.write_text("nue", "utf-8")
            raise error

    with pytest.raises(error):
        written_until_it_fails()
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("lista.csv", "vieja")]


def test_a_private_one_is_for_its_owner_from_the_first_letter(tmp_path: Path) -> None:
    (tmp_path / "copia.zip.parte").touch(mode=0o644)  # left behind
    with whole_file(tmp_path / "copia.zip", private=True) as aside:
        assert aside.stat().st_mode & 0o077 == 0
    assert (tmp_path / "copia.zip").stat().st_mode & 0o077 == 0


def test_a_writer_that_goes_by_the_ending_gets_it(tmp_path: Path) -> None:
    with whole_file(tmp_path / "copia.flac", same_ending=True) as aside:
        assert aside.suffix == ".flac"
        aside.touch()
