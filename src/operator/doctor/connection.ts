import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** How far a connection came. */
export type Reached =
  | { readonly step: 'dns' | 'tcp'; readonly code: string }
  | { readonly step: 'tls'; readonly code: string; readonly issuer: string }
  | { readonly step: 'all'; readonly issuer?: string };

const patienceMs = 5_000;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

const settled = (socket: Socket, ready: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    socket.setTimeout(patienceMs, () => resolve('ETIMEDOUT'));
    socket.once(ready, () => resolve(undefined));
    socket.once('error', (error) => resolve(codeOf(error)));
  });

const issuerOf = (socket: TLSSocket): string => {
  const { issuer } = socket.getPeerCertificate() as { issuer?: { O?: unknown; CN?: unknown } };
  return [issuer?.O, issuer?.CN].filter((part) => typeof part === 'string').join(', ');
};

const throughTls = async (host: string, port: number): Promise<Reached> => {
  const socket = connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), rejectUnauthorized: false });
  try {
    const code = await settled(socket, 'secureConnect');
    if (code !== undefined) return { step: 'tls', code, issuer: '' };
    const issuer = issuerOf(socket);
    const problem = socket.authorizationError as unknown as { code?: string } | string | null | undefined;
    if (socket.authorized || !problem) return { step: 'all', issuer };
    return { step: 'tls', code: typeof problem === 'string' ? problem : (problem.code ?? String(problem)), issuer };
  } finally {
    socket.destroy();
  }
};

/** Goes the way of a call as far as it leads, and sends nothing: name, connection, certificate. */
export const reach = async (address: string): Promise<Reached> => {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  try {
    await lookup(host);
  } catch (error) {
    return { step: 'dns', code: codeOf(error) };
  }
  const socket = connect({ host, port });
  const code = await settled(socket, 'connect');
  socket.destroy();
  if (code !== undefined) return { step: 'tcp', code };
  return url.protocol === 'https:' ? throughTls(host, port) : { step: 'all' };
};
