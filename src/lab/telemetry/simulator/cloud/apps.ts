import type { Person } from '../staff';
import type { Random } from '../random';
import type { Ticks } from '../window';
import type { World } from '../world';
import { edgeAgent, officePlace, type Place } from './sign-ins';

export interface CloudAct {
  readonly at: Ticks;
  readonly person: Person;
  readonly action: string;
  readonly application:
    | 'Microsoft Exchange Online'
    | 'Microsoft SharePoint Online'
    | 'Microsoft OneDrive for Business'
    | 'Microsoft Teams'
    | 'Microsoft 365'
    | 'Microsoft Entra ID';
  readonly place?: Place;
  readonly object?: { readonly name: string; readonly type: string; readonly id?: string };
  readonly raw?: object;
  readonly admin?: boolean;
  readonly activity?: string;
  readonly userAgent?: string;
  readonly oauthAppId?: string;
}

const applicationIds: Readonly<Record<CloudAct['application'], number>> = {
  'Microsoft Exchange Online': 20893,
  'Microsoft SharePoint Online': 20892,
  'Microsoft OneDrive for Business': 15600,
  'Microsoft Teams': 28375,
  'Microsoft 365': 11161,
  'Microsoft Entra ID': 11161,
};

const objectsOf = ({ person, object }: CloudAct): object[] => [
  { Type: 'User', Role: 'Actor', Name: person.display, Id: person.objectId },
  ...(object ? [{ Type: object.type, Role: 'Target object', Name: object.name, Id: object.id ?? object.name }] : []),
];

const from = (place: Place, office: boolean) => ({
  IPAddress: place.ip,
  CountryCode: place.country,
  City: place.city,
  Isp: office ? 'Example Telecom' : 'Example Hosting',
  IPCategory: office ? 'Corporate' : 'Other',
  IsAnonymousProxy: false,
  IPTags: '[]',
});

const common = {
  AppInstanceId: 0,
  DeviceType: 'Desktop',
  OSPlatform: 'Windows 10',
  AccountType: 'Regular',
  IsExternalUser: false,
  IsImpersonated: false,
  UserAgentTags: '[]',
  AuditSource: 'Defender for Cloud Apps app connector',
  AdditionalFields: '{}',
};

/** Something that a person or an app did in a cloud service. */
export const cloudAct = (world: World, random: Random, given: CloudAct): void => {
  const act = { admin: false, activity: 'Basic', userAgent: edgeAgent, place: officePlace(given.person), ...given };
  const { person, object, place } = act;
  const id = random.guid();
  world.record('CloudAppEvents', act.at, {
    ...common,
    ...from(place, place.ip === person.site.publicIp),
    ActionType: act.action,
    Application: act.application,
    ApplicationId: applicationIds[act.application],
    AccountObjectId: person.objectId,
    AccountId: person.upn,
    AccountDisplayName: person.display,
    IsAdminOperation: act.admin,
    UserAgent: act.userAgent,
    ActivityType: act.activity,
    ActivityObjects: JSON.stringify(objectsOf(act)),
    ...(object && { ObjectName: object.name, ObjectType: object.type, ObjectId: object.id ?? object.name }),
    ReportId: id,
    OAuthAppId: act.oauthAppId,
    RawEventData: JSON.stringify({
      Id: id,
      Operation: act.action,
      Workload: act.application.replace('Microsoft ', ''),
      UserId: person.upn,
      UserType: 0,
      ClientIP: place.ip,
      ...act.raw,
    }),
  });
};
