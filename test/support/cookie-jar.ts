/** Goes where a browser goes: keeps cookies of each host, and follows redirects as far as it is told. */
export const openBrowserOf = (url: string) => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string): Map<string, string> => {
    const known = jars.get(host) ?? new Map<string, string>();
    jars.set(host, known);
    return known;
  };
  const jar = jarOf(new URL(url).host);
  const get = async (path: string) => {
    const target = new URL(path, url);
    const cookies = jarOf(target.host);
    const reply = await fetch(target, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), accept: 'text/html' },
    });
    for (const line of reply.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, pair.slice(at + 1));
    }
    const location = reply.headers.get('location');
    return {
      status: reply.status,
      location: location === null ? '' : new URL(location, target).href,
      cookies: reply.headers.getSetCookie(),
      text: await reply.text(),
    };
  };
  /** Follows redirects until the next address passes the test; that address. */
  const follow = async (path: string, until: (address: string) => boolean): Promise<string> => {
    let next = path;
    for (let hops = 0; hops < 12; hops++) {
      const { location, status, text } = await get(next);
      if (location === '') throw new Error(`${next} answers ${status}: ${text.slice(0, 300)}`);
      if (until(location)) return location;
      next = location;
    }
    throw new Error('It redirects for ever.');
  };
  return {
    get,
    follow,
    jar,
    /** Leaves another site as one who was never there. */
    forget: (site: string): void => jarOf(new URL(site).host).clear(),
  };
};

export type CookieBrowser = ReturnType<typeof openBrowserOf>;
