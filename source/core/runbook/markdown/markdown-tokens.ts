import MarkdownIt, {type Token} from 'markdown-it';

/** Lists and quotes deeper than this (a list counts twice) are left as text: the parser recurses. */
export const deepestNesting = 100;

/** The parser; never its renderer. Only block rules run over a document, inline ones over single headings and items. */
export const markdown = new MarkdownIt({html: true, maxNesting: deepestNesting});

const blocks = new MarkdownIt({html: true, maxNesting: deepestNesting});
blocks.core.ruler.enableOnly(['normalize', 'block']);

/** The block tokens of a document with their lines; linear in its size. */
export const blockTokens = (source: string): Token[] => blocks.parse(source, {});
