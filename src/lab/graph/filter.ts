/** One condition of `$filter`: a property's value, or a tag among the tags. */
export interface Condition {
  readonly property: string;
  readonly value: string;
}

const comparison = /^(\w+) eq (?:'((?:[^']|'')*)'|([0-9a-f-]{36}))$/i;
const membership = /^(\w+)\/any\((\w+):\2 eq '((?:[^']|'')*)'\)$/;

const unquote = (text: string): string => text.replaceAll("''", "'");

/** Parts between `and`, not counting one that stands within quotes. */
const conjuncts = (text: string): string[] => {
  const parts = [''];
  let quoted = false;
  for (const piece of text.split(/( and |')/i)) {
    if (piece === "'") quoted = !quoted;
    if (!quoted && piece.toLowerCase() === ' and ') parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim());
};

/** Reads the little of OData that the directory's callers use; undefined for anything else. */
export const parseFilter = (text: string | undefined): readonly Condition[] | undefined => {
  if (text === undefined) return [];
  const found = conjuncts(text).map((part): Condition | undefined => {
    const compared = comparison.exec(part);
    if (compared) return { property: String(compared[1]), value: unquote(compared[2] ?? compared[3] ?? '') };
    const member = membership.exec(part);
    return member ? { property: String(member[1]), value: unquote(String(member[3])) } : undefined;
  });
  return found.every((condition) => condition !== undefined) ? found : undefined;
};

/** Whether an object meets a condition; undefined when it has no such property. */
const meets = (object: Readonly<Record<string, unknown>>, { property, value }: Condition): boolean => {
  const own = object[property];
  if (Array.isArray(own)) return own.includes(value);
  return typeof own === 'string' && own.toLowerCase() === value.toLowerCase();
};

export const meetsAll = (object: Readonly<Record<string, unknown>>, conditions: readonly Condition[]): boolean =>
  conditions.every((condition) => meets(object, condition));
