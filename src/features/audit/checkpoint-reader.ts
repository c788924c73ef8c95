import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { checkpointEvent, signedFacts, ungrouped } from './checkpoints';
import type { Seals } from './seal';

/** By chain and record: the hashes that checkpoints vouch for. More than one at a place tells of a chain written twice. */
export type Vouched = ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<string>>>;

export interface CheckpointReading {
  readonly vouched: Vouched;
  /** Files that are not there. */
  readonly missing: readonly string[];
  /** Lines that carry a wrong signature: somebody wrote them who does not have the key. */
  readonly forged: readonly string[];
  /** Lines signed with a key that is not at hand. */
  readonly unknownKeys: number;
}

const shape = z.object({
  event: z.literal(checkpointEvent),
  chain: z.string(),
  seq: z.number(),
  hash: z.string(),
  at: z.number(),
  key: z.string(),
  signature: z.string(),
});

/** A checkpoint's line of the file, or of the log; anything else is no concern of ours. */
const checkpointIn = (line: string): z.infer<typeof shape> | undefined => {
  if (!line.includes(checkpointEvent)) return undefined;
  try {
    return shape.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

/** Reads checkpoints from the files where they were kept (the file in the data folder, copies of the log). */
export const readCheckpoints = async (files: readonly string[], seals: Seals): Promise<CheckpointReading> => {
  const vouched = new Map<string, Map<number, Set<string>>>();
  const missing = files.filter((file) => !existsSync(file));
  const forged: string[] = [];
  let unknownKeys = 0;
  const take = (line: string, place: string): void => {
    const found = checkpointIn(line);
    if (!found) return;
    const signature = seals.signHead(signedFacts(found), found.key);
    if (signature === undefined) return void (unknownKeys += 1);
    if (signature !== ungrouped(found.signature)) return void forged.push(place);
    const chain = vouched.get(found.chain) ?? new Map<number, Set<string>>();
    vouched.set(found.chain, chain.set(found.seq, (chain.get(found.seq) ?? new Set()).add(ungrouped(found.hash))));
  };
  for (const file of files.filter((name) => !missing.includes(name))) {
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      take(line, `${file}:${number}`);
    }
  }
  return { vouched, missing, forged, unknownKeys };
};
