import { Router } from 'express';
import type { ServiceGate } from '../service-gate';
import { DirectoryError, directoryRoute } from './directory-call';

export interface OrganizationRoutesDeps {
  readonly gate: ServiceGate;
  readonly base: () => string;
}

/** `/organization` and `/me`: where the caller is, and who. */
export const organizationRoutes = ({ gate, base }: OrganizationRoutesDeps): Router => {
  const route = directoryRoute(gate);
  const router = Router();
  router.get(
    '/v1.0/organization',
    ...route({ also: ['User.Read'] }, ({ call, res }) => {
      const { id, name, domain } = call.caller.tenant;
      const verifiedDomains = [{ name: domain, isDefault: true, isInitial: true, capabilities: 'Email', type: 'Managed' }];
      res.json({
        '@odata.context': `${base()}/graph/v1.0/$metadata#organization`,
        value: [{ id, displayName: name, tenantType: 'AAD', verifiedDomains }],
      });
    }),
  );
  router.get(
    '/v1.0/me',
    ...route({ also: ['User.Read'] }, ({ call, res }) => {
      const { person } = call.caller;
      if (!person) throw new DirectoryError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
      const { account, objectId } = person;
      res.json({
        '@odata.context': `${base()}/graph/v1.0/$metadata#users/$entity`,
        id: objectId,
        displayName: account.name,
        userPrincipalName: account.username,
        mail: account.username,
      });
    }),
  );
  return router;
};
