import { createPatientLook } from '../../../../src/features/hunting/results/patient-look';
import type { Look, LookedAt } from '../../../../src/features/hunting/results/results-room';
import { plainView } from '../../../../src/features/hunting/results/view-state';

const look = { texts: ['[1]'] } as unknown as Look;
const at: LookedAt = { rows: { files: ['a'], columns: [] }, state: plainView, render: undefined, total: 1, owner: 'o' };

describe('a patient look', () => {
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
    const room = { look: () => new Promise<Look>((_resolve, reject) => setTimeout(() => reject(new Error('gone')), 5)) };
    const patient = createPatientLook({ room });
    expect(await patient(at, 1)).toHaveProperty('lookingMs');
    await expect(patient(at, 1_000)).rejects.toThrow('gone');
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
    const patient = createPatientLook({ room, givenUpAfterMs: 30 });
    await patient(at, 1);
    await patient(at, 1);
    expect(signals[1]).toBe(signals[0]);
    expect(signals[0]!.aborted).toBe(false);
    await new Promise((resolve) => signals[0]!.addEventListener('abort', resolve));
    expect(await patient(at, 1)).toHaveProperty('lookingMs');
    expect(signals[2]!.aborted).toBe(false);
  });
});
