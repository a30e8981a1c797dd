// The reviewer's part of the player: judge, relabel, correct, comment, all by keyboard. What a person does is shown at
// once and sent as one list of actions; the answer never rebuilds the player, so the sound goes on. Python is asked for
// every word; all text of the call is set with textContent.
const SAVE_AFTER_MS = 600;
const SIGN_OF_WORK_MS = 60000;
const AGAIN_AFTER_MS = 1500;
const TWICE_MS = 400;     // the second click of a double one answers no question that just appeared
const QUICK_S = 20;       // whoever ends a review sooner has hardly heard or read it
const CHOICES = ['pass', 'fail', 'na'];

// What may be done twice and leaves the same: in a page opened anew nobody knows whether it still arrived.
const AGAIN_THE_SAME = new Set(['judge', 'unjudge', 'correct', 'comment', 'note']);
const UNSENT_FOR_MS = 600000;

// Actions not yet confirmed go along with each new one: none is lost, and Python takes each number once. They also stay
// in the tab, for a page that is loaded anew before they arrive.
function outbox(send, begun, handedOn) {
  const kept = `${DRAFTS}acts ${begun}`;
  let pending = handedOn ?? unsent();
  let last = pending.at(-1)?.n ?? 0;
  let again = null;
  function unsent() {
    const stored = JSON.parse(sessionStorage.getItem(kept) ?? '[]');
    return Date.now() - (stored.at(-1)?.n ?? 0) < UNSENT_FOR_MS ? stored : [];
  }
  function keep() {
    const same = pending.filter((one) => AGAIN_THE_SAME.has(one.do));
    if (same.length) sessionStorage.setItem(kept, JSON.stringify(same)); else sessionStorage.removeItem(kept);
  }
  return {
    close() { clearTimeout(again); return pending; },
    push(actions) {
      for (const action of actions) {
        last = Math.max(last + 1, Date.now());
        pending.push({ ...action, n: last, review: begun });
      }
      keep();
      send(pending); // once: of two messages in one moment only the first may arrive
    },
    settled(ack, wait = AGAIN_AFTER_MS) {
      pending = pending.filter((one) => one.n > ack);
      keep();
      clearTimeout(again);
      if (pending.length) again = setTimeout(() => send(pending), wait);
      return pending.length === 0;
    },
  };
}

function key(label) { return make('kbd', '', label); }

function area(className, value, hint, done) {
  const box = make('textarea', className);
  box.value = value;
  box.rows = 2;
  box.placeholder = hint;
  box.setAttribute('aria-label', hint);
  box.onclick = (event) => event.stopPropagation();
  box.onkeydown = (event) => {
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) done(event.key === 'Enter' ? box.value : null); // a key held down is one answer
    }
  };
  return box;
}

