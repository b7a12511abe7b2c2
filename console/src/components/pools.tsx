import { Skeleton, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { Overview } from '../../../server/assignments/queries.ts';
import type { NamedRef } from '../../../server/assignments/views.ts';
import { useMay } from '../api/use-me.ts';
import { follow } from '../lib/route.ts';
import { Adjustments } from './adjustments.tsx';
import { LagBar } from './lag-bar.tsx';
import { Offboarding } from './offboarding.tsx';

type Pool = Overview['pools'][number];
type Member = Pool['members'][number];

/** How fair each pool is right now: what each rep is owed or ahead by, in leads. */
export function Pools({ overview }: { overview: Overview | null }) {
  const [leaving, setLeaving] = useState<NamedRef | null>(null);
  return (
    <section className="panel pools" aria-labelledby="pools-title">
      <div className="panel-head">
        <h2 id="pools-title">Fairness</h2>
        <Tooltip
          multiline
          w={280}
          label="Each lead makes every eligible rep owed a share of it. A bar to the right is a rep still owed part of a lead; to the left, one ahead."
        >
          <button type="button" className="hint">
            How to read this
          </button>
        </Tooltip>
      </div>
      {overview === null && <Skeleton height={220} />}
      {overview?.pools.length === 0 && (
        <p className="muted">No pools yet. Publish a policy and its pools show here.</p>
      )}
      {overview?.pools.map((pool) => (
        <PoolCard key={pool.id} pool={pool} leave={setLeaving} />
      ))}
      {leaving && <Offboarding rep={leaving} close={() => setLeaving(null)} />}
    </section>
  );
}

const PoolCard = ({ pool, leave }: { pool: Pool; leave: (rep: NamedRef) => void }) => (
  <article className="pool" aria-label={`Pool ${pool.name}`}>
    <h3>
      <a
        href={`/pools/${pool.id}`}
        onClick={follow(`/pools/${pool.id}`)}
        title="See how fair it was over time"
      >
        {pool.name}
      </a>
      <span className="muted">worst {Math.abs(pool.worstLag).toFixed(2)} of a lead</span>
    </h3>
    <ul>
      {pool.members.map((member) => (
        <MemberRow
          key={member.rep.id}
          member={member}
          scale={Math.max(1, Math.abs(pool.worstLag))}
          leave={() => leave(member.rep)}
        />
      ))}
    </ul>
    <Adjustments pool={pool} />
  </article>
);

const AWAY: Readonly<Record<string, string>> = {
  available: 'working now',
  off_duty: 'off duty',
  off_hours: 'off hours',
  time_off: 'time off',
  holiday: 'holiday',
  paused: 'paused',
  inactive: 'inactive',
};

function MemberRow({ member, scale, leave }: { member: Member; scale: number; leave: () => void }) {
  const may = useMay('manage');
  return (
    <li className="member">
      <Tooltip label={AWAY[member.availability] ?? member.availability}>
        <i
          className="dot"
          data-availability={member.availability}
          role="img"
          aria-label={AWAY[member.availability] ?? member.availability}
        />
      </Tooltip>
      <span className="member-name" title={may ? `${member.rep.name} leaves…` : undefined}>
        {may ? (
          <button
            type="button"
            className="member-menu"
            aria-label={`${member.rep.name} leaves…`}
            disabled={member.availability === 'inactive'}
            onClick={leave}
          >
            {member.rep.name}
          </button>
        ) : (
          member.rep.name
        )}
        {member.standsInFor && <small className="muted">on call for {member.standsInFor.name}</small>}
        {member.skip !== null && <small className="muted">next turn passed</small>}
      </span>
      <LagBar lag={member.lag} scale={scale} />
      <span
        className="member-count"
        title={`${member.received} leads received from this pool at weight ${member.weight}; ${member.open} open`}
      >
        {member.received}
        <small>×{member.weight}</small>
      </span>
    </li>
  );
}
