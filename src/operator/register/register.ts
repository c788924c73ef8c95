import type { Directory, Json } from '../directory';
import { DirectoryRefusal } from '../directory';
import { editEnv, type EnvChanges } from '../env-file';
import { readIfThere, writePrivately } from '../files';
import { OperatorError } from '../operator-error';
import { printable, type Terminal } from '../printable';
import { changesBetween, leftovers } from './changes';
import { consentLink } from './consent-link';
import { ensureCredential, otherCredentials, plannedCredential } from './credential';
import { findApplication, knowsNoNames } from './find-application';
import { manifestOf, type Manifest } from './manifest';
import type { RegisterOptions } from './options';
import { writeNote } from './registration-file';
import type { RegisterSettings } from './settings';
import { resolvePermissions, wantedPermissions, type Resolved } from './wanted-permissions';

export interface Registering {
  readonly directory: Directory;
  readonly settings: RegisterSettings;
  readonly options: RegisterOptions;
  readonly terminal: Terminal;
  readonly now: Date;
}

interface Place {
  readonly id: string;
  readonly name: string;
}

/** The tenant that the token is of, which must be the one that was named. */
const placeOf = async ({ directory, settings }: Registering): Promise<Place> => {
  const [own] = await directory.list('/organization?$select=id,displayName,verifiedDomains');
  if (!own) throw new OperatorError('Microsoft Graph names no organization for this token.', 'Sign in with a work account of your tenant.');
  const place = { id: String(own['id']).toLowerCase(), name: printable(own['displayName']) };
  const domains = Array.isArray(own['verifiedDomains']) ? (own['verifiedDomains'] as Json[]) : [];
  const names = [place.id, ...domains.map((domain) => String(domain['name']).toLowerCase())];
  if (settings.tenant === undefined || names.includes(settings.tenant)) return place;
  throw new OperatorError(
    `The token is of ${place.name} (${place.id}), not of ${printable(settings.tenant)}.`,
    'Sign in with an account of that tenant, or name this one by --tenant (and in AZURE_TENANT_ID, where it stands there).',
  );
};

/** A thing that was made a moment ago may not be known everywhere yet. */
const untilKnown = async <T>(directory: Directory, work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const early = error instanceof DirectoryRefusal && (error.status === 404 || error.code === 'NoBackingApplicationObject');
      if (!early || attempt >= 6) throw error;
      await directory.sleep(2_000 * attempt);
    }
  }
};

/** Made under a name of ours: whoever is cut off here finds it again by that name. */
const createApplication = async ({ directory, settings }: Registering, manifest: Manifest): Promise<Json> => {
  const path = `/applications(uniqueName='${settings.uniqueName}')`;
  try {
    const { body } = await directory.request({ method: 'PATCH', path, body: manifest, headers: { prefer: 'create-if-missing' } });
    return body['id'] === undefined ? ((await directory.find(path)) ?? {}) : body;
  } catch (error) {
    if (!knowsNoNames(error)) throw error;
    return (await directory.request({ method: 'POST', path: '/applications', body: manifest })).body;
  }
};

const ensurePrincipal = async ({ directory, terminal }: Registering, application: Json, place: Place): Promise<void> => {
  const appId = String(application['appId']);
  if (await directory.find(`/servicePrincipals(appId='${appId}')?$select=id`)) return;
  const body = { appId, tags: ['WindowsAzureActiveDirectoryIntegratedApp'] };
  await untilKnown(directory, () => directory.request({ method: 'POST', path: '/servicePrincipals', body })).catch((error: unknown) => {
    // Somebody else was quicker, or an earlier call that seemed lost was not.
    if (!(error instanceof DirectoryRefusal && error.status === 409)) throw error;
  });
  terminal.out(`  added to ${place.name} as an enterprise application`);
};

const environmentChanges = ({ settings }: Registering, application: Json, place: Place): EnvChanges => ({
  ...settings.toRemember,
  AZURE_CLIENT_ID: String(application['appId']),
  AZURE_TENANT_ID: settings.audience === 'AzureADMyOrg' ? place.id : 'organizations',
});

/** Whether the file had to change. */
const writeEnv = (path: string, changes: EnvChanges): boolean => {
  const before = readIfThere(path) ?? '';
  const after = editEnv(before, changes);
  if (after === before) return false;
  writePrivately(path, after);
  return true;
};

