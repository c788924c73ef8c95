import type { ChartAsk, ChartRows } from '../chart-rows';
import type { Groups } from '../../../columns/question';
import type { Asking } from '../asking';
import { bareTypes, chartSteps } from '../chart-rows';
import { columnAt } from '../filter-sql';
import type { View } from '../view';
import type { AskIndex } from './ask-index';

/** Few rows, in the view's order. */
async function asTheyAre(
  indexed: AskIndex,
  { view, ask, count }: { readonly view: View; readonly ask: ChartAsk; readonly count: number },
  asking: Asking,
): Promise<ChartRows | undefined> {
  const places = await indexed.places(view, { offset: 0, limit: count }, asking);
  const rows = places && (await indexed.texts(view.rows, { numbers: places.numbers, columns: [ask.x, ...ask.series, ...ask.y] }, asking));
  return rows && { rows, joined: null, cut: false, seriesInAll: null };
}

/** What to group by, and how; undefined for what has a form of its own: decimals, and sums of timespans. */
const groupsOf = (view: View, { x, series, y, limit, mostSeries, more }: ChartAsk): Groups | undefined => {
  const typeOf = (position: number): string => columnAt(view, position).type;
  const adds = more === 'add' || !bareTypes.has(columnAt(view, x).type);
  const asTexts = y.filter((position) => typeOf(position) === 'timespan');
  if ([x, ...y].some((position) => typeOf(position) === 'decimal') || (adds && asTexts.length > 0)) return undefined;
  return { x, steps: adds ? undefined : chartSteps, series, y, of: adds ? 'sum' : 'max', asTexts, mostSeries, limit };
};

/** What a picture of a large view is drawn from; undefined where the rows themselves have to be asked. */
export async function indexedChart(
  indexed: AskIndex | undefined,
  { view, ask }: { readonly view: View; readonly ask: ChartAsk },
  asking: Asking,
): Promise<ChartRows | undefined> {
  const groups = groupsOf(view, ask);
  const told = groups && (await indexed?.groups(view, groups, asking));
  if (indexed === undefined || told === undefined) return undefined;
  const { limit, mostSeries } = ask;
  if (told.headline.count <= limit) return asTheyAre(indexed, { view, ask, count: told.headline.count }, asking);
  const [first = '[0,null]', ...rows] = told.lines;
  const [inAll, step] = JSON.parse(first) as [number, number | null];
  return {
    rows: rows.slice(0, limit),
    joined: step === null ? { kind: 'sums' } : { kind: 'peaks', step },
    cut: rows.length > limit,
    seriesInAll: inAll > mostSeries ? inAll : null,
  };
}
