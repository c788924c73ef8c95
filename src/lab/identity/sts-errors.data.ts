/** Entra's numbered errors that the lab can answer with: the OAuth error and suberror each travels under, and its sentence. */
export interface StsErrorRow {
  readonly error: string;
  readonly suberror?: string;
  readonly text: string;
}

const row = (error: string, text: string, suberror?: string): StsErrorRow => ({
  error,
  text,
  ...(suberror === undefined ? {} : { suberror }),
});

/** `{0}`, `{1}` are filled with the occasion's details. */
export const stsErrors = {
  50011: row(
    'invalid_request',
    "The redirect URI '{0}' specified in the request does not match the redirect URIs configured for the application '{1}'.",
  ),
  50013: row('invalid_client', 'Assertion failed signature validation. [Reason - The provided client assertion is not valid: {0}]'),
  50020: row(
    'invalid_grant',
    "User account '{0}' from identity provider '{1}' does not exist in tenant '{2}' and cannot access the application '{3}' in that tenant.",
  ),
  50027: row('invalid_grant', 'JWT token is invalid or malformed.'),
  50057: row('invalid_grant', 'The user account is disabled.'),
  50058: row('login_required', 'A silent sign-in request was sent but no user is signed in.'),
  50059: row('invalid_request', 'No tenant-identifying information found in either the request or implied by any provided credentials.'),
  50076: row(
    'interaction_required',
    "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{0}'.",
    'basic_action',
  ),
  50089: row('invalid_grant', 'Authentication failed due to flow token expired.'),
  50105: row(
    'access_denied',
    "Your administrator has configured the application {0} ('{1}') to block users unless they are specifically granted ('assigned') access to the application.",
  ),
  50147: row('invalid_request', 'Invalid size of Code_Challenge parameter.'),
  50194: row(
    'unauthorized_client',
    "Application '{0}'({1}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
  ),
  50173: row('invalid_grant', 'The provided grant has expired due to it being revoked, a fresh auth token is needed.', 'bad_token'),
  53003: row(
    'access_denied',
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    'message_only',
  ),
  54005: row(
    'invalid_grant',
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ),
  65001: row(
    'invalid_grant',
    "The user or administrator has not consented to use the application with ID '{0}' named '{1}'. Send an interactive authorization request for this user and resource.",
    'consent_required',
  ),
  65004: row('access_denied', 'User declined to consent to access the app.', 'consent_required'),
  70000: row('invalid_grant', "The provided value for the '{0}' parameter is not valid."),
  70003: row('unsupported_grant_type', "The app requested an unsupported grant type '{0}'."),
  70005: row('unsupported_response_type', "The app requested an unsupported response_type value of '{0}'."),
  70007: row('invalid_request', "'{0}' is not a supported value of 'response_mode' for this request."),
  70008: row(
    'invalid_grant',
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  ),
  70011: row(
    'invalid_scope',
    "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope '{0}' is not valid.",
  ),
  70016: row('authorization_pending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.'),
  70018: row('bad_verification_code', 'Invalid verification code: the device code is not one of this service, or was used already.'),
  70020: row('expired_token', "The provided value for the input parameter 'device_code' is not valid. This device code has expired."),
  70044: row('authorization_declined', 'The person declined the sign-in of the device.'),
  90056: row('slow_down', 'The device asks too often; wait five seconds longer between two requests.'),
  90002: row(
    'invalid_request',
    "Tenant '{0}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
  ),
  90023: row('invalid_request', "Invalid value '{1}' for the parameter '{0}'."),
  90093: row(
    'access_denied',
    "This operation can only be performed by an administrator. Sign out and sign in as an administrator or contact one of your organization's administrators.",
  ),
  90094: row(
    'access_denied',
    '{0} needs permission to access resources in your organization that only an admin can grant. Ask an admin to grant permission to this app before you can use it.',
  ),
  500011: row(
    'invalid_resource',
    'The resource principal named {0} was not found in the tenant named {1}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.',
  ),
  650052: row(
    'invalid_client',
    "The app needs access to a service ('{0}') that your organization '{1}' has not subscribed to or enabled. Contact your IT Admin to review the configuration of your service subscriptions.",
  ),
  500121: row('access_denied', 'Authentication failed during strong authentication request.'),
  501481: row('invalid_grant', 'The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
  501491: row('invalid_request', 'The Code_Challenge_Method is not supported: {0}.'),
  700005: row('invalid_grant', 'The provided authorization code is intended to be redeemed against another tenant.'),
  700016: row(
    'unauthorized_client',
    "Application with identifier '{0}' was not found in the directory '{1}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
  ),
  700022: row(
    'invalid_scope',
    "The provided value for the input parameter 'scope' is not valid because it contains more than one resource. Scope {0} is not valid.",
  ),
  700025: row(
    'invalid_client',
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented. Application '{0}'.",
  ),
  700027: row(
    'invalid_client',
    'The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {0}]',
  ),
  700054: row('unsupported_response_type', "response_type 'id_token' is not enabled for the application."),
  900144: row('invalid_request', "The request body must contain the following parameter: '{0}'."),
  900561: row('invalid_request', 'The endpoint only accepts {0} requests. Received a {1} request.'),
  901002: row('invalid_request', "The 'resource' request parameter is not supported."),
  1002012: row(
    'invalid_scope',
    'The provided value for scope {0} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ),
  7000215: row(
    'invalid_client',
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{0}'.",
  ),
  7000218: row('invalid_client', "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
  7000222: row(
    'invalid_client',
    "The provided client secret keys for app '{0}' are expired. Create new keys for your app, or consider using certificate credentials.",
  ),
  7000229: row('invalid_client', 'The client application {0} is missing service principal in the tenant {1}.'),
  9000411: row('invalid_request', "The request is not properly formatted. The parameter '{0}' is duplicated."),
  9001023: row(
    'invalid_request',
    'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
  ),
  9002313: row('invalid_request', 'Invalid request. Request is malformed or invalid.'),
  9002325: row('invalid_request', 'Proof Key for Code Exchange is required for authorization code redemption.'),
  9002326: row(
    'invalid_request',
    "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{0}'.",
  ),
  9002332: row(
    'invalid_request',
    "Application '{0}'({1}) is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.",
  ),
} as const satisfies Record<number, StsErrorRow>;

export type StsCode = keyof typeof stsErrors;
