import type { Column } from '../../../kql/schema';
import { unquoted } from '../kept/cell-view';
import { entityLink } from './entity-link';
import type { LinkView } from './grid-view';
import { viewHref, type FilterState, type ViewState } from './view-state';

/** Where a value stands: the run, the view of its rows, and the columns it is one of. */
export interface ValuePlace {
  readonly path: string;
  readonly runId: string;
  readonly state: ViewState;
  readonly columns: readonly Column[];
}

/** The longest value a link carries; a longer one is reached through the whole row's other columns. */
export const longestInLink = 1_500;

const filterFor = (column: number, json: string, test: 'is' | 'not'): FilterState => {
  if (json === 'null') return { column, test: test === 'is' ? 'empty' : 'filled', value: '' };
  return { column, test, value: unquoted(json) };
};

/** What one can do with the value `json` of a column: narrow the view to it or from it, take it into the query, go to what it names. */
export const valueActions = ({ path, runId, state, columns }: ValuePlace, position: number, json: string): LinkView[] => {
  if (json.length > longestInLink) return [];
  const column = columns[position] as Column;
  const only = viewHref(path, state, { filters: [...state.filters, filterFor(position, json, 'is')] });
  const without = viewHref(path, state, { filters: [...state.filters, filterFor(position, json, 'not')] });
  const add = (test: 'is' | 'not'): string =>
    `/hunting?${new URLSearchParams({ run: runId, add: `${position}.${test}.${json}` }).toString()}`;
  const entity = entityLink(column, unquoted(json));
  return [
    { label: 'Only this', href: only },
    { label: 'Without this', href: without },
    { label: 'Add to query', href: add('is') },
    { label: 'Exclude in query', href: add('not') },
    ...(entity ? [entity] : []),
  ];
};
