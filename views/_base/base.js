// What our components share. Text always goes in with textContent, never as markup.
function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  if (tag === 'button') node.type = 'button';
  return node;
}

// What a person has half written stays in its tab, until it is sent, given up, or they sign out there.
const DRAFTS = 'temple-draft ';

// those whose names begin so, but for one
function forgetDrafts(begin = DRAFTS, kept = null) {
  Object.keys(sessionStorage).filter((name) => name.startsWith(begin) && name !== kept).forEach((name) => sessionStorage.removeItem(name));
}

function isDark(root) {
  const [r, g, b] = (getComputedStyle(root).color.match(/\d+/g) || [0, 0, 0]).map(Number);
  return r + g + b > 382;   // light ink means a dark page
}

// A table wider than its room scrolls by itself: while more of it lies to the right, its edge fades and `words` say so.
function scrolls(root, words) {
  root.classList.add('scrolls');
  root.append(make('div', 'hint', words));
  const look = () => root.classList.toggle('more', root.scrollLeft + root.clientWidth < root.scrollWidth - 1);
  root.onscroll = look;
  const sizes = new ResizeObserver(look);
  for (const one of [root, root.querySelector('table')]) sizes.observe(one);
}
