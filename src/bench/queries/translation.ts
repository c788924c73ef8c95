import { huntingSchema } from '../../kql/hunting-schema';
import type { Language } from '../../kusto/language/language';
import { median } from '../numbers';
import { fiftyLines } from './fifty-lines.data';

const rounds = 60;
/** Runs before the parser is as fast as it gets. */
const warming = 40;

/**
 * Milliseconds to analyse and to translate fifty lines once warm, over the whole hunting schema and through the worker, as the app
 * does it: each round is a text never seen before, analysed and then translated.
 */
export async function translationTime(language: Pick<Language, 'analyze' | 'translate'>, nowTicks: bigint): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < warming + rounds; round += 1) {
    const text = fiftyLines.replace('{0}', String(round));
    const started = performance.now();
    const { diagnostics } = await language.analyze(text, huntingSchema);
    const { state } = await language.translate(text, { schema: huntingSchema, nowTicks });
    const took = performance.now() - started;
    if (state !== 'ready' || diagnostics.some(({ severity }) => severity === 'error')) throw new Error(`the fifty lines are ${state}`);
    if (round >= warming) times.push(took);
  }
  return median(times);
}
