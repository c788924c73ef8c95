import { chartKinds, type ChartKind } from '../charts/chart-kind';

/** How a filter tests a cell. `from` and `to` include their bound; `empty` is '' for text and null for everything else. */
export const filterTests = ['is', 'not', 'has', 'hasnt', 'starts', 'from', 'to', 'empty', 'filled'] as const;
export type FilterTest = (typeof filterTests)[number];

export interface FilterState {
  /** Position of the column in the result: names can be doubled or hostile, positions never change. */
  readonly column: number;
  readonly test: FilterTest;
  readonly value: string;
}

export interface SortState {
  readonly column: number;
  readonly descending: boolean;
}

export type Zone = 'utc' | 'local';

/** Everything a reader chose about how kept rows are shown. It lives in the address, so a link opens the same view. */
export interface ViewState {
  readonly page: number;
  readonly sort: readonly SortState[];
  readonly filters: readonly FilterState[];
  readonly search: string;
  /** Positions of the columns shown, in this order; null: all that are not hidden otherwise. */
  readonly columns: readonly number[] | null;
  /** Which part of those columns is side by side in the table, from 1: a result may have hundreds. */
  readonly part: number;
  /** Leave out columns that are empty or hold one value everywhere. */
  readonly lean: boolean;
  /** IANA name of the zone times are shown in. Kept and exported times are always UTC. */
  readonly zone: string;
  /** Position, in this view's order, of the row whose panel is open. */
  readonly row: number | null;
  readonly facet: number | null;
  /** Chart instead of what the query's `render` says; `none` hides it. */
  readonly chart: ChartKind | 'none' | null;
}

export const plainView: ViewState = {
  page: 1,
  sort: [],
  filters: [],
  search: '',
  columns: null,
  part: 1,
  lean: false,
  zone: 'UTC',
  row: null,
  facet: null,
  chart: null,
};

export const mostFilters = 40;
export const mostSortKeys = 8;
export const longestValue = 4_000;

const natural = (text: string | null): number | null => (text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null);

const isFilterTest = (text: string): text is FilterTest => (filterTests as readonly string[]).includes(text);

const readFilter = (text: string): FilterState[] => {
  const [, column, test = '', value = ''] = /^(\d{1,5})\.(\w+)\.?([\s\S]*)$/.exec(text) ?? [];
  return column !== undefined && isFilterTest(test) ? [{ column: Number(column), test, value: value.slice(0, longestValue) }] : [];
};

const readSort = (text: string): SortState[] =>
  text.split(',').flatMap((part) => {
    const [, column, direction] = /^(\d{1,5})([ad])$/.exec(part) ?? [];
    return column === undefined ? [] : [{ column: Number(column), descending: direction === 'd' }];
  });

const isZone = (name: string): boolean => {
  if (name === '') return false;
  try {
    return name.length <= 64 && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
};

/** `7`, or a run of neighbours `0-499`, as far as there are columns. */
const readRun = (text: string, columnCount: number): number[] => {
  const [first = '', last = first] = text.split('-', 2);
  const from = natural(first);
  const to = Math.min(natural(last) ?? -1, columnCount - 1);
  return from === null || to < from ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
};

/** `cols=2.0.5-9`, or the ticked boxes of the column form: `col=0&col=2`. */
const readColumns = (query: URLSearchParams, columnCount: number): number[] | null => {
  const parts = query.has('col') ? query.getAll('col') : (query.get('cols') ?? '').split('.');
  const columns = new Set<number>();
  for (const part of parts) for (const column of readRun(part, columnCount)) columns.add(column);
  return columns.size > 0 ? [...columns] : null;
};

/** Neighbours as runs: a table of 500 columns has links that name nearly all of them, thousands of times. */
const columnsText = (columns: readonly number[]): string => {
  const runs: { from: number; to: number }[] = [];
  for (const column of columns) {
    const run = runs.at(-1);
    if (run?.to === column - 1) run.to = column;
    else runs.push({ from: column, to: column });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join('.');
};

/** Filters of the address, and the one a reader fills into the filter form: column `fc`, test `ft`, value `fv`. */
const readFilters = (query: URLSearchParams): FilterState[] => {
  const added = query.has('fc') ? [`${query.get('fc')}.${query.get('ft')}.${query.get('fv') ?? ''}`] : [];
  return [...query.getAll('f'), ...added].slice(0, mostFilters).flatMap(readFilter);
};

/** Whether an address comes from one of the view's forms and has a shorter, canonical twin to be sent to. */
export const isFormAddress = (query: URLSearchParams): boolean => ['col', 'fc'].some((name) => query.has(name));

const readChart = (text: string | null): ViewState['chart'] =>
  text === 'none' ? 'none' : (chartKinds.find((kind) => kind === text) ?? null);

/** The view an address asks for. What it does not understand it leaves out: a half-typed address still opens the rows. */
export const readViewState = (query: URLSearchParams, columnCount: number): ViewState => {
  const known = (column: number): boolean => column < columnCount;
  const zone = query.get('tz') ?? '';
  const facet = natural(query.get('facet'));
  return {
    page: Math.max(1, natural(query.get('page')) ?? 1),
    sort: readSort(query.get('sort') ?? '')
      .filter(({ column }) => known(column))
      .slice(0, mostSortKeys),
    filters: readFilters(query).filter(({ column }) => known(column)),
    search: (query.get('q') ?? '').slice(0, longestValue),
    columns: readColumns(query, columnCount),
    part: Math.max(1, natural(query.get('part')) ?? 1),
    lean: query.get('lean') === '1',
    zone: isZone(zone) ? zone : 'UTC',
    row: natural(query.get('row')),
    facet: facet !== null && known(facet) ? facet : null,
    chart: readChart(query.get('chart')),
  };
};

const filterText = ({ column, test, value }: FilterState): string =>
  test === 'empty' || test === 'filled' ? `${column}.${test}` : `${column}.${test}.${value}`;

/** The address part of a view: only what differs from the plain one, always in the same order, so equal views have equal links. */
export const writeViewState = (state: ViewState): URLSearchParams => {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null | false): void => void (value && query.append(name, value));
  put('q', state.search);
  for (const filter of state.filters) put('f', filterText(filter));
  put('sort', state.sort.map(({ column, descending }) => `${column}${descending ? 'd' : 'a'}`).join(','));
  put('cols', state.columns && columnsText(state.columns));
  put('part', state.part > 1 && String(state.part));
  put('lean', state.lean && '1');
  put('tz', state.zone !== 'UTC' && state.zone);
  put('chart', state.chart);
  put('facet', state.facet === null ? null : String(state.facet));
  put('row', state.row === null ? null : String(state.row));
  put('page', state.page > 1 && String(state.page));
  return query;
};

/** A link to `path` in the view `state`, changed by `change`. What narrows or reorders rows starts at the first page again. */
export const viewHref = (path: string, state: ViewState, change: Partial<ViewState>): string => {
  const moves = 'filters' in change || 'search' in change || 'sort' in change;
  const query = writeViewState({ ...state, ...(moves ? { page: 1, row: null } : {}), ...change }).toString();
  return query === '' ? path : `${path}?${query}`;
};
