# On a connection: what sudo wants of the user, and how it gets its password without a task.

# ask_sudo: whether sudo asks this user for a password. A ticket of an earlier one is not relied on.
ask_sudo() {
	user=$(id -un)
	[ "$uid" -ne 0 ] || answer_sudo free
	command -v sudo >/dev/null || answer_sudo none 'there is no sudo program'
	said=$(LC_ALL=C sudo -k -n -v 2>&1 </dev/null) && answer_sudo free
	case $said in
	*password*required* | *authentication*required*) answer_sudo password ;;
	*) answer_sudo none "$said" ;;
	esac
}

# try_password LENGTH: whether sudo takes the password that comes on standard input; it is tried once.
try_password() {
	user=$(id -un)
	umask 077
	make_root || answer_sudo none "no private folder for tasks can be made, neither $usual nor $spare"
	folder=$(mktemp -d "$root/.new.XXXXXX") || answer_sudo none "nothing can be written to $root"
	trap 'rm -rf "$folder"' EXIT
	trap 'exit 1' HUP PIPE TERM
	printf '%s\n' "$supervisor" >"$folder/supervisor" && set_up_askpass "$folder" || answer_sudo none "$askpass_ready: $root"
	unset password
	password=$(receive "$1" && echo .)
	password=${password%.}
	[ "${#password}" -eq "$1" ] || exit 125
	said=$(sudo_with "$password" -k -v 2>&1) && answer_sudo accepted
	if [ -e "$folder/refused" ]; then answer_sudo refused; fi
	if [ -e "$folder/declined" ]; then answer_sudo none "it asks for $(cat "$folder/declined")"; fi
	# Where sudo asks once only (passwd_tries=1).
	case $said in
	*'ncorrect password'* | *uthentication\ fail*) answer_sudo refused ;;
	*) answer_sudo none "$said" ;;
	esac
}

# sudo_with PASSWORD WORD...: runs sudo in a folder that is set up, without a task.
sudo_with() {
	keep "$1"
	shift
	LC_ALL=C "$folder/bin/sudo" "$@" </dev/null 7<&-
	status=$?
	exec 7<&-
	wait
	return $status
}

# lend PASSWORD: has sudo find it as long as this shell lives. Where that cannot be, sudo asks in vain.
lend() {
	folder=$(umask 077 && make_root && mktemp -d "$root/.new.XXXXXX" 2>/dev/null) || return 0
	trap 'rm -rf "$folder"' EXIT
	trap 'exit 1' HUP PIPE TERM
	(umask 077 && printf '%s\n' "$supervisor" >"$folder/supervisor" && set_up_askpass "$folder") 2>/dev/null || return 0
	keep "$1"
	never_asks=
	export PATH="$folder/bin:$PATH" SUDO_ASKPASS="$folder/askpass"
}

# answer_sudo IS [WHY]: the first line of why.
answer_sudo() {
	is=$1 why=${2%%
*}
	reply sudo "$is" "$user" "$why"
	exit 0
}
