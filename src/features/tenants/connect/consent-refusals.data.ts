/** Who can mend it. */
export type Mender = 'you' | 'administrator' | 'customer' | 'operator' | 'time';

export interface ConsentRefusal {
  /** What happened, in an administrator's words. */
  readonly says: string;
  readonly mender: Mender;
  /** The one thing to do. */
  readonly then: string;
}

type Group = readonly [codes: readonly number[], refusal: ConsentRefusal];

const groups: readonly Group[] = [
  [
    [65004],
    {
      says: 'Whoever answered chose not to agree. Nothing is connected and nothing was shared.',
      mender: 'you',
      then: 'Read once more what each permission is for, and decide again. Hunting alone is enough to begin with.',
    },
  ],
  [
    [65001],
    {
      says: 'The identity service says that your organization has not agreed to what Quarry asks for.',
      mender: 'administrator',
      then: 'An administrator of the organization opens the connect page and accepts.',
    },
  ],
  [
    [90094],
    {
      says: 'Only an administrator can allow this, and the account that was used is not one.',
      mender: 'administrator',
      then: 'Send the link below to an administrator of the organization. They need no account in Quarry.',
    },
  ],
  [
    [90093],
    {
      says: 'The account that was used may not agree on behalf of the organization: it lacks an administrator’s role.',
      mender: 'administrator',
      then: 'Send the link below to a Global Administrator, a Privileged Role Administrator or a (Cloud) Application Administrator.',
    },
  ],
  [
    [90095],
    {
      says: 'A request for approval was sent to the administrators of your organization. Nothing is connected until one of them approves it.',
      mender: 'administrator',
      then: 'They find it in the Microsoft Entra admin center under Enterprise applications, Admin consent requests. Once they have approved it, come back here.',
    },
  ],
  [
    [90008],
    {
      says: 'The request did not ask for the permission to sign people in, so the identity service did not take it.',
      mender: 'operator',
      then: 'Whoever runs this Quarry needs to add the sign-in permissions (openid, profile) to its app registration.',
    },
  ],
  [
    [90099],
    {
      says: 'A partner’s administrator cannot be the first to allow an app in a customer’s organization.',
      mender: 'customer',
      then: 'Send the link below to an administrator of the customer itself.',
    },
  ],
  [
    [65002],
    {
      says: 'The identity service does not let Quarry’s app registration ask for this permission.',
      mender: 'operator',
      then: 'Whoever runs this Quarry needs to look at the permissions of its app registration.',
    },
  ],
  [
    [650052, 500011, 50001],
    {
      says: 'The organization does not have the Microsoft Defender service that this permission is of: usually there is no Defender for Endpoint or Defender XDR licence, or nobody has opened the Defender portal yet.',
      mender: 'administrator',
      then: 'Check the licence in the Microsoft 365 admin center, open security.microsoft.com once with it, and then agree again.',
    },
  ],
  [
    [650056, 650057, 65005],
    {
      says: 'Quarry’s app registration does not list a permission that it asks for.',
      mender: 'operator',
      then: 'Whoever runs this Quarry needs to add it to the app registration.',
    },
  ],
  [
    [90002],
    {
      says: 'There is no organization of that name or tenant id.',
      mender: 'you',
      then: 'Check the spelling, or leave the field empty: the organization is then the one that the administrator signs in to.',
    },
  ],
  [
    [90019, 50059, 50128],
    {
      says: 'The identity service could not tell which organization is meant.',
      mender: 'you',
      then: 'Enter the organization’s domain or its tenant id.',
    },
  ],
  [
    [50020, 50034, 51004, 90072, 16000, 16003],
    {
      says: 'The account that was used does not belong to that organization.',
      mender: 'you',
      then: 'Sign in with an administrator’s account of that very organization.',
    },
  ],
  [
    [500208],
    {
      says: 'That is a personal Microsoft account. Personal accounts belong to no organization and have no Microsoft Defender that Quarry could ask.',
      mender: 'you',
      then: 'Sign in with a work account.',
    },
  ],
  [
    [700016, 700011],
    {
      says: 'The identity service does not know Quarry’s app registration in that organization’s cloud.',
      mender: 'operator',
      then: 'Whoever runs this Quarry needs to check AZURE_CLIENT_ID, and that the registration serves several organizations.',
    },
  ],
  [
    [7000112, 70001, 1000031],
    {
      says: 'An administrator of the organization has switched Quarry off there.',
      mender: 'administrator',
      then: 'Enable it again under Enterprise applications, then agree again.',
    },
  ],
];

/** What a refused admin consent means to whoever reads it, by Entra's number. One that is not here gets the general advice of its failure. */
export const consentRefusals: ReadonlyMap<number, ConsentRefusal> = new Map(
  groups.flatMap(([codes, refusal]) => codes.map((code) => [code, refusal] as const)),
);
