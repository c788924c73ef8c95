import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTokenVerifier } from './access-tokens';
import { createLabApp } from './app';
import { createCalls } from './calls';
import { applicationGrants, createGrants } from './directory/grants';
import { applicationName, type Registration } from './directory/registration';
import { createRegistrations } from './directory/registrations';
import { createRevocations } from './directory/revocations';
import { registeredGrants } from './directory/scopes';
import { tenants } from './directory/tenants.data';
import { createDrills } from './drills';
import { createIdentity } from './identity/identity';
import { createSigningKeys, type SigningKeys } from './identity/signing-keys';
import type { LabContext, LabServiceFactory } from './lab-context';
import { createServiceGate } from './service-gate';
import type { LabSettings } from './settings';

export interface LabOptions {
  readonly settings: LabSettings;
  readonly services?: readonly LabServiceFactory[];
  readonly now?: () => Date;
  readonly progress?: (text: string) => void;
  /** Made when absent. */
  readonly keys?: SigningKeys;
  /** False keeps consents in memory. */
  readonly persist?: boolean;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** The registration that the lab is started with; it does not expire. */
const registrationOf = (settings: LabSettings): Registration => ({
  clientId: settings.clientId,
  name: applicationName,
  secrets: [{ digest: createHash('sha256').update(settings.clientSecret).digest('base64url') }],
  certificates: settings.clientCertificates.map((pem) => ({ pem })),
  redirectUris: settings.redirectUris,
  publicClient: false,
  delegated: registeredGrants(),
  application: applicationGrants(),
  ...(settings.frontChannelLogoutUri === undefined ? {} : { frontChannelLogoutUri: settings.frontChannelLogoutUri }),
});

/** Builds the lab and listens; the preparation of its services goes on behind (`prepared`). Rejects when the port is taken. */
export const startLab = async ({
  settings,
  services = [],
  now = () => new Date(),
  progress = () => undefined,
  persist = true,
  keys: given,
}: LabOptions) => {
  let port = settings.port;
  const base = (): string => `http://localhost:${port}`;
  const registrations = createRegistrations({ builtIn: registrationOf(settings), registered: () => [] });
  const grants = createGrants(persist ? join(settings.dataDir, 'consents.json') : undefined, settings.clientId);
  const keys = given ?? (await createSigningKeys(now));
  const revocations = createRevocations(now);
  const drills = createDrills();
  const calls = createCalls(now);
  const identity = createIdentity({ registrations, grants, keys, drills, revocations, seed: settings.seed, base, now });
  const verify = createTokenVerifier({ keys, grants, revocations, base, now });
  const gate = createServiceGate({ verify, drills, calls, base });
  const context: LabContext = { settings, tenants, gate, now, progress };
  const mounts = services.map((create) => create(context));
  const server = createServer(createLabApp({ identity, drills, calls, verify, revocations, services: mounts }));
  port = await listen(server, settings.port);
  return Object.freeze({
    url: base(),
    clientId: settings.clientId,
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
