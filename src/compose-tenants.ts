import type { RequestHandler } from 'express';
import type { Config } from './config';
import type { SignIn } from './compose-sign-in';
import type { Sessions } from './features/auth/ports';
import { readRedirectAnswer } from './features/auth/redirect-answer';
import { createBoardFacts } from './features/tenants/board/board-facts';
import { createBoardHandlers } from './features/tenants/board/board-handlers';
import { createCheckService } from './features/tenants/board/check-service';
import type { CheckStore } from './features/tenants/board/check-store';
import type { CredentialFacts } from './features/tenants/board/expiry-rows';
import { createConnectHandlers } from './features/tenants/connect/connect-handlers';
import { createConnectService } from './features/tenants/connect/connect-service';
import { storedRows } from './features/tenants/connect/stored-facts';
import { createConsentNeed, type ConsentNeeds } from './features/tenants/consent-need';
import type { HuntingHealth, RecordConsent } from './features/tenants/ports';
import { tenantRoutes } from './features/tenants/routes';
import type { TenantStore } from './features/tenants/store';
import type { SignedInUser, TenantId } from './http/current-user';
import { rateLimit } from './http/middleware/rate-limit';
import { readAuthority } from './identity/authority';

export interface TenantParts {
  readonly config: Pick<Config, 'baseUrl' | 'signIn' | 'huntingProvider' | 'database' | 'keeping' | 'sessions'>;
  readonly upstreams: { readonly authorityHost: string; readonly clientId: string };
  readonly stores: { readonly tenants: TenantStore; readonly checks: CheckStore; readonly sessions: Pick<Sessions, 'details'> };
  readonly signIn: Pick<SignIn, 'connecting' | 'accessTokens' | 'roles'>;
  readonly hunting: HuntingHealth;
  readonly credential: CredentialFacts;
  /** The tenants that this installation serves; null: every tenant whose administrator consented. */
  readonly allowedTenants: readonly string[] | null;
  readonly record: RecordConsent;
  readonly reportFailure: (event: string, error: unknown) => void;
  readonly clock?: () => number;
}

export interface Tenants {
  readonly routes: RequestHandler;
  /** What a feature asks before it uses a permission beyond hunting's. */
  readonly needsConsent: ConsentNeeds['needsConsent'];
  readonly close: () => Promise<void>;
}

const megabyte = 1_048_576;

/** Nobody asks an organization for its consent more often than this. */
const connectLimit = { requests: 60, perMs: 60_000 };

const siteOf = ({ config, upstreams, allowedTenants }: TenantParts) => {
  const { database, keeping, sessions, signIn } = config;
  return {
    provider: config.huntingProvider,
    clientId: upstreams.clientId,
    stored: storedRows({
      database: database.kind,
      idleMinutes: sessions.idleMs / 60_000,
      sessionHours: sessions.absoluteMs / 3_600_000,
      rowDays: keeping.days,
      rowMbPerPerson: keeping.bytesPerUser / megabyte,
      rowMbPerTenant: keeping.bytesPerTenant / megabyte,
    }),
    onlyTenant: signIn.tenant === 'organizations' ? null : signIn.tenant,
    listed: signIn.tenant === 'organizations' && allowedTenants !== null,
    baseUrl: config.baseUrl,
    authority: readAuthority(upstreams.authorityHost).base,
  };
};

const connectHandlersOf = (parts: TenantParts, needs: ConsentNeeds) => {
  const { config, signIn, stores, allowedTenants: allowed, record, clock = Date.now } = parts;
  const { identity, ports } = signIn.connecting;
  const { tenant, consentRedirectUri: redirectUri } = config.signIn;
  const connect = createConnectService({ identity, ports, redirectUri, provider: config.huntingProvider, tenant, allowed, record });
  return createConnectHandlers({ connect, needs, store: stores.tenants, readAnswer: readRedirectAnswer, site: siteOf(parts), clock });
};

const boardHandlersOf = (parts: TenantParts, checks: ReturnType<typeof createCheckService>) => {
  const { config, stores, signIn, hunting, credential, clock = Date.now } = parts;
  const { tenants, explore, withdrawal } = signIn.connecting;
  const provider = config.huntingProvider;
  const facts = createBoardFacts({ store: stores.tenants, checks: stores.checks, hunting, withdrawal, provider });
  const ownToken = (user: SignedInUser) => signIn.accessTokens.heldUntil({ user, tenantId: user.tenantId, resource: provider });
  return createBoardHandlers({
    facts,
    checks,
    explore,
    mayAsk: async (user, tenantId: TenantId) => {
      const found = (await tenants.health(user)).find((tenant) => tenant.tenantId === tenantId);
      if (!found) return false;
      await signIn.roles.assertRole(user, 'hunter', [found]);
      return true;
    },
    session: async (req, user) => {
      const [details, held] = await Promise.all([stores.sessions.details(req), ownToken(user)]);
      const endsAt = details ? details.signedInAt + config.sessions.absoluteMs : null;
      return { endsAt, idleMinutes: config.sessions.idleMs / 60_000, tokenEndsAt: held?.getTime() ?? null };
    },
    credential,
    site: { provider },
    clock,
  });
};

/** Connected organizations: connecting one, its health, and consent for what features need. */
export const composeTenants = (parts: TenantParts): Tenants => {
  const { config, stores, signIn, hunting, record, reportFailure, clock = Date.now } = parts;
  const provider = config.huntingProvider;
  const needs = createConsentNeed({ consents: stores.tenants.consents, acquire: signIn.accessTokens.acquire, provider, clock });
  const checks = createCheckService({ store: stores.checks, hunting, provider, record, reportFailure });
  return Object.freeze({
    routes: tenantRoutes({
      connect: connectHandlersOf(parts, needs),
      board: boardHandlersOf(parts, checks),
      consentRedirectUri: config.signIn.consentRedirectUri,
      limit: rateLimit(connectLimit),
    }),
    needsConsent: needs.needsConsent,
    close: checks.stop,
  });
};
