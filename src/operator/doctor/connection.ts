import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { OutboundProxy } from '../../outbound';

/** How far a connection came. */
export type Reached =
  | { readonly step: 'dns' | 'tcp' | 'proxy'; readonly code: string }
  | { readonly step: 'tls'; readonly code: string; readonly issuer: string }
  | { readonly step: 'all'; readonly issuer?: string };

const patienceMs = 5_000;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

const settled = (socket: Socket, ready: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    socket.setTimeout(patienceMs, () => resolve('ETIMEDOUT'));
    socket.once(ready, () => resolve(undefined));
    socket.once('error', (error) => resolve(codeOf(error)));
    socket.once('close', () => resolve('ECONNRESET'));
  });

interface Place {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

const placeOf = (address: string): Place => {
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? 443 : 80), secure };
};

const issuerOf = (socket: TLSSocket): string => {
  const { issuer } = socket.getPeerCertificate() as { issuer?: { O?: unknown; CN?: unknown } };
  return [issuer?.O, issuer?.CN].filter((part) => typeof part === 'string').join(', ');
};

/** The handshake with the host itself, over a connection that stands. */
const shakeHands = async (over: Socket, { host }: Place): Promise<Reached> => {
  const socket = connectTls({ socket: over, ...(isIP(host) ? {} : { servername: host }), rejectUnauthorized: false });
  const code = await settled(socket, 'secureConnect');
  if (code !== undefined) return { step: 'tls', code, issuer: '' };
  const issuer = issuerOf(socket);
  const problem = socket.authorizationError as unknown as { code?: string } | string | null | undefined;
  if (socket.authorized || !problem) return { step: 'all', issuer };
  return { step: 'tls', code: typeof problem === 'string' ? problem : (problem.code ?? String(problem)), issuer };
};

/** A connection to the host, or how far it came. */
const open = async ({ host, port }: Place): Promise<Socket | Reached> => {
  try {
    await lookup(host);
  } catch (error) {
    return { step: 'dns', code: codeOf(error) };
  }
  const socket = connect({ host, port });
  const code = await settled(socket, 'connect');
  if (code === undefined) return socket;
  socket.destroy();
  return { step: 'tcp', code };
};

const statusOf = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (chunk: Buffer) => resolve(/^HTTP\/1\.[01] (\d{3})/.exec(String(chunk))?.[1] ?? 'no HTTP'));
    void settled(socket, 'end').then((code) => resolve(code ?? 'ECONNRESET'));
  });

/** Asks the proxy on the line for a tunnel to the host; its status, or why there was none. */
const askForTunnel = (socket: Socket, { host, port }: Place, address: string): Promise<string> => {
  const { username, password } = new URL(address);
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = username === '' ? '' : `Proxy-Authorization: Basic ${Buffer.from(plain).toString('base64')}\r\n`;
  const name = host.includes(':') ? `[${host}]` : host;
  const answer = statusOf(socket);
  socket.write(`CONNECT ${name}:${port} HTTP/1.1\r\nHost: ${name}:${port}\r\n${authorization}\r\n`);
  return answer;
};

/** As the calls themselves choose: https alone, and no host that is excepted. */
const proxyFor = (place: Place, proxy: OutboundProxy | null): OutboundProxy | null => {
  if (!proxy || !place.secure || proxy.except.trim() === '*') return null;
  const entries = proxy.except.split(/[,\s]+/).filter((entry) => entry !== '');
  const excepted = entries.some((entry) => {
    const [, name = entry, port] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const host = name.replace(/^\*?\./, '').toLowerCase();
    return (port === undefined || Number(port) === place.port) && (place.host === host || place.host.endsWith(`.${host}`));
  });
  return excepted ? null : proxy;
};

const throughProxy = async (place: Place, { address }: OutboundProxy): Promise<Reached> => {
  const near = placeOf(address);
  const opened = await open(near);
  if ('step' in opened) return { step: 'proxy', code: 'code' in opened ? opened.code : 'unknown' };
  try {
    const line = near.secure ? connectTls({ socket: opened, servername: near.host }) : opened;
    if (near.secure) await settled(line, 'secureConnect');
    const status = await askForTunnel(line, place, address);
    return status === '200' ? await shakeHands(line, place) : { step: 'proxy', code: status };
  } finally {
    opened.destroy();
  }
};

/** Goes the way of a call as far as it leads, and sends nothing: name, connection (or proxy), certificate. */
export const reach = async (address: string, proxy: OutboundProxy | null = null): Promise<Reached> => {
  const place = placeOf(address);
  const via = proxyFor(place, proxy);
  if (via) return throughProxy(place, via);
  const opened = await open(place);
  if ('step' in opened) return opened;
  try {
    return place.secure ? await shakeHands(opened, place) : { step: 'all' };
  } finally {
    opened.destroy();
  }
};
