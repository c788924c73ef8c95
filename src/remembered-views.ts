import { statSync } from 'node:fs';
import type { Asking, ResultPages } from './features/hunting/ports';
import type { Once } from './kusto/results/result-views';
import { shareAsking, type SharedAsking } from './shared-asking';

/** Memory that remembered answers may take, counted in characters of what the engine sent. */
const maxCharacters = 16_000_000;

const longAnswerMs = 400;
const heldMs = 20_000;

type Rows = Parameters<ResultPages['constants']>[0];

interface Remembered {
  readonly value: unknown;
  readonly size: number;
}

/** Least recently used goes first; one answer may not take more than a tenth of the room. */
const createMemory = () => {
  const kept = new Map<string, Remembered>();
  let total = 0;
  const forget = (key: string): void => {
    total -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    recall: (key: string): Remembered | undefined => {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    keep: (key: string, value: unknown): void => {
      const size = key.length + JSON.stringify(value).length;
      if (size > maxCharacters / 10) return;
      forget(key);
      kept.set(key, { value, size });
      total += size;
      for (const oldest of kept.keys()) {
        if (total <= maxCharacters) break;
        forget(oldest);
      }
    },
  };
};

/**
 * What the files are right now: a slice that was asked again has other bytes under the same name. Asked synchronously: a
 * stat takes microseconds, its promise many times that.
 */
const stampOf = ({ files }: Rows): string | undefined => {
  const stamps = files.map((file) => statSync(file, { throwIfNoEntry: false }));
  // Somebody just removed one; the engine says so in its own words.
  if (stamps.includes(undefined)) return undefined;
  return stamps.map((stamp) => `${stamp?.ino}.${stamp?.mtimeMs}.${stamp?.size}`).join(' ');
};

/**
 * Answers about kept rows that do not ask the engine twice: a reload, a second tab or the way back costs no query, and what is
 * being asked is waited for. Keyed by the files themselves, whose runs are found through their owner alone, so nothing crosses
 * a tenant.
 */
export const rememberAnswers = (): Once => {
  const memory = createMemory();
  const asked = new Map<string, SharedAsking<unknown>>();
  /** What took long is held a little longer, failures too: who was told to come back for it gets it, even where it is too long to be remembered. */
  const begin = (key: string, ask: (signal: AbortSignal) => Promise<unknown>): SharedAsking<unknown> => {
    const started = performance.now();
    const asking = shareAsking(ask);
    const forget = (): void => {
      if (asked.get(key) === asking) asked.delete(key);
    };
    const settled = (): void => {
      if (performance.now() - started < longAnswerMs) forget();
      else setTimeout(forget, heldMs).unref();
    };
    asking.answer.then(settled, settled);
    asked.set(key, asking);
    return asking;
  };
  return async <T>(
    rows: Rows,
    { question, signal }: Parameters<Once>[1],
    ask: (signal: AbortSignal | undefined) => Promise<T>,
  ): Promise<T> => {
    const stamp = stampOf(rows);
    if (stamp === undefined) return ask(signal);
    const key = JSON.stringify([stamp, rows.files, rows.columns, ...question]);
    const known = memory.recall(key);
    if (known) return known.value as T;
    let asking = asked.get(key) ?? begin(key, ask);
    // Given up because nobody waited any more: whoever comes now asks anew.
    if (!asking.join(signal)) (asking = begin(key, ask)).join(signal);
    const value = (await asking.answer) as T;
    memory.keep(key, value);
    return value;
  };
};

/** Views of kept rows that are asked for once. */
export const rememberViews = (views: ResultPages, once: Once = rememberAnswers()): ResultPages => {
  const asked = (question: readonly unknown[], asking: Asking = {}) => ({ question, signal: asking.signal });
  return Object.freeze({
    page: (view, bounds, asking) =>
      once(view.rows, asked(['page', view.filters, view.search, view.sort, bounds], asking), (signal) =>
        views.page(view, bounds, { ...asking, signal }),
      ),
    count: (view, near, asking) =>
      once(view.rows, asked(['count', view.filters, view.search], asking), (signal) => views.count(view, near, { ...asking, signal })),
    facet: (view, of, asking) =>
      once(view.rows, asked(['facet', view.filters, view.search, of], asking), (signal) => views.facet(view, of, { ...asking, signal })),
    chart: (view, ask, asking) =>
      once(view.rows, asked(['chart', view.filters, view.search, view.sort, ask], asking), (signal) =>
        views.chart(view, ask, { ...asking, signal }),
      ),
    constants: (rows, asking) => once(rows, asked(['constants'], asking), (signal) => views.constants(rows, { ...asking, signal })),
  } satisfies ResultPages);
};
