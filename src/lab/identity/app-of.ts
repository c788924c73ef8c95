import type { AppGrants } from '../directory/grants';
import type { Registration } from '../directory/registration';
import type { IdentityDeps } from './identity-deps';
import { StsError } from './sts-error';

/** The app that a request, a code or a token is of, and what was consented to it. */
export interface App {
  readonly registration: Registration;
  readonly grants: AppGrants;
}

/** Throws 700016 for an app that is not (or no longer) registered. */
export const appOf = ({ registrations, grants }: Pick<IdentityDeps, 'registrations' | 'grants'>, clientId: string): App => {
  const registration = registrations.find(clientId);
  if (!registration) throw new StsError(700016, [clientId, 'the directory']);
  return { registration, grants: grants.for(registration.clientId) };
};
