import { createHash } from 'node:crypto';
import type { Draft } from './accounts';
import type { Site } from './organization.data';
import type { Person } from './staff';

export type DeviceKind = 'workstation' | 'server' | 'dc' | 'mac' | 'linux';
export type ServerRole = 'file' | 'web' | 'sql' | 'app' | 'backup';

export interface Device {
  readonly d: number;
  readonly id: string;
  /** Lower-case full name, and the short name in capitals. */
  readonly name: string;
  readonly short: string;
  readonly kind: DeviceKind;
  readonly role?: ServerRole;
  readonly site: Site;
  readonly ip: string;
  readonly mac: string;
  readonly owner?: Person;
}

const device = (
  draft: Draft,
  d: number,
  facts: Pick<Device, 'kind' | 'short' | 'site'> & { role?: ServerRole; owner?: Person },
): Device => {
  const { random, blueprint } = draft;
  const name = `${facts.short.toLowerCase()}.${blueprint.internalDomain}`;
  const subnet = (facts.owner ? 10 : 1) + Math.floor(d / 250);
  return {
    ...facts,
    d,
    name,
    id: createHash('sha1').update(name).digest('hex'),
    ip: `${facts.site.network}.${subnet}.${(d % 250) + 4}`,
    mac: `00-15-5D-${random
      .hex(6)
      .toUpperCase()
      .replace(/(..)(..)(..)/, '$1-$2-$3')}`,
  };
};

const serverRoles: readonly ServerRole[] = ['file', 'web', 'sql', 'app', 'backup'];
const shortRole: Readonly<Record<ServerRole, string>> = { file: 'FS', web: 'WEB', sql: 'SQL', app: 'APP', backup: 'BKP' };

/** Domain controllers, servers, and a device for each person. */
export const devicesOf = (draft: Draft, count: number, people: readonly Person[]): Device[] => {
  const { blueprint, random } = draft;
  const main = blueprint.sites[0] as Site;
  const servers = Math.max(5, Math.round(count * 0.18));
  const list: Device[] = [];
  const put = (facts: Parameters<typeof device>[2]): number => list.push(device(draft, list.length + 1, facts));
  blueprint.sites.slice(0, 2).forEach((site) => put({ kind: 'dc', short: `${site.code}-DC01`, site }));
  for (let index = 0; index < servers; index += 1) {
    const role = serverRoles[index % serverRoles.length] as ServerRole;
    put({
      kind: 'server',
      role,
      short: `${main.code}-${shortRole[role]}${String(Math.floor(index / serverRoles.length) + 1).padStart(2, '0')}`,
      site: main,
    });
  }
  const linux = Math.max(1, Math.round((count * blueprint.linux) / 100));
  for (let index = 0; index < linux; index += 1)
    put({ kind: 'linux', short: `${main.code}-LNX${String(index + 1).padStart(2, '0')}`, site: main });
  for (const [index, owner] of people.entries()) {
    const mac = index > 6 && random.chance(blueprint.mac / 100);
    const number = String(index + 1).padStart(4, '0');
    put({ kind: mac ? 'mac' : 'workstation', short: `${owner.site.code}-${mac ? 'MAC' : 'WS'}${number}`, site: owner.site, owner });
  }
  return list;
};
