import { spawn } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from '../../src/operator/register/one-at-a-time';
import { aFolder } from '../support/a-folder';

const root = aFolder();
const lockIn = (dataDir: string): string => join(dataDir, 'register.lock');
const here = (): string => join(root, `${expect.getState().currentTestName?.length}`);

test('a second run in the same data folder is refused, and says what to do', async () => {
  const dataDir = here();
  await oneAtATime(dataDir, async () => {
    await expect(oneAtATime(dataDir, () => Promise.reject(new Error('it ran')))).rejects.toThrow(
      `Another npm run register (process ${process.pid}) is at work in ${dataDir}.`,
    );
    await oneAtATime(`${dataDir}-of-another`, () => Promise.resolve());
  });
});

test('the next one may run when it has ended, well or not', async () => {
  const dataDir = here();
  await expect(oneAtATime(dataDir, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  let ran = false;
  await oneAtATime(dataDir, async () => void (ran = true));
  expect([ran, existsSync(lockIn(dataDir))]).toEqual([true, false]);
});

test('what a run left that was killed stops nobody', async () => {
  const dataDir = here();
  await oneAtATime(dataDir, () => Promise.resolve());
  const gone = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => gone.once('close', resolve));
  writeFileSync(lockIn(dataDir), String(gone.pid));
  await oneAtATime(dataDir, () => Promise.resolve());
  writeFileSync(lockIn(dataDir), String(process.pid));
  const longAgo = Date.now() / 1000 - 2 * 3600;
  utimesSync(lockIn(dataDir), longAgo, longAgo);
  await oneAtATime(dataDir, () => Promise.resolve());
  expect(existsSync(lockIn(dataDir))).toBe(false);
});
