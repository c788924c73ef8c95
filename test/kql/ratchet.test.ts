import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from '../support/a-folder';
import { createKqlInProcess } from '../support/kql/kql-in-process';

/** Recorded answers of the real engine stand beside the project on the machines that have them; agreement may only grow. */
const truth = join(__dirname, '../../../shared/kql-truth');
const there = existsSync(join(truth, 'cases.ndjson'));

interface Recorded {
  readonly id: string;
  readonly kql: string;
}

const gates = [
  { file: 'cases.ndjson', score: 'score.mjs', agree: 235, wrong: 1 },
  { file: 'probes.ndjson', score: 'score-probes.mjs', agree: 632, wrong: 5 },
];

(there ? describe : describe.skip)(
  there ? 'recorded answers of the real engine' : 'recorded answers of the real engine (skipped: ../shared/kql-truth is absent)',
  () => {
    const folder = aFolder();
    let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
    beforeAll(async () => {
      kql = await createKqlInProcess();
    });
    afterAll(() => kql.close());

    const answered = async ({ id, kql: query }: Recorded): Promise<string> => {
      try {
        const answer = await kql.answer(query);
        return JSON.stringify(
          'diagnostics' in answer ? { id, error: answer.diagnostics[0] } : { id, columns: answer.columns, rows: answer.rows },
        );
      } catch (error) {
        return JSON.stringify({ id, error: { code: 'failed', message: String(error) } });
      }
    };

    it.each(gates)('agree on $file at least as often as before', async ({ file, score, agree, wrong }) => {
      // Ids repeat in one of the files: each line gets one of its own, as the scorer looks answers up by id.
      const lines = readFileSync(join(truth, file), 'utf8').split('\n').filter(Boolean);
      const cases = lines.map((line, index) => ({ ...(JSON.parse(line) as Recorded), id: `${index}` }));
      const answers: string[] = [];
      for (const each of cases) answers.push(await answered(each));
      writeFileSync(join(folder, file), cases.map((each) => JSON.stringify(each)).join('\n'));
      writeFileSync(join(folder, `answers-${file}`), answers.join('\n'));
      const { stdout } = spawnSync(
        process.execPath,
        [join(truth, score), join(folder, file), join(folder, `answers-${file}`), '--failures', '20'],
        { encoding: 'utf8' },
      );
      const counts = /(\d+) of \d+ agree.* (\d+) WRONG/.exec(stdout);
      // The scorer's own words show which ones, should it fail.
      expect({ stdout, better: Number(counts?.[1]) >= agree && Number(counts?.[2]) <= wrong }).toEqual({ stdout, better: true });
    });
  },
);