const apply = async (work: Registering, resolved: Resolved, found: { place: Place; current: Json | undefined }): Promise<Json> => {
  const { directory, settings, terminal } = work;
  const manifest = manifestOf(settings, resolved.permissions);
  const { place, current } = found;
  if (!current) {
    const made = await createApplication(work, manifest);
    terminal.out(`Made the app registration ${printable(settings.name)} in ${place.name}.`);
    for (const { label } of resolved.permissions) terminal.out(`  permission ${label}`);
    return made;
  }
  const { patch, words } = changesBetween(current, manifest, resolved.permissions);
  terminal.out(`Found the app registration ${printable(current['displayName'])} in ${place.name}.`);
  for (const word of words) terminal.out(`  ${word}`);
  if (words.length === 0) terminal.out('  nothing to change');
  if (words.length > 0) await directory.request({ method: 'PATCH', path: `/applications/${String(current['id'])}`, body: patch });
  return current;
};

const tellDryRun = (work: Registering, resolved: Resolved, found: { place: Place; current: Json | undefined }): void => {
  const { settings, options, terminal, now } = work;
  const manifest = manifestOf(settings, resolved.permissions);
  const { place, current } = found;
  terminal.out(JSON.stringify({ ...(current ? {} : { uniqueName: settings.uniqueName }), ...manifest }, null, 2));
  const words = current
    ? changesBetween(current, manifest, resolved.permissions).words
    : [`make the app registration ${printable(settings.name)}`, ...resolved.permissions.map(({ label }) => `add permission ${label}`)];
  const credential = plannedCredential({ application: current ?? {}, settings, options, now });
  terminal.err(`In ${place.name} (${place.id}) this would:`);
  for (const word of [...words, ...credential]) terminal.err(`  ${word}`);
  if (words.length + credential.length === 0) terminal.err('  change nothing');
  terminal.err('Nothing was written.');
};

const finish = async (work: Registering, application: Json, place: Place): Promise<void> => {
  const { directory, settings, options, terminal, now } = work;
  const own = environmentChanges(work, application, place);
  // A file that cannot be changed is found out before a secret exists that it should hold.
  editEnv(readIfThere(settings.envFile) ?? '', own);
  const { words, env } = await untilKnown(directory, () => ensureCredential({ directory, application, settings, options, now }));
  let written: boolean;
  try {
    written = writeEnv(settings.envFile, { ...own, ...env });
  } finally {
    for (const word of words) terminal.out(`  ${word}`);
  }
  const clientId = String(application['appId']);
  writeNote(settings.dataDir, { tenantId: place.id, clientId, name: settings.name });
  terminal.out(`  application id ${clientId}`);
  terminal.out(written ? `  wrote ${settings.envFile}` : `  ${settings.envFile} is right as it is`);
};

const sayNext = ({ settings, options, terminal }: Registering, application: Json, place: Place): void => {
  const link = consentLink({ settings, tenantId: place.id, clientId: String(application['appId']) });
  if (options.grant) terminal.out(`An administrator of ${place.name} consents here: ${link}`);
  terminal.out(`Next: npm run doctor, then npm start. Customers' administrators connect at ${settings.baseUrl}/connect`);
};

/** Makes the app registration or brings it up to date, and writes `.env`. Throws OperatorError; what was done by then is found again. */
export const register = async (work: Registering): Promise<void> => {
  const { directory, settings, options, terminal } = work;
  const place = await placeOf(work);
  const current = await findApplication(directory, settings);
  const resolved = await resolvePermissions(directory, wantedPermissions(options.permissions, settings.provider));
  const lacking =
    settings.logoutUrl === null ? ['Front-channel logout needs https, so it is left out: signing out elsewhere is not heard of here.'] : [];
  for (const line of [...resolved.left, ...lacking]) terminal.err(line);
  if (options.dryRun) return tellDryRun(work, resolved, { place, current });
  const application = await apply(work, resolved, { place, current });
  await ensurePrincipal(work, application, place);
  await finish(work, application, place);
  const others = current ? [...leftovers(current, manifestOf(settings, resolved.permissions)), ...otherCredentials(current, settings)] : [];
  for (const line of others) terminal.err(line);
  sayNext(work, application, place);
};
