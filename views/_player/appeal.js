// The agent's word on a verdict: a reason, written once under all its evidence. `from` tells the quote that it starts
// from. A draft opens by itself.
function appealForm(item, from, data, api) {
  const place = make('div', 'appeal');
  const ask = make('button', 'undo', data.words.appeal);
  const draft = `${DRAFTS}${data.appeal.draft} ${item.id}`;
  const close = () => { sessionStorage.removeItem(draft); place.replaceChildren(ask); };
  const open = (written) => {
    const box = area('', written, data.words.appealWhy, (text) => (text === null ? close() : send()));
    box.rows = 4;   // on a telephone its hint takes as many
    const missing = make('p', 'error');
    missing.setAttribute('role', 'alert');
    const send = () => {
      if (!box.value.trim()) { missing.textContent = data.words.appealEmpty; box.focus(); return; }
      api.appeal({ criterion: item.id, quote: from(), reason: box.value });
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
