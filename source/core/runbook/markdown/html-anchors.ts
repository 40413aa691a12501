/** The anchors that HTML in a text defines by `id` or `name`, lower case. */
export function anchorsIn(html: string): string[] {
	if (!html.includes('id=') && !html.includes('name=')) return [];
	return [...html.matchAll(/\b(?:id|name)=["']?([^"'\s>]+)/gi)].map(match => match[1]!.toLowerCase());
}
