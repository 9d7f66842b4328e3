import { useMutation } from '@tanstack/react-query';
import { useKith } from '../provider/kith-context.ts';

/** Asks where an attachment can be fetched, which is valid for some minutes, and lets the browser download it. */
export function useDownload() {
  const { client } = useKith();
  return useMutation({
    mutationFn: async (attachmentId: string) => {
      const { items } = await client.read.attachments.links.query({ attachmentIds: [attachmentId] });
      const [link] = items;
      if (link === undefined) throw new Error('The file is not here any more');
      download(client.fileUrl(link.path));
    },
  });
}

/** The server says that it is to be saved. A tab of its own, so that a failure does not take the page's place. */
function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noreferrer';
  link.click();
}
