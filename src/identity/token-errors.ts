import { aadstsFailure } from './aadsts';
import { IdentityError, rejected, transient, type IdentityFailure } from './identity-error';

type Body = Readonly<Record<string, unknown>>;

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const word = (value: unknown): string | undefined => (typeof value === 'string' && /^[a-z0-9_]{1,64}$/.test(value) ? value : undefined);

/** What the protocol itself says; Entra asks clients to follow `error` and `suberror`, and numbers may change. */
const failureByError: Readonly<Record<string, IdentityFailure>> = {
  invalid_grant: 'interaction',
  interaction_required: 'interaction',
  login_required: 'interaction',
  bad_token: 'interaction',
  account_selection_required: 'interaction',
  consent_required: 'consent',
  access_denied: 'cancelled',
  invalid_client: 'configuration',
  unauthorized_client: 'configuration',
  invalid_request: 'configuration',
  invalid_scope: 'configuration',
  invalid_resource: 'configuration',
  unsupported_grant_type: 'configuration',
  unsupported_response_type: 'configuration',
  invalid_target: 'configuration',
  server_error: 'transient',
  temporarily_unavailable: 'transient',
};

const failureBySuberror: Readonly<Record<string, IdentityFailure>> = {
  basic_action: 'interaction',
  additional_action: 'interaction',
  message_only: 'blocked',
  consent_required: 'consent',
  user_password_expired: 'interaction',
  bad_token: 'interaction',
};

const cancelled = (error: string | undefined, subcode: unknown): boolean => error === 'access_denied' && subcode === 'cancel';

/** `suberror` first, then a number of known meaning, then `error`; what is unknown may pass by itself, so it is transient. */
const failureOf = (oauthError: string | undefined, suberror: string | undefined, aadsts: number | undefined): IdentityFailure => {
  const bySuberror = suberror === undefined ? undefined : failureBySuberror[suberror];
  const byNumber = aadsts === undefined ? undefined : aadstsFailure(aadsts);
  const byError = oauthError === undefined ? undefined : failureByError[oauthError];
  // A declined consent travels as suberror `consent_required` too; its number tells it apart.
  if (bySuberror === 'consent' && byNumber === 'cancelled') return 'cancelled';
  // `additional_action` may stand for a policy that no sign-in meets (53000 and its neighbours).
  if (bySuberror === 'interaction' && byNumber === 'blocked') return 'blocked';
  return bySuberror ?? byNumber ?? byError ?? 'transient';
};

const jsonObject = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || value.length > 8_192) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? value : undefined;
  } catch {
    return undefined;
  }
};

const numberIn = (description: unknown): number | undefined => {
  const digits = typeof description === 'string' ? /^AADSTS(\d{4,9})\b/.exec(description)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
};

const codeOf = (oauthError: string | undefined, aadsts: number | undefined): string => {
  if (aadsts !== undefined) return `entra-${aadsts}`;
  return oauthError === undefined ? 'identity-refused' : `oauth-${oauthError.replaceAll('_', '-')}`;
};

/** The token endpoint's refusal in our terms; its description is read for numbers and ids alone and goes no further. */
export const fromTokenRefusal = (body: Body): IdentityError => {
  const [oauthError, suberror] = [word(body['error']), word(body['suberror'])];
  const listed = Array.isArray(body['error_codes']) ? (body['error_codes'] as unknown[])[0] : undefined;
  const aadsts = typeof listed === 'number' && Number.isSafeInteger(listed) ? listed : numberIn(body['error_description']);
  const correlation = typeof body['correlation_id'] === 'string' ? guid.exec(body['correlation_id'])?.[0] : undefined;
  return new IdentityError({
    failure: failureOf(oauthError, suberror, aadsts),
    code: codeOf(oauthError, aadsts),
    aadsts,
    oauthError,
    suberror,
    claims: jsonObject(body['claims']),
    correlationId: correlation,
  });
};

/** An error in the redirect's query, in our terms. Everything in it may be forged: it decides the page, nothing else. */
export const fromRedirectError = (query: Readonly<Record<string, string | undefined>>): IdentityError => {
  const oauthError = word(query['error']);
  const aadsts = numberIn(query['error_description']);
  const correlation = /Correlation ID: ([0-9a-f-]{36})/i.exec(query['error_description'] ?? '')?.[1];
  return new IdentityError({
    failure: cancelled(oauthError, query['error_subcode']) ? 'cancelled' : failureOf(oauthError, word(query['suberror']), aadsts),
    code: codeOf(oauthError, aadsts),
    aadsts,
    oauthError,
    correlationId: correlation && guid.test(correlation) ? correlation : undefined,
  });
};

/** MSAL's own refusals (no server answer): by error code. */
const msalCodes: Readonly<Record<string, IdentityError>> = {
  no_tokens_found: new IdentityError({ failure: 'interaction', code: 'no-refresh-token' }),
  refresh_token_expired: new IdentityError({ failure: 'interaction', code: 'refresh-token-expired' }),
  no_account_in_silent_request: new IdentityError({ failure: 'interaction', code: 'no-refresh-token' }),
  nonce_mismatch: rejected('id-token-nonce'),
  token_parsing_error: rejected('id-token-malformed'),
  null_or_empty_token: rejected('id-token-malformed'),
};

/** Whatever MSAL threw, AuthError or not, in our terms: its message may quote the server and stays out. */
export const fromMsalError = (thrown: unknown): IdentityError => {
  if (thrown instanceof IdentityError) return thrown;
  const code = (thrown as { errorCode?: unknown } | null)?.errorCode;
  const known = typeof code === 'string' ? msalCodes[code] : undefined;
  return known ?? transient(word(code) ? `msal-${String(code).replaceAll('_', '-')}` : 'msal-failed');
};
