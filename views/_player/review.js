// The reviewer's part of the player: judge, relabel, correct, comment, all by keyboard. What a person does is shown at
// once and sent as one list of actions; the answer never rebuilds the player, so the sound goes on. Python is asked for
// every word; all text of the call is set with textContent.
const SAVE_AFTER_MS = 600;
const SIGN_OF_WORK_MS = 60000;
const CHOICES = ['pass', 'fail', 'na'];
const HANDED_ON_MS = 5000;
let handedOn = null;   // what a reviewer had under their hands when the sheet had to be drawn anew: the next goes on with it

function reviewer(data, api) {
  const words = data.words;
  const pane = make('div', 'sheet');
  const former = handedOn?.review.begun === data.review.begun && Date.now() - handedOn.at < HANDED_ON_MS ? handedOn : null;
  const out = outbox(api.send, data.review.begun, former?.pending);
  let review = out.settled(data.review.ack, former ? AGAIN_AFTER_MS : 0) || !former ? data.review : former.review;
  let focus = (review.rows.find((one) => one.id === former?.focus) ?? review.rows[0])?.id ?? null;
  let stale = false;
  let gone = false;
  let typedIn = null;   // the field that has the keys, also when it has been taken out of the page with them
  let pressed = false;
  let moved = false;
  let worked = Date.now();
  const row = () => review.rows.find((one) => one.id === focus);
  const writing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(api.root.getRootNode().activeElement?.tagName ?? '');
  const shownAs = (one) => (one.said ? one.said.outcome : one.waits ? 'review' : one.outcome ?? 'none');
  const differs = (one) => Boolean(one.said && one.machine && one.said.outcome !== one.machine);
  const wantsReason = (one) => differs(one) && one.said.reason.trim().length < review.leastReason;
  // between press and release nothing is drawn anew: a click goes to the button that was pressed
  pane.addEventListener('pointerdown', () => {
    pressed = true;
    const ends = new AbortController();
    const release = () => { pressed = false; ends.abort(); setTimeout(() => { if (stale) draw(); }); };
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, release, { capture: true, signal: ends.signal });
  }, true);
  const act = (...actions) => {
    if (gone) return;
    moved = true;
    worked = Date.now();
    out.push(actions);
  };

  function judge(one, outcome, reason) {
    if (gone) return;   // the sheet after this one holds what was typed
    one.said = { outcome, reason: reason ?? one.said?.reason ?? '' };
    act({ do: 'judge', criterion: one.id, outcome, reason: one.said.reason });
  }

  // another outcome than the machine's, or the same key again, leads to the reason: what is typed next goes there
  function choose(one, outcome) {
    const again = one.said?.outcome === outcome;
    focus = one.id;
    if (!again) judge(one, outcome);
    draw();
    if (again || differs(one)) pane.querySelector('.focused .why-box')?.focus();
  }

  function choiceButtons(one) {
    const line = make('div', 'choices');
    CHOICES.forEach((outcome, place) => {
      const button = make('button', `choice ${outcome}`);
      button.append(make('span', 'sign', SIGNS[outcome]), words.outcomes[outcome], key(String(place + 1)));
      button.setAttribute('aria-pressed', String(one.said?.outcome === outcome));
      button.onclick = () => choose(one, outcome);
      line.append(button);
    });
    if (one.said) {
      const undo = make('button', 'undo', words.undo);
      undo.append(key('0'));
      undo.onclick = () => undoOf(one);
      line.append(undo);
    }
    return line;
  }

  function undoOf(one) {
    if (!one.said || gone) return;
    one.said = null;
    act({ do: 'unjudge', criterion: one.id });
    draw();
  }

  function reasonBox(one) {
    let wait = null;
    const save = (text) => { if (one.said && text.trim() !== one.said.reason) judge(one, one.said.outcome, text.trim()); };
    const box = area('why-box', one.said.reason, differs(one) ? words.whyNeeded : words.whyOptional, (text) => {
      clearTimeout(wait);
      if (text !== null) save(text);
      box.blur();
    });
    box.classList.toggle('needed', wantsReason(one));
    box.oninput = () => { clearTimeout(wait); wait = setTimeout(() => save(box.value), SAVE_AFTER_MS); };
    box.onblur = () => { clearTimeout(wait); save(box.value); stale = true; setTimeout(() => { if (stale) draw(); }); };
    return box;
  }

  function rowNode(one) {
    const shown = shownAs(one);
    const node = make('div', `criterion ${shown}${one.id === focus ? ' focused' : ''}`);
    node.dataset.id = one.id;
    const head = make('button');
    head.append(make('span', 'sign', SIGNS[shown] ?? '·'), make('span', '', one.label));
    if (one.critical) head.children[1].append(make('span', 'chip', words.critical));
    head.append(make('span', `out ${shown}`, one.said ? words.outcomes[one.said.outcome] : one.outcomeLabel));
    const open = one.id === focus || one.first;
    head.setAttribute('aria-expanded', String(open));
    // whatever of it is clicked, the keys judge this one from then on
    node.onclick = () => { if (one.id !== focus) { focus = one.id; draw(); } };
    node.append(head);
    if (!open) return node;
    const more = make('div', 'more');
    if (one.was) more.append(make('p', 'was', one.was));
    if (differs(one)) more.append(make('p', 'was', one.machineSaid));
    if (one.id === focus) more.append(choiceButtons(one));
    if (one.id === focus && one.confirm) more.append(make('p', 'was', one.confirm));
    if (one.said?.reason && wantsReason(one)) more.append(make('p', 'was', words.whyMore));
    if (one.said && (one.id === focus || wantsReason(one))) more.append(reasonBox(one));
    else if (one.said?.reason) more.append(make('p', 'reason', one.said.reason));
    if (one.reason) more.append(make('p', 'reason', one.reason));
    for (const quote of one.evidence) more.append(quoteButton(quote, api));
    if (one.id === focus && one.worth) more.append(make('p', 'worth', one.worth));
    if (one.id === focus && one.help) more.append(make('p', '', one.help));
    node.append(more);
    return node;
  }

  function draw() {
    if (pressed || writing()) { stale = true; return; }
    stale = false;
    const top = pane.scrollTop;
    const head = make('div', 'review-head');
    head.append(make('b', '', review.title), make('span', '', review.time));
    const nodes = [head];
    for (const notice of review.notices) nodes.push(make('div', 'notice', notice));
    if (review.error) {
      const error = make('div', 'notice error', review.error);
      error.setAttribute('role', 'alert');
      nodes.push(error);
    }
    const rest = review.rows.filter((one) => !one.first);
    nodes.push(...review.rows.filter((one) => one.first).map(rowNode));
    if (rest.length) {
      const folded = make('details', 'rest');
      folded.append(make('summary', '', review.rest), ...rest.map(rowNode));
      folded.open = rest.some((one) => one.id === focus) || pane.querySelector('details.rest')?.open || false;
      nodes.push(folded);
    }
    const foot = make('div', 'review-foot');
    const finish = make('button', 'finish', review.renewed ? words.noticed : review.hides ? words.compare : words.finish);
    finish.append(key('F'));
    finish.onclick = () => windows.finishing();
    const help = make('button', 'undo', words.help);
    help.append(key('?'));
    help.onclick = () => windows.helping();
    foot.append(finish, help);
    pane.replaceChildren(...nodes, foot);
    pane.scrollTop = top;
  }

  function move(by) {
    const place = review.rows.findIndex((one) => one.id === focus);
    focus = review.rows[Math.min(review.rows.length - 1, Math.max(0, place + by))]?.id ?? null;
    draw();
    pane.querySelector('.focused')?.scrollIntoView({ block: 'nearest' });
  }

  // the next quote: of the focused criterion first, then of those after it
  let heard = null;
  function nextEvidence() {
    const all = review.rows.flatMap((one) => one.evidence.map((quote, k) => ({ id: one.id, k, quote })));
    if (!all.length) return;
    const own = all.findIndex((each) => each.id === focus);
    const last = all.findIndex((each) => heard && each.id === heard.id && each.k === heard.k);
    const next = all[last >= 0 && all[last].id === focus ? (last + 1) % all.length : Math.max(0, own)];
    heard = next;
    if (next.id !== focus) { focus = next.id; draw(); pane.querySelector('.focused')?.scrollIntoView({ block: 'nearest' }); }
    api.showQuote(next.quote);
  }

  // what the forms and windows may ask of the sheet
  const desk = {
    act,
    wantsReason,
    review: () => review,
    notes: () => out.waiting('note')?.text ?? review.notes,   // also where the answer to it has not come yet
    moved: () => moved,
    leaveForm: () => forms.leave(true),
    drawLeft() { if (stale) draw(); },
    writeReason(one) {
      focus = one.id;
      draw();
      pane.querySelector('.focused .why-box')?.focus();
    },
  };
  const forms = turnForms(data, api, desk);
  const windows = reviewWindows(data, api, desk);

  function noteTurns() {
    api.paint(review.channelColours);
    data.turns.forEach((turn) => {
      sayWho(api.rows[turn.i], review.voices[turn.i]);
      api.rows[turn.i].querySelector('.own').replaceChildren(...(review.turns[turn.i] ?? []).map((line) => make('div', 'own-line', line)));
    });
  }

  function update(next) {
    if (!out.settled(next.ack)) return;   // an answer to something older: the newer one comes
    review = next;
    if (!review.rows.some((one) => one.id === focus)) focus = review.rows[0]?.id ?? null;
    noteTurns();
    draw();
    windows.open()?.fill?.();
  }

  const keys = {
    n: () => move(1), p: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    1: () => row() && choose(row(), 'pass'), 2: () => row() && choose(row(), 'fail'), 3: () => row() && choose(row(), 'na'),
    0: () => row() && undoOf(row()), e: nextEvidence,
    r: api.onTurn(windows.relabelling), t: api.onTurn(forms.correcting), c: api.onTurn(forms.commenting),
    x: () => act({ do: 'swap' }), b: () => act({ do: 'settle' }), f: windows.finishing, '?': windows.helping, Escape: windows.close,
  };
  const touched = () => { moved = true; if (Date.now() - worked > SIGN_OF_WORK_MS) act({ do: 'touch' }); };

  // every field of the sheet by its place in it, and what stood in it when it was opened
  const fields = () => [...api.root.querySelectorAll('.criterion[data-id], .dialog, .form')].flatMap((place) => (
    [...place.querySelectorAll('input, textarea, select')].map((field, k) => ({ field, name: `${place.dataset.id ?? place.className} ${k}` }))));
  const heldIn = ({ value, checked }) => JSON.stringify([value, checked]);
  const firsts = new WeakMap();
  api.root.addEventListener('focusin', (event) => {
    const [field] = event.composedPath();
    typedIn = field;
    if (!firsts.has(field)) firsts.set(field, heldIn(field));
  });
  api.root.addEventListener('focusout', () => { if (api.root.isConnected) typedIn = null; });

  // nothing typed is lost, whatever follows
  function sendTyped() {
    for (const { field } of fields()) if (field.className.includes('why-box')) field.onblur();
    forms.keep();
  }

  // the page is loaded anew, or shut: the note goes too, which a sheet that follows would have taken over as it is
  function flush() {
    sendTyped();
    windows.keep();
  }

  // where a sheet follows, it goes on with what was open and typed
  function leave() {
    const typed = fields().filter(({ field }) => firsts.has(field) && (field === typedIn || heldIn(field) !== firsts.get(field)));
    const open = () => [forms.open(), windows.open()].filter(Boolean).map(({ by, turn, soFar }) => ({ by, turn, soFar: soFar?.() }));
    const fresh = typed.map(({ field, name }) => ({
      name,
      value: heldIn(field) === firsts.get(field) ? null : field.value,
      checked: field.checked,
      at: field === typedIn ? [field.selectionStart, field.selectionEnd] : null,
    }));
    sendTyped();
    handedOn = { review, focus, typed: fresh, open: open(), turn: api.current(), pending: out.close(), sound: api.sound(), at: Date.now() };
    gone = true;
  }

  function goOn() {
    const elsewhere = api.root.getRootNode().activeElement ?? document.activeElement;
    for (const { by, turn, soFar } of former.open) {
      if (by === 'f' && (review.renewed || review.hides)) {   // «f» would take note, or seal, by itself
        windows.leaveNote(former.typed.find(({ name }) => name === 'dialog 0')?.value ?? null);
        continue;
      }
      if (turn !== null) api.light(turn, false);
      keys[by]();
      if (soFar) forms.open()?.follows(soFar);
    }
    if (former.turn !== null) api.light(former.turn, true);
    const held = new Map(fields().map(({ field, name }) => [name, field]));
    let writes = false;
    for (const { name, value, checked, at } of former.typed) {
      const field = held.get(name);
      if (!field) continue;
      if (!firsts.has(field)) firsts.set(field, heldIn(field));
      if (value !== null) {
        Object.assign(field, { value, checked });
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind));
      }
      if (!at) continue;
      writes = true;
      field.focus();
      if (at[0] !== null) field.setSelectionRange?.(...at);
    }
    if (!writes && !windows.open()) elsewhere?.focus?.();   // what has the keys outside of the player keeps them
    api.playOn(former.sound);
  }

  function begin() {
    noteTurns();
    draw();
    if (former) goOn();
  }

  return { pane, keys, update, touched, begin, busy: () => windows.open() !== null, flush, leave };
}
