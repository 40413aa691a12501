# Runs a task so that it outlives the connection that started it, and answers for it later.
# POSIX sh (dash, busybox, bash); needs Linux (/proc) and setsid(1).
#
# A task is a folder that is private to the user, TASKS/ID:
#   supervisor settings values script umask    what was sent, and the user's umask
#   pid      "PID START BOOT" of the supervisor: made once (noclobber), and who makes it runs the task
#   group    "PGID START" of the command's process group; START is the start time of its leader
#   in       FIFO, the command's standard input; held open by the supervisor
#   output   both streams of the command, or only its errors where `capture` puts the rest into stdout
#   handed   what the command wrote to $HANDRAIL_OUTPUT
#   tty      the terminal it has, where it has one
#   typing   somebody types into it now: what it prints is given at once
#   bin, askpass ...   where a password is kept for sudo: see sudo.sh
#   exit     "EXIT BYTES" once it has ended; its space is taken before the start (exit.new), so a full disk keeps it

# Sets state, pgrp and start (time) of a process, from what follows the last bracket in its stat: proc(5).
stat_of() {
	line=
	while IFS= read -r part || [ -n "$part" ]; do line="$line $part"; done 2>/dev/null <"/proc/$1/stat"
	[ -n "$line" ] || return 1
	set -- ${line##*) }
	state=$1 pgrp=$3 start=${20}
}

# ---- inside the task: the supervisor, and the command before it becomes what was asked for

supervise() {
	IFS= read -r boot </proc/sys/kernel/random/boot_id && stat_of $$ || exit 1
	set -C
	echo "$$ $start $boot" 2>/dev/null >"$folder/pid" || exit 1
	set +C
	echo started
	exec 4<>"$folder/in" >/dev/null
	# Unlike an ignored signal, one with a trap is as usual again in the command.
	trap : HUP INT
	told=
	trap told=yes TERM
	. "$folder/settings"
	cd "${HOME:-/}" 2>/dev/null || cd /
	if [ -n "$askpass" ]; then
		unset password
		IFS= read -r password
		keep "$password"
		password=
		export PATH="$folder/bin:$PATH" SUDO_ASKPASS="$folder/askpass"
	fi
	if [ -n "$tty" ]; then
		export HANDRAIL_TASK="$folder" HANDRAIL_SHELL="${SHELL-}" SHELL=/bin/sh TERM=xterm-256color
		set -- script -qefc 'exec sh "$HANDRAIL_TASK/supervisor" launch' /dev/null
	else
		set -- sh "$folder/supervisor" launch
	fi
	# Secrets wait in the pipe on descriptor 0.
	setsid "$@" 6<&0 0<&4 4<&- 7<&- >"$folder/output" 2>&1
	status=$?
	bytes=$(wc -c <"$folder/output")
	if [ "$status" -gt 128 ]; then
		# A shutdown, or a logout that ends all processes of a user, cuts the command off and tells this one so a moment later.
		sleep 0.1 2>/dev/null || sleep 1
		[ -z "$told" ] || exit
	fi
	printf '%s %s\n' "$status" $bytes 1<>"$folder/exit.new"
	mv "$folder/exit.new" "$folder/exit"
}

launch() {
	. "$folder/settings"
	if [ -n "$tty" ]; then
		tty >"$folder/tty"
		stty rows "${tty% *}" columns "${tty#* }"
		SHELL=$HANDRAIL_SHELL
		unset HANDRAIL_SHELL HANDRAIL_TASK
	fi
	if [ -n "$secrets" ]; then exec 0<&6; fi
	exec 6<&-
	if [ -n "$sudo" ] && [ "$(id -u)" -ne 0 ]; then
		if [ -z "$askpass" ]; then exec sudo -n -- sh "$folder/supervisor" become; fi
		exec "$folder/bin/sudo" -- sh "$folder/supervisor" become
	fi
	become
}

become() {
	. "$folder/settings"
	stat_of $$ && group=$pgrp && stat_of "$group" && echo "$group $start" >"$folder/group"
	if [ -n "$cwd" ]; then
		CDPATH='' cd -- "$cwd" || exit 126
	fi
	if [ -n "$capture" ]; then exec >"$folder/stdout"; fi
	IFS= read -r mask <"$folder/umask" && umask "$mask"
	export LC_ALL=C.UTF-8 HANDRAIL_OUTPUT="$folder/handed"
	eval "set -- $interpreter"
	if [ -n "$secrets" ]; then set -- "$@" "$folder/prelude"; else set -- "$@" "$folder/script"; fi
	. "$folder/values"
	exec "$@"
}

# The first script of an interpreter that is to know secrets: reads them from its own pipe, then takes its input.
prelude='. /proc/self/fd/0
if [ -s "${0%/*}/tty" ]; then exec <&2; else exec <"${0%/*}/in"; fi
. "${0%/*}/script"'

case $0 in
*/supervisor)
	folder=${0%/supervisor}
	"$@"
	exit
	;;
