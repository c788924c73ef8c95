import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Principal } from './directory';

/** App roles by `tenant/object`: what an administrator assigned under Enterprise applications. */
const kept = z.object({ version: z.literal(1), roles: z.record(z.string(), z.array(z.string())) });

/** Template ids of the directory roles that the lab's people hold. */
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const everyMember = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

const read = (file: string | undefined): Record<string, string[]> => {
  if (file === undefined) return {};
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8'))).roles;
  } catch {
    // Absent at first; one that does not parse was not written by us, and roles can be assigned again.
    return {};
  }
};

const keyOf = ({ tenant, objectId }: Principal): string => `${tenant.id}/${objectId}`;

/** Who has which of the app's roles in which tenant, and who administers it; `undefined` keeps it in memory. */
export const createAppRoles = (file: string | undefined) => {
  const roles = read(file);
  const save = (): void => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify({ version: 1, roles }, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  };
  return Object.freeze({
    of: (principal: Principal): readonly string[] => roles[keyOf(principal)] ?? [],
    assign: (principal: Principal, values: readonly string[]): void => {
      if (values.length === 0) delete roles[keyOf(principal)];
      else roles[keyOf(principal)] = [...new Set(values)];
      save();
    },
    /** `wids` of an ID token; a guest holds none. */
    directoryRoles: ({ account, guest }: Principal): readonly string[] => {
      if (guest) return [];
      return account.administrator ? [globalAdministrator, everyMember] : [everyMember];
    },
  });
};

export type AppRoles = ReturnType<typeof createAppRoles>;
