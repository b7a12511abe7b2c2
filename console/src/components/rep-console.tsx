import { MyPage } from '../me/my-page.tsx';
import { MySessions } from '../settings/my-sessions.tsx';
import { Header } from './header.tsx';

/** All that a rep sees: their own page. */
export const RepConsole = () => (
  <>
    <a className="skip" href="#me">
      Skip to your leads
    </a>
    <Header overview={null} page="me" />
    <main className="page">
      <MyPage />
      <section className="panel my-place" aria-labelledby="my-browsers">
        <div className="panel-head">
          <h2 id="my-browsers">Where you are signed in</h2>
        </div>
        <div className="my-browsers">
          <MySessions />
        </div>
      </section>
    </main>
  </>
);
