/** Where a sign-in lands when the wish is not a path of ours. */
export const startPath = '/';

const base = 'http://quarry.invalid';
/** Control characters, spaces and backslashes: browsers drop or turn them, so `/\evil` and `/<tab>/evil` would leave us. */
const unsafe = /[\u0000-\u0020\u007f-\u009f\u2028\u2029\ufeff\\]/;

const staysHere = (path: string): boolean => {
  if (!URL.canParse(path, base)) return false;
  const url = new URL(path, base);
  return url.origin === base && !url.pathname.startsWith('//') && url.username === '' && url.password === '';
};

/**
 * The given text itself when it is a path on this very site, else undefined. Never a normalised form of it: a
 * normalised `/..//evil` is `//evil`. Sign-in's own pages are refused too, for they would start over.
 */
export const readReturnPath = (wish: unknown): string | undefined => {
  if (typeof wish !== 'string' || wish.length > 2_048) return undefined;
  if (!/^\/(?![/\\])/.test(wish) || unsafe.test(wish) || !staysHere(wish)) return undefined;
  return /^\/auth(\/|\?|#|$)/i.test(wish) ? undefined : wish;
};