esac

# ---- on a connection: the verbs

reply() {
	printf '%s\n' "$*"
}

refuse() {
	reply refused "$*"
	exit 0
}

# Passes on exactly that many bytes of standard input, or fewer where it ends before.
receive() {
	[ "$1" -ne 0 ] || return 0
	dd iflag=fullblock bs="$1" count=1 2>/dev/null && return
	# 1 from a dd that knows no such flag, which has read nothing; more where a signal ended it.
	[ $? -eq 1 ] && dd bs=1 count="$1" 2>/dev/null
}

is_private() {
	[ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] || return 1
	case $(ls -ld "$1") in drwx------*) ;; *) return 1 ;; esac
}

# Sets usual and spare: where the tasks are, the second where there is no home folder to write to.
# Never below XDG_RUNTIME_DIR: it is removed at the last logout, pam_systemd(8).
set_roots() {
	uid=
	while read -r key _ value _; do
		# A shell reads byte by byte: no further than needed.
		if [ "$key" = Uid: ]; then
			uid=$value
			break
		fi
	done 2>/dev/null </proc/$$/status
	uid=${uid:-$(id -u)}
	case ${XDG_STATE_HOME-} in
	/*) usual=$XDG_STATE_HOME/handrail/tasks ;;
	*) usual=${HOME-}/.local/state/handrail/tasks ;;
	esac
	spare=/var/tmp/handrail-$uid
}

# Sets folder.
find_task() {
	case $1 in '' | .* | *[!A-Za-z0-9._-]*) refuse "not the name of a task" ;; esac
	for root in "$usual" "$spare"; do
		folder=$root/$1
		if [ -d "$folder" ] && is_private "$root"; then return 0; fi
	done
	return 1
}

# Sets root.
make_root() {
	for root in "$usual" "$spare"; do
		if [ ! -d "$root" ]; then
			# In a folder that all may write to, nothing that is there already is taken for ours.
			if [ "$root" = "$spare" ]; then mkdir -m 700 "$root"; else mkdir -p "$root"; fi 2>/dev/null
		fi
		if is_private "$root" && [ -w "$root" ]; then return 0; fi
	done
	return 1
}

# Sets is to none, starting, running, ended or lost; exit and bytes of one that ended; rebooted and alive of one that is lost.
look() {
	is=none rebooted=no alive=no
	[ -d "$folder" ] || return 0
	look_for_exit && return
	pid= since= boot=
	{ read -r pid since boot <"$folder/pid"; } 2>/dev/null
	if [ -z "$boot" ]; then
		is=starting
		return
	fi
	IFS= read -r boot_now </proc/sys/kernel/random/boot_id
	if [ "$boot" != "$boot_now" ]; then
		is=lost rebooted=yes
	elif is_alive "$pid" "$since"; then
		is=running
	else
		look_for_exit && return
		is=lost
		if has_group; then alive=yes; fi
	fi
}

look_for_exit() {
	exit= bytes=
	{ read -r exit bytes <"$folder/exit"; } 2>/dev/null
	[ -n "$bytes" ] || return 1
	is=ended
}

is_alive() {
	stat_of "$1" && [ "$start" = "$2" ] || return 1
	case $state in Z | X) return 1 ;; esac
}

# Whether a process of the command's group is at work; sets group. A leader of another start time leads another group.
has_group() {
	group= since=
	{ read -r group since <"$folder/group"; } 2>/dev/null
	[ -n "$since" ] || return 1
	if stat_of "$group" && [ "$start" != "$since" ]; then return 1; fi
	grep -qs "^[0-9]* (.*) [^ZX] [0-9]* $group " /proc/[0-9]*/stat
}

