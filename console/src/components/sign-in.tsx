import { Brand } from './brand.tsx';

/** Nobody is signed in. */
export const SignIn = () => (
  <main className="sign-in">
    <Brand />
    <h1>You are not signed in</h1>
    <p>
      This console belongs to one workspace. Open it on the machine Fairlead runs on (<code>npm start</code>{' '}
      signs this browser in), or ask whoever runs Fairlead for access.
    </p>
    <a href="/">Try again</a>
  </main>
);
