// A menu at every cell of the rows, made when it is asked for: the rows themselves carry nothing for it. Without JavaScript
// the row's number opens the row, which offers the same.
const cellsOf = (row) => [...row.querySelectorAll('td')];
const inTable = (target) => target.closest?.('#results tbody td') ?? null;

const make = (name, attributes, children = []) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

// Its sign comes from the style sheet: the text of a cell stays the value alone.
const handle = make('button', {
  type: 'button',
  class: 'cell-handle',
  tabindex: '-1',
  'aria-haspopup': 'menu',
  'aria-label': 'What to do with this value',
  title: 'What to do with this value (m)',
});

let menu = null;
let ticket = 0;

const close = (back) => {
  const cell = menu?.cell;
  menu?.box.remove();
  menu = null;
  ticket += 1;
  if (back) cell?.focus();
};

/** Where the server finds the cell: the row in the view's order, the column's position in the result. */
const addressOf = (cell) => {
  const row = Number(cell.parentElement.querySelector('th a').textContent) - 1;
  const head = document.querySelectorAll('#results thead th')[cell.cellIndex];
  const address = new URL(`${location.pathname}/cell.json${location.search}`, location.origin);
  address.searchParams.set('row', String(row));
  address.searchParams.set('column', head.dataset.position);
  return { address, name: head.dataset.column, row };
};

const place = (box, cell) => {
  const { left, bottom, top } = cell.getBoundingClientRect();
  const height = box.offsetHeight;
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${bottom + height + 8 < innerHeight ? Math.max(8, bottom) : Math.max(8, top - height)}px`;
};

const item = (name, attributes, text) =>
  make('li', { role: 'none' }, [make(name, { role: 'menuitem', tabindex: '-1', ...attributes }, [text])]);

const copyItem = (value) => {
  const line = item('button', { type: 'button' }, 'Copy value');
  line.firstChild.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(value ?? '');
      line.firstChild.textContent = 'Copied';
      setTimeout(() => close(true), 700);
    } catch {
      line.firstChild.textContent = 'This browser does not allow copying here';
    }
  });
  return line;
};

const fill = (box, { value, actions }) => {
  const links = actions.map(({ label, href }) => item('a', { href }, label));
  const none = actions.length > 0 ? [] : [make('li', { role: 'none', class: 'small muted' }, ['Too long for a filter or a link'])];
  box.replaceChildren(copyItem(value), ...links, ...none);
};

const open = async (cell) => {
  close(false);
  const own = ticket;
  const { address, name, row } = addressOf(cell);
  const box = make('ul', { class: 'panel links cell-menu', role: 'menu', 'aria-label': `${name}, row ${row + 1}` }, [
    item('span', {}, 'One moment …'),
  ]);
  // Inside the room, whose links change the view in place.
  document.querySelector('#results-room').append(box);
  menu = { box, cell };
  place(box, cell);
  box.querySelector('[role="menuitem"]').focus();
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' }, redirect: 'error' });
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    if (own !== ticket) return;
    fill(box, answer);
  } catch {
    if (own !== ticket) return;
    box.replaceChildren(item('a', { href: cell.parentElement.querySelector('th a').href }, 'Open the row instead'));
  }
  place(box, cell);
  box.querySelector('[role="menuitem"]').focus();
};

// The pointer: one handle, which is put into the cell under it.
document.addEventListener('pointerover', (event) => {
  const cell = inTable(event.target);
  if (cell && handle.parentElement !== cell) cell.append(handle);
});
handle.addEventListener('click', () => void open(handle.parentElement));
document.addEventListener(
  'pointerdown',
  (event) => menu && !menu.box.contains(event.target) && event.target !== handle && close(false),
  true,
);
document.addEventListener('click', (event) => menu?.box.contains(event.target) && event.target.closest('a') && close(false));
document.addEventListener('scroll', (event) => menu && !menu.box.contains(event.target) && close(false), true);

// The keyboard: arrows go from the row's number into its cells and about; m or Enter opens the menu.
const enter = (cell) => {
  if (!cell) return;
  cell.tabIndex = -1;
  cell.focus();
};

const neighbour = (cell, key) => {
  const cells = cellsOf(cell.parentElement);
  const at = cells.indexOf(cell);
  if (key === 'ArrowRight') return cells[at + 1];
  if (key === 'ArrowLeft') return cells[at - 1] ?? cell.parentElement.querySelector('th a');
  const row = key === 'ArrowDown' ? cell.parentElement.nextElementSibling : cell.parentElement.previousElementSibling;
  return row && cellsOf(row)[at];
};

const inMenu = (event) => {
  const items = [...menu.box.querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') close(true);
  else if (to === undefined) return;
  else items.at(to % items.length).focus();
  event.preventDefault();
  event.stopImmediatePropagation();
};

document.addEventListener(
  'keydown',
  (event) => {
    if (menu) return inMenu(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = inTable(event.target);
    const number = event.target.closest?.('#results tbody th a');
    if (number && event.key === 'ArrowRight') {
      event.preventDefault();
      return enter(cellsOf(number.closest('tr'))[0]);
    }
    if (!cell || event.target !== cell) return;
    if (event.key === 'm' || event.key === 'Enter' || event.key === 'ContextMenu') {
      event.preventDefault();
      return void open(cell);
    }
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const next = neighbour(cell, event.key);
    if (next?.tagName === 'A') next.focus();
    else enter(next);
  },
  true,
);
