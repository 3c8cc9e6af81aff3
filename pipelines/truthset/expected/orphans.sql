select reference, source, key, target_key, reason from orphans order by 1, 2, 3
