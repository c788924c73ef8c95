import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { toPem } from '../../x509/self-signed';
import { application, blank, type Application, type WritableApplication } from './application';
import { acceptKeys } from './key-credentials';
import { listedGrants } from './permissions';
import type { Registration } from './registration';

const kept = z.object({ version: z.literal(1), applications: z.array(application) });

const read = (file: string): Application[] => {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8'))).applications;
  } catch {
    // Absent at first; one that does not parse was not written by us, and apps can be registered again.
    return [];
  }
};

/** What the identity service needs to know of an application. */
const registrationOf = (one: Application): Registration => ({
  clientId: one.appId,
  name: one.displayName,
  secrets: one.passwordCredentials.map(({ digest, endDateTime }) => ({ digest, until: Date.parse(endDateTime) })),
  certificates: one.keyCredentials.map(({ key, endDateTime }) => ({
    pem: toPem('CERTIFICATE', Buffer.from(key ?? '', 'base64')),
    until: Date.parse(endDateTime),
  })),
  redirectUris: one.web.redirectUris,
  ...(one.web.logoutUrl === null ? {} : { frontChannelLogoutUri: one.web.logoutUrl }),
  publicClient: one.isFallbackPublicClient === true,
  appRoles: one.appRoles.flatMap(({ value, isEnabled }) => (isEnabled && value !== null ? [value] : [])),
  tellsDirectoryRoles: /\b(?:All|DirectoryRole)\b/.test(one.groupMembershipClaims ?? ''),
  ...(one.signInAudience === 'AzureADMyOrg' ? { onlyTenant: one.tenantId } : {}),
  delegated: listedGrants(one.requiredResourceAccess, 'Scope'),
  application: listedGrants(one.requiredResourceAccess, 'Role'),
});

export interface NewPassword {
  readonly displayName: string | null;
  readonly endDateTime: string;
}

/** An enabled role may be in use: it is disabled in one call before another may leave it out. */
export class EnabledRoleRemoved extends Error {}

const checkRoles = (before: Application, change: WritableApplication): void => {
  const left = new Set(change.appRoles?.map(({ id }) => id));
  if (change.appRoles && before.appRoles.some(({ id, isEnabled }) => isEnabled && !left.has(id))) throw new EnabledRoleRemoved();
};

/** Secrets are made and shown here, and kept as digests. */
const passwordsOf = (save: () => void, now: () => Date) => ({
  /** A new secret: told now, and never again. */
  addPassword: (one: Application, { displayName, endDateTime }: NewPassword) => {
    const secretText = randomBytes(30).toString('base64url');
    const digest = createHash('sha256').update(secretText).digest('base64url');
    const startDateTime = now().toISOString();
    const made = { keyId: randomUUID(), displayName, hint: secretText.slice(0, 3), startDateTime, endDateTime };
    one.passwordCredentials.push({ ...made, digest });
    save();
    return { ...made, secretText };
  },
  /** Whether there was one of that id. */
  removePassword: (one: Application, keyId: string): boolean => {
    const at = one.passwordCredentials.findIndex((known) => known.keyId === keyId);
    if (at < 0) return false;
    one.passwordCredentials.splice(at, 1);
    save();
    return true;
  },
  /** Moves the end of every credential into the past, as a year's waiting would. */
  expire: (one: Application): void => {
    const endDateTime = new Date(now().getTime() - 86_400_000).toISOString();
    for (const credential of [...one.passwordCredentials, ...one.keyCredentials]) credential.endDateTime = endDateTime;
    save();
  },
});

const keepIn = (file: string | undefined, all: readonly Application[]) => (): void => {
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify({ version: 1, applications: all }, null, 2)}\n`);
  renameSync(`${file}.new`, file);
};

/** The apps that were registered through Graph. Kept in one file, of secrets their digests alone; `undefined` keeps them in memory. */
export const createApplications = (file: string | undefined, now: () => Date) => {
  const all: Application[] = file === undefined ? [] : read(file);
  const save = keepIn(file, all);
  const apply = (one: Application, { keyCredentials, ...change }: WritableApplication): void => {
    checkRoles(one, change);
    const keys = keyCredentials === undefined ? one.keyCredentials : acceptKeys(keyCredentials, one.keyCredentials);
    Object.assign(one, change, { keyCredentials: keys });
    save();
  };
  return Object.freeze({
    ...passwordsOf(save, now),
    all: (): readonly Application[] => all,
    registrations: (): readonly Registration[] => all.map(registrationOf),
    create: (tenantId: string, uniqueName: string | null, content: WritableApplication & { displayName: string }): Application => {
      const { displayName } = content;
      const ids = { tenantId, id: randomUUID(), appId: randomUUID() };
      const made: Application = { ...structuredClone(blank), ...ids, uniqueName, createdDateTime: now().toISOString(), displayName };
      apply(made, content);
      all.push(made);
      save();
      return made;
    },
    change: apply,
    remove: (one: Application): void => {
      all.splice(all.indexOf(one), 1);
      save();
    },
  });
};

export type Applications = ReturnType<typeof createApplications>;
