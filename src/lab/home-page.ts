import { accounts, type Account } from './directory/accounts.data';
import type { Tenant } from './directory/tenants.data';
import type { LabCall } from './calls';
import { faults, labServices, type Drill } from './drills';
import { html, type Html } from './web/html';

export interface HomePage {
  readonly applicationName: string;
  readonly clientId: string;
  readonly tenants: readonly { readonly tenant: Tenant; readonly connected: boolean }[];
  /** Apps that were registered through Graph, and the organizations that know them. */
  readonly registered: readonly { readonly name: string; readonly clientId: string; readonly tenants: readonly Tenant[] }[];
  readonly signedIn: readonly string[];
  readonly armed: readonly Drill[];
  /** Newest first. */
  readonly calls: readonly LabCall[];
}

const tenantRow = ({ tenant, connected }: HomePage['tenants'][number]): Html =>
  html`<tr>
    <th scope="row">${tenant.name}</th>
    <td>${tenant.domain}<br /><code>${tenant.id}</code></td>
    <td>${connected ? 'connected' : 'not connected: its administrator has not consented'}</td>
    <td>
      ${
        connected
          ? html`<form method="post" action="/lab-home/withdraw">
              <button name="tenant" value="${tenant.id}">Withdraw the consent of ${tenant.name}</button>
            </form>`
          : html``
      }
    </td>
  </tr>`;

const appRow = ({ name, clientId, tenants }: HomePage['registered'][number]): Html =>
  html`<tr>
    <th scope="row">${name}</th>
    <td><code>${clientId}</code></td>
    <td>
      ${
        tenants.length === 0
          ? 'none'
          : html`<form method="post" action="/lab-home/withdraw">
              <input type="hidden" name="client" value="${clientId}" />
              ${tenants.map((tenant) => html`<button name="tenant" value="${tenant.id}">Remove it from ${tenant.name}</button> `)}
            </form>`
      }
    </td>
  </tr>`;

const accountRow = ({ username, name, lesson }: Account): Html =>
  html`<tr>
    <th scope="row">${username}</th>
    <td>${name}</td>
    <td>${lesson}</td>
  </tr>`;

const option = (value: string): Html => html`<option>${value}</option>`;

const drillForm = (tenants: HomePage['tenants']): Html =>
  html`<form method="post" action="/lab-home/arm" class="fields">
    <label
      >Service
      <select name="service">
        ${labServices.map(option)}
      </select></label
    >
    <label
      >Fault
      <select name="fault">
        ${faults.map(option)}
      </select></label
    >
    <label>Next calls <input name="times" type="number" min="1" max="1000" value="1" /></label>
    <label
      >Tenant
      <select name="tenant">
        <option value="">any</option>
        ${tenants.map(({ tenant }) => html`<option value="${tenant.id}">${tenant.name}</option>`)}
      </select>
    </label>
    <button class="primary">Arm</button>
  </form>`;

const armedList = (armed: readonly Drill[]): Html =>
  armed.length === 0
    ? html`<p class="soft">None is armed.</p>`
    : html`<ul>
          ${armed.map(({ service, fault, times, tenant }) => html`<li>${service}: ${fault}, ${times} more ${tenant ? html`in <code>${tenant}</code>` : html``}</li>`)}
        </ul>
        <form method="post" action="/lab-home/disarm"><button>Disarm all</button></form>`;

const callRow = ({ at, service, method, path, tenant, status, fault }: LabCall): Html =>
  html`<tr>
    <td>${at}</td>
    <td>${service}</td>
    <td><code>${method} ${path}</code></td>
    <td>${tenant ? html`<code>${tenant.slice(0, 8)}</code>` : 'none'}</td>
    <td>${status ?? 'no answer'}${fault ? ` (${fault})` : ''}</td>
  </tr>`;

const table = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

/** The lab's own page: what it is made of, what practises a fault, and what has reached it. */
export const homePage = ({ applicationName, clientId, tenants, registered, signedIn, armed, calls }: HomePage): Html =>
  html`<h1>The Quarry lab</h1>
    <p>A stand-in for Microsoft's sign-in and Defender services, on this machine alone. Quarry uses it when no cloud is configured.</p>
    <p class="soft">App registration ${applicationName}, client id <code>${clientId}</code></p>
    ${signedIn.length === 0 ? html`` : html`<p>Signed in here: ${signedIn.join(', ')}. <a href="/organizations/oauth2/v2.0/logout">Sign out</a></p>`}
    <h2>Organizations</h2>
    ${table('Organizations', ['Name', 'Domain and id', 'State', 'Action'], tenants.map(tenantRow))}
    ${
      registered.length === 0
        ? html``
        : html`<h2>Apps registered through Graph</h2>
            ${table('Apps registered through Graph', ['Name', 'Client id', 'Organizations'], registered.map(appRow))}`
    }
    <h2>Accounts</h2>
    ${table('Accounts', ['Account', 'Name', 'What it teaches'], accounts.map(accountRow))}
    <h2>Fault drills</h2>
    ${drillForm(tenants)} ${armedList(armed)}
    <h2>Calls received</h2>
    ${calls.length === 0 ? html`<p class="soft">None yet.</p>` : table('Calls received', ['Time', 'Service', 'Call', 'Tenant', 'Status'], calls.map(callRow))}`;
