import { Button } from '@mantine/core';
import { ExternalLink, Mail, Phone } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExplanationView, PersonView } from '../../../server/assignments/views.ts';
import { mailLink, phoneLink, webLink } from '../lib/links.ts';
import { crmOfPage, leadName } from '../lib/outcome.ts';
import { exact } from '../lib/time.ts';
import { Candidates } from './candidates.tsx';
import { Copyable } from './copyable.tsx';
import { GiveTo } from './give-to.tsx';
import { LeadPath } from './lead-path.tsx';
import { OfferCountdown } from './offer-countdown.tsx';
import { Slas } from './slas.tsx';
import { Timeline } from './timeline.tsx';

/** Everything there is to tell about one decision. */
export const LeadStory = ({ story }: { story: ExplanationView }) => (
  <article className="story">
    <Who story={story} />
    <section className="why" aria-label="Why">
      <p>{story.reason}</p>
      {story.outcome === 'offered' && <OfferCountdown expiresAt={story.offer.expiresAt} />}
      {story.logOnly && (
        <p className="muted">Log only: nothing was written to the CRM and nobody was messaged.</p>
      )}
    </section>
    <GiveTo key={story.id} story={story} />
    <LeadPath story={story} />
    <Candidates story={story} />
    <Slas slas={story.slas ?? []} />
    <Timeline entries={story.story} />
    <Footer story={story} />
  </article>
);

const Who = ({ story: { person } }: { story: ExplanationView }) => (
  <header className="who">
    <h3>
      <bdi>{leadName(person)}</bdi>
    </h3>
    {person === null ? (
      <p className="muted">This person's data was erased. The decision and the ledger still stand.</p>
    ) : (
      <Reached person={person} />
    )}
  </header>
);

/** What is said of a person, and the ways to them. Their words are nobody's but theirs: only what is an address is a link. */
const Reached = ({ person }: { person: PersonView }) => {
  const page = webLink(person.url);
  return (
    <>
      <p className="muted">
        <bdi>{[person.name && person.company, person.source].filter(Boolean).join(' · ')}</bdi>
      </p>
      {person.message && <blockquote dir="auto">{person.message}</blockquote>}
      <div className="who-links">
        {person.email && (
          <Reach href={mailLink(person.email)}>
            <Mail size={15} aria-hidden="true" /> <bdi>{person.email}</bdi>
          </Reach>
        )}
        {person.phone && (
          <Reach href={phoneLink(person.phone)}>
            <Phone size={15} aria-hidden="true" /> <bdi>{person.phone}</bdi>
          </Reach>
        )}
        {page !== null && (
          <Button
            component="a"
            href={page}
            target="_blank"
            rel="noreferrer"
            size="compact-sm"
            variant="light"
            rightSection={<ExternalLink size={14} />}
          >
            Open in {crmOfPage(page)}
          </Button>
        )}
      </div>
    </>
  );
};

/** A way to a person, where it is one. */
const Reach = ({ href, children }: { readonly href: string | null; readonly children: ReactNode }) =>
  href === null ? <span>{children}</span> : <a href={href}>{children}</a>;

const Footer = ({ story }: { story: ExplanationView }) => (
  <footer className="proof">
    <h4 className="label">Proof</h4>
    <dl>
      <dt>Decided</dt>
      <dd>{exact(story.decidedAt)}</dd>
      <dt>Policy</dt>
      <dd>
        version {story.policy.version}, engine {story.engine}
      </dd>
      <dt>Decision</dt>
      <dd>
        <Copyable text={story.id} label="the decision id" />
      </dd>
      <dt>Hash</dt>
      <dd>
        <Copyable text={story.hash} label="the hash" />
      </dd>
    </dl>
  </footer>
);
