import { accounts, type Account } from '../directory/accounts.data';
import { principalIn, type Principal } from '../directory/directory';
import { describeGrant } from '../directory/scopes';
import { html, type Html } from '../web/html';
import type { Authority } from './discovery';
import { describe, type StsError, type Trace } from './sts-error';

/** Where a page's form is posted, and the sealed request that it carries along. */
export interface Carried {
  readonly action: string;
  readonly flow: string;
}

const form = ({ action, flow }: Carried, content: Html): Html =>
  html`<form method="post" action="${action}">
    <input type="hidden" name="flow" value="${flow}" />
    ${content}
  </form>`;

const accountButton = ({ username, name, lesson }: Account): Html =>
  html`<li>
    <button name="account" value="${username}">
      <span class="name">${name}</span>
      <span class="username">${username}</span>
      <span class="lesson">${lesson}</span>
    </button>
  </li>`;

const known = (account: Account, authority: Authority): boolean =>
  authority.kind !== 'tenant' || principalIn(account, authority.tenant) !== undefined;

export interface AccountPage extends Carried {
  readonly applicationName: string;
  readonly authority: Authority;
  readonly first?: string | undefined;
}

/** The account picker: everybody of the lab, those whom the authority knows first. */
export const accountPage = ({ applicationName, authority, first, ...carried }: AccountPage): Html => {
  const rank = (account: Account): number =>
    account.username.toLowerCase() === first?.toLowerCase() ? 0 : known(account, authority) ? 1 : 2;
  const sorted = [...accounts].sort((left, right) => rank(left) - rank(right));
  const strangers = sorted.filter((account) => !known(account, authority));
  const list = (some: readonly Account[]): Html =>
    html`<ul class="accounts">
      ${some.map(accountButton)}
    </ul>`;
  return html`<h1>Choose an account</h1>
    <p class="soft">to continue to ${applicationName}${authority.kind === 'tenant' ? html` in ${authority.tenant.name}` : html``}</p>
    ${form(
      carried,
      html`${list(sorted.filter((account) => known(account, authority)))}
      ${
        strangers.length === 0
          ? html``
          : html`<h2>Accounts that this organization does not know</h2>
              ${list(strangers)}`
      }`,
    )}`;
};

const grantItem = (name: string): Html => {
  const grant = describeGrant(name);
  return html`<li>
    ${grant?.title ?? name}
    ${grant?.resource ? html`<span class="soft">(<code>${grant.value}</code>, ${grant.resource})</span>` : html`<span class="soft">(<code>${name}</code>)</span>`}
    ${grant?.adminOnly ? html`<span class="tag">administrators only</span>` : html``}
  </li>`;
};

const decide = (accept: string): Html =>
  html`<div class="choices">
    <button class="primary" name="consent" value="accept">${accept}</button>
    <button name="consent" value="deny">Cancel</button>
  </div>`;

export interface ConsentPage extends Carried {
  readonly applicationName: string;
  readonly principal: Principal;
  readonly grants: readonly string[];
}

/** What the app asks of one person; an administrator may answer for the organization. */
export const consentPage = ({ applicationName, principal, grants, ...carried }: ConsentPage): Html =>
  html`<h1>Permissions requested</h1>
    <p class="soft">${principal.account.username} in ${principal.tenant.name}</p>
    <p><strong>${applicationName}</strong> would like to:</p>
    <ul class="scopes">
      ${grants.map(grantItem)}
    </ul>
    ${form(
      carried,
      html`${principal.account.administrator && !principal.guest ? html`<label><input type="checkbox" name="organization" value="1" /> Consent on behalf of your organization</label>` : html``}
      ${decide('Accept')}`,
    )}`;

