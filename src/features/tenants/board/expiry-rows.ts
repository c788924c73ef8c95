import type { Mark } from './consent-rows';
import { moment } from './moment';

/** How Quarry proves itself to the identity service, and how long that holds as far as it can be known. */
export interface CredentialFacts {
  readonly kind: 'certificate' | 'secret';
  /** null: a secret does not tell when it ends. */
  readonly endsAt: number | null;
}

export interface SessionFacts {
  readonly endsAt: number | null;
  readonly idleMinutes: number;
  /** Of the token in hand for hunting in the person's own organization. */
  readonly tokenEndsAt: number | null;
}

export interface ExpiryRow {
  readonly what: string;
  readonly when: string;
  readonly mark: Mark;
  readonly word: string;
  readonly then: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const warnDays = 30;

const judged = (endsAt: number, now: number): { readonly mark: Mark; readonly word: string } => {
  if (endsAt <= now) return { mark: 'bad', word: 'expired' };
  return endsAt <= now + warnDays * dayMs ? { mark: 'warn', word: 'ends soon' } : { mark: 'good', word: 'holds' };
};

const credentialRow = ({ kind, endsAt }: CredentialFacts, now: number): ExpiryRow => {
  const what = kind === 'certificate' ? 'Quarry’s certificate' : 'Quarry’s client secret';
  if (endsAt === null) {
    const then =
      'A secret does not say when it ends. Whoever runs this Quarry can set AZURE_CLIENT_SECRET_EXPIRES; until then nobody is warned.';
    return { what, when: 'unknown', mark: '', word: 'unknown', then };
  }
  const then = 'Without it nobody can sign in. Whoever runs this Quarry renews it; two may be registered at a time.';
  return { what, when: moment(endsAt), ...judged(endsAt, now), then };
};

/** What ends when: the credential of this Quarry, and the reader's own session and token. */
export const expiryRows = (credential: CredentialFacts, session: SessionFacts, now: number): readonly ExpiryRow[] => [
  credentialRow(credential, now),
  {
    what: 'Your session',
    when: session.endsAt === null ? 'unknown' : moment(session.endsAt),
    mark: 'good',
    word: 'holds',
    then: `It ends earlier after ${session.idleMinutes} minutes without a request; you then sign in again.`,
  },
  session.tokenEndsAt === null
    ? { what: 'Your token for hunting', when: 'none in hand', mark: '', word: 'none', then: 'The next call asks for one.' }
    : {
        what: 'Your token for hunting',
        when: moment(session.tokenEndsAt),
        mark: 'good',
        word: 'holds',
        then: 'It is renewed by itself as long as the consent stands.',
      },
];
