import { Menu } from '@mantine/core';
import { ChevronDown, LogOut, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useMe, useSignOut } from '../api/use-me.ts';
import { ROLES } from '../lib/roles.ts';
import { signInAgainPath } from '../lib/sign-in-again.ts';
import { isTooLongAgo } from './failure.tsx';

/** Who is signed in, and the way out. */
export function Who() {
  const { data: me } = useMe();
  const signOut = useSignOut();
  const [failed, setFailed] = useState(false);
  if (!me) return null;
  const leave = (everywhere: boolean) =>
    void signOut(everywhere).catch((error: unknown) =>
      isTooLongAgo(error) ? location.assign(signInAgainPath()) : setFailed(true),
    );
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <button type="button" className="signed-in" aria-label={`Signed in as ${me.name}`}>
          <UserRound size={16} aria-hidden="true" />
          <span className="signed-in-name">{me.name}</span>
          <ChevronDown size={13} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {[ROLES[me.role].name, me.person?.email].filter(Boolean).join(' · ')}
          {failed && <strong> Could not sign out: try again.</strong>}
        </Menu.Label>
        <Menu.Item leftSection={<LogOut size={15} />} onClick={() => leave(false)}>
          Sign out
        </Menu.Item>
        {me.person && <Menu.Item onClick={() => leave(true)}>Sign out everywhere</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
