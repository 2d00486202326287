// @ts-check
// What each widget of a notebook carries as its own script. The code of its kind is in a model of
// its own, saved once a notebook.

export default {
  async render({ model, el }) {
    let address;
    try {
      const code = await model.widget_manager.get_model(
        model.get("code").replace("IPY_MODEL_", ""),
      );
      address = URL.createObjectURL(new Blob([code.get("source")], { type: "text/javascript" }));
      const { default: widget } = await import(address);
      return widget.render({ model, el });
    } catch (error) {
      el.textContent = `This widget's code was not found (${error.message}): run this cell again.`;
    } finally {
      URL.revokeObjectURL(address);
    }
  },
};
