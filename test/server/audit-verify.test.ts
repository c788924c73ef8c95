import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditSeals, checkpointPath } from '../../src/audit-keeping';
import { openDatabase, type Database } from '../../src/database/database';
import { checkpointFile, createCheckpoints } from '../../src/features/audit/checkpoints';
import { createWriter } from '../../src/features/audit/writer';
import { aFolder } from '../support/a-folder';

const root = aFolder();
const program = join(__dirname, '..', '..', 'dist', 'audit-verify.js');
const [contoso, fabrikam] = ['29111d4a-3437-4659-b483-7396f1644aed', 'd55c210d-8a1d-4018-9a2a-c20a6dfc0d90'];
let folders = 0;

const aTrail = async (work: (db: Database) => Promise<unknown> = () => Promise.resolve()): Promise<string> => {
  const dataDir = join(root, String((folders += 1)));
  mkdirSync(dataDir, { recursive: true });
  const { db, close } = await openDatabase({ kind: 'sqlite', file: join(dataDir, 'quarry.db') });
  const seals = auditSeals({ auditKeys: null, dataDir });
  const clock = () => Date.parse('2026-11-20T10:00:00Z');
  const checkpoints = createCheckpoints({ seals, clock, sinks: [checkpointFile(checkpointPath(dataDir))], report: () => {} });
  const writer = createWriter({ db, seals, checkpoints, clock });
  for (const chain of [contoso, fabrikam, 'installation'])
    for (let index = 0; index < 5; index += 1) await writer.append([{ chain: chain!, action: 'sign-in', ownData: true }]);
  await checkpoints.close();
  await work(db);
  await close();
  return dataDir;
};

const verify = (dataDir: string, more: readonly string[] = [], environment: Record<string, string> = {}) =>
  new Promise<{ code: number; text: string }>((resolve) => {
    const options = { cwd: dataDir, env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...environment } };
    execFile(process.execPath, [program, ...more], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    );
  });

describe('npm run audit:verify', () => {
  it('prints a line an organization and ends with 0 where all is whole', async () => {
    const { code, text } = await verify(await aTrail());
    expect(text.trimEnd().split('\n')).toEqual(
      [contoso, fabrikam, 'installation'].map(
        (chain) => `${chain}: whole: 5 records until 2026-11-20 10:00:00 UTC, vouched for up to record 5`,
      ),
    );
    expect(code).toBe(0);
  });

  it.each<[string, (db: Database) => Promise<unknown>, RegExp]>([
    [
      'an edited record',
      (db) => db.updateTable('audit_records').set({ action: 'sign-out' }).where('chain', '=', contoso!).where('seq', '=', 3).execute(),
      /^29111d4a.*BROKEN at record 3 \(2026-11-20 10:00:00 UTC\): edited\./m,
    ],
    [
      'a removed record',
      (db) => db.deleteFrom('audit_records').where('chain', '=', fabrikam!).where('seq', '=', 2).execute(),
      /^d55c210d.*BROKEN at record 2 .*: removed\./m,
    ],
    [
      'a cut tail',
      (db) => db.deleteFrom('audit_records').where('chain', '=', 'installation').where('seq', '>', 3).execute(),
      /^installation: BROKEN at record 4 .*: cut\. The tail was cut off: records 4 to 5 are missing\. The 3 before it are good\./m,
    ],
  ])('names %s and ends with 1', async (_what, work, line) => {
    const { code, text } = await verify(await aTrail(work));
    expect(text).toMatch(line);
    expect(text.match(/: whole:/g)).toHaveLength(2);
    expect(code).toBe(1);
  });

  it('finds a cut by the log alone where the file of checkpoints was removed as well', async () => {
    const dataDir = await aTrail();
    const log = join(dataDir, 'collected.log');
    writeFileSync(log, `{"level":"info","event":"request"}\n${readFileSync(checkpointPath(dataDir), 'utf8')}`);
    rmSync(checkpointPath(dataDir));
    const { db, close } = await openDatabase({ kind: 'sqlite', file: join(dataDir, 'quarry.db') });
    await db.deleteFrom('audit_records').where('chain', '=', contoso!).execute();
    await db.deleteFrom('audit_chains').where('chain', '=', contoso!).execute();
    await close();
    expect(await verify(dataDir)).toMatchObject({ code: 2 });
    const { code, text } = await verify(dataDir, ['--checkpoints', log]);
    expect(text).toMatch(/^29111d4a.*BROKEN at record 1 \(no time known\): cut\./m);
    expect(code).toBe(1);
  });

  it('tells of a checkpoint that somebody wrote without the key', async () => {
    const dataDir = await aTrail();
    const file = checkpointPath(dataDir);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seq":5', '"seq":4'));
    const { code, text } = await verify(dataDir);
    expect(text).toMatch(/audit-checkpoints\.ndjson:\d+ carries a wrong signature/);
    expect(code).toBe(1);
  });

  it('prints the records of one chain', async () => {
    const { code, text } = await verify(await aTrail(), ['--records', 'installation']);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { seq: number; action: string }),
    ).toMatchObject([1, 2, 3, 4, 5].map((seq) => ({ seq, action: 'sign-in' })));
    expect(code).toBe(0);
  });

  it('ends with 2 where it could not check: no database, no key, another key', async () => {
    const dataDir = await aTrail();
    expect(await verify(dataDir, [], { AUDIT_KEY: 'quite another key' })).toMatchObject({
      code: 2,
      text: expect.stringContaining('UNSURE at record 1'),
    });
    rmSync(join(dataDir, 'audit-key'));
    expect(await verify(dataDir)).toMatchObject({ code: 2, text: expect.stringContaining('There is no key') });
    expect(await verify(root)).toMatchObject({ code: 2, text: expect.stringContaining('There is no database') });
    expect(await verify(dataDir, ['--nonsense'])).toMatchObject({ code: 2 });
  });
});
