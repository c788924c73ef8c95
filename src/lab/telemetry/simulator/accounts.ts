import type { Tenant } from '../../directory/tenants.data';
import type { Blueprint } from './organization.data';
import type { Random } from './random';

/** An account as events name it; `a` is its row in the accounts table. */
export interface Account {
  readonly a: number;
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
  readonly upn: string;
  readonly objectId: string;
}

/** An organization while it is made: each account that comes takes the next row. */
export interface Draft {
  readonly tenant: Tenant;
  readonly blueprint: Blueprint;
  readonly random: Random;
  readonly domainSid: string;
  readonly accounts: Account[];
}

export const addAccount = <T extends Account>(draft: Draft, account: Omit<T, 'a'>): T => {
  const made = { ...account, a: draft.accounts.length + 1 } as T;
  draft.accounts.push(made);
  return made;
};

export const builtIn = (draft: Draft, name: string, sid: string): Account =>
  addAccount(draft, { name, domain: name === 'root' ? '' : 'nt authority', sid, upn: '', objectId: '' });

export const domainAccount = (draft: Draft, name: string, objectId = ''): Account =>
  addAccount(draft, {
    name,
    domain: draft.blueprint.netbios.toLowerCase(),
    sid: `${draft.domainSid}-${1100 + draft.accounts.length}`,
    upn: name.endsWith('$') ? '' : `${name}@${draft.tenant.domain}`,
    objectId,
  });
