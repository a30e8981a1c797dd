"""Settings are closed: a typo is an error with file, line and what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from coach.anchored import whole
from coach.settings import Settings, environment, load
from coach.types import CoachError


def written(folder: Path, text: str) -> Path:
    file = folder / "coach.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_file_says_the_defaults() -> None:
    assert load(Path("coach.example.toml")) == Settings()


def test_what_a_file_names_is_told_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'data_dir = "d"\nforms_dir = "/f"\ndatabase_url = "sqlite:///d/t.db"\nrubric = "mia.yaml"\n'
    text += 'rubrics_by_call = ["tercero", "otra.yaml"]\n[speech]\nmodel = "modelos/x"\nmodels_dir = "m"\n'
    (tmp_path / "casa").mkdir()
    file = written(tmp_path / "casa", text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_CONFIG", str(file))
    found, house = load(), tmp_path / "casa"
    assert (found.data_dir, found.forms_dir, found.models_dir) == (house / "d", Path("/f"), house / "m")
    assert (found.url, found.rubric) == (f"sqlite:///{house}/d/t.db", str(house / "mia.yaml"))
    assert found.rubrics_by_call == ("tercero", str(house / "otra.yaml"))
    assert found.speech.model == str(house / "modelos" / "x")
    monkeypatch.setenv("COACH_DATA_DIR", "d")  # where one is, as everybody means it at a terminal
    assert load().data_dir == Path("d")
    monkeypatch.delenv("COACH_DATA_DIR")
    monkeypatch.delenv("COACH_CONFIG")
    monkeypatch.chdir(house)
    assert (load().data_dir, load().speech.model) == (Path("d"), "modelos/x")


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load() == Settings()


def test_coach_toml_of_the_working_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, 'port = 8600\n[speech]\nmodel = "small"\n')
    assert (load().port, load().speech.model) == (8600, "small")


def test_the_engine_that_is_asked_for_hears_the_calls(tmp_path: Path) -> None:
    found = load(written(tmp_path, '[speech]\nengine = "own"\n'))
    assert found.speech_options().engine == "own"


def test_a_table_in_one_variable_is_json_and_every_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WEBHOOK", "https://crm.example")
    with pytest.raises(CoachError, match=r"COACH_SPEECH.*COACH_WEBHOOK.*son JSON"):
        load()


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, 'port = 8600\n[speech]\nmodel = "small"\nbeam_size = 3\n')
    monkeypatch.setenv("COACH_CONFIG", str(file))
    monkeypatch.setenv("COACH_PORT", "8700")
    monkeypatch.setenv("COACH_SPEECH__MODEL", "medium")
    found = load()
    assert (found.port, found.speech.model, found.speech.beam_size) == (8700, "medium", 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1\n", "línea 1: prot: este nombre no existe (¿quiso decir «port»?)"),
        (
            '\n[speech]\nmodell = "x"\n',
            "línea 3: speech.modell: este nombre no existe (¿quiso decir «model»?)",
        ),
        ("[speech]\nbeam_size = 0\n", "línea 2: speech.beam_size: debe ser 1 o más; dice 0"),
        ('[speech]\ndevice = "gpu"\n', "línea 2: speech.device: debe ser 'auto', 'cpu' o 'cuda'; dice 'gpu'"),
        ('port = "x"\n', "línea 1: port: debe ser un número entero; dice 'x'"),
        (
            "[sources.pbx]\nagent_chanel = 1\n",
            "línea 2: sources.pbx.agent_chanel: este nombre no existe (¿quiso decir «agent_channel»?)",
        ),
        (
            '[sources.pbx]\ntimezone = "Lima"\n',
            "línea 2: sources.pbx.timezone: no es una zona horaria conocida",
        ),
        (
            "[sources.pbx]\nfilename_pattern = '('\n",
            "línea 2: sources.pbx.filename_pattern: El patrón «(»",
        ),
        ("port = \n", "línea 1: no es TOML válido: falta el valor"),
        ('data_dir = "d1', "al final: no es TOML válido: falta cerrar las comillas"),
        ('data_dir = "d1\nport = 1\n', "línea 1: no es TOML válido: falta cerrar las comillas"),
        ('slogans = ["a"\n', "al final: no es TOML válido: falta cerrar el corchete"),
        ("[sources\n", "línea 1: no es TOML válido: falta cerrar el corchete"),
        ("port = 1\nport = 2\n", "línea 2: no es TOML válido: un ajuste está dos veces"),
        ("[speech]\n[speech]\n", "línea 2: no es TOML válido: una sección está dos veces"),
        ("port 8501\n", "línea 1: no es TOML válido: falta el signo «=»"),
        ("language = es\n", "línea 1: no es TOML válido: falta el valor, o es un texto sin comillas"),
        ('data_dir = "C:\\q"\n', "línea 1: no es TOML válido: en un texto, escriba las barras"),
        ("\ntrust = 5\n", "línea 2: trust: debe ser una sección [trust] con sus ajustes debajo"),
        ("[sources]\npbx = 1\n", "línea 2: sources.pbx: debe ser una sección [sources.pbx]"),
        ('sources = "a"\n', "línea 1: sources: debe ser una sección [sources]"),
    ],
)
def test_a_mistake_names_file_line_and_what_was_meant(tmp_path: Path, text: str, said: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(CoachError) as error:
        load(file)
    assert str(error.value).startswith(f"{file}: {said}")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1252", "línea 2: hay una letra que no está en UTF-8. Guarde el archivo como UTF-8"),
        ("utf-16", "está guardado en UTF-16. Guárdelo como UTF-8"),
        ("utf-16-le", "está guardado en UTF-16. Guárdelo como UTF-8"),
    ],
)
def test_settings_in_another_encoding_say_where_and_what_to_do(
    tmp_path: Path, encoding: str, said: str
) -> None:
    file = tmp_path / "coach.toml"
    file.write_bytes('port = 1\nslogans = ["Señora"]\n'.encode(encoding))
    with pytest.raises(CoachError) as error:
        load(file)
    assert str(error.value).startswith(f"{file}: {said}")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CoachError) as error:
        load(written(tmp_path, "prot = 1\nhots = 2\n"))
    assert len(str(error.value).splitlines()) == 2


def test_an_unknown_variable_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PROT", "1")
    with pytest.raises(
        CoachError, match=r"variable COACH_PROT: este ajuste no existe \(¿quiso decir «COACH_PORT»"
    ):
        load()


def test_a_wrong_value_in_a_variable_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PORT", "ochenta")
    with pytest.raises(CoachError, match=r"^variable COACH_PORT: debe ser un número entero"):
        load()


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="no existe este archivo de ajustes"):
        load(tmp_path / "nada.toml")


def test_another_process_sees_exactly_these_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Settings.model_validate(
        {
            "data_dir": tmp_path,
            "demo": True,
            "speech": {"model": "small"},
            "sources": {"pbx": {"agent_channel": 1}},
        }
    )
    for name, value in environment(here).items():
        monkeypatch.setenv(name, value)
    assert load() == here


def test_speech_options_follow_the_source(tmp_path: Path) -> None:
    found = Settings.model_validate({"data_dir": tmp_path, "sources": {"pbx": {"agent_channel": 1}}})
    assert found.speech_options("pbx").agent_channel == 1
    assert found.speech_options().agent_channel == 0
    assert found.speech_options().models_dir == tmp_path / "models"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///var/temple.db", "sqlite:///{here}/var/temple.db"),
        ("sqlite:////srv/temple.db", "sqlite:////srv/temple.db"),
        ("sqlite://", "sqlite://"),
        ("postgresql+psycopg://ana:clave@equipo/temple", "postgresql+psycopg://ana:***@equipo/temple"),
    ],
)
def test_a_database_is_told_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert whole(make_url(url)) == told.format(here=tmp_path)
