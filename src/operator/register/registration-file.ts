import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writePrivately } from '../files';

const content = z.object({ tenantId: z.guid(), clientId: z.guid(), name: z.string() });
/** Where the app registration lives; nothing in it is secret. */
export type RegistrationNote = z.infer<typeof content>;

const pathIn = (dataDir: string): string => join(dataDir, 'registration.json');

/** What register noted down; undefined when there is no note, or it is of another app. */
export const readNote = (dataDir: string, clientId: string | undefined): RegistrationNote | undefined => {
  try {
    const note = content.safeParse(JSON.parse(readIfThere(pathIn(dataDir)) ?? 'null')).data;
    return note?.clientId === clientId ? note : undefined;
  } catch {
    return undefined;
  }
};

export const writeNote = (dataDir: string, note: RegistrationNote): void => {
  const text = `${JSON.stringify(note, null, 2)}\n`;
  if (readIfThere(pathIn(dataDir)) !== text) writePrivately(pathIn(dataDir), text);
};
