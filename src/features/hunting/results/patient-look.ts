import type { Look, LookedAt, ResultsRoom } from './results-room';

/** A reader hears by then: of rows, or that they are still looked for. */
const patienceMs = 700;
/** A small result takes longer only where its first reader starts the engine, or the machine is busy: its rows are worth the wait. */
const smallRows = 200_000;
const patienceForSmallMs = 5_000;

/** How long a reader waits for a page of a result of so many rows. */
export const patienceFor = (total: number): number => (total <= smallRows ? patienceForSmallMs : patienceMs);

/** What a look has come to: rows, or how long it has been going on. */
export type Sight = { readonly look: Look } | { readonly lookingMs: number };

const later = (milliseconds: number): Promise<null> => new Promise((resolve) => setTimeout(resolve, milliseconds, null).unref());

/** A page that is still looking asks again every two seconds; one that has not for so long is gone, and its reader with it. */
const abandonedMs = 15_000;

/** A look under way: since when, and how it ends early. */
interface Going {
  readonly since: number;
  readonly controller: AbortController;
  abandoned: NodeJS.Timeout | undefined;
}

/**
 * Looks at kept rows, but never longer than a reader waits for a page: millions of rows take seconds to search. What is looked
 * for goes on meanwhile, and whoever asks for the same view again waits for the same answer (src/remembered-views.ts). When
 * nobody comes back, it is given up.
 */
export const createPatientLook = ({
  room,
  now = () => Date.now(),
  givenUpAfterMs = abandonedMs,
}: {
  readonly room: Pick<ResultsRoom, 'look'>;
  readonly now?: () => number;
  readonly givenUpAfterMs?: number;
}) => {
  const looks = new Map<string, Going>();
  const goingOn = (key: string): Going => {
    const going = looks.get(key) ?? { since: now(), controller: new AbortController(), abandoned: undefined };
    clearTimeout(going.abandoned);
    going.abandoned = setTimeout(() => going.controller.abort(), givenUpAfterMs).unref();
    looks.set(key, going);
    return going;
  };
  return async (at: LookedAt, patience = patienceFor(at.total)): Promise<Sight> => {
    const key = JSON.stringify([at.rows.files, at.state]);
    const going = goingOn(key);
    const over = (): void => {
      clearTimeout(going.abandoned);
      if (looks.get(key) === going) looks.delete(key);
    };
    const looking = room.look(at, going.controller.signal).finally(over);
    // Nobody may be waiting any more when it fails; whoever comes back is told.
    looking.catch(() => undefined);
    const look = await Promise.race([looking, later(patience)]);
    return look ? { look } : { lookingMs: now() - going.since };
  };
};

export type PatientLook = ReturnType<typeof createPatientLook>;
