/**
 * A library of the lead's form. Its function `Fairlead.onLoad` is the form's OnLoad handler, with the execution context
 * as the first parameter: it hands the panel the form, as the platform's documentation has it.
 */
window.Fairlead = {
  /** The name the web resource has on the form. */
  control: 'WebResource_fairlead',
  onLoad: (executionContext) => {
    const form = executionContext.getFormContext();
    const control = form.getControl(window.Fairlead.control);
    if (control === null) return;
    control.getContentWindow().then((panel) => {
      // The panel's script may still be on its way.
      panel.clientApi = { xrm: Xrm, form };
      panel.dispatchEvent(new Event('clientapi'));
    });
  },
};
