// The call at work: audio, waveform, transcript and rubric in one piece, so that a click on a line or on a quote moves
// the sound at once, with no round trip. All text of the call is set with textContent, never as markup.
const state = new WeakMap();
const LEAD_IN_S = 3;      // evidence is heard from this much before it
const BESIDE_BAR = 16;    // px: above it and below it
let lastHead = null;      // the review whose end led to the head of the page last
let leftAt = null;        // where the agent was when an appeal was sent: the page is drawn anew with it

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
    if (scroll && row) intoView(row);
  };
  // where it can be read: the bar lies over what is scrolled under it
  const intoView = (node) => {
    node.style.scrollMarginTop = getComputedStyle(bar).position === 'sticky' ? `${bar.offsetHeight + BESIDE_BAR}px` : '';
    node.scrollIntoView({ block: 'nearest' });
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
  const { bar, tick, speed, fast, tell, paint } = playerBar(data, audio, root);
  Object.assign(api, {
    root,
    rows,
    light,
    intoView,
    paint,
    current: () => current,
    // what a key does to the lit turn; before any is lit, to the one under the pointer
    onTurn: (does) => () => {
      const at = current ?? rows.findIndex((row) => row.matches(':hover'));
      if (at < 0) { tell(data.words.noTurn); return; }
      light(at, false);
      does();
    },
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
  const onHide = () => review?.flush();   // the page is loaded anew, or shut
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
