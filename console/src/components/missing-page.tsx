import { Button } from '@mantine/core';
import { follow } from '../lib/route.ts';

/** An address that leads nowhere: said, with a way on. */
export const MissingPage = () => (
  <section className="empty" id="page">
    <h2>There is no page at this address</h2>
    <p>The link may be old, or cut short.</p>
    <Button component="a" href="/" variant="default" onClick={follow('/')}>
      Go to the live page
    </Button>
  </section>
);
