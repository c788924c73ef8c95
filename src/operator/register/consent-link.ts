import { resourceApps } from '../../identity/permissions.data';
import type { RegisterSettings } from './settings';

export interface ConsentLink {
  readonly settings: Pick<RegisterSettings, 'authorityHost' | 'consentRedirectUri' | 'provider'>;
  readonly tenantId: string;
  readonly clientId: string;
}

/** Where an administrator consents for their whole tenant, to all that the registration lists. */
export const consentLink = ({ settings, tenantId, clientId }: ConsentLink): string => {
  const url = new URL(`${settings.authorityHost.replace(/\/+$/, '')}/${tenantId}/v2.0/adminconsent`);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('scope', `${resourceApps[settings.provider].uri}/.default`);
  url.searchParams.set('redirect_uri', settings.consentRedirectUri);
  return url.href;
};
