import { huntingService } from './hunting/hunting-service';
import { introduction, summary } from './introduction';
import { startLab, type Lab } from './server';
import { readSettings } from './settings';
import { describeTelemetry } from './telemetry/describe-telemetry';
import { createLabData } from './telemetry/lab-data';

/** Whether another program started the lab and wants to hear of it. */
const child = process.send !== undefined;

const tell = (message: { readonly type: string; readonly text: string }): void => {
  if (!child) console.log(message.text);
  else if (process.connected) process.send?.(message);
};

/** Calls back when the lab should end: by signal, or because the program that started it is gone. */
const onEnd = (act: () => void): void => {
  process.once('SIGTERM', act);
  process.once('SIGINT', act);
  process.once('disconnect', act);
  if (child && !process.connected) act();
};

/** How long the parts may take to end before the program ends all the same. */
const patienceMs = 3_000;

const end = (lab: Lab): void => {
  setTimeout(() => process.exit(0), patienceMs).unref();
  void lab.stop().finally(() => process.exit(0));
};

const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const progress = (text: string): void => tell({ type: 'progress', text });
  const data = createLabData({ settings, progress });
  const lab = await startLab({ settings, services: [huntingService(data)], progress });
  let ending = false;
  onEnd(() => {
    ending = true;
    end(lab);
  });
  tell({ type: 'ready', text: introduction(lab.url, settings), ...summary(lab.url, settings) });
  // What is being prepared when the end comes fails, and that is no failure.
  await lab.prepared.catch((error: unknown) => {
    if (!ending) throw error;
  });
  if (!ending) tell({ type: 'prepared', text: ['The lab is ready for hunting.', ...describeTelemetry(data)].join('\n') });
};

main().catch((error: unknown) => {
  const text =
    (error as { code?: string }).code === 'EADDRINUSE'
      ? `The lab's port is taken (LAB_PORT): ${(error as Error).message}`
      : String((error as Error).message);
  if (child) tell({ type: 'failed', text });
  console.error(text);
  process.exit(1);
});
