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
  const beside = event.target.closest('#row-panel') && `#row-panel a[rel="${event.key === 'j' ? 'next' : 'prev'}"]`;
  if (beside) return go(beside);
  const all = rows();
  const at = all.indexOf(document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, at + (event.key === 'j' ? 1 : -1)))]?.focus();
});
