import { Router, type Request } from 'express';
import type { LabCall } from '../calls';
import { showFault } from '../faults';
import { checkAudience } from './authorize-request';
import { resolveAuthority, type Authority } from './discovery';
import { grantByClient } from './grant-by-client';
import { grantByCode } from './grant-by-code';
import { grantByDeviceCode } from './grant-by-device-code';
import { grantByRefreshToken } from './grant-by-refresh-token';
import type { IdentityDeps } from './identity-deps';
import { strongClaims } from './sign-in-step';
import { createTrace, errorBody, StsError, type Trace } from './sts-error';
import type { GrantRequest, Redeem, TokenAnswer } from './token-issue';
import { demand, tokenParameters } from './token-request';

const statusOf = (error: StsError): number => (error.oauthError === 'invalid_client' ? 401 : 400);

/** The two faults that the identity service words itself. */
const injected = (fault: string | undefined, { registrations: { builtIn } }: IdentityDeps): StsError | undefined => {
  if (fault === 'licence') return new StsError(650052, ['WindowsDefenderATP', 'the tenant']);
  if (fault === 'consent') return new StsError(65001, [builtIn.clientId, builtIn.name]);
  return fault === 'claims' ? new StsError(50076, [builtIn.name], { error: 'invalid_grant', claims: strongClaims }) : undefined;
};

const dialect = ({ traceId, correlationId }: Trace) => {
  const body = (error: string, description: string) => ({
    error,
    error_description: description,
    trace_id: traceId,
    correlation_id: correlationId,
  });
  return {
    throttled: () =>
      body('temporarily_unavailable', 'AADSTS90055: The server has terminated the request because of an excessive number of requests.'),
    broken: (status: number) =>
      body(status === 504 ? 'temporarily_unavailable' : 'server_error', 'AADSTS90033: A transient error has occurred. Please try again.'),
  };
};

const proveClient = (
  deps: IdentityDeps,
  req: Request,
  { read, authority }: Omit<GrantRequest, 'client'>,
): Promise<GrantRequest['client']> => {
  const segments = new Set([authority.segment, authority.kind === 'tenant' ? authority.tenant.id : authority.segment]);
  const endpoints = [...segments].map((segment) => `${deps.base()}/${segment}/oauth2/v2.0/token`);
  const claim = {
    clientId: read('client_id'),
    secret: read('client_secret'),
    assertion: read('client_assertion'),
    assertionType: read('client_assertion_type'),
    authorization: req.headers.authorization,
  };
  return deps.clients.prove(claim, endpoints);
};

/** The token endpoint. `callOf` finds the ledger's entry of a request, which a fault or the tenant's name is added to. */
export const tokenRoutes = (deps: IdentityDeps, callOf: (req: Request) => LabCall | undefined): Router => {
  const grants = new Map<string, Redeem>([
    ['authorization_code', grantByCode(deps)],
    ['refresh_token', grantByRefreshToken(deps)],
    ['client_credentials', grantByClient(deps)],
    ['urn:ietf:params:oauth:grant-type:device_code', grantByDeviceCode(deps)],
  ]);

  const answer = async (req: Request, authority: Authority | undefined, segment: string): Promise<TokenAnswer> => {
    if (!authority) throw new StsError(90002, [segment]);
    const { builtIn } = deps.registrations;
    if (authority.kind === 'consumers') throw new StsError(9002332, [builtIn.name, builtIn.clientId]);
    const read = tokenParameters(req);
    const grantType = demand(read, 'grant_type');
    const client = await proveClient(deps, req, { read, authority });
    checkAudience(client.registration, authority);
    const redeem = grants.get(grantType);
    if (!redeem) throw new StsError(70003, [grantType]);
    return redeem({ read, authority, client });
  };

  const attempt = async (req: Request, authority: Authority | undefined, fault: string | undefined): Promise<TokenAnswer> => {
    const error = injected(fault, deps);
    if (error) throw error;
    return answer(req, authority, String(req.params.authority));
  };

  const router = Router();
  router.all('/:authority/oauth2/v2.0/token', async (req, res) => {
    const trace = createTrace(req.headers['client-request-id'] ?? req.query['client-request-id'], deps.now());
    const authority = resolveAuthority(req.params.authority);
    const call = callOf(req);
    res.set({
      'Cache-Control': 'no-store, no-cache',
      Pragma: 'no-cache',
      'x-ms-request-id': trace.traceId,
      'client-request-id': trace.correlationId,
    });
    const due = deps.drills.take('identity', authority?.kind === 'tenant' ? authority.tenant.id : undefined);
    if (call && due) call.fault = due.fault;
    if (due && showFault(res, due, dialect(trace))) return;
    try {
      const { tenantId, body } = await attempt(req, authority, due?.fault);
      if (call) call.tenant = tenantId;
      res.json(body);
    } catch (thrown) {
      if (!(thrown instanceof StsError)) throw thrown;
      res.status(statusOf(thrown)).json(errorBody(thrown, trace, deps.base()));
    }
  });
  return router;
};
