/** Names that ordinary programs connect to, by who asks for them; addresses are made from the prefix. */
export interface Host {
  readonly name: string;
  readonly prefix: string;
}
const hosts = (text: string): readonly Host[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', prefix = ''] = line.trim().split(' ');
      return { name, prefix };
    });

export const mailHosts = hosts(`outlook.office365.com 52.96.165
  outlook.office.com 52.96.109
  autodiscover-s.outlook.com 52.97.232`);

export const officeHosts = hosts(`nexusrules.officeapps.live.com 52.111.243
  ecs.office.com 52.113.194
  substrate.office.com 52.108.44
  officeclient.microsoft.com 52.109.76
  roaming.officeapps.live.com 52.109.28`);

export const teamsHosts = hosts(`teams.microsoft.com 52.123.128
  emea.ng.msg.teams.microsoft.com 52.113.199
  trouter-azsc-euwe-0-a.trouter.teams.microsoft.com 20.54.37
  statics.teams.cdn.office.net 13.107.246`);

export const systemHosts = hosts(`settings-win.data.microsoft.com 51.104.136
  v10.events.data.microsoft.com 20.189.173
  fe3cr.delivery.mp.microsoft.com 20.163.45
  ctldl.windowsupdate.com 199.232.210
  tlu.dl.delivery.mp.microsoft.com 152.199.21
  login.microsoftonline.com 20.190.159
  time.windows.com 20.101.57`);

export const defenderHosts = hosts(`winatp-gw-weu.microsoft.com 20.82.12
  europe.cp.wd.microsoft.com 20.105.209
  wdcp.microsoft.com 20.76.194
  automatedirstrprdweu.blob.core.windows.net 20.209.10`);

export const webHosts = hosts(`www.google.com 142.250.185
  www.bing.com 13.107.21
  github.com 140.82.121
  en.wikipedia.org 185.15.59
  www.linkedin.com 13.107.42
  www.youtube.com 142.250.186
  stackoverflow.com 104.18.32
  www.reuters.com 18.66.248
  news.ycombinator.com 209.216.230
  www.bbc.co.uk 151.101.0
  cdn.jsdelivr.net 104.16.89
  fonts.gstatic.com 142.250.184
  www.booking.com 18.165.183
  open.spotify.com 35.186.224
  www.salesforce.com 104.109.10
  app.box.com 74.112.186
  www.figma.com 13.35.58
  trello.com 104.192.142
  zoom.us 170.114.52
  www.deepl.com 104.18.26
  www.dhl.com 23.212.222
  www.bundesbank.de 193.28.144`);

export const developerHosts = hosts(`registry.npmjs.org 104.16.24
  github.com 140.82.121
  api.github.com 140.82.121
  pypi.org 151.101.64
  files.pythonhosted.org 151.101.128
  index.docker.io 44.208.254
  update.code.visualstudio.com 13.107.253
  proxy.golang.org 142.250.181`);

export const unixHosts = hosts(`deb.debian.org 151.101.2
  security.debian.org 151.101.66
  packages.microsoft.com 13.107.246
  time.apple.com 17.253.16
  gateway.icloud.com 17.248.209
  swscan.apple.com 17.253.39
  x.cp.wd.microsoft.com 20.105.210`);

export const updateHosts = hosts(`msedge.api.cdp.microsoft.com 13.107.246
  update.googleapis.com 142.250.184
  dl.google.com 142.250.185
  armmf.adobe.com 23.50.131`);
