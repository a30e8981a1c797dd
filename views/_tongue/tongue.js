// Which language the page is in, for screen readers, and in it their link past the navigation and what a field says of Enter.
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

export default function (component) {
  const { parentElement, data } = component;
  document.documentElement.lang = data.language;
  const link = document.querySelector('[data-testid="stSkipToContent"]');
  if (link && link.textContent !== data.skip) link.textContent = data.skip;
  const stop = () => watchers.get(parentElement)?.disconnect();
  stop();
  const watcher = new MutationObserver(() => reword(data.keys));
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  watchers.set(parentElement, watcher);
  return stop;
}
