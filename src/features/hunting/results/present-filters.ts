import type { Column } from '../../../kql/schema';
import { columnView, visible } from '../kept/cell-view';
import type { LinkView } from './grid-view';
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
    label: chipText(filter, columns),
    href: viewHref(path, state, { filters: state.filters.filter((_, other) => other !== at) }),
  })),
];

/** The tests a reader chooses from when adding a filter by hand. */
export const testChoices = Object.entries(words).map(([value, label]) => ({ value, label }));
