// Numbers in one hue. Heads that lead somewhere are links; a plain click stays in this session.

function headOf(item, scope, pick) {
  const node = make('th', item.className || '');
  node.scope = scope;
  if (item.href) {
    const link = make('a', '', item.label);
    link.href = item.href;
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      pick(item.id);
    };
    node.append(link);
  } else node.textContent = item.label;
  if (item.sub) node.append(make('div', 'sub', item.sub));
  return node;
}

function cellOf(cell) {
  const node = make('td', cell ? (cell.faint ? 'faint' : cell.shade === undefined ? 'none' : '') : 'none');
  if (!cell) return node;
  if (cell.shade !== undefined) node.style.setProperty('--shade', cell.shade);
  if (cell.tip) node.title = cell.tip;
  node.append(make('div', '', cell.text));
  const under = make('div', 'sub', cell.sub && cell.sign ? `${cell.sub} · ` : cell.sub);
  if (cell.sign) under.append(make('span', `sign ${cell.kind || ''}`, cell.sign));
  if (cell.sub || cell.sign) node.append(under);
  return node;
}

function rowsOf(row, columns, chosen, pick) {
  const nodes = [];
  if (row.group) {
    const line = make('tr', 'group');
    const head = headOf({ label: row.group }, 'rowgroup');
    head.colSpan = columns.length;
    line.append(head);
    nodes.push(line);
  }
  const line = make('tr', row.id === chosen ? 'chosen' : '');
  line.append(headOf(row, 'row', pick), ...columns.slice(1).map((column) => cellOf(row.cells[column.id])));
  return [...nodes, line];
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const before = parentElement.querySelector('.temple');
  const scrolled = before ? before.scrollLeft : 0;
  before?.remove();
  const root = make('div', 'temple');
  const table = make('table');
  const head = make('thead');
  const line = make('tr');
  line.append(...data.columns.map((column) => headOf(column, 'col', (id) => setTriggerValue('column', id))));
  head.append(line);
  const body = make('tbody');
  const pick = (id) => setTriggerValue('row', id);
  body.append(...data.rows.flatMap((row) => rowsOf(row, data.columns, data.chosen, pick)));
  table.append(head, body);
  root.append(table);
  scrolls(root, data.more);
  root.tabIndex = 0;
  parentElement.append(root);
  root.scrollLeft = scrolled;
  root.classList.toggle('dark', isDark(root));
}
