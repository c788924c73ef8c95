import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../../errors';
import { detachUser, signedInUser, type SignedInUser, type TenantId } from '../../../http/current-user';
import { parseForm } from '../../../http/forms';
import { renderPage } from '../../../http/render';
import type { Role } from '../../../http/roles';
import { isTenantId } from '../../../identity/authority';
import type { ConnectedTenant } from '../store';
import type { DisconnectService } from './disconnect-service';
import { countLines, type DisconnectView } from './disconnect-views';

export interface DisconnectHandlerOptions {
  readonly service: Pick<DisconnectService, 'count' | 'disconnect'>;
  /** The organizations that the person may act in, and no others. */
  readonly health: (user: SignedInUser) => Promise<readonly ConnectedTenant[]>;
  /** Rejects with AppError `forbidden` unless the person has the role there. */
  readonly assertRole: (user: SignedInUser, role: Role, tenants: readonly { tenantId: TenantId; name: string }[]) => Promise<void>;
}

const form = z.object({
  connection: z.string().regex(/^\d{1,16}$/, 'Open the page again.'),
  understood: z.literal('yes', { error: 'Tick the box to say that you have read it.' }),
});

const noSuch = (): AppError =>
  new AppError({
    kind: 'not-found',
    code: 'no-such-organization',
    publicMessage: 'There is no such organization among those that you may see.',
    action: { label: 'To the organizations', href: '/tenants' },
  });

/** `GET` and `POST /tenants/:id/disconnect`: what would be deleted, and deleting it. For the organization's own administrators. */
export const createDisconnectHandlers = ({ service, health, assertRole }: DisconnectHandlerOptions) => {
  const tenantOf = async (req: Request, user: SignedInUser): Promise<ConnectedTenant> => {
    const id = String(req.params['id']).toLowerCase();
    const found = isTenantId(id) ? (await health(user)).find(({ tenantId }) => tenantId === id) : undefined;
    if (!found) throw noSuch();
    await assertRole(user, 'administrator', [found]);
    return found;
  };

  const viewOf = async (tenant: ConnectedTenant, user: SignedInUser, problem: string | null): Promise<DisconnectView> => ({
    name: tenant.name,
    tenantId: tenant.tenantId,
    own: tenant.tenantId === user.tenantId,
    action: `/tenants/${tenant.tenantId}/disconnect`,
    connectedAt: String(tenant.connectedAt),
    lines: countLines(await service.count(tenant.tenantId)),
    problem,
  });

  return {
    confirm: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      const tenant = await tenantOf(req, user);
      return renderPage(res, 'tenants/disconnect', { title: `Disconnect ${tenant.name}`, view: await viewOf(tenant, user, null) });
    },
    remove: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      const tenant = await tenantOf(req, user);
      const parsed = parseForm(form, req);
      if (!parsed.ok) {
        const view = await viewOf(tenant, user, parsed.problems[0]?.message ?? '');
        return renderPage(res, 'tenants/disconnect', { title: `Disconnect ${tenant.name}`, status: 400, view });
      }
      const connectedAt = Number(parsed.value.connection);
      const { name, counts } = await service.disconnect(tenant.tenantId, { by: user.objectId, connectedAt });
      const own = tenant.tenantId === user.tenantId;
      if (own) detachUser(req);
      return renderPage(res, 'tenants/disconnected', { title: `${name} is disconnected`, view: { name, lines: countLines(counts), own } });
    },
  };
};

export type DisconnectHandlers = ReturnType<typeof createDisconnectHandlers>;
