import type { Resource } from './resources.data';

/** `delegated`: with the rights of the person who signs in; `application`: the app by itself, without anybody. */
export type PermissionKind = 'delegated' | 'application';

/** One permission as the identity service knows it. The table of all that Quarry may ever ask for; nothing else names any. */
export interface Permission {
  readonly resource: Resource;
  readonly value: string;
  readonly kind: PermissionKind;
  /** Its id in an app registration's `requiredResourceAccess`. */
  readonly id: string;
  /** Microsoft's own name for it, as an administrator reads it on the consent page. */
  readonly title: string;
  /** What Quarry does with it. */
  readonly why: string;
}

/** The APIs as a directory lists them, by the ids that every directory shares. */
export interface ResourceApp {
  readonly name: string;
  readonly appId: string;
  readonly uri: string;
}

export const resourceApps: Readonly<Record<Resource, ResourceApp>> = {
  graph: { name: 'Microsoft Graph', appId: '00000003-0000-0000-c000-000000000000', uri: 'https://graph.microsoft.com' },
  xdr: { name: 'Microsoft Threat Protection', appId: '8ee8fdad-f234-4243-8f3b-15c294843740', uri: 'https://api.security.microsoft.com' },
  mde: { name: 'WindowsDefenderATP', appId: 'fc780465-2017-40d4-a0c5-307022471b92', uri: 'https://api.securitycenter.microsoft.com' },
};

/** A set of permissions that is asked for as one, for one purpose. */
export type BundleName = 'hunt' | 'indicators' | 'response' | 'timeline';

export interface Bundle {
  readonly name: BundleName;
  readonly title: string;
  /** What it is for, in an administrator's words. */
  readonly purpose: string;
  /** Whether a feature of this version uses it. */
  readonly used: boolean;
  readonly permissions: readonly Permission[];
}

/** Asked for with every bundle: to sign people in. They belong to no API. */
export const signInScopes = ['openid', 'profile', 'offline_access'] as const;

const huntWhy = 'Runs the hunting queries that your analysts write. Reads security data; changes nothing.';

/** Hunting needs one permission: of the API that this installation asks. */
export const huntPermissions: Readonly<Record<Resource, Permission>> = {
  graph: {
    resource: 'graph',
    value: 'ThreatHunting.Read.All',
    kind: 'delegated',
    id: 'b152eca8-ea73-4a48-8c98-1a6742673d99',
    title: 'Run hunting queries',
    why: huntWhy,
  },
  xdr: {
    resource: 'xdr',
    value: 'AdvancedHunting.Read',
    kind: 'delegated',
    id: '15f11de4-5113-4268-a2d1-0bad43d781f9',
    title: 'Run advanced hunting queries',
    why: huntWhy,
  },
  mde: {
    resource: 'mde',
    value: 'AdvancedQuery.Read',
    kind: 'delegated',
    id: '1fb6e712-1bd9-4184-b1c0-5e71e759196b',
    title: 'Run advanced queries',
    why: huntWhy,
  },
};

const mde = (value: string, id: string, words: { readonly title: string; readonly why: string }): Permission => ({
  resource: 'mde',
  value,
  kind: 'delegated',
  id,
  ...words,
});

/** What is asked for beyond hunting, least first. */
const furtherBundles: readonly Bundle[] = [
  {
    name: 'indicators',
    title: 'Indicators',
    purpose: 'Lets your analysts manage indicators of compromise (hashes, addresses, domains to allow, watch or block) from Quarry.',
    used: false,
    permissions: [
      mde('Ti.ReadWrite', '650ff1f9-dd5f-48ee-8c58-7beef332c818', {
        title: 'Read and write IOCs',
        why: 'Reads the indicators of your organization and writes those that your analysts make.',
      }),
    ],
  },
  {
    name: 'response',
    title: 'Response',
    purpose: 'Lets your responders act on devices and alerts from Quarry, each act by hand and with a reason.',
    used: false,
    permissions: [
      mde('Machine.Read', 'fbd3d33a-b1f5-4573-906c-51b39682fbcf', {
        title: 'Read machine information',
        why: 'Shows a device and the state of the actions on it.',
      }),
      mde('Alert.ReadWrite', 'cbc3b413-21e6-416d-95a4-af87687efbd0', {
        title: 'Read and write alerts',
        why: 'Shows alerts, changes their state, and creates one from an event.',
      }),
      mde('Machine.Scan', 'b4618115-647e-42a5-bd0d-0ea9878fb376', { title: 'Scan machine', why: 'Starts an antivirus scan.' }),
      mde('Machine.CollectForensics', '5eb7b9dc-cbce-4c7e-9d73-5be248260ae6', {
        title: 'Collect forensics',
        why: 'Collects an investigation package from a device.',
      }),
      mde('Machine.Isolate', '479231ef-3b86-4933-ae6b-1fa84bba9e31', {
        title: 'Isolate machine',
        why: 'Cuts a device off from the network, and lets it back.',
      }),
      mde('Machine.RestrictExecution', 'abddfa88-80bb-4aef-81ff-18cbf29363a9', {
        title: 'Restrict code execution',
        why: 'Lets a device run nothing but programs signed by Microsoft, and lifts that.',
      }),
      mde('Machine.StopAndQuarantine', '69e036b7-3f10-4d4c-a85e-82295629eca8', {
        title: 'Stop and quarantine file',
        why: 'Stops a file on a device and puts it in quarantine.',
      }),
    ],
  },
  {
    name: 'timeline',
    title: 'Timeline events',
    purpose: 'Lets Quarry itself write events into device timelines: the one thing that no delegated permission covers.',
    used: false,
    permissions: [
      {
        resource: 'mde',
        value: 'Event.Write',
        kind: 'application',
        id: '84ddd701-5fac-4c30-b0ad-aa73a67bea1a',
        title: 'Write timeline events',
        why: 'Writes events into device timelines, without anybody signed in.',
      },
    ],
  },
];

/** Every bundle of an installation that hunts over `provider`, least privilege first. */
export const bundlesFor = (provider: Resource): readonly Bundle[] => [
  {
    name: 'hunt',
    title: 'Hunt only',
    purpose: 'Lets your analysts run hunting queries over your security data, each with their own rights.',
    used: true,
    permissions: [huntPermissions[provider]],
  },
  ...furtherBundles,
];
