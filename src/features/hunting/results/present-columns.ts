import type { Column } from '../../../kql/schema';
import { columnView } from '../kept/cell-view';
import type { GridColumnView, LinkView } from './grid-view';
import { viewHref, type SortState, type ViewState } from './view-state';

interface Place {
  readonly path: string;
  readonly state: ViewState;
  readonly columns: readonly Column[];
  /** All columns of the view; `shown` are those side by side. */
  readonly chosen: readonly number[];
  readonly shown: readonly number[];
}

const toggled = (sort: readonly SortState[], column: number): SortState[] => {
  const [first] = sort;
  if (sort.length === 1 && first?.column === column) return first.descending ? [{ column, descending: false }] : [];
  return [{ column, descending: true }];
};

const withKey = (sort: readonly SortState[], key: SortState): SortState[] => [...sort.filter(({ column }) => column !== key.column), key];

const swapped = (chosen: readonly number[], at: number, by: number): number[] => {
  const order = [...chosen];
  const [moved] = order.splice(at, 1);
  order.splice(at + by, 0, moved as number);
  return order;
};

const actionsOf = (place: Place, position: number): LinkView[] => {
  const { path, state, chosen } = place;
  const at = chosen.indexOf(position);
  const link = (label: string, change: Partial<ViewState>): LinkView => ({ label, href: viewHref(path, state, change) });
  const facet = link('Most frequent values', { facet: position, row: null });
  const only = (test: 'empty' | 'filled') => ({ filters: [...state.filters, { column: position, test, value: '' }] });
  return [
    link('Sort: lowest first', { sort: [{ column: position, descending: false }] }),
    link('Sort: highest first', { sort: [{ column: position, descending: true }] }),
    ...(state.sort.length > 0
      ? [link('Then by this, highest first', { sort: withKey(state.sort, { column: position, descending: true }) })]
      : []),
    { ...facet, href: `${facet.href}#facet` },
    link('Only rows where it is empty', only('empty')),
    link('Only rows where it is filled', only('filled')),
    ...(chosen.length > 1 ? [link('Hide this column', { columns: chosen.filter((other) => other !== position) })] : []),
    ...(at > 0 ? [link('Move left', { columns: swapped(chosen, at, -1) })] : []),
    ...(at < chosen.length - 1 ? [link('Move right', { columns: swapped(chosen, at, 1) })] : []),
  ];
};

/** The heads of the table: name, type, sort state and everything one can do with a column, as links. */
export const gridColumns = (place: Place): GridColumnView[] =>
  place.shown.map((position) => {
    const column = place.columns[position] as Column;
    const rank = place.state.sort.findIndex((key) => key.column === position);
    const key = place.state.sort[rank];
    const direction = key?.descending ? 'descending' : 'ascending';
    return {
      ...columnView(column),
      position,
      sorted: rank === 0 ? direction : null,
      sortRank: rank >= 0 && place.state.sort.length > 1 ? `${rank + 1}${direction === 'descending' ? '↓' : '↑'}` : '',
      sortHref: viewHref(place.path, place.state, { sort: toggled(place.state.sort, position) }),
      actions: actionsOf(place, position),
    };
  });
