import { isIP } from 'node:net';
import type { Column } from '../../../kql/schema';
import type { LinkView } from './grid-view';

type Kind = 'devices' | 'files' | 'ips' | 'domains' | 'users' | 'alerts';

const hash = /^[0-9a-f]{40}$|^[0-9a-f]{64}$|^[0-9a-f]{32}$/i;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Rule {
  readonly kind: Kind;
  readonly label: string;
  readonly name: RegExp;
  readonly value: (text: string) => string | null;
}

const hostOf = (text: string): string | null => {
  const host = /^(?:[a-z][a-z+.-]*:\/\/)?([^/:?#\s]+)/i.exec(text)?.[1]?.toLowerCase() ?? '';
  return /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(host) ? host : null;
};

/** Which columns name which entity; a link is built only from a value of the entity's own form. */
const rules: readonly Rule[] = [
  { kind: 'devices', label: 'Device', name: /DeviceId$/, value: (text) => (/^[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : null) },
  { kind: 'files', label: 'File', name: /(SHA1|SHA256|MD5)$/, value: (text) => (hash.test(text) ? text.toLowerCase() : null) },
  { kind: 'ips', label: 'IP address', name: /(IP|IPAddress|IPv4|IPv6)$/, value: (text) => (isIP(text) ? text : null) },
  { kind: 'domains', label: 'Domain', name: /(Url|Domain|FQDN)$/, value: hostOf },
  {
    kind: 'users',
    label: 'User',
    name: /(AccountObjectId|AccountUpn|RecipientObjectId|UserId|EmailAddress|FromAddress)$/,
    value: (text) => (guid.test(text) || /^[^\s@/]+@[^\s@/]+$/.test(text) ? text.toLowerCase() : null),
  },
  { kind: 'alerts', label: 'Alert', name: /^AlertId$/, value: (text) => (/^[\w.-]{4,100}$/.test(text) ? text : null) },
];

/** The page about what a cell names, or nothing where its value is not of that form. Never a live link to a foreign address. */
export const entityLink = (column: Column, text: string): LinkView | null => {
  for (const rule of rules) {
    const value = rule.name.test(column.name) ? rule.value(text) : null;
    if (value !== null) return { label: `${rule.label} page`, href: `/${rule.kind}/${encodeURIComponent(value)}` };
  }
  return null;
};
