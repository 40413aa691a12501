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
		echo "$mask" >"$new/umask" && printf '%128s\n' '' >"$new/exit.new" && mkfifo "$new/in" || give_up "$root is full"
	# Not `:`, a special program: where it cannot write, dash and busybox end.
	for each in output goes-on stdout handed group tty; do printf '' >"$new/$each" || give_up "$root is full"; done
	if [ -n "$askpass" ]; then
		set_up_askpass "$new" || give_up "sudo cannot be given the password: $askpass_ready: $root"
	fi
	if [ -n "$sudo" ] && [ "$uid" -ne 0 ]; then check_policy; fi
	scope=handrail-$1-${new##*.}
	echo "$scope.scope" >"$new/scope" || give_up "$root is full"
	# The test-and-set: where the name is taken, the folder lands inside the one that has it.
	folder=$root/$1
	mv "$new" "$folder"
	if [ -d "$folder/${new##*/}" ]; then
		rm -rf "${folder:?}/${new##*/}"
		reply exists
		return 1
	fi
	begun=$({
		[ -z "$askpass" ] || printf '%s\n' "${password%.}"
		printf '%s' "${held%.}"
	} | begin)
	held='' password=''
	[ "$begun" = started ] || refuse "the task could not be begun in $folder"
	reply started
}

# The first setsid becomes the leader of a session; the second, run by a leader, makes a child with one of its own.
# No `&`, which would leave the command deaf to the interrupt key.
begin() {
	set -- setsid setsid sh "$folder/supervisor" supervise "$scope.scope"
	if ! outlives_logout; then
		apart "$scope" "$@" 2>/dev/null && return
		[ -z "$durable" ] || return 1
	elif [ "$uid" -eq 0 ]; then
		apart "$scope" "$@" 2>/dev/null && return
	fi
	"$@" 2>/dev/null
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
