import type { Person } from '../staff';
import type { Random } from '../random';
import type { Fields } from '../sink';
import type { Ticks } from '../window';
import type { World } from '../world';

/** Where on the internet somebody signs in from. */
export interface Place {
  readonly ip: string;
  readonly country: string;
  readonly state: string;
  readonly city: string;
  readonly latitude: string;
  readonly longitude: string;
}

export interface SignIn {
  readonly person: Person;
  readonly at: Ticks;
  readonly place?: Place;
  readonly error?: number;
  readonly application?: readonly [name: string, id: string];
  readonly interactive?: boolean;
  readonly multiFactor?: boolean;
  readonly risk?: number;
  readonly session?: string;
  readonly userAgent?: string;
  readonly client?: string;
  readonly managed?: boolean;
}

export const applications = [
  ['Office 365 Exchange Online', '00000002-0000-0ff1-ce00-000000000000'],
  ['Office 365 SharePoint Online', '00000003-0000-0ff1-ce00-000000000000'],
  ['Microsoft Teams', '1fec8e78-bce4-4aaf-ab1b-5451cc387264'],
  ['OfficeHome', '4765445b-32c6-49b0-83e6-1d93765276ca'],
  ['Azure Portal', 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c'],
  ['Windows Sign In', '38aa3b87-a06d-4817-b275-7a316988d93b'],
] as const;

export const edgeAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0';

export const officePlace = (person: Person): Place => ({ ...person.site, ip: person.site.publicIp });

const conditional = (error: number): number => {
  if (error === 0) return 0;
  return error === 53003 ? 1 : 2;
};

const deviceOf = (world: World, person: Person) => {
  const home = world.home(person);
  return {
    DeviceName: home?.short,
    OSPlatform: home?.kind === 'mac' ? 'macOS' : 'Windows10',
    DeviceTrustType: 'Hybrid Azure AD joined',
    IsManaged: 1,
    IsCompliant: 1,
  };
};
const strangeDevice = { DeviceName: '', OSPlatform: 'Windows10', DeviceTrustType: '', IsManaged: 0, IsCompliant: 0 };

const fixed = { IsExternalUser: 0, IsGuestUser: false, TokenIssuerType: 0, ConditionalAccessPolicies: '[]' };

const from = (place: Place): Fields => ({
  IPAddress: place.ip,
  Country: place.country,
  State: place.state,
  City: place.city,
  Latitude: place.latitude,
  Longitude: place.longitude,
});

/** The row of one sign-in. */
const rowOf = (world: World, random: Random, given: SignIn): Fields => {
  const facts = { error: 0, risk: 0, managed: true, client: 'Browser', userAgent: edgeAgent, place: officePlace(given.person), ...given };
  const [name, id] = given.application ?? random.pick(applications);
  const [correlation, session, request, report] = [random.guid(), random.guid(), random.guid(), random.guid()];
  return {
    ...fixed,
    ...from(facts.place),
    ...(facts.managed ? deviceOf(world, facts.person) : strangeDevice),
    Application: name,
    ApplicationId: id,
    ResourceDisplayName: name,
    ResourceId: id,
    ResourceTenantId: world.tenant.id,
    LogonType: facts.interactive ? '["interactiveUser"]' : '["nonInteractiveUser"]',
    ErrorCode: facts.error,
    AccountDisplayName: facts.person.display,
    AccountObjectId: facts.person.objectId,
    AccountUpn: facts.person.upn,
    AuthenticationRequirement: facts.multiFactor ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    RiskLevelAggregated: facts.risk,
    RiskState: facts.risk > 1 ? 4 : 0,
    UserAgent: facts.userAgent,
    ClientAppUsed: facts.client,
    Browser: facts.client === 'Browser' ? 'Edge 139.0.0' : '',
    ConditionalAccessStatus: conditional(facts.error),
    CorrelationId: correlation,
    SessionId: facts.session ?? session,
    RequestId: request,
    ReportId: report,
  };
};

/** Records a sign-in in the table of today and in the one that it replaced; returns the ids that other tables refer to. */
export const signIn = (world: World, random: Random, facts: SignIn): { readonly session: string; readonly request: string } => {
  const row = rowOf(world, random, facts);
  world.record('EntraIdSignInEvents', facts.at, row);
  world.record('AADSignInEventsBeta', facts.at, row);
  return { session: String(row['SessionId']), request: String(row['RequestId']) };
};
