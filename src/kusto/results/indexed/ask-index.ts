import type { Groups, Headline, Question, Wanted } from '../../../columns/question';
import type { Engine } from '../../../engine/engine';
import { isEngineError } from '../../../engine/engine-error';
import type { Asking } from '../asking';
import type { KeptRows, View } from '../view';
import type { IndexPlace } from './index-files';
import type { ResultIndex } from './result-index';
import { questionOf } from './view-question';

export interface Told {
  readonly headline: NonNullable<Headline>;
  readonly lines: readonly string[];
}

export interface AskIndexDeps {
  readonly engine: Pick<Engine, 'look'>;
  readonly index: Pick<ResultIndex, 'of' | 'distrust'>;
}

/** Asks the index of kept rows, where there is one that can tell; undefined where the rows themselves have to be asked. */
export function createAskIndex({ engine, index }: AskIndexDeps) {
  const look = async (place: IndexPlace, question: Question, asking: Asking): Promise<Told | undefined> => {
    const lines: string[] = [];
    try {
      for await (const batch of engine.look({ folder: place.folder, rows: place.rows, question, ...asking }))
        for (const line of batch) lines.push(line);
    } catch (error) {
      if (!isEngineError(error) || error.code !== 'data') throw error;
      // Gone together with its rows, or broken: the rows know.
      index.distrust(place);
      return undefined;
    }
    const headline = JSON.parse(lines[0] ?? 'null') as Headline;
    return headline === null ? undefined : { headline, lines: lines.slice(1) };
  };

  const ask = async (view: View, wanted: Wanted, asking: Asking): Promise<Told | undefined> => {
    const place = index.of(view.rows);
    const question = place && questionOf(view, wanted);
    return place && question && look(place, question, asking);
  };

  return Object.freeze({
    /** How many rows a view has, and the numbers of some of them in its order. */
    async places(view: View, bounds: { readonly offset: number; readonly limit: number }, asking: Asking) {
      const { offset, limit } = { offset: Math.max(0, Math.trunc(bounds.offset)), limit: Math.trunc(bounds.limit) };
      const told = await ask(view, { kind: 'places', offset, limit }, asking);
      return told && { count: told.headline.count, numbers: told.lines.map(Number) };
    },
    /** Rows by their numbers, in wire form. */
    async texts(
      rows: KeptRows,
      { numbers, columns }: { readonly numbers: readonly number[]; readonly columns: readonly number[] },
      asking: Asking,
    ) {
      const known = columns.filter((column) => column < rows.columns.length);
      return (await ask({ rows }, { kind: 'texts', rows: numbers, columns: known }, asking))?.lines;
    },
    facet: (view: View, asked: { readonly column: number; readonly limit: number }, asking: Asking) =>
      ask(view, { kind: 'facet', ...asked }, asking),
    groups: (view: View, groups: Groups, asking: Asking) => ask(view, { kind: 'groups', groups }, asking),
  });
}

export type AskIndex = ReturnType<typeof createAskIndex>;
