/** One value, one text: members sorted by name, nothing that JSON leaves out, no white space. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'string') return storable(value);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, member]) => [name, sorted(member)]));
};

/** Half of a surrogate pair has no UTF-8, and PostgreSQL keeps no NUL: both become visible marks. */
export const storable = <T extends string | null | undefined>(text: T): T extends string ? string : string | null =>
  (text == null ? null : text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\u2400')) as T extends string ? string : string | null;
