import { Skeleton } from '@mantine/core';
import type { WhyNotView } from '../../../server/assignments/views.ts';
import { useWhyNot } from '../api/use-why-not.ts';
import { Failure } from './failure.tsx';

const UNKNOWN: Readonly<Record<NonNullable<WhyNotView['unknown']>, string>> = {
  erased:
    'What the lead was like has been erased, so nobody can work out any more what would have changed it.',
  not_asked: 'The policy was not asked about this lead, so there is nothing that would have changed it.',
  not_repeatable: 'Another version of Fairlead decided this, so it cannot be worked out any more.',
};

/** What would have made a candidate the choice, and when they are next. */
export function WhyNot({
  id,
  decision,
  rep,
  name,
}: {
  id: string;
  decision: string;
  rep: string;
  name: string;
}) {
  const { data, error } = useWhyNot(decision, rep, true);
  return (
    <div className="why-not" id={id} aria-live="polite">
      {!data && !error && <Skeleton height={20} />}
      <Failure error={error} />
      {data && (
        <>
          {data.change && (
            <p>
              {name} would have had it <strong>{data.change.text}</strong>.
              {data.change.asOfNow && <span className="muted"> As everybody stands now.</span>}
            </p>
          )}
          {!data.chosen && !data.change && (
            <p>
              {data.unknown
                ? UNKNOWN[data.unknown]
                : 'None of the changes that were tried would have given it to them.'}
            </p>
          )}
          {data.next && <p>{data.next.text}</p>}
        </>
      )}
    </div>
  );
}
