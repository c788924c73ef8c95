const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '';

/** The form around the button `name`=`value`: where it goes and what it sends. */
const formOf = (html: string, name: string, value: string): { action: string; fields: URLSearchParams } | undefined => {
  const forms = html.split(/<form\b/).slice(1);
  const form = forms.find((text) => text.includes(`name="${name}"`) && text.includes(`value="${value}"`));
  if (!form) return undefined;
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g))
    fields.append(attribute(input, 'name'), attribute(input, 'value'));
  fields.append(name, value);
  return { action: attribute(form, 'action'), fields };
};

/** A browser in small: cookies of localhost, redirects followed, the lab's two forms filled in. */
export const createVisitor = () => {
  const jar = new Map<string, string>();
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

  const request = async (url: string, body?: URLSearchParams): Promise<{ url: string; html: string }> => {
    const origin = new URL(url).origin;
    const answer = await fetch(url, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: cookie(), ...(body ? { origin, 'sec-fetch-site': 'same-origin' } : {}) },
      ...(body ? { body } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (answer.status >= 400) throw new Error(`${url} answered ${answer.status}`);
    return location && answer.status >= 300 ? request(new URL(location, url).href) : { url, html: await answer.text() };
  };

  return Object.freeze({
    cookie,
    text: async (url: string): Promise<string> => (await request(url)).html,
    /** Posts a form and gives the address where the browser ends up. */
    post: async (url: string, fields: Record<string, string>): Promise<string> => (await request(url, new URLSearchParams(fields))).url,
    /** Opens a page that needs signing in, and signs in at the lab on the way. */
    signIn: async (url: string, account: string): Promise<void> => {
      let page = await request(url);
      for (const [name, value] of [
        ['account', account],
        ['consent', 'accept'],
      ] as const) {
        const form = formOf(page.html, name, value);
        if (form) page = await request(new URL(form.action, page.url).href, form.fields);
      }
    },
  });
};

export type Visitor = ReturnType<typeof createVisitor>;
