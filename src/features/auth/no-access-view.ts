import type { SignedInUser } from '../../http/current-user';
import { connectHref } from './connect-href';

/** `views/pages/auth/no-access.ejs`: for people who are signed in and may do nothing. */
export interface NoAccessView {
  readonly heading: string;
  readonly lead: string;
  /** Set where the organization is not connected. */
  readonly connect: {
    readonly href: string;
    readonly label: string;
    /** For an administrator who has no account here. */
    readonly link: string;
    /** They administer the directory themselves. */
    readonly yourself: boolean;
  } | null;
  /** Set where the organization is connected and gave this person no role. */
  readonly assigning: {
    readonly steps: readonly string[];
    readonly roles: readonly { readonly name: string; readonly may: string }[];
  } | null;
  readonly againHref: string;
}

const roles: readonly { readonly name: string; readonly may: string }[] = [
  { name: 'Viewer', may: 'reads tables, their own runs and what was kept of them' },
  { name: 'Hunter', may: 'also runs queries, asks kept rows again, and downloads them' },
  { name: 'Responder', may: 'also acts on what was found' },
  { name: 'Administrator', may: 'reads, sees the audit trail, and decides on the organization’s connection' },
];

const stepsFor = (tenantName: string): readonly string[] => [
  `Somebody who manages applications in ${tenantName} opens the Microsoft Entra admin center, Enterprise applications, and chooses Quarry there.`,
  'Under “Users and groups” they add you, or a group that you are in, with one of the roles below.',
  'You look again here. Nothing else is needed: roles are read each time you sign in.',
];

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const notConnected = (user: SignedInUser, { baseUrl, disconnectedAt }: NoAccessFacts): NoAccessView => {
  const { tenantName, directoryAdministrator, tenantId } = user;
  const href = connectHref(tenantId);
  const before =
    disconnectedAt === undefined
      ? 'Nobody has connected it yet'
      : `It was disconnected here on ${day(disconnectedAt)}, and what was kept of it was deleted`;
  return {
    heading: `${tenantName} is not connected`,
    lead: `${before}, so Quarry can ask nothing there and shows nothing. One of its administrators can connect it; that takes a minute.`,
    connect: {
      href,
      label: directoryAdministrator ? `Connect ${tenantName}` : 'What an administrator reads and agrees to',
      link: `${baseUrl}${href}`,
      yourself: directoryAdministrator,
    },
    assigning: null,
    againHref: '/auth/signin?return_to=%2F',
  };
};

export interface NoAccessFacts {
  readonly baseUrl: string;
  readonly disconnectedAt?: number | undefined;
}

export const noAccessView = (user: SignedInUser, facts: NoAccessFacts): NoAccessView => {
  if (!user.connected) return notConnected(user, facts);
  return {
    heading: `You have no role in ${user.tenantName}`,
    lead: `You are signed in, but nobody has given you a role in Quarry, so there is nothing here that you may see or do.`,
    connect: null,
    assigning: { steps: stepsFor(user.tenantName), roles },
    againHref: '/auth/signin?return_to=%2F',
  };
};
