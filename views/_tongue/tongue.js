// Which language the page is in, for screen readers, and in it their link past the navigation and what a field says of Enter.
// And the way back: Streamlit leaves the address as it is where the entry of the page one is on is pressed.
const HINT = /^Press (\S+) to (submit form|apply)$/;
const watchers = new WeakMap();   // by the component's place

// Inside the text that is there: Streamlit goes on writing into it.
function reword(words) {
  for (const one of document.querySelectorAll('[data-testid="InputInstructions"] > span')) {
    const found = HINT.exec(one.textContent);
    const said = found && words[found[2]].replace('{key}', found[1]);
    if (found && said !== one.textContent) one.firstChild.nodeValue = said;
  }
}

function afresh(event) {
  const link = event.target.closest?.('[data-testid="stSidebarNavLink"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.pathname !== location.pathname || !location.search) return;
  event.preventDefault();
  event.stopPropagation();
  location.assign(link.pathname);
}

export default function (component) {
  const { parentElement, data } = component;
  document.documentElement.lang = data.language;
  const link = document.querySelector('[data-testid="stSkipToContent"]');
  if (link && link.textContent !== data.skip) link.textContent = data.skip;
  document.addEventListener('click', afresh, true);  // the same function: heard once
  const stop = () => watchers.get(parentElement)?.disconnect();
  stop();
  const watcher = new MutationObserver(() => reword(data.keys));
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  watchers.set(parentElement, watcher);
  return stop;
}
