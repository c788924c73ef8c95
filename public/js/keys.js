// Keys on every page: Shift+Enter or Ctrl+Enter runs the query in focus, `?` shows all keys. Single letters can be switched off.
const groups = [
  {
    name: 'Everywhere',
    keys: [
      ['?', 'Show or hide this list'],
      ['g h', 'Go to the query form'],
      ['g r', 'Go to your runs'],
    ],
  },
  {
    name: 'While writing a query',
    keys: [
      ['Shift + Enter', 'Run'],
      ['Ctrl + Enter (Mac: ⌘ + Enter)', 'Run'],
      ['Tab', 'Leave the query: it is a plain text field'],
    ],
  },
  {
    name: 'On a run',
    keys: [
      ['Esc', 'Cancel a run that is under way; close a menu or the row'],
      ['j, k', 'Next row, previous row; beside an open row they open it'],
      ['Enter', 'Open the row in focus'],
      ['→ ← ↑ ↓', 'From the row’s number into its cells, and about'],
      ['m', 'Menu of the cell in focus: copy, filter, add to the query, go to its page'],
      ['n, p', 'Next page, previous page of rows'],
      ['/', 'Search these rows'],
    ],
  },
];

const setting = 'quarry-single-keys';
const lettersOn = () => localStorage.getItem(setting) !== 'off';

const element = (name, { text = '', ...attributes } = {}, children = []) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
};

const letterSwitch = () => {
  const box = element('input', { type: 'checkbox', id: 'single-keys' });
  box.checked = lettersOn();
  box.addEventListener('change', () => localStorage.setItem(setting, box.checked ? 'on' : 'off'));
  return element('p', { class: 'choices' }, [element('label', { for: 'single-keys' }, [box, ' Single-letter keys'])]);
};

const help = () => {
  const lists = groups.map(({ name, keys }) =>
    element('section', {}, [
      element('h3', { text: name }),
      element(
        'dl',
        { class: 'keys' },
        keys.map(([key, what]) => element('div', {}, [element('dt', {}, [element('kbd', { text: key })]), element('dd', { text: what })])),
      ),
    ]),
  );
  const close = element('button', { type: 'button', text: 'Close' });
  const dialog = element('dialog', { class: 'help', 'aria-labelledby': 'keys-title' }, [
    element('h2', { id: 'keys-title', text: 'Keys' }),
    ...lists,
    letterSwitch(),
    close,
  ]);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]') !== null;

let leader = false;
const goTo = { h: '/hunting', r: '/hunting/history' };

document.addEventListener(
  'keydown',
  (event) => {
    if (event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey) && event.target.matches?.('textarea.kql')) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '?') {
      const open = document.querySelector('dialog.help');
      return open ? open.close() : help();
    }
    if (!lettersOn() && /^[a-z/]$/.test(event.key)) return event.stopImmediatePropagation();
    if (leader && goTo[event.key]) location.assign(goTo[event.key]);
    leader = event.key === 'g';
  },
  true,
);

document.addEventListener('keydown', (event) => {
  const run = document.querySelector('#run[data-live] [data-key="Escape"]');
  if (event.key === 'Escape' && run && !typing(event.target) && !document.querySelector('dialog[open]')) run.click();
});

for (const hint of document.querySelectorAll('[data-keys]')) hint.hidden = false;
