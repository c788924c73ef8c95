import { createEngine } from '../../src/engine/engine';
import type { Dataset } from '../../src/kusto/dataset/dataset';
import { createKusto } from '../../src/kusto/kusto';
import { createLanguage } from '../../src/kusto/language/language';
import { runtimeModule } from '../../src/kusto/runtime-module';
import type { LabData } from '../../src/lab/telemetry/lab-data';

/** An engine over the folders given, and KQL answered as plain rows. */
export const aKusto = (...folders: string[]) => {
  const engine = createEngine({ readable: folders, writable: folders, preludeModule: runtimeModule, lanes: { query: 1, file: 2 } });
  const language = createLanguage();
  const kusto = createKusto({ engine, language });
  return {
    engine,
    kusto,
    ask: (query: string, dataset: Dataset, now = new Date()) => answerOf(kusto, query, { dataset, now }),
    stop: async () => void (await Promise.all([engine.stop(), language.stop()])),
  };
};

/** The columns and rows of a query's answer; throws the diagnostics of one that is refused. */
export const answerOf = async (
  kusto: LabData['kusto'],
  query: string,
  { dataset, now = new Date() }: { dataset: Dataset | undefined; now?: Date },
): Promise<{ columns: readonly { name: string; type: string }[]; rows: unknown[][] }> => {
  if (!dataset) throw new Error('The dataset is not prepared.');
  const answer = await kusto.answer(query, { dataset, now });
  if (!answer.ok) throw new Error(`${query}\n${JSON.stringify(answer.diagnostics)}`);
  const rows: unknown[][] = [];
  for await (const batch of answer.rows) rows.push(...batch.map((row) => JSON.parse(row) as unknown[]));
  return { columns: answer.columns.map(({ name, type }) => ({ name, type })), rows };
};
