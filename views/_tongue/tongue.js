// Which language the page is in, for screen readers, and their link past the navigation.
export default function (component) {
  const { language, skip } = component.data;
  document.documentElement.lang = language;
  const link = document.querySelector('[data-testid="stSkipToContent"]');
  if (link && link.textContent !== skip) link.textContent = skip;
}
