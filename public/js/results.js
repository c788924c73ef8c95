// The results room with JavaScript: links and forms of the room fetch the page they lead to, and only the room is
// replaced; the address moves along, so that back, reload and a second tab show the same as without JavaScript.
const policy = globalThis.trustedTypes?.createPolicy('quarry', { createHTML: (html) => html });
const parse = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
const room = () => document.querySelector('#results-room');

let latest = 0;
/** The address of what the room shows; on the way back the window's is already the other. */
let shown = location.href;

/** Where the focus goes when what has it is replaced: the same thing, else what it belonged to, else the rows. Never out of the room. */
const placeOf = (target) => {
  if (!target?.closest?.('#results-room')) return null;
  const within = (selector) => target.closest(selector);
  if (target.id) return `#${target.id}`;
  const head = within('#results th[data-position]');
  if (head) return `#results th[data-position="${head.dataset.position}"] a.sort`;
  if (within('.chips')) return '.chips a';
  if (within('.facet')) return '.facet a';
  const menu = within('.toolbar details');
  if (menu) return `.toolbar details:nth-of-type(${[...document.querySelectorAll('.toolbar details')].indexOf(menu) + 1}) > summary`;
  return within('.pager') && target.rel ? `.pager a[rel="${target.rel}"]` : '.rows-box';
};

/** Closing a row goes back to its number; everything else to where the focus was. */
const placeAfter = (from, final, sameRows) => {
  const open = from?.closest('#row-panel, tr.open') ? document.querySelector('#results tr.open')?.rowIndex : undefined;
  return sameRows && open !== undefined && !final.searchParams.has('row') ? `#results tbody tr:nth-child(${open}) th a` : placeOf(from);
};

const find = (selector) => (selector ? document.querySelector(`#results-room ${selector}`) : null);

const focusAfter = (place, hash) => {
  const panel = ['#row-panel', '#facet'].includes(hash) ? find(hash) : null;
  const target = panel ?? find(place) ?? (place && (find('.rows-box') ?? find('#result-search')));
  target?.focus({ preventScroll: !panel });
  panel?.scrollIntoView({ block: 'nearest' });
};

/** What decides which rows are in the table, and where they stand. */
const rowsOf = (address) => {
  const { searchParams } = new URL(address, location.href);
  return ['q', 'f', 'fc', 'ft', 'fv', 'sort', 'page'].map((name) => searchParams.getAll(name).join('\n')).join('\r');
};

/** Keeps the table where it was scrolled to, as far as it still shows the same rows, and the open row in sight. */
const scrollBack = ({ scrollLeft, scrollTop }, sameRows) => {
  const box = document.querySelector('.rows-box');
  if (!box) return;
  box.scrollLeft = scrollLeft;
  if (sameRows) box.scrollTop = scrollTop;
  const open = box.querySelector('tr.open th');
  if (!open) return;
  const { top, bottom } = open.getBoundingClientRect();
  const head = box.querySelector('thead').getBoundingClientRect().bottom;
  const edge = box.getBoundingClientRect().bottom;
  if (top < head) box.scrollTop -= head - top;
  else if (bottom > edge) box.scrollTop += bottom - edge;
};

/** The room's own words go with it when it is replaced, so a region that stays says what changed. */
const announcer = document.createElement('p');
announcer.setAttribute('role', 'status');
announcer.className = 'visually-hidden';
document.querySelector('#main')?.append(announcer);

const announce = () => {
  const text = (selector) => document.querySelector(`#results-room ${selector}`)?.textContent.trim();
  const sorted = document.querySelector('#results th[aria-sort]');
  const sort = sorted && `sorted by ${sorted.dataset.column}, ${sorted.getAttribute('aria-sort')}`;
  announcer.textContent = [text('.page-head [role="status"]'), sort, text('.pager[aria-label="Pages of rows"] > span')]
    .filter(Boolean)
    .join('; ');
};

