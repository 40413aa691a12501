# Runs ssh for as long as Handrail lives, however that ends: its standard input ends with it.
# usage: FOLDER SSH WORDS...; in a process group of its own
folder=$1
shift
trap : TERM HUP INT
exec 3<&0
"$@" < /dev/null 3<&- &
ssh=$!
{
	cat > /dev/null
	kill -TERM 0
} <&3 3<&- 2> /dev/null &
# Nobody may be left to hear what the shell says of a killed process.
exec < /dev/null 2> /dev/null 3<&-
# A signal ends the waiting, not yet ssh.
while
	wait "$ssh"
	status=$?
	kill -0 "$ssh" 2> /dev/null
do :; done
rm -rf "$folder"
# Who still asks, and programs on the way (ProxyCommand).
kill -TERM 0
exit "$status"
