// The two columns under the sound: what was said, and what it is worth.
const SIGNS = { pass: '✓', fail: '✕', na: '–', review: '?' };

// The turn's text as plain pieces and <mark>s. Marks may overlap: the text is cut at every edge.
function fillText(node, turn) {
  const marks = turn.marks.filter((mark) => mark.end > mark.start);
  const edges = [...new Set([0, turn.text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  for (let k = 0; k + 1 < edges.length; k += 1) {
    const [from, to] = [edges[k], edges[k + 1]];
    const over = marks.filter((mark) => mark.start <= from && mark.end >= to);
    const piece = turn.text.slice(from, to);
    if (!over.length) { node.append(piece); continue; }
    const mark = make('mark', over.some((m) => m.bad) ? 'bad' : '', piece);
    mark.title = [...new Set(over.map((m) => m.label))].join(' · ');
    mark.dataset.from = from;
    node.append(mark);
  }
}

// Who says the turn: as it was heard, or as a reviewer put it right.
function sayWho(row, { who, name }) {
  row.classList.remove('agent', 'debtor', 'other', 'unknown');
  row.classList.add(who);
  row.querySelector('.who').firstChild.data = name;
}

function turnRow(turn, api) {
  const row = make('div', `turn ${turn.who}${turn.doubt ? ' doubt' : ''}`);
  row.append(make('span', 'when', turn.start === null ? '' : clock(turn.start)));
  const cell = make('div');
  const who = make('div', 'who', turn.name);
  who.append(make('span', 'number', turn.number));
  cell.append(who);
  const says = make('div', 'says');
  fillText(says, turn);
  cell.append(says);
  if (turn.doubt) cell.append(make('div', 'why', turn.doubt));
  if (turn.tags.length) {
    const tags = make('div', 'tags');
    for (const tag of turn.tags) tags.append(make('span', `tag ${tag.kind}`, tag.label));
    cell.append(tags);
  }
  for (const note of turn.notes) cell.append(make('div', 'own-line', note));
  cell.append(make('div', 'own'), make('div', 'form'));
  row.append(cell);
  row.onclick = () => { if (!String(getSelection())) api.goTo(turn.i, 0, true); };
  return row;
}

function quoteButton(quote, api, chosen) {
  const button = make('button', 'quote');
  button.append(make('span', 'around', `${quote.marks[0]}${quote.before}`), make('b', '', quote.text), make('span', 'around', `${quote.after}${quote.marks[1]}`), document.createElement('br'));
  button.append(make('small', '', quote.at === null ? quote.where : `${clock(quote.at)} · ${quote.where}`));
  button.onclick = () => { chosen?.(); api.showQuote(quote); };
  return button;
}

function criterionRow(item, data, api) {
  const { words } = data;
  const disputable = data.appeal?.criteria.includes(item.id);
  const shown = item.review ? 'review' : item.outcome;
  const row = make('div', `criterion ${shown}`);
  row.dataset.id = item.id;
  const head = make('button');
  head.append(make('span', 'sign', SIGNS[shown]), make('span', '', item.label), make('span', `out ${shown}`, item.cost ? `${item.outcomeLabel} · ${item.cost}` : item.outcomeLabel));
  const more = make('div', 'more');
  more.append(make('p', 'reason', item.reason));
  let from = item.evidence.length ? 0 : null;   // the quote that an appeal starts from: the one heard last
  item.evidence.forEach((quote, index) => more.append(quoteButton(quote, api, () => { from = index; })));
  if (disputable) more.append(appealForm(item, () => from, data, api));
  if (item.better) more.append(make('p', '', `${words.better} ${item.better}`));
  if (item.worth) more.append(make('p', 'worth', item.worth));
  if (item.help) more.append(make('p', '', item.help));
  more.hidden = !item.open && !more.querySelector('.appeal textarea');
  head.setAttribute('aria-expanded', String(!more.hidden));
  head.onclick = () => { more.hidden = !more.hidden; head.setAttribute('aria-expanded', String(!more.hidden)); };
  row.append(head, more);
  return row;
}

function rubricPane(data, api) {
  const pane = make('div');
  for (const group of data.groups) {
    const title = make('div', 'group');
    title.append(make('span', '', group.label), make('span', '', group.points));
    pane.append(title, ...group.criteria.map((item) => criterionRow(item, data, api)));
  }
  if (!data.groups.length) pane.append(make('div', 'empty', data.words.noRubric));
  return pane;
}

function repliesPane(data, api) {
  const pane = make('div');
  for (const item of data.objections) {
    const card = make('div', 'advice');
    card.append(make('h4', '', item.label), quoteButton(item.quote, api), make('p', '', item.why), make('p', 'steps', item.steps));
    const list = make('ul');
    for (const reply of item.replies) {
      const line = make('li', '', reply.text);
      line.append(make('span', 'why', reply.why));
      list.append(line);
    }
    card.append(list);
    const more = make('a', 'more', data.words.guide);
    more.href = item.guide;
    more.target = '_blank'; // the sound of the call goes on
    card.append(more);
    if (item.avoid.length) card.append(make('p', 'steps', `${data.words.avoid} ${item.avoid.join(' ')}`));
    pane.append(card);
  }
  if (!data.objections.length) pane.append(make('div', 'empty', data.words.noObjections));
  return pane;
}

function sidePane(data, api, review) {
  const pane = make('div', 'pane');
  const tabs = make('div', 'tabs');
  tabs.setAttribute('role', 'tablist');
  const panes = [[review ? data.words.review : data.words.rubric, review ? review.pane : rubricPane(data, api)]];
  if (data.replies) panes.push([data.words.replies, repliesPane(data, api)]);
  const buttons = panes.map(([label, content], index) => {
    const button = make('button', '', label);
    button.setAttribute('role', 'tab');
    button.onclick = () => panes.forEach(([, other], k) => {
      other.hidden = k !== index;
      buttons[k].setAttribute('aria-selected', String(k === index));
    });
    content.hidden = index > 0;
    button.setAttribute('aria-selected', String(index === 0));
    tabs.append(button);
    return button;
  });
  pane.append(tabs, ...panes.map(([, content]) => content));
  return pane;
}
