import { adviceFor, type NextStep } from '../../../identity/aadsts';
import type { IdentityError } from '../../../identity/identity-error';
import { consentRefusals, type ConsentRefusal, type Mender } from './consent-refusals.data';

/** Consent that was not given, as the page tells it. */
export interface Refusal extends ConsentRefusal {
  readonly code: string;
  readonly aadsts: number | undefined;
  readonly correlationId: string | undefined;
}

const menders: Readonly<Record<NextStep, Mender>> = {
  'sign-in': 'you',
  'choose-account': 'you',
  connect: 'administrator',
  'ask-administrator': 'administrator',
  'ask-operator': 'operator',
  wait: 'time',
};

const general: Readonly<Record<Mender, string>> = {
  you: 'Start again with an administrator’s account of the organization.',
  administrator: 'Give an administrator of the organization the code and the correlation id below.',
  customer: 'Send the link below to an administrator of the customer itself.',
  operator: 'Whoever runs this Quarry needs the code and the correlation id below.',
  time: 'Wait a few minutes, then start again.',
};

const nameless: ConsentRefusal = {
  says: 'The answer did not say which organization agreed, so nothing was connected.',
  mender: 'you',
  then: 'Start again; if it happens again, enter the organization’s tenant id.',
};

const refusalOf = (error: IdentityError): ConsentRefusal => {
  const known = error.aadsts === undefined ? undefined : consentRefusals.get(error.aadsts);
  if (known) return known;
  if (error.code === 'consent-without-tenant') return nameless;
  if (error.failure === 'cancelled') return consentRefusals.get(65004) as ConsentRefusal;
  const { says, next } = adviceFor(error);
  return { says, mender: menders[next], then: general[menders[next]] };
};

/** The words for a refused consent. Its number may be forged with the rest of the address: it picks a sentence and nothing else. */
export const explainRefusal = (error: IdentityError): Refusal => {
  const { code, aadsts, correlationId } = error;
  return { ...refusalOf(error), code, aadsts, correlationId };
};
