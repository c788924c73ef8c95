import { isIP } from 'node:net';

export const entityKinds = ['devices', 'files', 'users', 'domains', 'ips', 'alerts'] as const;
export type EntityKind = (typeof entityKinds)[number];

export interface Entity {
  readonly kind: EntityKind;
  /** The canonical form: hashes and ids in lower case. Safe inside a KQL string by its own grammar. */
  readonly value: string;
}

const lower =
  (pattern: RegExp) =>
  (text: string): string | null =>
    pattern.test(text) ? text.toLowerCase() : null;

const readers: Readonly<Record<EntityKind, (text: string) => string | null>> = {
  devices: lower(/^[0-9a-f]{40}$/i),
  files: lower(/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i),
  users: lower(/^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w.+#'-]{1,64}@[a-z0-9.-]{1,253})$/i),
  domains: lower(/^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i),
  ips: (text) => (isIP(text) > 0 ? text.toLowerCase() : null),
  alerts: (text) => (/^[\w.-]{4,100}$/.test(text) ? text : null),
};

/** The entity that an address names, or null where the text is not of that kind's form. */
export const readEntity = (kind: EntityKind, text: string): Entity | null => {
  const value = readers[kind](text);
  return value === null ? null : { kind, value };
};

/** A name or address that nobody can click by accident: `evil[.]example`. */
export const defanged = ({ kind, value }: Entity): string =>
  kind === 'domains' || kind === 'ips' ? value.replace(/\.(?=[^.]*$)/, '[.]') : value;
