import { Drawer, Skeleton } from '@mantine/core';
import { useExplanation } from '../api/use-explanation.ts';
import { go } from '../lib/route.ts';
import { LeadStory } from './lead-story.tsx';

/** One lead opened over the live page; its address can be shared. */
export function LeadDrawer({ id }: { id: string | null }) {
  const { data, error, refetch } = useExplanation(id);
  return (
    <Drawer.Root opened={id !== null} onClose={() => go('/')} position="right" size="min(760px, 100%)">
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="drawer-head">
          <Drawer.Title>Why this lead went where it went</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>
          {data && <LeadStory story={data} />}
          {!data && !error && <Skeleton height={420} />}
          {!data && error && (
            <p className="alert" role="alert">
              <span>
                {error.status === 404 ? 'There is no such decision in this workspace.' : error.message}
              </span>
              {error.status !== 404 && (
                <button type="button" className="hint" onClick={() => void refetch()}>
                  Try again
                </button>
              )}
            </p>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
