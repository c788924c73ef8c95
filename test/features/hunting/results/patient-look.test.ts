import { createPatientLook, patienceFor } from '../../../../src/features/hunting/results/patient-look';
import type { Look, LookedAt } from '../../../../src/features/hunting/results/results-room';
import { plainView } from '../../../../src/features/hunting/results/view-state';

const look = { texts: ['[1]'] } as unknown as Look;
const at: LookedAt = { rows: { files: ['a'], columns: [] }, state: plainView, render: undefined, total: 1, owner: 'o' };

describe('a patient look', () => {
  afterEach(() => jest.useRealTimers());

  it('gives the rows where they come in time', async () => {
    const patient = createPatientLook({ room: { look: async () => look } });
    expect(await patient(at)).toEqual({ look });
  });

  it('says how long it has been looking where they do not, and gives them to whoever comes back', async () => {
    let found: (look: Look) => void = () => undefined;
    const rows = new Promise<Look>((resolve) => {
      found = resolve;
    });
    let time = 0;
    const patient = createPatientLook({ room: { look: () => rows }, now: () => (time += 1_000) });
    expect(await patient(at, 1)).toEqual({ lookingMs: 1_000 });
    expect(await patient(at, 1)).toEqual({ lookingMs: 2_000 });
    found(look);
    expect(await patient(at, 1)).toEqual({ look });
  });

  it('fails for the reader who waits, and harms nobody when none does', async () => {
    let fail: (error: Error) => void = () => undefined;
    const rows = new Promise<Look>((_resolve, reject) => {
      fail = reject;
    });
    const patient = createPatientLook({ room: { look: () => rows } });
    expect(await patient(at, 1)).toHaveProperty('lookingMs');
    const waiting = patient(at, 600_000);
    fail(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
  });

  it('waits longer for a small result than for millions of rows', () => {
    expect(patienceFor(100_000)).toBeGreaterThan(patienceFor(10_000_000));
  });

  it('gives up what nobody comes back for, and looks anew for whoever does later', async () => {
    const signals: AbortSignal[] = [];
    const room = {
      look: (_at: LookedAt, signal?: AbortSignal) =>
        new Promise<Look>((_resolve, reject) => {
          signals.push(signal!);
          signal!.addEventListener('abort', () => reject(new Error('cancelled')));
        }),
    };
    jest.useFakeTimers();
    const patient = createPatientLook({ room, givenUpAfterMs: 1_000 });
    const lookFor = async (milliseconds: number): Promise<unknown> => {
      const sight = patient(at, milliseconds);
      await jest.advanceTimersByTimeAsync(milliseconds);
      return sight;
    };
    await lookFor(900);
    await lookFor(900);
    expect([signals[1] === signals[0], signals[0]!.aborted]).toEqual([true, false]);
    await jest.advanceTimersByTimeAsync(100);
    expect(signals[0]!.aborted).toBe(true);
    expect(await lookFor(10)).toHaveProperty('lookingMs');
    expect(signals[2]!.aborted).toBe(false);
  });
});
