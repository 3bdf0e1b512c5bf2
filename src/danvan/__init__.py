"""The yearly programme of công tác dân vận chính quyền. Start reading at docs/map.md."""
