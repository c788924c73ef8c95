import type { Registration } from './registration';
import { directoryGrants } from './scopes';

/**
 * Microsoft's own public client for consoles ("Microsoft Graph Command Line Tools"), which every tenant knows: with it an operator
 * signs in to Graph by device code before there is any registration of their own.
 */
export const consoleClient: Registration = {
  clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  name: 'Microsoft Graph Command Line Tools',
  secrets: [],
  certificates: [],
  redirectUris: ['http://localhost'],
  publicClient: true,
  tellsDirectoryRoles: false,
  delegated: directoryGrants(),
  application: [],
};
