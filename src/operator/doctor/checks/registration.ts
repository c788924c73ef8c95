import { X509Certificate } from 'node:crypto';
import type { ClientCredential } from '../../../identity/client-credential';
import { huntPermissions } from '../../../identity/permissions.data';
import type { Resource } from '../../../identity/resources.data';
import { registeredKey } from '../../certificate-file';
import { objects, type Directory, type Json } from '../../directory';
import { printable } from '../../printable';
import { resolvePermissions, wantedPermissions, type ResolvedPermission } from '../../register/wanted-permissions';
import { named, type Finding } from '../finding';

const registration = named('registration');
const redirect = named('redirect-uri');
const permission = named('permission');
const expiry = named('credential-expiry');
const consent = named('consent');

export interface RegistrationCheck {
  readonly directory: Directory;
  readonly clientId: string;
  readonly credential: ClientCredential | undefined;
  readonly provider: Resource;
  readonly redirectUris: readonly string[];
  /** `organizations`, or the only tenant. */
  readonly tenant: string;
  readonly baseUrl: string;
  /** Its people are to hunt: a consent that lacks is a fault, and else only worth a word. */
  readonly wanted: boolean;
  readonly now: number;
}

const mend = 'npm run register mends it.';
const select = 'id,appId,displayName,signInAudience,web,requiredResourceAccess,keyCredentials,passwordCredentials';

const redirectFindings = (app: Json, uris: readonly string[]): Finding[] => {
  const known = (app['web'] as { redirectUris?: unknown } | undefined)?.redirectUris;
  const registered = Array.isArray(known) ? known : [];
  return uris.map((uri) =>
    registered.includes(uri)
      ? redirect.ok(`${uri} is registered (read from the registration)`)
      : redirect.fail(`${uri} is not registered`, mend),
  );
};

const audienceFinding = (app: Json, tenant: string): Finding[] => {
  const single = app['signInAudience'] === 'AzureADMyOrg';
  if (single === (tenant !== 'organizations')) return [];
  const remedy = `Set AZURE_TENANT_ID to match, or npm run register -- ${single ? '--multi' : '--single'}.`;
  const says = single
    ? 'is for one tenant, but AZURE_TENANT_ID is organizations'
    : 'is for any organization, but AZURE_TENANT_ID names one';
  return [single ? registration.fail(says, remedy) : registration.warn(says, remedy)];
};

const lists = (app: Json, { resourceAppId, id, type }: ResolvedPermission): boolean =>
  objects(app['requiredResourceAccess']).some(
    (one) =>
      one['resourceAppId'] === resourceAppId && objects(one['resourceAccess']).some((line) => line['id'] === id && line['type'] === type),
  );

const permissionFindings = async ({ directory, provider }: RegistrationCheck, app: Json): Promise<Finding[]> => {
  const needed = huntPermissions[provider].value;
  const resolved = await resolvePermissions(directory, wantedPermissions('standard', provider));
  const missing = resolved.permissions.filter((one) => !lists(app, one));
  const hunting = (await resolvePermissions(directory, wantedPermissions('hunt', provider))).permissions;
  if (hunting.length === 0) return [permission.skipped(`this tenant does not offer ${needed}`)];
  if (missing.some(({ id }) => id === hunting[0]?.id)) return [permission.fail(`the registration does not list ${needed}`, mend)];
  if (missing.length === 0) return [permission.ok(`the registration lists ${needed} and the others`)];
  const says = `the registration lists ${needed}, but not ${missing.map(({ label }) => label).join(', ')}`;
  return [permission.warn(says, `Only what goes beyond hunting needs them. ${mend}`)];
};

const registeredCredential = (app: Json, credential: ClientCredential): Json | undefined => {
  if ('secret' in credential) return objects(app['passwordCredentials']).find((one) => one['hint'] === credential.secret.slice(0, 3));
  const own = new X509Certificate(credential.certificatePem).raw.toString('base64');
  return objects(app['keyCredentials']).find((one) => registeredKey(one['key']) === own);
};

const expiryFinding = ({ credential, now }: RegistrationCheck, app: Json): Finding[] => {
  if (!credential) return [];
  const found = registeredCredential(app, credential);
  if (!found) return [expiry.fail('the credential in use is not registered', mend)];
  const until = Date.parse(String(found['endDateTime']));
  const date = new Date(until).toISOString().slice(0, 10);
  const renew = 'npm run register -- --renew';
  if (until <= now) return [expiry.fail(`the registration of the credential in use has expired on ${date}`, renew)];
  const says = `registered until ${date}`;
  return [until - now < 30 * 86_400_000 ? expiry.warn(says, renew) : expiry.ok(says)];
};

/** What everybody in the token's tenant has consented to. */
const consentFinding = async ({ directory, clientId, provider, baseUrl, wanted }: RegistrationCheck): Promise<Finding[]> => {
  const [organization] = await directory.list('/organization?$select=id,displayName');
  const name = printable(organization?.['displayName']);
  const missing = (says: string): Finding[] => {
    const remedy = `An administrator of it opens ${baseUrl}/connect.`;
    return [wanted ? consent.fail(says, remedy) : consent.warn(says, remedy)];
  };
  const principal = await directory.find(`/servicePrincipals(appId='${clientId}')?$select=id`);
  if (!principal) return missing(`${name} has not consented: the app is not there`);
  const grants = await directory.list(`/oauth2PermissionGrants?$filter=clientId%20eq%20'${String(principal['id'])}'`);
  const held = grants.flatMap((grant) => (grant['consentType'] === 'AllPrincipals' ? String(grant['scope'] ?? '').split(' ') : []));
  const needed = huntPermissions[provider].value;
  if (held.includes(needed)) return [consent.ok(`${name} has consented to ${needed}`)];
  return missing(`${name} has not consented to ${needed} (people get AADSTS65001)`);
};

/** The app registration itself, read with a directory token; undefined when that tenant has none of this client id. */
export const checkRegistration = async (check: RegistrationCheck): Promise<Finding[]> => {
  const { directory, clientId, redirectUris, tenant } = check;
  const app = await directory.find(`/applications(appId='${clientId}')?$select=${select}`);
  const consented = await consentFinding(check);
  if (!app) {
    const says = 'is not of the tenant that the token is for; only its consent could be read';
    return [registration.skipped(says, 'Use a token of the tenant in which it was made.'), ...consented];
  }
  const whole = (await directory.find(`/applications/${String(app['id'])}?$select=${select}`)) ?? app;
  return [
    registration.ok(`${printable(app['displayName'])} can be read`),
    ...audienceFinding(whole, tenant),
    ...redirectFindings(whole, redirectUris),
    ...(await permissionFindings(check, whole)),
    ...expiryFinding(check, whole),
    ...consented,
  ];
};
