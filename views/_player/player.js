// The call at work: audio, waveform, transcript and rubric in one piece, so that a click on a line or on a quote moves
// the sound at once, with no round trip. All text of the call is set with textContent, never as markup.
const state = new WeakMap();
const LEAD_IN_S = 3;      // evidence is heard from this much before it
const SPEEDS = [1, 1.25, 1.5, 1.75, 2, 0.75];
const SIGNS = { pass: '✓', fail: '✕', na: '–', review: '?' };
let lastHead = null;      // the review whose end led to the head of the page last
let leftAt = null;        // where the agent was when an appeal was sent: the page is drawn anew with it
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

// The turn's text as plain pieces and <mark>s. Marks may overlap: the text is cut at every edge.
function fillText(node, turn) {
  const marks = turn.marks.filter((mark) => mark.end > mark.start);
  const edges = [...new Set([0, turn.text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  for (let k = 0; k + 1 < edges.length; k += 1) {
    const [from, to] = [edges[k], edges[k + 1]];
    const over = marks.filter((mark) => mark.start <= from && mark.end >= to);
    const piece = turn.text.slice(from, to);
    if (!over.length) { node.append(piece); continue; }
    const mark = make('mark', over.some((m) => m.bad) ? 'bad' : '', piece);
    mark.title = [...new Set(over.map((m) => m.label))].join(' · ');
    mark.dataset.from = from;
    node.append(mark);
  }
}

function turnRow(turn, api) {
  const row = make('div', `turn ${turn.who}${turn.doubt ? ' doubt' : ''}`);
  row.append(make('span', 'when', turn.start === null ? '' : clock(turn.start)));
  const cell = make('div');
  const who = make('div', 'who', turn.name);
  who.append(make('span', 'number', turn.number));
  cell.append(who);
  const says = make('div', 'says');
  fillText(says, turn);
  cell.append(says);
  if (turn.doubt) cell.append(make('div', 'why', turn.doubt));
  if (turn.tags.length) {
    const tags = make('div', 'tags');
    for (const tag of turn.tags) tags.append(make('span', `tag ${tag.kind}`, tag.label));
    cell.append(tags);
  }
  for (const note of turn.notes) cell.append(make('div', 'own-line', note));
  cell.append(make('div', 'own'), make('div', 'form'));
  row.append(cell);
  row.onclick = () => { if (!String(getSelection())) api.goTo(turn.i, 0, true); };
  return row;
}

function quoteButton(quote, api) {
  const button = make('button', 'quote');
  button.append(make('span', 'around', `${quote.marks[0]}${quote.before}`), make('b', '', quote.text), make('span', 'around', `${quote.after}${quote.marks[1]}`), document.createElement('br'));
  button.append(make('small', '', quote.at === null ? quote.where : `${clock(quote.at)} · ${quote.where}`));
  button.onclick = () => api.showQuote(quote);
  return button;
}

function criterionRow(item, data, api) {
  const { words } = data;
  const disputable = data.appeal?.criteria.includes(item.id);
  const shown = item.review ? 'review' : item.outcome;
  const row = make('div', `criterion ${shown}`);
  row.dataset.id = item.id;
  const head = make('button');
  head.append(make('span', 'sign', SIGNS[shown]), make('span', '', item.label), make('span', `out ${shown}`, item.cost ? `${item.outcomeLabel} · ${item.cost}` : item.outcomeLabel));
  const more = make('div', 'more');
  more.append(make('p', 'reason', item.reason));
  item.evidence.forEach((quote, index) => {
    more.append(quoteButton(quote, api));
    if (disputable) more.append(appealForm(item, index, data, api));
  });
  if (disputable && !item.evidence.length) more.append(appealForm(item, null, data, api));
  if (item.better) more.append(make('p', '', `${words.better} ${item.better}`));
  if (item.worth) more.append(make('p', 'worth', item.worth));
  if (item.help) more.append(make('p', '', item.help));
  more.hidden = !item.open && !more.querySelector('.appeal textarea');
  head.setAttribute('aria-expanded', String(!more.hidden));
  head.onclick = () => { more.hidden = !more.hidden; head.setAttribute('aria-expanded', String(!more.hidden)); };
  row.append(head, more);
  return row;
}

function rubricPane(data, api) {
  const pane = make('div');
  for (const group of data.groups) {
    const title = make('div', 'group');
    title.append(make('span', '', group.label), make('span', '', group.points));
    pane.append(title, ...group.criteria.map((item) => criterionRow(item, data, api)));
  }
  if (!data.groups.length) pane.append(make('div', 'empty', data.words.noRubric));
  return pane;
}

function repliesPane(data, api) {
  const pane = make('div');
  for (const item of data.objections) {
    const card = make('div', 'advice');
    card.append(make('h4', '', item.label), quoteButton(item.quote, api), make('p', '', item.why), make('p', 'steps', item.steps));
    const list = make('ul');
    for (const reply of item.replies) {
      const line = make('li', '', reply.text);
      line.append(make('span', 'why', reply.why));
      list.append(line);
    }
    card.append(list);
    const more = make('a', 'more', data.words.guide);
    more.href = item.guide;
    more.target = '_blank'; // the sound of the call goes on
    card.append(more);
    if (item.avoid.length) card.append(make('p', 'steps', `${data.words.avoid} ${item.avoid.join(' ')}`));
    pane.append(card);
  }
  if (!data.objections.length) pane.append(make('div', 'empty', data.words.noObjections));
  return pane;
}

function sidePane(data, api, review) {
  const pane = make('div', 'pane');
  const tabs = make('div', 'tabs');
  tabs.setAttribute('role', 'tablist');
  const panes = [[review ? data.words.review : data.words.rubric, review ? review.pane : rubricPane(data, api)]];
  if (data.replies) panes.push([data.words.replies, repliesPane(data, api)]);
  const buttons = panes.map(([label, content], index) => {
    const button = make('button', '', label);
    button.setAttribute('role', 'tab');
    button.onclick = () => panes.forEach(([, other], k) => {
      other.hidden = k !== index;
      buttons[k].setAttribute('aria-selected', String(k === index));
    });
    content.hidden = index > 0;
    button.setAttribute('aria-selected', String(index === 0));
    tabs.append(button);
    return button;
  });
  pane.append(tabs, ...panes.map(([, content]) => content));
  return pane;
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
    return { bar, wave: null, tick() {} };
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
  drawWave(wave, data, audio, root);
  return { bar, wave, tick, speed, fast };
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

async function drawWave(node, data, audio, root) {
  try {
    const [{ default: WaveSurfer }, answer] = await Promise.all([
      import(new URL('/api/vendor/wavesurfer.esm.js', location.href).href),
      fetch(data.peaks, { credentials: 'same-origin' }),
    ]);
    const { channels, duration_s: duration } = await answer.json();
    const ink = (name) => getComputedStyle(root).getPropertyValue(name).trim();
    const colours = channels.length === 2 ? data.channelColours : ['--na'];
    const drawn = WaveSurfer.create({
      container: node, media: audio, peaks: channels, duration, height: channels.length === 2 ? 34 : 68, cursorColor: ink('--st-text-color'),
      interact: false, // it would keep a jump to itself until the sound is there
      barWidth: 2, barGap: 1, barRadius: 2, normalize: true,
      splitChannels: colours.map((name) => ({ waveColor: `color-mix(in srgb, ${ink(name)} 45%, transparent)`, progressColor: ink(name) })),
    });
    drawn.once('ready', () => audio.dispatchEvent(new Event('timeupdate')));
    node.onclick = (event) => {
      const box = node.getBoundingClientRect();
      seek(audio, (duration * (event.clientX - box.left)) / box.width);
    };
  } catch {
    node.textContent = data.words.noWave;
  }
}

// What is unfolded and how far each pane is scrolled, to be found again around `criterion` in the next picture of the call.
function placeOf(root, data, criterion) {
  const open = [...root.querySelectorAll('.criterion')].filter((row) => !row.querySelector('.more').hidden).map((row) => row.dataset.id);
  return { call: data.peaks, version: data.version, criterion, open, tops: [...root.querySelectorAll('.pane')].map((pane) => pane.scrollTop) };
}

function backTo(place, root) {
  const rows = [...root.querySelectorAll('.criterion')];
  for (const row of rows) if (place.open.includes(row.dataset.id) && row.querySelector('.more').hidden) row.querySelector('button').click();
  root.querySelectorAll('.pane').forEach((pane, k) => { pane.scrollTop = place.tops[k] ?? 0; });
  const row = rows.find((each) => each.dataset.id === place.criterion);
  // what stands above it is drawn in the same go, and moves it
  requestAnimationFrame(() => requestAnimationFrame(() => {
    row?.scrollIntoView({ block: 'nearest' });
    // the button that sent it is gone, and the keyboard with it; whoever went elsewhere meanwhile stays there
    if (document.activeElement === document.body) row?.querySelector('button').focus({ preventScroll: true });
  }));
}

// Up to the head of the page: whatever is scrolled around the player is scrolled back.
function toTop(node) {
  for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) at.scrollTop = 0;
}

function build(component, entry) {
  const { parentElement, data, setTriggerValue } = component;
  const root = make('div', 'temple');
  root.tabIndex = -1;
  const audio = new Audio();
  // the server notes a hearing where the sound is asked for: not before somebody plays it
  if (data.audio) { audio.preload = 'none'; audio.src = data.audio; }
  const timed = data.turns.filter((turn) => turn.start !== null);
  const starts = timed.map((turn) => turn.start);
  let current = null;
  let evidence = -1;

  const light = (index, scroll) => {
    if (index === current) return;
    if (current !== null) rows[current]?.classList.remove('on');
    current = index;
    const row = rows[index];
    row?.classList.add('on');
    if (scroll && row) row.scrollIntoView({ block: 'nearest' });
  };
  const api = {
    goTo(index, lead, play) {
      const turn = data.turns[index];
      light(index, true);
      setTriggerValue('picked', index);
      if (data.audio && turn.start !== null) { seek(audio, turn.start - lead); if (play) start(audio); }
    },
    showQuote(quote) {
      light(quote.turn, true);
      for (const mark of rows[quote.turn].querySelectorAll('mark')) {
        const from = Number(mark.dataset.from);
        mark.classList.toggle('flash', from >= quote.start && from < quote.end);
      }
      if (data.audio && quote.at !== null) { seek(audio, quote.at - LEAD_IN_S); start(audio); }
    },
  };
  const rows = data.turns.map((turn) => turnRow(turn, api));
  const lines = data.turns.flatMap((turn, i) => (turn.leg ? [make('div', 'leg', turn.leg), rows[i]] : [rows[i]]));
  const { bar, tick, speed, fast } = playerBar(data, audio, root);
  Object.assign(api, {
    root,
    rows,
    light,
    current: () => current,
    sound: () => ({ at: audio.currentTime, playing: !audio.paused, rate: audio.playbackRate }),
    playOn({ at, playing, rate }) {
      if (!data.audio) return;
      fast(rate);
      if (at) seek(audio, at);
      if (playing) start(audio);
    },
    send: (actions) => setTriggerValue('acts', [...actions]),
    appeal: (word) => { leftAt = placeOf(root, data, word.criterion); setTriggerValue('appeal', word); },
  });
  const review = data.review ? reviewer(data, api) : null;
  entry.update = (next) => review?.update(next.review);
  const transcript = make('div', 'pane');
  transcript.append(...(rows.length ? lines : [make('div', 'empty', data.words.noTurns)]));
  const body = make('div', 'body');
  body.append(transcript);
  if (data.alone) body.classList.add('alone'); else body.append(sidePane(data, api, review));
  const top = make('div');
  root.append(audio, top, bar, body);
  const floats = new IntersectionObserver(([edge]) => bar.classList.toggle('floating', !edge.isIntersecting && edge.boundingClientRect.top < 0));
  floats.observe(top);
  parentElement.append(root);
  root.classList.toggle('dark', isDark(root));

  audio.ontimeupdate = () => {
    tick();
    let low = 0;
    let high = starts.length;
    while (low < high) { const mid = (low + high) >> 1; if (starts[mid] <= audio.currentTime + 0.05) low = mid + 1; else high = mid; }
    if (low > 0 && !audio.paused) light(timed[low - 1].i, true);
    if (!audio.paused) review?.touched();
  };
  tick();

  const quotes = data.groups.flatMap((group) => group.criteria).flatMap((item) => item.evidence);
  const step = (by) => api.goTo(Math.min(rows.length - 1, Math.max(0, (current ?? -1) + by)), 0, !audio.paused);
  const keys = {
    ' ': () => data.audio && (audio.paused ? start(audio) : audio.pause()),
    j: () => step(1),
    k: () => step(-1),
    e: () => { if (quotes.length) { evidence = (evidence + 1) % quotes.length; api.showQuote(quotes[evidence]); } },
    s: () => speed?.click(),
    ArrowLeft: () => seek(audio, audio.currentTime - 5),
    ArrowRight: () => seek(audio, Math.min(data.duration || Infinity, audio.currentTime + 5)),
    ...review?.keys,
  };
  const onKey = (event) => {
    const path = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || path.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(path.tagName)) return;
    if (event.key === ' ' && path.tagName === 'BUTTON') return;
    const typed = event.key.length === 1;
    const busy = review?.busy() && event.key !== 'Escape';
    const act = busy ? null : keys[typed ? event.key.toLowerCase() : event.key];
    if (act && rows.length) { event.preventDefault(); act(); }
    // before Streamlit sees it, whose own keys are letters too: «r» would draw the whole page anew
    if (typed && (busy || act)) event.stopPropagation();
  };
  const onHide = () => review?.sendTyped();   // the page is loaded anew, or shut
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pagehide', onHide);
  entry.close = () => { review?.leave(); floats.disconnect(); window.removeEventListener('keydown', onKey, true); window.removeEventListener('pagehide', onHide); audio.pause(); audio.removeAttribute('src'); root.remove(); };
  entry.root = root;
  entry.goTo = api.goTo;
  if (data.turn !== null && data.turns[data.turn]) {
    light(data.turn, true);
    if (data.audio) seek(audio, data.at ?? data.turns[data.turn].start ?? 0);
  }
  review?.begin();
  if (leftAt?.call === data.peaks) {
    backTo(leftAt, root);
    if (leftAt.version !== data.version) leftAt = null;
  }
}

export default function (component) {
  const { parentElement, data } = component;
  let entry = state.get(parentElement);
  if (!entry || entry.version !== data.version) {
    entry?.close();
    entry = { version: data.version };
    state.set(parentElement, entry);
    build(component, entry);
  } else if (data.review) {
    entry.update(data);
  }
  entry.root.classList.toggle('dark', isDark(entry.root));
  if (data.head && data.head !== lastHead) { lastHead = data.head; toTop(parentElement); }
  return () => { state.get(parentElement)?.close(); state.delete(parentElement); };
}
