// The sound of the call: its button, its wave, its time.
const SPEEDS = [1, 1.25, 1.5, 1.75, 2, 0.75];
const HINT_MS = 6000;
const ICONS = { play: 'M8 5v14l11-7z', pause: 'M6 5h4v14H6zM14 5h4v14h-4z' };

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

// Where the sound goes on. Before the first play nothing of it is loaded, and no event of the element tells of it.
function seek(audio, to) {
  audio.currentTime = Math.max(0, to);
  if (!audio.readyState) audio.dispatchEvent(new Event('timeupdate'));
}

// A pause right after it is no error; a sound that cannot be played is told by `onerror`.
function start(audio) {
  audio.play().catch(() => {});
}

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

function playerBar(data, audio, root) {
  const bar = make('div', 'bar');
  if (!data.audio) {
    bar.append(make('div', 'silent', data.about || data.words.noAudio));
    return { bar, tick() {}, paint() {}, tell: hints(bar) };
  }
  const play = make('button', 'play');
  play.setAttribute('aria-label', data.words.play);
  play.append(icon('play'));
  play.onclick = () => (audio.paused ? start(audio) : audio.pause());
  audio.onplay = () => play.replaceChildren(icon('pause'));
  audio.onpause = () => play.replaceChildren(icon('play'));
  const wave = make('div', 'wave');
  const side = make('div', 'side');
  const time = make('span');
  const speed = make('button', 'speed', '1×');
  speed.title = data.words.speed;
  const fast = (rate) => {
    audio.playbackRate = rate;
    speed.textContent = `${String(rate).replace('.', data.words.decimal)}×`;
  };
  speed.onclick = () => fast(SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length]);
  side.append(time, speed);
  bar.append(play, wave, side);
  if (data.stretches.length) bar.append(trustStrip(data));
  const legend = make('div', 'legend');
  for (const entry of data.legend) legend.append(make('b', entry.who, entry.label));
  legend.append(make('span', '', data.review ? data.words.reviewKeys : data.words.keys));
  bar.append(legend);
  if (data.about) bar.append(make('div', 'about', data.about));
  const tick = () => { time.textContent = `${clock(audio.currentTime)} / ${clock(data.duration || audio.duration || 0)}`; };
  audio.onerror = () => { time.textContent = data.words.audioFailed; };
  return { bar, tick, speed, fast, paint: drawWave(wave, data, audio, root), tell: hints(bar) };
}

// What a key could not do, said for a while where the eye is: the bar stays in sight.
function hints(bar) {
  const hint = make('div', 'hint');
  hint.setAttribute('role', 'status');
  bar.append(hint);
  let ends = null;
  return (text) => {
    hint.textContent = text;
    clearTimeout(ends);
    ends = setTimeout(() => { hint.textContent = ''; }, HINT_MS);
  };
}

function trustStrip(data) {
  const strip = make('div', 'strip');
  for (const stretch of data.stretches) {
    const piece = make('i');
    piece.style.left = `${(100 * stretch.start) / data.duration}%`;
    piece.style.width = `${(100 * (stretch.end - stretch.start)) / data.duration}%`;
    piece.title = `${clock(stretch.start)} · ${stretch.label}`;
    strip.append(piece);
  }
  return strip;
}

// Gives what paints its two channels, now or once they are there.
function drawWave(node, data, audio, root) {
  const ink = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const inks = (names) => names.map((name) => ({ waveColor: `color-mix(in srgb, ${ink(name)} 45%, transparent)`, progressColor: ink(name) }));
  let colours = data.channelColours;
  const ready = waveOf(node, data, audio, ink, (two) => inks(two ? colours : ['--na']));
  return (names) => {
    if (String(names) === String(colours)) return;
    colours = names;
    ready.then((drawn) => drawn?.setOptions({ splitChannels: inks(colours) }));
  };
}

// The wave in two channels, to be painted anew; nothing where there is one, or none.
async function waveOf(node, data, audio, ink, painted) {
  try {
    const [{ default: WaveSurfer }, answer] = await Promise.all([
      import(new URL('/api/vendor/wavesurfer.esm.js', location.href).href),
      fetch(data.peaks, { credentials: 'same-origin' }),
    ]);
    const { channels, duration_s: duration } = await answer.json();
    const two = channels.length === 2;
    const drawn = WaveSurfer.create({
      container: node, media: audio, peaks: channels, duration, height: two ? 34 : 68, cursorColor: ink('--st-text-color'),
      interact: false, // it would keep a jump to itself until the sound is there
      barWidth: 2, barGap: 1, barRadius: 2, normalize: true,
      splitChannels: painted(two),
    });
    drawn.once('ready', () => audio.dispatchEvent(new Event('timeupdate')));
    node.onclick = (event) => {
      const box = node.getBoundingClientRect();
      seek(audio, (duration * (event.clientX - box.left)) / box.width);
    };
    return two ? drawn : null;
  } catch {
    node.textContent = data.words.noWave;
    return null;
  }
}
