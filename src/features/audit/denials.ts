import type { Request } from 'express';
import type { AppError } from '../../errors';
import { currentUser, type SignedInUser } from '../../http/current-user';
import { actorOf, installationChain, type AuditEvent } from './audit-event';

/** Nobody fills a chain by knocking: of strangers so many refusals a minute are recorded, the others are in the log alone. */
const mostOfStrangers = { records: 60, perMs: 60_000 };

export interface DenialOptions {
  /** Paths whose refusals are recorded as what they are: a sign-in, a consent. */
  readonly recordedElsewhere: readonly string[];
  readonly clock: () => number;
}

const actions: Readonly<Partial<Record<AppError['kind'], string>>> = { forbidden: 'access-denied', 'too-many': 'rate-limited' };

/** The route as it was declared, or the first part of the path: no id, query or code of an address. */
const routeOf = (req: Request): string => {
  const path = (req.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? `${req.baseUrl}${path}` : `/${req.path.split('/')[1] ?? ''}`.slice(0, 100);
};

/** Refusals that the error page ends on, as records. */
export const createDenials = ({ recordedElsewhere, clock }: DenialOptions) => {
  let [since, strangers] = [clock(), 0];
  const mayRecordStranger = (): boolean => {
    if (clock() - since >= mostOfStrangers.perMs) [since, strangers] = [clock(), 0];
    strangers += 1;
    return strangers <= mostOfStrangers.records;
  };

  // Refusals of somebody who is not signed in are those of signing in, and recorded as such; a forged request or a flood is not.
  const isWorthIt = (error: AppError, user: SignedInUser | undefined): boolean =>
    user?.connected === true || ((user !== undefined || error.code === 'cross-origin' || error.kind === 'too-many') && mayRecordStranger());

  return (error: AppError, req: Request): AuditEvent | undefined => {
    const action = actions[error.kind];
    const user = currentUser(req);
    if (!action || recordedElsewhere.includes(req.path) || !isWorthIt(error, user)) return undefined;
    const role = error.detail?.['role'];
    const facts = { code: error.code, method: req.method, route: routeOf(req), role };
    return { chain: user?.connected ? user.tenantId : installationChain, action, actor: user ? actorOf(user) : null, ownData: true, facts };
  };
};
