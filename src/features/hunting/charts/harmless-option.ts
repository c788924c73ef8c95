/** A word joiner: takes no room and has no looks. */
const joiner = '\u2060';

const inherited = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'), 'g');

/** `__proto__` with a joiner inside: neither the text nor any part of it is a name that every object has. */
const harmlessText = (text: string): string => text.replace(inherited, (name) => name.slice(0, 2) + joiner + name.slice(2));

/**
 * An option for ECharts without texts that its caches take for entries: it keeps the widths of texts, and the states of names, as
 * properties of plain objects, so that a column called `__proto__` would be written into every object of this process.
 */
export const harmless = <T>(option: T): T => {
  if (typeof option === 'string') return harmlessText(option) as T;
  if (Array.isArray(option)) return option.map(harmless) as T;
  if (typeof option !== 'object' || option === null) return option;
  return Object.fromEntries(Object.entries(option).map(([key, value]) => [key, harmless(value)])) as T;
};
