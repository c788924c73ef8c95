import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DatabaseLocation } from '../../src/database/database';

const dist = join(__dirname, '..', '..', 'dist');

/** Appends as fast as it can, eight at a time, and prints the name of each record once it is told that it is durable. */
const program = `
const { appendFileSync } = require('node:fs');
const { openDatabase } = require('${dist}/database/database.js');
const { createKeyRing } = require('${dist}/database/key-ring.js');
const { createWriter } = require('${dist}/features/audit/writer.js');
const { createCheckpoints, checkpointFile } = require('${dist}/features/audit/checkpoints.js');
const { createSeals } = require('${dist}/features/audit/seal.js');
const { location, secret, chain, name, count, checkpoints: path } = JSON.parse(process.argv[1]);
openDatabase(location).then(async ({ db, close }) => {
  const seals = createSeals(createKeyRing([secret]));
  const checkpoints = createCheckpoints({ seals, clock: Date.now, sinks: [checkpointFile(path)], report: () => {}, everyMs: 20 });
  const writer = createWriter({ db, seals, checkpoints, clock: Date.now });
  let next = 0;
  const work = async () => {
    while (next < count) {
      const query = name + ' ' + next++;
      await writer.append([{ chain, action: 'hunt-started', ownData: true, query }, { chain: chain + '-2', action: 'hunt-started', ownData: true, query }]);
      process.stdout.write(query + '\\n');
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  await checkpoints.close();
  await close();
});
`;

export interface AppenderOptions {
  readonly location: DatabaseLocation;
  readonly secret: string;
  readonly chain: string;
  readonly name: string;
  readonly count: number;
  readonly checkpoints: string;
}

/** A process of its own that appends to `chain` and to `chain`-2, from the build in dist/. */
export const anAuditAppender = (options: AppenderOptions) => {
  const child = spawn(process.execPath, ['-e', program, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const heard: (() => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    text += String(chunk);
    for (const listener of heard) listener();
  });
  /** Names of the records that it was told are durable; the last line may be half. */
  const acknowledged = (): readonly string[] => text.split('\n').slice(0, -1);
  return {
    acknowledged,
    ended: new Promise<number | null>((resolve) => child.once('close', resolve)),
    /** Resolves when it has been told of so many. */
    reaches: (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => void (acknowledged().length >= count && resolve());
        heard.push(look);
        look();
      }),
    kill: (): void => void child.kill('SIGKILL'),
  };
};
