// The forms under a turn: a comment, another hearing. `desk` gives them what the sheet knows and can do.
function turnForms(data, api, desk) {
  const { words } = data;
  let form = null;

  // A form under the lit turn; `fields` fills it and gives its box and what to send. What was typed is sent when the
  // box is left in any way, so that no other key or click loses it; Escape closes and puts back what stood there.
  function under(by, fields) {
    const turn = api.current();
    form?.leave(true);
    const place = api.rows[turn].querySelector('.form');
    const leave = (saves) => {
      if (form !== own) return;
      form = null;
      place.removeEventListener('focusout', left);
      place.replaceChildren();
      if (saves) own.keep(); else if (sent !== first) desk.act(undo());
      desk.drawLeft();
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
        desk.act(action);
      },
    };
    form = own;
    place.addEventListener('focusout', left);
    const save = make('button', 'finish', words.save);
    save.append(key('Enter'));
    save.onclick = (event) => { event.stopPropagation(); leave(true); };
    place.append(save, make('small', '', words.enterSaves));
    box.focus({ preventScroll: true });
    api.intoView(place);
  }

  const commenting = () => under('c', (turn, place, leave) => {
    const own = desk.review().comments[turn];
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
    const own = desk.review().edits[turn];
    const who = make('select');
    who.setAttribute('aria-label', words.speaker);
    who.onclick = (event) => event.stopPropagation();
    for (const [value, label] of words.speakers) {
      const option = make('option', '', label);
      option.value = value;
      who.append(option);
    }
    const shown = desk.review().voices[turn].who;
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

  return { commenting, correcting, open: () => form, leave: (saves) => form?.leave(saves), keep: () => form?.keep() };
}
