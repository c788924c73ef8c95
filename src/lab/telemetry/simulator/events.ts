import type { FileRef } from './files';
import type { Host } from './hosts.data';
import type { Journal, ProcessRef } from './journal';
import type { Random } from './random';
import type { Fields } from './sink';
import { second, type Ticks } from './window';

/** One process doing something at a moment: the subject of every event below. */
export interface Act {
  readonly journal: Journal;
  readonly by: ProcessRef;
  readonly at: Ticks;
  readonly random: Random;
}

export const addressOf = (random: Random, host: Host): string => `${host.prefix}.${random.int(2, 250)}`;

const isPrivate = (ip: string): boolean => /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|169\.254\.)/.test(ip);
const typeOf = (ip: string): string => {
  if (ip.startsWith('127.')) return 'Loopback';
  return isPrivate(ip) ? 'Private' : 'Public';
};

export interface Connection {
  readonly ip: string;
  readonly port?: number;
  readonly url?: string;
  readonly action?:
    'ConnectionSuccess' | 'ConnectionFailed' | 'InboundConnectionAccepted' | 'ConnectionAttempt' | 'ListeningConnectionCreated';
  readonly localPort?: number;
  readonly protocol?: string;
  readonly additional?: string;
}

/** A connection of this device, outwards unless its action says otherwise. */
export const connect = (act: Act, connection: Connection): void => {
  const { journal, by, at, random } = act;
  journal.emit(
    'DeviceNetworkEvents',
    { at, by },
    {
      ActionType: connection.action ?? 'ConnectionSuccess',
      RemoteIP: connection.ip,
      RemotePort: connection.port ?? 443,
      RemoteUrl: connection.url,
      LocalIP: journal.device.ip,
      LocalPort: connection.localPort ?? random.int(49_200, 65_000),
      Protocol: connection.protocol ?? 'Tcp',
      LocalIPType: 'Private',
      RemoteIPType: typeOf(connection.ip),
      AdditionalFields: connection.additional,
    },
  );
};

/** The DNS answer that a process got. */
export const resolve = (act: Act, name: string, ip: string): void =>
  act.journal.emit(
    'DeviceEvents',
    { at: act.at, by: act.by },
    {
      ActionType: 'DnsQueryResponse',
      AdditionalFields: JSON.stringify({ DnsQueryString: name, DnsQueryResult: [{ Result: ip }], DnsQueryType: 'A', DnsQueryStatus: 0 }),
    },
  );

/** A visit to a named host: sometimes its DNS answer first, then the connection. */
export const visit = (act: Act, host: Host, port = 443): string => {
  const ip = addressOf(act.random, host);
  if (act.random.chance(0.35)) resolve(act, host.name, ip);
  connect({ ...act, at: act.at + Math.floor(act.random.next() * second) }, { ip, port, url: host.name });
  return ip;
};

export const loadImages = (act: Act, files: readonly FileRef[]): void =>
  files.forEach((file, index) =>
    act.journal.emit('DeviceImageLoadEvents', { at: act.at + (index + 1) * 31_007, by: act.by, file }, { ActionType: 'ImageLoaded' }),
  );

/** A change to a file by this process on this device. */
export const touchFile = (act: Act, file: FileRef, fields: Fields & { readonly ActionType: string }): void =>
  act.journal.emit('DeviceFileEvents', { at: act.at, by: act.by, file }, { RequestProtocol: 'Local', ...fields });

export interface RegistryChange {
  readonly key: string;
  readonly name?: string;
  readonly data?: string;
  readonly type?: string;
  readonly action?: string;
  readonly previous?: string;
}

export const setRegistry = (act: Act, change: RegistryChange): void =>
  act.journal.emit(
    'DeviceRegistryEvents',
    { at: act.at, by: act.by },
    {
      ActionType: change.action ?? 'RegistryValueSet',
      RegistryKey: change.key,
      RegistryValueName: change.name,
      RegistryValueData: change.data,
      RegistryValueType: change.name === undefined ? undefined : (change.type ?? 'String'),
      PreviousRegistryKey: change.key,
      PreviousRegistryValueName: change.name,
      PreviousRegistryValueData: change.previous,
    },
  );

/** Anything of DeviceEvents; `more` becomes AdditionalFields. */
export const note = (act: Act, action: string, more?: object): void => noteAbout(act, { action, ...(more && { more }) });

/** The same about a file or another process. */
export const noteAbout = (act: Act, facts: { action: string; more?: object; fields?: Fields; file?: FileRef; target?: ProcessRef }): void =>
  act.journal.emit(
    'DeviceEvents',
    { at: act.at, by: act.by, file: facts.file, target: facts.target },
    { ActionType: facts.action, ...facts.fields, ...(facts.more && { AdditionalFields: JSON.stringify(facts.more) }) },
  );

/** What PowerShell is given with -EncodedCommand: UTF-16 little-endian in base64. */
export const encodeCommand = (script: string): string => Buffer.from(script, 'utf16le').toString('base64');
