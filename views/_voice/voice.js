// The line aloud by a local voice, the clock, and a recording of at most `longest` seconds. One box for each place on the page; it lives through redraws.
const boxes = new WeakMap();
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
const SHORTEST_S = 0.5;

function localVoice(country) {
  const spanish = speechSynthesis.getVoices().filter((voice) => voice.localService && /^es([-_]|$)/i.test(voice.lang));
  const of = (place) => spanish.find((voice) => voice.lang.slice(3).toUpperCase() === place);
  return of(country) || (country === 'ES' ? null : of('MX') || of('US') || of('419')) || spanish[0] || null;
}

function speak(box) {
  if (!('speechSynthesis' in window)) { box.tell(box.data.words.noVoice); return; }
  const voice = localVoice(box.data.country);
  if (!voice) { box.tell(box.data.words.noVoice); return; }
  box.tell('');
  speechSynthesis.cancel();
  const line = new SpeechSynthesisUtterance(box.data.line);
  line.voice = voice;
  line.lang = voice.lang;
  speechSynthesis.speak(line);
}

// Voices may come late: the line is read once they are there, or soon after it is clear that there are none.
function speakSoon(box) {
  if (!('speechSynthesis' in window) || speechSynthesis.getVoices().length) { speak(box); return; }
  const turn = box.data.turn;
  const once = () => { clearTimeout(wait); speechSynthesis.removeEventListener('voiceschanged', once); if (box.data.turn === turn) speak(box); };
  const wait = setTimeout(once, 1500);
  speechSynthesis.addEventListener('voiceschanged', once);
}

function tick(box) {
  const { clock, words } = box.data;
  box.clock.hidden = !clock;
  if (!clock) return;
  const left = Math.ceil(clock.limit - (performance.now() - box.from) / 1000);
  const shown = `${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, '0')}`;
  box.clock.textContent = left >= 0 ? `${words.left} ${shown}` : `+${shown}`;
  box.clock.classList.toggle('late', left < 0);
  box.clock.title = left < 0 ? words.over : '';
  if (left < 0 && !box.warned) { box.warned = true; if (!box.busy) box.tell(words.over); }
}

function quiet(box) {
  clearTimeout(box.limit);
  box.stream?.getTracks().forEach((track) => track.stop());
  box.stream = box.recorder = null;
  box.record.classList.remove('on');
  box.record.textContent = box.data.words.record;
}

function send(box, parts, type, seconds) {
  quiet(box);
  if (seconds < SHORTEST_S || !parts.length) { box.busy = false; box.tell(box.data.words.short); return; }
  const reader = new FileReader();
  reader.onload = () => box.sent({ data: String(reader.result).split(',')[1], type });
  box.record.disabled = true;
  box.tell(box.data.words.hearing);
  reader.readAsDataURL(new Blob(parts, { type }));
}

async function start(box) {
  const { words, longest } = box.data;
  if (!navigator.mediaDevices || !window.MediaRecorder) { box.tell(words.insecure); return; }
  if ('speechSynthesis' in window) speechSynthesis.cancel();
  box.busy = true;
  box.tell(words.asking);
  try {
    box.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (problem) {
    box.busy = false;
    box.tell(problem.name === 'NotFoundError' ? words.missing : words.denied);
    return;
  }
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one)) || '';
  const recorder = new MediaRecorder(box.stream, { mimeType: type, audioBitsPerSecond: 32000 });
  const parts = [];
  const began = performance.now();
  recorder.ondataavailable = (event) => { if (event.data.size) parts.push(event.data); };
  recorder.onstop = () => send(box, parts, type, (performance.now() - began) / 1000);
  recorder.start();
  box.recorder = recorder;
  box.record.classList.add('on');
  box.record.textContent = words.stop;
  box.tell(words.recording);
  box.limit = setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), longest * 1000);
}

function fieldOf(box) {
  return document.querySelector(`.st-key-${box.data.field} textarea`);
}

// Streamlit hears of what is typed when it is sent: until then the tab keeps it, so that a reload does not take it.
function keepTyped(box, event) {
  if (event.target !== fieldOf(box)) return;
  sessionStorage.setItem(`${DRAFTS}${box.data.field}`, event.target.value);
}

// What was half typed, back in its field; what was typed for the lines before has been sent.
function bringBack(box, wanted = box.data.field, tries = 30) {
  const before = `${DRAFTS}${wanted.replace(/\d+$/, '')}`;
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(before) && name !== `${DRAFTS}${wanted}`) sessionStorage.removeItem(name);
  const typed = sessionStorage.getItem(`${DRAFTS}${wanted}`);
  if (!typed || box.data.field !== wanted) return;
  const field = fieldOf(box);
  if (!field) { if (tries) setTimeout(() => bringBack(box, wanted, tries - 1), 100); return; }
  if (field.value) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, typed); // as if it were typed, or React would not hear of it
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

// The clock runs: whoever types begins at once, without a search. The field is drawn after this box.
function toField(box, tries = 30) {
  const field = fieldOf(box);
  if (!field) { if (tries) setTimeout(() => toField(box, tries - 1), 100); return; }
  field.focus({ preventScroll: true });
  field.closest('[data-testid="stForm"]').scrollIntoView({ block: 'nearest' });
}

function build(box) {
  box.root = make('div', 'temple');
  box.hear = make('button', 'hear');
  box.hear.onclick = () => speak(box);
  box.record = make('button', 'record');
  box.record.onclick = () => { if (box.recorder) box.recorder.stop(); else if (!box.busy) start(box); };
  box.clock = make('span', 'clock');
  box.say = make('div', 'say');
  box.say.setAttribute('role', 'status');
  box.tell = (text) => { box.say.textContent = text; };
  box.root.append(box.hear, box.record, box.clock, box.say);
  box.timer = setInterval(() => tick(box), 500);
  box.typed = (event) => keepTyped(box, event);
  document.addEventListener('input', box.typed);
}

function update(box, data) {
  const next = data.turn !== box.data?.turn;
  box.data = data;
  if (next) {
    box.warned = false;
    box.from = performance.now() - (data.clock ? data.clock.elapsed * 1000 : 0);
    if (box.recorder) { box.recorder.onstop = null; box.recorder.stop(); quiet(box); }
    box.tell('');
    bringBack(box);
    if (data.clock && !data.aloud) toField(box);
  }
  if (!box.recorder) {
    if (box.record.disabled) box.tell('');
    box.busy = false;
    box.record.disabled = false;
    box.record.textContent = data.words.record;
  }
  box.hear.textContent = data.words.hear;
  box.record.hidden = !data.aloud;
  if (data.aloud && box.spoken !== data.turn) { box.spoken = data.turn; speakSoon(box); }
  tick(box);
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let box = boxes.get(parentElement);
  if (!box) {
    box = {};
    boxes.set(parentElement, box);
    build(box);
    parentElement.append(box.root);
  }
  box.sent = (sound) => setTriggerValue('sound', sound);
  update(box, data);
  box.root.classList.toggle('dark', isDark(box.root));
  return () => {
    clearInterval(box.timer);
    document.removeEventListener('input', box.typed);
    if (box.recorder) { box.recorder.onstop = null; box.recorder.stop(); quiet(box); }
    if ('speechSynthesis' in window) speechSynthesis.cancel();
    box.root.remove();
    boxes.delete(parentElement);
  };
}
