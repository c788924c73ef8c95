import { Router } from 'express';
import { applicationRoutes, type ApplicationRoutesDeps } from './application-routes';
import { organizationRoutes } from './organization-routes';
import { principalRoutes, type PrincipalRoutesDeps } from './principal-routes';

export type DirectoryRoutesDeps = ApplicationRoutesDeps & PrincipalRoutesDeps;

/** Graph's part that keeps app registrations: as much of it as registering an app needs. */
export const directoryRoutes = (deps: DirectoryRoutesDeps): Router =>
  Router().use(applicationRoutes(deps), principalRoutes(deps), organizationRoutes(deps));
