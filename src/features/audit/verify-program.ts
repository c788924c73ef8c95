import { resolve } from 'node:path';
import type { CheckpointReading } from './checkpoint-reader';
import { momentText } from './moment-text';
import { verifyChain, type ChainVerdict, type VerifyOptions } from './verify';

export interface VerifyProgram extends Omit<VerifyOptions, 'vouched'> {
  readonly checkpoints: CheckpointReading;
  /** How a tenant is called. */
  readonly nameOf: (chain: string) => Promise<string | undefined>;
  readonly say: (line: string) => void;
}

/** 0: every chain is whole; 1: one is not; 2: something could not be checked. */
export type ExitCode = 0 | 1 | 2;

const whenText = (at: number | null): string => (at === null ? 'no time known' : momentText(at));

const wordsOf = ({ state, records, lastAt, vouchedFor, fault }: ChainVerdict): string => {
  if (fault) {
    const good = fault.seq > 1 ? ` The ${fault.seq - 1} before it are good.` : '';
    return `${state === 'unsure' ? 'UNSURE' : 'BROKEN'} at record ${fault.seq} (${whenText(fault.at)}): ${fault.kind}. ${fault.says}${good}`;
  }
  if (records === 0) return 'whole: no record';
  const until = `${records} records until ${whenText(lastAt)}`;
  if (state === 'unsure') return `UNSURE: ${until} are good, but no checkpoint vouches for the end`;
  return `whole: ${until}, vouched for up to record ${vouchedFor}`;
};

const tellCheckpoints = ({ missing, forged, unknownKeys }: CheckpointReading, say: (line: string) => void): ExitCode => {
  for (const file of missing) say(`checkpoints: ${resolve(file)} is not there`);
  for (const place of forged) say(`checkpoints: ${place} carries a wrong signature: somebody wrote it who does not have the key`);
  if (unknownKeys > 0) say(`checkpoints: ${unknownKeys} are signed with a key that is not in AUDIT_KEY`);
  if (forged.length > 0) return 1;
  return missing.length > 0 || unknownKeys > 0 ? 2 : 0;
};

const worst = (codes: readonly ExitCode[]): ExitCode => (codes.includes(1) ? 1 : codes.includes(2) ? 2 : 0);

/** Checks every chain that the database or a checkpoint knows of, one line each. */
export const verifyAll = async ({ checkpoints, nameOf, say, ...options }: VerifyProgram): Promise<ExitCode> => {
  const { vouched } = checkpoints;
  const codes: ExitCode[] = [tellCheckpoints(checkpoints, say)];
  const chains = [...new Set([...options.chains, ...vouched.keys()])].sort();
  for (const chain of chains) {
    const verdict = await verifyChain(chain, { ...options, chains, vouched });
    const name = await nameOf(chain);
    say(`${chain}${name === undefined ? '' : ` (${name})`}: ${wordsOf(verdict)}`);
    codes.push({ whole: 0, broken: 1, unsure: 2 }[verdict.state] as ExitCode);
  }
  if (chains.length === 0) say('There is no record yet.');
  return worst(codes);
};
