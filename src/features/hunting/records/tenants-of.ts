import type { TenantId } from '../../../http/current-user';
import type { RunWithSlices } from '../runs/stored-runs';

/** The organizations whose data the rows of a run are, or are made of. */
export const tenantsOf = ({ run, slices }: RunWithSlices): readonly { readonly tenantId: TenantId; readonly name: string }[] => {
  const lines = run.inherited ? run.inherited.tenants : slices;
  const tenants = new Map<string, { tenantId: TenantId; name: string }>();
  for (const { tenantId, tenantName } of lines)
    if (!tenants.has(tenantId)) tenants.set(tenantId, { tenantId: tenantId as TenantId, name: tenantName });
  return [...tenants.values()];
};
