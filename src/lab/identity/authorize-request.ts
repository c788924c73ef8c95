import type { Registration } from '../directory/registration';
import type { Registrations } from '../directory/registrations';
import { grantNames, parseScopes, type RequestedScopes } from '../directory/scopes';
import type { Authority } from './discovery';
import { StsError } from './sts-error';

export type ResponseMode = 'query' | 'fragment' | 'form_post';
export type Prompt = 'login' | 'none' | 'consent' | 'select_account';

/** Where the answer goes, known good: the only place that the browser is ever sent to. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
}

/** A request that passed every check; plain data, so that it travels sealed through the pages' forms. */
export interface AuthorizeRequest extends ReturnAddress {
  readonly clientId: string;
  readonly authority: string;
  readonly scope: string;
  readonly challenge: string;
  readonly prompt?: Prompt;
  readonly nonce?: string;
  readonly loginHint?: string;
  readonly domainHint?: string;
  readonly claims?: string;
  readonly clientInfo: boolean;
}

export type ParsedAuthorizeRequest =
  | { readonly request: AuthorizeRequest }
  /** Without a trusted return address the failure is shown here, never sent anywhere. */
  | { readonly error: StsError; readonly returnTo?: ReturnAddress };

export type Parameters = Readonly<Record<string, unknown>>;

/** A parameter's one text; absent and empty are the same; repeated is refused. */
export const single = (parameters: Parameters, name: string): string | undefined => {
  const value = parameters[name];
  if (Array.isArray(value)) throw new StsError(9000411, [name]);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const required = (parameters: Parameters, name: string): string => {
  const value = single(parameters, name);
  if (value === undefined) throw new StsError(900144, [name]);
  return value;
};

/** A registration for one tenant serves nobody else's people, and not at an endpoint that serves everybody. */
export const checkAudience = ({ clientId, name, onlyTenant }: Registration, authority: Authority): void => {
  if (onlyTenant === undefined) return;
  if (authority.kind !== 'tenant') throw new StsError(50194, [clientId, name]);
  if (authority.tenant.id !== onlyTenant) throw new StsError(700016, [clientId, authority.tenant.name]);
};

/** The app that the parameters name, known to this authority. */
const clientOf = (parameters: Parameters, authority: Authority, registrations: Registrations): Registration => {
  const { builtIn } = registrations;
  if (authority.kind === 'consumers') throw new StsError(9002332, [builtIn.name, builtIn.clientId]);
  const clientId = required(parameters, 'client_id');
  const registration = registrations.find(clientId);
  if (!registration) throw new StsError(700016, [clientId, authority.kind === 'tenant' ? authority.tenant.name : authority.segment]);
  checkAudience(registration, authority);
  return registration;
};

/** The client and its redirect URI: what must be right before anything may be sent back. */
export const checkClient = (
  parameters: Parameters,
  authority: Authority,
  registrations: Registrations,
): { readonly registration: Registration; readonly redirectUri: string } => {
  const registration = clientOf(parameters, authority, registrations);
  const redirectUri = single(parameters, 'redirect_uri') ?? registration.redirectUris[0];
  if (redirectUri === undefined || !registration.redirectUris.includes(redirectUri)) {
    throw new StsError(50011, [redirectUri ?? '', registration.clientId]);
  }
  return { registration, redirectUri };
};

const checkMode = (parameters: Parameters): ResponseMode => {
  const mode = single(parameters, 'response_mode') ?? 'query';
  if (mode === 'query' || mode === 'fragment' || mode === 'form_post') return mode;
  throw new StsError(70007, [mode]);
};

const checkType = (parameters: Parameters): void => {
  const type = required(parameters, 'response_type').split(' ').sort().join(' ');
  if (type === 'code') return;
  if (['id_token', 'code id_token', 'id_token token'].includes(type)) throw new StsError(700054);
  throw new StsError(70005, [type]);
};

/** A scope text that can be granted here, or the numbered reason why not. */
export const checkScopes = (text: string): RequestedScopes => {
  const scopes = parseScopes(text);
  if (!('problem' in scopes)) return scopes;
  if (scopes.problem === 'resource') throw new StsError(500011, [scopes.scope.slice(0, scopes.scope.lastIndexOf('/')), 'the tenant']);
  throw new StsError(70011, [scopes.scope]);
};

const checkScope = (parameters: Parameters, { delegated }: Registration): string => {
  const scope = required(parameters, 'scope');
  const asked = checkScopes(scope);
  if (grantNames(asked, delegated).length === 0) throw new StsError(70011, [scope]);
  return scope;
};

/** S256 alone: a code that leaks is worth nothing without its verifier. */
const checkChallenge = (parameters: Parameters): string => {
  const challenge = single(parameters, 'code_challenge');
  if (challenge === undefined) throw new StsError(9002325);
  const method = single(parameters, 'code_challenge_method') ?? 'plain';
  if (method !== 'S256') throw new StsError(501491, [method]);
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw new StsError(50147);
  return challenge;
};

const checkPrompt = (parameters: Parameters): Prompt | undefined => {
  const prompt = single(parameters, 'prompt');
  if (prompt === undefined) return undefined;
  if (prompt === 'login' || prompt === 'none' || prompt === 'consent' || prompt === 'select_account') return prompt;
  throw new StsError(90023, ['prompt', prompt]);
};

/** The `claims` parameter is a JSON object or refused. */
export const checkClaims = (parameters: Parameters): string | undefined => {
  const text = single(parameters, 'claims');
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return text;
  } catch {
    // Answered below, as any other value that is not an object.
  }
  throw new StsError(90023, ['claims', 'not a JSON object']);
};

