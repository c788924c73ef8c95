import type { Audience } from './resources.data';
import type { Tenant } from './tenants.data';

/** Which organizations lack which of the Defender APIs, as without a licence. Forgotten when the lab ends. */
export const createLicences = () => {
  const missing = new Map<string, readonly Audience[]>();
  return Object.freeze({
    lacks: (tenant: Tenant, audience: Audience): boolean => missing.get(tenant.id)?.includes(audience) ?? false,
    set: (tenant: Tenant, without: readonly Audience[]): void => void missing.set(tenant.id, without),
  });
};

export type Licences = ReturnType<typeof createLicences>;
