import { huntingService } from './hunting/hunting-service';
import { introduction, summary } from './introduction';
import { startLab } from './server';
import { readSettings } from './settings';
import { createLabData } from './telemetry/lab-data';

/** Tells the program that started the lab, or the terminal when nobody did. */
const tell = (message: { readonly type: string; readonly text: string }): void => {
  if (process.send) process.send(message);
  else console.log(message.text);
};

const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const progress = (text: string): void => tell({ type: 'progress', text });
  const data = createLabData({ settings, progress });
  const lab = await startLab({ settings, services: [huntingService(data)], progress });
  const stop = (): void => void lab.stop().finally(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The program that started the lab is gone, or wants it to end.
  process.once('disconnect', stop);
  tell({ type: 'ready', text: introduction(lab.url, settings), ...summary(lab.url, settings) });
  await lab.prepared;
  tell({ type: 'prepared', text: 'The lab is ready for hunting.' });
};

main().catch((error: unknown) => {
  const text =
    (error as { code?: string }).code === 'EADDRINUSE'
      ? `The lab's port is taken (LAB_PORT): ${(error as Error).message}`
      : String((error as Error).message);
  if (process.send) process.send({ type: 'failed', text });
  console.error(text);
  process.exit(1);
});
