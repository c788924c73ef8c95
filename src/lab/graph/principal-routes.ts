import express, { Router } from 'express';
import { z } from 'zod';
import type { Applications } from '../directory/applications';
import { findTenant } from '../directory/directory';
import type { Grants } from '../directory/grants';
import type { Registrations } from '../directory/registrations';
import type { Resource } from '../directory/resources.data';
import type { Tenant } from '../directory/tenants.data';
import type { ServiceGate } from '../service-gate';
import { DirectoryError, directoryRoute, notFound, type DirectoryCall } from './directory-call';
import { applicationGrants, delegatedGrants } from './granted';
import { presentPrincipal, presentResource } from './present';
import { filtered, narrow, selectOf } from './query';

export interface PrincipalRoutesDeps {
  readonly gate: ServiceGate;
  readonly applications: Applications;
  readonly registrations: Registrations;
  readonly grants: Grants;
  readonly base: () => string;
  /** The APIs that this tenant has: without a licence, some are not there. */
  readonly resourcesOf: (tenant: Tenant) => readonly Resource[];
}

type Json = Readonly<Record<string, unknown>>;

const byAppId = /^\/v1\.0\/servicePrincipals\(appId='([^']*)'\)$/;
const byId = /^\/v1\.0\/servicePrincipals\/([0-9a-f-]{36})$/i;
const roleAssignments = /^\/v1\.0\/servicePrincipals\/([0-9a-f-]{36})\/appRoleAssignments$/i;
const permissionGrants = /^\/v1\.0\/servicePrincipals\/([0-9a-f-]{36})\/oauth2PermissionGrants$/i;

const tenantOf = ({ tenantId }: DirectoryCall): Tenant => findTenant(tenantId) as Tenant;

const principals = ({ applications, registrations, grants, resourcesOf }: PrincipalRoutesDeps) => {
  const applicationOf = (clientId: string) => applications.all().find(({ appId }) => appId === clientId);
  /** The apps that have a service principal there. */
  const appsIn = (tenant: Tenant) =>
    registrations.all().filter(({ clientId, publicClient }) => publicClient || grants.for(clientId).connected(tenant));
  const all = (tenant: Tenant): readonly Json[] => [
    ...resourcesOf(tenant).map((resource) => presentResource(tenant.id, resource)),
    ...appsIn(tenant).map((registration) => presentPrincipal(tenant.id, registration, applicationOf(registration.clientId))),
  ];
  const find = (directory: DirectoryCall, property: 'id' | 'appId'): Json => {
    const found = all(tenantOf(directory)).find((one) => one[property] === directory.key.toLowerCase());
    if (!found) throw notFound(directory.key);
    return found;
  };
  return { applicationOf, appsIn, all, find };
};

/** An app gets a service principal in the caller's tenant; nothing is granted to it by that. */
const adding = (deps: PrincipalRoutesDeps, context: () => string) => {
  const { applicationOf } = principals(deps);
  return (directory: DirectoryCall): void => {
    const { req, res, tenantId } = directory;
    const appId = z.object({ appId: z.guid().toLowerCase() }).safeParse(req.body).data?.appId ?? '';
    const [registration, application] = [deps.registrations.find(appId), applicationOf(appId)];
    const foreign = application?.signInAudience === 'AzureADMyOrg' && application.tenantId !== tenantId;
    if (!registration || foreign) {
      throw new DirectoryError(400, 'NoBackingApplicationObject', `The appId '${appId}' does not reference a valid application object.`);
    }
    const own = deps.grants.for(registration.clientId);
    if (own.connected(tenantOf(directory))) {
      const text = `The service principal cannot be created because the service principal name ${appId} is already in use.`;
      throw new DirectoryError(409, 'Request_MultipleObjectsWithSameKeyValue', text);
    }
    own.grantTenant(tenantOf(directory), { delegated: [], application: [] });
    res.status(201).json({ '@odata.context': context(), ...presentPrincipal(tenantId, registration, application) });
  };
};

/** `servicePrincipals` of the caller's tenant, and what was granted to them. */
export const principalRoutes = (deps: PrincipalRoutesDeps): Router => {
  const route = directoryRoute(deps.gate);
  const { grants } = deps;
  const { all, find, appsIn } = principals(deps);
  const context = (tail: string): string => `${deps.base()}/graph/v1.0/$metadata#${tail}`;
  const entity = (): string => context('servicePrincipals/$entity');
  const show = (directory: DirectoryCall, one: Json): void =>
    void directory.res.json({ '@odata.context': entity(), ...narrow(one, selectOf(directory.req.query)) });
  const list = (directory: DirectoryCall): void => {
    const { query } = directory.req;
    const value = filtered(all(tenantOf(directory)), query).map((one) => narrow(one, selectOf(query)));
    directory.res.json({ '@odata.context': context('servicePrincipals'), value });
  };
  const granted = (directory: DirectoryCall): void => {
    const tenant = tenantOf(directory);
    const value = appsIn(tenant).flatMap(({ clientId }) => delegatedGrants(grants, tenant, clientId));
    directory.res.json({ '@odata.context': context('oauth2PermissionGrants'), value: filtered(value, directory.req.query) });
  };
  const one = (directory: DirectoryCall, of: typeof delegatedGrants): void => {
    const value = of(grants, tenantOf(directory), String(find(directory, 'id')['appId']));
    directory.res.json({ '@odata.context': context('servicePrincipals'), value });
  };

  const router = Router();
  router.get('/v1.0/servicePrincipals', ...route({}, list));
  router.get(byAppId, ...route({}, (directory) => show(directory, find(directory, 'appId'))));
  router.get(byId, ...route({}, (directory) => show(directory, find(directory, 'id'))));
  router.post('/v1.0/servicePrincipals', express.json({ limit: '64kb' }), ...route({ writes: true }, adding(deps, entity)));
  router.get(permissionGrants, ...route({}, (directory) => one(directory, delegatedGrants)));
  router.get(roleAssignments, ...route({}, (directory) => one(directory, applicationGrants)));
  router.get('/v1.0/oauth2PermissionGrants', ...route({}, granted));
  return router;
};
