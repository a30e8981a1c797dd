// Rows that open something, or only say it (no `href`). A plain click stays in this session; with Ctrl, the middle button or the menu it is a link.

function cellNode(column, cell, row, open) {
  const node = make('td', column.id);
  if (column.align === 'right') node.classList.add('right');
  if (column.hide) node.classList.add('wide');
  node.dataset.label = column.label;
  if (!cell) return node;
  if (cell.sign) node.append(make('span', `sign ${cell.kind || ''}`, cell.sign));
  const text = open ? make('a', 'text', cell.text) : make('span', `text ${cell.sign ? '' : cell.kind || ''}`, cell.text);
  if (open) { text.href = row.href; text.setAttribute('aria-label', row.name); }
  node.append(text);
  for (const chip of cell.chips || []) node.append(make('span', 'chip', chip));
  if (cell.sub) node.append(make('div', 'sub', cell.sub));
  return node;
}

function headNode(column, sort, ask) {
  const node = make('th', column.align === 'right' ? 'right' : '');
  node.scope = 'col';
  if (column.hide) node.classList.add('wide');
  if (!column.sort) { node.textContent = column.label; return node; }
  const by = sort.replace('-', '') === column.id;
  const button = make('button', by ? 'by' : '', column.label);
  if (by) {
    button.append(make('span', 'arrow', sort.startsWith('-') ? ' ↓' : ' ↑'));
    node.setAttribute('aria-sort', sort.startsWith('-') ? 'descending' : 'ascending');
  }
  button.onclick = () => ask(by && sort.startsWith('-') ? column.id : `-${column.id}`);
  node.append(button);
  return node;
}

function rowNode(row, columns, pick) {
  const node = make('tr');
  node.append(...columns.map((column, index) => cellNode(column, row.cells[column.id], row, index === 0 && row.href)));
  if (!row.href) { node.className = 'still'; return node; }
  node.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
    event.preventDefault();
    pick(row.id);
  };
  return node;
}

// a line below the row: the words that were searched for, and who says them
function saidNode(said, columns, row) {
  const node = make('tr', 'said');
  const cell = make('td');
  cell.colSpan = columns.length;
  cell.append(make('span', 'who', `${said.who}: `), said.marks[0]);
  for (const [text, found] of said.pieces) cell.append(found ? make('b', '', text) : text);
  cell.append(said.marks[1]);
  node.append(cell);
  node.onclick = row.onclick;
  return node;
}

// Boxes before the rows. What is ticked lives here, by list, until Python names another round.
const ticked = new WeakMap();

function ticksOf(list, data, tell) {
  const shown = data.rows.map((row) => row.id);
  const before = ticked.get(list);
  const ids = new Set(before?.round === data.ticks.round ? shown.filter((id) => before.ids.has(id)) : []);
  ticked.set(list, { round: data.ticks.round, ids });
  const boxes = new Map();
  const all = make('input');
  const paint = () => {
    boxes.forEach((box, id) => { box.checked = ids.has(id); });
    all.checked = shown.length > 0 && ids.size === shown.length;
    all.indeterminate = ids.size > 0 && !all.checked;
  };
  const put = (some, on) => {
    some.forEach((id) => (on ? ids.add(id) : ids.delete(id)));
    paint();
    tell({ round: data.ticks.round, ids: [...ids] });
  };
  const boxIn = (tag, input, name, label, change) => {
    const node = make(tag, 'tick');
    const hold = make('label');
    input.type = 'checkbox';
    input.dataset.tick = name;
    input.setAttribute('aria-label', label);
    input.onchange = () => change(input.checked);
    hold.append(input);
    node.append(hold);
    node.onclick = (event) => event.stopPropagation();
    return node;
  };
  const head = boxIn('th', all, '', data.ticks.all, (on) => put(shown, on));
  head.firstChild.append(make('span', 'all', data.ticks.all));
  const cell = (row) => {
    const box = make('input');
    boxes.set(row.id, box);
    return boxIn('td', box, row.id, `${data.ticks.one} ${row.name}`, (on) => put([row.id], on));
  };
  return { head, cell, paint };
}

export default function (component) {
  const { parentElement, data, setTriggerValue, setStateValue } = component;
  const before = parentElement.querySelector('.temple');
  const focused = before?.getRootNode().activeElement?.dataset.tick;
  before?.remove();
  const root = make('div', 'temple');
  const table = make('table');
  const head = make('thead');
  const line = make('tr');
  line.append(...data.columns.map((column) => headNode(column, data.sort, (order) => setTriggerValue('sort', order))));
  const ticks = data.ticks && ticksOf(parentElement, data, (value) => setStateValue('ticked', value));
  if (ticks) line.prepend(ticks.head);
  head.append(line);
  const body = make('tbody');
  for (const row of data.rows) {
    const node = rowNode(row, data.columns, (id) => setTriggerValue('row', id));
    if (ticks) node.prepend(ticks.cell(row));
    body.append(node);
    if (row.said) body.append(saidNode(row.said, data.columns, node));
  }
  ticks?.paint();
  table.append(head, body);
  root.append(table);
  scrolls(root, data.more);
  parentElement.append(root);
  root.classList.toggle('dark', isDark(root));
  if (focused !== undefined) root.querySelector(`[data-tick="${CSS.escape(focused)}"]`)?.focus();
}
