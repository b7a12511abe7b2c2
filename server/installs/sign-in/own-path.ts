import { isProgramsPath } from '../../base/programs-path.ts';

/** Only there to be resolved against. */
const HERE = 'https://fairlead.invalid';

/**
 * A path of the console that an address named to go back to; `/` for anything else. Read as a browser reads it:
 * `//host`, `/\host` and control characters lead elsewhere.
 */
export const ownPath = (named: string | undefined): string => {
  if (named === undefined || !named.startsWith('/') || !URL.canParse(named, HERE)) return '/';
  const { origin, pathname, search } = new URL(named, HERE);
  return origin === HERE && !pathname.startsWith('//') && !isProgramsPath(pathname) ? pathname + search : '/';
};
