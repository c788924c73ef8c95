import { z } from 'zod';

const guid = z.guid().toLowerCase();
const text = (most: number) => z.string().min(1).max(most);
const uri = z.string().max(2048);

/** Where the directory sends answers: https, or plain http on this very machine. */
const redirectUri = z
  .string()
  .max(256)
  .refine((value) => URL.canParse(value) && !value.includes('*') && !value.includes('#'), 'is not an address')
  .refine((value) => {
    const { protocol, hostname } = new URL(value);
    return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
  }, 'must be https, or http on localhost');

const appRole = z.strictObject({
  id: guid,
  value: z.string().max(250).nullable().default(null),
  displayName: text(256),
  description: text(1000),
  allowedMemberTypes: z.array(z.enum(['User', 'Application'])).min(1),
  isEnabled: z.boolean().default(true),
  origin: z.string().optional(),
});

const optionalClaim = z.strictObject({
  name: text(128),
  source: z.string().nullable().default(null),
  essential: z.boolean().default(false),
  additionalProperties: z.array(z.string()).default([]),
});

const claims = z.array(optionalClaim).default([]);

const keyCredential = z.strictObject({
  keyId: guid.optional(),
  type: z.enum(['AsymmetricX509Cert']),
  usage: z.enum(['Verify']),
  key: z.base64().nullable().optional(),
  displayName: z.string().max(256).nullable().optional(),
  customKeyIdentifier: z.string().nullable().optional(),
  startDateTime: z.iso.datetime({ offset: true }).optional(),
  endDateTime: z.iso.datetime({ offset: true }).optional(),
});
export type KeyCredential = z.infer<typeof keyCredential>;

/** What of an application may be written, in Graph's names; a property that is missing stays as it is. */
export const writable = z
  .strictObject({
    displayName: text(256),
    notes: z.string().max(1024).nullable(),
    signInAudience: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs']),
    tags: z.array(text(256)),
    web: z.strictObject({
      redirectUris: z.array(redirectUri).max(256).default([]),
      homePageUrl: uri.nullable().default(null),
      logoutUrl: uri
        .refine((value) => value.startsWith('https:'), 'must start with https')
        .nullable()
        .default(null),
      implicitGrantSettings: z
        .strictObject({ enableIdTokenIssuance: z.boolean().default(false), enableAccessTokenIssuance: z.boolean().default(false) })
        .prefault({}),
    }),
    isFallbackPublicClient: z.boolean().nullable(),
    requiredResourceAccess: z.array(
      z.strictObject({
        resourceAppId: guid,
        resourceAccess: z.array(z.strictObject({ id: guid, type: z.enum(['Scope', 'Role']) })),
      }),
    ),
    appRoles: z.array(appRole),
    optionalClaims: z.strictObject({ idToken: claims, accessToken: claims, saml2Token: claims }).nullable(),
    groupMembershipClaims: z.string().nullable(),
    keyCredentials: z.array(keyCredential),
  })
  .partial();
export type WritableApplication = z.infer<typeof writable>;

const passwordCredential = z.object({
  keyId: guid,
  displayName: z.string().nullable(),
  hint: z.string(),
  startDateTime: z.string(),
  endDateTime: z.string(),
  /** Instead of the secret itself. */
  digest: z.string(),
});

/** An application as the lab keeps it: what was written, and what the directory adds. */
export const application = writable.required().extend({
  tenantId: guid,
  id: guid,
  appId: guid,
  uniqueName: z.string().nullable(),
  createdDateTime: z.string(),
  keyCredentials: z.array(keyCredential.required({ keyId: true, key: true, startDateTime: true, endDateTime: true })),
  passwordCredentials: z.array(passwordCredential),
});
export type Application = z.infer<typeof application>;

/** What a new application has where nothing was said. */
export const blank = {
  notes: null,
  signInAudience: 'AzureADMultipleOrgs' as const,
  tags: [],
  web: writable.shape.web.unwrap().parse({}),
  isFallbackPublicClient: null,
  requiredResourceAccess: [],
  appRoles: [],
  optionalClaims: null,
  groupMembershipClaims: null,
  keyCredentials: [],
  passwordCredentials: [],
};