const optional = <Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> =>
  value === undefined ? {} : ({ [name]: value } as Record<Name, string>);

interface Known {
  readonly registration: Registration;
  readonly authority: Authority;
  readonly returnTo: ReturnAddress;
}

const checkRest = (parameters: Parameters, { registration, authority, returnTo }: Known): AuthorizeRequest => {
  if (parameters.resource !== undefined) throw new StsError(901002);
  checkType(parameters);
  const scope = checkScope(parameters, registration);
  const prompt = checkPrompt(parameters);
  return {
    ...returnTo,
    clientId: registration.clientId,
    authority: authority.kind === 'tenant' ? authority.tenant.id : authority.segment,
    scope,
    challenge: checkChallenge(parameters),
    ...(prompt === undefined ? {} : { prompt }),
    ...optional('nonce', single(parameters, 'nonce')),
    ...optional('loginHint', single(parameters, 'login_hint')),
    ...optional('domainHint', single(parameters, 'domain_hint')),
    ...optional('claims', checkClaims(parameters)),
    clientInfo: single(parameters, 'client_info') === '1',
  };
};

const asError = (thrown: unknown): StsError => {
  if (thrown instanceof StsError) return thrown;
  throw thrown;
};

/** The mode and state by which even a faulty request is answered; a faulty mode falls back to the default. */
const addressFor = (parameters: Parameters, redirectUri: string): ReturnAddress => {
  const mode = parameters.response_mode;
  const state = parameters.state;
  return {
    redirectUri,
    responseMode: mode === 'fragment' || mode === 'form_post' ? mode : 'query',
    ...(typeof state === 'string' && state !== '' ? { state } : {}),
  };
};

/** Checks an authorization request in Entra's order: client and redirect URI first, then what may be reported to the app. */
export const parseAuthorizeRequest = (
  parameters: Parameters,
  authority: Authority,
  registrations: Registrations,
): ParsedAuthorizeRequest => {
  let client: ReturnType<typeof checkClient>;
  try {
    client = checkClient(parameters, authority, registrations);
  } catch (thrown) {
    return { error: asError(thrown) };
  }
  const returnTo = addressFor(parameters, client.redirectUri);
  try {
    single(parameters, 'state');
    checkMode(parameters);
    return { request: checkRest(parameters, { registration: client.registration, authority, returnTo }) };
  } catch (thrown) {
    return { error: asError(thrown), returnTo };
  }
};
