import type { Account } from '../accounts';
import type { Device } from '../devices';
import type { Person } from '../staff';
import type { Random } from '../random';
import type { Fields } from '../sink';
import type { Ticks } from '../window';
import type { World } from '../world';
import { systemOf } from '../activity/heartbeat';

export interface DirectoryAct {
  readonly at: Ticks;
  readonly account: Account;
  /** The device that asks, and the domain controller that answers. */
  readonly from: Device | undefined;
  readonly to: Device | undefined;
}

const who = (world: World, account: Account): Fields => ({
  AccountName: account.name,
  AccountDomain: world.organization.blueprint.internalDomain,
  AccountUpn: account.upn,
  AccountSid: account.sid,
  AccountObjectId: account.objectId,
  AccountDisplayName: world.personal(account)?.display ?? account.name,
});

const where = (act: DirectoryAct, port: number): Fields => ({
  DeviceName: act.from?.name,
  IPAddress: act.from?.ip,
  DestinationDeviceName: act.to?.name,
  DestinationIPAddress: act.to?.ip,
  DestinationPort: port,
});

/** A logon that the domain controllers saw. */
export const domainLogon = (
  world: World,
  random: Random,
  act: DirectoryAct & { protocol?: string; failure?: string; type?: string; additional?: object; target?: string },
): void =>
  world.record('IdentityLogonEvents', act.at, {
    ...who(world, act.account),
    ...where(act, act.protocol === 'Ntlm' ? 445 : 88),
    ActionType: act.failure ? 'LogonFailed' : 'LogonSuccess',
    Application: 'Active Directory',
    LogonType: act.type ?? 'Credentials validation',
    Protocol: act.protocol ?? 'Kerberos',
    FailureReason: act.failure,
    OSPlatform: act.from && systemOf(act.from).OSPlatform,
    DeviceType: act.from && systemOf(act.from).DeviceType,
    TargetDeviceName: act.target,
    Location: act.from?.site.country,
    ReportId: random.guid(),
    AdditionalFields: JSON.stringify(act.additional ?? {}),
  });

/** A lookup in the directory. */
export const directoryQuery = (
  world: World,
  random: Random,
  act: DirectoryAct & { action?: string; query: string; type: string; target?: string },
): void =>
  world.record('IdentityQueryEvents', act.at, {
    ...who(world, act.account),
    ...where(act, act.action === 'SAMR query' ? 445 : 389),
    ActionType: act.action ?? 'LDAP query',
    Application: 'Active Directory',
    QueryType: act.type,
    Query: act.query,
    QueryTarget: act.target,
    Protocol: act.action === 'SAMR query' ? 'Samr' : 'Ldap',
    ReportId: random.guid(),
    AdditionalFields: JSON.stringify({ 'SEARCH.SCOPE': 'Subtree' }),
  });

/** A change of the directory. */
export const directoryChange = (
  world: World,
  random: Random,
  act: DirectoryAct & { action: string; target?: Person | Account; additional?: object },
): void =>
  world.record('IdentityDirectoryEvents', act.at, {
    ...who(world, act.account),
    ...where(act, 389),
    ActionType: act.action,
    Application: 'Active Directory',
    TargetAccountUpn: act.target?.upn,
    TargetAccountDisplayName: act.target && (world.personal(act.target)?.display ?? act.target.name),
    Protocol: 'Ldap',
    ReportId: random.guid(),
    AdditionalFields: JSON.stringify(act.additional ?? {}),
  });
