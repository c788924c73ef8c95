const form = document.querySelector('#hunt');
const once = form?.querySelector('input[name=once]');
const query = form?.querySelector('textarea[name=query]');

// A form that the back button brings back as it was is a new form: sent again, it makes a new run.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted || !once) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  once.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
});

// Pages are never stored, so the way back asks for the form anew: what this person had written in this tab comes back. Signing out clears it.
const draft = `query of ${document.querySelector('.who-name')?.title ?? ''}`;
if (query) {
  const [visit] = performance.getEntriesByType('navigation');
  if (query.value === '' && visit?.type === 'back_forward') query.value = sessionStorage.getItem(draft) ?? '';
  addEventListener('pagehide', () => sessionStorage.setItem(draft, query.value));
}
