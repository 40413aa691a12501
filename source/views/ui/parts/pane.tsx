import {Box, Text} from 'ink';
import {memo} from 'react';
import type {Row} from '../../../core/text/row.ts';
import {useLooks} from './looks.ts';

/** Rows in a place of exactly so many cells and lines. */
export const Pane = memo(function Pane({rows, width, height}: {rows: Row[]; width: number; height: number}) {
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0} overflow="hidden">
			{Array.from({length: height}, (_, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
				<Line key={at} row={rows[at] ?? empty} />
			))}
		</Box>
	);
});

const empty: Row = [{text: ' '}];

const Line = memo(
	function Line({row}: {row: Row}) {
		const looks = useLooks();
		return (
			<Text wrap="truncate-end">
				{row.length === 0
					? ' '
					: row.map((span, at) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: spans have no name
							<Text key={at} {...looks(span)}>
								{span.text}
							</Text>
						))}
			</Text>
		);
	},
	(before, after) => isSame(before.row, after.row),
);

/** Rows are made anew at every tick; most of them say the same. */
function isSame(one: Row, other: Row): boolean {
	return (
		one.length === other.length &&
		one.every((span, at) => {
			const twin = other[at]!;
			return (
				span.text === twin.text &&
				span.colour === twin.colour &&
				span.bold === twin.bold &&
				span.inverse === twin.inverse
			);
		})
	);
}
