import { appendFile, open } from 'node:fs/promises';
import type { Head, Seals } from './seal';

/** A signed word that a chain had reached `seq`, kept outside the database: what is cut off behind it is missed. */
export interface Checkpoint {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  readonly key: string;
  readonly signature: string;
}

export const checkpointEvent = 'audit-checkpoint';

/** In groups, as fingerprints are written: the log withholds long unbroken text, which might be a secret. */
const grouped = (base64url: string): string =>
  Buffer.from(base64url, 'base64url')
    .toString('hex')
    .replace(/.{8}(?=.)/g, '$&:');

export const ungrouped = (hex: string): string => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');

/** What is signed of a checkpoint, in this order. */
export const signedFacts = ({ chain, seq, hash, at }: Pick<Checkpoint, 'chain' | 'seq' | 'hash' | 'at'>): readonly (string | number)[] => [
  chain,
  seq,
  hash,
  at,
];

export interface CheckpointOptions {
  readonly seals: Seals;
  readonly clock: () => number;
  /** Where they go besides the database: each sink gets the same facts. Rejections are reported, and tried with the next. */
  readonly sinks: readonly ((facts: Checkpoint) => Promise<void> | void)[];
  readonly report: (event: string, error: unknown) => void;
  /** A chain is vouched for at most this often; its last word always is. */
  readonly everyMs?: number;
}

/** Signs the heads of chains as they move, the first at once, then at most once a second a chain. */
export const createCheckpoints = ({ seals, clock, sinks, report, everyMs = 1_000 }: CheckpointOptions) => {
  const last = new Map<string, number>();
  const waiting = new Map<string, Head>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const sign = (chain: string, { seq, hash }: Head): Checkpoint => {
    const facts = { chain, seq, hash: grouped(hash), at: clock(), key: seals.keyId };
    return { ...facts, signature: grouped(seals.signHead(signedFacts(facts)) ?? '') };
  };

  const write = (chain: string, head: Head): void => {
    last.set(chain, clock());
    const checkpoint = sign(chain, head);
    const all = () => Promise.all(sinks.map(async (sink) => sink(checkpoint)));
    writing = writing.then(all).then(
      () => undefined,
      (error: unknown) => report('audit-checkpoint-failed', error),
    );
  };

  const flush = (): void => {
    timer = undefined;
    for (const [chain, head] of waiting) write(chain, head);
    waiting.clear();
  };

  return Object.freeze({
    /** The chain has come to `head`. */
    note: (chain: string, head: Head): void => {
      if (!waiting.has(chain) && clock() - (last.get(chain) ?? -Infinity) >= everyMs) return write(chain, head);
      waiting.set(chain, head);
      timer ??= setTimeout(flush, everyMs).unref();
    },
    close: async (): Promise<void> => {
      clearTimeout(timer);
      flush();
      await writing;
    },
  });
};

export type Checkpoints = ReturnType<typeof createCheckpoints>;

const newline = 10;

/** A line that a power cut tore must not swallow the next one. */
const endsWhole = async (path: string): Promise<boolean> => {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    if (size === 0) return true;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === newline;
  } finally {
    await file.close();
  }
};

/** One JSON line a checkpoint, only ever appended to. */
export const checkpointFile = (path: string): ((checkpoint: Checkpoint) => Promise<void>) => {
  let whole: Promise<boolean> | undefined;
  return async (checkpoint) => {
    whole ??= endsWhole(path);
    const line = `${JSON.stringify({ event: checkpointEvent, ...checkpoint })}\n`;
    const lead = (await whole) ? '' : '\n';
    await appendFile(path, `${lead}${line}`, { mode: 0o600 });
    whole = Promise.resolve(true);
  };
};
