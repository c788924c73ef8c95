import { load, type CheerioAPI } from 'cheerio';

export interface Visit {
  readonly status: number;
  readonly url: string;
  readonly location: string | undefined;
  readonly headers: Headers;
  readonly text: string;
  readonly $: CheerioAPI;
}

const browserHeaders = (method: string, url: URL, from: URL | undefined): Record<string, string> => ({
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': from === undefined ? 'none' : from.origin === url.origin ? 'same-origin' : 'same-site',
  ...(method === 'POST' && from ? { origin: from.origin } : {}),
});

/** A browser in small: one cookie jar for localhost (ports share it, as in a real one), forms by their buttons, redirects followed only inside one origin. */
export const aBrowser = () => {
  const jar = new Map<string, string>();
  let page: Visit | undefined;

  const keepCookies = (headers: Headers): void => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      const gone = attributes.some((attribute) => /^\s*(?:expires=Thu, 01 Jan 1970|max-age=0)/i.test(attribute));
      if (gone) jar.delete(name);
      else jar.set(name, value.join('='));
    }
  };

  const request = async (method: string, address: string, body?: URLSearchParams): Promise<Visit> => {
    const from = page ? new URL(page.url) : undefined;
    const url = new URL(address, from);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...browserHeaders(method, url, from), cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body ? { body } : {}),
    });
    keepCookies(response.headers);
    const text = await response.text();
    const location = response.headers.get('location') ?? undefined;
    page = {
      status: response.status,
      url: url.href,
      location: location && new URL(location, url).href,
      headers: response.headers,
      text,
      $: load(text),
    };
    return page;
  };

  return {
    jar,
    /** Sends the page's only form with these fields. */
    submit: async (fields: Readonly<Record<string, string>>): Promise<Visit> => {
      if (!page) throw new Error('There is no page yet.');
      const form = page.$('form');
      if (form.length !== 1) throw new Error(`The page has ${form.length} forms.`);
      return request('POST', form.attr('action') ?? '', new URLSearchParams(fields));
    },
    visit: (address: string): Promise<Visit> => request('GET', address),
    /** Presses `button[name][value]` of the page at hand, sending its form's other fields along. */
    press: async (name: string, value: string, more: Readonly<Record<string, string>> = {}): Promise<Visit> => {
      if (!page) throw new Error('There is no page yet.');
      const { $ } = page;
      const button = $(`button[name="${name}"][value="${value}"]`);
      if (button.length !== 1) throw new Error(`The page has ${button.length} buttons ${name}=${value}:\n${$('main').text()}`);
      const form = button.closest('form');
      const fields = new URLSearchParams(more);
      form.find('input[type=hidden]').each((_index, input) => fields.append($(input).attr('name') ?? '', $(input).attr('value') ?? ''));
      fields.append(name, value);
      return request('POST', form.attr('action') ?? '', fields);
    },
  };
};

export type LabBrowser = ReturnType<typeof aBrowser>;
