import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { programIn } from './engine/program';

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

/** What the lab says of itself once it answers. */
export interface Announcement {
  readonly url: string;
  readonly accounts: readonly LabAccount[];
  readonly tenants: readonly LabTenant[];
}

/** How a lab's process ended. */
export interface LabEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The lab could not start; the message says why in plain words. */
export class LabError extends Error {}

export interface LabChild {
  readonly pid: number | undefined;
  /** Rejects with `LabError` when the process ends before it answers. */
  readonly ready: Promise<Announcement>;
  readonly ended: Promise<LabEnd>;
  readonly stop: () => Promise<void>;
}

export interface LabChildOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly onProgress: (text: string) => void;
  /** Its telemetry is prepared: one line an organization. */
  readonly onTelemetry: (lines: readonly string[]) => void;
}

const stopWithinMs = 4_000;

/** Resolves with the lab's announcement; rejects when it ends before it made one. */
const announcement = (child: ChildProcess): Promise<Announcement> =>
  new Promise((resolve, reject) => {
    child.on('message', (message: { type?: string; text?: string }) => {
      if (message.type === 'ready') resolve(message as unknown as Announcement);
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

/** Starts the lab as a program of its own. */
export const launchLab = ({ environment, onProgress, onTelemetry }: LabChildOptions): LabChild => {
  const { file, execArgv } = programIn(join(__dirname, 'lab'), 'main');
  const child = fork(file, [], { execArgv: [...execArgv], env: environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<LabEnd>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  child.on('message', ({ type, text }: { type?: string; text?: string }) => {
    if (type === 'progress' || type === 'prepared') onProgress(String(text));
    if (type === 'prepared') onTelemetry(String(text).split('\n').slice(1));
  });
  return { pid: child.pid, ready: announcement(child), ended, stop: stopping(child, ended) };
};
