// The windows of a review: the keys, the end, another objection. `desk` gives them what the sheet knows and can do.
const TWICE_MS = 400;     // the second click of a double one answers no question that just appeared
const QUICK_S = 20;       // whoever ends a review sooner has hardly heard or read it

function reviewWindows(data, api, desk) {
  const { words } = data;
  const begun = Date.now();
  let open = null;
  let noteLeft = null;  // a note of the finish window that could not be opened again

  function opened(title, by) {
    open?.close();
    const made = { ...dialog(api.root, title, () => { open = null; }), by, turn: api.current() };
    open = made;
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
    const left = desk.review().rows.filter((one) => one.confirm && !(one.said && one.counts)).map((one) => words.notConfirmed.replace('{label}', one.label));
    const seconds = Math.round(desk.review().seconds + (Date.now() - begun) / 1000);
    if (seconds < QUICK_S && !desk.moved() && api.current() === data.turn) left.push(words.quick.replace('{n}', seconds));
    return left;
  }

  function finishing() {
    desk.leaveForm();
    if (desk.review().renewed) { desk.act({ do: 'noticed' }); return; }
    if (desk.review().hides) { desk.act({ do: 'seal' }); return; }
    const { box, close } = opened(words.finish, 'f');
    const told = make('div', 'told');
    const notes = area('', noteLeft ?? desk.notes(), words.notes, (text) => (text === null ? close() : go()));
    const button = make('button', 'finish');
    const short = () => desk.review().rows.filter(desk.wantsReason);
    noteLeft = null;
    const note = () => (notes.value.trim() === desk.notes().trim() ? [] : [{ do: 'note', text: notes.value }]);
    let asked = 0;
    const fill = () => {
      told.replaceChildren(
        ...desk.review().stakes.map((line) => make('p', 'stake', line)),
        ...desk.review().summary.map((line) => make('p', '', line)),
        ...leftOpen().map((line) => make('p', 'open', line)),
        ...short().map((one) => make('p', 'error', words.reasonMissing.replace('{label}', one.label))),
        ...(asked ? [make('p', 'stake', words.sure)] : []),
      );
      button.replaceChildren(short().length ? words.writeReason : asked ? words.finishSo : words.finish, key('Enter'));
    };
    const go = () => {
      const [first] = short();
      if (first) { close(); desk.writeReason(first); return; }
      if (!asked && leftOpen().length) { asked = Date.now(); fill(); return; }
      desk.act(...note(), { do: 'finish' });
      close();
    };
    button.onclick = () => { if (Date.now() - asked > TWICE_MS) go(); };
    button.onkeydown = (event) => { if (event.repeat) event.preventDefault(); };
    fill();
    Object.assign(open, { fill, keep: () => { if (note().length) desk.act(...note()); } });
    box.append(told, notes, make('small', '', words.notesFor), button);
    notes.focus();
  }

  function relabelling() {
    const turn = api.current();
    const found = desk.review().found[turn] ?? [];
    const theirs = desk.review().voices[turn].who === 'agent';   // an objection is never the agent's: none is offered there
    const options = [
      ...desk.review().objections.filter((one) => found.includes(one.id)).map((one) => ({ ...one, removed: one.id, text: words.removed.replace('{label}', one.label) })),
      ...desk.review().objections.filter((one) => !theirs && !found.includes(one.id)).map((one) => ({ ...one, added: one.id, text: words.added.replace('{label}', one.label) })),
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
      desk.act({ do: 'relabel', turn, removed: one.removed ?? null, added: one.added ?? null });
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

  return { finishing, helping, relabelling, open: () => open, close: () => open?.close(), keep: () => open?.keep?.(), leaveNote(text) { noteLeft = text; } };
}
