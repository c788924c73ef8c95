import type { Registration } from '../directory/registration';
import type { Registrations } from '../directory/registrations';
import { identityScopes, resources } from '../directory/resources.data';
import { grantNames, type RequestedScopes } from '../directory/scopes';
import { checkClient, checkScopes, single, type Parameters, type ReturnAddress } from './authorize-request';
import type { Authority } from './discovery';
import { StsError } from './sts-error';

/** A checked request for an organization's consent; plain data, sealed into the page's form. */
export interface AdminConsentRequest extends ReturnAddress {
  readonly clientId: string;
  readonly authority: string;
  readonly scope: string;
}

/** Checks the request. What fails here is shown here: an administrator reads it, and no app waits behind a faulty address. */
export const parseAdminConsentRequest = (
  parameters: Parameters,
  authority: Authority,
  registrations: Registrations,
): AdminConsentRequest => {
  if (authority.kind === 'common' || authority.kind === 'consumers') throw new StsError(9001023);
  const { registration, redirectUri } = checkClient(parameters, authority, registrations);
  const scope = single(parameters, 'scope');
  if (scope === undefined) throw new StsError(900144, ['scope']);
  const scopes = checkScopes(scope);
  const named = scopes.resources.flatMap(({ values }) => values);
  const everything = scopes.resources.some((resource) => resource.everything);
  if (grantNames(scopes, registration.delegated).length === 0 || (everything && named.length > 0)) throw new StsError(70011, [scope]);
  const state = single(parameters, 'state');
  return {
    clientId: registration.clientId,
    authority: authority.kind === 'tenant' ? authority.tenant.id : authority.segment,
    redirectUri,
    responseMode: 'query',
    ...(state === undefined ? {} : { state }),
    scope,
  };
};

/** `.default` covers signing in and the profile; named scopes are what they say, and signing in alone where they leave it out. */
const signingIn = ({ identity, resources: asked }: RequestedScopes): readonly string[] => {
  if (asked.some(({ everything }) => everything)) return [...identityScopes.map(({ value }) => value), 'graph/User.Read'];
  return identity.length > 0 ? identity : ['openid', 'profile', 'offline_access'];
};

/** What consent to this scope grants, and nothing else: `.default` is all that the registration lists for the resource, for the app itself too. */
export const adminGrants = (
  scope: string,
  { delegated, application }: Pick<Registration, 'delegated' | 'application'>,
): { readonly delegated: readonly string[]; readonly application: readonly string[] } => {
  const scopes = checkScopes(scope);
  const whole = scopes.resources.filter(({ everything }) => everything).map(({ resource }) => `${resource.audience}/`);
  return {
    delegated: [...new Set([...signingIn(scopes), ...grantNames(scopes, delegated)])],
    application: application.filter((name) => whole.some((prefix) => name.startsWith(prefix))),
  };
};

/** The granted scopes as the redirect names them. */
export const grantedScope = (scope: string, { delegated }: Pick<Registration, 'delegated'>): string =>
  checkScopes(scope)
    .resources.flatMap((asked) =>
      grantNames({ identity: [], resources: [asked] }, delegated).map(
        (name) => `${asked.uri ?? resources[0]?.uris[0]}/${name.slice(asked.resource.audience.length + 1)}`,
      ),
    )
    .join(' ');
