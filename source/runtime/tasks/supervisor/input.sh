# What a task is told, and whether it waits for that.

# Opens the input without waiting for a reader, and keeps no reader of its own: the end of the task ends a write that waits.
input() {
	look
	[ "$is" = running ] || refuse 'the task is not running'
	exec 4<>"$folder/in" 5>"$folder/in" 4<&-
	receive "$1" >&5 && reply written || refuse 'the task took no input'
}

# Passes on what is typed, as it comes, until standard input ends.
keys() {
	look
	[ "$is" = running ] || refuse 'the task is not running'
	. "$folder/settings"
	exec 4<>"$folder/in" 5>"$folder/in" 4<&-
	trap 'rm -f "$folder/typing"' EXIT
	trap exit HUP INT TERM PIPE
	# Where there is no room for it, what it prints is given a little later.
	(: >"$folder/typing") 2>/dev/null
	reply typing "${tty:+terminal}"
	# No cat: that of busybox splices, which locks the pipe against its reader until a key comes.
	dd bs=4096 >&5 2>/dev/null
}

# What can be seen of a task that prints nothing: whether its terminal edits lines (ICANON) and shows keys (ECHO), and
# whether a process of it waits in a read of what nobody has typed yet.
waits() {
	look
	[ "$is" = running ] || refuse 'the task is not running'
	lines=- shows=- reads=no
	IFS= read -r terminal <"$folder/tty"
	case $terminal in
	/dev/*)
		flags=$(stty -a -F "$terminal" 2>/dev/null) lines=yes shows=yes
		case $flags in *-icanon[!a-z]*) lines=no ;; esac
		case $flags in *-echo[!a-z]*) shows=no ;; esac
		;;
	*) terminal= ;;
	esac
	# Of CONFIG_PROC_CHILDREN, proc(5); without it nothing is known.
	[ -e "/proc/$$/task/$$/children" ] || reads=hidden
	set -- "$pid"
	while [ $# -gt 0 ] && [ $reads != yes ]; do
		below=
		for process; do
			if is_reading "$process"; then reads=yes; fi
			for file in "/proc/$process/task"/*/children; do
				children=
				{ read -r children <"$file"; } 2>/dev/null
				below="$below $children"
			done
		done
		set -- $below
	done
	reply waits $lines $shows $reads
}

# Sets reads where one may not look: into what runs as somebody else, or is setuid.
is_reading() {
	call=
	{ read -r call number rest <"/proc/$1/syscall"; } 2>/dev/null
	case $call in
	'') stat_of "$1" && [ "$state" = S ] && reads=hidden ;;
	# read(2) of x86-64, of 32-bit systems and of arm64: on none of them does another of these wait.
	0 | 3 | 63)
		if [ -z "$terminal" ]; then
			[ "/proc/$1/fd/$((number))" -ef "$folder/in" ] && return 0
		else
			case $(readlink "/proc/$1/fd/$((number))") in /dev/pts/* | /dev/tty*) return 0 ;; esac
		fi
		;;
	esac
	return 1
}

resize() {
	IFS= read -r terminal <"$folder/tty"
	case $terminal in
	/dev/*) stty -F "$terminal" rows "$1" columns "$2" && reply resized || refuse 'its terminal took no other size' ;;
	*) refuse 'the task has no terminal' ;;
	esac
}
