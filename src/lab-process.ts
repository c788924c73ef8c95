import { randomBytes } from 'node:crypto';
import type { Config } from './config';
import type { KeyRing } from './database/key-ring';
import { launchLab, type Announcement, type LabChild, type LabEnd } from './lab-child';

/** The app registration that the lab knows us by, unless the configuration names one: the same at every start, so consents last. */
const registration = '9e5c7c4a-8fcf-45f4-901e-7f6261da085a';

/** A lab that is kept running: what takes the cloud's place, and how to end it. */
export interface Lab extends Announcement {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its telemetry is, once that is prepared: one line an organization; empty before. */
  readonly telemetry: () => readonly string[];
  /** Whether it answers now: not between its death and its next start. */
  readonly alive: () => boolean;
  /** Its process right now. */
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

/** `ended`: by itself, and it will be started again; `back`: it answers again; `gone`: it ended too often and stays away. */
export type LabNews = { readonly what: 'ended'; readonly end: LabEnd } | { readonly what: 'back' } | { readonly what: 'gone' };

export interface LabOptions {
  readonly config: Config;
  readonly keys: KeyRing;
  readonly onProgress: (text: string) => void;
  readonly onNews?: (news: LabNews) => void;
}

/** Waits before each start in a row that fails; behind the last one the lab stays away. */
const backOffMs = [250, 1_000, 2_000, 5_000, 15_000, 30_000];
/** A lab that ran for so long has not ended because it cannot start. */
const steadyMs = 60_000;

interface Client {
  readonly id: string;
  readonly secret: string;
}

const environmentOf = ({ config, keys }: LabOptions, client: Client): NodeJS.ProcessEnv => {
  const { lab, signIn, dataDir, baseUrl } = config;
  const oldest = keys[keys.length - 1] ?? keys[0];
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    DATA_DIR: dataDir,
    LAB_PORT: String(lab?.port),
    LAB_DATA: lab?.data ?? '',
    LAB_SHIFT: lab?.shift === false ? 'off' : 'on',
    LAB_EVENTS: String(lab?.events),
    LAB_CLIENT_ID: client.id,
    LAB_CLIENT_SECRET: client.secret,
    LAB_CLIENT_CERTIFICATE_PATH: signIn.certificatePath ?? '',
    // Refresh tokens outlive a restart of both programs, and a new key at the head of the ring.
    LAB_SEED: oldest.derive('lab').toString('base64url'),
    LAB_REDIRECT_URIS: [signIn.redirectUri, signIn.consentRedirectUri, `${baseUrl}/`].join(','),
    LAB_FRONT_CHANNEL_LOGOUT_URI: `${baseUrl}/auth/frontchannel-logout`,
  };
};

interface Keeping {
  readonly launch: () => LabChild;
  readonly onNews: (news: LabNews) => void;
}

/** Starts the lab again whenever it ends by itself, at growing intervals, until it does not come back. */
const keepRunning = (first: LabChild, { launch, onNews }: Keeping) => {
  let [child, alive, ending] = [first, true, false];
  let wake = (): void => undefined;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => (clearTimeout(timer), resolve());
    });

  /** Whether it answers again. */
  const revive = async (wait: number): Promise<boolean> => {
    await pause(wait);
    if (ending) return false;
    child = launch();
    return child.ready.then(
      () => true,
      () => false,
    );
  };

  const watch = async (): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      const began = Date.now();
      const end = await child.ended;
      alive = false;
      if (ending) return;
      if (Date.now() - began > steadyMs) failures = 0;
      onNews({ what: 'ended', end });
      const wait = backOffMs[failures];
      if (wait === undefined) return onNews({ what: 'gone' });
      alive = await revive(wait);
      if (alive) onNews({ what: 'back' });
    }
  };

  void watch();
  return {
    alive: () => alive,
    pid: () => child.pid,
    stop: async (): Promise<void> => {
      ending = true;
      wake();
      await child.stop();
    },
  };
};

/** Starts the lab as a program of its own, waits until it answers and keeps it running; throws `LabError`. */
export const startLab = async (options: LabOptions): Promise<Lab> => {
  const { signIn } = options.config;
  const client = {
    id: signIn.clientId ?? registration,
    secret: signIn.clientSecret ?? (signIn.certificatePath ? '' : randomBytes(32).toString('base64url')),
  };
  const environment = environmentOf(options, client);
  let telemetry: readonly string[] = [];
  const launch = (more: NodeJS.ProcessEnv = {}): LabChild =>
    launchLab({
      environment: { ...environment, ...more },
      onProgress: options.onProgress,
      onTelemetry: (lines) => void (telemetry = lines),
    });
  const first = launch();
  const { url, accounts, tenants } = await first.ready;
  // Whoever knew the first one finds the next ones at the same place.
  const again = (): LabChild => launch({ LAB_PORT: new URL(url).port });
  const kept = keepRunning(first, { launch: again, onNews: options.onNews ?? (() => undefined) });
  return {
    url: url.replace(/\/+$/, ''),
    clientId: client.id,
    clientSecret: client.secret,
    accounts,
    tenants,
    telemetry: () => telemetry,
    ...kept,
  };
};
