import express, { Router } from 'express';
import type { Application } from '../directory/application';
import type { Applications } from '../directory/applications';
import type { Grants } from '../directory/grants';
import type { ServiceGate } from '../service-gate';
import { readApplication, readNewApplication, readPasswordWish } from './application-request';
import { badRequest, directoryRoute, notFound, type DirectoryCall } from './directory-call';
import { presentApplication } from './present';
import { filtered, selectOf } from './query';

export interface ApplicationRoutesDeps {
  readonly gate: ServiceGate;
  readonly applications: Applications;
  readonly grants: Grants;
  readonly base: () => string;
  readonly now: () => Date;
}

const byId = /^\/v1\.0\/applications\/([0-9a-f-]{36})$/i;
const byAppId = /^\/v1\.0\/applications\(appId='([^']*)'\)$/;
const byUniqueName = /^\/v1\.0\/applications\(uniqueName='([^']*)'\)$/;
const addPassword = /^\/v1\.0\/applications\/([0-9a-f-]{36})\/addPassword$/i;
const removePassword = /^\/v1\.0\/applications\/([0-9a-f-]{36})\/removePassword$/i;

const twoYears = (from: Date): string => new Date(from.getTime() + 730 * 86_400_000).toISOString();

const finding = ({ applications, base }: ApplicationRoutesDeps) => {
  const among = (tenantId: string): readonly Application[] => applications.all().filter((one) => one.tenantId === tenantId);
  const find = ({ tenantId, key }: DirectoryCall, property: 'id' | 'appId' | 'uniqueName'): Application => {
    const found = among(tenantId).find((one) => one[property] === key);
    if (!found) throw notFound(key);
    return found;
  };
  const context = (tail: string): string => `${base()}/graph/v1.0/$metadata#applications${tail}`;
  const show = ({ req, res }: DirectoryCall, one: Application, status = 200): void =>
    void res.status(status).json({ '@odata.context': context('/$entity'), ...presentApplication(one, selectOf(req.query)) });
  return { among, find, context, show };
};

/** What a write does; each ends the answer. */
const writing = (deps: ApplicationRoutesDeps) => {
  const { applications, grants, base, now } = deps;
  const { among, find, show } = finding(deps);
  const create = (directory: DirectoryCall, uniqueName: string | null): void =>
    show(directory, applications.create(directory.tenantId, uniqueName, readNewApplication(directory.req.body)), 201);
  return {
    create: (directory: DirectoryCall): void => create(directory, null),
    change: (directory: DirectoryCall): void => {
      applications.change(find(directory, 'id'), readApplication(directory.req.body));
      directory.res.status(204).end();
    },
    /** Found by the name that its maker gave it, or made under that name. */
    upsert: (directory: DirectoryCall): void => {
      const { tenantId, key, req, res } = directory;
      const known = among(tenantId).find(({ uniqueName }) => uniqueName === key);
      if (!known && !/\bcreate-if-missing\b/.test(String(req.headers['prefer']))) throw notFound(key);
      if (!known) return create(directory, key);
      applications.change(known, readApplication(req.body));
      res.status(204).end();
    },
    remove: (directory: DirectoryCall): void => {
      const one = find(directory, 'id');
      applications.remove(one);
      grants.forget(one.appId);
      directory.res.status(204).end();
    },
    addPassword: (directory: DirectoryCall): void => {
      const { displayName, endDateTime = twoYears(now()) } = readPasswordWish(directory.req.body);
      const made = applications.addPassword(find(directory, 'id'), { displayName, endDateTime });
      const context = `${base()}/graph/v1.0/$metadata#microsoft.graph.passwordCredential`;
      directory.res.json({ '@odata.context': context, customKeyIdentifier: null, ...made });
    },
    removePassword: (directory: DirectoryCall): void => {
      const keyId = String((directory.req.body as { keyId?: unknown } | undefined)?.keyId);
      const removed = applications.removePassword(find(directory, 'id'), keyId);
      if (!removed) throw badRequest(`No password credential found with keyId ${keyId}.`);
      directory.res.status(204).end();
    },
  };
};

/** `/applications`: the registrations of the caller's own tenant. */
export const applicationRoutes = (deps: ApplicationRoutesDeps): Router => {
  const route = directoryRoute(deps.gate);
  const { among, find, context, show } = finding(deps);
  const write = writing(deps);
  const router = Router();
  const list = ({ req, res, tenantId }: DirectoryCall): void => {
    const found = filtered(among(tenantId), req.query).map((one) => presentApplication(one, selectOf(req.query)));
    const keyless = found.map((one) => ('keyCredentials' in one ? { ...one, keyCredentials: [] } : one));
    res.json({ '@odata.context': context(''), value: keyless });
  };
  router.use(/^\/v1\.0\/applications\b.*/, express.json({ limit: '512kb' }));
  router.get('/v1.0/applications', ...route({}, list));
  router.get(byId, ...route({}, (directory) => show(directory, find(directory, 'id'))));
  router.get(byAppId, ...route({}, (directory) => show(directory, find(directory, 'appId'))));
  router.get(byUniqueName, ...route({}, (directory) => show(directory, find(directory, 'uniqueName'))));
  router.post('/v1.0/applications', ...route({ writes: true }, write.create));
  router.patch(byId, ...route({ writes: true }, write.change));
  router.patch(byUniqueName, ...route({ writes: true }, write.upsert));
  router.delete(byId, ...route({ writes: true }, write.remove));
  router.post(addPassword, ...route({ writes: true }, write.addPassword));
  router.post(removePassword, ...route({ writes: true }, write.removePassword));
  return router;
};
