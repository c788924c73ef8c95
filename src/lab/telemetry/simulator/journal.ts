import type { FileRef } from './files';
import type { Account } from './accounts';
import type { Device } from './devices';
import type { Fields, Sink } from './sink';
import type { Ticks } from './window';

/** A running process, as the events it causes refer to it; `p` is its row in the process table. */
export interface ProcessRef {
  readonly p: number;
  readonly file: FileRef;
  readonly pid: number;
  readonly command: string;
  readonly at: Ticks;
  readonly account: Account;
  readonly parent: ProcessRef | undefined;
  readonly integrity: Integrity;
  readonly session: number;
  readonly logon: number;
  readonly remote: Remote | undefined;
}

export type Integrity = 'Low' | 'Medium' | 'High' | 'System';

/** Where the person behind a remote session sits. */
export interface Remote {
  readonly device: string;
  readonly ip: string;
}

export interface StartSpec {
  readonly file: FileRef;
  readonly at: Ticks;
  readonly command?: string;
  readonly parent?: ProcessRef | undefined;
  /** As the parent's, when absent. */
  readonly account?: Account;
  readonly integrity?: Integrity;
  readonly session?: number;
  readonly logon?: number;
  readonly remote?: Remote;
  readonly pid?: number;
  /** False for what started before the sensor looked. */
  readonly recorded?: boolean;
}

/** What an event is about, beside its own fields. */
export interface About {
  readonly at: Ticks;
  readonly by?: ProcessRef | undefined;
  readonly file?: FileRef | undefined;
  /** The process that was started, opened or injected into. */
  readonly target?: ProcessRef | undefined;
}

interface Entry {
  readonly at: Ticks;
  readonly table: string;
  readonly keys: string;
  readonly fields: Fields | undefined;
}

/** The sensor of one device: it records events, numbers them in time order, and hands them to the sink at `flush`. */
export interface Journal {
  readonly device: Device;
  /** Starts a process and records that, unless it began before the window or `recorded` is false. */
  start(spec: StartSpec): ProcessRef;
  emit(table: string, about: About, fields?: Fields): void;
  /** Events recorded so far. */
  readonly size: number;
  flush(): void;
}

export interface JournalContext {
  readonly sink: Sink;
  readonly until: Ticks;
  /** The number of the next process of the whole organization. */
  nextProcess(): number;
}

const unix = new Set(['mac', 'linux']);

/** Numbers that the system gives to processes: they grow in uneven steps and start again. */
const createPids = (device: Device): (() => number) => {
  let last = 600 + (device.d % 50) * 4;
  const step = unix.has(device.kind) ? 1 : 4;
  return () => {
    last = last > 60_000 ? 900 : last + step * (1 + ((last >> 2) % 7));
    return last;
  };
};

const inherited = (parent: ProcessRef | undefined) =>
  parent
    ? { account: parent.account, integrity: parent.integrity, session: parent.session, logon: parent.logon, remote: parent.remote }
    : { account: undefined, integrity: 'Medium' as const, session: 0, logon: 999, remote: undefined };

const writeProcess = (sink: Sink, device: Device, process: ProcessRef): void =>
  sink.write(
    '_process',
    `"p":${process.p},"d":${device.d},"f":${process.file.f},"a":${process.account.a},"pp":${process.parent?.p ?? null},"pid":${process.pid},"ct":${process.at}`,
    {
      cmd: process.command,
      il: process.integrity,
      logon: process.logon,
      session: process.session,
      remoteDevice: process.remote?.device,
      remoteIp: process.remote?.ip,
    },
  );

const keysOf = ({ by, file, target }: About): string =>
  `${by ? `,"p":${by.p}` : ''}${file ? `,"f":${file.f}` : ''}${target ? `,"c":${target.p}` : ''}`;

export const createJournal = (device: Device, context: JournalContext): Journal => {
  const { sink, until } = context;
  const nextPid = createPids(device);
  let entries: Entry[] = [];
  const emit: Journal['emit'] = (table, about, fields) => {
    if (about.at > until || about.at < 0) return;
    entries.push({ at: about.at, table, keys: keysOf(about), fields });
  };
  return {
    device,
    emit,
    get size() {
      return entries.length;
    },
    start: ({ recorded, command, pid, ...spec }) => {
      const { account, ...given } = { ...inherited(spec.parent), ...spec };
      if (!account) throw new Error(`The process ${spec.file.name} needs an account or a parent.`);
      const process: ProcessRef = {
        ...given,
        account,
        parent: spec.parent,
        p: context.nextProcess(),
        pid: pid ?? nextPid(),
        command: command ?? spec.file.name,
      };
      writeProcess(sink, device, process);
      if (recorded !== false) emit('DeviceProcessEvents', { at: spec.at, by: spec.parent, target: process });
      return process;
    },
    flush: () => {
      entries.sort((left, right) => left.at - right.at);
      for (const [index, entry] of entries.entries()) {
        sink.write(entry.table, `"t":${entry.at},"d":${device.d},"r":${index + 1}${entry.keys}`, entry.fields);
      }
      entries = [];
    },
  };
};
