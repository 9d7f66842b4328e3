/** A secret that nobody guesses: 192 random bits in 32 letters, digits, "-" and "_", which are the same in any URL. */
export function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
