import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTokenVerifier } from './access-tokens';
import { createLabApp } from './app';
import { createCalls } from './calls';
import { createGrants } from './directory/grants';
import { applicationName, type Registration } from './directory/registration';
import { tenants } from './directory/tenants.data';
import { createDrills } from './drills';
import { createAuthorizationCodes } from './identity/authorization-code';
import { createClientAuthentication } from './identity/client-authentication';
import { createRefreshTokens } from './identity/refresh-token';
import { createSeal } from './identity/seal';
import { createSigningKeys } from './identity/signing-keys';
import { createSignInSessions } from './identity/sign-in-session';
import { createTokenMaker } from './identity/tokens';
import type { LabContext, LabServiceFactory } from './lab-context';
import { createServiceGate } from './service-gate';
import type { LabSettings } from './settings';

export interface LabOptions {
  readonly settings: LabSettings;
  readonly services?: readonly LabServiceFactory[];
  readonly now?: () => Date;
  readonly progress?: (text: string) => void;
  /** False keeps consents in memory. */
  readonly persist?: boolean;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const registrationOf = (settings: LabSettings): Registration => ({
  clientId: settings.clientId,
  name: applicationName,
  secret: settings.clientSecret,
  certificates: settings.clientCertificates,
  redirectUris: settings.redirectUris,
  ...(settings.frontChannelLogoutUri === undefined ? {} : { frontChannelLogoutUri: settings.frontChannelLogoutUri }),
});

/** Builds the lab and listens; the preparation of its services goes on behind (`prepared`). Rejects when the port is taken. */
export const startLab = async ({
  settings,
  services = [],
  now = () => new Date(),
  progress = () => undefined,
  persist = true,
}: LabOptions) => {
  let port = settings.port;
  const base = (): string => `http://localhost:${port}`;
  const registration = registrationOf(settings);
  const grants = createGrants(persist ? join(settings.dataDir, 'consents.json') : undefined);
  const keys = await createSigningKeys(now);
  const drills = createDrills();
  const calls = createCalls(now);
  // What must not outlive this run is sealed with a key of this run: a redeemed code stays redeemed.
  const ephemeral = randomBytes(32).toString('base64url');
  const identity = {
    registration,
    grants,
    keys,
    drills,
    base,
    now,
    sessions: createSignInSessions(createSeal({ secret: settings.seed, purpose: 'sign-in', now })),
    codes: createAuthorizationCodes(createSeal({ secret: ephemeral, purpose: 'code', now }), now),
    refreshTokens: createRefreshTokens(createSeal({ secret: settings.seed, purpose: 'refresh-token', now })),
    clients: createClientAuthentication(registration, now),
    tokens: createTokenMaker({ keys, clientId: registration.clientId, applicationName, base, now }),
    flowSeal: createSeal({ secret: ephemeral, purpose: 'flow', now }),
  };
  const verify = createTokenVerifier({ keys, grants, base, now });
  const gate = createServiceGate({ verify, drills, calls, base });
  const context: LabContext = { settings, tenants, gate, now, progress };
  const mounts = services.map((create) => create(context));
  const server = createServer(createLabApp({ identity, drills, calls, verify, services: mounts }));
  port = await listen(server, settings.port);
  return Object.freeze({
    url: base(),
    clientId: registration.clientId,
    /** Settles when every service is ready for work. */
    prepared: Promise.all(mounts.map((mount) => mount.prepare?.())).then(() => undefined),
    rollKeys: keys.roll,
    drills,
    calls,
    grants,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all(mounts.map((mount) => mount.stop?.()));
    },
  });
};

export type Lab = Awaited<ReturnType<typeof startLab>>;
