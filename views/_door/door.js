// A link that stays in its tab; with `back`, what it leads to leads here again. Who has left leaves nothing half written.
export default function (component) {
  const { parentElement, data } = component;
  parentElement.querySelector('.temple')?.remove();
  const root = make('div', 'temple');
  if (data.left) forgetDrafts();
  const link = make('a', data.button ? 'door button' : 'door', data.label);
  const here = location.pathname + location.search;
  link.href = data.back ? `${data.address}?next=${encodeURIComponent(here)}` : data.address;
  root.append(link);
  parentElement.append(root);
  root.classList.toggle('dark', isDark(root));
}
