// One audio element; the sound is fetched when somebody presses play.
export default function (component) {
  const { parentElement, data } = component;
  const before = parentElement.querySelector('.temple');
  if (before?.dataset.address === data.address) return;
  before?.remove();
  const root = make('div', 'temple');
  root.dataset.address = data.address;
  const audio = make('audio', 'clip');
  audio.controls = true;
  audio.preload = 'none';
  audio.src = data.address;
  audio.onerror = () => root.replaceChildren(make('p', 'clip-failed', data.failed));
  root.append(audio);
  parentElement.append(root);
  root.classList.toggle('dark', isDark(root));
}
