import type { Quarry } from './a-quarry';
import { fetchWhole } from './fetch-whole';
import { aBrowser, type LabBrowser, type Visit } from './lab-browser';

export interface HuntedRun {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly ledger: {
    readonly verdict: string;
    readonly tenants: readonly { readonly cut: string | null; readonly error: string | null; readonly calls: number }[];
  };
}

const follow = async (browser: LabBrowser, visit: Visit): Promise<Visit> => {
  let page = visit;
  while (page.status >= 300 && page.status < 400 && page.location) page = await browser.visit(page.location);
  return page;
};

/** The Contoso analyst, signed in to a running Quarry by a browser's way. */
export const aHunter = async (quarry: Quarry) => {
  const browser = aBrowser();
  const page = await follow(browser, await browser.visit(`${quarry.baseUrl}/hunting`));
  if (page.$('button[name=account]').length > 0) {
    const chosen = await follow(browser, await browser.press('account', 'analyst@contoso.example'));
    if (chosen.$('button[name=consent]').length > 0) await follow(browser, await browser.press('consent', 'accept'));
  }
  const cookie = (): string => [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const post = (path: string, fields: Record<string, string> = {}): Promise<Response> =>
    fetchWhole(`${quarry.baseUrl}${path}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
      headers: { cookie: cookie(), 'sec-fetch-site': 'same-origin', origin: quarry.baseUrl },
    });
  const get = (path: string): Promise<Response> => fetchWhole(`${quarry.baseUrl}${path}`, { headers: { cookie: cookie() } });
  const read = async (path: string): Promise<HuntedRun> => (await (await get(`${path}.json`)).json()) as HuntedRun;
  const finished = async (path: string): Promise<HuntedRun> => {
    for (let run = await read(path); ; run = await read(path)) {
      if (run.state !== 'queued' && run.state !== 'running') return run;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const begin = async (query: string): Promise<string> => {
    const answer = await post('/hunting/runs', { query, timespan: 'P30D' });
    if (answer.status !== 303) throw new Error(`not run: ${answer.status}`);
    return answer.headers.get('location') ?? '';
  };
  const hunt = async (query: string): Promise<HuntedRun> => finished(await begin(query));
  return { begin, hunt, read, finished, get, post };
};
