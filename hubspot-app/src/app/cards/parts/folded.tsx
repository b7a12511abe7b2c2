import { Accordion, Button, Flex } from '@hubspot/ui-extensions';
import { type ReactNode, useState } from 'react';
import { messages } from '../wording/messages.ts';

interface FoldedProps<T> {
  readonly title: string;
  readonly items: readonly T[];
  readonly children: (item: T, index: number) => ReactNode;
}

/** As many as a sidebar shows without scrolling away from the rest. */
const FIRST = 6;

/** A list under a title that opens it; long ones show their beginning first. */
export function Folded<T>({ title, items, children }: FoldedProps<T>) {
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  const shown = all ? items : items.slice(0, FIRST);
  const hidden = items.length - shown.length;
  return (
    <Accordion title={title} size="sm">
      <Flex direction="column" gap="sm">
        {shown.map(children)}
        {hidden > 0 && (
          <Button size="xs" variant="transparent" onClick={() => setAll(true)}>
            {messages.more(hidden)}
          </Button>
        )}
      </Flex>
    </Accordion>
  );
}
