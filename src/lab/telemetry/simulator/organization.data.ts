/** Where the two simulated organizations work, and the names of the people who do. */
export interface Site {
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly latitude: string;
  readonly longitude: string;
  /** Hours from UTC; the simulator knows no summer time. */
  readonly utcOffset: number;
  readonly publicIp: string;
  /** The first two bytes of its addresses. */
  readonly network: string;
  readonly code: string;
}

export interface Blueprint {
  readonly sites: readonly Site[];
  readonly netbios: string;
  readonly internalDomain: string;
  /** Out of a hundred devices: macOS and Linux. */
  readonly mac: number;
  readonly linux: number;
  readonly stories: readonly string[];
  readonly partners: readonly string[];
}

export const blueprints: Readonly<Record<'contoso' | 'fabrikam', Blueprint>> = {
  contoso: {
    netbios: 'CONTOSO',
    internalDomain: 'corp.contoso.example',
    mac: 6,
    linux: 3,
    sites: [
      {
        city: 'Hamburg',
        state: 'Hamburg',
        country: 'DE',
        latitude: '53.5511',
        longitude: '9.9937',
        utcOffset: 1,
        publicIp: '192.0.2.10',
        network: '10.10',
        code: 'HAM',
      },
      {
        city: 'Lyon',
        state: 'Auvergne-Rhone-Alpes',
        country: 'FR',
        latitude: '45.7640',
        longitude: '4.8357',
        utcOffset: 1,
        publicIp: '192.0.2.20',
        network: '10.20',
        code: 'LYS',
      },
      {
        city: 'Boston',
        state: 'Massachusetts',
        country: 'US',
        latitude: '42.3601',
        longitude: '-71.0589',
        utcOffset: -5,
        publicIp: '192.0.2.30',
        network: '10.30',
        code: 'BOS',
      },
    ],
    partners: ['northwind.example', 'adatum.example', 'litware.example', 'woodgrove.example'],
    stories: ['macro', 'kerberoast', 'lsass', 'lateral', 'ransomware', 'spray', 'consent', 'persistence', 'download'],
  },
  fabrikam: {
    netbios: 'FABRIKAM',
    internalDomain: 'ad.fabrikam.example',
    mac: 12,
    linux: 8,
    sites: [
      {
        city: 'Seattle',
        state: 'Washington',
        country: 'US',
        latitude: '47.6062',
        longitude: '-122.3321',
        utcOffset: -8,
        publicIp: '192.0.2.130',
        network: '172.20',
        code: 'SEA',
      },
      {
        city: 'Singapore',
        state: 'Singapore',
        country: 'SG',
        latitude: '1.3521',
        longitude: '103.8198',
        utcOffset: 8,
        publicIp: '192.0.2.140',
        network: '172.24',
        code: 'SIN',
      },
    ],
    partners: ['tailspin.example', 'proseware.example', 'wingtip.example', 'contoso.example'],
    stories: ['webshell', 'exfiltration', 'download', 'usb', 'macro', 'spray', 'kerberoast', 'persistence'],
  },
};

export const givenNames: readonly string[] = (
  'Amara Anton Beatriz Bruno Carla Cem Chiara Clara Daniel David Dina Elif Emil Erik Eva Felix Fatima Gina Goran Greta Hana Hugo Ida Igor Ines ' +
  'Ivan Jana Jonas Julia Karim Katja Kenji Lara Leo Lena Luis Maja Marco Maren Milan Mira Nadia Nils Nina Noor Olaf Olga Omar Paula Pavel Petra ' +
  'Priya Rafael Rana Robin Rosa Samir Sara Sofia Stefan Tara Theo Tomas Uma Vera Viktor Wanda Xenia Yara Yusuf Zoe'
).split(' ');

export const surnames: readonly string[] = (
  'Abel Acar Aydin Baker Bauer Becker Bianchi Blum Braun Castro Chen Cohen Costa Diaz Dubois Eriksen Fischer Fontaine Garcia Gomez Haas Haddad ' +
  'Hansen Hartmann Huang Ito Ivanov Jansen Jensen Kaya Keller Khan Kim Koch Kovac Kraft Lang Larsen Lehmann Lopez Maier Marino Martin Mendes Meyer ' +
  'Moreau Murphy Nakamura Nguyen Novak Okafor Olsen Ortiz Park Patel Peters Petit Popov Quinn Ramos Rossi Sato Schmidt Silva Singh Sousa Tanaka ' +
  'Torres Vogel Wagner Walsh Weber Wolf Yilmaz Young Zhang Ziegler'
).split(' ');

export type Role = 'office' | 'finance' | 'developer' | 'it' | 'sales' | 'executive';

export const departments: readonly (readonly [
  weight: number,
  value: { readonly name: string; readonly role: Role; readonly titles: readonly string[] },
])[] = [
  [24, { name: 'Sales', role: 'sales', titles: ['Account Manager', 'Sales Representative', 'Sales Engineer'] }],
  [20, { name: 'Engineering', role: 'developer', titles: ['Software Engineer', 'Senior Software Engineer', 'Test Engineer'] }],
  [16, { name: 'Finance', role: 'finance', titles: ['Accountant', 'Controller', 'Payroll Specialist'] }],
  [16, { name: 'Operations', role: 'office', titles: ['Operations Specialist', 'Logistics Coordinator', 'Buyer'] }],
  [10, { name: 'Marketing', role: 'office', titles: ['Content Manager', 'Designer'] }],
  [8, { name: 'Human Resources', role: 'office', titles: ['Recruiter', 'HR Partner'] }],
  [4, { name: 'Management', role: 'executive', titles: ['Director', 'Vice President'] }],
];
