/** URLs that come from others, or are shown to others. */

/** Whether a host is this device, as a URL writes it. */
const isHere = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]';

/** Whether what a URL leads to is reached with TLS. Plain HTTP is for what is on this device alone. */
export const hasTls = (url: URL): boolean => url.protocol === 'https:' || (url.protocol === 'http:' && isHere(url.hostname));

/** The URL of a text, if it has TLS: visible characters of ASCII, at most `most` of them, without user, password and fragment. */
export function webUrl(text: unknown, most: number): URL | undefined {
  if (typeof text !== 'string' || text.length > most || !/^[!-~]+$/.test(text) || /[#\\]/.test(text)) return undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  return url.username === '' && url.password === '' && hasTls(url) ? url : undefined;
}

/** The same of a place alone, without a query, and written as a URL parser writes it: what is shown is what is asked, and one place has one text. */
export function plainUrl(text: unknown, most: number): URL | undefined {
  const url = webUrl(text, most);
  // A parser writes a slash behind a host that stands alone.
  return url && !/[?@]/.test(text as string) && (url.href === text || url.href === `${text as string}/`) ? url : undefined;
}
