// The results room with JavaScript: links and forms of the room fetch the page they lead to, and only the room is
// replaced; the address moves along, so that back, reload and a second tab show the same as without JavaScript.
const policy = globalThis.trustedTypes?.createPolicy('quarry', { createHTML: (html) => html });
const parse = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
const room = () => document.querySelector('#results-room');

let latest = 0;

const focusAfter = (target, hash) => {
  const named = hash ? document.getElementById(hash.slice(1)) : null;
  const again = target?.id ? document.getElementById(target.id) : null;
  (named ?? again)?.focus({ preventScroll: !named });
  named?.scrollIntoView({ block: 'nearest' });
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
    const { scrollLeft } = document.querySelector('.rows-box') ?? { scrollLeft: 0 };
    room().replaceWith(next);
    const box = document.querySelector('.rows-box');
    if (box) box.scrollLeft = scrollLeft;
    if (push) history.pushState({ room: true }, '', final);
    focusAfter(from, final.hash);
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

addEventListener('popstate', () => void show(location.href, { push: false, from: null }));

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

// Keys: those of the help panel (public/js/keys.js) that concern rows.
const rows = () => [...document.querySelectorAll('#results tbody th a')];
const typing = (target) => target.closest('input, textarea, select, [contenteditable]') !== null;

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    const open = document.querySelector('#results-room details.drop[open]');
    if (open) {
      open.open = false;
      open.querySelector('summary').focus();
      return;
    }
    if (!typing(event.target)) document.querySelector('#row-panel [data-key="Escape"]')?.click();
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const go = (selector) => document.querySelector(selector)?.click();
  if (event.key === 'n') return go('.pager a[rel="next"]');
  if (event.key === 'p') return go('.pager a[rel="prev"]');
  if (event.key === '/') {
    event.preventDefault();
    return document.querySelector('#result-search')?.focus();
  }
  if (event.key !== 'j' && event.key !== 'k') return;
  const all = rows();
  const at = all.indexOf(document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, at + (event.key === 'j' ? 1 : -1)))]?.focus();
});
