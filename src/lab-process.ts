import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config';
import type { KeyRing } from './database/key-ring';
import { programIn } from './engine/program';

/** The app registration that the lab knows us by, unless the configuration names one: the same at every start, so consents last. */
const registration = '9e5c7c4a-8fcf-45f4-901e-7f6261da085a';

export interface LabAccount {
  readonly username: string;
  /** What signing in as this person shows. */
  readonly purpose: string;
}

export interface LabTenant {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** Its administrator has consented already. */
  readonly connected: boolean;
}

/** A running lab: what takes the cloud's place, and how to end it. */
export interface Lab {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accounts: readonly LabAccount[];
  readonly tenants: readonly LabTenant[];
  /** What its telemetry is, once that is prepared: one line an organization; empty before. */
  readonly telemetry: () => readonly string[];
  readonly ended: Promise<number | null>;
  readonly stop: () => Promise<void>;
}

export interface LabOptions {
  readonly config: Config;
  readonly keys: KeyRing;
  readonly onProgress: (text: string) => void;
}

/** The lab could not start; the message says why in plain words. */
export class LabError extends Error {}

const stopWithinMs = 4_000;

const environmentOf = ({ config, keys }: LabOptions, client: { id: string; secret: string }): NodeJS.ProcessEnv => {
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

interface Ready {
  readonly url: string;
  readonly accounts: readonly LabAccount[];
  readonly tenants: readonly LabTenant[];
}

/** Resolves with the lab's announcement; rejects when it ends before it made one. */
const announcement = (child: ChildProcess, onProgress: (text: string) => void): Promise<Ready> =>
  new Promise((resolve, reject) => {
    child.on('message', (message: { type?: string; text?: string }) => {
      if (message.type === 'progress' || message.type === 'prepared') onProgress(String(message.text));
      if (message.type === 'ready') resolve(message as unknown as Ready);
      if (message.type === 'failed') reject(new LabError(String(message.text)));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new LabError(`The lab ended before it was ready (exit code ${code}); its reason is above.`)));
  });

const stopping = (child: ChildProcess, ended: Promise<unknown>) => async (): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  // The lab stops by itself when the channel to us closes; SIGKILL is for one that hangs.
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(timer);
};

/** Starts the lab as a program of its own and waits until it answers; throws `LabError`. */
export const startLab = async (options: LabOptions): Promise<Lab> => {
  const { signIn } = options.config;
  const client = {
    id: signIn.clientId ?? registration,
    secret: signIn.clientSecret ?? (signIn.certificatePath ? '' : randomBytes(32).toString('base64url')),
  };
  const { file, execArgv } = programIn(join(__dirname, 'lab'), 'main');
  const child = fork(file, [], {
    execArgv: [...execArgv],
    env: environmentOf(options, client),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let telemetry: readonly string[] = [];
  child.on('message', ({ type, text }: { type?: string; text?: string }) => {
    if (type === 'prepared') telemetry = String(text).split('\n').slice(1);
  });
  const ready = await announcement(child, options.onProgress);
  return {
    url: ready.url.replace(/\/+$/, ''),
    clientId: client.id,
    clientSecret: client.secret,
    accounts: ready.accounts,
    tenants: ready.tenants,
    telemetry: () => telemetry,
    ended,
    stop: stopping(child, ended),
  };
};
