import { statSync } from 'node:fs';
import type { ResultPages } from './features/hunting/ports';

/** Memory that remembered answers may take, counted in characters of what the engine sent. */
const maxCharacters = 16_000_000;

type Rows = Parameters<ResultPages['profile']>[0]['rows'];

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
 * The same views of kept rows, which do not ask the engine twice for one page: a reload, a second tab or the way back costs
 * no query. Keyed by the files themselves, whose runs are found through their owner alone, so nothing crosses a tenant.
 */
export const rememberViews = (views: ResultPages): ResultPages => {
  const memory = createMemory();
  const once = async <T>(rows: Rows, question: readonly unknown[], ask: () => Promise<T>): Promise<T> => {
    const stamp = stampOf(rows);
    if (stamp === undefined) return ask();
    const key = JSON.stringify([stamp, rows.files, ...question]);
    const known = memory.recall(key);
    if (known) return known.value as T;
    const value = await ask();
    memory.keep(key, value);
    return value;
  };
  return Object.freeze({
    page: (view, bounds, asking) => once(view.rows, ['page', view, bounds], () => views.page(view, bounds, asking)),
    count: (view, asking) => once(view.rows, ['count', view], () => views.count(view, asking)),
    facet: (view, asked, asking) => once(view.rows, ['facet', view, asked], () => views.facet(view, asked, asking)),
    profile: (view, asking) => once(view.rows, ['profile', view], () => views.profile(view, asking)),
  } satisfies ResultPages);
};
