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

/** A dynamic value is JSON in a filter too: "5" is not 5. */
const filterFor = ({ columns }: ValuePlace, column: number, json: string): ((test: 'is' | 'not') => FilterState) => {
  if (json === 'null') return (test) => ({ column, test: test === 'is' ? 'empty' : 'filled', value: '' });
  const value = columns[column]?.type === 'dynamic' ? json : unquoted(json);
  return (test) => ({ column, test, value });
};

/** What one can do with the value `json` of a column: narrow the view to it or from it, take it into the query, go to what it names. */
export const valueActions = (place: ValuePlace, position: number, json: string): LinkView[] => {
  if (json.length > longestInLink) return [];
  const { path, runId, state, columns } = place;
  const filter = filterFor(place, position, json);
  const filtered = (test: 'is' | 'not'): string => viewHref(path, state, { filters: [...state.filters, filter(test)] });
  const add = (test: 'is' | 'not'): string =>
    `/hunting?${new URLSearchParams({ run: runId, add: `${position}.${test}.${json}` }).toString()}`;
  const entity = entityLink(columns[position] as Column, unquoted(json));
  return [
    { label: 'Only this', href: filtered('is') },
    { label: 'Without this', href: filtered('not') },
    { label: 'Add to query', href: add('is') },
    { label: 'Exclude in query', href: add('not') },
    ...(entity ? [entity] : []),
  ];
};
