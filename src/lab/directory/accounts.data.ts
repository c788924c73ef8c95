/** What stands between an account and its sign-in; each shows one of the errors that a real directory gives. */
export type Obstacle = 'none' | 'mfa' | 'step-up' | 'blocked' | 'unassigned' | 'unconsented' | 'disabled';

export interface Account {
  readonly username: string;
  readonly name: string;
  /** The key of the home tenant, and the person's object id there. */
  readonly home: 'contoso' | 'fabrikam';
  readonly objectId: string;
  readonly administrator: boolean;
  readonly obstacle: Obstacle;
  /** Tenants that the person was invited to, with the object id that each gave. */
  readonly guestOf: readonly { readonly tenant: 'contoso' | 'fabrikam'; readonly objectId: string }[];
  /** What choosing this account teaches, for the account page and the banner. */
  readonly lesson: string;
}

const contoso = { home: 'contoso', administrator: false, obstacle: 'none', guestOf: [] } as const;
const fabrikam = { home: 'fabrikam', administrator: false, obstacle: 'none', guestOf: [] } as const;

export const accounts: readonly Account[] = [
  {
    ...contoso,
    username: 'analyst@contoso.example',
    name: 'Ana Lyst',
    objectId: '65649894-bbb7-4d91-9778-64f69eba1361',
    guestOf: [{ tenant: 'fabrikam', objectId: 'adf3c8ed-5d96-461b-9963-d582fa42557a' }],
    lesson: 'Hunts in Contoso; a guest in Fabrikam',
  },
  {
    ...contoso,
    username: 'admin@contoso.example',
    name: 'Adam Inistrator',
    objectId: '65bf6785-1334-4af6-b231-aa3320a9c803',
    administrator: true,
    lesson: 'Administers Contoso, which is connected',
  },
  {
    ...fabrikam,
    username: 'analyst@fabrikam.example',
    name: 'Fay Brikam',
    objectId: '552ce6a6-b14c-484c-86c9-920dd4c073fe',
    lesson: 'Hunts in Fabrikam, once its administrator has consented',
  },
  {
    ...fabrikam,
    username: 'admin@fabrikam.example',
    name: 'Frida Kramer',
    objectId: '13398cb3-7027-4d7f-b4e2-e8adba0604e8',
    administrator: true,
    lesson: 'Administers Fabrikam, and can connect it',
  },
  {
    ...contoso,
    username: 'mfa@contoso.example',
    name: 'Mia Factor',
    objectId: '7e2dff67-58f6-4b9d-8c6c-b77e239b9da6',
    obstacle: 'mfa',
    lesson: 'A second factor is needed (AADSTS50076)',
  },
  {
    ...contoso,
    username: 'stepup@contoso.example',
    name: 'Stefan Upton',
    objectId: '4a9f7286-361d-420f-83fd-66ad44adcb77',
    obstacle: 'step-up',
    lesson: 'Signs in, then needs a second factor when tokens are renewed (AADSTS50076)',
  },
  {
    ...contoso,
    username: 'blocked@contoso.example',
    name: 'Bo Locke',
    objectId: '6df2654a-d738-4630-838e-b1a46da26521',
    obstacle: 'blocked',
    lesson: 'Blocked by Conditional Access (AADSTS53003)',
  },
  {
    ...contoso,
    username: 'unassigned@contoso.example',
    name: 'Una Signed',
    objectId: '7429421b-b985-4e69-a9fa-2cd68b617322',
    obstacle: 'unassigned',
    lesson: 'Not assigned to the application (AADSTS50105)',
  },
  {
    ...contoso,
    username: 'noconsent@contoso.example',
    name: 'Noah Consent',
    objectId: 'db45f69c-4c1c-4834-958c-8815f40d3dc2',
    obstacle: 'unconsented',
    lesson: 'Consent is missing and only an administrator can give it (AADSTS90094)',
  },
  {
    ...contoso,
    username: 'disabled@contoso.example',
    name: 'Dee Sable',
    objectId: '1231b361-a48f-443a-bd3f-51537adc7462',
    obstacle: 'disabled',
    lesson: 'The account is disabled (AADSTS50057)',
  },
];
