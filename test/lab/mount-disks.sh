# mount-disks.sh FOLDER: mounts the disks of a host, as it does when it boots: a default subvolume may be another one now.
set -eu
list=$1/disks/list root=$1/root
[ -s "$list" ] || exit 0
if grep -q ' / ' "$list" && mountpoint -q "$root"; then umount -R "$root"; fi
while read -r image path options; do
	mkdir -p "$root$path"
	mountpoint -q "$root$path" || mount -o "$options" "$image" "$root$path"
done <"$list"
