import { Button, TextInput } from '@mantine/core';
import { Plug } from 'lucide-react';
import type { InstallWay } from '../api/use-installs.ts';
import { connectAt } from '../lib/install-told.ts';

interface InstallFormProps {
  readonly way: InstallWay;
  readonly label: string;
  /** How much it is the thing to do here. */
  readonly variant: 'filled' | 'default' | 'subtle';
  /** Called before the browser goes to the vendor. */
  readonly begun?: () => void;
}

/** Asks what the vendor's page must be told, and goes there. */
export const InstallForm = ({ way, label, variant, begun }: InstallFormProps) => (
  <form
    className="install-form"
    onSubmit={(event) => {
      begun?.();
      toVendor(event, way.vendor);
    }}
  >
    {way.asks.map(({ name, label: asked, example, required }) => (
      <TextInput
        key={name}
        name={name}
        label={asked}
        placeholder={example}
        required={required}
        type="url"
        description={required ? undefined : 'Leave empty for the common sign-in.'}
      />
    ))}
    <Button type="submit" variant={variant} leftSection={<Plug size={15} aria-hidden="true" />}>
      {label}
    </Button>
  </form>
);

/** By an address of its own: a form that ends at another site is refused by the page's own policy. */
const toVendor = (event: React.FormEvent<HTMLFormElement>, vendor: string): void => {
  event.preventDefault();
  const answers = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
  connectAt(vendor, Object.fromEntries(answers as [string, string][]));
};
