/** Whether a path is one that programs call: no page of the console is there. */
export const isProgramsPath = (path: string): boolean =>
  /^\/(api|oauth|hubspot|salesforce|dynamics|zoho|pipedrive|slack|assets|healthz|readyz|metrics)(\/|$)/.test(
    path,
  );
