import { type ReactNode, useEffect, useState } from 'react';

interface CardAlert {
  readonly message: string;
  readonly type?: string;
}

/** The card's place in the sidebar: HubSpot draws its title, and alerts over the page. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [alert, setAlert] = useState<CardAlert | null>(null);
  useEffect(() => {
    const show = (event: Event) => setAlert((event as CustomEvent<CardAlert>).detail);
    window.addEventListener('card-alert', show);
    return () => window.removeEventListener('card-alert', show);
  }, []);
  return (
    <main className="frame">
      <h1 className="frame-title">Fairlead</h1>
      <div className="frame-body">{children}</div>
      <p className="frame-alert" role="status" hidden={alert === null}>
        {alert?.message}
      </p>
    </main>
  );
}
