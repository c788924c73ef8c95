import { isEngineError } from '../../../engine/engine-error';
import type { KeptRows } from '../view';
import { buildIndex, type BuildDeps } from './index-builder';
import { isWhole, placeOfIndex, type IndexPlace } from './index-files';

export interface ResultIndexDeps extends BuildDeps {
  /** Results of fewer rows are quick enough without. */
  readonly leastRows?: number;
  /** How long nothing may have changed: a run that still grows gets no index for each of its slices. */
  readonly restMs?: number;
  /** Hears what became of an index. */
  readonly report?: (
    event: 'index-built' | 'index-not-built',
    facts: { readonly rows: number; readonly milliseconds: number; readonly error?: unknown },
  ) => void;
}

interface Wish {
  readonly rows: KeptRows;
  readonly place: IndexPlace;
}

/** Makes indexes one at a time. */
function createWorkshop(deps: ResultIndexDeps, failed: Set<string>) {
  const { report = () => undefined } = deps;
  const wishes = new Map<string, Wish>();
  let building: { readonly place: IndexPlace; readonly controller: AbortController; readonly over: Promise<void> } | undefined;
  let stopped = false;

  const build = async ({ rows, place }: Wish, signal: AbortSignal): Promise<void> => {
    const started = performance.now();
    const told = () => ({ rows: place.rows, milliseconds: Math.round(performance.now() - started) });
    try {
      await buildIndex(deps, { rows, place, signal });
      report('index-built', told());
    } catch (error) {
      const isGivenUp = isEngineError(error) && (error.code === 'cancelled' || error.code === 'stopped');
      // Rows that went meanwhile took it with them.
      if (isGivenUp || placeOfIndex(rows)?.folder !== place.folder) return;
      failed.add(place.folder);
      report('index-not-built', { ...told(), error });
    }
  };

  const next = (): void => {
    const [wish] = wishes.values();
    if (building !== undefined || wish === undefined || stopped) return;
    wishes.delete(wish.place.home);
    const controller = new AbortController();
    const over = build(wish, controller.signal).finally(() => {
      building = undefined;
      next();
    });
    building = { place: wish.place, controller, over };
  };

  return {
    has: ({ home, folder }: IndexPlace): boolean => building?.place.folder === folder || wishes.get(home)?.place.folder === folder,
    /** Ends the work on an index of these rows as they were before. */
    giveUp: ({ home }: IndexPlace): void => {
      if (building?.place.home === home) building.controller.abort();
    },
    add(wish: Wish): void {
      wishes.set(wish.place.home, wish);
      next();
    },
    async stop(): Promise<void> {
      stopped = true;
      building?.controller.abort();
      await building?.over;
    },
  };
}

/**
 * Indexes of large kept results (src/columns), made in the background once somebody looks at them: one at a time, with the time
 * that nobody else needs. Until one is ready, views ask the rows themselves.
 */
export function createResultIndex(deps: ResultIndexDeps) {
  const { leastRows = 500_000, restMs = 3_000 } = deps;
  const resting = new Map<string, NodeJS.Timeout>();
  /** What could not be made, or did not do: it is not tried again. */
  const failed = new Set<string>();
  const workshop = createWorkshop(deps, failed);

  const want = (rows: KeptRows, place: IndexPlace): void => {
    if (workshop.has(place) || resting.has(place.folder)) return;
    workshop.giveUp(place);
    const rested = (): void => {
      resting.delete(place.folder);
      if (placeOfIndex(rows)?.folder === place.folder) workshop.add({ rows, place });
    };
    resting.set(place.folder, setTimeout(rested, restMs).unref());
  };

  return Object.freeze({
    /** The index of these rows; undefined where there is none (yet): then one is wished for, if they are many. */
    of(rows: KeptRows): IndexPlace | undefined {
      const total = rows.counts?.reduce((sum, count) => sum + count, 0) ?? 0;
      if (total < leastRows) return undefined;
      const place = placeOfIndex(rows);
      if (place === undefined || failed.has(place.folder)) return undefined;
      if (isWhole(place)) return place;
      want(rows, place);
      return undefined;
    },
    /** An index that could not answer is not asked again. */
    distrust: (place: IndexPlace): void => void failed.add(place.folder),
    /** Ends what is under way; nothing half made stays. */
    async stop(): Promise<void> {
      for (const timer of resting.values()) clearTimeout(timer);
      await workshop.stop();
    },
  });
}

export type ResultIndex = ReturnType<typeof createResultIndex>;
