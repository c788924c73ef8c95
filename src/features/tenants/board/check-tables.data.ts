import type { Resource } from '../../../identity/resources.data';

/** Tables that stand for the products an organization may have: one short question each. */
const deviceTables = ['DeviceInfo', 'DeviceProcessEvents', 'DeviceNetworkEvents', 'DeviceLogonEvents'] as const;
const otherTables = ['AlertInfo', 'EmailEvents', 'IdentityLogonEvents', 'CloudAppEvents'] as const;

/** Defender for Endpoint's own API knows device tables alone. */
export const checkedTables: Readonly<Record<Resource, readonly string[]>> = {
  graph: [...deviceTables, ...otherTables],
  xdr: [...deviceTables, ...otherTables],
  mde: deviceTables,
};

/** The row under which the test call is kept: no table is called so. */
export const testCall = '(test call)';

/** Reads no table: it only shows that the service answers. */
export const testQuery = 'print Answer = 1';

export const tableQuery = (table: string): string => `${table} | take 1`;
