import type { KqlType } from '../../../kql/schema';

/** Excel's own limits (Microsoft, "Excel specifications and limits"). */
export const sheetRowLimit = 1_048_576;
const cellTextLimit = 32_767;

/** A double keeps 15 decimal digits; Excel drops the rest of a longer number without a word. */
const exactDigits = 15;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const entity = (character: string): string => entities[character] ?? character;
const codePoint = (character: string): string => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/**
 * Text as OOXML carries it: what XML 1.0 cannot hold (control characters, lone surrogates) becomes `_xHHHH_`, and text
 * that already looks like such an escape has its underscore escaped (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
 */
export const xmlText = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
      codePoint,
    )
    .replace(/[&<>"]/g, entity);

export interface Cell {
  readonly xml: string;
  /** The text was longer than a cell may hold. */
  readonly cut: boolean;
}

const textCell = (text: string): Cell => {
  const cut = text.length > cellTextLimit;
  const kept = cut ? text.slice(0, cellTextLimit) : text;
  return { xml: `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`, cut };
};

const isNumber = (type: KqlType): boolean => type === 'int' || type === 'long' || type === 'real' || type === 'decimal';

const digitsOf = (text: string): number => text.replace(/[^\d]/g, '').length;

/**
 * One wire-form value as a cell. Numbers that a double holds exactly are numbers; longer ones, times (Excel's clock stops
 * at milliseconds), spans, guids and dynamic values are their exact text. Null is no value at all; nothing is a formula.
 */
export const cellOf = (value: unknown, type: KqlType): Cell => {
  if (value === null || value === undefined) return { xml: '<c/>', cut: false };
  if (type === 'dynamic') return textCell(typeof value === 'string' ? value : JSON.stringify(value));
  if (typeof value === 'boolean') return { xml: `<c t="b"><v>${value ? 1 : 0}</v></c>`, cut: false };
  const text = String(value);
  if (isNumber(type) && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) && (type === 'real' || digitsOf(text) <= exactDigits)) {
    return { xml: `<c><v>${text}</v></c>`, cut: false };
  }
  return textCell(text);
};
