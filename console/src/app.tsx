import { type Me, useMe } from './api/use-me.ts';
import { Console } from './components/console.tsx';
import { OwnerLink } from './components/owner-link.tsx';
import { RepConsole } from './components/rep-console.tsx';
import { SignIn } from './components/sign-in.tsx';
import { useOnSignIn } from './lib/route.ts';

/** Who sees the console of the workspace, and who a page of their own. */
const seesAll = (me: Me | undefined): boolean => me === undefined || me.may.includes('read');

/** The console for who is signed in; the way in for everybody else. */
export function App() {
  const me = useMe();
  const signIn = useOnSignIn();
  if (signIn === 'owner') return <OwnerLink />;
  if (signIn === 'sign-in' || me.data === null) return <SignIn />;
  return seesAll(me.data) ? <Console /> : <RepConsole />;
}
