import type { Registration } from '../directory/registration';
import { identityScopes, resources } from '../directory/resources.data';
import { grantNames } from '../directory/scopes';
import { checkClient, checkScopes, single, type Parameters, type ReturnAddress } from './authorize-request';
import type { Authority } from './discovery';
import { StsError } from './sts-error';

/** A checked request for an organization's consent; plain data, sealed into the page's form. */
export interface AdminConsentRequest extends ReturnAddress {
  readonly authority: string;
  readonly scope: string;
}

/** Checks the request. What fails here is shown here: an administrator reads it, and no app waits behind a faulty address. */
export const parseAdminConsentRequest = (parameters: Parameters, authority: Authority, registration: Registration): AdminConsentRequest => {
  if (authority.kind === 'common' || authority.kind === 'consumers') throw new StsError(9001023);
  const redirectUri = checkClient(parameters, authority, registration);
  const scope = single(parameters, 'scope');
  if (scope === undefined) throw new StsError(900144, ['scope']);
  const scopes = checkScopes(scope);
  const named = scopes.resources.flatMap(({ values }) => values);
  const everything = scopes.resources.some((resource) => resource.everything);
  if (grantNames(scopes).length === 0 || (everything && named.length > 0)) throw new StsError(70011, [scope]);
  const state = single(parameters, 'state');
  return {
    authority: authority.kind === 'tenant' ? authority.tenant.id : authority.segment,
    redirectUri,
    responseMode: 'query',
    ...(state === undefined ? {} : { state }),
    scope,
  };
};

/** What consent to this scope grants. `.default` is all that the registration lists for the resource, for the app itself too; signing in is always part of it. */
export const adminGrants = (scope: string): { readonly delegated: readonly string[]; readonly application: readonly string[] } => {
  const scopes = checkScopes(scope);
  const whole = new Set(scopes.resources.filter(({ everything }) => everything).map(({ resource }) => resource));
  return {
    delegated: [...new Set([...identityScopes.map(({ value }) => value), 'graph/User.Read', ...grantNames(scopes)])],
    application: resources
      .filter((resource) => whole.has(resource))
      .flatMap(({ audience, application }) => application.map(({ value }) => `${audience}/${value}`)),
  };
};

/** The granted scopes as the redirect names them. */
export const grantedScope = (scope: string): string =>
  checkScopes(scope)
    .resources.flatMap(({ resource, uri, values, everything }) =>
      (everything ? resource.delegated.map(({ value }) => value) : values).map((value) => `${uri ?? resources[0]?.uris[0]}/${value}`),
    )
    .join(' ');
