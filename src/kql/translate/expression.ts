import type { KqlType } from '../schema';

/**
 * The value of a constant in physical form: bool as boolean, int, long, datetime and timespan (ticks) as bigint, real as number,
 * decimal, string and guid as string, dynamic as its JSON text. null is the typed null of KQL (a string is never null).
 */
export type ConstantValue = null | boolean | bigint | number | string;

/**
 * A translated scalar expression. `sql` is atomic: it may be put beside any operator without parentheses of its own.
 * Its value has the physical type of `type` (schema.ts): a string is never NULL, an int is a BIGINT, times are ticks.
 * `constant` is present when the value is known while translating.
 */
export interface Expression {
  readonly sql: string;
  readonly type: KqlType;
  readonly constant?: { readonly value: ConstantValue };
  /** Set when the SQL is a path below a dynamic value: `steps` is the whole JSON path ('$."a"[0]'), so that one more step or a tostring() is fused. */
  readonly path?: { readonly base: string; readonly steps: string };
  /** SQL of the text column that this dynamic value is parsed from: a path below it is read from the text at once. */
  readonly parsed?: string | undefined;
  /** SQL of a list of texts of which this dynamic array was made (split()): an element is taken from it, not out of JSON. */
  readonly items?: string;
  /** The text and the constant separator that `items` were split by: one item is cut out without making the others. */
  readonly split?: { readonly text: string; readonly separator: string };
  /** SQL of what tostring() gives for members of this dynamic value, by key, where one is found without making the others. */
  readonly members?: ReadonlyMap<string, string>;
  /** SQL of what tostring() gives for this dynamic value, where it is cheaper than through JSON. */
  readonly text?: string;
  /** Set for a dynamic that is known to be a list literal of constants: `in`, `has_any` and friends unroll it. */
  readonly list?: readonly { readonly value: ConstantValue; readonly type: KqlType }[];
}