# No command was run where there is no pid file some time after the folder was made: as if it had never been.
forget_unless_begun() {
	tries=0
	while [ "$is" = starting ] && [ $tries -lt 20 ]; do
		sleep 0.1 2>/dev/null || sleep 1
		tries=$((tries + 1))
		look
	done
	[ "$is" = starting ] || return 0
	bury
	is=none
}

# Renames before it removes, so that nobody meets half a task.
bury() {
	grave=$root/.grave.$$
	rm -rf "$grave"
	mv "$folder" "$grave" && rm -rf "$grave"
}

# start ID SETTINGS VALUES SCRIPT SECRETS PASSWORD: the lengths in bytes of what follows on standard input.
start() {
	# The connection may go while this is under way; it is finished then.
	trap : HUP PIPE
	if find_task "$1"; then
		reply exists
		return 1
	fi
	mask=$(umask)
	umask 077
	make_root || refuse "no private folder for tasks can be made, neither $usual nor $spare"
	new=$(mktemp -d "$root/.new.XXXXXX") || refuse "nothing can be written to $root"
	receive "$2" >"$new/settings" && receive "$3" >"$new/values" && receive "$4" >"$new/script" || give_up "$root is full"
	# One that came from the environment would go on into that of every program.
	unset held password
	held=.
	[ "$5" -eq 0 ] || held=$(receive "$5" && echo .)
	password=.
	[ "$6" -eq 0 ] || password=$(receive "$6" && echo .)
	arrived=$(wc -c "$new/settings" "$new/values" "$new/script") && arrived=${arrived##*script}
	[ $((${arrived%total} + ${#held} + ${#password})) -eq $(($2 + $3 + $4 + $5 + $6 + 2)) ] || give_up 'not all of the task arrived'
	. "$new/settings"
	check_needs
	printf '%s\n' "$supervisor" >"$new/supervisor" && printf '%s\n' "$prelude" >"$new/prelude" &&
		echo "$mask" >"$new/umask" && printf '%128s\n' '' >"$new/exit.new" && mkfifo "$new/in" &&
		: >"$new/output" && : >"$new/stdout" && : >"$new/handed" && : >"$new/group" && : >"$new/tty" || give_up "$root is full"
	if [ -n "$askpass" ]; then
		set_up_askpass "$new" || give_up "sudo cannot be given the password: $askpass_ready: $root"
	fi
	if [ -n "$sudo" ] && [ "$uid" -ne 0 ]; then check_policy; fi
	# The test-and-set: where the name is taken, the folder lands inside the one that has it.
	folder=$root/$1
	mv "$new" "$folder"
	if [ -d "$folder/${new##*/}" ]; then
		rm -rf "${folder:?}/${new##*/}"
		reply exists
		return 1
	fi
	# The first setsid becomes the leader of a session; the second, run by a leader, makes a child with one of its own.
	# No `&`, which would leave the command deaf to the interrupt key.
	begun=$({
		[ -z "$askpass" ] || printf '%s\n' "${password%.}"
		printf '%s' "${held%.}"
	} | setsid setsid sh "$folder/supervisor" supervise 2>/dev/null)
	held='' password=''
	[ "$begun" = started ] || refuse "the task could not be begun in $folder"
	reply started
}

give_up() {
	rm -rf "$new"
	refuse "$*"
}

# What the task asks for and the host may not have.
check_needs() {
	[ -r /proc/self/stat ] || give_up 'there is no /proc'
	command -v setsid >/dev/null || give_up 'there is no setsid program'
	if [ -n "$secrets" ] && [ "$(command -v printf)" != printf ]; then
		give_up 'its sh has no printf of its own, so that others could see a secret'
	fi
	if [ -n "$tty" ] && ! command -v script >/dev/null; then
		tty=
		echo 'tty=' >>"$new/settings"
	fi
}

check_policy() {
	set -- -l -- sh "$new/supervisor" become
	if [ -n "$askpass" ]; then
		(folder=$new && sudo_with "${password%.}" "$@") >/dev/null 2>&1 || give_up 'sudo runs no shell here'
	else
		sudo -n "$@" >/dev/null 2>&1 || give_up 'sudo runs no shell here without a password'
	fi
}

# Gives the output from an offset on until the task has ended; status 0, and its state on standard error, only then.
# The state is read before the output: what was written before the end is never missed.
follow() {
	if [ ! -d "$folder" ]; then
		reply none >&2
		exit
	fi
	exec 3<"$folder/output"
	# A seek: no block is copied.
	[ "$1" -eq 0 ] || dd bs=1 skip="$1" count=0 <&3 2>/dev/null
	idle=0 position=$1
	set -- .005 .005 .005 .01 .02 .04 .08 .15 .25
	while :; do
		look
		cat <&3 || exit 1
		case $is$alive in none* | endedno | lostno) break ;; esac
		before=$position
		while read -r key value; do
			if [ "$key" = pos: ]; then position=$value; fi
		done </proc/$$/fdinfo/3
		if [ "$before" != "$position" ]; then set -- .02 .04 .08 .15 .25; fi
		pause=$1
		if [ -e "$folder/typing" ]; then pause=.03; fi
		sleep "$pause" 2>/dev/null || sleep 1
		if [ $# -gt 1 ]; then shift; fi
		# A sign of life: where nobody listens any more, this ends.
		idle=$((idle + 1))
		if [ $((idle % 20)) -eq 0 ]; then echo >&2 || exit 1; fi
	done
	ask >&2
}

ask() {
	look
	forget_unless_begun
	case $is in
	ended)
		refused=
		if [ -e "$folder/refused" ]; then refused=refused; fi
		reply ended "$exit" "$bytes" $refused
		;;
	lost) reply lost "$rebooted" "$alive" ;;
	none) reply none ;;
	*) reply "$is" $(wc -c <"$folder/output") ;;
	esac
}

# How many bytes there are of each: most often none.
left() {
	[ -d "$folder" ] || refuse 'there is no such task'
	reply left "$(bytes_of "$folder/stdout")" "$(bytes_of "$folder/handed")"
}

# The first line says how many bytes of each follow. More than a variable can carry is of no use.
handed() {
	[ -d "$folder" ] || refuse 'there is no such task'
	limit=1048576
	stdout=$(bytes_of "$folder/stdout") values=$(bytes_of "$folder/handed")
	[ "$stdout" -lt $limit ] || stdout=$limit
	[ "$values" -lt $limit ] || values=$limit
	reply handed "$stdout" "$values"
	[ "$stdout" -eq 0 ] || head -c "$stdout" "$folder/stdout"
	[ "$values" -eq 0 ] || head -c "$values" "$folder/handed"
}

# The command may have put anything in the place of a file: a FIFO would be waited for, a device has no end.
bytes_of() {
	if [ -f "$1" ] && [ ! -L "$1" ] && [ -s "$1" ]; then echo $(($(wc -c <"$1"))); else echo 0; fi
}

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
	: >"$folder/typing"
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

cancel() {
	look
	forget_unless_begun
	tries=0
	while [ "$is" = running ] && [ ! -s "$folder/group" ] && [ $tries -lt 50 ]; do
		sleep 0.1 2>/dev/null || sleep 1
		tries=$((tries + 1))
		look
	done
	# Processes of root may be hidden from the user.
	if [ "$rebooted" = yes ] || ! { has_group || { runs_as_root && as_root "kill -0 -${group:-none}"; }; }; then
		reply gone
		return
	fi
	if has_strangers; then
		if as_root "kill -$1 -$group"; then
			reply sent
			return
		fi
		# sudo passes TERM on to what it runs, but nobody passes on KILL.
		[ "$1" != KILL ] || refuse 'processes of root are among it, and sudo runs no shell here that could end them'
	fi
	kill "-$1" "-$group" 2>/dev/null || refuse "the signal $1 could not be sent to process group $group"
	reply sent
}

runs_as_root() {
	[ -d "$folder" ] && . "$folder/settings" && [ -n "$sudo" ]
}

# Whether a process of the group is not the user's to end.
has_strangers() {
	if runs_as_root; then return 0; fi
	for file in $(grep -ls "^[0-9]* (.*) [^ZX] [0-9]* $group " /proc/[0-9]*/stat); do
		process=${file#/proc/}
		kill -0 "${process%/stat}" 2>/dev/null || return 0
	done
	return 1
}

as_root() {
	if [ -x "$folder/bin/sudo" ]; then
		"$folder/bin/sudo" -- sh -c "$1"
	else
		sudo -n -- sh -c "$1"
	fi </dev/null >/dev/null 2>&1
}

resize() {
	IFS= read -r terminal <"$folder/tty"
	case $terminal in
	/dev/*) stty -F "$terminal" rows "$1" columns "$2" && reply resized || refuse 'its terminal took no other size' ;;
	*) refuse 'the task has no terminal' ;;
	esac
}

reap() {
	look
	case $is$alive in
	running* | starting* | lostyes) refuse 'processes of the task are still at work' ;;
	esac
	if [ -d "$folder" ]; then bury || refuse "$folder could not be removed"; fi
	reply reaped
}

list() {
	for root in "$usual" "$spare"; do
		is_private "$root" || continue
		for folder in "$root"/*; do
			if [ -d "$folder" ]; then reply task "${folder##*/}"; fi
		done
	done
	reply end
}

# Whether tasks outlive a connection here.
probe() {
	[ -r /proc/self/stat ] || refuse 'it has no /proc'
	for program in setsid mkfifo mktemp dd; do
		command -v $program >/dev/null || refuse "it has no $program program"
	done
	umask 077
	make_root || refuse "no private folder for tasks can be made, neither $usual nor $spare"
	new=$(mktemp -d "$root/.new.XXXXXX") && printf '%4096s\n' '' >"$new/space" || give_up "nothing can be written to $root"
	rm -rf "$new"
	# logind.conf(5), KillUserProcesses: root is spared.
	if [ "$uid" -ne 0 ] && [ -d /run/systemd/system ]; then
		case $(busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager KillUserProcesses 2>/dev/null) in
		'b true') refuse 'it ends all processes of a user who logs out (KillUserProcesses=yes in logind.conf)' ;;
		esac
	fi
	reply durable
}

