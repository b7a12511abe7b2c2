import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';

interface Props {
  readonly text: string;
  /** What is copied, for the screen reader: "the decision id". */
  readonly label: string;
  readonly block?: boolean;
}

/** Text one can take along. */
export const Copyable = ({ text, label, block = false }: Props) => (
  <span className={block ? 'copy copy-block' : 'copy'}>
    <code>{text}</code>
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${label}`}>
          <ActionIcon size="sm" variant="subtle" color="gray" onClick={copy} aria-label={`Copy ${label}`}>
            {copied ? <Check size={14} /> : <Copy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  </span>
);