export interface AdminConsentPage extends Omit<ConsentPage, 'grants'> {
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

const forItself = (application: readonly string[]): Html =>
  html`<p>and these for itself, without anybody signed in:</p>
    <ul class="scopes">
      ${application.map(grantItem)}
    </ul>`;

/** What the app asks of a whole organization. */
export const adminConsentPage = ({ applicationName, principal, delegated, application, ...carried }: AdminConsentPage): Html =>
  html`<h1>Permissions requested: review for your organization</h1>
    <p class="soft">${principal.account.username} in ${principal.tenant.name}</p>
    <p>If you accept, <strong>${applicationName}</strong> gets these for every person in ${principal.tenant.name}:</p>
    <ul class="scopes">
      ${delegated.map(grantItem)}
    </ul>
    ${application.length === 0 ? html`` : forItself(application)} ${form(carried, decide('Accept for the organization'))}`;

/** Only an administrator can give what is missing: the way back is all there is. */
export const approvalPage = ({ applicationName, principal, grants, ...carried }: ConsentPage): Html =>
  html`<h1>Need admin approval</h1>
    <p class="soft">${principal.account.username} in ${principal.tenant.name}</p>
    <p>
      <strong>${applicationName}</strong> needs permission to access resources in your organization that only an administrator can grant
      (AADSTS90094):
    </p>
    <ul class="scopes">
      ${grants.map(grantItem)}
    </ul>
    ${form(carried, html`<div class="choices"><button name="consent" value="deny">Return to the application without granting consent</button></div>`)}`;

export const secondFactorPage = ({ username, ...carried }: Carried & { readonly username: string }): Html =>
  html`<h1>Approve the sign-in</h1>
    <p class="soft">${username}</p>
    <p>Here your telephone would ask you. In the lab you answer yourself.</p>
    ${form(
      carried,
      html`<div class="choices">
        <button class="primary" name="factor" value="approve">Approve</button>
        <button name="factor" value="deny">Deny</button>
      </div>`,
    )}`;

/** A failure that is shown here, because the place to report it to is not trusted or not concerned. */
export const errorPage = (error: StsError, trace: Trace, again?: Carried): Html =>
  html`<h1>Sorry, but we are having trouble signing you in</h1>
    <p>${describe(error, trace).replace(/ Trace ID: .*$/, '')}</p>
    <dl class="facts">
      <dt>Error</dt>
      <dd>AADSTS${error.code}</dd>
      <dt>Request id</dt>
      <dd>${trace.traceId}</dd>
      <dt>Correlation id</dt>
      <dd>${trace.correlationId}</dd>
      <dt>Timestamp</dt>
      <dd>${trace.at.toISOString()}</dd>
    </dl>
    ${again === undefined ? html`` : form(again, html`<div class="choices"><button class="primary">Choose another account</button></div>`)}`;

/** Carries an answer to the app by POST; the script presses the button. */
export const formPostPage = (action: string, parameters: Readonly<Record<string, string>>): Html =>
  html`<h1>Returning to the application</h1>
    <form method="post" action="${action}" id="answer">
      ${Object.entries(parameters).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <p>If nothing happens, press the button.</p>
      <button class="primary">Continue</button>
    </form>`;

/** The end of a sign-in; `notices` are loaded invisibly, to tell the apps. */
export const signedOutPage = (usernames: readonly string[], notices: readonly string[]): Html =>
  html`<h1>You signed out of your account</h1>
    ${usernames.map((username) => html`<p class="soft">${username}</p>`)}
    <p>It is a good idea to close all browser windows.</p>
    ${notices.map((notice) => html`<iframe class="notice" src="${notice}" title="Signing out of an application" hidden></iframe>`)}`;

/** Where the code of a console is typed. */
export const deviceCodePage = (action: string, typed: string | undefined, wrong: boolean): Html =>
  html`<h1>Enter code</h1>
    <p>Enter the code that is shown on your device or in your console.</p>
    ${wrong ? html`<p><strong>That code did not work.</strong> It may have expired: start again where it was shown.</p>` : html``}
    <form method="post" action="${action}">
      <label>Code <input name="otc" value="${typed ?? ''}" autocomplete="off" autocapitalize="characters" required /></label>
      <div class="choices"><button class="primary">Next</button></div>
    </form>`;
