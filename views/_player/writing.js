// Where words are written: a field, and a window over the player.
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
