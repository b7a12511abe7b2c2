import { MyPage } from '../me/my-page.tsx';
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
    </main>
  </>
);
