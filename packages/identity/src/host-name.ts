/*
 * Host names as they stand in the DNS: lower-case A-labels (UTS 46, non-transitional), without the final dot.
 */

const hostCharsMax = 253;
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const plainHost = /^[a-z0-9_.-]+$/;
const ideographicStops = /[\u3002\uff61]/g;

/** The name of a host, or null when the text is none; a number in IPv4 form is none. */
export function asciiHost(written: string): string | null {
  if (written.length > 4 * hostCharsMax) return null;
  const name = written.replace(ideographicStops, '.').replace(/\.$/, '').toLowerCase();
  const host = plainHost.test(name) && !name.includes('xn--') ? name : toAscii(name);
  return host !== null && isHostName(host) ? host : null;
}

/** The literal's number in one spelling: `[192.168.1.1]`, `[ipv6:2001:db8::1]` (RFC 5321 §4.1.3), or null. */
export function addressLiteral(written: string): string | null {
  if (!written.startsWith('[') || !written.endsWith(']')) return null;
  const inner = written.slice(1, -1).trim();
  if (isIpv4(inner)) return `[${inner.split('.').map(Number).join('.')}]`;
  const host = parseHost(`[${inner.replace(/^ipv6:/i, '')}]`);
  return host === null ? null : `[ipv6:${host.slice(1)}`;
}

/** Whether a text is an IPv4 address in dotted decimal form. */
export function isIpv4(text: string): boolean {
  return /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

function toAscii(name: string): string | null {
  // The URL parser is UTS 46 in every runtime, but reads more than a name.
  return name === '' || /[\s/?#@:\\%[\]]/.test(name) ? null : parseHost(name);
}

function parseHost(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}

function isHostName(host: string): boolean {
  if (host.length > hostCharsMax) return false;
  const labels = host.split('.');
  // A last label of digits, also hexadecimal, makes the name an IPv4 address (WHATWG URL, "ends in a number").
  return labels.every((part) => label.test(part)) && !/^(?:\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? '');
}
