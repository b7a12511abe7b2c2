/** A browser without scripts: it keeps cookies by name for one host, and follows nothing by itself. */
export const openBrowserOf = (url: string) => {
  const jar = new Map<string, string>();
  const get = async (path: string) => {
    const reply = await fetch(path.startsWith('http') ? path : url + path, {
      redirect: 'manual',
      headers: path.startsWith(url) || path.startsWith('/') ? { cookie: cookies(), accept: 'text/html' } : {},
    });
    for (const line of reply.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (/Expires=Thu, 01 Jan 1970/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: reply.status, location: reply.headers.get('location') ?? '' };
  };
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return { get, jar };
};
export type PlainBrowser = ReturnType<typeof openBrowserOf>;
