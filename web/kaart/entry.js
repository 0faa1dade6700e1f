// Streamlit loads this file anew each time; the module that it loads has its hash in its address.
export default async function (component) {
  const {draw} = await import(component.data.source.code);
  return draw(component);
}
