import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { isAuthorityTenant } from '../../../identity/authority';
import { bundleNames } from '../../../identity/consent-scopes';
import type { BundleName } from '../../../identity/permissions.data';

/** A name in letters of another script becomes the domain's ASCII form: what the identity service is asked for is what is shown. */
const asciiName = (text: string): string => {
  const name = text.trim().toLowerCase();
  return /^[\x20-\x7e]*$/.test(name) ? name : domainToASCII(name) || name;
};

const organization = z
  .string('Enter one domain such as contoso.com, or one tenant id.')
  .max(253, 'Enter a domain such as contoso.com, or a tenant id.')
  .default('')
  .transform(asciiName)
  .refine(
    (text) => text === '' || (text !== 'organizations' && isAuthorityTenant(text)),
    'Enter a domain such as contoso.com, or a tenant id.',
  );

const asList = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

const isBundle = (value: unknown): value is BundleName => (bundleNames as readonly unknown[]).includes(value);

const bundles = z
  .preprocess(asList, z.array(z.enum(bundleNames, 'This is not among what Quarry asks for.')).max(20))
  .transform((names) => bundleNames.filter((name) => names.includes(name)))
  .refine((names) => names.length <= 1 || !names.includes('timeline'), 'Timeline events are granted by themselves: choose them alone.');

/** `POST /connect`: the organization by its domain or tenant id (empty leaves it to the administrator's sign-in), and what to ask for. */
export const connectForm = z
  .object({ organization, bundle: bundles, chosen: z.string().optional() })
  // A form that offers the choice and comes back without any asks for nothing.
  .refine(({ bundle, chosen }) => chosen === undefined || bundle.length > 0, {
    path: ['bundle'],
    message: 'Choose what to allow. Hunting alone is enough to begin with.',
  })
  .transform(({ organization: name, bundle }) => ({ organization: name, bundles: bundle.length > 0 ? bundle : (['hunt'] as const) }));

export interface Offer {
  /** As it was written, to be shown again. */
  readonly organization: string;
  readonly bundles: readonly BundleName[];
  readonly problems: { readonly organization?: string | undefined; readonly bundle?: string | undefined };
}

const shown = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 253) : '');

/** What a link (or a form that was refused) offers: as much of it as can be read, and what is wrong with the rest. */
export const readOffer = (input: unknown): Offer => {
  const { organization: name, bundle } = (input ?? {}) as { organization?: unknown; bundle?: unknown };
  const parsed = { organization: organization.safeParse(name), bundle: bundles.safeParse(bundle) };
  const known = asList(bundle).filter(isBundle);
  return {
    organization: parsed.organization.success ? parsed.organization.data : shown(name),
    bundles: known.length > 0 ? bundleNames.filter((one) => known.includes(one)) : ['hunt'],
    problems: { organization: parsed.organization.error?.issues[0]?.message, bundle: parsed.bundle.error?.issues[0]?.message },
  };
};

/** The address at which an administrator reads what is asked for and agrees; no part of it is secret. */
export const connectPath = (wish: { readonly organization?: string | undefined; readonly bundles?: readonly BundleName[] }): string => {
  const query = new URLSearchParams();
  if (wish.organization) query.set('organization', wish.organization);
  for (const name of wish.bundles ?? []) query.append('bundle', name);
  return query.size === 0 ? '/connect' : `/connect?${query.toString()}`;
};
