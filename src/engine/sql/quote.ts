/** An SQL identifier for any name, hostile or not. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** An SQL string literal for any text; DuckDB reads no escapes in it, but ends the statement at a NUL. */
export const literal = (text: string): string =>
  text
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');

/** A list literal of string literals. */
export const literals = (texts: readonly string[]): string => `[${texts.map(literal).join(', ')}]`;