# attend SETTINGS VALUES SCRIPT PASSWORD: runs what only reads, attached. Without a password nothing is written to a disk, which may be full.
# The end of standard input is the order to stop: whoever asked has gone, or waits no longer.
attend() {
	unset password
	settings=$(receive "$1") values=$(receive "$2") script=$(receive "$3" && echo .) password=$(receive "$4" && echo .)
	[ "$((${#script} + ${#password} - 2))" -eq "$(($3 + $4))" ] || exit 125
	[ "$4" -eq 0 ] || lend "${password%.}"
	password=
	exec 9<&0
	printf '%s' "${script%.}" | (
		exec 3<&0 0</dev/null 9<&- 7<&-
		eval "$settings"
		cd "${HOME:-/}" 2>/dev/null || cd /
		export LC_ALL=C.UTF-8
		eval "set -- $interpreter"
		if [ -n "$sudo" ] && [ "$uid" -ne 0 ]; then
			# sudo closes every descriptor but the first three, and drops the values.
			set -- sh -c 'export LC_ALL=C.UTF-8; eval "$1"; shift; exec "$@" /dev/fd/0' sh "$values" "$@"
			exec setsid sudo ${never_asks--n} -- "$@" <&3
		fi
		eval "$values"
		exec setsid "$@" /dev/fd/3
	) &
	group=$!
	{
		cat
		kill -TERM "-$group"
		sleep 1
		kill -KILL "-$group"
	} <&9 >/dev/null 2>&1 &
	watcher=$!
	exec 9<&-
	wait $group 2>/dev/null
	status=$?
	kill $watcher 2>/dev/null
	kill -KILL "-$group" 2>/dev/null
	exit $status
}

# Answers one question after another, lines MARKER VERB WORDS, each with a line MARKER end behind it.
serve() {
	while read -r marker words; do
		# Plain words; a verb of its own may end only itself.
		# shellcheck disable=SC2086
		(obey $words) </dev/null
		reply "$marker" end
	done
}

obey() {
	verb=$1
	case $verb in
	start) shift && start "$@" && follow 0 ;;
	attend) shift && attend "$@" ;;
	list | probe | ask_sudo | serve) "$verb" ;;
	try_password) shift && try_password "$@" ;;
	follow | ask | left | handed | input | keys | waits | cancel | resize | reap)
		find_task "$2" || folder=$usual/$2
		shift 2
		"$verb" "$@"
		;;
	*) refuse "no such verb: $verb" ;;
	esac
}

# Lengths are counted in bytes.
LC_ALL=C
set_roots
obey "$@"
