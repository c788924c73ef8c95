// A form that the back button brings back as it was is a new form: sent again, it makes a new run.
const once = document.querySelector('#hunt input[name=once]');

addEventListener('pageshow', ({ persisted }) => {
  if (!persisted || !once) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  once.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
});
