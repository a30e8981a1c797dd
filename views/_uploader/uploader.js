// Sends recordings and transcripts one after another straight to the server's disk. The list lives here, so reruns do not disturb it.
const state = new WeakMap();

function fileRow(file, words) {
  const row = { file, node: make('li'), state: 'waiting', request: null };
  row.bar = make('i');
  const track = make('span', 'track');
  track.append(row.bar);
  row.says = make('span', 'says', words.waiting);
  row.act = make('button', 'act', words.cancel);
  row.node.append(make('span', 'name', file.name), track, row.says, row.act);
  return row;
}

function show(row, stateName, text, act) {
  row.state = stateName;
  row.node.className = stateName;
  row.says.textContent = text;
  row.act.textContent = act || '';
  row.act.hidden = !act;
}

function answerOf(request) {
  try { return JSON.parse(request.responseText); } catch { return {}; }
}

function isZip(file) {
  return file.name.toLowerCase().endsWith('.zip');
}

// A file with many calls is one line with its counts; what could not be taken, and facts that could not be used, stand below it.
function showMany(row, answer, words) {
  const text = words.many.replace('{taken}', answer.taken).replace('{known}', answer.known).replace('{failed}', answer.failed);
  show(row, answer.taken || answer.known ? 'done' : 'failed', text);
  showTold(row, answer.files.map((file) => file.error).filter(Boolean), 'told wrong');
  showTold(row, answer.problems);
}

function showTold(row, told, kind = 'told') {
  if (!told.length) return;
  const list = make('ul', kind);
  for (const line of told) list.append(make('li', '', line));
  row.node.append(list);
}

function send(row, box, finished) {
  const { words, facts, address } = box.data;
  const request = new XMLHttpRequest();
  row.request = request;
  request.open('POST', `${address}?${new URLSearchParams({ ...facts, name: row.file.name })}`);
  request.setRequestHeader('X-Temple-Upload', '1');
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.upload.onprogress = (event) => {
    const share = event.total ? event.loaded / event.total : 0;
    row.bar.style.width = `${100 * share}%`;
    row.says.textContent = share === 1 && isZip(row.file) ? words.unpacking : `${words.sending} · ${Math.round(100 * share)} %`;
  };
  request.onload = () => {
    const answer = answerOf(request);
    if (request.status === 200 && answer.files) {
      showMany(row, answer, words);
      box.arrived(row.file.name);
    } else if (request.status === 201 || request.status === 200) {
      show(row, 'done', answer.known ? words.known : answer.waits ? words.waits : words.done);
      showTold(row, answer.told || []);
      box.arrived(answer.recording);
    } else {
      show(row, 'failed', answer.error || words.failed, words.retry);
    }
    finished();
  };
  request.onerror = () => { show(row, 'failed', words.failed, words.retry); finished(); };
  request.onabort = () => { show(row, 'cancelled', words.cancelled, words.retry); finished(); };
  show(row, 'sending', `${words.sending} · 0 %`, words.cancel);
  request.send(row.file);
}

function next(box) {
  if (box.busy) return;
  const row = box.rows.find((each) => each.state === 'waiting');
  if (!row) return;
  box.busy = true;
  send(row, box, () => { box.busy = false; next(box); });
}

function add(box, files) {
  const { words, maxBytes, zipBytes } = box.data;
  for (const file of files) {
    const row = fileRow(file, words);
    row.act.onclick = () => {
      if (row.state === 'sending') row.request.abort();
      else if (row.state === 'waiting') show(row, 'cancelled', words.cancelled, words.retry);
      else { show(row, 'waiting', words.waiting, words.cancel); next(box); }
    };
    show(row, 'waiting', words.waiting, words.cancel);
    if (file.size > (isZip(file) ? zipBytes : maxBytes)) show(row, 'failed', `${file.name}: ${words.tooBig}`);
    if (file.size === 0) show(row, 'failed', `${file.name}: ${words.empty}`);
    box.rows.push(row);
    box.list.append(row.node);
  }
  next(box);
}

function build(box) {
  const { words } = box.data;
  const root = make('div', 'temple');
  const zone = make('div', 'zone');
  const input = make('input');
  input.type = 'file';
  input.multiple = true;
  input.hidden = true;
  const choose = make('button', 'choose', words.choose);
  choose.onclick = () => input.click();
  input.onchange = () => { add(box, [...input.files]); input.value = ''; };
  zone.append(make('span', '', words.drop), choose, input, ...[words.limits, words.limitsText, words.limitsZip].map((line) => make('small', '', line)));
  zone.ondragover = (event) => { event.preventDefault(); zone.classList.add('over'); };
  zone.ondragleave = () => zone.classList.remove('over');
  zone.ondrop = (event) => { event.preventDefault(); zone.classList.remove('over'); add(box, [...event.dataTransfer.files]); };
  box.list = make('ul');
  root.append(zone, box.list);
  return root;
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let box = state.get(parentElement);
  if (!box) {
    box = { rows: [], busy: false, data };
    state.set(parentElement, box);
    box.root = build(box);
    parentElement.append(box.root);
  }
  box.data = data;
  box.arrived = (id) => setTriggerValue('arrived', id);
  box.root.classList.toggle('dark', isDark(box.root));
  return () => {
    for (const row of box.rows) if (row.state === 'sending') row.request.abort();
    box.root.remove();
    state.delete(parentElement);
  };
}
