import type { Key, Question, Test, Wanted } from '../../../columns/question';
import type { Parameter } from '../../../engine/requests';
import type { Column } from '../../../kql/schema';
import { columnAt, comparedWith, wordsIn } from '../filter-sql';
import type { Filter, View } from '../view';

const keyOf = (parameter: Parameter): Key => (typeof parameter === 'boolean' ? BigInt(parameter) : (parameter ?? ''));

const valuesTest = (column: Column, position: number, { values, not }: { values: readonly string[]; not: boolean }): Test => {
  const filled = column.type === 'string' ? values : values.filter((value) => value !== '');
  const keys = filled.map((value) => keyOf(comparedWith(column, position, value)));
  return { column: position, not, kind: 'values', values: keys, blank: filled.length < values.length };
};

const rangeTest = (column: Column, position: number, { from, to }: { from?: string; to?: string }): Test => {
  const bound = (text: string): Key => keyOf(comparedWith(column, position, text));
  return {
    column: position,
    not: false,
    kind: 'range',
    ...(from === undefined ? {} : { from: bound(from) }),
    ...(to === undefined ? {} : { to: bound(to) }),
  };
};

const testOf = (filter: Filter, column: Column): Test => {
  const { column: position, test } = filter;
  const not = test.startsWith('not-');
  if ('values' in filter) return valuesTest(column, position, { values: filter.values, not });
  if ('text' in filter)
    return { column: position, not, kind: 'text', text: filter.text.toLowerCase(), at: test === 'starts-with' ? 'start' : 'anywhere' };
  return filter.test === 'range' ? rangeTest(column, position, filter) : { column: position, not, kind: 'blank' };
};

/** Texts that the engine and JavaScript may not read alike. */
const isOdd = (text: string): boolean => /\0|[\ud800-\udfff]/u.test(text);

const textsOf = (filter: Filter): readonly string[] => {
  if ('values' in filter) return filter.values;
  if ('text' in filter) return [filter.text];
  return filter.test === 'range' ? [filter.from ?? '', filter.to ?? ''] : [];
};

/** Decimals stand in the index by their size as a double, which does not tell all of them apart. */
const needsDigits = ({ rows }: View, filter: Filter): boolean => 'values' in filter && rows.columns[filter.column]?.type === 'decimal';

/** A view as a question to an index; undefined where only the rows themselves can tell. Throws ViewError. */
export function questionOf(view: View, wanted: Wanted): Question | undefined {
  const { filters = [], search = '', sort = [] } = view;
  for (const { column } of sort) columnAt(view, column);
  const tests = filters.map((filter) => testOf(filter, columnAt(view, filter.column)));
  if ([...filters.flatMap(textsOf), search].some(isOdd)) return undefined;
  if (filters.some((filter) => needsDigits(view, filter))) return undefined;
  return { tests, words: wordsIn(view), sort, wanted };
}
