import { DirectoryRefusal, filterText, type Directory, type Json } from '../directory';
import { OperatorError } from '../operator-error';
import { printable } from '../printable';
import { ourTag } from './manifest';
import type { RegisterSettings } from './settings';

const select = [
  'id',
  'appId',
  'displayName',
  'uniqueName',
  'signInAudience',
  'tags',
  'web',
  'isFallbackPublicClient',
  'requiredResourceAccess',
  'appRoles',
  'optionalClaims',
  'groupMembershipClaims',
  'keyCredentials',
  'passwordCredentials',
].join(',');

const uris = (one: Json): readonly unknown[] => {
  const web = one['web'] as { redirectUris?: unknown } | null | undefined;
  return Array.isArray(web?.redirectUris) ? web.redirectUris : [];
};
const isOurs = (one: Json): boolean => Array.isArray(one['tags']) && one['tags'].includes(ourTag);
const shown = (all: readonly Json[]): string => all.map((one) => printable(one['appId'])).join(', ');

/** Of the apps of this name, the one that is this installation's; throws when that cannot be known. */
const byName = (named: readonly Json[], { name, redirectUris }: RegisterSettings): Json | undefined => {
  if (named.length === 0) return undefined;
  const ours = named.filter((one) => isOurs(one) && redirectUris.some((uri) => uris(one).includes(uri)));
  if (ours.length === 1) return ours[0];
  const several = named.length > 1 ? `${named.length} apps are called` : 'An app is called';
  throw new OperatorError(
    `${several} ${printable(name)} in this tenant already (${shown(named)}), and none is known to be this installation's.`,
    'Name the one to use by --client-id, or choose another name by --name.',
  );
};

/** Some clouds know no names of the caller's own: there, name and tag have to do. */
export const knowsNoNames = (error: unknown): boolean =>
  error instanceof DirectoryRefusal && ([404, 405, 501].includes(error.status) || (error.status === 400 && /uniqueName/i.test(error.what)));

const byUniqueName = (directory: Directory, { uniqueName }: RegisterSettings): Promise<Json | undefined> =>
  directory.find(`/applications(uniqueName='${uniqueName}')?$select=id,appId`).catch((error: unknown) => {
    if (knowsNoNames(error)) return undefined;
    throw error;
  });

/** With everything that is compared, certificates included: those come for a single app alone. */
const whole = async (directory: Directory, one: Json): Promise<Json> =>
  (await directory.find(`/applications/${String(one['id'])}?$select=${select}`)) ?? one;

/** The app registration of this installation in the operator's tenant; undefined when there is none yet. */
export const findApplication = async (directory: Directory, settings: RegisterSettings): Promise<Json | undefined> => {
  const { clientId, name } = settings;
  if (clientId !== undefined) {
    const found = await directory.find(`/applications(appId='${clientId}')?$select=id,appId`);
    if (found) return whole(directory, found);
    throw new OperatorError(
      `The client id ${printable(clientId)} is no app registration of this tenant.`,
      'Sign in to the tenant that it was made in (--tenant), or, if it is gone, take AZURE_CLIENT_ID out of .env and run this again.',
    );
  }
  const marked = await byUniqueName(directory, settings);
  if (marked) return whole(directory, marked);
  const named = await directory.list(`/applications?$filter=displayName%20eq%20${filterText(name)}&$select=id,appId,displayName,tags,web`);
  const found = byName(named, settings);
  return found && whole(directory, found);
};
