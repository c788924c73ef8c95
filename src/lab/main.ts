import { huntingService } from './hunting/hunting-service';
import { introduction, summary } from './introduction';
import { startLab } from './server';
import { readSettings } from './settings';
import { createLabData } from './telemetry/lab-data';

/** Whether another program started the lab and wants to hear of it. */
const child = process.send !== undefined;

const tell = (message: { readonly type: string; readonly text: string }): void => {
  if (!child) console.log(message.text);
  else if (process.connected) process.send?.(message);
};

/** Calls back when the lab should end: by signal, or because the program that started it is gone. */
const onEnd = (end: () => void): void => {
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  if (child && !process.connected) end();
};

const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const progress = (text: string): void => tell({ type: 'progress', text });
  const data = createLabData({ settings, progress });
  const lab = await startLab({ settings, services: [huntingService(data)], progress });
  const stop = (): void => void lab.stop().finally(() => process.exit(0));
  onEnd(stop);
  tell({ type: 'ready', text: introduction(lab.url, settings), ...summary(lab.url, settings) });
  await lab.prepared;
  tell({ type: 'prepared', text: 'The lab is ready for hunting.' });
};

main().catch((error: unknown) => {
  const text =
    (error as { code?: string }).code === 'EADDRINUSE'
      ? `The lab's port is taken (LAB_PORT): ${(error as Error).message}`
      : String((error as Error).message);
  tell({ type: 'failed', text });
  console.error(text);
  process.exit(1);
});