/** Shows `address` in place of the room; anything unexpected (signed out, an error) is a plain navigation. */
const show = async (address, { push, from }) => {
  const ticket = ++latest;
  room()?.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } });
    const next = response.ok ? parse(await response.text()).querySelector('#results-room') : null;
    if (ticket !== latest) return;
    if (!next) return location.assign(address);
    const final = new URL(response.url);
    final.hash = new URL(address, location.href).hash;
    const { scrollLeft, scrollTop } = document.querySelector('.rows-box') ?? { scrollLeft: 0, scrollTop: 0 };
    const sameRows = rowsOf(shown) === rowsOf(final);
    const place = placeAfter(from, final, sameRows);
    room().replaceWith(next);
    scrollBack({ scrollLeft, scrollTop }, sameRows);
    // The way back must not scroll to the rows' beginning.
    const { hash } = final;
    if (hash === '#results') final.hash = '';
    shown = final.href;
    if (push) history.pushState({ room: true }, '', final);
    focusAfter(place, hash);
    announce();
    prepare();
  } catch {
    if (ticket === latest) location.assign(address);
  }
};

const isOurs = (url) => url.origin === location.origin && url.pathname === location.pathname;

document.addEventListener('click', (event) => {
  const link = event.target.closest('#results-room a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (!isOurs(url)) return;
  event.preventDefault();
  void show(url.href, { push: true, from: link });
});

document.addEventListener('submit', (event) => {
  const form = event.target.closest('#results-room form[method="get"]');
  if (!form || new URL(form.action).pathname !== location.pathname) return;
  event.preventDefault();
  const url = new URL(form.action);
  url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== '')).toString();
  void show(url.href, { push: true, from: document.activeElement });
});

addEventListener('popstate', () => void show(location.href, { push: false, from: document.activeElement }));

// One menu open at a time; Escape and a click elsewhere close it.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll('#results-room details.drop[open]')) if (menu !== except) menu.open = false;
};
document.addEventListener('click', (event) => closeMenus(event.target.closest('details.drop')));

/** Menus inside the scrolling table are placed against the window, so that the table's edge does not cut them off. */
const place = (menu) => {
  const panel = menu.querySelector('.panel');
  if (!menu.open || !menu.closest('.rows-box')) return;
  const { left, bottom } = menu.getBoundingClientRect();
  panel.style.position = 'fixed';
  panel.style.top = `${bottom + 2}px`;
  panel.style.left = `${Math.max(8, Math.min(left, innerWidth - panel.offsetWidth - 8))}px`;
  panel.style.right = 'auto';
};
document.addEventListener('toggle', (event) => event.target.matches?.('details.drop') && place(event.target), true);
document.addEventListener('scroll', (event) => event.target.matches?.('.rows-box') && closeMenus(null), true);

document.documentElement.classList.add('places-menus');

const copy = async (node) => {
  try {
    await navigator.clipboard.writeText(node.textContent);
    node.dataset.copied = 'true';
    setTimeout(() => delete node.dataset.copied, 1_500);
  } catch {
    getSelection().selectAllChildren(node);
  }
};

/** Rows that take long to find: the page looks again until they are there. */
const lookAgain = () => {
  const waiting = room()?.dataset.looking;
  const ticket = latest;
  if (waiting) setTimeout(() => ticket === latest && void show(location.href, { push: false, from: document.activeElement }), 800);
};

const prepare = () => {
  lookAgain();
  const select = document.querySelector('select[data-local-zone]');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select && own && ![...select.options].some(({ value }) => value === own)) select.add(new Option(`${own} (yours)`, own));
  select?.form.querySelector('button')?.setAttribute('hidden', '');
  select?.addEventListener('change', () => select.form.requestSubmit());
  for (const node of document.querySelectorAll('code[data-copy]')) {
    node.tabIndex = 0;
    node.setAttribute('role', 'button');
    node.title = 'Copy this path';
    node.addEventListener('click', () => void copy(node));
    node.addEventListener('keydown', (event) => event.key === 'Enter' && void copy(node));
  }
};
prepare();
