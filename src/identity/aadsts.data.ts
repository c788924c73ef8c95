import type { IdentityFailure } from './identity-error';

/** The one thing to do next; the page turns it into a link or a sentence. */
export type NextStep = 'sign-in' | 'choose-account' | 'connect' | 'ask-administrator' | 'ask-operator' | 'wait';

export interface Advice {
  readonly failure: IdentityFailure;
  readonly next: NextStep;
  /** Plain words: what happened, and what to do about it. */
  readonly says: string;
}

type Group = readonly [codes: readonly number[], failure: IdentityFailure, next: NextStep, says: string];

/** Entra's numbers in our words (Microsoft's list of AADSTS codes). A number that is not here gets the advice of its failure. */
const groups: readonly Group[] = [
  // The registration or the settings of this installation.
  [
    [50011, 900971, 500113],
    'configuration',
    'ask-operator',
    'Quarry’s redirect address is not registered with the identity service. Whoever runs this Quarry needs to add it to the app registration.',
  ],
  [[700016, 700011, 7000229], 'consent', 'connect', 'Quarry is not known in this organization yet. An administrator of it can connect it.'],
  [
    [70001, 7000112, 1000031],
    'blocked',
    'ask-administrator',
    'An administrator of your organization has switched Quarry off there. Ask them to enable it again under Enterprise applications.',
  ],
  [
    [50194],
    'configuration',
    'ask-operator',
    'Quarry is registered for a single organization but was asked to sign in people of any. Whoever runs this Quarry needs to set AZURE_TENANT_ID to that organization.',
  ],
  [
    [90130, 90124, 9001023, 9002332],
    'configuration',
    'ask-operator',
    'Quarry used a sign-in address that work accounts cannot use. Whoever runs this Quarry needs to check AZURE_TENANT_ID.',
  ],
  [
    [7000215],
    'configuration',
    'ask-operator',
    'The identity service does not accept Quarry’s client secret. Whoever runs this Quarry needs to set the secret’s value (not its id) anew.',
  ],
  [[7000222], 'configuration', 'ask-operator', 'Quarry’s client secret has expired. Whoever runs this Quarry needs to make a new one.'],
  [
    [7000218, 70002, 700025],
    'configuration',
    'ask-operator',
    'The identity service does not accept how Quarry proves itself. Whoever runs this Quarry needs to check its secret or certificate.',
  ],
  [
    [700027, 700030, 50012, 50013, 50048, 500133],
    'configuration',
    'ask-operator',
    'The identity service does not accept Quarry’s certificate. Whoever runs this Quarry needs to check the certificate and the server’s clock.',
  ],
  [
    [70011, 700022, 28002, 28003],
    'configuration',
    'ask-operator',
    'Quarry asked for a permission that the identity service does not know. Whoever runs this Quarry needs to look at its log.',
  ],
  [
    [650056, 650057, 65005],
    'configuration',
    'ask-operator',
    'Quarry’s app registration lacks a permission that it asks for. Whoever runs this Quarry needs to add it.',
  ],
  [
    [500011, 650052, 50001],
    'blocked',
    'ask-administrator',
    'Your organization does not have the Microsoft Defender service that Quarry asks for. Ask your administrator about the licence.',
  ],
  [
    [
      700054, 70005, 70007, 901002, 9002313, 90014, 900144, 90023, 90100, 90102, 90015, 90056, 50147, 501491, 50027, 9002325, 9000411,
      70003,
    ],
    'configuration',
    'ask-operator',
    'The identity service did not understand Quarry’s request. Whoever runs this Quarry needs to look at its log.',
  ],
  [[900561], 'interaction', 'sign-in', 'That sign-in was already finished or was reloaded. Start it again.'],
  [
    [50196],
    'blocked',
    'wait',
    'The identity service noticed the same request too often and stopped it. Wait a few minutes, then sign in once.',
  ],
  // The wrong organization or account.
  [
    [50020, 50034, 51004, 90072, 50014, 16000, 16003],
    'wrong-account',
    'choose-account',
    'That account is not known in this organization. Use another account, or ask for an invitation.',
  ],
  [
    [500208],
    'wrong-account',
    'choose-account',
    'That is a personal Microsoft account. It belongs to no organization, so nobody could connect Quarry for it or give it rights. Sign in with your work account.',
  ],
  [
    [90002, 90019, 50059, 50128],
    'wrong-account',
    'choose-account',
    'The identity service does not know that organization. Sign in with your work account.',
  ],
  [
    [90038],
    'blocked',
    'ask-operator',
    'Your organization lives in another Microsoft cloud. Whoever runs this Quarry needs to set AZURE_AUTHORITY_HOST to it.',
  ],
  [
    [500021, 500022],
    'blocked',
    'ask-administrator',
    'Your network allows sign-in to certain organizations only, and this one is not among them. Ask your administrator.',
  ],
  [
    [500212, 500213],
    'blocked',
    'ask-administrator',
    'The rules between your organization and this one do not allow the sign-in. Ask the administrators of both.',
  ],
  [[700005], 'interaction', 'sign-in', 'The sign-in got mixed up between two organizations. Start it again.'],
  [
    [50177, 50178],
    'blocked',
    'ask-administrator',
    'Your account comes from another directory that cannot meet this organization’s rules. Ask its administrator.',
  ],
  // More than a password is asked for, or policy says no.
  [[50058, 50140, 50199, 50125, 50168], 'interaction', 'sign-in', 'The identity service wants to see you in person. Sign in.'],
  [[50076, 50074, 50078, 50158], 'interaction', 'sign-in', 'Your organization asks for a second factor. Sign in again and confirm it.'],
  [[50079, 50072], 'interaction', 'sign-in', 'Your organization asks you to set up a second factor. Sign in again and follow its steps.'],
  [[50097], 'interaction', 'sign-in', 'Your organization wants to recognize your device. Sign in again on a managed device.'],
  [
    [50155, 50187, 50129, 53001],
    'blocked',
    'ask-administrator',
    'Your organization lets only its own devices in, and this one was not recognized. Use a managed device, or ask your administrator.',
  ],
  [
    [53000],
    'blocked',
    'ask-administrator',
    'Your organization lets only compliant devices in. Use a compliant device, or ask your administrator.',
  ],
  [
    [53002],
    'blocked',
    'ask-administrator',
    'Your organization does not allow this browser for signing in. Use an approved one, or ask your administrator.',
  ],
  [
    [53003, 530032, 530035, 50131, 50005],
    'blocked',
    'ask-administrator',
    'A policy of your organization blocks this sign-in. Give your administrator the correlation id below.',
  ],
  [
    [53004, 53010],
    'blocked',
    'ask-administrator',
    'You need a second factor, and a policy does not let you set one up from here. Ask your administrator.',
  ],
  [[53011, 530034], 'blocked', 'ask-administrator', 'Your account is held back because of a suspected risk. Ask your security team.'],
  [
    [50105],
    'blocked',
    'ask-administrator',
    'Your organization lets only assigned people use Quarry. Ask your administrator to assign you.',
  ],
  [
    [50132, 50133, 50173, 70043],
    'interaction',
    'sign-in',
    'Your earlier sign-in no longer counts, for example after a password change. Sign in again.',
  ],
  // Consent.
  [[65001, 90094, 90008], 'consent', 'connect', 'Your organization has not allowed Quarry yet. An administrator of it can connect it.'],
  [
    [65004],
    'cancelled',
    'sign-in',
    'You did not agree to what Quarry asks for, so nothing was shared and you are not signed in. You can sign in and decide again.',
  ],
  [[90095], 'consent', 'ask-administrator', 'Your request was sent to your administrator. Sign in once they have approved it.'],
  [[90093], 'consent', 'connect', 'Your account may not allow Quarry for the organization. Ask an administrator to open the connect page.'],
  [
    [90099],
    'consent',
    'ask-administrator',
    'Partner administrators can use Quarry here only after the customer has allowed it. Ask the customer’s administrator.',
  ],
  [
    [65002],
    'configuration',
    'ask-operator',
    'The identity service does not let Quarry ask for this. Whoever runs this Quarry needs to check the app registration.',
  ],
  // Codes, refresh tokens, sessions.
  [[54005, 501481, 50089, 50085], 'interaction', 'sign-in', 'That sign-in was already used or took too long. Start it again.'],
  [[70008, 700082, 70000, 700084], 'interaction', 'sign-in', 'Your sign-in has expired. Sign in again.'],
  [[50061, 50068, 50070, 50071], 'interaction', 'sign-in', 'Your sign-in there has already ended. Sign in to go on.'],
  // Credentials and account state: normally told on the identity service’s own page.
  [[50126, 50056], 'interaction', 'sign-in', 'The identity service did not accept that name and password. Sign in again.'],
  [[50053, 50057], 'blocked', 'ask-administrator', 'Your account is locked or disabled. Ask your administrator.'],
  [[50055, 50144, 50135], 'interaction', 'sign-in', 'Your password needs to be changed. Sign in again and follow the steps.'],
  // Passing trouble.
  [
    [50033, 50087, 90006, 90012, 90024, 90033, 90090, 70012, 40010, 90055],
    'transient',
    'wait',
    'The identity service is busy or has trouble. Try again in a moment.',
  ],
];

