import type { Look, LookedAt, ResultsRoom } from './results-room';

/** A reader hears by then: of rows, or that they are still looked for. */
const patienceMs = 700;

/** What a look has come to: rows, or how long it has been going on. */
export type Sight = { readonly look: Look } | { readonly lookingMs: number };

const later = (milliseconds: number): Promise<null> => new Promise((resolve) => setTimeout(resolve, milliseconds, null).unref());

/**
 * Looks at kept rows, but never longer than a reader waits for a page: millions of rows take seconds to search. What is looked
 * for goes on meanwhile, and whoever asks for the same view again waits for the same answer (src/remembered-views.ts).
 */
export const createPatientLook = ({
  room,
  now = () => Date.now(),
}: {
  readonly room: Pick<ResultsRoom, 'look'>;
  readonly now?: () => number;
}) => {
  const began = new Map<string, number>();
  return async (at: LookedAt, patience = patienceMs): Promise<Sight> => {
    const key = JSON.stringify([at.rows.files, at.state]);
    const since = began.get(key) ?? now();
    began.set(key, since);
    const looking = room.look(at).finally(() => began.delete(key));
    // Nobody may be waiting any more when it fails; whoever comes back is told.
    looking.catch(() => undefined);
    const look = await Promise.race([looking, later(patience)]);
    return look ? { look } : { lookingMs: now() - since };
  };
};

export type PatientLook = ReturnType<typeof createPatientLook>;
