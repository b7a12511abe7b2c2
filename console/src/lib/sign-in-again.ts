/** The page that has one sign in again, and come back to where one is. */
export const signInAgainPath = (): string =>
  `/sign-in?${new URLSearchParams({ again: '1', return: location.pathname + location.search })}`;

/** Whether one is to sign in again, and where to come back to: a path of the console, else its first page. */
export const signInAgain = (search: string): { readonly again: boolean; readonly back: string } => {
  const asked = new URLSearchParams(search);
  return { again: asked.get('again') === '1', back: ownPath(asked.get('return') ?? '/') };
};

/** As a browser reads it: `//host` and `/\host` lead elsewhere. */
const ownPath = (path: string): string => {
  const to = path.startsWith('/') ? URL.parse(path, location.origin) : null;
  return to?.origin === location.origin && !to.pathname.startsWith('//') ? to.pathname + to.search : '/';
};