// A window over the player: Escape closes it, and so does a click beside it.
function dialog(root, title, closed) {
  const back = make('div', 'shade');
  const box = make('div', 'dialog');
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', title);
  box.tabIndex = -1;
  box.append(make('h4', '', title));
  const close = () => { back.remove(); closed(); };
  back.onclick = (event) => { if (event.target === back) close(); };
  box.addEventListener('keydown', (event) => { if (event.key === 'Escape') { event.stopPropagation(); close(); } });
  back.append(box);
  root.append(back);
  box.focus();
  return { box, close };
}

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
  let window_ = null;
  let form_ = null;
  let gone = false;
  let noteLeft = null;  // a note of the finish window that could not be opened again
  let typedIn = null;   // the field that has the keys, also when it has been taken out of the page with them
  let pressed = false;
  let moved = false;
  let worked = Date.now();
  const begun = worked;
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
    finish.onclick = () => finishing();
    const help = make('button', 'undo', words.help);
    help.append(key('?'));
    help.onclick = () => helping();
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

  function opened(title, by) {
    window_?.close();
    const made = { ...dialog(api.root, title, () => { window_ = null; }), by, turn: api.current() };
    window_ = made;
    return made;
  }

  function helping() {
    const { box } = opened(words.help, '?');
    const list = make('dl', 'keys');
    for (const [name, what] of words.keyList) {
      const term = make('dt');
      term.append(key(name));
      list.append(term, make('dd', '', what));
    }
    box.append(list);
  }

  // what a person would not leave open on purpose: said before the review ends, and asked a second time
  function leftOpen() {
    const open = review.rows.filter((one) => one.confirm && !(one.said && one.counts)).map((one) => words.notConfirmed.replace('{label}', one.label));
    const seconds = Math.round(review.seconds + (Date.now() - begun) / 1000);
    if (seconds < QUICK_S && !moved && api.current() === data.turn) open.push(words.quick.replace('{n}', seconds));
    return open;
  }

  function finishing() {
    form_?.leave(true);
    if (review.renewed) { act({ do: 'noticed' }); return; }
    if (review.hides) { act({ do: 'seal' }); return; }
    const { box, close } = opened(words.finish, 'f');
    const told = make('div', 'told');
    const notes = area('', noteLeft ?? review.notes, words.notes, (text) => (text === null ? close() : go()));
    const button = make('button', 'finish');
    const short = () => review.rows.filter(wantsReason);
    noteLeft = null;
    const note = () => (notes.value.trim() === review.notes ? [] : [{ do: 'note', text: notes.value }]);
    let asked = 0;
    const fill = () => {
      told.replaceChildren(
        ...review.stakes.map((line) => make('p', 'stake', line)),
        ...review.summary.map((line) => make('p', '', line)),
        ...leftOpen().map((line) => make('p', 'open', line)),
        ...short().map((one) => make('p', 'error', words.reasonMissing.replace('{label}', one.label))),
        ...(asked ? [make('p', 'stake', words.sure)] : []),
      );
      button.replaceChildren(short().length ? words.writeReason : asked ? words.finishSo : words.finish, key('Enter'));
    };
    const go = () => {
      const [first] = short();
      if (first) { close(); focus = first.id; draw(); pane.querySelector('.focused .why-box')?.focus(); return; }
      if (!asked && leftOpen().length) { asked = Date.now(); fill(); return; }
      act(...note(), { do: 'finish' });
      close();
    };
    button.onclick = () => { if (Date.now() - asked > TWICE_MS) go(); };
    button.onkeydown = (event) => { if (event.repeat) event.preventDefault(); };
    fill();
    window_.fill = fill;
    box.append(told, notes, make('small', '', words.notesFor), button);
    notes.focus();
  }

  function relabelling() {
    const turn = api.current();
    if (turn === null) return;
    const found = review.found[turn] ?? [];
    const theirs = review.agents.includes(turn);   // an objection is never the agent's: none is offered there
    const options = [
      ...review.objections.filter((one) => found.includes(one.id)).map((one) => ({ ...one, removed: one.id, text: words.removed.replace('{label}', one.label) })),
      ...review.objections.filter((one) => !theirs && !found.includes(one.id)).map((one) => ({ ...one, added: one.id, text: words.added.replace('{label}', one.label) })),
    ];
    const { box, close } = opened(words.relabel, 'r');
    if (!options.length) { box.append(make('p', '', words.agentsTurn)); return; }
    const search = make('input');
    search.placeholder = words.search;
    search.setAttribute('aria-label', words.search);
    const list = make('div', 'options');
    list.setAttribute('aria-live', 'polite');
    let at = 0;
    const matching = () => options.filter((one) => one.text.toLowerCase().includes(search.value.toLowerCase()));
    const pick = (one) => {
      if (!one) return;
      close();
      act({ do: 'relabel', turn, removed: one.removed ?? null, added: one.added ?? null });
    };
    const fill = () => {
      const found = matching().map((one, k) => {
        const button = make('button', k === at ? 'at' : '', one.text);
        button.onclick = () => pick(one);
        return button;
      });
      list.replaceChildren(...(found.length ? found : [make('p', '', words.nothing.replace('{text}', () => search.value))]));
    };
    search.oninput = () => { at = 0; fill(); };
    search.onkeydown = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        at = Math.min(matching().length - 1, Math.max(0, at + step));
        fill();
        list.querySelector('.at')?.scrollIntoView({ block: 'nearest' });
      }
      if (event.key === 'Enter') { event.preventDefault(); pick(matching()[at]); }
    };
    fill();
    box.append(search, list);
    search.focus();
  }

  // A form under the lit turn; `fields` fills it and gives its box and what to send. What was typed is sent when the
  // box is left in any way, so that no other key or click loses it; Escape closes and puts back what stood there.
  function under(by, fields) {
    const turn = api.current();
    if (turn === null) return;
    form_?.leave(true);
    const place = api.rows[turn].querySelector('.form');
    const leave = (saves) => {
      if (form_ !== own) return;
      form_ = null;
      place.removeEventListener('focusout', left);
      place.replaceChildren();
      if (saves) own.keep(); else if (sent !== first) act(undo());
      if (stale) draw();
    };
    const left = (event) => { if (!place.contains(event.relatedTarget)) own.keep(); };
    const { box, now, back } = fields(turn, place, leave);
    let undo = back;
    let first = JSON.stringify(now());
    let sent = first;
    const own = {
      by,
      turn,
      leave,
      soFar: () => ({ first, sent, undo }),
      // the form goes on with one that had sent something: what puts that back is what stood there before it
      follows(former) { if (former.sent !== former.first) ({ first, sent, undo } = former); },
      keep() {
        const action = now();
        if (JSON.stringify(action) === sent) return;
        sent = JSON.stringify(action);
        act(action);
      },
    };
    form_ = own;
    place.addEventListener('focusout', left);
    const save = make('button', 'finish', words.save);
    save.append(key('Enter'));
    save.onclick = (event) => { event.stopPropagation(); leave(true); };
    place.append(save, make('small', '', words.enterSaves));
    box.focus();
    place.scrollIntoView({ block: 'nearest' });
  }

  const commenting = () => under('c', (turn, place, leave) => {
    const own = review.comments[turn];
    const agent = make('input');
    agent.type = 'checkbox';
    agent.checked = own?.forAgent ?? false;
    agent.onclick = (event) => event.stopPropagation();
    agent.onkeydown = (event) => { if (event.key === 'Enter' || event.key === 'Escape') box.onkeydown(event); };
    const label = make('label', '');
    label.onclick = (event) => event.stopPropagation();
    label.append(agent, words.forAgent);
    const box = area('', own?.text ?? '', words.comment, (text) => leave(text !== null));
    place.append(box, label);
    const sends = (text, forAgent) => ({ do: 'comment', turn, text, for_agent: forAgent });
    return {
      box,
      now: () => sends(box.value, Boolean(box.value.trim()) && agent.checked),
      back: () => sends(own?.text ?? '', own?.forAgent ?? false),
    };
  });

  const correcting = () => under('t', (turn, place, leave) => {
    const own = review.edits[turn];
    const who = make('select');
    who.setAttribute('aria-label', words.speaker);
    who.onclick = (event) => event.stopPropagation();
    for (const [value, label] of words.speakers) {
      const option = make('option', '', label);
      option.value = value;
      who.append(option);
    }
    const heard = data.turns[turn].who;
    const shown = own?.speaker ?? (review.swapped ? { agent: 'debtor', debtor: 'agent' }[heard] : null) ?? heard;
    who.value = shown;
    let chosen = false; // a speaker that was only read is not sent; one that was chosen is, the first again too
    who.onchange = () => { chosen = true; };
    const text_ = own?.text ?? data.turns[turn].text;
    const box = area('', text_, words.correct, (text) => leave(text !== null));
    who.onkeydown = (event) => { if (event.key === 'Enter' || event.key === 'Escape') box.onkeydown(event); };
    place.append(box, who);
    const sends = (text, speaker) => ({ do: 'correct', turn, text, speaker });
    return {
      box,
      now: () => sends(box.value, chosen ? who.value : null),
      back: () => sends(text_, chosen ? shown : null),
    };
  });

  function noteTurns() {
    data.turns.forEach((turn) => {
      api.rows[turn.i].querySelector('.own').replaceChildren(...(review.turns[turn.i] ?? []).map((line) => make('div', 'own-line', line)));
    });
  }

  function update(next) {
    if (!out.settled(next.ack)) return;   // an answer to something older: the newer one comes
    review = next;
    if (!review.rows.some((one) => one.id === focus)) focus = review.rows[0]?.id ?? null;
    noteTurns();
    draw();
    window_?.fill?.();
  }

  const keys = {
    n: () => move(1), p: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    1: () => row() && choose(row(), 'pass'), 2: () => row() && choose(row(), 'fail'), 3: () => row() && choose(row(), 'na'),
    0: () => row() && undoOf(row()), e: nextEvidence, r: relabelling, t: correcting, c: commenting,
    x: () => act({ do: 'swap' }), f: finishing, '?': helping, Escape: () => window_?.close(),
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
    form_?.keep();
  }

  // where a sheet follows, it goes on with what was open and typed
  function leave() {
    const typed = fields().filter(({ field }) => firsts.has(field) && (field === typedIn || heldIn(field) !== firsts.get(field)));
    const open = () => [form_, window_].filter(Boolean).map(({ by, turn, soFar }) => ({ by, turn, soFar: soFar?.() }));
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
        noteLeft = former.typed.find(({ name }) => name === 'dialog 0')?.value ?? null;
        continue;
      }
      if (turn !== null) api.light(turn, false);
      keys[by]();
      if (soFar) form_?.follows(soFar);
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
    if (!writes && !window_) elsewhere?.focus?.();   // what has the keys outside of the player keeps them
    api.playOn(former.sound);
  }

  function begin() {
    noteTurns();
    draw();
    if (former) goOn();
  }

  return { pane, keys, update, touched, begin, busy: () => window_ !== null, sendTyped, leave };
}

