"""The telephone: 8 kHz band, line noise, mu-law companding and level, as NumPy on whole waves."""

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import fft

from transcripts.demo_speech.synth import Wave

TELEPHONE_RATE = 8000
MODEL_RATE = 16000
SPEECH_RMS = 0.1
_MU = 255.0


@dataclass(frozen=True, slots=True)
class Line:
    """One telephone line. Frequencies in Hz; tilt in dB per 2 kHz; `snr_db` None is a silent line."""

    low_hz: float = 200.0
    high_hz: float = 3500.0
    tilt_db: float = 0.0
    snr_db: float | None = None
    noise_slope: float = 0.5
    noise_in_band: bool = True
    noise_swing_hz: float = 0.0
    hum_hz: float = 0.0
    hum_db: float = -30.0
    gain_db: float = -3.0
    companded: bool = True


def draw_line(r: random.Random) -> Line:
    """A line for training, from clean to poor."""
    noisy = r.random() > 0.12
    return Line(
        low_hz=r.uniform(150, 350),
        high_hz=r.uniform(3100, 3800),
        tilt_db=r.uniform(-4, 4),
        snr_db=r.uniform(14, 45) if noisy else None,
        noise_slope=r.choice([0.0, 0.5, 1.0]),
        noise_in_band=r.random() < 0.7,
        noise_swing_hz=r.uniform(0.05, 1) if r.random() < 0.3 else 0.0,
        hum_hz=r.choice([50, 60, 100, 425, 1000]) if noisy and r.random() < 0.1 else 0.0,
        hum_db=-r.uniform(18, 35),
        gain_db=r.uniform(-12, 9),
        companded=r.random() < 0.5,
    )


def telephone(wave: Wave, rate: int, line: Line, rng: np.random.Generator, *, level: bool = True) -> Wave:
    """`wave` at `rate` Hz heard through `line`, at 16 kHz in -1..1. `level` first sets speech to -20 dB."""
    count = round(len(wave) * TELEPHONE_RATE / rate) // 2 * 2
    if count < 2:
        return np.zeros(0, np.float32)
    spectrum = fft.rfft(wave.astype(np.float32))
    band = np.zeros(count // 2 + 1, np.complex64)
    kept = min(len(band), len(spectrum))
    band[:kept] = spectrum[:kept]
    hertz = np.arange(len(band), dtype=np.float32) * TELEPHONE_RATE / count
    shape = _response(hertz, line)
    heard = fft.irfft((band * shape).astype(np.complex64), count) * np.float32(count / len(wave))
    if level:
        heard = heard * np.float32(SPEECH_RMS / speech_rms(heard))
    if line.snr_db is not None:
        heard = heard + _line_noise(hertz, shape, count, line, rng)
    if line.hum_hz:
        swing = np.sin(2 * np.pi * line.hum_hz * np.arange(count) / TELEPHONE_RATE)
        heard = heard + SPEECH_RMS * 10 ** (line.hum_db / 20) * swing
    heard = heard * 10 ** (line.gain_db / 20)
    if line.companded:
        heard = _companded(np.clip(heard, -1, 1))
    return doubled(np.clip(heard, -1, 1).astype(np.float32))


def speech_rms(wave: npt.NDArray[np.floating]) -> float:
    """Root mean square of the parts that are not digital silence; a floor keeps silence finite."""
    active = wave[np.abs(wave) > 1e-4]
    return max(float(np.sqrt((active**2).mean())), 1e-5) if len(active) > 100 else 0.05


def doubled(wave: Wave) -> Wave:
    """`wave` (even length) at twice its rate, nothing added above the old band."""
    spectrum = fft.rfft(wave)
    wide = np.zeros(len(wave) + 1, np.complex64)
    wide[: len(spectrum)] = spectrum
    wide[len(spectrum) - 1] *= 0.5
    return np.asarray(fft.irfft(wide, 2 * len(wave)) * 2, np.float32)


def coloured_noise(count: int, slope: float, rng: np.random.Generator) -> npt.NDArray[np.floating]:
    """`count` samples at 8 kHz with unit deviation; slope 0 is white, 1 is pink-like."""
    hertz = np.arange(count // 2 + 1, dtype=np.float32) * TELEPHONE_RATE / count
    noise = fft.irfft(_noise_spectrum(hertz, slope, rng), count)
    return np.asarray(noise / (noise.std() + 1e-9))


def _noise_spectrum(
    hertz: npt.NDArray[np.floating], slope: float, rng: np.random.Generator
) -> npt.NDArray[np.complexfloating]:
    parts = rng.standard_normal((2, len(hertz)), dtype=np.float32)
    return np.asarray((parts[0] + 1j * parts[1]) / np.maximum(hertz, 60) ** slope, np.complex64)


def _response(hertz: npt.NDArray[np.floating], line: Line) -> npt.NDArray[np.floating]:
    band = 1 / (1 + (line.low_hz / np.maximum(hertz, 1)) ** 4) / (1 + (hertz / line.high_hz) ** 24)
    return np.asarray(band * 10 ** (line.tilt_db / 20 * (hertz - 1000) / 2000))


def _line_noise(
    hertz: npt.NDArray[np.floating],
    shape: npt.NDArray[np.floating],
    count: int,
    line: Line,
    rng: np.random.Generator,
) -> npt.NDArray[np.floating]:
    spectrum = _noise_spectrum(hertz, line.noise_slope, rng) * (shape if line.noise_in_band else 1)
    noise = fft.irfft(spectrum.astype(np.complex64), count)
    noise = noise * (SPEECH_RMS * 10 ** (-(line.snr_db or 0) / 20) / (noise.std() + 1e-9))
    if line.noise_swing_hz:
        turns = line.noise_swing_hz * np.arange(count) / TELEPHONE_RATE + rng.random()
        noise = noise * (1 + 0.8 * np.sin(2 * np.pi * turns))
    return np.asarray(noise)


def _companded(wave: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """mu-law down to 8 bits and back."""
    squeezed = np.sign(wave) * np.log1p(_MU * np.abs(wave)) / np.log(1 + _MU)
    coarse = np.round(squeezed * 127) / 127
    return np.asarray(np.sign(coarse) * ((1 + _MU) ** np.abs(coarse) - 1) / _MU)
