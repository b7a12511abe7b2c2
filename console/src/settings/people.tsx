import { Section } from './section.tsx';

/** Who may sign in, and as what. */
export const People = () => (
  <Section id="people" title="People" says="Who may sign in, and what each may do.">
    {null}
  </Section>
);