export const aadstsAdvice: ReadonlyMap<number, Advice> = new Map(
  groups.flatMap(([codes, failure, next, says]) => codes.map((code) => [code, { failure, next, says }] as const)),
);

/** What to say when the number is unknown or absent. */
export const generalAdvice: Readonly<Record<IdentityFailure, Omit<Advice, 'failure'>>> = {
  interaction: { next: 'sign-in', says: 'The identity service wants you to sign in again.' },
  consent: { next: 'connect', says: 'Your organization has not allowed Quarry yet. An administrator of it can connect it.' },
  blocked: {
    next: 'ask-administrator',
    says: 'Your organization does not allow this sign-in. Give your administrator the correlation id below.',
  },
  'wrong-account': { next: 'choose-account', says: 'Another account is needed here. Choose the work account of your organization.' },
  cancelled: { next: 'sign-in', says: 'The sign-in was cancelled, and nothing was shared. You can start it again.' },
  configuration: {
    next: 'ask-operator',
    says: 'Quarry and the identity service do not agree on its registration. Whoever runs this Quarry needs to look at its log.',
  },
  rejected: {
    next: 'sign-in',
    says: 'The answer of the identity service did not pass Quarry’s checks, so nobody was signed in. Start again.',
  },
  transient: { next: 'wait', says: 'The identity service did not answer as it should. Try again in a moment.' },
};
