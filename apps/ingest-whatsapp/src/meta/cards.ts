/* Cards, places and orders in words. Each is as long as what it is made of: nothing is repeated. */
import { field, firstText, listOf, numberOf, textOf } from '@kith/ingest/loose-json';

/** People's cards, one to a line: `Chandler Bing: +1 555-555-5555`. */
export function cardsText(value: unknown): string | null {
  return lines(listOf(value).map(cardText));
}

function cardText(card: unknown): string | null {
  const name =
    firstText(field(card, 'name'), 'formatted_name', 'first_name', 'last_name') ??
    textOf(field(card, 'org', 'company'));
  const reached = [
    ...listOf(field(card, 'phones')).map((phone) => firstText(phone, 'phone', 'wa_id')),
    ...listOf(field(card, 'emails')).map((email) => firstText(email, 'email')),
    ...listOf(field(card, 'urls')).map((url) => firstText(url, 'url')),
  ].filter((text) => text !== null);
  if (reached.length === 0) return name;
  return name === null ? reached.join(', ') : `${name}: ${reached.join(', ')}`;
}

/** A place: its name, address, coordinates and link, each on its line. */
export function placeText(place: unknown): string | null {
  const latitude = numberOf(field(place, 'latitude'));
  const longitude = numberOf(field(place, 'longitude'));
  return lines([
    firstText(place, 'name'),
    firstText(place, 'address'),
    latitude === null || longitude === null ? null : `${latitude}, ${longitude}`,
    firstText(place, 'url'),
  ]);
}

/** An order: what was written with it, then each product on its line: `3 × HAMBURGER (30 ILS)`. */
export function orderText(order: unknown): string | null {
  return lines([firstText(order, 'text'), ...listOf(field(order, 'product_items')).map(productText)]);
}

function productText(product: unknown): string | null {
  const name = firstText(product, 'product_retailer_id');
  if (name === null) return null;
  const count = numberOf(field(product, 'quantity'));
  const price = [firstText(product, 'item_price'), firstText(product, 'currency')]
    .filter((text) => text !== null)
    .join(' ');
  return `${count === null ? '' : `${count} × `}${name}${price === '' ? '' : ` (${price})`}`;
}

/** The texts that there are, each on its line, or null. */
export function lines(texts: readonly (string | null)[]): string | null {
  return textOf(texts.filter((text) => text !== null).join('\n'));
}
