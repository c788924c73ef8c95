import type { Column, KqlType } from '../../../kql/schema';
import { columnView, visible } from '../kept/cell-view';
import type { LinkView } from './grid-view';
import { fits } from './to-view';
import { viewHref, type FilterState, type FilterTest, type ViewState } from './view-state';

const words: Readonly<Record<FilterTest, string>> = {
  is: 'is',
  not: 'is not',
  has: 'contains',
  hasnt: 'does not contain',
  starts: 'starts with',
  from: 'is at least',
  to: 'is at most',
  empty: 'is empty',
  filled: 'is filled',
};

const longestChip = 80;

const chipText = ({ column, test, value }: FilterState, columns: readonly Column[]): string => {
  const name = columnView(columns[column] as Column).name;
  if (test === 'empty' || test === 'filled') return `${name} ${words[test]}`;
  const shown = value.length > longestChip ? `${value.slice(0, longestChip)}…` : value;
  return `${name} ${words[test]} ${shown === '' ? '(empty)' : visible(shown)}`;
};

/** Every filter as a chip; its link opens the view without it. */
export const chips = (path: string, state: ViewState, columns: readonly Column[]): LinkView[] => [
  ...(state.search === '' ? [] : [{ label: `Search: ${visible(state.search)}`, href: viewHref(path, state, { search: '' }) }]),
  ...state.filters.map((filter, at) => ({
    label: fits(filter, columns) ? chipText(filter, columns) : `${chipText(filter, columns)} (left out)`,
    href: viewHref(path, state, { filters: state.filters.filter((_, other) => other !== at) }),
  })),
];

const examples: Readonly<Record<KqlType, string>> = {
  bool: 'true or false',
  int: 'a whole number such as 42',
  long: 'a whole number such as 42',
  real: 'a number such as 0.5',
  decimal: 'a number such as 0.5',
  string: 'text',
  datetime: 'a time in UTC such as 2026-01-31 or 2026-01-31T08:00:00Z',
  timespan: 'a duration such as 1.02:03:04 (days.hours:minutes:seconds)',
  guid: 'a GUID',
  dynamic: 'JSON',
};

/** A sentence for each filter that its column cannot answer, and that the rows are therefore shown without. */
export const leftOutFilters = ({ filters }: ViewState, columns: readonly Column[]): string[] =>
  filters
    .filter((filter) => !fits(filter, columns))
    .map((filter) => {
      const { type } = columns[filter.column] as Column;
      return `The filter “${chipText(filter, columns)}” is left out: the column is of type ${type} and takes ${examples[type]}.`;
    });

/** The tests a reader chooses from when adding a filter by hand. */
export const testChoices = Object.entries(words).map(([value, label]) => ({ value, label }));
