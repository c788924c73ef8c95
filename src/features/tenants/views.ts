import { permissions, type PermissionRow } from './permissions.data';
import type { ConnectedTenant } from './store';

export interface ConnectView {
  readonly permissions: readonly PermissionRow[];
  /** Set where the installation serves one organization alone. */
  readonly onlyTenant: string | null;
  readonly organization: string;
  readonly problem: string | null;
}

export interface TenantRow {
  readonly name: string;
  readonly tenantId: string;
  readonly own: boolean;
  readonly connected: string;
  readonly state: 'works' | 'reconnect' | 'not connected' | 'not used yet';
  readonly detail: string;
}

export interface TenantsView {
  readonly rows: readonly TenantRow[];
  readonly connectHref: string;
}

const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const healthOf = ({ lastSuccessAt, lastFailure }: ConnectedTenant): Pick<TenantRow, 'state' | 'detail'> => {
  if (lastFailure)
    return {
      state: 'reconnect',
      detail: `Refused at ${moment(lastFailure.at)} (${lastFailure.code}). An administrator needs to connect it again.`,
    };
  if (lastSuccessAt === null) return { state: 'not used yet', detail: 'No call has been made yet.' };
  return { state: 'works', detail: `Last successful call at ${moment(lastSuccessAt)}.` };
};

export const tenantsView = (
  connected: readonly ConnectedTenant[],
  user: { readonly tenantId: string; readonly tenantName: string },
): TenantsView => {
  const rows = connected.map((tenant): TenantRow => ({
    name: tenant.name,
    tenantId: tenant.tenantId,
    own: tenant.tenantId === user.tenantId,
    connected: moment(tenant.connectedAt),
    ...healthOf(tenant),
  }));
  const own: TenantRow = {
    name: user.tenantName,
    tenantId: user.tenantId,
    own: true,
    connected: '',
    state: 'not connected',
    detail: 'Its administrator has not connected it yet, so nothing can be hunted in it.',
  };
  return { rows: rows.some((row) => row.own) ? rows : [own, ...rows], connectHref: '/connect' };
};

export const connectView = (form: { organization?: string; problem?: string; onlyTenant: string | null }): ConnectView => ({
  permissions,
  onlyTenant: form.onlyTenant,
  organization: form.organization ?? '',
  problem: form.problem ?? null,
});
