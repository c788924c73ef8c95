import type { Request, RequestHandler, Response } from 'express';
import type { Caller, Demand, TokenVerdict, TokenVerifier } from './access-tokens';
import type { Calls } from './calls';
import type { Drills, LabService } from './drills';
import { showFault } from './faults';
import { serviceDialect } from './service-errors';

/** A call that got through: who calls, and a fault that the service itself has to act out. */
export interface ServiceCall {
  readonly caller: Caller;
  /** End the result at a row limit, as a real service's cut does. */
  readonly cut: boolean;
  /** The ledger's id of the call, and what the answer names as its request id. */
  readonly requestId: string;
}

export interface GateDemand extends Demand {
  /** The service whose drills this route suffers and under which the ledger keeps it. */
  readonly service: Exclude<LabService, 'identity'>;
}

export type ServiceHandler = (call: ServiceCall, req: Request, res: Response) => Promise<void> | void;

export interface GateDeps {
  readonly verify: TokenVerifier;
  readonly drills: Drills;
  readonly calls: Calls;
  readonly base: () => string;
}

type Refusal = Exclude<TokenVerdict, { readonly ok: true }>;

const challenge = (base: string, more = ''): string => `Bearer realm="", authorization_uri="${base}/common/oauth2/authorize"${more}`;

/** A claims challenge asks for a token that is newer than this moment. */
const claimsChallenge = (): string =>
  Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value: String(Math.floor(Date.now() / 1000)) } } })).toString(
    'base64',
  );

/**
 * The door of every service route: enters the call in the ledger, verifies its token, acts out armed drills and refuses in the service's
 * own dialect. Only a permitted call reaches the handler. A drill counts only calls that carry a good token.
 */
export const createServiceGate = ({ verify, drills, calls, base }: GateDeps) => {
  const refuse = (res: Response, refusal: Refusal, dialect: ReturnType<typeof serviceDialect>): void => {
    const forbidden = refusal.problem === 'forbidden' || refusal.problem === 'consent';
    if (!forbidden) res.set('WWW-Authenticate', challenge(base(), refusal.problem === 'missing' ? '' : ', error="invalid_token"'));
    res.status(forbidden ? 403 : 401).json(forbidden ? dialect.forbidden(refusal.detail) : dialect.unauthorized(refusal.detail));
  };

  return (demand: GateDemand, handle: ServiceHandler): RequestHandler[] => [
    calls.record(demand.service),
    async (req, res) => {
      const entry = calls.of(req);
      const requestId = entry?.requestId ?? '';
      const dialect = serviceDialect(demand.audience, requestId, req.headers['client-request-id']);
      res.set({ 'request-id': requestId, 'Cache-Control': 'no-store' });
      const verdict = await verify(req.headers.authorization, demand);
      const tenantId = verdict.ok ? verdict.caller.tenant.id : verdict.tenantId;
      if (entry) entry.tenant = tenantId ?? null;
      if (!verdict.ok) return refuse(res, verdict, dialect);
      const due = drills.take(demand.service, tenantId);
      if (entry && due) entry.fault = due.fault;
      if (due?.fault === 'consent') return refuse(res, { ok: false, problem: 'consent', tenantId, detail: dialect.withdrawn }, dialect);
      if (due?.fault === 'claims') {
        res.set('WWW-Authenticate', challenge(base(), `, error="insufficient_claims", claims="${claimsChallenge()}"`));
        return void res
          .status(401)
          .json(dialect.unauthorized('Continuous access evaluation resulted in challenge with result: InteractionRequired'));
      }
      if (due && showFault(res, due, dialect)) return;
      return handle({ caller: verdict.caller, cut: due?.fault === 'cut', requestId }, req, res);
    },
  ];
};

export type ServiceGate = ReturnType<typeof createServiceGate>;
