# make-disk.sh FOLDER BASE LAYOUT SIZE PATH: makes a disk of a host, and says in FOLDER/disks/list how it is mounted.
# A layout of `/`: ext4; btrfs-fixed (its subvolume is named where it is mounted, as Debian's installer does); btrfs-default
# (the default subvolume, which is a snapshot of snapper's, as SUSE does). LAYOUT of another PATH: ext4 or btrfs.
set -eu
folder=$1 base=$2 layout=$3 size=$4 path=$5
image=$folder/disks/$(wc -l <"$folder/disks/list")
truncate -s "${size}m" "$image"
case $layout in
ext4) mkfs.ext4 -q "$image" ;;
btrfs*) mkfs.btrfs -q "$image" ;;
esac

new=$folder/disks/new
mkdir "$new"
mount -o loop "$image" "$new"
case $path$layout in
/btrfs-fixed)
	echo "$image $path loop,subvol=@rootfs" >>"$folder/disks/list"
	btrfs -q subvolume create "$new/@rootfs"
	cp -a "$base/." "$new/@rootfs"
	;;
/btrfs-default)
	echo "$image / loop" >>"$folder/disks/list"
	echo "$image /.snapshots loop,subvol=@/.snapshots" >>"$folder/disks/list"
	btrfs -q subvolume create "$new/@"
	btrfs -q subvolume create "$new/@/.snapshots"
	first=$new/@/.snapshots/1
	mkdir "$first"
	btrfs -q subvolume create "$first/snapshot"
	cp -a "$base/." "$first/snapshot"
	mkdir "$first/snapshot/.snapshots"
	install -m 640 "$base/usr/share/snapper/config-templates/default" "$first/snapshot/etc/snapper/configs/root"
	echo 'SNAPPER_CONFIGS="root"' >"$first/snapshot/etc/default/snapper"
	cat >"$first/info.xml" <<EOT
<?xml version="1.0"?>
<snapshot>
  <type>single</type>
  <num>1</num>
  <date>2026-01-01 00:00:00</date>
  <description>first root filesystem</description>
</snapshot>
EOT
	btrfs subvolume set-default "$first/snapshot"
	;;
*)
	echo "$image $path loop" >>"$folder/disks/list"
	[ "$path" != / ] || cp -a "$base/." "$new"
	;;
esac
umount "$new"
rmdir "$new"
