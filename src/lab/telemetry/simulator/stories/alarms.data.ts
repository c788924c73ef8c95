import type { Alert } from '../alerts';

/** What the sensors make of each story. */
export const alarms = {
  consent: {
    title: 'Suspicious inbox manipulation rule',
    category: 'DefenseEvasion',
    severity: 'Medium',
    service: 'Microsoft Defender for Cloud Apps',
    techniques: ['Hide Artifacts: Email Hiding Rules (T1564.008)', 'Steal Application Access Token (T1528)'],
  },
  download: {
    title: 'Use of living-off-the-land binary to fetch code',
    category: 'CommandAndControl',
    severity: 'Medium',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['Ingress Tool Transfer (T1105)', 'BITS Jobs (T1197)', 'Mshta (T1218.005)'],
  },
  exfiltration: {
    title: 'Possible data exfiltration with a synchronisation tool',
    category: 'Exfiltration',
    severity: 'High',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['Exfiltration to Cloud Storage (T1567.002)', 'Archive via Utility (T1560.001)'],
  },
  kerberoast: {
    title: 'Suspected Kerberos SPN exposure',
    category: 'CredentialAccess',
    severity: 'High',
    service: 'Microsoft Defender for Identity',
    techniques: ['Kerberoasting (T1558.003)'],
  },
  lateral: {
    title: 'Suspicious remote execution on several devices',
    category: 'LateralMovement',
    severity: 'High',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['SMB/Windows Admin Shares (T1021.002)', 'Service Execution (T1569.002)', 'Windows Management Instrumentation (T1047)'],
  },
  lsass: {
    title: 'Process memory dump of LSASS',
    category: 'CredentialAccess',
    severity: 'High',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['LSASS Memory (T1003.001)'],
  },
  macro: {
    title: 'Suspicious PowerShell started by an Office application',
    category: 'Execution',
    severity: 'Medium',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['PowerShell (T1059.001)', 'Malicious File (T1204.002)'],
  },
  persistence: {
    title: 'Suspicious persistence in several places',
    category: 'Persistence',
    severity: 'Medium',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['Registry Run Keys / Startup Folder (T1547.001)', 'Scheduled Task (T1053.005)', 'WMI Event Subscription (T1546.003)'],
  },
  ransomware: {
    title: 'Ransomware behavior on a file server',
    category: 'Ransomware',
    severity: 'High',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['Data Encrypted for Impact (T1486)', 'Inhibit System Recovery (T1490)'],
  },
  spray: {
    title: 'Password spray',
    category: 'CredentialAccess',
    severity: 'High',
    service: 'AAD Identity Protection',
    techniques: ['Password Spraying (T1110.003)'],
  },
  usb: {
    title: 'Suspicious program started from a removable drive',
    category: 'InitialAccess',
    severity: 'Medium',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['Replication Through Removable Media (T1091)', 'Exfiltration over USB (T1052.001)'],
  },
  webshell: {
    title: 'Possible web shell on an internet-facing server',
    category: 'Persistence',
    severity: 'High',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['Web Shell (T1505.003)', 'Protocol Tunneling (T1572)'],
  },
} as const satisfies Record<string, Omit<Alert, 'at' | 'evidence'>>;
