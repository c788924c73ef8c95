/** What `npm run register -- --help` prints. */
export const help = `npm run register -- [options]

Makes the app registration that Quarry signs people in with, or brings the one that is there
up to date, and writes .env. Running it again changes nothing that is right already.

Who you are, for Microsoft Graph (an administrator of applications in your own tenant):
  (nothing)            sign in by device code
  --token              an access token in the variable GRAPH_TOKEN
  --az                 whoever is signed in to the Azure CLI
  --tenant ID          the tenant to work in; any other is refused
  --console-client ID  another public client for the device code

What is registered:
  --name NAME          what people read when they sign in (Quarry)
  --multi, --single    people of any organization, or of this tenant alone
                       (unset: as AZURE_TENANT_ID says, else any)
  --base-url URL       where people reach Quarry (BASE_URL)
  --permissions WHICH  standard: hunting, timeline events, indicators of the app (the default);
                       hunt: hunting alone; all: whatever Quarry may ask for one day
  --client-id ID       use this registration, whoever made it

How Quarry proves itself:
  --certificate        a certificate made here; its key never leaves DATA_DIR (the default)
  --secret             a secret, shown once
  --months N           how long either lasts (12)
  --renew              a new one, though the one in use is still good

  --env-file FILE      what to write (.env)
  --grant              also show the link by which an administrator consents
  --dry-run            show the manifest and what would change; write nothing
`;
