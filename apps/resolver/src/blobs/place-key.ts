/**
 * How one of the 256 places of a workspace's blobs stands on the list of what may go: it ends in a slash, as no key of a
 * blob does.
 */
export const placeKey = (workspace: string, place: number): string =>
  `${workspace}/${place.toString(16).padStart(2, '0')}/`;
