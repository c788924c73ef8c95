import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTokenVerifier } from './access-tokens';
import { createLabApp } from './app';
import { createCalls } from './calls';
import { createLabClock } from './clock';
import { createApplications } from './directory/applications';
import { applicationGrants, createGrants } from './directory/grants';
import { applicationName, type Registration } from './directory/registration';
import { resources } from './directory/resources.data';
import { createAppRoles } from './directory/app-roles';
import { createLicences } from './directory/licences';
import { createRegistrations } from './directory/registrations';
import { createRevocations } from './directory/revocations';
import { registeredGrants } from './directory/scopes';
import { tenants, type Tenant } from './directory/tenants.data';
import { createDrills } from './drills';
import { directoryRoutes } from './graph/directory-routes';
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
  tellsDirectoryRoles: true,
  delegated: registeredGrants(),
  application: applicationGrants(),
  ...(settings.frontChannelLogoutUri === undefined ? {} : { frontChannelLogoutUri: settings.frontChannelLogoutUri }),
});

interface PartsOptions extends Pick<LabOptions, 'settings'> {
  readonly keys: SigningKeys;
  readonly persist: boolean;
  readonly base: () => string;
  readonly now: () => Date;
}

/** What the lab keeps, who may do what, and the door of its services. */
const createParts = ({ settings, keys, persist, base, now: real }: PartsOptions) => {
  const clock = createLabClock(real);
  const { now } = clock;
  const licences = createLicences();
  const file = (name: string): string | undefined => (persist ? join(settings.dataDir, name) : undefined);
  const applications = createApplications(file('applications.json'), now);
  const registrations = createRegistrations({ builtIn: registrationOf(settings), registered: applications.registrations });
  const grants = createGrants(file('consents.json'), settings.clientId);
  const roles = createAppRoles(file('roles.json'));
  const revocations = createRevocations(now);
  const drills = createDrills();
  const calls = createCalls(now);
  const { seed, deviceInterval } = settings;
  const identity = createIdentity({ registrations, grants, licences, roles, keys, drills, revocations, seed, deviceInterval, base, now });
  const verify = createTokenVerifier({ keys, grants, revocations, base, now });
  const gate = createServiceGate({ verify, drills, calls, base });
  const resourcesOf = (tenant: Tenant) => resources.filter(({ audience }) => !licences.lacks(tenant, audience));
  const graph = directoryRoutes({ gate, applications, registrations, grants, base, now, resourcesOf });
  return { clock, licences, applications, grants, roles, revocations, drills, calls, identity, verify, gate, directory: { graph } };
};

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
  const keys = given ?? (await createSigningKeys(now));
  const { directory, gate, grants, roles, ...parts } = createParts({ settings, keys, persist, base, now });
  const context: LabContext = { settings, tenants, gate, now, progress };
  const mounts = services.map((create) => create(context));
  const server = createServer(createLabApp({ ...parts, services: [directory, ...mounts] }));
  port = await listen(server, settings.port);
  return Object.freeze({
    url: base(),
    clientId: settings.clientId,
    /** Settles when every service is ready for work. */
    prepared: Promise.all(mounts.map((mount) => mount.prepare?.())).then(() => undefined),
    rollKeys: keys.roll,
    drills: parts.drills,
    calls: parts.calls,
    grants,
    roles,
    applications: parts.applications,
    clock: parts.clock,
    licences: parts.licences,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all(mounts.map((mount) => mount.stop?.()));
    },
  });
};

export type Lab = Awaited<ReturnType<typeof startLab>>;