// The agent's word on a verdict: a reason, written under the evidence that it starts from. A draft opens by itself.
function appealForm(item, index, data, api) {
  const place = make('div', 'appeal');
  const ask = make('button', 'undo', data.words.appeal);
  const draft = `${DRAFTS}${data.appeal.draft} ${item.id} ${index}`;
  const close = () => { sessionStorage.removeItem(draft); place.replaceChildren(ask); };
  const open = (written) => {
    const box = area('', written, data.words.appealWhy, (text) => (text === null ? close() : send()));
    box.rows = 4;   // on a telephone its hint takes as many
    const missing = make('p', 'error');
    missing.setAttribute('role', 'alert');
    const send = () => {
      if (!box.value.trim()) { missing.textContent = data.words.appealEmpty; box.focus(); return; }
      api.appeal({ criterion: item.id, quote: index, reason: box.value });
      close();
    };
    box.oninput = () => { missing.textContent = ''; sessionStorage.setItem(draft, box.value); };
    const button = make('button', 'finish', data.words.appealSend);
    button.onclick = send;
    place.replaceChildren(box, missing, button, make('small', '', data.appeal.until));
    return box;
  };
  ask.onclick = () => open('').focus();
  place.append(ask);
  const written = sessionStorage.getItem(draft);
  if (written) open(written);
  return place;
}
